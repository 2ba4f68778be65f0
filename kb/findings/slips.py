"""Numbers that are one slip from that of a document known better, with its date or its title: misprints, most likely.

A text that prints 31/2014/NĐ-CP for 13/2014/NĐ-CP makes a document that nobody issued. It stays a node of its own,
since digits are never guessed, but the likely number is told; where date or title leave no doubt, it acts on nothing
(``kb.knowledge.guards``). The check asks the same of a number that stands in a draft alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from kb.authority import laws, types
from kb.authority.fold import fold
from kb.identity.key import CENTRAL, Identity, law_of
from kb.identity.numbering import is_full, number_parts
from kb.identity.title_likeness import same_title, tell_apart, title_words, unlike
from kb.knowledge.guards import MISPRINT, misprinted
from kb.knowledge.registers.ask import rows_about_all
from kb.store.schema import document, finding

_FEW = 2
"""A number that more texts give is no slip."""
_BETTER = 3
"""How many times as many must cite the document that is likely meant, where its own text or a register is not held."""
_WORDS_TOLD = 5
"""Words that a title must have to tell a document; the name of a law tells it however short."""
_OF_ONE_DAY = 60
"""Ordinals of one register and day do not lie further apart."""
_NEXT = 5
"""Twins of one day and nearly one title (51/2016 and 52/2016/NĐ-CP) lie no further apart."""
_KINDS = sorted(
    {
        kind.slug
        for kind in types.TYPES
        if kind.codes and (kind.rank is not None or kind.plans or kind.system == "party")
    }
)
"""Types whose codes are taken for one another: those with force, those that plan, tell or ask, and the Party's."""
_DIGITS = "0123456789"
_AT_ONCE = 4000
_COLUMNS = (
    "id", "slug", "key", "place", "kind", "ordinal", "year", "number", "type", "date", "title", "held", "cited_by",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slip:
    """Which document a number that is a slip likely means: its permalink, what of it agrees (``date_title``, ``title``,
    ``date``), and whether that leaves no doubt."""

    id: str
    agrees: str
    sure: bool


@dataclass(frozen=True, slots=True)
class _Cited:
    """A number in a draft, as if it were a document that this one text cites."""

    id: int
    slug: str
    key: str
    place: str
    kind: str
    ordinal: str
    year: str | None
    number: str
    type: str | None
    date: str | None
    title: str | None
    held: bool = False
    cited_by: int = 1


def of_cited(
    connection: sa.Connection, identity: Identity, *, number: str, type: str | None, title: str | None
) -> Slip | None:
    """The document that a number in a draft likely means, by the draft's own date and title; None where there is none,
    or several, or where the number's own document is known better than from one or two texts."""
    own = connection.execute(
        sa.select(document.c.id, document.c.held, document.c.cited_by).where(document.c.slug == identity.slug)
    ).one_or_none()
    if own is not None and (own.held or own.cited_by > _FEW):
        return None
    cited = _Cited(
        own.id if own is not None else 0, identity.slug, identity.key, identity.place, identity.kind, identity.ordinal,
        identity.year, number, type, identity.date, title, cited_by=max(1, own.cited_by) if own is not None else 1,
    )  # fmt: skip
    rows = _rows(connection, document.c.key, sorted(set(_keys(cited))))
    near = [row for row in rows.values() if row.id != cited.id and _is_slip(cited, row)]
    if not near:
        return None
    registered = set(rows_about_all(connection, [row.id for row in near] + [cited.id]))
    found = _likely(cited, near, registered)
    return Slip(found["id"], found["agrees"], found["sure"]) if found is not None else None


def again(connection: sa.Connection, ids: Sequence[int]) -> tuple[list[tuple[int, dict[str, Any]]], set[int]]:
    """Look again at these documents and at all that are a slip from them: what to record, by document, and those that
    became a sure slip or are none any more. What was recorded of them is taken out."""
    near, rows = _near(connection, set(ids))
    second, more = _near(connection, set(near) - set(ids))
    near = near | second
    rows = rows | more
    doubted = sorted(set(ids) | set(near))
    before = misprinted(connection, doubted)
    for at in range(0, len(doubted), _AT_ONCE):
        some = doubted[at : at + _AT_ONCE]
        connection.execute(finding.delete().where(finding.c.kind == MISPRINT, finding.c.document_id.in_(some)))
    registered = set(rows_about_all(connection, sorted(rows)))
    found = []
    for id_, others in sorted(near.items()):
        likely = _likely(rows[id_], [rows[other] for other in sorted(others)], registered)
        if likely is not None:
            found.append((id_, likely))
    now = {id_ for id_, detail in found if detail["sure"]}
    return found, before ^ now


def _near(connection: sa.Connection, ids: Set[int]) -> tuple[dict[int, set[int]], dict[int, Any]]:
    """Both ways which documents are a slip from which, and their rows."""
    rows = _rows(connection, document.c.id, sorted(ids))
    keys: dict[str, set[int]] = defaultdict(set)
    for row in rows.values():
        for key in _keys(row):
            keys[key].add(row.id)
    others = _rows(connection, document.c.key, sorted(keys))
    near: dict[int, set[int]] = defaultdict(set)
    for other in others.values():
        for id_ in keys[other.key]:
            if id_ != other.id and _is_slip(rows[id_], other):
                near[id_].add(other.id)
                near[other.id].add(id_)
    return near, rows | {id_: row for id_, row in others.items() if id_ in near}


def _rows(connection: sa.Connection, column: sa.Column[Any], values: Sequence[Any]) -> dict[int, Any]:
    query = sa.select(*(document.c[name] for name in _COLUMNS)).where(document.c.number.is_not(None))
    found: dict[int, Any] = {}
    for at in range(0, len(values), _AT_ONCE):
        rows = connection.execute(query.where(column.in_(values[at : at + _AT_ONCE])))
        found.update((row.id, row) for row in rows)
    return found


def _keys(row: Any) -> Iterator[str]:
    """The keys of the documents that are a slip from one: of a digit, of the year, of the type."""
    if not row.ordinal.isdigit() or not (row.title or is_full(row.date)):
        return
    head = row.key.rpartition("/")[0]
    yield row.key
    for ordinal in _slips(row.ordinal):
        yield f"{head}/{ordinal}"
    if row.place == CENTRAL and row.kind in _KINDS:
        above = head.rpartition("/")[0]
        yield from (f"{above}/{kind}/{row.ordinal}" for kind in _KINDS if kind != row.kind)


def _slips(digits: str) -> set[str]:
    """All ordinals that differ by one digit put in, left out, changed or swapped with its neighbour."""
    heads = [(digits[:at], digits[at:]) for at in range(len(digits) + 1)]
    found = {a + b[1:] for a, b in heads if b}
    found |= {a + digit + b for a, b in heads for digit in _DIGITS}
    found |= {a + digit + b[1:] for a, b in heads if b for digit in _DIGITS}
    found |= {a + b[1] + b[0] + b[2:] for a, b in heads if len(b) > 1}
    return {one for one in found if one and one[0] != "0" and one != digits}


def _is_slip(one: Any, other: Any) -> bool:
    """Whether the parts of two numbers that the keys leave out, year and form, allow a slip: one alone differs."""
    if not other.ordinal.isdigit() or _carries_year(one.number) is not _carries_year(other.number):
        return False
    if one.year == other.year:
        return bool(one.key != other.key)
    years = (one.year or "", other.year or "")
    return _carries_year(one.number) and one.key == other.key and all(years) and years[1] in _slips(years[0])


def _likely(row: Any, others: Iterable[Any], registered: Set[int]) -> dict[str, Any] | None:
    """What to record of a document: the one that is likely meant; None where there is none, or several."""
    if row.cited_by > _FEW or _is_sure(row, registered):
        return None
    better = [
        (other, agrees)
        for other in others
        if (_is_sure(other, registered) or other.cited_by >= _BETTER * max(1, row.cited_by))
        if (agrees := _agrees(row, other)) is not None
    ]
    titled = [(other, agrees) for other, agrees in better if agrees != "date"] or better
    if len({other.id for other, _ in titled}) != 1:
        return None
    other, agrees = titled[0]
    return {
        "number": row.number, "likely": other.number, "id": other.slug, "agrees": agrees, "date": other.date,
        "title": other.title, "sure": agrees == "date_title",
    }  # fmt: skip


def _is_sure(row: Any, registered: Set[int]) -> bool:
    """Whether more than citing texts tell of a document: its own text, a register, the law table."""
    return row.held or row.id in registered or law_of(row.slug) is not None


def _agrees(row: Any, other: Any) -> str | None:
    """What of a document is also that of the other: ``date_title``, ``title``, ``date``; None where too little is."""
    dated = is_full(row.date) and row.date == other.date
    if is_full(row.date) and is_full(other.date) and not dated:
        return None
    if _titled(row, other):
        twins = tuple(title_words(row.title)) != tuple(title_words(other.title)) and _apart(row, other) <= _NEXT
        return None if twins else "date_title" if dated else "title"
    return "date" if dated and _far_off(row, other) else None


def _far_off(row: Any, other: Any) -> bool:
    """Whether one day alone tells of a slip: of the year, or of a digit where no such numbers lie on one day."""
    if unlike(row.title, other.title) or row.kind != other.kind:
        return False
    if row.year != other.year:
        return True
    untold = not row.title or not other.title
    return untold and len(row.ordinal) > 1 and _apart(row, other) > _OF_ONE_DAY


def _apart(row: Any, other: Any) -> int:
    return abs(int(row.ordinal) - int(other.ordinal)) if row.ordinal != other.ordinal else _OF_ONE_DAY


def _titled(row: Any, other: Any) -> bool:
    """Whether two documents bear one title."""
    if not row.title or not other.title:
        return False
    if row.type in laws.TYPES and other.type in laws.TYPES:
        return fold(row.title) == fold(other.title)
    told = len(title_words(row.title)) >= _WORDS_TOLD
    return told and same_title(row.title, other.title) and not tell_apart(row.title, other.title)


def _carries_year(number: str | None) -> bool:
    parts = number_parts(number or "")
    return parts is not None and parts.year is not None
