"""What a document cannot do to another, whatever a text was read to say: acts against rank and time, and lineage that
runs backwards.

A sentence that says so was read wrongly, or bears a slip: the citation stays as a mention (``cites``), and what was
read is kept beside it (``citation.relation_read``).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import orjson
import sqlalchemy as sa

from kb.authority import issuers, laws, provinces, relations, types
from kb.authority.fold import begins, ends, fold
from kb.authority.wording import word_lists
from kb.identity.key import FILES
from kb.identity.numbering import is_full, number_parts
from kb.reading.header.closing import CONSOLIDATED
from kb.reading.relations.powers import may_act
from kb.store.schema import citation, document, finding

MENTION = "cites"
MISPRINT = "one_slip"
"""The finding that a number is most likely a misprint (``kb.findings.slips``)."""
_WORDS = word_lists("knowledge")
_TELLS = _WORDS.pattern("only_tells")
_PLANS = _WORDS.pattern("only_plans")
_ANNEXED = _WORDS.pattern("annexed")
_STANDING = frozenset({"based_on", "implements", "guides", "promulgated_by"})
GUARDED = tuple(one.id for one in relations.RELATIONS if one.acts or one.id in _STANDING)
"""Relations that rank or time can forbid."""

_ENDING = frozenset({"amends", "replaces", "repeals"})
_RUNG = {"central": 0, "party_central": 0, "court": 1, "ministry": 1, "agency": 1, "general": 2, "mass": 2}
_COUNTRY, _PROVINCE, _BELOW = 2, 3, 4
_CHUNK = 2000

FACTS = ("id", "slug", "number", "type", "date", "body", "place", "province", "unit", "title")
"""The columns of ``document`` that are asked here."""


def facts(connection: sa.Connection, ids: Iterable[int]) -> dict[int, Any]:
    """What is asked here of these documents, by row."""
    wanted = sorted(set(ids))
    found: dict[int, Any] = {}
    query = sa.select(*(document.c[name] for name in FACTS))
    for at in range(0, len(wanted), _CHUNK):
        rows = connection.execute(query.where(document.c.id.in_(wanted[at : at + _CHUNK])))
        found.update((row.id, row) for row in rows)
    return found


def misprinted(connection: sa.Connection, ids: Iterable[int]) -> set[int]:
    """Of these documents those whose number is a misprint beyond doubt: nobody issued them, so they do nothing."""
    wanted = sorted(set(ids))
    found = set()
    for at in range(0, len(wanted), _CHUNK):
        rows = connection.execute(
            sa.select(finding.c.document_id, finding.c.detail).where(
                finding.c.kind == MISPRINT, finding.c.document_id.in_(wanted[at : at + _CHUNK])
            )
        )
        found |= {row.document_id for row in rows if orjson.loads(row.detail)["sure"]}
    return found


def can_act_on(actor: Any, target: Any) -> bool:
    """Whether one document can bear on another's validity: no act ends or changes a higher one.

    Both are rows of the table ``document``. A local document cannot act on a central one, nor on one of another
    province, a Party paper not on a State one, and of two normative ones the actor must not be of lower rank (Luật
    64/2025/QH15, Điều 4 and 58). No normative document (its number carries its year) is ended by a paper without
    normative force. What plans, asks or tells (letters, reports, programmes of legislation, lists of what lapsed) acts
    on nothing but its own kind, a consolidated text on nothing. Nothing acts on what is younger or of the same day, nor
    on a text without a header, which says of itself neither number nor day.
    """
    if _younger(target, actor) or _of_one_day(actor, target) or (target.number is None and target.place == FILES):
        return False
    if _acts_on_nothing(actor) or target.type == CONSOLIDATED:
        return False
    if actor.type and target.type and not may_act(actor.type, target.type):
        return False
    return _rung(actor) <= _rung(target) and _same_province(actor, target) and _has_force_over(actor, target)


def _acts_on_nothing(actor: Any) -> bool:
    """Whether a document is no act: a consolidated text, one that only tells or plans, a draft (neither number nor
    day)."""
    draft = actor.number is None and actor.type not in laws.TYPES and len(actor.date or "") < 10
    return draft or actor.type == CONSOLIDATED or bool(actor.title and _only_tells(actor.title))


def _has_force_over(actor: Any, target: Any) -> bool:
    """Whether the normative force of one reaches the other."""
    above, below = _rank(actor.type), _rank(target.type)
    if above is not None and below is not None:
        return above <= below
    if below is not None and _carries_year(target.number) and not _carries_year(actor.number):
        return False
    return _is_party(actor.body) == _is_party(target.body)


def can_stand_on(relation: str, source: Any, target: Any) -> bool:
    """Whether one document can be based on, carry out, guide or be issued by another.

    It is not older than what it stands on; what guides or carries out is not above it: no law guides a circular, no
    paper of the Party's centre carries out one of the State, no ministry one of a province. Only what is issued with
    another (a plan, a regulation) is promulgated by it: a decree that names a form of another's annex is not.
    """
    if _younger(target, source) or source.type == CONSOLIDATED:
        return False
    if relation == "promulgated_by":
        return source.type is None or _is_annexed(source.type)
    if relation in ("guides", "implements"):
        return _stands_below(relation, source, target)
    return True


def _twins(one: Any, other: Any) -> bool:
    """Whether two normative documents are of one kind and day: a text that amends both names them beside each other."""
    return one.type == other.type and _of_one_day(one, other) and _carries_year(other.number)


def _stands_below(relation: str, source: Any, target: Any) -> bool:
    """Whether what guides or carries out another document can stand below it."""
    if relation == "guides" and (_of_plan(source.type) or (source.type and source.type == target.type)):
        return False  # no plan spells out a law ("ban hành Nghị định quy định chi tiết X"), no decree a decree
    if _twins(source, target):
        return False
    if _is_party(source.body) and not _is_party(target.body) and _rung(source) == 0:
        return False
    if _rung(source) < _rung(target) and _rung(target) > _COUNTRY:
        return False
    ranks = [_rank(row.type) for row in (source, target)]
    return ranks[0] is None or ranks[1] is None or ranks[0] >= ranks[1]


def holds(relation: str, source: Any, target: Any) -> bool:
    """Whether a relation between two documents can be, as far as rank and time tell."""
    if relations.by_id(relation).acts:
        return can_act_on(source, target) and not (relation in _ENDING and _ended_by_another_kind(source, target))
    return relation not in _STANDING or can_stand_on(relation, source, target)


def _ended_by_another_kind(actor: Any, target: Any) -> bool:
    """Whether a normative document, whose number carries its year, would be changed by an individual one of another
    kind: "xây dựng Thông tư … (thay thế Thông tư X)" in a decision of the Prime Minister's."""
    normative = _carries_year(target.number) and target.type is not None and _rank(target.type) is not None
    individual = actor.number is not None and not _carries_year(actor.number) and actor.type not in laws.TYPES
    return normative and individual and _rank(actor.type) is not None and actor.type != target.type


