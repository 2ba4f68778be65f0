"""From the store to the search index: what of each document is indexed, and which documents have to be indexed anew.

A document's *stamp* is a digest of everything the index takes from the store. The index keeps it; comparing the two
lists of stamps tells what changed, whatever happened in between (a killed run, a correction, an index restored from
elsewhere). An index whose last state is known (``indexer.build.log_of_index``) takes what changed since, and no stamp
is compared.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import replace

from indexer import facets
from indexer.build import log_of_index
from indexer.engines.protocol import FORMAT, SearchIndex
from indexer.index_document import IndexDocument
from indexer.searched_text import searchable_text
from kb.answers.holdings import Searchable
from kb.answers.labels import issuer_name, type_name
from kb.authority import issuers
from kb.reading import READER_VERSION
from kb.service import KnowledgeBase

_CHUNK = 500
_AHEAD = 16  # texts being repaired
_AHEAD_CHARS = 16_000_000

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, how many are done and how many there are."""


def synchronise(
    base: KnowledgeBase,
    index: SearchIndex,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> tuple[int, int]:
    """Bring the index up to date with the store; returns how many documents were indexed and how many taken out.

    ``executor`` repairs the texts; without one it is done here.
    """
    build, state = base.build_id, base.store.generation()
    since = log_of_index.taken(index, base)
    if since is not None:
        changed = base.changed_since(since)
        wanted = stamps(base, changed)
        stale, gone = list(wanted), [id for id in changed if id not in wanted]
    else:
        wanted = stamps(base)
        held = index.stamps()
        stale = [id for id, stamp in wanted.items() if held.get(id) != stamp]
        gone = [id for id in held if id not in wanted]
    counts = _updated(base, index, stale, gone, wanted, progress, executor) if stale or gone else (0, 0)
    if since != state:
        log_of_index.note(index, build, state)
    return counts


def _updated(
    base: KnowledgeBase,
    index: SearchIndex,
    stale: Sequence[str],
    gone: Sequence[str],
    wanted: dict[str, str],
    progress: Progress | None,
    executor: Executor | None,
) -> tuple[int, int]:
    """Index the documents ``stale`` and take out those ``gone``."""

    def documents_with_progress() -> Iterator[IndexDocument]:
        for done, one in enumerate(documents(base, stale, wanted, executor), 1):
            yield one
            if progress:
                progress("index", done, len(stale))

    return index.update(documents_with_progress(), gone), len(gone)


def stamps(base: KnowledgeBase, ids: Sequence[str] | None = None) -> dict[str, str]:
    """Id → stamp of these documents of the store (None: of all), in the order of ids."""
    return {found.id: _stamp(found) for found in base.searchable(ids)}


def documents(
    base: KnowledgeBase, ids: Sequence[str], stamped: dict[str, str], executor: Executor | None = None
) -> Iterator[IndexDocument]:
    """The documents with these ids as the index takes them, a bounded number of them in memory."""
    waiting: deque[tuple[IndexDocument, str, Future[str] | None]] = deque()
    size = 0
    for made, text in _with_texts(base, ids, stamped):
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


def _with_texts(
    base: KnowledgeBase, ids: Sequence[str], stamped: dict[str, str]
) -> Iterator[tuple[IndexDocument, str]]:
    for at in range(0, len(ids), _CHUNK):
        for found in base.searchable(ids[at : at + _CHUNK]):
            if found.id not in stamped:  # it came after the stamps were taken: the next run's
                continue
            made = replace(_made(found), stamp=stamped[found.id], status=facets.history_of(found.validity))
            yield made, base.held_text(found.id) if found.held else ""


def _made(found: Searchable) -> IndexDocument:
    names = []
    for code in (found.body or "").split("+"):
        known = issuers.by_code(code) if code else None
        names += [code, *((known.name, *known.names) if known else ())]
    return IndexDocument(
        id=found.id,
        number=found.number,
        title=found.title,
        type=type_name(found.type),
        province=found.province,
        issuer=issuer_name(found.body, found.province, found.unit, found.issuer),
        date=found.date,
        year=(found.date or "")[:4] or found.year,
        role="held" if found.held else "cited_only",
        relations=found.relations,
        implements=found.implements,
        level=found.level,
        period=facets.period_of(found.title),
        issuer_names=tuple(name for name in names if name),
        weight=found.cited_by,
        cites=found.cites,
    )


def _stamp(found: Searchable) -> str:
    parts = (FORMAT, READER_VERSION, repr(_made(found)), found.validity or "", *found.contents)
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
