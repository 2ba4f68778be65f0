"""Codes that a scan tore apart or glued together: "QD-T'Tg", "TTr-S VHTTDL", "TEBNNPTNT", "CTITW".

A hyphen or slash is read as a letter, or lost; a blank or a speck falls into a code. What a code may be is closed
(types, then organs), so the pieces are put together where, and only where, they give a type with an organ known to the
authority files and the code as it stands does not. Only for text that has lost its diacritics.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Protocol

from kb.authority import issuers, parts, types
from kb.reading.numbers import damage

_LETTERS = frozenset(types.by_id("cong-van").codes)  # an official letter's code may be anything
_MOST_GLUED = 4.2  # dearest reading of type and separator as the letters seen, where words name the type …
_MOST_GLUED_ALONE = 1.8  # … and where none does
_MOST_SHORT = 2.5  # dearest reading of two letters as a type that no words name
_SHORTEST_ORGAN = 2
_AHEAD = 20  # code points behind a code in which its rest stands
_TERM = re.compile(r"[\s.]{1,2}([01IilL][0-9IilLSsO])(?![0-9/])")  # of the National Assembly: "72/2025/QH 15"
_UNIT = re.compile(r"[.,]([1lI]{1,2})(?![A-Za-z0-9/])")  # what stands behind the point of a unit: "VPCP-V.1" is V.I
_ONES = str.maketrans("1l", "II")
_HALF_UNITS = tuple(f"-{code.partition('.')[0]}" for code in sorted(issuers.UNIT_CODES) if "." in code)
_REST = re.compile(
    r"[\s'.]{0,2}[-:/.]?[\s'.]{0,2}(?P<rest>[A-ZĐ][A-Za-zĐđ0-9]{0,9}(?:-[A-ZĐ][A-ZĐa-z0-9&]{0,9}){0,2}|g(?![a-z]))"
)


class _Code(Protocol):
    """What of a decoded code is looked at here."""

    @property
    def parts(self) -> tuple[str, ...]: ...
    @property
    def type_code(self) -> str | None: ...
    @property
    def known(self) -> bool: ...
    @property
    def cost(self) -> float: ...


def is_whole(code: _Code) -> bool:
    """Whether a code is a type with organs that are all known, or an organ with its unit."""
    if code.type_code is None:
        return code.known and len(code.parts) > 1
    return code.known and len(code.parts) > 1 and issuers.is_known(code.parts[-1])


@lru_cache(maxsize=16384)
def unglued(piece: str, preferred: frozenset[str]) -> tuple[float, str, str, str] | None:
    """What letters without a separator stand for ("TEBNNPTNT" → TT, "-", BNNPTNT): (cost, type, separator, organ).

    Args:
        piece: the letters as printed.
        preferred: the type codes that the words before the number can stand for; empty where none are named.
    """
    best: tuple[float, str] | None = None
    found: tuple[float, str, str, str] | None = None
    limit = _MOST_GLUED if preferred else _MOST_GLUED_ALONE
    for cut in range(2, len(piece) - _SHORTEST_ORGAN + 1):
        organ = _organ(piece[cut:])
        if organ is None:
            continue
        separator = "/" if issuers.is_party(organ) else "-"
        for code in sorted(preferred - _LETTERS) if preferred else _long_types():
            if piece[:cut] == code:
                continue  # a lost separator alone: "CVHQ" may be one code
            cost = damage.distance(piece[:cut], code + separator, limit)
            if cost is None:
                continue
            likely = cost - parts.prior(code, "first")
            if best is None or likely < best[0]:
                best, found = (likely, code), (cost, code, separator, organ)
    return found


@lru_cache(maxsize=4096)
def type_before(seen: str, organ: str) -> str | None:
    """The type of two letters that one or two damaged ones before an organ stand for where no words name it ("QB", "Q"
    → QĐ); None where they are a type or an organ as they stand."""
    if seen in types.TYPE_CODES or issuers.level(seen) is not None or _organ(organ) is None:
        return None
    found: list[tuple[float, int, str]] = []
    counts = parts.vocabulary("first")
    for code in sorted(types.TYPE_CODES):
        if len(code) != 2 or (len(seen) == 1 and not code.startswith(seen)):
            continue
        cost = damage.distance(seen, code, _MOST_SHORT if len(seen) > 1 else damage.GAP)
        if cost is not None:
            found.append((cost, -counts.get(code, 0), code))
    return min(found)[2] if found else None


def agreeing(first: str, organ: str, kind: types.Type) -> tuple[str, str]:
    """A type and its organ as they go together: only the Government issues decrees, so that "ND-GP" is NĐ-CP."""
    only = kind.orgs[0] if len(kind.orgs) == 1 else organ
    if organ != only and issuers.level(organ) is None and damage.distance(organ, only, damage.GAP) is not None:
        return first, only
    return first, organ


def rejoined(text: str, raw: str, end: int, decode: Callable[[str], _Code | None]) -> tuple[str, int] | None:
    """The code with the rest that a blank, a speck or a misread separator cut off, and where that ends; None where
    nothing behind it makes it whole.

    Args:
        text: the unified form of the whole text; ``end``: where the code ends in it.
        raw: the code as printed, which is not whole; ``decode``: what another form of it means.
    """
    if raw.endswith(issuers.LAWMAKERS):
        term = _TERM.match(text, end, end + _AHEAD)
        return (raw + term[1], term.end()) if term else None
    if raw.endswith(_HALF_UNITS) and (unit := _UNIT.match(text, end, end + _AHEAD)):
        joined = f"{raw}.{unit[1].translate(_ONES)}"
        if joined.rpartition("-")[2] in issuers.UNIT_CODES:
            return joined, unit.end()
    more = _REST.match(text, end, end + _AHEAD)
    if more is None:
        return None
    rest, best = more["rest"], None
    for form in (raw + rest, f"{raw}-{rest}"):
        whole = decode(form)
        if whole is None or not is_whole(whole) or whole.type_code is None:
            continue
        if best is None or whole.cost < best[0]:
            best = (whole.cost, form)
    return (best[1], more.end()) if best else None


def _organ(letters: str) -> str | None:
    """The organ whose code these letters are, but for case and strokes."""
    alike = parts.same_fold(parts.fold_code(letters), "later")
    return next((part for part in alike if issuers.is_known(part)), None)


@lru_cache(maxsize=1)
def _long_types() -> tuple[str, ...]:
    return tuple(sorted(code for code in types.TYPE_CODES if len(code) > 1))
