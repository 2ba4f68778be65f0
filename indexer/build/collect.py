"""From the store to the search index: what of each document is indexed, and which documents have to be indexed anew.

A document's *stamp* is a digest of everything the index takes from the store. The index keeps it; comparing the two
lists of stamps tells what changed, whatever happened in between (a killed run, a correction, an index restored from
elsewhere).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from indexer.build.extraction import searchable_text
from indexer.engines.protocol import FORMAT, SearchIndex
from indexer.model import IndexDocument
from kb.answers.labels import issuer_name, type_name
from kb.authority import issuers
from kb.reading import READER_VERSION
from kb.store import Store
from kb.store.schema import citation, document, file, file_text

_CHUNK = 500
_AHEAD = 16  # texts being repaired
_AHEAD_CHARS = 16_000_000

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, how many are done and how many there are."""


def synchronise(
    store: Store, index: SearchIndex, progress: Progress | None = None, executor: Executor | None = None
) -> tuple[int, int]:
    """Bring the index up to date with the store; returns how many documents were indexed and how many taken out.

    ``executor`` repairs the texts; without one it is done here.
    """
    wanted = stamps(store)
    held = index.stamps()
    stale = [id for id, stamp in wanted.items() if held.get(id) != stamp]
    gone = [id for id in held if id not in wanted]
    if not stale and not gone:
        return 0, 0

    def documents_with_progress() -> Iterator[IndexDocument]:
        for done, one in enumerate(documents(store, stale, wanted, executor), 1):
            yield one
            if progress:
                progress("index", done, len(stale))

    return index.update(documents_with_progress(), gone), len(gone)


def stamps(store: Store) -> dict[str, str]:
    """Id → stamp of every document in the store, in the order of ids."""
    with store.reading() as connection:
        relations = _relations(connection)
        texts = _digests(connection)
        rows = connection.execute(sa.select(*_COLUMNS).order_by(document.c.slug))
        return {row.slug: _stamp(row, relations.get(row.id, ()), texts.get(row.id, ())) for row in rows}


def documents(
    store: Store, ids: Sequence[str], stamped: dict[str, str], executor: Executor | None = None
) -> Iterator[IndexDocument]:
    """The documents with these ids as the index takes them, a bounded number of them in memory."""
    waiting: deque[tuple[IndexDocument, str, Future[str] | None]] = deque()
    size = 0
    for made, text in _with_texts(store, ids, stamped):
        future = executor.submit(searchable_text, text) if executor is not None and text else None
        waiting.append((made, text, future))
        size += len(text)
        while len(waiting) > _AHEAD or (size > _AHEAD_CHARS and len(waiting) > 1):
            size -= len(waiting[0][1])
            yield _finished(*waiting.popleft())
    while waiting:
        yield _finished(*waiting.popleft())


def _finished(made: IndexDocument, text: str, future: Future[str] | None) -> IndexDocument:
    try:
        repaired = future.result() if future is not None else searchable_text(text)
    except BrokenExecutor:  # a worker was killed: not the text's fault, as far as anyone knows
        repaired = searchable_text(text)
    return replace(made, text=repaired)


def _with_texts(store: Store, ids: Sequence[str], stamped: dict[str, str]) -> Iterator[tuple[IndexDocument, str]]:
    for at in range(0, len(ids), _CHUNK):
        chunk = ids[at : at + _CHUNK]
        with store.reading() as connection:
            rows = connection.execute(
                sa.select(*_COLUMNS).where(document.c.slug.in_(chunk)).order_by(document.c.slug)
            ).all()
            relations = _relations(connection, [row.id for row in rows])
            for row in rows:
                made = _made(row, relations.get(row.id, ()))
                yield replace(made, stamp=stamped[row.slug]), _text(connection, row.id)


_COLUMNS = (
    document.c.id,
    document.c.slug,
    document.c.number,
    document.c.type,
    document.c.date,
    document.c.year,
    document.c.body,
    document.c.province,
    document.c.unit,
    document.c.title,
    document.c.held,
    document.c.cited_by,
)


def _relations(connection: sa.Connection, ids: Sequence[int] | None = None) -> dict[int, tuple[str, ...]]:
    """The relations of each document to those it cites, sorted."""
    c = citation.c
    query = sa.select(c.source_id, c.relation).where(c.source_id.is_not(None), c.dest_id.is_not(None)).distinct()
    if ids is not None:
        query = query.where(c.source_id.in_(ids))
    found: dict[int, list[str]] = defaultdict(list)
    for source, relation in connection.execute(query):
        found[source].append(relation)
    return {source: tuple(sorted(names)) for source, names in found.items()}


def _digests(connection: sa.Connection) -> dict[int, tuple[str, ...]]:
    """The contents held of each document, by digest, in the order of file names."""
    found: dict[int, list[str]] = defaultdict(list)
    query = sa.select(file.c.document_id, file.c.sha256).where(file.c.document_id.is_not(None)).order_by(file.c.name)
    for id, digest in connection.execute(query):
        found[id].append(digest)
    return {id: tuple(digests) for id, digests in found.items()}


def _text(connection: sa.Connection, id: int) -> str:
    """All texts held of a document, in the order of file names."""
    texts = connection.execute(
        sa.select(file_text.c.text)
        .join(file, file.c.id == file_text.c.file_id)
        .where(file.c.document_id == id)
        .order_by(file.c.name)
    ).scalars()
    return "\n\n".join(texts)


def _made(row: Any, relations: tuple[str, ...]) -> IndexDocument:
    names = []
    for code in (row.body or "").split("+"):
        known = issuers.by_code(code) if code else None
        names += [code, *((known.name, *known.names) if known else ())]
    return IndexDocument(
        id=row.slug,
        number=row.number,
        title=row.title,
        type=type_name(row.type),
        province=row.province,
        issuer=issuer_name(row.body, row.province, row.unit),
        date=row.date,
        year=(row.date or "")[:4] or row.year,
        role="held" if row.held else "cited_only",
        relations=relations,
        issuer_names=tuple(name for name in names if name),
        weight=row.cited_by,
    )


def _stamp(row: Any, relations: tuple[str, ...], texts: tuple[str, ...]) -> str:
    made = _made(row, relations)
    parts = (FORMAT, READER_VERSION, repr(made), *texts)
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
