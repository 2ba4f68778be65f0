"""Days as the cells of one column give them: as offices, databases and English sheets write them.

Day and month are told apart by the whole column: where some cell can only be month first and none only day first, all
are. Years of two digits are those nearest to today (``_PIVOT``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.authority.wording import word_lists
from kb.reading.dates import date_at, iso_date
from kb.reading.text.text_forms import fold

_WORDS = word_lists("dates")
_MONTHS = [name[:3] for name in _WORDS.folded("english_months")]
_MONTH = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_SEP = r"\s?[/.-]\s?"
_TIME = r"(?:[t ]\s?\d{1,2}:\d\d[^\n]{0,20})?"
_NUMERIC = re.compile(rf"(?P<first>\d{{1,2}}){_SEP}(?P<second>\d{{1,2}}){_SEP}(?P<year>\d{{4}}|\d{{2}}){_TIME}")
_OTHERS = tuple(
    map(
        re.compile,
        (
            rf"(?P<year>\d{{4}}){_SEP}(?P<month>\d{{1,2}}){_SEP}(?P<day>\d{{1,2}}){_TIME}",
            r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)",
            rf"(?P<day>\d{{1,2}})[\s-]{{1,3}}{_MONTH}[\s,-]{{1,3}}(?P<year>\d{{4}}|\d{{2}})",
            rf"{_MONTH}\s(?P<day>\d{{1,2}}),?\s(?P<year>\d{{4}})",
        ),
    )
)
_PARTIAL = re.compile(
    rf"(?:(?:{_WORDS.undamaged('month')}\s)?(?P<month>\d{{1,2}}){_SEP}|(?:{_WORDS.undamaged('year')}\s)?)"
    r"(?P<year>(?:19|20)\d\d)"
)
_DAY = re.compile(rf"{_WORDS.undamaged('day')}\s")
_PIVOT = 45  # years of two digits up to it are of this century
_DECEMBER = 12


def column_dates(cells: Sequence[str]) -> list[str | None]:
    """The day that each cell of one column gives (ISO, may be partial), None where it gives none or several."""
    folded = [_DAY.sub("", fold(cell).strip(), count=1) for cell in cells]
    numeric = [_NUMERIC.fullmatch(words) for words in folded]
    pairs = [(int(match["first"]), int(match["second"])) for match in numeric if match]
    month_first = any(second > _DECEMBER for _, second in pairs) and not any(first > _DECEMBER for first, _ in pairs)
    return [
        _numeric(match, month_first) if match else _other(words) for words, match in zip(folded, numeric, strict=True)
    ]


def _numeric(match: re.Match[str], month_first: bool) -> str | None:
    day, month = (match["second"], match["first"]) if month_first else (match["first"], match["second"])
    return iso_date(day, month, _year(match["year"]))


def _year(digits: str) -> str:
    if len(digits) == len("2021"):
        return digits
    return f"20{digits}" if int(digits) <= _PIVOT else f"19{digits}"


def _other(words: str) -> str | None:
    for pattern in _OTHERS:
        if match := pattern.fullmatch(words):
            found = match.groupdict()
            month = found.get("month") or str(_MONTHS.index(match["name"]) + 1)
            return iso_date(found["day"], month, _year(found["year"]))
    if partial := _PARTIAL.fullmatch(words):
        month = int(partial["month"] or 0)
        return None if month > _DECEMBER else f"{partial['year']}-{month:02d}" if month else partial["year"]
    within = dates_within(words)
    return within[0] if len(within) == 1 else None


def dates_within(words: str) -> list[str]:
    """The different days that stand anywhere in the words of a cell."""
    folded = fold(words)
    found: dict[str, None] = {}
    at = 0
    while at < len(folded):
        hit = date_at(folded, at, len(folded)) if folded[at].isdigit() else None
        if hit is not None:
            found[hit.iso] = None
            at = hit.end
        else:
            at += 1
            while at < len(folded) and folded[at - 1].isdigit() and folded[at].isdigit():
                at += 1
    return list(found)
