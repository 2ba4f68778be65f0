"""What stands beside a number in a query: its date, place, unit, type and issuer, each taken out as it is read.

No date takes a digit of a number: a number that stands as documents write it is cut out before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.authority import issuers, provinces, types
from kb.authority.wording import word_lists
from kb.identity.numbering import slugify

_WORDS = word_lists("number_query")
_MONTH_NAMES = word_lists("dates").folded("english_months")
_KINDS = word_lists("issuers")["unit_kinds"]
_DAY, _MONTH, _YEAR = "(?<![0-9])([0-3]?[0-9])", "([01]?[0-9])", "((?:19|20)[0-9]{2})"
_DATE = re.compile(rf"(?:{_WORDS['day']} )?{_DAY}[/.-]{_MONTH}[/.-]{_YEAR}(?![0-9/])")
_DATE_WORDS = re.compile(rf"(?:{_WORDS['day']} )?{_DAY} {_WORDS['month']} {_MONTH} {_WORDS['year']} {_YEAR}")
_MONTH_WORDS = re.compile(rf"{_WORDS['month']} {_MONTH}(?: {_WORDS['year']} |[/-]){_YEAR}")
_YEAR_WORDS = re.compile(rf"{_WORDS['year']} {_YEAR}(?![0-9])")
_NAME = "(" + "|".join(f"{name}|{name[:3]}" for name in _MONTH_NAMES) + ")"
_ENGLISH = re.compile(rf"{_NAME} {_DAY}(?:st|nd|rd|th)?,? {_YEAR}|{_DAY}(?:st|nd|rd|th)? {_NAME},? {_YEAR}")
# A unit's name ends where something else was read (two blanks) or the query does.
_UNIT = re.compile(
    rf"(?<![a-z])({_KINDS}) ([0-9]{{1,2}}(?![0-9])|[a-z]{{1,7}}(?: [a-z]{{1,7}}){{0,2}}(?=  |[ ,.;]*\Z))"
)


@dataclass(slots=True)
class Scan:
    """What is left of the query as its parts are taken out; offsets stay."""

    text: str

    def cut(self, start: int, end: int) -> None:
        """Blank out what was read."""
        self.text = self.text[:start] + " " * (end - start) + self.text[end:]


def take_date(scan: Scan) -> tuple[str | None, int]:
    """The date beside the number (ISO, may be partial), and where it stands."""
    for pattern in (_DATE_WORDS, _DATE):
        match = pattern.search(scan.text)
        if match and 1 <= int(match[1]) <= 31 and 1 <= int(match[2]) <= 12:
            return _taken(scan, match, f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}")
    match = _ENGLISH.search(scan.text)
    if match:
        name, day, year = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
        month = next(at for at, whole in enumerate(_MONTH_NAMES, 1) if whole.startswith(name))
        return _taken(scan, match, f"{year}-{month:02}-{int(day):02}")
    match = _MONTH_WORDS.search(scan.text)
    if match and 1 <= int(match[1]) <= 12:
        return _taken(scan, match, f"{match[2]}-{int(match[1]):02}")
    match = _YEAR_WORDS.search(scan.text)
    return _taken(scan, match, match[1]) if match else (None, 0)


def _taken(scan: Scan, match: re.Match[str], date: str) -> tuple[str, int]:
    scan.cut(*match.span())
    return date, match.start()


def take_province(scan: Scan) -> str | None:
    """The province named, by any of its names, or by a short form that stands alone ("tp hcm", "hn")."""
    match = provinces.PATTERN.search(scan.text)
    if match is None:
        return None
    scan.cut(*match.span())
    return provinces.plain(match.group())


def take_unit(scan: Scan) -> str | None:
    """The slug of a district or commune named with its kind ("quận 3", "huyện Ninh Phước")."""
    match = _UNIT.search(scan.text)
    if match is None:
        return None
    scan.cut(*match.span())
    return slugify(f"{match[1]} {match[2]}")


def take_type(scan: Scan) -> str | None:
    """The id of the type that words name, Vietnamese or English."""
    for find in (types.longest_word, types.longest_english):
        for match in re.finditer(r"[a-z]+", scan.text):
            found = find(scan.text, match.start())
            if found is not None:
                scan.cut(match.start(), found[0])
                return found[1]
    return None


def take_issuer(scan: Scan) -> str | None:
    """The code of the issuer that words name."""
    for match in re.finditer(r"[a-z]{2,}", scan.text):
        found = issuers.longest_match(scan.text, match.start())
        if found is not None and " " in scan.text[match.start() : found[0]].strip():
            scan.cut(match.start(), found[0])
            return found[1]
    return None
