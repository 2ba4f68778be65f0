"""Where an offset stands: line, page and sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from kb.reading.offsets import OffsetMap

_SENTENCE_REACH = 1200  # code points on each side at most
# A legal basis begins a sentence of its own, also where the title above it has no full stop.
_BASIS = r"[ \t*_]{0,6}(?:Căn cứ|Xét|Theo đề nghị)\s"
# A sentence ends at ";" or ".", "!", "?" before a blank, at an empty line, at a table cell's border, before a bullet.
# All marks in one class first, so that the scan skips from one to the next.
_MARK = r"[;.!?:\n](?:(?<!\n)(?=[\s*_|”\"')\]])|(?<=\n)"
_END = re.compile(rf"{_MARK}(?=[ \t]*\n|\s*\||\s*[-+•]\s|{_BASIS}))")
# Some converters set an empty line behind every printed line: there only punctuation ends a sentence.
_END_DOUBLE_SPACED = re.compile(rf"{_MARK}(?=(?:[ \t]*\n){{3}}|\s*\||\s*[-+•]\s|{_BASIS}))")
_NOT_AN_END = re.compile(r"(?:\b(?:TP|Tp|tp|T\.P|KT|TM|TL|TUQ|Th\.S|TS|PGS|GS|Q|P|H|Đ/c|V\.I)|\b[A-ZĐ]|\d)\.$")
_AHEAD = 24  # code points behind an end that may tell it
_STEP = 240  # the stretch searched first; most sentences begin and end within it


def _double_spaced(text: str) -> bool:
    """Whether empty lines stand inside sentences: a small letter goes on behind them."""
    head = text[:_SAMPLE]
    empty = inside = 0
    for line in _EMPTY_LINE.finditer(head):
        empty += 1
        at = line.start()
        inside += line.end(1) >= 0 and _LINE_GOES_ON.search(head, at - 4, at) is not None
    return empty > _FEW and inside > 0.3 * empty


_SAMPLE = 6_000  # code points that tell it
_FEW = 8
_EMPTY_LINE = re.compile(r"\n(?=[ \t]*\n(?:[ \t]*([a-zà-ỹđ]))?)")
_LINE_GOES_ON = re.compile(r"[\w,] {0,3}$")


class Positions:
    """Look-ups over one text; ``page_starts`` are the offsets at which pages begin (empty: no pages).

    Of a tidied text lines and pages are those of the text as given: ``given``, with the map that leads to it; the page
    starts are offsets into that.
    """

    def __init__(
        self, text: str, page_starts: tuple[int, ...] = (), given: tuple[str, OffsetMap] | None = None
    ) -> None:
        self._given = given[0] if given else text
        self._offsets = given[1] if given else None
        self._text = text
        self._pages = page_starts
        self._mark = (0, 1)
        self._began = self._stopped = (-1, -1)
        self._closed = 0  # where the sentence of the last look ends, if it does

    @cached_property
    def _end(self) -> re.Pattern[str]:
        """What ends a sentence here."""
        return _END_DOUBLE_SPACED if _double_spaced(self._text) else _END

    def line(self, offset: int) -> int:
        """Line number from 1, counting ``\\n`` only (as ``cat -n`` does); quickest for ascending offsets."""
        offset = self._told(offset)
        known, line = self._mark if offset >= self._mark[0] else (0, 1)
        line += self._given.count("\n", known, offset)
        self._mark = (offset, line)
        return line

    def page(self, offset: int) -> int | None:
        """Page number from 1, None where the format has no pages."""
        return bisect_right(self._pages, self._told(offset)) if self._pages else None

    def _told(self, offset: int) -> int:
        """The offset in the text as given."""
        return offset if self._offsets is None else self._offsets.span_back(offset, offset + 1)[0]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The span of the sentence (or list item, or table cell) in which ``start:end`` stands."""
        begin, stop = self._begin(start), self._stop(end)
        text = self._text
        while begin < start and text[begin] in " \t\r\n*_|#>-+•":
            begin += 1
        while stop > end and text[stop - 1] in " \t\r\n*_|":
            stop -= 1
        return begin, stop

    def _begin(self, start: int) -> int:
        """Where the sentence of ``start`` begins; what the last call found is used where it still holds."""
        low = start - _SENTENCE_REACH if start > _SENTENCE_REACH else 0
        if start >= self._closed > low:
            since = begin = self._closed
        else:
            since, begin = self._began if start >= self._began[0] >= low else (low, low)
            begin = begin if begin > low else low
        high = start
        while high > since:
            from_ = high - _STEP if high - _STEP > since else since
            last = -1
            for match in self._end.finditer(self._text, from_, high + _AHEAD):  # an end shows by what follows it
                at = match.end()
                if at <= high and self._is_end(at):
                    last = at
            if last >= 0:
                begin = last
                break
            high = from_
        self._began = (start, begin)
        return begin

    def _stop(self, end: int) -> int:
        if self._stopped[0] <= end <= self._stopped[1]:
            return self._stopped[1]
        high = min(len(self._text), end + _SENTENCE_REACH)
        for match in self._end.finditer(self._text, end, high):
            if self._is_end(match.end()):
                high = self._closed = match.end()
                break
        self._stopped = (end, high)
        return high

    def _is_end(self, at: int) -> bool:
        mark = self._text[at - 1]
        if mark == ":":  # a colon ends a sentence only where a list follows it
            return self._text[at : at + 1] == "\n"
        return mark != "." or not _NOT_AN_END.search(self._text, at - 6, at)