def guard(connection: sa.Connection, chosen: sa.ColumnElement[bool]) -> set[int]:
    """Make mentions of the chosen citations whose relation cannot be, and give others theirs back, those that lost an
    end too; returns the documents at both ends of those that changed."""
    c = citation.c
    read = sa.func.coalesce(c.relation_read, c.relation)
    linked = sa.and_(c.source_id.is_not(None), c.dest_id.is_not(None))
    rows = connection.execute(
        sa.select(c.id, c.relation, read.label("read"), c.source_id, c.dest_id).where(
            chosen, read.in_(GUARDED), sa.or_(linked, c.relation_read.is_not(None))
        )
    ).all()
    known = facts(connection, _ends(rows))
    nobodys = misprinted(connection, (row.source_id for row in rows if row.source_id is not None))
    updates, moved = [], []
    for row in rows:
        source, target = known.get(row.source_id), known.get(row.dest_id)
        can_be = source is None or target is None or holds(row.read, source, target)
        now = row.read if can_be and row.source_id not in nobodys else MENTION
        if now != row.relation:
            updates.append({"row": row.id, "now": now, "kept": None if now == row.read else row.read})
            moved.append(row)
    if updates:
        connection.execute(
            citation.update()
            .where(c.id == sa.bindparam("row"))
            .values(relation=sa.bindparam("now"), relation_read=sa.bindparam("kept")),
            updates,
        )
    return _ends(moved)


