"""Which document each citation means, over the whole store.

Deterministic in the set of stored readings: the order in which files came in plays no part. Incremental: only keys
that a change touched are looked at again (``dirty_key``), then the texts whose citations moved (``dirty_file``),
then the documents those bear on (``dirty_document``). Each batch is one transaction, so that a killed run is simply
gone on with.

In which order keys are decided is told by ``kb.resolution.one_key.stage``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import sqlalchemy as sa

from kb.answers.counts import links
from kb.answers.shapes import ResolveReport
from kb.findings import doubts
from kb.identity.numbering import UNKNOWN
from kb.knowledge.log import generation_of, remember_build
from kb.knowledge.registers.read_again import read_again
from kb.resolution import consensus, edges
from kb.resolution.batch_size import documents_that_fit, keys_that_fit
from kb.resolution.changes import Changes
from kb.resolution.key_batch import KeyBatch
from kb.store.schema import dirty_document, dirty_file, dirty_key
from kb.store.sql import touch
from kb.store.store import Store

BATCH = 400
"""Keys, files or documents worked on in one transaction."""

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, how many are done and how many there are."""


def resolve(store: Store, progress: Progress | None = None) -> ResolveReport:
    """Bring all links up to date with the stored readings; a second call finds nothing to do."""
    read_again(store)
    changes = Changes()
    _keys(store, changes, progress)
    _in_batches(store, dirty_file.c.file_id, edges.link_files, "links", progress)
    _in_batches(store, dirty_document.c.document_id, _documents, "documents", progress)
    _remember(store)
    with store.reading() as connection:
        statuses, unknown = links(connection)
    return ResolveReport(
        added=tuple(sorted(changes.added - changes.removed)),
        removed=tuple(sorted(changes.removed - changes.added - set(changes.merged))),
        merged=dict(sorted(changes.merged.items())),
        newly_held=tuple(sorted(changes.held)),
        relinked=changes.relinked,
        resolved=statuses["resolved"],
        ambiguous=statuses["ambiguous"],
        unresolved=statuses["unresolved"],
        unknown_province=unknown,
    )


def _remember(store: Store) -> None:
    """Note which content the base has now, where that changed."""
    build_id = store.content_id()
    with store.reading() as connection:
        known = generation_of(connection, build_id)
    if known != store.generation():
        with store.writing() as connection:
            remember_build(connection, build_id)


def _documents(connection: sa.Connection, ids: Sequence[int]) -> None:
    left = list(ids)
    while left:
        some = documents_that_fit(connection, left)
        moved = consensus.settle(connection, some)
        consensus.guard_again(connection, sorted(doubts.of_documents(connection, some, moved)))
        left = left[len(some) :]


def _in_batches(
    store: Store,
    column: sa.Column[int],
    work: Callable[[sa.Connection, Sequence[int]], None],
    stage: str,
    progress: Progress | None,
) -> None:
    with store.reading() as connection:
        total = connection.execute(sa.select(sa.func.count()).select_from(column.table)).scalar() or 0
    done = 0
    while True:
        with store.writing() as connection:
            ids = connection.execute(sa.select(column).order_by(column).limit(BATCH)).scalars().all()
            if not ids:
                return
            connection.execute(column.table.delete().where(column.in_(ids)))  # first: the work may list some again
            work(connection, ids)
            touch(connection)
        done += len(ids)
        if progress:
            progress(stage, min(done, total), total)


def _keys(store: Store, changes: Changes, progress: Progress | None) -> None:
    with store.reading() as connection:
        total = connection.execute(sa.select(sa.func.count()).select_from(dirty_key)).scalar() or 0
    key = dirty_key.c.key
    nowhere, unnumbered = key.startswith(f"{UNKNOWN}/"), key.like("%/x-%")
    done = 0
    for condition in (~nowhere & ~unnumbered, ~nowhere & unnumbered, nowhere):  # the stages of ``one_key.stage``
        while True:
            with store.writing() as connection:
                listed = sa.select(key).where(condition).order_by(key).limit(BATCH)
                keys = connection.execute(listed).scalars().all()
                if not keys:
                    break
                keys = keys_that_fit(connection, keys)
                connection.execute(dirty_key.delete().where(key.in_(keys)))  # some may be listed again
                KeyBatch(connection, changes, unknown_place=condition is nowhere).run(keys)
                touch(connection)
            done += len(keys)
            if progress:
                progress("keys", min(done, total), max(total, done))
