"""What stands in the cells of a register: words, dates in every form met in offices, numbers of documents."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable

from kb.authority.fold import fold
from kb.reading.dates import LONG, MONTH_ONLY, SHORT, iso_date
from kb.reading.numbers.find import find_numbers
from kb.reading.text.text_forms import TextForms

Cell = str | float | datetime.date
"""What stands in a cell; an empty one is ""."""

_ISO = re.compile(r"(?<!\d)((?:1[89]|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d\d)(?!\d)")
_MONTH = re.compile(r"(?<![\d/.\-])(\d{1,2})\s?[/.\-]\s?((?:19|20)\d\d)(?!\d)")
_ISO_MONTH = re.compile(r"((?:19|20)\d\d)-(\d{1,2})")
_COMPACT = re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)(?:\.0)?")
_YEAR = re.compile(r"(?:\D{0,8}\s)?((?:19|20)\d\d)(?:\.0)?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_DAY_ZERO = datetime.date(1899, 12, 30)
"""The day that a workbook counts from; it takes 1900 for a leap year, which no document here is old enough to feel."""
_LAST_SHORT_YEAR = 50
"""``yy`` up to this year is of the 21st century: registers look ahead by some years only."""
_OLDEST, _YOUNGEST = 1900, 2100
_LONGEST = 300  # characters of a cell in which a date is looked for


def words_of(cell: Cell | None) -> str:
    """The words of a cell on one line; "" for an empty one. Whole figures have no decimal point, dates are ISO."""
    if cell is None:
        return ""
    if isinstance(cell, datetime.date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(unicodedata.normalize("NFC", str(cell)).replace("\ufeff", "").split())


def date_of(cell: Cell | None, *, month_first: bool = False) -> str | None:
    """The date in a cell (ISO, a month or a year alone as far as stated); None where there is none that exists."""
    if isinstance(cell, datetime.date):
        return cell.isoformat()[:10]
    text = words_of(cell)[:_LONGEST]
    found = _counted(text) or _written(fold(text), month_first)
    return found if found is not None and _OLDEST <= int(found[:4]) <= _YOUNGEST else None


def _counted(text: str) -> str | None:
    """A date as figures alone: a workbook's count of days, ``20211224``, a year."""
    if compact := _COMPACT.fullmatch(text):
        return iso_date(compact[3], compact[2], compact[1])
    if year := _YEAR.fullmatch(text):
        return year[1]
    if _SERIAL.fullmatch(text):
        return (_DAY_ZERO + datetime.timedelta(days=int(float(text)))).isoformat()
    return None


def _written(folded: str, month_first: bool) -> str | None:
    """A date as it is written, wherever in the cell it stands; the whole ones first."""
    if found := _ISO.search(folded):
        return iso_date(found[3], found[2], found[1])
    if found := LONG.search(folded):
        return iso_date(found[1], found[2], found[3])
    if found := SHORT.search(folded):
        return _slashed(found[1], found[2], found[3], month_first)
    if found := _SHORT_YEAR.search(folded):
        century = "20" if int(found[3]) <= _LAST_SHORT_YEAR else "19"
        return _slashed(found[1], found[2], century + found[3], month_first)
    month = MONTH_ONLY.search(folded) or _MONTH.search(folded)
    if month and 1 <= int(month[1]) <= 12:
        return f"{month[2]}-{int(month[1]):02}"
    iso = _ISO_MONTH.fullmatch(folded)
    return f"{iso[1]}-{int(iso[2]):02}" if iso and 1 <= int(iso[2]) <= 12 else None


def _slashed(one: str, other: str, year: str, month_first: bool) -> str | None:
    return iso_date(other, one, year) if month_first else iso_date(one, other, year)


def is_month_first(cells: Iterable[Cell]) -> bool:
    """Whether a column writes the month before the day, as American programs do: some dates cannot be read otherwise,
    and none can be read only day first."""
    only = {True: 0, False: 0}
    for cell in cells:
        found = SHORT.search(words_of(cell)[:_LONGEST]) if isinstance(cell, str) else None
        if found and (int(found[1]) > 12) != (int(found[2]) > 12):
            only[int(found[2]) > 12] += 1
    return only[True] > 0 and not only[False]


def numbers_in(cell: Cell | None) -> tuple[str, ...]:
    """The numbers of documents in a cell, in their usual form, each once."""
    text = words_of(cell)
    hits = find_numbers(TextForms(text)) if any(letter.isdigit() for letter in text) else []
    return tuple(dict.fromkeys(hit.number for hit in hits))