def _ends(rows: Iterable[Any]) -> set[int]:
    return {end for row in rows for end in (row.source_id, row.dest_id) if end is not None}


def _younger(one: Any, other: Any) -> bool:
    """Whether ``one`` is surely younger than ``other``."""
    days = _when(one), _when(other)
    if days[0] and days[1] and begins(days[0]) > ends(days[1]):
        return True
    undated = None in (one.date, other.date) and one.place == other.place
    return undated and _further_on(one.number or "", other.number or "")


def _further_on(number: str, other: str) -> bool:
    """Whether a number comes later in the series of the other one: "141/2026/NĐ-CP" and "68/2026/NĐ-CP"."""
    parts = number_parts(number), number_parts(other)
    if parts[0] is None or parts[1] is None or parts[0].year is None:
        return False
    series = {(one.year, one.type_code, one.organs) for one in parts if one is not None}
    ordinals = (parts[0].ordinal, parts[1].ordinal)
    return len(series) == 1 and all(map(str.isdigit, ordinals)) and int(ordinals[0]) > int(ordinals[1])


def _of_one_day(one: Any, other: Any) -> bool:
    """Whether two documents are of one day, which is told in full."""
    return is_full(one.date) and one.date == other.date


def _when(row: Any) -> str | None:
    """The date of a document, the year of its number where that is all that is known."""
    parts = number_parts(row.number) if row.date is None and row.number else None
    return row.date or (parts.year if parts else None)


@lru_cache(maxsize=8192)
def _only_tells(title: str) -> bool:
    folded = fold(title)
    return _TELLS.search(folded) is not None or _PLANS.search(folded) is not None


@lru_cache(maxsize=1024)
def _is_annexed(type_id: str) -> bool:
    return _ANNEXED.match(fold(types.by_id(type_id).name)) is not None


@lru_cache(maxsize=1024)
def _of_plan(type_id: str | None) -> bool:
    """Whether a document of this type only plans or asks."""
    return type_id is not None and (types.by_id(type_id).plans or types.by_id(type_id).asks)


@lru_cache(maxsize=1024)
def _rank(type_id: str | None) -> int | None:
    return types.by_id(type_id).rank if type_id else None


def _carries_year(number: str | None) -> bool:
    parts = number_parts(number or "")
    return parts is not None and parts.year is not None


@lru_cache(maxsize=4096)
def _is_party(body: str | None) -> bool:
    return body is not None and issuers.is_party(body.split("+")[0])


def _rung(row: Any) -> int:
    """How far from the centre the issuer stands: 0 for the highest organs of the State and the Party."""
    if row.place == "tw":
        return _central_rung(row.body)
    return _BELOW if row.unit or issuers.level((row.body or "").split("+")[0]) == "department" else _PROVINCE


@lru_cache(maxsize=4096)
def _central_rung(body: str | None) -> int:
    return _RUNG.get(issuers.level((body or "").split("+")[0]) or "", _COUNTRY)


def _same_province(actor: Any, target: Any) -> bool:
    """Whether the actor's province, where it is a local document, is that of the target or its heir."""
    if actor.place in ("tw", target.place) or actor.province is None or target.province is None:
        return True
    return actor.province in provinces.successors(target.province)
