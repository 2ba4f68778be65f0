"""Which document is this number: a query in any shape (``number_query``) against the documents of the base."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import sqlalchemy as sa
from rapidfuzz.distance import Indel

from kb.authority import issuers, laws, provinces, types
from kb.authority.fold import fold
from kb.identity.key import STANDARDS
from kb.identity.numbering import RESOLUTIONS, UNSTATED, series_register, slugify
from kb.lookup.bearing import COLUMNS, Bearing, Row, Wanted, answering, bearing, most_cited
from kb.lookup.number_query import LETTERS, Query, filters
from kb.lookup.written import type_word
from kb.reading.numbers import codes
from kb.store.schema import document

MAX_MATCHES = 50
MAX_SUGGESTIONS = 8
_MAX_LIKE = 2_000


@dataclass(frozen=True, slots=True)
class Found:
    """Document rows that answer a query, best first, and those that nearly do."""

    status: str
    matches: tuple[int, ...]
    suggestions: tuple[int, ...]
    warnings: tuple[str, ...]
    total: int


def status_of(total: int) -> str:
    """The status of a look-up that found so many."""
    return {0: "not_found", 1: "ok"}.get(total, "multiple")


def find(
    connection: sa.Connection,
    query: Query,
    *,
    province: str | None = None,
    date: str | None = None,
    issuer: str | None = None,
) -> Found:
    """The documents that a query names. ``province`` (plain name), ``date`` (ISO, may be partial) and ``issuer``
    (code) narrow the choice; a province covers its predecessors and what its successor issued since the merger."""
    if query.standard is not None:
        return _standard(connection, query.standard)
    organ = slugify(issuers.canonical(issuer)) if issuer else query.organ
    asked = province or query.province
    place = None if query.central else asked
    when = date or query.date or query.year
    wanted = Wanted(query.ordinal, query.kinds, organ)
    narrowed = replace(wanted, provinces=answering(place), year=when[:4] if when else None)
    chosen = _chosen(connection, query, narrowed, place, when)
    if not chosen.rows and narrowed != wanted:  # nothing of that place and year: say what there is elsewhere
        chosen = _chosen(connection, query, wanted, place, when)
    return _found(connection, query, chosen, asked, narrowed)


def _only_listed(row: Row) -> bool:
    """Whether registers alone know a document: it stands behind what the base's texts are or cite."""
    return not row.held and not row.cited_by


