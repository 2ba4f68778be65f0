"""The documents that bear a number, of a type, an organ, a place and a year where these are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from kb.authority import provinces
from kb.store.schema import document

MAX_BEARING = 1_000
"""Documents of one number, place and year that are all looked at; of more the user is told that they are too many."""
MAX_SHOWN = 200
"""Of too many the most cited that are looked at."""


class Row(NamedTuple):
    """What the choice among documents needs of one; a tuple, since a short number is borne by thousands."""

    id: int
    ordinal_slug: str
    date: str | None
    year: str | None
    series: str | None
    scope: str
    place: str
    province: str | None
    unit: str | None
    number: str | None
    cited_by: int
    held: bool

    @staticmethod
    def of(row: Iterable[Any]) -> Row:
        """The row of ``COLUMNS``."""
        id_, key, *rest = row
        return Row(id_, key.rpartition("/")[2], *rest)


COLUMNS = tuple(document.c[name] for name in ("id", "key", *Row._fields[2:]))
"""What a ``Row`` is made of."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the documents of an ordinal: one of the ``kinds``, of ``organ`` (alone or with others), of one
    of the ``provinces``, of a ``year`` (or of none that is known); empty or None where it does not matter."""

    ordinal: str
    kinds: Sequence[str] = ()
    organ: str | None = None
    provinces: Sequence[str] = ()
    year: str | None = None

    @property
    def shape(self) -> tuple[bool, ...]:
        return bool(self.kinds), bool(self.organ), bool(self.provinces), bool(self.year)

    def given(self) -> dict[str, Any]:
        """The values of the query of this shape."""
        organ = self.organ
        found = {
            "ordinal": self.ordinal, "kinds": list(self.kinds), "organ": organ, "first": f"{organ}-%",
            "last": f"%-{organ}", "provinces": list(self.provinces), "year": self.year,
        }  # fmt: skip
        names = ("ordinal",), ("kinds",), ("organ", "first", "last"), ("provinces",), ("year",)
        asked = (name for some, is_asked in zip(names, (True, *self.shape), strict=True) if is_asked for name in some)
        return {name: found[name] for name in asked}


def of_organ(organ: str) -> sa.ColumnElement[bool]:
    """The documents of an organ (permalink part), alone or with others."""
    return _one_of(sa.literal(organ), sa.literal(f"{organ}-%"), sa.literal(f"%-{organ}"))


def _one_of(
    alone: sa.ColumnElement[str], first: sa.ColumnElement[str], last: sa.ColumnElement[str]
) -> sa.ColumnElement[bool]:
    column = document.c.organ
    return sa.or_(column == alone, column.like(first), column.like(last))


def _conditions(by_kind: bool, by_organ: bool, by_province: bool, by_year: bool) -> list[sa.ColumnElement[bool]]:
    d = document.c
    found: list[sa.ColumnElement[bool]] = [d.ordinal == sa.bindparam("ordinal")]
    if by_kind:
        found.append(d.kind.in_(sa.bindparam("kinds", expanding=True)))
    if by_organ:
        alone, first, last = (sa.bindparam(name, type_=sa.Text) for name in ("organ", "first", "last"))
        found.append(_one_of(alone, first, last))
    if by_province:
        found.append(d.province.in_(sa.bindparam("provinces", expanding=True)))
    if by_year:
        year = sa.bindparam("year", type_=sa.Text)
        unknown = sa.and_(d.year.is_(None), d.date.is_(None))
        found.append(sa.or_(d.year == year, sa.func.substr(d.date, 1, 4) == year, unknown))
    return found


@lru_cache(maxsize=32)
def _bearing_query(shape: tuple[bool, ...], ranked: bool) -> sa.Select[Any]:
    """Built once for each shape: building takes as long as asking."""
    query = sa.select(*COLUMNS).where(*_conditions(*shape)).limit(sa.bindparam("limit", type_=sa.Integer))
    return query.order_by(document.c.cited_by.desc(), document.c.id.desc()) if ranked else query


@lru_cache(maxsize=16)
def _count_query(shape: tuple[bool, ...]) -> sa.Select[Any]:
    return sa.select(sa.func.count()).select_from(document).where(*_conditions(*shape))


@dataclass(frozen=True, slots=True)
class Bearing:
    """Documents that bear a number: ``rows``, and how many there are where these are only the most cited (else 0)."""

    rows: list[Row]
    too_many: int = 0


def bearing(connection: sa.Connection, wanted: Wanted) -> Bearing:
    """All documents wanted; where they are more than ``MAX_BEARING`` the most cited, and their number."""
    given = wanted.given()
    found = connection.execute(_bearing_query(wanted.shape, False), given | {"limit": MAX_BEARING + 1}).all()
    if len(found) <= MAX_BEARING:
        rows = sorted(map(Row.of, found), key=lambda row: (-row.cited_by, row.id))
        return Bearing(rows)
    total = connection.execute(_count_query(wanted.shape), given).scalar() or 0
    top = connection.execute(_bearing_query(wanted.shape, True), given | {"limit": MAX_SHOWN})
    return Bearing([Row.of(row) for row in top], total)


def most_cited(connection: sa.Connection, ordinal: str, limit: int) -> list[Row]:
    """At most ``limit`` documents with exactly these digits, the most cited first."""
    rows = connection.execute(_bearing_query((False,) * 4, True), {"ordinal": ordinal, "limit": limit})
    return list(map(Row.of, rows))


def answering(place: str | None) -> tuple[str, ...]:
    """The provinces whose documents may answer for ``place``: itself, what became part of it, what it became."""
    if place is None:
        return ()
    return tuple(sorted({place, *provinces.predecessors(place), *provinces.successors(place)}))
