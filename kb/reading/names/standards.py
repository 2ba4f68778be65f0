"""Standards and technical regulations cited by their designation: TCVN, QCVN, TCXDVN, TCN, QCĐP, TCCS, ISO, IEC.

Canonical form: series, a blank, the number, ``:`` and the edition's year, ``/`` and the issuing organ
("TCVN ISO 9001:2015", "QCVN 02:2024/BXD"); ministries' own TCN keep their hyphen ("22TCN 262-2000").
Series, their misread forms and adopted international editions are data (``kb/authority/data/standards.json``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kb.authority.patterns import alternatives
from kb.authority.standards import SERIES
from kb.reading.text.text_forms import Pairs, TextForms


@dataclass(frozen=True, slots=True)
class StandardHit:
    """One standard. ``number`` is canonical, ``type`` an id of the type table, ``body`` the organ named in the
    designation or None, ``printed`` the canonical form of what stands there where ``number`` differs from it."""

    start: int
    end: int
    number: str
    type: str
    body: str | None
    printed: str | None = None


@dataclass(frozen=True, slots=True)
class _Anchors:
    """Letters at which a designation may begin, and the first two of them, which are sought at once."""

    forms: tuple[str, ...]
    pairs: Pairs

    @classmethod
    def of(cls, forms: Iterable[str]) -> _Anchors:
        before: dict[str, str] = {}
        for form in forms:
            before[form[1]] = before.get(form[1], "") + form[0]
        return cls(tuple(sorted(set(forms))), Pairs.of(*((first, second) for second, first in before.items())))

    def places(self, forms: TextForms) -> list[int]:
        """Where the forms stand in a text, in order."""
        return [at for at in forms.places(self.pairs) if forms.text.startswith(self.forms, at)]


@dataclass(frozen=True, slots=True)
class _Series:
    clean: _Anchors
    damaged: _Anchors  # with the misread forms
    pattern: re.Pattern[str]
    true: dict[str, str]  # printed series → series
    types: dict[str, str]
    adopted: dict[str, str]  # edition → national designation


_YEAR = r"(?:19|20)\d\d"
# 9001 · 7802-1 · 7802-1,3,4 · 08-MT · 01-187 · 6238-4A · 3890.2
_PART = rf"\s?-\s?(?!{_YEAR}(?!\d))(?:\d{{1,5}}[A-Z]?|MT)(?![a-zđ])"
_NUMBER = rf"\d{{1,6}}[A-Z]?(?:\.\d{{1,3}})?(?:{_PART}){{0,3}}(?:,\d{{1,2}}(?=[,:])){{0,8}}"
_EDITION = rf"\s{{0,3}}[:;/-]\s{{0,3}}(?P<year>{_YEAR})(?![\d])|-(?P<short_year>\d\d)(?![\d/])"
_INTERNATIONAL = ("ISO", "IEC")
_MINISTRIES_OWN = "TCN"  # the series behind a ministry's own number: 22TCN
_SHORTEST_BARE = 3  # digits of a number without an edition
_ORGAN = r"\s?/\s?(?P<organ>[A-ZĐ][A-ZĐa-zđ&]{1,14})"


@cache
def _series() -> _Series:
    types = {one.id: one.type for one in SERIES}
    true = {form: one.id for one in SERIES for form in (one.id, *one.ocr)}
    forms = alternatives(true, printed=True)
    international = alternatives((f for f, s in true.items() if s in _INTERNATIONAL), printed=True)
    pattern = re.compile(
        rf"(?P<ministry>\d\d?\s?(?=TCN))?(?P<series>{forms})"
        rf"(?P<more>(?:\s{{0,3}}/?\s{{0,3}}(?:{international}|TS|TR)){{0,2}})"
        rf"\s{{0,4}}[:-]?\s{{0,2}}(?P<number>{_NUMBER})(?:{_EDITION})?(?:{_ORGAN})?(?![\w])"
    )
    adopted = {}
    for edition in (edition for one in SERIES for edition in one.adopted):
        adopted[edition] = f"TCVN {edition}"
        adopted["TCVN " + edition.split(" ", 1)[1]] = f"TCVN {edition}"
    return _Series(_Anchors.of(types), _Anchors.of(true), pattern, true, types, adopted)


def find_standards(forms: TextForms) -> list[StandardHit]:
    """The standards cited in a text, in order; the letters of a series without a number are no citation."""
    series, text = _series(), forms.text
    anchors = series.damaged if forms.mostly_bare else series.clean
    hits: list[StandardHit] = []
    covered = 0
    for at in anchors.places(forms):
        if at < covered or (at and (text[at - 1].isalpha() or text[at - 1] == "/")):
            continue
        hit = _at(series, text, at)
        if hit is not None:
            hits.append(hit)
            covered = hit.end
    return hits


def canonical(printed: str) -> str | None:
    """The canonical designation of one printed standard; None where it is none. ``canonical(canonical(x))`` is
    ``canonical(x)``."""
    text = TextForms(printed.strip()).text
    first = next((i for i in range(min(3, len(text))) if not (text[i].isdigit() or text[i] == " ")), 0)
    for at in dict.fromkeys((0, first)):
        hit = _at(_series(), text, at)
        if hit is not None and hit.end == len(text):
            return hit.number
    return None


def _at(series: _Series, text: str, at: int) -> StandardHit | None:
    """The standard whose series begins at ``at``; None where none does."""
    start = _with_ministry(text, at) if text.startswith(_MINISTRIES_OWN, at) else at
    match = series.pattern.match(text, start, start + 90) if start is not None else None
    if start is None or match is None:
        return None
    printed = _printed(series, match)
    if printed is None:
        return None
    organ = match["organ"].replace("&", "") if match["organ"] else None
    printed = f"{printed}/{organ}" if organ else printed
    number = series.adopted.get(printed, printed)
    type_ = "tcvn" if number.startswith("TCVN") else series.types[series.true[match["series"]]]
    return StandardHit(start, match.end(), number, type_, organ, printed if printed != number else None)


def _printed(series: _Series, match: re.Match[str]) -> str | None:
    """Series, number and edition in canonical form; None for "QCVN 02", "TCVN 1": a position in a list, or a
    designation too short to be certain."""
    name, number = series.true[match["series"]], re.sub(r"\s", "", match["number"])
    year, short_year = match["year"], match["short_year"]
    if name == _MINISTRIES_OWN:
        edition = year or short_year
        return f"{(match['ministry'] or '').strip()}{name} {number}" + (f"-{edition}" if edition else "")
    if not year and len(number) < _SHORTEST_BARE:
        return None
    edition = f":{year}" if year else f"-{short_year}" if short_year else ""
    return f"{_head(series, name, match['more'])} {number}{edition}"


def _with_ministry(text: str, at: int) -> int | None:
    """Where the ministry's own number begins that stands before the letters (22TCN, 22 TCN); None where none does."""
    low = max(0, at - 4)
    ministry = re.search(r"(?<![\w/])\d\d?\s?$", text[low:at])
    return low + ministry.start() if ministry else None


def _head(series: _Series, name: str, more: str) -> str:
    """A series with the further ones behind it: "ISO/IEC", "TCVN ISO"."""
    further = [series.true.get(part, part) for part in re.split(r"[\s/]+", more) if part]
    if not further:
        return name
    joint = "/".join(further)
    return f"{name}/{joint}" if name in _INTERNATIONAL else f"{name} {joint}"