def _found(connection: sa.Connection, query: Query, chosen: _Chosen, asked: str | None, narrowed: Wanted) -> Found:
    """The documents chosen in their order, or those that are near where there are none."""
    warnings = chosen.warnings
    rows, undated = _settled(chosen.rows)
    order = sorted(
        rows, key=lambda row: (_only_listed(row), row.province != asked, -row.cited_by, row.date or "", row.id)
    )
    near: list[int] = []
    if chosen.too_many:
        warnings.append("too_many")
    if undated and order:
        warnings.append("year_unknown")
        near = _most_cited(undated)
    elif not order:
        near = _most_cited(chosen.of_series or chosen.bearing) or _like(connection, query)
        near = near or _one_digit_off(connection, query, narrowed.organ, chosen.place, chosen.when, warnings)
    total = max(chosen.too_many, len(order)) if order else 0
    shown = tuple(row.id for row in order[:MAX_MATCHES])
    return Found(status_of(total), shown, tuple(near), tuple(warnings), total)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The documents chosen (``rows``) among those of the series asked for (``of_series``), among those that bear the
    number (``bearing``), of a place and a time; how many there are where too many bear it."""

    rows: list[Row]
    of_series: list[Row]
    bearing: list[Row]
    too_many: int
    warnings: list[str]
    place: str | None
    when: str | None


def _chosen(connection: sa.Connection, query: Query, wanted: Wanted, place: str | None, when: str | None) -> _Chosen:
    warnings = list(query.warnings)
    found = bearing(connection, wanted)
    if not found.rows and query.printed:
        found = _repaired(connection, query, wanted)
        if found.rows:
            warnings.append("letters_repaired")
    of_series = _of_unit(_of_suffix(_of_register(found.rows, query, warnings), query, warnings), query, warnings)
    rows = _of_date(_of_place(of_series, place, warnings), when, warnings)
    return _Chosen(rows, of_series, found.rows, found.too_many, warnings, place, when)


def _most_cited(rows: Sequence[Row]) -> list[int]:
    """Those to suggest, the most cited first."""
    return [row.id for row in sorted(rows, key=lambda row: (-row.cited_by, row.id))[:MAX_SUGGESTIONS]]


def _standard(connection: sa.Connection, standard: str) -> Found:
    slug = f"{STANDARDS}/{standard}"
    rows = [Row.of(row) for row in connection.execute(sa.select(*COLUMNS).where(document.c.slug == slug))]
    near = [] if rows else _standards_like(connection, standard)
    return Found("ok" if rows else "not_found", tuple(row.id for row in rows), tuple(near), (), len(rows))


def _of_suffix(rows: list[Row], query: Query, warnings: list[str]) -> list[Row]:
    """Those whose code says the same beyond type and organ; a number never leads to one of another series."""
    if not query.suffix and (query.kinds in ((), LETTERS) or not query.organ):
        return rows  # of a letter the code says who wrote it, which a query may leave out; and nothing says the series
    chosen = [row for row in rows if row.ordinal_slug.partition("-")[2] == query.suffix]
    if rows and not chosen:
        warnings.append("suffix_differs")
    return chosen


def _of_register(rows: list[Row], query: Query, warnings: list[str]) -> list[Row]:
    """Acts of the legislature of the series that the type word names: 55/2010/QH12 is a law and a resolution."""
    code = query.printed.rpartition("-")[2].upper()
    usual = types.by_code(code) if issuers.LAW_TERM.match(code) else None
    if usual is None:
        return rows
    worded = types.by_word(types.by_id(query.type).words[0], code) if query.type else None
    stated = worded.register if worded else None
    if stated is None:
        law = laws.by_number(query.normalized)
        if law is not None and rows and all(series_register(row.series) == RESOLUTIONS for row in rows):
            warnings.append("other_register")
        return rows
    wanted = "" if stated == usual.register else stated
    return [row for row in rows if series_register(row.series) in (wanted, UNSTATED)]


def _of_unit(rows: list[Row], query: Query, warnings: list[str]) -> list[Row]:
    """Those of the district or commune named."""
    if query.unit is None:
        return rows
    chosen = [row for row in rows if row.unit and slugify(row.unit) == query.unit]
    if rows and not chosen:
        warnings.append("unit_differs")
    return chosen


def _of_place(rows: list[Row], place: str | None, warnings: list[str]) -> list[Row]:
    """Those that answer for a province; notes where that is not plain."""
    if not place:
        return rows
    chosen = [row for row in rows if covers(place, row.province, row.date)]
    if any(row.province != place for row in chosen):
        warnings.append("province_merged")
    if rows and not chosen:
        warnings.append("province_differs")
    return chosen


def _of_date(rows: list[Row], date: str | None, warnings: list[str]) -> list[Row]:
    """Those that a date, full or partial, fits; notes where it fits none."""
    if not date or not rows:
        return rows
    chosen = [row for row in rows if _fits(row, date)]
    if not chosen:
        warnings.append("date_differs")
    return chosen


def _repaired(connection: sa.Connection, query: Query, wanted: Wanted) -> Bearing:
    """Documents with these digits whose code the letters typed are a damaged form of (QB-UBND, 0P-SKHCN): decoded as
    in a scan, with the types of those documents as the word before the number."""
    d = document.c
    held = connection.execute(
        sa.select(d.type).where(d.ordinal == query.ordinal, d.type.is_not(None)).distinct().order_by(d.type)
    ).scalars()
    best: tuple[float, codes.Code] | None = None
    for type_id in held:
        code = codes.decode(query.printed.upper(), type_word(type_id), True)
        if code is not None and code.known and code.type_code and (best is None or code.cost < best[0]):
            best = (code.cost, code)
    if best is None:
        return Bearing([])
    kinds, organ, _, _ = filters(best[1], None)
    return bearing(connection, replace(wanted, kinds=kinds, organ=organ))


def _settled(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Documents of a known year, and those whose year only their citing text could tell."""
    clear = [row for row in rows if row.year is not None or row.held]
    return (clear, _without(rows, clear)) if clear else (list(rows), [])


