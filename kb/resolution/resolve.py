"""Which document each citation means, over the whole store.

Deterministic in the set of stored readings: the order in which files came in plays no part. Incremental: only keys
that a change touched are looked at again (``dirty_base``), then the texts whose citations moved (``dirty_file``),
then the documents those bear on (``dirty_document``). Each batch is one transaction, so that a killed run is simply
gone on with.

Keys with a known place come first, since a citation whose province is not known (place ``x``) looks for candidates
among the documents of all provinces; among them numbers before names, since a programme cited by its name alone may be
a document known by its number (``kb.resolution.name_joins``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from kb.answers.shapes import ResolveReport
from kb.findings import detect
from kb.findings.changes import Changes, Held, Known
from kb.identity.numbering import UNKNOWN
from kb.resolution import consensus, edges, mentions
from kb.resolution.batches import portion
from kb.resolution.by_hand import Forced, forced_by_hand
from kb.resolution.clusters import Cluster, Mention, cluster
from kb.resolution.name_joins import BY_TITLE, Join, join_names
from kb.resolution.permalinks import identity_of, slugs_of
from kb.resolution.unplaced import Candidate, elsewhere_of, without_place
from kb.store.names import wake
from kb.store.schema import (
    candidate,
    citation,
    dirty_base,
    dirty_document,
    dirty_file,
    document,
    file,
    finding,
)
from kb.store.schema import redirect as redirect_table
from kb.store.sql import add_redirect, add_withdrawn, insert_missing, meta_value, pairs, set_meta, touch
from kb.store.store import Store

BATCH = 400
"""Keys, files or documents worked on in one transaction."""

NEXT_DOCUMENT = "next_document"
"""The row id of the next document; ids are never used twice, so that no link can come to mean another one."""

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, how many are done and how many there are."""


def resolve(store: Store, progress: Progress | None = None) -> ResolveReport:
    """Bring all links up to date with the stored readings; a second call finds nothing to do."""
    changes = Changes()
    _keys(store, changes, progress)
    _in_batches(store, dirty_file.c.file_id, edges.link_files, "links", progress)
    _in_batches(store, dirty_document.c.document_id, _documents, "documents", progress)
    with store.reading() as connection:
        counts = pairs(
            connection.execute(
                sa.select(citation.c.status, sa.func.count())
                .where(citation.c.kind != "back_reference")
                .group_by(citation.c.status)
            )
        )
        unknown = connection.execute(
            sa.select(sa.func.count())
            .select_from(citation)
            .where(citation.c.base > f"{UNKNOWN}/", citation.c.base < f"{UNKNOWN}0")  # "0" follows "/"
        ).scalar()
    return ResolveReport(
        added=tuple(sorted(changes.added - changes.removed)),
        removed=tuple(sorted(changes.removed - changes.added - set(changes.merged))),
        merged=dict(sorted(changes.merged.items())),
        newly_held=tuple(sorted(changes.held)),
        relinked=changes.relinked,
        resolved=counts.get("resolved", 0),
        ambiguous=counts.get("ambiguous", 0),
        unresolved=counts.get("unresolved", 0),
        unknown_province=unknown or 0,
    )


def _documents(connection: sa.Connection, ids: Sequence[int]) -> None:
    left = list(ids)
    while left:
        some = portion(connection, citation.c.target_id, left)
        moved = consensus.settle(connection, some)
        detect.of_documents(connection, some, moved)
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
        total = connection.execute(sa.select(sa.func.count()).select_from(dirty_base)).scalar() or 0
    done = 0
    nowhere, unnumbered = dirty_base.c.base.startswith(f"{UNKNOWN}/"), dirty_base.c.base.like("%/x-%")
    for condition in (~nowhere & ~unnumbered, ~nowhere & unnumbered, nowhere):
        unknown_place = condition is nowhere
        while True:
            with store.writing() as connection:
                bases = (
                    connection.execute(
                        sa.select(dirty_base.c.base).where(condition).order_by(dirty_base.c.base).limit(BATCH)
                    )
                    .scalars()
                    .all()
                )
                if not bases:
                    break
                bases = portion(connection, citation.c.base, bases)
                connection.execute(dirty_base.delete().where(dirty_base.c.base.in_(bases)))  # some may be listed again
                _Batch(connection, changes, unknown_place).run(bases)
                touch(connection)
            done += len(bases)
            if progress:
                progress("keys", min(done, total), max(total, done))


