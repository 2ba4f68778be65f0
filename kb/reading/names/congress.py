"""Resolutions of Party congresses, which bear no number: "Nghị quyết Đại hội XX Đảng bộ tỉnh".

What identifies one is the level and the ordinal of the congress ("Đại hội đại biểu toàn quốc lần thứ XIII của Đảng"):
without an ordinal, or where a company's or another body's assembly resolves, nothing is cited, and neither is anything
in a heading in capitals or in the motto of a campaign ("hoàn thành thắng lợi các mục tiêu, nhiệm vụ Nghị quyết …").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.authority.fold import fold
from kb.authority.wording import word_lists
from kb.reading.text.text_forms import TextForms

_WORDS = word_lists("congress")
_ANCHOR = re.compile(rf"{_WORDS['congress']}(?![a-z])")
_BEFORE = re.compile(rf"{_WORDS['resolution']}\s{{1,4}}(?:{_WORDS['of']}\s{{1,4}})?$")
_NUMBER = (
    rf"(?:{_WORDS['time']}\s{{1,4}})?(?:{_WORDS['ordinal']}\s{{1,4}})?(?P<number>[ivxl]{{1,6}}|[1-9]\d?)(?![a-z0-9/])"
)
_NATIONAL = (
    rf"{_WORDS['national']}"
    rf"|{_WORDS['of_the_party']}(?!\s{{1,4}}{_WORDS['organisation']})(?:\s{{1,4}}{_WORDS['party_name']})?"
)
_LOCAL = (
    rf"(?:{_WORDS['province']}\s{{1,4}})?{_WORDS['local_party']}"
    rf"(?:\s{{1,4}}(?:{_WORDS['province']}|(?P<low>{_WORDS['below_province']})))?"
)
_OTHER = (
    rf"{_WORDS['delegates']}|{_WORDS['party']}(?!\s{{1,4}}{_WORDS['no_party']})|{_WORDS['all_levels']}"
    rf"|{_WORDS['term']}\s{{1,4}}\d{{4}}\s?-\s?\d{{4}}\)?"
)
_PART = re.compile(
    rf"(?:\s|\(\s?)\s{{0,4}}(?:(?P<ordinal>{_NUMBER})|(?P<national>{_NATIONAL})|(?P<local>{_LOCAL})|(?P<other>{_OTHER}))"
)
_TERM = re.compile(
    rf"[^;./]{{0,100}}?(?<![a-z]){_WORDS['committee_term']}\s{{1,3}}([ivxl]{{1,6}}|[1-9]\d?)(?![a-z0-9])"
)
_TERM_REACH = 120
_PARTY, _ALL_LEVELS = _WORDS.folded("party")[0], _WORDS.folded("all_levels")[0]
_ORDINAL = re.compile(r"(?<![a-z0-9])(?:(?P<roman>[ivxl]{1,6})|(?P<digits>[1-9][0-9]?))(?![a-z0-9])")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_LONGEST = 140
_MOTTO_REACH = 90  # code points before a congress in which the motto of a campaign begins


_MOTTO = re.compile(
    rf"(?<![a-z]){_WORDS['motto_done']}(?![a-z])[^.:]*(?<![a-z]){_WORDS['motto_goals']}[a-z0-9,\s]{{0,16}}$"
)


@dataclass(frozen=True, slots=True)
class CongressHit:
    """A congress resolution: its span and the body, ``TW`` for a national congress, ``TU`` for a local one, ``?``
    where the words do not say; ``low``: a local one below the province."""

    start: int
    end: int
    body: str
    low: bool = False


def find_congress(forms: TextForms) -> list[CongressHit]:
    """The congress resolutions of a text, in order."""
    hits: list[CongressHit] = []
    at = -1
    for anchor in _ANCHOR.finditer(forms.folded):
        before = _BEFORE.search(forms.folded, anchor.start() - 26, anchor.start()) if anchor.start() > at else None
        hit = _resolution(forms, before.start(), anchor.end()) if before else None
        if hit is not None:
            hits.append(hit)
            at = hit.end
    return hits


def _resolution(forms: TextForms, start: int, congress: int) -> CongressHit | None:
    """The resolution that begins at ``start``, of the congress whose word ends at ``congress``; None where no ordinal
    tells which, in a heading in capitals and in the motto of a campaign."""
    end, told = _parts(forms, congress)
    if "ordinal" not in told or _MOTTO.search(forms.folded, start - _MOTTO_REACH, start):
        return None
    if forms.text[start:end].isupper():
        return None
    words = forms.folded[congress:end]
    party = _PARTY in words and _ALL_LEVELS not in " ".join(words.split())  # "Đại hội Đảng lần thứ XIII"
    body = "TU" if "local" in told else "TW" if "national" in told or party else "?"
    return CongressHit(start, end, body, "low" in told)


def _parts(forms: TextForms, congress: int) -> tuple[int, set[str]]:
    """Where the words end that say which congress it is, and what they tell (names of the groups of ``_PART``)."""
    end, told = congress, set[str]()
    while end < congress + _LONGEST:
        part = _PART.match(forms.folded, end)
        if part is None or (part["ordinal"] and not _printed_as_ordinal(forms.text, *part.span("number"))):
            break
        end = part.end()
        told |= {name for name, words in part.groupdict().items() if words is not None}
    return end, told


def _printed_as_ordinal(text: str, start: int, end: int) -> bool:
    printed = text[start:end]
    return printed.isdigit() or printed.isupper()


def term_behind(forms: TextForms, end: int) -> int | None:
    """The ordinal of the Central Committee's term that stands behind a number which ends at ``end`` ("… Hội nghị Trung
    ương 8 khóa XIII" → 13); None where none does."""
    match = _TERM.match(forms.folded, end, end + _TERM_REACH)
    return congress_ordinal(match[1]) if match else None


def congress_ordinal(name: str) -> int | None:
    """The ordinal of the congress in a name ("Nghị quyết Đại hội lần thứ XIII của Đảng" → 13); a term ("nhiệm kỳ
    2020 - 2025") is none."""
    found = _ORDINAL.search(fold(name))
    if found is None:
        return None
    if found["digits"]:
        return int(found["digits"])
    values = [_ROMAN[letter] for letter in found["roman"]]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
