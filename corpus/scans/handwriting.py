"""Numbers and days written by hand into a printed header: found, left blank and reported, never guessed.

Vietnamese offices print the form and enter number and day by pen ("Số: 11 /CT-UBND", "ngày 11 tháng 5 năm 2021").
Recognition gives such places something else at every size, or gives it without confidence; print it reads alike.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
from PIL import Image

from corpus.layout.words_to_lines import Word, rows_of
from corpus.scans.votes import Vote

_HEADER = 0.4  # the header stands in this upper part of a page
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


def without_handwriting(vote: Vote, page: Image.Image) -> tuple[list[Word], tuple[str, ...]]:
    """The words with unsure entries of the header blanked, and the places blanked: ``number``, ``date``."""
    words = list(vote.words)
    place_of = {id(word): number for number, word in enumerate(vote.words)}
    blanked: list[str] = []
    header = [word for word in vote.words if word.y1 < _HEADER * page.height]
    for row in rows_of(header):
        line = [word for segment in row for word in segment.words]
        for find, name in ((_number_slot, _NUMBER), (_day_slot, _DATE)):
            slot = find(line)
            if slot is None or name in blanked:
                continue
            entries, is_open = slot
            if not entries and not (is_open and _has_ink(line, page, name)):
                continue
            if not entries or not _is_sure([vote.ballots[place_of[id(word)]] for word in entries], name):
                blanked.append(name)
                for word in entries:
                    number = place_of[id(word)]
                    text = _without_entry(word.text, name)
                    if any(_NUMBER_WORD.fullmatch(seen) for seen, _ in vote.ballots[number]) and not text:
                        text = "Số:"  # another reading made out the form's own word
                    words[number] = replace(words[number], text=text)
    return [word for word in words if word.text], tuple(blanked)


def _number_slot(line: list[Word]) -> tuple[list[Word], bool] | None:
    """The words that carry the number's entry in "Số: … /CODE" and whether the form's words stand on both sides of
    it; None where this is no such line. A line that begins with something illegible before "/CODE" is one as well."""
    code = next((at for at, word in enumerate(line[: _LONGEST_ENTRY + 2]) if _CODE.search(word.text)), None)
    if code is None:
        return None
    begin = _NUMBER_WORD.fullmatch(line[0].text)
    if begin is None and (code == 0 or not _STARTS_WITH_CODE.match(line[code].text)):
        return None
    entries = list(line[:code]) if begin is None or begin[2] else list(line[1:code])
    if code > 0 and _entry(line[code].text, _NUMBER):
        entries.append(line[code])
    return entries, begin is not None


def _day_slot(line: list[Word]) -> tuple[list[Word], bool] | None:
    """The same for the day's entry in "Place, ngày … tháng 5 năm 2021", where that ends its line."""
    begin = next((at for at, word in enumerate(line) if at and _DAY_WORD.fullmatch(word.text)), None)
    if begin is None:
        return None
    month = next((at for at in range(begin + 1, len(line)) if _MONTH_WORD.fullmatch(line[at].text)), None)
    if month is None or month - begin - 1 > _LONGEST_ENTRY or not 2 <= len(line) - 1 - month <= 3:
        return None
    if not re.search(r"\d{4}\W*$", line[-1].text) or not line[begin - 1].text[:1].isupper():
        return None
    found = _DAY_WORD.fullmatch(line[begin].text)
    entries = [line[begin]] if found and (found[2].strip(_EDGES) or not found[1].endswith("y")) else []
    entries += line[begin + 1 : month]
    if line[month].text.lower() != "tháng" and _entry(line[month].text, _DATE):
        entries.append(line[month])
    return entries, True


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


def _is_sure(ballots: list[tuple[tuple[str, float], ...]], name: str) -> bool:
    """Whether every reading saw the same digits, and nothing but digits, with fair confidence; where only one made
    out the place, whether it was very sure."""
    for ballot in ballots:
        entries = {_entry(text, name) for text, _ in ballot}
        if len(entries) != 1:
            return False
        entry = entries.pop()
        if not entry:
            continue
        confidence = sum(confidence for _, confidence in ballot) / len(ballot)
        if not _DIGITS.fullmatch(entry) or confidence < (_SURE if len(ballot) > 1 else _VERY_SURE):
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
