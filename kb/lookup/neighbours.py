"""The documents beside one in its register (same issuer, type and year): their numbers and titles tell of slips."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from kb.identity.key import Identity
from kb.identity.numbering import UNKNOWN
from kb.store.schema import document


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A document of a register: its id, ordinal (digits, "" where it is no number), number, date and title."""

    id: str
    ordinal: str
    number: str | None
    date: str | None
    title: str | None


def neighbours(connection: sa.Connection, identity: Identity, years: tuple[str, ...]) -> tuple[Neighbour, ...]:
    """The documents of the register that ``identity`` is filed in, of these years, by their ids."""
    d = document.c
    rows = connection.execute(
        sa.select(d.slug, d.ordinal, d.number, d.date, d.title)
        .where(d.place == identity.place, d.organ == identity.organ, d.kind == identity.kind, d.year.in_(years))
        .where(d.number.is_not(None))
        .order_by(d.slug)
    )
    return tuple(Neighbour(row.slug, row.ordinal, row.number, row.date, row.title) for row in rows)


def namesakes(connection: sa.Connection, identity: Identity, date: str) -> tuple[Neighbour, ...]:
    """The documents of the same type and ordinal that other issuers signed on ``date`` (ISO), by their ids."""
    d = document.c
    rows = connection.execute(
        sa.select(d.slug, d.ordinal, d.number, d.date, d.title)
        .where(d.ordinal == identity.ordinal, d.kind == identity.kind, d.date == date)
        .where(sa.or_(d.place != identity.place, d.organ != identity.organ), d.number.is_not(None))
        .where(d.place != UNKNOWN)
        .order_by(d.slug)
    )
    return tuple(Neighbour(row.slug, row.ordinal, row.number, row.date, row.title) for row in rows)
