"""Status of a document as this knowledge base knows it: acts upon it that some held text states, never more."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from kb.answers.from_rows import document_rows, edge_query
from kb.answers.labels import relation_label, status_label
from kb.answers.shapes import Status, StatusEvent
from kb.authority import issuers, relations, types
from kb.authority.fold import begins, ends, fold
from kb.authority.relations import ACTS, ENDS, STATUSES
from kb.identity.numbering import number_parts
from kb.store.schema import citation, document
from messages import Message

_PART_REACH = 70
# "Điều 2. Nghị định … hết hiệu lực" begins with the article's own number; "Điều 2 Nghị định …" names a part.
_PARTS = re.compile(
    r"\b(?:mot so|mot phan|cum tu|noi dung|phu luc|mau so|thu tuc|(?:diem|khoan|dieu|muc|chuong)(?!\s+\w{1,6}[.:]))\b"
)
_INSIDE = re.compile(r"\btai(?: cac)?(?: [a-z]+){1,5}[\s:]*$")  # "Bãi bỏ … đã công bố tại các Quyết định số"
_MOST_EVENTS = 100


def can_act_on(actor: Any, target: Any) -> bool:
    """Whether one document can bear on another's validity: no act ends or changes a higher one.

    Both are rows of the table ``document``. A local document cannot act on a central one, a Party paper not on a
    State one, and of two normative ones the actor must not be of lower rank (Luật 64/2025/QH15, Điều 4 and 58).
    No normative document (its number carries its year) is ended by a paper without normative force: a ministry's list
    of what is no longer in force and a consolidated text only tell what others did. Nothing acts on what is younger.
    A sentence that says otherwise was read wrongly.
    """
    if target.place == "tw" and actor.place != "tw":
        return False
    if actor.date and target.date and ends(actor.date) < begins(target.date):
        return False
    ranks = [_rank(row.type) for row in (actor, target)]
    if ranks[0] is not None and ranks[1] is not None:
        return ranks[0] <= ranks[1]
    if ranks[1] is not None and _carries_year(target.number) and not _carries_year(actor.number):
        return False
    return _is_party(actor.body) == _is_party(target.body)


@lru_cache(maxsize=1024)
def _rank(type_id: str | None) -> int | None:
    return types.by_id(type_id).rank if type_id else None


def _carries_year(number: str | None) -> bool:
    parts = number_parts(number or "")
    return parts is not None and parts.year is not None


@lru_cache(maxsize=4096)
def _is_party(body: str | None) -> bool:
    return body is not None and issuers.is_party(body.split("+")[0])


@dataclass(frozen=True, slots=True)
class Act:
    """One document's act upon another: ``actor`` a row of the table ``document``; ``partial``: every sentence that
    tells of it names only parts of the other ("Bãi bỏ Điều 5 Nghị định …")."""

    actor: Any
    relation: str
    partial: bool

    @property
    def gravity(self) -> int:
        """0 for a whole repeal; a partial one weighs like an amendment."""
        return gravity("amended" if self.partial else relations.by_id(self.relation).leaves)


def gravity(status: str) -> int:
    """How grave a status is: 0 for the gravest."""
    return len(STATUSES) - 1 - STATUSES.index(status)


def is_partial(relation: str, pinpoint: str | None, sentence: str, highlight: int) -> bool:
    """Whether a sentence ends only parts of the document cited in it at ``highlight``."""
    if relation not in ENDS:
        return False
    before = fold(sentence[max(0, highlight - _PART_REACH) : highlight])
    return pinpoint is not None or _PARTS.search(before) is not None or _INSIDE.search(before) is not None


def acts_on(connection: sa.Connection, targets: Sequence[int]) -> dict[int, list[Act]]:
    """For each of these documents the acts upon it that can be, gravest first."""
    c = citation.c
    found: dict[tuple[int, int, str], bool] = {}
    lasting = c.relation.in_([act for act in ACTS if act not in ENDS])
    upon = sa.and_(c.dest_id.in_(targets), c.source_id.is_not(None))
    for row in connection.execute(sa.select(c.dest_id, c.source_id, c.relation).where(upon, lasting).distinct()):
        found[(row.dest_id, row.source_id, row.relation)] = False
    told = sa.select(c.dest_id, c.source_id, c.relation, c.pinpoint, c.sentence, c.highlight)
    for one in connection.execute(told.where(upon, c.relation.in_(ENDS))):
        key = (one.dest_id, one.source_id, one.relation)
        part = is_partial(one.relation, one.pinpoint, one.sentence, one.highlight)
        found[key] = found.get(key, True) and part
    known = document_rows(connection, {x for dest, source, _ in found for x in (dest, source)})
    acts: dict[int, list[Act]] = defaultdict(list)
    for (dest, source, relation), partial in found.items():
        if can_act_on(known[source], known[dest]):
            acts[dest].append(Act(known[source], relation, partial))
    for upon_one in acts.values():
        upon_one.sort(key=lambda act: (act.gravity, act.actor.date or "9", act.actor.slug, act.relation))
    return acts


def status_of(connection: sa.Connection, document_id: int) -> Status:
    """What the texts of the base say has happened to a document, whatever the day on which they were signed."""
    c = citation.c
    query = (
        edge_query()
        .add_columns(document.c.slug, document.c.number.label("by_number"), document.c.date.label("by_date"))
        .join(document, document.c.id == c.source_id)
        .where(c.dest_id == document_id, c.relation.in_(ACTS))
        .order_by(document.c.date.nulls_first(), document.c.slug, c.start)
        .limit(_MOST_EVENTS)
    )
    partial = {
        (act.actor.id, act.relation): act.partial for act in acts_on(connection, [document_id]).get(document_id, ())
    }
    found = [
        (row, partial[(row.source_id, row.relation)])
        for row in connection.execute(query)
        if (row.source_id, row.relation) in partial
    ]
    return _status(found)


def _status(rows: Sequence[tuple[Any, bool]]) -> Status:
    events: dict[tuple[str, str], StatusEvent] = {}
    for row, partial in rows:
        events.setdefault(
            (row.relation, row.slug),
            StatusEvent(
                relation=row.relation,
                relation_label=relation_label(row.relation, inverse=True),
                by=row.slug,
                by_number=row.by_number,
                date=row.by_date,
                partial=partial,
                sentence=row.sentence,
                file=row.file,
                line=row.line,
            ),
        )
    acts = [(relations.by_id(event.relation), event.partial) for event in events.values()]
    left = [act.leaves_in_part if partial else act.leaves for act, partial in acts]
    code = min(left, key=gravity, default="unknown")
    note = Message("kb.status.nothing_known") if code == "unknown" else Message("kb.status.as_told")
    return Status(code, status_label(code), note.vi, note.en, tuple(events.values()))
