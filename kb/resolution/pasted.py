"""The citations of a text that is not stored, against the base: its mentions are put beside the stored ones of the same
keys, ``one_key`` decides as it would for a stored text, and nothing is written.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from kb.answers.from_rows import briefs
from kb.answers.shapes import DocumentBrief, Resolved
from kb.identity.key import Identity, content_scope, identify_own
from kb.identity.numbering import is_full, is_slip
from kb.identity.of_text import identify_all
from kb.identity.programme_names import name_in, name_key
from kb.model import Citation, Reading
from kb.resolution import bounded
from kb.resolution.back_references import antecedent, names_its_text
from kb.resolution.by_hand import Forced, forced_by_hand
from kb.resolution.cluster import Cluster, Mention
from kb.resolution.mentions import Mentions, is_open_series
from kb.resolution.name_joins import NameOnly, Witness, join_names
from kb.resolution.one_key import Decision, Elsewhere, Made, decide, stage, status_of
from kb.resolution.permalinks import identity_of
from kb.resolution.unplaced import Candidate, elsewhere_of, tail_of
from kb.store.schema import document
from kb.store.write import sentence_window

PASTED = 0
"""Stands where a stored text has its row."""
_FIRST = 1 << 62
"""Stands for the row of its first citation: behind those of all stored ones, as if it came in last."""
_AT_ONCE = 5000
"""Rows named in one statement: databases bound the number of its parameters."""


@dataclass(frozen=True, slots=True)
class _Meant:
    """What one citation means, as its row would say. ``target``: row of a document, below zero for one that the base
    does not know; ``near``: known documents of its number with a date that may be the right one."""

    kind: str
    raw: str
    parent: int | None
    status: str = "unresolved"
    method: str = "not_a_number"
    target: int | None = None
    choice: tuple[int, ...] = ()
    near: tuple[int, ...] = ()
    score: float | None = None


def resolve_reading(connection: sa.Connection, reading: Reading, text: str) -> list[Resolved]:
    """For each citation of ``reading``, in its order, the document of the base that it means; ``text``: what was
    read."""
    pasted = _Pasted(connection, reading, text)
    for keys in pasted.stages():
        pasted.decide(keys)
    return pasted.answers()


@dataclass(slots=True)
class _Stage:
    """Keys that are decided together, with the documents they make."""

    decisions: dict[str, Decision]
    loaded: Mentions
    rows: dict[int, int] = field(default_factory=dict)


class _Pasted:
    """A pasted text beside the base."""

    def __init__(self, connection: sa.Connection, reading: Reading, text: str) -> None:
        self.connection = connection
        self.reading = reading
        sha256 = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        self.scope = content_scope(sha256)
        self.forced: Forced = forced_by_hand(connection)
        self.own = identify_own(reading.own, sha256)
        self.stated = identify_all(reading.citations, reading.own)
        self.meant = [_Meant(one.kind, one.text, one.parent) for one in reading.citations]
        self.by_key: dict[str, list[Mention]] = defaultdict(list)
        self.names: dict[str, list[NameOnly]] = defaultdict(list)
        self.new: dict[int, str | None] = {}
        """Permalinks of the documents that the base does not know, None where it would bear the text's own digits."""
        self.own_row: int | None = None
        self.placed: dict[str, list[Candidate]] = defaultdict(list)
        """Documents of the keys decided, by the key without the place."""
        self.replaced: set[int] = set()
        """Rows for which ``placed`` stands."""
        self.witnesses: list[Witness] = []
        for n, (citation, stated) in enumerate(zip(reading.citations, self.stated, strict=True)):
            if stated.identity is not None:
                self._mention(n, citation, stated.identity, text)
        day, title = (reading.own.day, reading.own.title) if reading.own else (None, None)
        head = Mention(PASTED, True, PASTED, day, title, self.scope, day, self.own.series)
        self.by_key[self.own.key].append(head)

    def _mention(self, n: int, citation: Citation, identity: Identity, text: str) -> None:
        cited_on = self.reading.own.day if self.reading.own else None
        alone = citation.date is None and citation.title is None and is_open_series(identity.series)
        left, right = sentence_window(text, citation) if alone else (0, 0)
        self.by_key[identity.key].append(
            Mention(
                _FIRST + n, False, PASTED, citation.date, citation.title, self.scope, cited_on, identity.series,
                text[left:right] if alone else None,
            )
        )  # fmt: skip
        title = name_in(citation.title) if citation.kind == "named" and not citation.number else None
        if title is not None and citation.title is not None:
            key = name_key(title, identity.place, identity.unit)
            here = self.own.place
            one = NameOnly(_FIRST + n, PASTED, key, citation.title, identity.organ, here, cited_on)
            self.names[identity.key].append(one)

    def stages(self) -> Iterator[list[str]]:
        """The keys in the order in which they are decided; a text's own title tells what its names mean."""
        own = self.own.key
        for at in range(3):
            keys = sorted(key for key in self.by_key if stage(key) == at)
            if at == 1 and own in keys:
                yield [own]
                keys.remove(own)
            if keys:
                yield keys

    # -- deciding ----------------------------------------------------------------------------------------------

    def decide(self, keys: Sequence[str]) -> None:
        """Decide some keys of one stage and take over what that says of this text."""
        unknown_place = stage(keys[0]) == 2
        splits = [citation_id for _, citation_id in self.forced.splits]
        loaded = Mentions() if unknown_place else bounded.load(self.connection, keys, splits)
        names = [*loaded.names, *(name for key in keys for name in self.names[key])]
        joins = join_names(self.connection, names, self.witnesses)
        elsewhere = self._elsewhere(keys) if unknown_place else {}
        decisions = {}
        for key in keys:
            of_key = [*loaded.by_key[key], *self.by_key[key]]
            found = elsewhere.get(key)
            decisions[key] = decide(key, of_key, forced=self.forced, joins=joins, elsewhere=found)
        now = _Stage(decisions, loaded)
        self._find_rows(now)
        for key, decision in decisions.items():
            self._take(key, decision, now.rows)
            if not unknown_place:
                self._place(key, decision, now)

    def _find_rows(self, now: _Stage) -> None:
        """Find the document row of each document made: the one that has its permalink, or the one that its mentions
        meant before this text came beside them; a new one, below zero, where the base knows none."""
        made = [one for decision in now.decisions.values() for one in decision.made if self._counts(one.cluster)]
        by_slug = {slug: row for row, slug in self._select(document.c.slug, [one.slug for one in made])}
        gone = self._gone(made, by_slug, now.loaded)
        for one in made:
            row = one.heir if one.heir is not None else by_slug.get(one.slug)
            if row is None:
                row = next((before for before in _former(one.cluster, now.loaded) if before in gone), None)
            if row is None:
                row = -1 - len(self.new)
                self.new[row] = None if one.cluster.scope else one.slug
            now.rows[id(one.cluster)] = row

    def _gone(self, made: Sequence[Made], by_slug: Mapping[str, int], loaded: Mentions) -> set[int]:
        """Documents whose permalink none of those made has: were the text stored, they would lead to others."""
        moved = [one for one in made if one.heir is None and one.slug not in by_slug]
        former = sorted({row for one in moved for row in _former(one.cluster, loaded)})
        live = {one.slug for one in made}
        return {row for row, slug in self._select(document.c.id, former) if slug not in live}

    def _counts(self, made: Cluster) -> bool:
        """Whether a document may bear on this text: those known to one other text only do not."""
        return made.anchor is not None or made.series is not None or PASTED in made.texts

    def _select(self, column: sa.Column[Any], values: Sequence[int | str]) -> Iterator[tuple[int, str]]:
        """Row and permalink of the documents with one of these values in a column."""
        for at in range(0, len(values), _AT_ONCE):
            query = sa.select(document.c.id, document.c.slug).where(column.in_(values[at : at + _AT_ONCE]))
            yield from ((row.id, row.slug) for row in self.connection.execute(query))

    def _take(self, key: str, decision: Decision, rows: Mapping[int, int]) -> None:
        """Note what the citations of this text mean."""
        for one in decision.linked:
            if one.mention.file == PASTED:
                self._note(one.mention, "resolved", one.method, one.target, score=one.score)
        for made in decision.made:
            row = rows.get(id(made.cluster), 0)  # 0: it does not bear on this text
            for mention, method in made.cluster.members:
                if mention.file == PASTED and mention.own:
                    self.own_row = row
                    self._witness(mention.title, key, row, made)
                elif mention.file == PASTED:
                    near = _near(mention, decision.made, rows) if row < 0 else ()
                    self._take_member(mention, method, key, row, made, near)
        for open_ in decision.undecided:
            if open_.mention.file == PASTED:
                choice = (rows[id(one)] if isinstance(one, Cluster) else one for one in open_.choice)
                self._note(open_.mention, "ambiguous", open_.method, None, choice=tuple(choice))

    def _take_member(
        self, mention: Mention, method: str, key: str, row: int, made: Made, near: tuple[int, ...]
    ) -> None:
        n = mention.id - _FIRST
        told = "correction" if made.heir is not None else (method == "key" and self.stated[n].by) or method
        self._note(mention, status_of(method), told, row, near=near)
        if self.reading.citations[n].number is not None:
            self._witness(mention.title, key, row, made)

    def _note(
        self,
        mention: Mention,
        status: str,
        method: str,
        target: int | None,
        *,
        choice: tuple[int, ...] = (),
        near: tuple[int, ...] = (),
        score: float | None = None,
    ) -> None:
        n = mention.id - _FIRST
        before = self.meant[n]
        self.meant[n] = _Meant(before.kind, before.raw, before.parent, status, method, target, choice, near, score)

    # -- what one key tells of others ----------------------------------------------------------------------------

    def _witness(self, title: str | None, key: str, row: int, made: Made) -> None:
        """Let a title that this text gives to a numbered document tell what a name in it means."""
        named = name_in(title)
        if named is not None:
            of = identity_of(key, made.cluster)
            meeting = name_key(named, of.place, of.unit)
            self.witnesses.append(Witness(meeting, row, title, of.organ, made.cluster.anchor, PASTED))

    def _place(self, key: str, decision: Decision, now: _Stage) -> None:
        """Let the documents of a key be candidates for citations of the same number without a province."""
        mine = (mention for mention in now.loaded.by_key[key] if not mention.own)
        self.replaced.update(row for mention in mine if (row := now.loaded.document_before(mention)) is not None)
        for made in decision.made:
            row = now.rows.get(id(made.cluster))
            if row is not None:
                self.replaced.add(row)
                one = Candidate(row, made.cluster.anchor, made.cluster.series, tuple(sorted(made.cluster.titles)))
                self.placed[tail_of(key)].append(one)

    def _elsewhere(self, keys: Sequence[str]) -> dict[str, Elsewhere]:
        """By key the documents of known places that the citations of this text may mean."""
        dates = {mention.date for key in keys for mention in self.by_key[key]}
        stored = elsewhere_of(self.connection, keys, dates)
        found = {}
        for key in keys:
            tail = tail_of(key)
            known = [one for one in stored.get(tail, ()) if one.id not in self.replaced]
            twins = {
                self.meant[n].target
                for n, stated in enumerate(self.stated)
                if stated.identity is not None and stated.identity.tail == tail
            } - {None}  # citations of the unknown place itself mean nothing yet
            found[key] = Elsewhere([*known, *self.placed[tail]], {PASTED: twins})  # type: ignore[dict-item]
        return found

    # -- the answer --------------------------------------------------------------------------------------------

    def answers(self) -> list[Resolved]:
        """What was decided, for each citation in its order."""
        by_index = dict(enumerate(self.meant))
        own = self.reading.own
        shown = []
        for one in self.meant:
            meant = antecedent(by_index, one)
            if meant is None and own is not None and names_its_text(one, own.type, own.title):
                shown.append(_Meant(one.kind, one.raw, None, "resolved", "own_document", self.own_row))
            elif meant is None or (meant is not one and meant.target is None):
                shown.append(_Meant(one.kind, one.raw, None, "unresolved", "no_antecedent"))
            elif meant is not one:
                shown.append(
                    _Meant(one.kind, one.raw, None, meant.status, "antecedent", meant.target, score=meant.score)
                )
            else:
                shown.append(one)
        wanted = sorted({row for one in shown for row in (one.target, *one.choice, *one.near) if row and row > 0})
        known: dict[int, DocumentBrief] = {}
        for at in range(0, len(wanted), _AT_ONCE):
            some = wanted[at : at + _AT_ONCE]
            known.update(zip(some, briefs(self.connection, some), strict=True))
        return [self._answer(n, one, known) for n, one in enumerate(shown)]

    def _answer(self, n: int, one: _Meant, known: dict[int, DocumentBrief]) -> Resolved:
        choice = tuple(sorted((known[row] for row in (*one.choice, *one.near) if row > 0), key=lambda brief: brief.id))
        if one.target is not None and one.target > 0 and one.status == "resolved":
            meant = known[one.target]
            return Resolved(n, "resolved", one.method, meant, (), meant.id, one.score)
        if one.target is not None:
            new_id = self.new.get(one.target)
            if one.method == "antecedent":
                return Resolved(n, "unresolved", "antecedent", None, (), new_id)
            if one.target == self.own_row:
                return Resolved(n, "unresolved", "own_document", None, (), new_id)
            return Resolved(n, "unresolved", "other_date_known" if choice else "not_in_base", None, choice, new_id)
        return Resolved(n, one.status, one.method, None, choice, None)


def _former(made: Cluster, loaded: Mentions) -> list[int]:
    """The documents that stored mentions of a document meant before, those of its own headers first."""
    found: dict[int, None] = {}
    for mention, _ in sorted(made.members, key=lambda one: (not one[0].own, one[0].id)):
        if mention.file == PASTED:
            continue
        before = loaded.document_before(mention)
        if before is not None:
            found[before] = None
    return list(found)


def _near(mention: Mention, others: Sequence[Made], rows: Mapping[int, int]) -> tuple[int, ...]:
    """Known documents of the same number that this citation may mean by a wrong date: of the same year where a year
    has more than one, or with a date that differs by a slip."""
    if mention.date is None:
        return ()
    found = []
    for other in others:
        anchor, row = other.cluster.anchor, rows.get(id(other.cluster), -1)
        if anchor is None or row < 0:
            continue
        same_year = mention.series is None and other.cluster.series is None and anchor[:4] == mention.date[:4]
        if same_year or (is_full(anchor) and is_full(mention.date) and is_slip(anchor, mention.date)):
            found.append(row)
    return tuple(found)
