"""What all citations of a document, and its own header, say of it: votes on date, title, issuer.

A held document's own header wins. Otherwise each citing text has one vote for each value it gives; of titles the one
with intact diacritics is preferred, since a scan that lost them cannot outvote a clean text. Values that lose stay
visible as evidence.
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

from kb.authority.relations import RELATIONS
from kb.identity import law_of
from kb.name_joins import BY_TITLE
from kb.numbering import series_year
from kb.reading.syllables import is_syllable
from kb.store.schema import citation, dirty_document, document, file
from kb.store.sql import dumps, insert_missing, pairs

_WORD = re.compile(r"[^\W\d_]+")
_KEPT = 8
"""Values kept as evidence for each property."""
_MIN_TITLE = 12
ACTING: tuple[str, ...] = tuple(relation.id for relation in RELATIONS if relation.acts)
"""Relations that bear on validity."""
_PROPERTIES = ("number", "type", "date", "body", "province", "unit", "title")


@dataclass(slots=True)
class _Votes:
    texts: set[int] = field(default_factory=set)
    own: bool = False
    confidence: float = 0.0


@dataclass(slots=True)
class _Ballot:
    """Votes by property and value."""

    values: dict[str, dict[str, _Votes]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(_Votes)))

    def vote(self, name: str, value: str | None, file_id: int, confidence: float, own: bool = False) -> None:
        if value is None or value in ("", "?"):
            return
        votes = self.values[name][value]
        votes.texts.add(file_id)
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
                -len(item[1].texts) * weigh(item[0]),
                -item[1].confidence,
                item[0],
            ),
        )

    def winner(self, name: str) -> str | None:
        ranked = self.ranked(name)
        return ranked[0][0] if ranked else None


def _title_quality(title: str) -> float:
    """Near 1 for a title with Vietnamese diacritics, 0.2 for one that lost them; less where words are damaged."""
    letters = [ch for ch in title if ch.isalpha()]
    marked = sum(1 for ch in letters if not ch.isascii())
    intact = marked >= 0.12 * max(1, len(letters))
    words = _WORD.findall(title)
    whole = sum(map(is_syllable, words)) / max(1, len(words))
    return (1.0 if intact else 0.2) * (0.5 + 0.5 * whole) * min(1.0, 0.5 + math.log1p(len(letters)) / 8)


def tidy_title(title: str | None) -> str | None:
    """A title as shown: one line, without the marks and quotes around it; None where nothing is left."""
    if title is None:
        return None
    plain = " ".join(title.replace("*", " ").replace("#", " ").split()).strip(" ,;.:-–")
    return plain if len(plain) >= _MIN_TITLE or plain.count(" ") >= 2 else None


def settle(connection: sa.Connection, ids: Sequence[int]) -> None:
    """Count the votes for these documents and set their shown values and their degrees in the graph."""
    ballots = _ballots(connection, ids)
    cited_by, cites = _degrees(connection, ids)
    name_scores = _name_scores(connection, ids)
    held = set(
        connection.execute(sa.select(file.c.document_id).where(file.c.document_id.in_(ids)).distinct()).scalars()
    )
    anchors = {
        row.id: row
        for row in connection.execute(
            sa.select(document.c.id, document.c.slug, document.c.anchor, document.c.series, document.c.date).where(
                document.c.id.in_(ids)
            )
        )
    }
    updates: list[dict[str, Any]] = []
    for id_ in ids:
        if id_ not in anchors:
            continue
        ballot = ballots.get(id_, _Ballot())
        chosen = {name: ballot.winner(name) for name in _PROPERTIES}
        chosen["date"] = _date(ballot, anchors[id_].anchor, anchors[id_].series)
        law = law_of(anchors[id_].slug)
        if law is not None and id_ not in held:
            chosen |= {"number": law.number, "type": law.type, "title": law.name, "province": None}
            chosen["date"] = law.date or chosen["date"]
        evidence = {
            name: [[value, len(votes.texts), votes.own] for value, votes in ballot.ranked(name)[:_KEPT]]
            for name in (*_PROPERTIES, "issuer", BY_TITLE)
            if ballot.values.get(name)
        }
        updates.append(
            {
                "row": id_,
                **chosen,
                "held": id_ in held,
                "cited_by": cited_by.get(id_, 0),
                "cites": cites.get(id_, 0),
                "name_score": name_scores.get(id_),
                "evidence": dumps(evidence),
            }
        )
    _wake_targets(connection, [update["row"] for update in updates if update["date"] != anchors[update["row"]].date])
    if updates:
        names = [name for name in updates[0] if name != "row"]
        connection.execute(
            document.update()
            .where(document.c.id == sa.bindparam("row"))
            .values({name: sa.bindparam(name) for name in names}),
            updates,
        )


def _wake_targets(connection: sa.Connection, moved: Sequence[int]) -> None:
    """Have the documents looked at again on which one acts whose date changed: their status depends on it."""
    c = citation.c
    acted_on = connection.execute(
        sa.select(c.dest_id)
        .where(c.source_id.in_(moved), c.dest_id.is_not(None), c.relation.in_(ACTING))
        .distinct()
        .order_by(c.dest_id)
    ).scalars()
    insert_missing(connection, dirty_document, [{"document_id": id_} for id_ in acted_on])


def _date(ballot: _Ballot, anchor: str | None, series: str | None) -> str | None:
    """The date shown: the own header's, else that of the key (``Cluster.anchor``), else the votes'."""
    ranked = ballot.ranked("date")
    if ranked and ranked[0][1].own:
        return ranked[0][0]
    if anchor:
        return anchor
    if year := series_year(series):
        ranked = [item for item in ranked if item[0].startswith(year)] or ranked
    return ranked[0][0] if ranked else None


def _ballots(connection: sa.Connection, ids: Sequence[int]) -> dict[int, _Ballot]:
    ballots: dict[int, _Ballot] = defaultdict(_Ballot)
    c = citation.c
    properties = (c.number, c.type, c.date, c.body, c.province, c.unit, c.title)
    columns = (c.target_id, c.file_id, *properties, c.issuer, c.method)
    rows = connection.execute(
        sa.select(*columns, sa.func.max(c.confidence))
        .where(c.target_id.in_(ids), c.kind != "back_reference")
        .group_by(*columns)
    )
    for target, file_id, *values, issuer, method, confidence in rows:
        ballot = ballots[target]
        if method == BY_TITLE:  # a name says nothing of the number, date and issuer of what it was found to be
            ballot.vote("title", tidy_title(values[-1]), file_id, confidence)
            ballot.vote(BY_TITLE, tidy_title(values[-1]), file_id, confidence)
            continue
        ballot.vote("issuer", issuer, file_id, confidence)
        for name, value in zip(_PROPERTIES, values, strict=True):
            shown = tidy_title(value) if name == "title" else value
            ballot.vote(name, shown, file_id, confidence)
    for row in connection.execute(
        sa.select(file.c.id, file.c.document_id, file.c.own).where(file.c.document_id.in_(ids), file.c.own.is_not(None))
    ):
        own = orjson.loads(row.own)
        for name in _PROPERTIES:
            shown = tidy_title(own.get(name)) if name == "title" else own.get(name)
            ballots[row.document_id].vote(name, shown, row.id, 1.0, own=True)
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
