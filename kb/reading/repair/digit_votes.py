"""What two recognisers made of a scan's digits, weighed with the evidence of the text.

Where they differ, both readings are kept. One that the same text prints elsewhere without a doubt is taken; without
such a twin the citation stays doubtful.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from corpus.blocks import Doubt
from kb.model import Citation, OwnIdentity, Repair
from kb.reading.numbers.parse_number import parse_number
from kb.reading.repair.twins import DOUBTFUL_NUMBER, is_known, unknown_parts
from messages import say

DOUBTFUL_DATE = "date_doubtful"
"""Note: the recognisers differ in the digits of the date."""

READING = "reading:"
"""Note: what the other recogniser saw ("reading:63/2023/NĐ-CP")."""

DISPUTED = "digits_disputed"
_DOUBTFUL = 0.75  # digits less sure than this are told as doubtful
_DATE_REACH = 60  # code points behind a number in which its date stands
_HEADER = 2500  # code points from the beginning in which a document's own number and date stand
_UNKNOWN_CODE = 0.7  # how sure a number of a scan is whose code nothing knows
_SPELT = 3  # letters of a part of a code; fewer are spelt by chance
_WORD_OR_SIGN = re.compile(r"\w+|[^\w\s]")
_SAME_NUMBER = 0.95  # how sure a number is that both recognisers read, but for letters of its code
_AROUND = " ()[],.;:“”\"'"
_ORDINAL_AND_YEAR = re.compile(r"\d+(?:/\d{4})?")
_NOT_DIGITS = re.compile(r"\D+")


def weighed(text: str, citations: Sequence[Citation], doubts: Sequence[Doubt]) -> list[Citation]:
    """The citations with what is in doubt of their digits; ``doubts`` in order, offsets into ``text``."""
    ends = [doubt.end for doubt in doubts]

    def within(start: int, end: int) -> Iterator[Doubt]:
        for doubt in doubts[bisect_right(ends, start) :]:
            if doubt.start >= end:
                return
            yield doubt

    citations = [_with_strokes(one) for one in citations]
    doubted = [list(within(one.start, one.end)) if one.kind != "named" else [] for one in citations]
    printed = {one.number for one, found in zip(citations, doubted, strict=True) if one.number and not found}
    out = []
    for one, found in zip(citations, doubted, strict=True):
        weighed_ = _of_no_known_code(text, _by_vote(text, one, found, printed) if found else one)
        of_date = [doubt for doubt in within(one.end, one.end + _DATE_REACH) if _is_of(text, doubt, one.date)]
        out.append(_dated(text, weighed_, of_date) if of_date else weighed_)
    return out


def _with_strokes(citation: Citation) -> Citation:
    """A scan overlooks the bar of Đ more often than any other stroke: a code that is far more usual with it is that
    one ("174/HDND-VHXH")."""
    number = citation.number
    stroked = parse_number(number) if citation.kind == "number" and number else None
    if number is None or stroked is None or str(stroked) == number or not is_known(str(stroked)):
        return citation
    if str(stroked).replace("Đ", "D") != number.replace("Đ", "D"):
        return citation
    repair = Repair(number, str(stroked), "code_confusion")
    return citation._replace(
        number=str(stroked), type=stroked.type or citation.type, repairs=(*citation.repairs, repair)
    )


def _of_no_known_code(text: str, citation: Citation) -> Citation:
    """A number of a scan whose code nothing knows may be one whose letters both recognisers misread, unless the text
    spells it out."""
    is_number = citation.kind == "number" and citation.number is not None
    unknown = unknown_parts(citation.number or "") if is_number and DOUBTFUL_NUMBER not in citation.notes else ()
    if all(_is_spelt(part, text) for part in unknown):
        return citation
    notes = dict.fromkeys((*citation.notes, DOUBTFUL_NUMBER))
    return citation._replace(confidence=citation.confidence * _UNKNOWN_CODE, notes=tuple(notes))


def _is_spelt(part: str, text: str) -> bool:
    """Whether words of the text have the letters of a part of a code as their first ones (VPHC: vi phạm hành chính)."""
    return len(part) >= _SPELT and part.isupper() and part.lower() in _initials(text)


@lru_cache(maxsize=4)
def _initials(text: str) -> str:
    """The first letters of all words of a text, without marks but with the bar of đ; a sign parts two words."""
    firsts = "".join(word[0] for word in _WORD_OR_SIGN.findall(unicodedata.normalize("NFC", text).lower()))
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in firsts)


def _by_vote(text: str, citation: Citation, doubts: Sequence[Doubt], printed: set[str]) -> Citation:
    sure = min(doubt.sure for doubt in doubts)
    others = [number for doubt in doubts for number in _others(text, citation, doubt)]
    if citation.number in printed:
        return citation
    proved = [number for number in others if number in printed]
    if len(set(proved)) == 1:
        proof = say("kb.evidence.same_text", number=proved[0])
        repair = Repair(citation.text, proved[0], "twin", proof)
        return citation._replace(number=proved[0], repairs=(*citation.repairs, repair))
    if all(_is_same_number(text, citation, doubt) for doubt in doubts):
        return citation._replace(confidence=citation.confidence * max(sure, _SAME_NUMBER))
    citation = citation._replace(confidence=citation.confidence * sure)
    if sure >= _DOUBTFUL:
        return citation
    notes = dict.fromkeys((*citation.notes, DOUBTFUL_NUMBER, *(READING + number for number in others)))
    return citation._replace(notes=tuple(notes))


def _is_same_number(text: str, citation: Citation, doubt: Doubt) -> bool:
    """Whether the recognisers differ in nothing that matters: the word is the number as it is printed, its code is one
    that exists, and every other reading has its digits and no other code that exists ("48/NO-HDND" for 48/NQ-HĐND)."""
    said = _bare(text[doubt.start : doubt.end])
    if citation.number is None or not doubt.readings or not is_known(citation.number):
        return False
    if said.replace("Đ", "D") != citation.number.replace("Đ", "D"):
        return False
    return all(_is_code_misread(citation.number, _bare(reading)) for reading in doubt.readings)


def _bare(word: str) -> str:
    return word.strip(_AROUND)


def _is_code_misread(number: str, reading: str) -> bool:
    """Whether a reading of a number has its digits, and its code or none that exists."""
    digits, seen = _ORDINAL_AND_YEAR.match(number), _ORDINAL_AND_YEAR.match(reading)
    if digits is None or seen is None or digits[0] != seen[0]:
        return False
    other = parse_number(reading)
    return other is None or str(other) == number or not is_known(str(other))


def _others(text: str, citation: Citation, doubt: Doubt) -> Iterator[str]:
    """The numbers that the citation would have by the other readings of a word."""
    for reading in doubt.readings:
        whole = text[citation.start : doubt.start] + reading + text[doubt.end : citation.end]
        number = parse_number(whole.strip(_AROUND))
        said = str(number) if number is not None else reading
        if said != citation.number:
            yield said


def _is_of(text: str, doubt: Doubt, date: str | None) -> bool:
    """Whether a word is one of a date's."""
    if date is None:
        return False
    year, month, day = (*date.split("-"), "", "")[:3]
    said = [part.lstrip("0") for part in _NOT_DIGITS.split(text[doubt.start : doubt.end]) if part]
    return bool(said) and all(part in (year, month.lstrip("0"), day.lstrip("0")) for part in said)


def _dated(text: str, citation: Citation, doubts: Sequence[Doubt]) -> Citation:
    """A citation whose date is in doubt."""
    sure = min(doubt.sure for doubt in doubts)
    citation = citation._replace(confidence=min(citation.confidence, sure))
    if sure >= _DOUBTFUL:
        return citation
    others = [READING + reading for doubt in doubts for reading in doubt.readings]
    return citation._replace(notes=tuple(dict.fromkeys((*citation.notes, DOUBTFUL_DATE, *others))))


def weighed_own(text: str, own: OwnIdentity | None, doubts: Sequence[Doubt]) -> OwnIdentity | None:
    """The header with a mark on a number or a date whose digits are in doubt."""
    if own is None:
        return own
    for doubt in doubts:
        if doubt.start > _HEADER:
            break
        said = text[doubt.start : doubt.end]
        digits = _NOT_DIGITS.sub("", said)
        of_number = own.number is not None and digits == _NOT_DIGITS.sub("", own.number)
        if doubt.sure < _DOUBTFUL and digits and (of_number or _is_of(text, doubt, own.date)):
            mark = Repair(said, said, DISPUTED, " / ".join(doubt.readings))
            own = replace(own, repairs=(*own.repairs, mark))
    return own
