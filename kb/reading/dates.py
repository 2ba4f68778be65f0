"""Dates as they stand beside a document number.

Forms after Decree 30/2020/NĐ-CP, Annex I (``ngày 24 tháng 12 năm 2021``), the short form with slashes, dots or the
Party's hyphens, month or year alone, and their OCR-damaged shapes. Matching is on the folded form; day first always;
a month above 12 is rejected, never guessed.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kb.authority.wording import word_lists

_WORDS = word_lists("dates")
_DAY, _MONTH, _YEAR = _WORDS["day"], _WORDS["month"], _WORDS["year"]
_G = r"[\s*_|:;.,'\"-]{0,6}"
_DIGITS2 = r"([0-9oil](?:(?<=[0-3o])[0-9oil])?)"  # one class first, so that a scan skips to it

# "ngày 15 tháng 9 tháng 2022": the month's word a second time, in place of "năm".
LONG = re.compile(
    rf"{_DIGITS2}\s?{_G}{_MONTH}{_G}([01]?[0-9])\s?{_G}(?:{_YEAR}|{_WORDS.undamaged('month')}(?=\s)){_G}"
    r"((?:19|20)\d\d)(?!\d)"
)
SHORT = re.compile(r"(\d{1,2})\s?[/.\-]\s?(\d{1,2})(?:\s?[/.\-]\s?|\s)((?:1[89]|20)\d\d)(?![\d/])")
ISO = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)(?![\d/-])")
MONTH_ONLY = re.compile(
    rf"(?:{_DAY}\W{{0,6}})?{_MONTH}\s{{0,3}}([01]?[0-9])\s?(?:{_G}{_YEAR}\s|/)\s?((?:19|20)\d\d)(?!\d)"
)


_LONGEST = 60  # code points of a date
_LONG_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_LONG_REACH = 41  # code points of a long date before its year, at most


def long_dates(folded: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The matches of ``LONG`` between two offsets, in order: by their years, which are far rarer than what may be a day
    in a scan (o, i, l stand for digits)."""
    for year in _LONG_YEAR.finditer(folded, start, end):
        date = LONG.search(folded, max(start, year.start() - _LONG_REACH), year.end())
        if date and date.end() == year.end():
            start = date.end()
            yield date


class DateHit(NamedTuple):
    """A date found: ISO value (may be partial) and its span in the text."""

    iso: str
    start: int
    end: int


@lru_cache(maxsize=32768)
def iso_date(day: str, month: str, year: str) -> str | None:
    """``2021-12-24`` for ("24", "12", "2021"); None where no such day exists."""
    d, m, y = int(day.replace("o", "0").replace("i", "1").replace("l", "1")), int(month), int(year)
    if not 1 <= m <= 12 or not 1 <= d <= calendar.monthrange(y, m)[1]:
        return None
    return f"{y:04d}-{m:02d}-{d:02d}"


# The mark of a footnote behind a number: raised, in brackets, in tags, or a digit glued to it ("NĐ-CP1 ngày").
_NOTE_MARK = re.compile(
    r"[¹²³⁰⁴-⁹]{1,3}|\s?\[\^?\d{1,3}\]|\s?\(\d{1,3}\)|\^\d{1,3}|\s?<sup\s[\[(]?\d{1,3}[\])]?</sup\s"
    r"|(?<=[a-z])\d{1,2}(?=[\s,;.)]|$)"
)
_AFTER = re.compile(
    rf"[\s*_|()\]\"',;:.\-]{{0,12}}"
    rf"(?:(?:{_WORDS['said_first']} )?(?:{_WORDS['issued']} )?{_DAY}(?:\s{{1,2}}{_WORDS['issued']}\s?:|[\s:.;,'(\-])"
    rf"|{_DAY}(?=\d))"
    rf"[\s*_|:.;,'(\-]{{0,6}}"
)


_MONTHS = tuple(name[:3] for name in _WORDS.folded("english_months"))
_ENGLISH_MONTH = rf"{_WORDS['english_months']}"
_ENGLISH = re.compile(
    rf"[\s*_,(]{{0,4}}(?:{_WORDS['english_day']}\s{{1,3}})?(?P<date>"
    rf"(?P<month>{_ENGLISH_MONTH})\s{{1,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}"
    rf"|(?P<day_before>\d{{1,2}})(?:st|nd|rd|th)?\s{{1,3}}(?:of\s)?(?P<month_behind>{_ENGLISH_MONTH}),?\s{{1,3}})"
    r"(?P<year>(?:19|20)\d\d)(?!\d)"
)
_NO_DAY_WORD = re.compile(rf"[ *_]{{0,4}}(?:[(,\-][ *_]{{0,2}})?(?={SHORT.pattern}(?!\s?-\s?\d))")


