"""Laws by name, as people type them: "luật đất đai", "BLHS", "luật tổ chức cqđp 2025".

A name leads to every version of the law that the base knows, the one in force on the day first.
"""

from __future__ import annotations

import datetime

import sqlalchemy as sa

from kb.authority import abbreviations, laws
from kb.authority.fold import begins, ends
from kb.authority.laws import Law
from kb.identity.key import identify_law
from kb.lookup.matches import Found, status_of
from kb.store.schema import document


def named(query: str) -> tuple[Law, ...]:
    """The laws that a query names and nothing else, a year at its end included; none where it is no name of a law."""
    return laws.candidates(abbreviations.written_out(query))


def find(connection: sa.Connection, asked: tuple[Law, ...], date: str | None) -> Found:
    """The documents of the laws ``asked``: those in force on ``date`` (ISO, None: today) first, then the newest."""
    day = date or datetime.date.today().isoformat()
    order = sorted(asked, key=lambda law: law.begins, reverse=True)
    order.sort(key=lambda law: not _in_force(law, day))
    slugs = {identify_law(law).slug: place for place, law in enumerate(order)}
    known = connection.execute(sa.select(document.c.id, document.c.slug).where(document.c.slug.in_(list(slugs))))
    ids = [row.id for row in sorted(known, key=lambda row: slugs[row.slug])]
    return Found(status_of(len(ids)), tuple(ids), (), (), len(ids))


def _in_force(law: Law, day: str) -> bool:
    until = law.valid_to
    return begins(law.begins) <= ends(day) and (until is None or begins(day) < until)
