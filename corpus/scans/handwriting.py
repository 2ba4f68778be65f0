"""Numbers and days written by hand into a printed header: found, left blank and reported, never guessed.

Vietnamese offices print the form and enter number and day by pen ("Số: 11 /CT-UBND", "ngày 11 tháng 5 năm 2021").
Recognition gives such places something else at every size, or gives it without confidence; print it reads alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from corpus.layout.words_to_lines import Segment, Word, rows_of
from corpus.scans import pen, recogniser
from corpus.scans.votes import Ballot, Vote

HEADER = 0.4
"""The header stands in this upper part of a page."""

_SURE, _VERY_SURE = 0.55, 0.8
_DIGITS = re.compile(r"\d{1,5}[a-zA-Z]?(?:/\d{4})?")
_NUMBER_WORD = re.compile(r"(S[ốôồổỗóòoõöộ6][:;.,\-]*)(.*)", re.IGNORECASE)
_DAY_WORD = re.compile(r"(ng[àaáảâ][yỳýỷWw])(.*)")
_CODE = re.compile(r"/\s*[A-ZĐ]{2}|-\s*[A-ZĐ]{2}")
_STARTS_WITH_CODE = re.compile(r"[_/]+[A-ZĐ]{2}")
_MONTH_WORD = re.compile(r".*th[áaâ]ng", re.IGNORECASE)
_NUMBER, _DATE = "number", "date"
_LONGEST_ENTRY = 3  # words
_EDGES = " _.,;:'`’\"-–—|"


def slots(words: Sequence[Word], height: float) -> list[Word]:
    """The words of the lines that have places for a number or a day, in the header of a page so high."""
    lines = (_line(row) for row in _header_rows(words, height))
    return [word for line in lines if _number_slot(line) or _day_slot(line) for word in line]


def _header_rows(words: Sequence[Word], height: float) -> list[list[Segment]]:
    """The rows of words in the upper part of a page so high."""
    return rows_of([word for word in words if word.y1 < HEADER * height])


def _line(row: Sequence[Segment]) -> list[Word]:
    return [word for segment in row for word in segment.words]


def is_entry(word: Word, words: Sequence[Word], page: Image.Image) -> bool:
    """Whether a word with digits stands in a place of the header for a number or a day."""
    if word.y1 > HEADER * page.height or not any(map(str.isdigit, word.text)):
        return False
    row = [other for other in words if other.y0 < word.centre[1] < other.y1]
    return bool(slots(row, page.height))


def without_handwriting(vote: Vote, page: Image.Image) -> tuple[list[Word], dict[str, list[Word]]]:
    """The words with unsure entries of the header blanked, and the places blanked (``number``, ``date``), each with
    the words of its line."""
    words = list(vote.words)
    ballots = {id(word): ballot for word, ballot in zip(vote.words, vote.ballots, strict=True)}
    place_of = {id(word): number for number, word in enumerate(vote.words)}
    blanked: dict[str, list[Word]] = {}
    for row in _header_rows(vote.words, page.height):
        line = _line(row)
        for find, name in ((_number_slot, _NUMBER), (_day_slot, _DATE)):
            slot = find(line) if name not in blanked else None
            # who writes the number by hand writes the day as well
            least = _VERY_SURE if _NUMBER in blanked else _SURE
            if slot is None:
                continue
            holder = _holder(row, find) or line
            if not _is_unsure(slot, ballots, line, page, name, least) and _seen_alike(
                slot, name, holder, ballots, page
            ):
                continue
            blanked[name] = holder
            for word in holder:
                words[place_of[id(word)]] = _of_the_form(words[place_of[id(word)]])
            for word in slot.entries:
                words[place_of[id(word)]] = _blanked(word, ballots[id(word)], name)
    return [word for word in words if word.text], blanked


def _of_the_form(word: Word) -> Word:
    """A word beside an entry, as print: were it held for illegible, the digits of the entry would be read into it."""
    return word if any(map(str.isdigit, word.text)) else replace(word, confidence=max(word.confidence, _SURE))


def _seen_alike(
    slot: _Slot, name: str, holder: Sequence[Word], ballots: Mapping[int, Ballot], page: Image.Image
) -> bool:
    """Whether the second recogniser, if it is there, sees the same number in a place that tesseract is not very sure
    of: it errs otherwise on what a pen wrote."""
    readings = [ballots[id(word)] for word in slot.entries]
    if not slot.entries or not recogniser.available() or _is_sure(readings, name, _VERY_SURE):
        return True
    mine = re.search(r"\d+", " ".join(_entry(word.text, name) for word in slot.entries))
    return mine is not None and pen.first_number(holder, page) == mine[0]


def _holder(row: Sequence[Segment], find: Callable[[list[Word]], _Slot | None]) -> list[Word]:
    """The words of the segment of a row in which the place is found; none where it takes more than one."""
    return next((part.words for part in row if find(part.words)), [])


def _is_unsure(
    slot: _Slot, ballots: dict[int, Ballot], line: list[Word], page: Image.Image, name: str, least: float
) -> bool:
    """Whether something was entered that was not read for certain, by readings that agree at least with ``least``."""
    if not slot.entries:
        return slot.is_open and _has_ink(line, page, name)
    return not _is_sure([ballots[id(word)] for word in slot.entries], name, least)


def _blanked(word: Word, ballot: Ballot, name: str) -> Word:
    """A word of the form without the entry that runs into it; it is print, however unsure its reading was."""
    text = _without_entry(word.text, name)
    if not text and any(_NUMBER_WORD.fullmatch(seen) for seen, _ in ballot):
        text = "Số:"  # another reading made out the form's own word
    return replace(word, text=text, confidence=max(word.confidence, _SURE))


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place of the form for an entry: the words that carry it, and whether the form's words stand on both sides."""

    entries: list[Word]
    is_open: bool