_LINK_TARGET = re.compile(r"\]\s?\([^()\n]{1,400}(?:\([^()\n]{1,100}\)[^()\n]{0,300})?\)")


def behind_marks(folded: str, end: int) -> int:
    """Where a number ends with the mark of its footnote and with the address of the Markdown link whose words it is
    ("[2395/QĐ-UBND](2395.md) ngày …"); ``end`` where it has neither (in the folded form)."""
    mark = _NOTE_MARK.match(folded, end, end + 20)
    end = mark.end() if mark else end
    target = _LINK_TARGET.match(folded, end) if folded.startswith("]", end) else None
    return target.end() if target else end


def date_at(folded: str, position: int, limit: int) -> DateHit | None:
    """The date that begins at ``position`` (day number first), or None. ``limit`` bounds the look-ahead."""
    limit = limit if limit < position + _LONGEST else position + _LONGEST
    for pattern in (LONG, SHORT):
        match = pattern.match(folded, position, limit)
        if match:
            iso = iso_date(match[1], match[2], match[3])
            if iso:
                return DateHit(iso, match.start(), match.end())
    if (match := ISO.match(folded, position, limit)) and (iso := iso_date(match[3], match[2], match[1])):
        return DateHit(iso, match.start(), match.end())
    return None


_UNREADABLE = re.compile(r"[\d/.\-'|\s¢oil]{4,16}")


def unreadable_after(folded: str, end: int, limit: int) -> tuple[int, int] | None:
    """The span of something after "ngày" that is a date but not a possible one ("17/ 19/2‘005"), or None."""
    lead = _AFTER.match(folded, end, min(limit, end + 40))
    match = _UNREADABLE.match(folded, lead.end(), limit) if lead else None
    if match is None or sum(ch.isdigit() for ch in match[0]) < 4:
        return None
    return match.start(), match.start() + len(match[0].rstrip(" \n.-'"))


def date_after(folded: str, end: int, limit: int) -> DateHit | None:
    """The date directly after a number ("… 681/QĐ-UBND ngày 27/10/2021"), or None."""
    lead = _AFTER.match(folded, end, min(limit, end + 40))
    if lead:
        hit = date_at(folded, lead.end(), limit)
        if hit:
            return hit
        month = MONTH_ONLY.match(folded, lead.start(), min(limit, end + 60))
        if month and 1 <= int(month[1]) <= 12:
            return DateHit(f"{month[2]}-{int(month[1]):02d}", month.start(), month.end())
    return _english_date(folded, end, limit)


def bare_date_after(text: str, end: int, limit: int, year: str | None) -> DateHit | None:
    """The date without its word right behind a number, on its line ("2395/QĐ-UBND (24/12/2021)"), or None.

    ``text``: the unified form; ``year``: that in the number, which the date must then have too.
    """
    bare = _NO_DAY_WORD.match(text, end, min(limit, end + 8 + _LONGEST))
    hit = date_at(text, bare.end(), limit) if bare else None
    return hit if hit and (year is None or hit.iso.startswith(year)) else None


def bare_after(text: str, folded: str, end: int, limit: int, year: str | None) -> DateHit | None:
    """The date without its word right behind a number, in figures or in words, or None."""
    return bare_date_after(text, end, limit, year) or _bare_long_date(folded, end, limit)


def _bare_long_date(folded: str, end: int, limit: int) -> DateHit | None:
    """The date in words right behind a number where "ngày" is missing ("47/2012/TT-BGDĐT 07 tháng 12 năm 2012")."""
    bare = _BARE.match(folded, end, limit)
    return date_at(folded, bare.end(), limit) if bare and LONG.match(folded, bare.end(), limit) else None


_BARE = re.compile(r"[\s*_]{1,3}[,(]?\s?(?=\d)")


def _english_date(folded: str, end: int, limit: int) -> DateHit | None:
    """The date behind a number in an English text ("dated June 8, 2010", "(8 June 2020)"), or None."""
    match = _ENGLISH.match(folded, end, min(limit, end + 10 + _LONGEST))
    if match is None:
        return None
    month = _MONTHS.index((match["month"] or match["month_behind"])[:3]) + 1
    iso = iso_date(match["day"] or match["day_before"], str(month), match["year"])
    return DateHit(iso, match.start("date"), match.end()) if iso else None
