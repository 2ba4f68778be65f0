"""What all citations of a document, and its own header, say of it: votes on date, title, issuer.

Each citing text has one vote for each value it gives; of titles the one with intact diacritics is preferred, since a
scan that lost them cannot outvote a clean text. What beside the votes decides is told by ``kb.knowledge.statements``.
Values that lose stay visible as evidence.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
import sqlalchemy as sa

from kb.authority.relations import ACTS
from kb.findings.doubts import Moved
from kb.identity.key import law_of
from kb.knowledge import known
from kb.knowledge.guards import guard
from kb.knowledge.registers.ask import rows_about_all
from kb.knowledge.registers.row import RegisterRow
from kb.reading.header.closing import CONSOLIDATED
from kb.reading.text.syllables import is_syllable
from kb.resolution.votes import PROPERTIES, VOTED, cited_values, own_values
from kb.store import alike
from kb.store.schema import citation, dirty_document, document, file
from kb.store.sql import dumps, insert_missing, pairs
from kb.store.to_index import note_changed

_WORD = re.compile(r"[^\W\d_]+")
_AT_ONCE = 500
_DIGITS = 9
"""Of a confidence: databases write more or fewer."""
_KEPT = 8
"""Values kept as evidence for each property."""
_ACTOR = ("date", "number", "type", "body", "title")
"""What of a document bears on what it can do to others (``kb.knowledge.guards``)."""


@dataclass(slots=True)
class _Votes:
    texts: int = 0
    own: bool = False
    confidence: float = 0.0


@dataclass(slots=True)
class _Ballot:
    """Votes by property and value."""

    values: dict[str, dict[str, _Votes]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(_Votes)))

    def vote(self, name: str, value: str, texts: int, confidence: float, own: bool = False) -> None:
        votes = self.values[name][value]
        votes.texts += texts
        votes.own = votes.own or own
        votes.confidence = max(votes.confidence, confidence)

    def ranked(self, name: str) -> list[tuple[str, _Votes]]:
        """Values of a property, the winner first."""
        weigh = _title_quality if name == "title" else lambda value: 1.0
        return sorted(
            self.values.get(name, {}).items(),
            key=lambda item: (
                not item[1].own,
                -len(item[0]) if name == "date" and len(item[0]) < 10 else -10,
                -item[1].texts * weigh(item[0]),
                -item[1].confidence,
                len(item[0]) if name == "issuer" else 0,  # the organ itself before its head, where as many say either
                item[0],
            ),
        )

    def evidence(self) -> dict[str, list[list[Any]]]:
        """What is kept of the votes: by property the values ahead, with their texts."""
        return {
            name: [[value, votes.texts, votes.own] for value, votes in self.ranked(name)[:_KEPT]]
            for name in VOTED
            if self.values.get(name)
        }


def _title_quality(title: str) -> float:
    """Near 1 for a title with Vietnamese diacritics, 0.2 for one that lost them; less where words are damaged."""
    letters = [ch for ch in title if ch.isalpha()]
    marked = sum(1 for ch in letters if not ch.isascii())
    intact = marked >= 0.12 * max(1, len(letters))
    words = _WORD.findall(title)
    whole = sum(map(is_syllable, words)) / max(1, len(words))
    return (1.0 if intact else 0.2) * (0.5 + 0.5 * whole) * min(1.0, 0.5 + math.log1p(len(letters)) / 8)


def settle(connection: sa.Connection, ids: Sequence[int]) -> Moved:
    """Count the votes for these documents and set their shown values and their degrees in the graph; returns what of
    it other findings hang on."""
    ballots = _ballots(connection, ids)
    cited_by, cites = _degrees(connection, ids)
    name_scores = _name_scores(connection, ids)
    held = set(
        connection.execute(sa.select(file.c.document_id).where(file.c.document_id.in_(ids)).distinct()).scalars()
    )
    d = document.c
    known = sa.select(d.id, d.slug, d.key_date, d.series, d.date, d.number, d.type, d.body, d.title).where(
        d.id.in_(ids)
    )
    anchors = {row.id: row for row in connection.execute(known)}
    registered = rows_about_all(connection, ids)
    updates: list[dict[str, Any]] = []
    for id_, row in ((id_, anchors[id_]) for id_ in ids if id_ in anchors):
        votes = ballots.get(id_, _Ballot()).evidence()
        updates.append(
            {
                "row": id_,
                **_shown(votes, row, registered.get(id_, ()), id_ in held),
                "held": id_ in held,
                "cited_by": cited_by.get(id_, 0),
                "cites": cites.get(id_, 0),
                "name_score": name_scores.get(id_),
                "evidence": dumps(votes),
            }
        )
    moved = _moved(updates, anchors)
    _wake_targets(connection, sorted(set().union(*moved.values())))
    _write(connection, updates)
    note_changed(connection, [row.slug for row in anchors.values()])
    guard_again(connection, sorted(set().union(*moved.values())))
    types = {update["row"]: {update["type"], anchors[update["row"]].type} for update in updates}
    consolidated = (id_ for id_ in moved["type"] if CONSOLIDATED in types[id_])
    return Moved(frozenset(moved["date"]), frozenset(consolidated))


def _write(connection: sa.Connection, updates: Sequence[dict[str, Any]]) -> None:
    if updates:
        names = [name for name in updates[0] if name != "row"]
        values: dict[str, Any] = {name: sa.bindparam(name) for name in names}
        connection.execute(document.update().where(document.c.id == sa.bindparam("row")).values(values), updates)


def _moved(updates: Sequence[dict[str, Any]], before: dict[int, Any]) -> dict[str, set[int]]:
    """By value that bears on others the documents of which it changed."""
    return {
        name: {update["row"] for update in updates if update[name] != getattr(before[update["row"]], name)}
        for name in _ACTOR
    }


def _shown(votes: known.Votes, row: Any, registered: Sequence[RegisterRow], held: bool) -> dict[str, str | None]:
    """The values to show of a document: those of the best sources."""
    facts = known.gather(row, votes, registered)
    chosen = {name: facts.value(name) for name in (*PROPERTIES, "issuer")}
    if not held and law_of(row.slug) is not None:
        chosen |= {"province": None, "unit": None}  # a law is the nation's, whatever a text has misread
    return chosen


def guard_again(connection: sa.Connection, moved: Sequence[int]) -> None:
    """Ask again whether what these documents are said to do, and what is done to them, can be."""
    c = citation.c
    for at in range(0, len(moved), _AT_ONCE):
        some = moved[at : at + _AT_ONCE]
        changed = guard(connection, sa.or_(c.source_id.in_(some), c.dest_id.in_(some)))
        insert_missing(connection, dirty_document, [{"document_id": id_} for id_ in sorted(changed)])


def _wake_targets(connection: sa.Connection, moved: Sequence[int]) -> None:
    """Have the documents looked at again on which one acts that changed: their status depends on its date and on
    whether it can act on them."""
    c = citation.c
    acted_on = connection.execute(
        sa.select(c.dest_id)
        .where(c.source_id.in_(moved), c.dest_id.is_not(None), c.relation.in_(ACTS))
        .distinct()
        .order_by(c.dest_id)
    ).scalars()
    insert_missing(connection, dirty_document, [{"document_id": id_} for id_ in acted_on])


def _ballots(connection: sa.Connection, ids: Sequence[int]) -> dict[int, _Ballot]:
    ballots: dict[int, _Ballot] = defaultdict(_Ballot)
    for row in alike.of_documents(connection, ids):
        for at, value in cited_values(row):
            texts = row.rows if row.votes >> at & 1 else 0
            ballots[row.target_id].vote(VOTED[at], value, texts, round(row.confidence, _DIGITS))
    headers = sa.select(file.c.document_id, file.c.own, file.c.title)
    mine = headers.where(file.c.document_id.in_(ids), file.c.own.is_not(None))
    for document_id, own, title in connection.execute(mine):
        for at, value in own_values(orjson.loads(own) | {"title": title}):  # as it is shown, not as it is printed
            ballots[document_id].vote(VOTED[at], value, 1, 1.0, own=True)
    return ballots


def _name_scores(connection: sa.Connection, ids: Sequence[int]) -> dict[int, float]:
    """Per document the lowest score of the citations linked to it by name alone."""
    c = citation.c
    scored = sa.select(c.target_id, sa.func.min(c.name_score)).where(c.target_id.in_(ids), c.name_score.is_not(None))
    return pairs(connection.execute(scored.group_by(c.target_id)))


def _degrees(connection: sa.Connection, ids: Sequence[int]) -> tuple[dict[int, int], dict[int, int]]:
    """Per document how many distinct documents act on it, and on how many it acts."""
    c = citation.c

    def count(one: sa.Column[Any], other: sa.Column[Any]) -> dict[int, int]:
        counted = sa.select(one, sa.func.count(sa.distinct(other))).where(one.in_(ids)).group_by(one)
        return pairs(connection.execute(counted))

    return count(c.dest_id, c.source_id), count(c.source_id, c.dest_id)