def _number_slot(line: list[Word]) -> _Slot | None:
    """The place of the number in "Số: … /CODE"; None where this is no such line. A line that begins with something
    illegible before "/CODE" is one as well."""
    code = next((at for at, word in enumerate(line[: _LONGEST_ENTRY + 2]) if _CODE.search(word.text)), None)
    if code is None:
        return None
    begin = _NUMBER_WORD.fullmatch(line[0].text)
    if begin is None and (code == 0 or not _STARTS_WITH_CODE.match(line[code].text)):
        return None
    entries = list(line[:code]) if begin is None or begin[2] else list(line[1:code])
    if code > 0 and _entry(line[code].text, _NUMBER):
        entries.append(line[code])
    return _Slot(entries, is_open=begin is not None)


def _day_slot(line: list[Word]) -> _Slot | None:
    """The place of the day in "Place, ngày … tháng 5 năm 2021", where that ends its line."""
    begin = _first(_DAY_WORD, line, 1)
    month = None if begin is None else _first(_MONTH_WORD, line, begin + 1)
    if begin is None or month is None or not _is_date_line(line, begin, month):
        return None
    found = _DAY_WORD.fullmatch(line[begin].text)
    entries = [line[begin]] if found and (found[2].strip(_EDGES) or not found[1].endswith("y")) else []
    entries += line[begin + 1 : month]
    if line[month].text.lower() != "tháng" and _entry(line[month].text, _DATE):
        entries.append(line[month])
    return _Slot(entries, is_open=True)


def _first(pattern: re.Pattern[str], line: list[Word], begin: int) -> int | None:
    """Which word is the first, from ``begin`` on, that the pattern matches whole."""
    return next((at for at in range(begin, len(line)) if pattern.fullmatch(line[at].text)), None)


def _is_date_line(line: list[Word], begin: int, month: int) -> bool:
    """Whether the word of the day and that of the month stand in a line of place and date, with the year at its end."""
    if month - begin - 1 > _LONGEST_ENTRY or not 2 <= len(line) - 1 - month <= 3:
        return False
    return bool(re.search(r"\d{4}\W*$", line[-1].text)) and line[begin - 1].text[:1].isupper()


def _entry(text: str, name: str) -> str:
    """What of a word belongs to the entry and not to the form."""
    if name == _NUMBER:
        _, _, entry, _ = _parts(text)
        return entry.strip(_EDGES)
    found = _DAY_WORD.fullmatch(text)
    rest = found[2] if found else text
    return re.sub(r"th[áaâ]ng$", "", rest, flags=re.IGNORECASE).strip(_EDGES)


def _parts(text: str) -> tuple[str, str, str, str]:
    """A word of the number's line cut into "Số:", blank, entry and "/CODE", each empty where it is not there."""
    begin = _NUMBER_WORD.fullmatch(text)
    head, rest = (begin[1], begin[2]) if begin else ("", text)
    code = _CODE.search(rest)
    entry, tail = (rest[: code.start()], rest[code.start() :]) if code else (rest, "")
    return head, " " if head and tail else "", entry, tail


def _without_entry(text: str, name: str) -> str:
    if name == _NUMBER:
        head, blank, _, tail = _parts(text)
        return ("Số:" if head else "") + blank + tail  # the form's own word, however it was seen
    if _DAY_WORD.fullmatch(text):
        return "ngày"
    return "tháng" if re.search(r"th[áaâ]ng$", text, re.IGNORECASE) else ""


def _is_sure(ballots: list[Ballot], name: str, least: float) -> bool:
    """Whether every reading saw the same digits, and nothing but digits, with a confidence of ``least``; where only
    one made out the place, whether it was very sure."""
    for ballot in ballots:
        entries = {_entry(text, name) for text, _ in ballot}
        if len(entries) != 1:
            return False
        entry = entries.pop()
        if not entry:
            continue
        confidence = sum(confidence for _, confidence in ballot) / len(ballot)
        if not _DIGITS.fullmatch(entry) or confidence < (least if len(ballot) > 1 else _VERY_SURE):
            return False
    return True


def _has_ink(words: list[Word], page: Image.Image, name: str) -> bool:
    """Whether something stands in an entry in which no word was seen: then it is unread, not blank."""
    pattern = _NUMBER_WORD if name == _NUMBER else _DAY_WORD
    begin = next((number for number, word in enumerate(words) if pattern.fullmatch(word.text)), None)
    if begin is None or begin + 1 >= len(words):
        return False
    left, right = words[begin], words[begin + 1]
    if right.x0 - left.x1 < 0.5 * left.height:
        return False
    box = (round(left.x1) + 4, round(left.y0), round(right.x0) - 4, round(left.y1))
    if box[2] <= box[0] or box[3] <= box[1]:
        return False
    values = np.asarray(page.crop(box))
    return bool((values < 128).mean() > 0.02)