class _Batch:
    """Some keys, resolved in one transaction."""

    def __init__(self, connection: sa.Connection, changes: Changes, unknown_place: bool) -> None:
        self.connection = connection
        self.changes = changes
        self.unknown_place = unknown_place
        self.loaded = mentions.Mentions()
        self.own_now: dict[int, int | None] = {}
        self.next_document = int(meta_value(connection, NEXT_DOCUMENT) or 1)
        self.inserts: list[dict[str, object]] = []
        self.gone: dict[int, str] = {}
        self.updates: list[dict[str, object]] = []
        self.candidates: list[dict[str, int]] = []
        self.touched_files: set[int] = set()
        self.touched_documents: set[int] = set()

    def run(self, bases: Sequence[str]) -> None:
        forced = forced_by_hand(self.connection)
        by_hand = None if self.unknown_place else [citation_id for _, citation_id in forced.splits]
        self.loaded = mentions.load(self.connection, bases, by_hand)
        existing: dict[str, dict[str, Known]] = defaultdict(dict)
        d = document.c
        rows = self.connection.execute(
            sa.select(d.base, d.slug, d.id, d.anchor, d.series, d.held).where(d.base.in_(bases))
        )
        for base, slug, *known in rows:
            existing[base][slug] = Known(*known)
        elsewhere = elsewhere_of(self.connection, bases) if self.unknown_place else {}
        joins = join_names(self.connection, self.loaded.names) if self.loaded.names else {}
        for base in bases:
            self._resolve(base, existing[base], elsewhere.get(base.partition("/")[2], ()), forced, joins)
        self._write()
        wake(self.connection, self.loaded.name_keys)
        if not self.unknown_place:
            self._wake_unknown_places(bases)

    # -- one key -----------------------------------------------------------------------------------------------

    def _resolve(
        self,
        base: str,
        existing: dict[str, Known],
        elsewhere: Sequence[Candidate],
        forced: Forced,
        joins: Mapping[int, Join],
    ) -> None:
        left: list[Mention] = []
        ambiguous: list[tuple[Mention, str, list[int]]] = []
        for mention in self.loaded.by_base[base]:
            join = None if mention.own else joins.get(mention.id)
            if not mention.own and (mention.file, mention.id) in forced.splits:
                self._assign(mention, forced.splits[(mention.file, mention.id)], "resolved", "correction")
            elif join is None:
                left.append(mention)
            elif join.target is None:
                ambiguous.append((mention, join.method, list(join.choice)))
            else:
                self._assign(mention, join.target, "resolved", join.method, score=join.score)
        if self.unknown_place:
            found, linked, open_ = without_place(self.connection, base, left, elsewhere)
            for mention, target, method in linked:
                self._assign(mention, target, "resolved", method)
            ambiguous.extend(open_)
            unclear = []
        else:
            clusters = cluster(left)
            found, unclear = list(clusters.found), list(clusters.ambiguous)
        slugs = slugs_of(base, found)
        ids: dict[int, int] = {}
        for made, slug in zip(found, slugs, strict=True):
            heir = forced.merges.get(slug)
            ids[id(made)] = self._document(base, made, slug, existing) if heir is None else heir
            for mention, method in made.members:
                status = "unresolved" if method == "undated" else "resolved"
                self._assign(mention, ids[id(made)], status, method if heir is None else "correction")
        for mention, method, choice in unclear:
            ambiguous.append((mention, method, [ids[id(made)] for made in choice]))
        for mention, method, choice_ids in ambiguous:
            self._assign(mention, None, "ambiguous", method, choice_ids)
        live = set(slugs) - set(forced.merges)
        self.gone.update((known.id, slug) for slug, known in existing.items() if slug not in live)

    def _document(self, base: str, made: Cluster, slug: str, existing: dict[str, Known]) -> int:
        held = any(mention.own for mention, _ in made.members)
        known = existing.get(slug)
        if known is None:
            identity = identity_of(base, made)
            ordinal = identity.ordinal.partition("-")[0]
            id_ = self.next_document
            self.next_document += 1
            self.inserts.append(
                {
                    "id": id_,
                    "slug": slug,
                    "base": base,
                    "tail": identity.tail,
                    "place": identity.place,
                    "organ": identity.organ,
                    "kind": identity.kind,
                    "ordinal": ordinal.lstrip("0") or ordinal,
                    "year": identity.year,
                    "series": made.series,
                    "scope": made.scope,
                    "anchor": made.anchor,
                    "held": held,
                    "cited_by": 0,
                    "cites": 0,
                    "evidence": "{}",
                }
            )
            self.changes.added.add(slug)
        else:
            id_ = known.id
            if (known.anchor, known.series) != (made.anchor, made.series):
                self.connection.execute(
                    document.update()
                    .where(document.c.id == id_)
                    .values(anchor=made.anchor, series=made.series, year=identity_of(base, made).year)
                )
            if held and not known.held:
                self.changes.held.add(slug)
        self.touched_documents.add(id_)
        return id_

    def _assign(
        self,
        mention: Mention,
        target: int | None,
        status: str,
        method: str,
        choice: Collection[int] = (),
        score: float | None = None,
    ) -> None:
        if mention.own:
            if self.loaded.own_before[mention.file] != target:
                self.own_now[mention.file] = target
                self.touched_files.add(mention.file)
                self.touched_documents.update(x for x in (target, self.loaded.own_before[mention.file]) if x)
            return
        if method == "key":
            method = self.loaded.known_by.get(mention.id, method)
        before = self.loaded.before[mention.id]
        changed = before != Held(target, status, method, score)
        if not changed and not choice:
            return
        for row, file_id in self.loaded.members(self.connection, mention):
            for document_id in sorted(set(choice)):
                self.candidates.append({"citation_id": row, "document_id": document_id})
            if not changed:
                continue
            if before.target is not None and before.target != target:
                self.changes.relinked += 1
                self.touched_documents.add(before.target)
            self.updates.append({"row": row, "target": target, "status": status, "method": method, "score": score})
            if before.target != target or not before.method or BY_TITLE in (before.method, method):
                self.touched_files.add(file_id)

    def _bury(self) -> None:
        """Delete the documents that no mention makes any more; their permalinks lead to their heirs."""
        if not self.gone:
            return
        heirs: dict[int, set[int | None]] = defaultdict(set)
        now = {update["row"]: update["target"] for update in self.updates}
        for row, before in self.loaded.before.items():
            if before.target in self.gone:
                heirs[before.target].add(now.get(row, before.target))  # type: ignore[arg-type]
        for file_id, was in self.loaded.own_before.items():
            if was in self.gone:
                heirs[was].add(self.own_now.get(file_id, was))
        for id_, slug in self.gone.items():
            old = self.connection.execute(sa.select(document).where(document.c.id == id_)).one()
            self.connection.execute(document.delete().where(document.c.id == id_))
            self.connection.execute(dirty_document.delete().where(dirty_document.c.document_id == id_))
            self.connection.execute(finding.delete().where(finding.c.document_id == id_))
            self.touched_documents.discard(id_)
            self._wake_register(old)
            self.changes.removed.add(slug)
            heir = heirs[id_] - {None, id_}
            if len(heir) == 1:
                new_slug = self.connection.execute(
                    sa.select(document.c.slug).where(document.c.id == heir.pop())
                ).scalar()
                if new_slug:
                    add_redirect(self.connection, slug, new_slug)
                    self.changes.merged[slug] = new_slug
                    continue
            add_withdrawn(self.connection, slug)

    def _wake_register(self, row: Any) -> None:
        """Have one document of the same register looked at again, and with it the register."""
        d = document.c
        sibling = self.connection.execute(
            sa.select(d.id).where(d.place == row.place, d.organ == row.organ, d.kind == row.kind, d.year == row.year)
            .order_by(d.id).limit(1)
        ).scalar()  # fmt: skip
        if sibling is not None and sibling not in self.gone:
            self.touched_documents.add(sibling)

    # -- writing -----------------------------------------------------------------------------------------------

    def _write(self) -> None:
        if self.inserts:
            self.connection.execute(document.insert(), self.inserts)
            set_meta(self.connection, NEXT_DOCUMENT, str(self.next_document))
            slugs = [row["slug"] for row in self.inserts]
            self.connection.execute(redirect_table.delete().where(redirect_table.c.old.in_(slugs)))
        if self.own_now:
            self.connection.execute(
                file.update().where(file.c.id == sa.bindparam("row")).values(document_id=sa.bindparam("document")),
                [{"row": row, "document": id_} for row, id_ in self.own_now.items()],
            )
        self._bury()
        rows = list(self.loaded.before)
        for at in range(0, len(rows), 5000):
            self.connection.execute(candidate.delete().where(candidate.c.citation_id.in_(rows[at : at + 5000])))
        if self.candidates:
            insert_missing(self.connection, candidate, self.candidates)
        if self.updates:
            self.connection.execute(
                citation.update()
                .where(citation.c.id == sa.bindparam("row"))
                .values(
                    target_id=sa.bindparam("target"),
                    status=sa.bindparam("status"),
                    method=sa.bindparam("method"),
                    name_score=sa.bindparam("score"),
                ),
                self.updates,
            )
        insert_missing(self.connection, dirty_file, [{"file_id": x} for x in sorted(self.touched_files)])
        insert_missing(self.connection, dirty_document, [{"document_id": x} for x in sorted(self.touched_documents)])

    def _wake_unknown_places(self, bases: Sequence[str]) -> None:
        """Citations of the same numbers whose province is not known have to be looked at again."""
        wanted = [f"{UNKNOWN}/{base.partition('/')[2]}" for base in bases]
        found = self.connection.execute(
            sa.select(citation.c.base).where(citation.c.base.in_(wanted)).distinct()
        ).scalars()
        insert_missing(self.connection, dirty_base, [{"base": base} for base in found])
