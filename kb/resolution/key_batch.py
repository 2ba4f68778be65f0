"""Some keys, decided and written in one transaction: rows of documents and links follow what ``one_key`` decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa

from kb.identity.numbering import UNKNOWN
from kb.resolution import mentions
from kb.resolution.by_hand import Forced, forced_by_hand
from kb.resolution.changes import Changes, Held, Known
from kb.resolution.cluster import Cluster, Mention
from kb.resolution.name_joins import BY_TITLE, join_names
from kb.resolution.one_key import Decision, Elsewhere, decide, status_of
from kb.resolution.permalinks import identity_of
from kb.resolution.unplaced import elsewhere_of, tail_of, twins_of
from kb.store.names import wake
from kb.store.schema import (
    candidate,
    citation,
    dirty_document,
    dirty_file,
    dirty_key,
    document,
    file,
    finding,
    register_row,
)
from kb.store.schema import redirect as redirect_table
from kb.store.sql import add_redirect, add_withdrawn, insert_missing, meta_value, set_meta
from kb.store.to_index import note_changed

NEXT_DOCUMENT = "next_document"
"""The row id of the next document; ids are never used twice, so that no link can come to mean another one."""

_AT_ONCE = 5000
"""Rows named in one statement: databases bound the number of its parameters."""


class KeyBatch:
    """Some keys, resolved in one transaction."""

    def __init__(self, connection: sa.Connection, changes: Changes, unknown_place: bool) -> None:
        self.connection = connection
        self.changes = changes
        self.unknown_place = unknown_place
        self.loaded = mentions.Mentions()
        self.cited_now: dict[int, int | None] = {}  # by mention, which may stand for many citations
        self.own_now: dict[int, int | None] = {}
        self.listed_now: dict[int, int | None] = {}
        self.next_document = int(meta_value(connection, NEXT_DOCUMENT) or 1)
        self.inserts: list[dict[str, object]] = []
        self.gone: dict[int, str] = {}
        self.heirs_by_hand: dict[int, int] = {}  # of those gone, by document the one that a correction names
        self.updates: list[dict[str, object]] = []
        self.candidates: list[dict[str, int]] = []
        self.touched_files: set[int] = set()
        self.touched_documents: set[int] = set()

    def run(self, keys: Sequence[str]) -> None:
        """Decide and write these keys."""
        forced = forced_by_hand(self.connection)
        by_hand = None if self.unknown_place else [citation_id for _, citation_id in forced.splits]
        self.loaded = mentions.load(self.connection, keys, by_hand)
        existing: dict[str, dict[str, Known]] = defaultdict(dict)
        d = document.c
        rows = self.connection.execute(
            sa.select(d.key, d.slug, d.id, d.key_date, d.series, d.held).where(d.key.in_(keys))
        )
        for key, slug, *known in rows:
            existing[key][slug] = Known(*known)
        elsewhere = self._elsewhere(keys) if self.unknown_place else {}
        joins = join_names(self.connection, self.loaded.names)
        for key in keys:
            of_key = self.loaded.by_key[key]
            decision = decide(key, of_key, forced=forced, joins=joins, elsewhere=elsewhere.get(key))
            self._take(key, decision, existing[key], forced)
        self._write()
        wake(self.connection, self.loaded.name_keys)
        if not self.unknown_place:
            self._wake_unknown_places(keys)

    def _elsewhere(self, keys: Sequence[str]) -> dict[str, Elsewhere]:
        """By key the documents of known places that its mentions may mean."""
        dates = {mention.date for key in keys for mention in self.loaded.by_key[key]}
        known = elsewhere_of(self.connection, keys, dates)
        found = {}
        for key in keys:
            candidates = known.get(tail_of(key), ())
            files = sorted({one.file for one in self.loaded.by_key[key] if not one.listed}) if candidates else []
            twins = twins_of(self.connection, tail_of(key), files) if files else {}
            found[key] = Elsewhere(candidates, twins)
        return found

    # -- one key -----------------------------------------------------------------------------------------------

    def _take(self, key: str, decision: Decision, existing: dict[str, Known], forced: Forced) -> None:
        """Take over what was decided of a key."""
        for one in decision.linked:
            self._assign(one.mention, one.target, "resolved", one.method, score=one.score)
        ids: dict[int, int] = {}
        for made in decision.made:
            row = self._document(key, made.cluster, made.slug, existing) if made.heir is None else made.heir
            ids[id(made.cluster)] = row
            for mention, method in made.cluster.members:
                self._assign(mention, row, status_of(method), method if made.heir is None else "correction")
        for open_ in decision.undecided:
            choice = [ids[id(one)] if isinstance(one, Cluster) else one for one in open_.choice]
            self._assign(open_.mention, None, "ambiguous", open_.method, choice)
        live = {made.slug for made in decision.made} - set(forced.merges)
        gone = {known.id: slug for slug, known in existing.items() if slug not in live}
        self.gone.update(gone)
        self.heirs_by_hand.update((id_, forced.merges[slug]) for id_, slug in gone.items() if slug in forced.merges)

    def _document(self, key: str, made: Cluster, slug: str, existing: dict[str, Known]) -> int:
        held = any(mention.own for mention, _ in made.members)
        known = existing.get(slug)
        if known is None:
            identity = identity_of(key, made)
            ordinal = identity.ordinal.partition("-")[0]
            id_ = self.next_document
            self.next_document += 1
            self.inserts.append(
                {
                    "id": id_,
                    "slug": slug,
                    "key": key,
                    "key_without_place": identity.tail,
                    "place": identity.place,
                    "organ": identity.organ,
                    "kind": identity.kind,
                    "ordinal": ordinal.lstrip("0") or ordinal,
                    "year": identity.year,
                    "series": made.series,
                    "scope": made.scope,
                    "key_date": made.anchor,
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
                    .values(key_date=made.anchor, series=made.series, year=identity_of(key, made).year)
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
            self._assign_own(mention.file, target)
            return
        if mention.listed:
            self._assign_listed(mention.id, target)
            return
        if method == "key":
            method = self.loaded.known_by.get(mention.id, method)
        before = self.loaded.before[mention.id]
        changed = before != Held(target, status, method, score)
        if not changed and not choice:
            return
        self.cited_now[mention.id] = target
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

    def _assign_own(self, file_id: int, target: int | None) -> None:
        """Note which document a held text is."""
        before = self.loaded.own_before[file_id]
        if before != target:
            self.own_now[file_id] = target
            self.touched_files.add(file_id)
            self.touched_documents.update(row for row in (target, before) if row)

    def _assign_listed(self, row: int, target: int | None) -> None:
        """Note which document a row of a register means; documents hear of their rows whenever one is looked at."""
        before = self.loaded.listed_before[row]
        if before != target:
            self.listed_now[row] = target
        self.touched_documents.update(id_ for id_ in (target, before) if id_)

    def _bury(self) -> None:
        """Delete the documents that no mention makes any more; their permalinks lead to their heirs."""
        if not self.gone:
            return
        heirs: dict[int, set[int | None]] = defaultdict(set)
        for mention, before in self.loaded.before.items():
            if before.target in self.gone:
                heirs[before.target].add(self.cited_now.get(mention, before.target))
        for file_id, was in self.loaded.own_before.items():
            if was in self.gone:
                heirs[was].add(self.own_now.get(file_id, was))
        for listed, was in self.loaded.listed_before.items():
            if was in self.gone:
                heirs[was].add(self.listed_now.get(listed, was))
        note_changed(self.connection, self.gone.values())
        for id_, slug in self.gone.items():
            old = self.connection.execute(sa.select(document).where(document.c.id == id_)).one()
            self.connection.execute(document.delete().where(document.c.id == id_))
            self.connection.execute(dirty_document.delete().where(dirty_document.c.document_id == id_))
            self.connection.execute(finding.delete().where(finding.c.document_id == id_))
            self.touched_documents.discard(id_)
            self._wake_register(old)
            self.changes.removed.add(slug)
            by_hand = self.heirs_by_hand.get(id_)  # where a text was read again, nothing tells whom it cited before
            heir = {by_hand} if by_hand is not None else heirs[id_] - {None, id_}
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
        if self.listed_now:
            self.connection.execute(
                register_row.update()
                .where(register_row.c.id == sa.bindparam("row_id"))
                .values(document_id=sa.bindparam("document")),
                [{"row_id": row, "document": id_} for row, id_ in self.listed_now.items()],
            )
        self._bury()
        rows = list(self.loaded.before)
        for at in range(0, len(rows), _AT_ONCE):
            self.connection.execute(candidate.delete().where(candidate.c.citation_id.in_(rows[at : at + _AT_ONCE])))
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

    def _wake_unknown_places(self, keys: Sequence[str]) -> None:
        """Citations of the same numbers whose province is not known have to be looked at again."""
        wanted = [f"{UNKNOWN}/{tail_of(key)}" for key in keys]
        found = self.connection.execute(
            sa.select(citation.c.key).where(citation.c.key.in_(wanted)).distinct()
        ).scalars()
        insert_missing(self.connection, dirty_key, [{"key": key} for key in found])
