"""What stands right behind a cited number: its date as printed, its issuer in words, and whether an abstract follows.

The reader gives a citation's date and issuer as values, repaired where they can be; the form of what stands there, and
what cannot be read as a date at all, is looked at here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.authority import issuers
from kb.authority.fold import fold as words_of
from kb.authority.wording import word_lists
from kb.reading.dates import iso_date

_WORDS, _DATES = word_lists("checking"), word_lists("dates")
_GAP = r"[\s,;:(]{0,6}"
_SEPARATOR = r"\s{0,2}[/.\-]\s{0,2}"
_DATE = re.compile(
    rf"{_GAP}(?:(?:{_WORDS['issued']})\s+)?(?P<word>{_DATES.undamaged('day')}[\s:,]{{0,4}})?"
    rf"(?P<date>(?P<d>\d{{1,2}}){_SEPARATOR}(?P<m>\d{{1,2}}){_SEPARATOR}(?P<y>\d{{2,6}})(?![\d/])"
    rf"|(?P<day>\d{{1,2}})\s{{1,3}}{_DATES.undamaged('month')}\s{{1,3}}(?P<month>\d{{1,2}})\s{{1,3}}"
    rf"(?:{_DATES.undamaged('year')}\s{{1,3}})?(?P<year>\d{{4}})(?!\d))"
)
_OF = re.compile(rf"[\s,)]{{0,5}}(?:{_WORDS['of']})\s{{1,3}}")
_HEAD = re.compile(rf"(?:{_WORDS['acting_head']})\s{{1,3}}")
_LONGEST_ISSUER = 90
_TITLE = re.compile(rf"[\s,;:()\"]{{0,6}}(?:{_WORDS['title_opens']})\b")
_ITEM_END = re.compile(r"[;.]\s")
_TITLE_REACH = 60
"""Code points behind the issuer within which an abstract begins: the place of the issuer may stand between."""


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as printed: ``text[start:end]``, its parts, whether the word "ngày" stands before it, and the day (ISO)
    that it means, None where there is no such day."""

    start: int
    end: int
    day: str
    month: str
    year: str
    has_word: bool
    in_words: bool
    iso: str | None

    @property
    def short_year(self) -> bool:
        return len(self.year) == 2

    @property
    def lacks_zero(self) -> bool:
        """Days below 10 and the months 1 and 2 have a leading zero (Decree 30/2020/NĐ-CP, Annex I)."""
        return (len(self.day) == 1) or (self.month in ("1", "2"))


@dataclass(frozen=True, slots=True)
class Tail:
    """What stands behind a cited number: ``issuer`` is (start, end, code) of the organ named there, ``opens_title``
    whether an abstract follows, ``named`` whether the words tell an issuer at all, known or not."""

    date: PrintedDate | None
    issuer: tuple[int, int, str] | None
    named: bool
    opens_title: bool


def tail_at(folded: str, end: int) -> Tail:
    """The tail of a citation that ends at ``end`` of a folded text of the same length as the text."""
    date = _date(folded, end)
    at = date.end if date else end
    of = _OF.match(folded, at, at + 12)
    issuer = _issuer(folded, of.end()) if of else None
    after = issuer[1] if issuer else of.end() if of else at
    if date is None and issuer is not None and (date := _date(folded, after)) is not None:
        if date.has_word:
            after = date.end
        else:
            date = None
    item = _ITEM_END.search(folded, after)
    limit = min(after + _TITLE_REACH, item.start() if item is not None else len(folded))
    opens = _TITLE.match(folded, after) or (_TITLE.search(folded, after, limit) if of else None)
    return Tail(date, issuer, of is not None, opens is not None)


def dates_with_their_word(folded: str) -> Iterator[PrintedDate]:
    """Every day of a text that stands behind the word "ngày", with its year in four digits."""
    for match in _DAY_WORD.finditer(folded):
        found = _DATE.match(folded, match.start(), match.start() + 70)
        printed = _printed(found) if found is not None else None
        if printed is not None and len(printed.year) == len("2025"):
            yield printed


_DAY_WORD = re.compile(rf"(?<![a-z]){_DATES.undamaged('day')}(?=[\s:,]{{1,4}}\d)")


def _date(folded: str, end: int) -> PrintedDate | None:
    found = _DATE.match(folded, end, end + 70)
    return _printed(found) if found is not None else None


def _printed(found: re.Match[str]) -> PrintedDate:
    in_words = found["day"] is not None
    names = ("day", "month", "year") if in_words else ("d", "m", "y")
    day, month, year = (found[name] for name in names)
    whole = {2: f"20{year}", 4: year}.get(len(year))
    iso = iso_date(day, month, whole) if whole is not None else None
    return PrintedDate(
        found.start("date"), found.end("date"), day, month, year, found["word"] is not None, in_words, iso
    )


def _issuer(folded: str, start: int) -> tuple[int, int, str] | None:
    """The organ named at ``start``; ("Chủ tịch" UBND, "Bộ trưởng" Bộ …) is that of the organ."""
    head = _HEAD.match(folded, start)
    for at in (start, head.end() if head else start):
        window = folded[at : at + _LONGEST_ISSUER]
        squeezed = words_of(window)
        found = issuers.longest_match(squeezed)
        if found is not None:
            length = _unsqueezed(window, found[0])
            return at, at + length, found[1]
    return None


def _unsqueezed(window: str, length: int) -> int:
    """How many characters of ``window`` give the first ``length`` of its squeezed form."""
    taken, blank = 0, True
    for at, ch in enumerate(window):
        if ch.isspace():
            taken += not blank
            blank = True
        else:
            taken += 1
            blank = False
        if taken >= length and not blank:
            return at + 1
    return len(window)
