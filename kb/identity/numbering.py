"""Canonical numbers taken apart, and the words of permalinks.

Laws and resolutions of the National Assembly, ordinances and resolutions of its Standing Committee bear the same code
(55/2010/QH12 is a law and a resolution): only the type word tells in which series one is numbered (``register_of``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeGuard

from kb.authority import issuers, laws, types
from kb.authority.fold import fold

UNKNOWN = "x"
"""Stands in a permalink for a place, organ or year that no evidence gives."""
REGISTER_MARK = ":"
"""Stands in ``Identity.series`` before the register of an act of the legislature (``Identity.register``)."""
TERM_MARK = "k"
UNSTATED = "?"
"""The register of an act of the legislature whose type no words state."""

RESOLUTIONS = "nq"
"""The register of resolutions (``types.json``), the only one beside that of laws or ordinances."""

_NON_WORD = re.compile(r"[^a-z0-9]+")
_PARTY = re.compile(r"(?P<ordinal>[0-9][0-9a-zđ.]*)-(?P<type>[^/]+)/(?P<organ>.+)\Z")
_STATE = re.compile(r"(?P<ordinal>[0-9][0-9a-zđ.]*(?:-[0-9]{1,3}(?=/))?)(?:/(?P<year>[12][0-9]{3}))?[/-](?P<code>.+)\Z")
_ORDINAL = re.compile(r"0*(?P<digits>[0-9]+)(?P<rest>.*)\Z")


def slugify(text: str) -> str:
    """Lower-case ASCII words joined by hyphens (``Bà Rịa - Vũng Tàu`` → ``ba-ria-vung-tau``)."""
    return _NON_WORD.sub("-", fold(text)).strip("-")


def ordinal_slug(ordinal: str) -> str:
    """An ordinal as permalinks show it: without leading zeros but of two digits at least (``0124`` → ``124``)."""
    match = _ORDINAL.match(ordinal)
    if match is None:
        return slugify(ordinal) or UNKNOWN
    rest = fold(match["rest"]).replace(" ", "").replace("-", ".")  # "0825-02/HW-TCHQ" is not 0825-01
    return match["digits"].zfill(2) + re.sub(r"[^a-z0-9.]", "", rest)


@dataclass(frozen=True, slots=True)
class NumberParts:
    """A canonical number taken apart: ``type_code`` None for official letters and laws, ``organs`` the codes after
    it, ``year`` the year inside the number, ``party`` whether it stands in the Party's order (04-NQ/TU)."""

    ordinal: str
    year: str | None
    type_code: str | None
    organs: tuple[str, ...]
    party: bool


@lru_cache(maxsize=65536)
def number_parts(number: str) -> NumberParts | None:
    """The parts of a canonical number, or None where it has not the shape of one."""
    match = _PARTY.match(number)
    if match and "/" not in match["organ"] and types.canonical_code(match["type"]):
        return NumberParts(match["ordinal"], None, match["type"], tuple(match["organ"].split("-")), True)
    match = _STATE.match(number)
    if match is None:
        return None
    pieces = [piece for piece in re.split(r"[-/.]", match["code"]) if piece]
    if not pieces:
        return None
    first, rest = pieces[0], tuple(pieces[1:])
    if types.canonical_code(first) and (rest or not issuers.LAW_TERM.match(first)):
        return NumberParts(match["ordinal"], match["year"], first, rest, False)
    return NumberParts(match["ordinal"], match["year"], None, (first, *rest), False)


def is_full(date: str | None) -> TypeGuard[str]:
    """Whether an ISO date is known and gives the day."""
    return date is not None and len(date) == len("2021-12-24")


def is_slip(one: str, other: str) -> bool:
    """True where two full dates differ by one digit, or by day and month changing places."""
    if sum(x != y for x, y in zip(one, other, strict=True)) == 1:
        return True
    return one[:4] == other[:4] and one[5:7] == other[8:10] and one[8:10] == other[5:7]


def register_of(number: str, type_id: str | None, date: str | None) -> str:
    """The register of an act of the legislature: "" the one its code mostly stands for (laws for QH, resolutions for
    UBTVQH), else its name; ``UNSTATED`` where neither words nor the law table tell; "" for all other numbers.

    Args:
        number: canonical.
        type_id: the type that words state, None where none do.
        date: ISO; a law of the table passed on another day is not the act meant.
    """
    parts = number_parts(number)
    if (
        parts is None
        or parts.type_code is not None
        or parts.year is None
        or not issuers.LAW_TERM.match(parts.organs[0])
    ):
        return ""
    stated = types.by_id(type_id).register if type_id else None
    if stated is None:
        stated = _register_by_date(number, date)
    usual = types.by_code(parts.organs[0])
    return "" if usual is None or stated == usual.register else stated or UNSTATED


def _register_by_date(number: str, date: str | None) -> str | None:
    """The register of an act of the legislature by its date, as the law table has the law of that number; ``UNSTATED``
    where that does not tell."""
    law = laws.by_number(number)
    if law is None or not law.date or not date or not is_full(date):
        return UNSTATED
    of_law = date in (law.date, law.effective) or is_slip(law.date, date)
    return types.by_id(law.type).register if of_law else RESOLUTIONS


def series_year(series: str | None) -> str | None:
    """The year of ``Identity.series``, None where it needs none."""
    year = (series or "")[:4]
    return year if year.isdigit() else None


def term_register(term: str) -> str:
    """The register of a Party number whose term is known but not its date: ``k13``."""
    return TERM_MARK + term


def series_term(series: str | None) -> str | None:
    """The Party term in ``Identity.series``, None for all others."""
    register = series_register(series)
    return register[1:] if register[:1] == TERM_MARK and register[1:].isdigit() else None


def series_register(series: str | None) -> str:
    """The register in ``Identity.series``, "" for most."""
    return (series or "").partition(REGISTER_MARK)[2]
