"""Ordinals against dates: within one register (issuer, type, year) ordinals rise with dates.

What does not fit the longest run that does is doubtful: a misread ordinal, a wrong date, or an issuer of another level
taken for this one. Registers are few and short, so each is looked at as a whole when one of its documents changes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from kb.identity.key import life_of
from kb.identity.numbering import is_full
from kb.store.schema import document

MIN_DOCUMENTS = 5
"""Registers with fewer documents of full date say nothing."""
MAX_SHARE = 0.25
"""Where more than this share of a register is out of order, it is no single register, and nothing is said."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a register."""

    id: int
    ordinal: int
    date: str
    number: str | None


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """A document that does not fit, with its neighbours in the order that does."""

    entry: Entry
    below: Entry | None
    above: Entry | None


def out_of_order(entries: Sequence[Entry]) -> list[OutOfOrder]:
    """The documents outside the longest run in which dates never fall as ordinals rise."""
    ordered = sorted(entries, key=lambda entry: (entry.ordinal, entry.date, entry.id))
    if len(ordered) < MIN_DOCUMENTS:
        return []
    tails: list[str] = []
    ends: list[int] = []
    before: list[int | None] = []
    for at, entry in enumerate(ordered):
        place = bisect_right(tails, entry.date)
        before.append(ends[place - 1] if place else None)
        tails[place : place + 1] = [entry.date]
        ends[place : place + 1] = [at]
    kept: set[int] = set()
    step: int | None = ends[-1]
    while step is not None:
        kept.add(step)
        step = before[step]
    if len(ordered) - len(kept) > MAX_SHARE * len(ordered):
        return []
    run = sorted(kept)
    found = []
    for at, entry in enumerate(ordered):
        if at not in kept:
            place = bisect_right(run, at)
            below = ordered[run[place - 1]] if place else None
            above = ordered[run[place]] if place < len(run) else None
            found.append(OutOfOrder(entry, below, above))
    return found


def registers(connection: sa.Connection, ids: Sequence[int]) -> list[list[Entry]]:
    """The registers that these documents belong to: same issuer, type and year, all with a full date.

    Party papers and acts of the National Assembly are left out: their ordinals run on through a term, and its laws and
    resolutions are numbered apart.
    """
    d = document.c
    one = document.alias()
    keys = (
        sa.select(one.c.place, one.c.organ, one.c.kind, one.c.year)
        .where(one.c.id.in_(ids), one.c.year.is_not(None), one.c.scope == "")
        .where(one.c.place.not_in(("tc", "x", "tep")), one.c.organ.not_in(("qh", "ubtvqh")))
        .distinct()
        .subquery()
    )
    same = (d.place == keys.c.place, d.organ == keys.c.organ, d.kind == keys.c.kind, d.year == keys.c.year)
    rows = connection.execute(  # joined, since SQLite finds no index for a list of tuples
        sa.select(d.id, d.key, d.place, d.year, d.series, d.ordinal, d.date, d.number)
        .join(keys, sa.and_(*same))
        .where(d.date.is_not(None))
        .order_by(d.slug)
    )
    by_register: dict[tuple[str, str, bool, str], list[Entry]] = defaultdict(list)
    for row in rows:
        party = row.number is not None and "-" in row.number.partition("/")[0]
        if row.ordinal.isdigit() and is_full(row.date) and row.date[:4] == row.year and not party:
            individual = (row.series or "i").endswith("i")
            life = life_of(row.place, row.year, row.date)
            key = (row.key.rpartition("/")[0], row.year, individual, life)
            by_register[key].append(Entry(row.id, int(row.ordinal), row.date, row.number))
    return list(by_register.values())