def _without(rows: Sequence[Row], taken: Sequence[Row]) -> list[Row]:
    ids = {row.id for row in taken}
    return [row for row in rows if row.id not in ids]


def covers(asked: str, province: str | None, date: str | None) -> bool:
    """Whether a document of ``province`` and ``date`` answers a question for the province ``asked``, by its old or
    its new name."""
    if province is None:
        return False
    since = _covered_since(asked, province)
    return since is not None and (not since or bool(date and date >= since))


@lru_cache(maxsize=16384)
def _covered_since(asked: str, province: str) -> str | None:
    """From which day on documents of ``province`` answer for ``asked``: "" always, None never."""
    if province == asked or province in provinces.predecessors(asked):
        return ""
    if province not in provinces.successors(asked):
        return None
    return provinces.lives(province)[-1].valid_from


def _fits(row: Row, date: str) -> bool:
    """Whether a document is of a date, full or partial; the year that its number bears is its year, whatever day its
    sources give it."""
    if date == row.year:
        return True
    if row.date is None:
        return row.year is None or date.startswith(row.year)
    return row.date.startswith(date) or date.startswith(row.date)


def _like(connection: sa.Connection, query: Query) -> list[int]:
    """Documents with exactly these digits and a code as near as possible."""
    rows = most_cited(connection, query.ordinal, _MAX_LIKE)
    wanted = fold(query.normalized)

    def distance(row: Row) -> float:
        return Indel.normalized_distance(wanted, fold(row.number or row.ordinal_slug))

    return [row.id for row in sorted(rows, key=lambda row: (distance(row), -row.cited_by, row.id))[:MAX_SUGGESTIONS]]


def _one_digit_off(
    connection: sa.Connection, query: Query, organ: str | None, place: str | None, when: str | None, warnings: list[str]
) -> list[int]:
    """Documents of this code whose ordinal differs by one digit, or has two digits in the other order: said to be
    such, never taken for the one typed."""
    if not (query.kinds and organ) and not query.has_code:
        return []
    d = document.c
    chosen = sa.select(*COLUMNS).where(d.ordinal.in_(_slips(query.ordinal)))
    if query.kinds:
        chosen = chosen.where(d.kind.in_(query.kinds))
    if organ:
        chosen = chosen.where(d.organ == organ)
    found = connection.execute(chosen.order_by(d.cited_by.desc(), d.id).limit(_MAX_LIKE))
    rows = _of_date(_of_place([Row.of(row) for row in found], place, []), when, [])
    swapped = {ordinal for ordinal in _slips(query.ordinal) if sorted(ordinal) == sorted(query.ordinal)}
    rows.sort(key=lambda row: (row.ordinal_slug.lstrip("0") not in swapped, -row.cited_by, row.id))
    if rows:
        warnings.append("one_digit_off")
    return [row.id for row in rows[:MAX_SUGGESTIONS]]


def _slips(ordinal: str) -> list[str]:
    """The ordinals that one wrong digit, or two in the other order, make of one."""
    found = set()
    for at, digit in enumerate(ordinal):
        if digit.isdigit():
            found |= {ordinal[:at] + other + ordinal[at + 1 :] for other in "0123456789"}
        if at and digit.isdigit() and ordinal[at - 1].isdigit():
            found.add(ordinal[: at - 1] + digit + ordinal[at - 1] + ordinal[at + 1 :])
    return sorted({one.lstrip("0") for one in found} - {ordinal, ""})


def _standards_like(connection: sa.Connection, wanted: str) -> list[int]:
    digits = re.findall(r"[0-9]+", wanted)
    if not digits:
        return []
    d = document.c
    rows = connection.execute(
        sa.select(d.id, d.slug).where(d.place == STANDARDS, d.slug.contains(digits[0])).order_by(d.slug).limit(200)
    )
    alike = [(id_, slug) for id_, slug in rows if set(digits) <= set(re.findall(r"[0-9]+", slug))]
    return [id_ for id_, _ in alike[:MAX_SUGGESTIONS]]
