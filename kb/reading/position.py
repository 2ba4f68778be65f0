"""Where an offset stands: line, page and sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

_SENTENCE_REACH = 1200  # code points on each side at most
# A sentence ends at ";" or ".", "!", "?" before a blank, at an empty line, or at a table cell's border.
_END = re.compile(r";|[.!?:](?=[\s*_|”\"')\]])|\n[ \t]*\n|\n\s*\||\n(?=\s*[-+•]\s)")
_NOT_AN_END = re.compile(r"(?:\b(?:TP|Tp|tp|T\.P|KT|TM|TL|TUQ|Th\.S|TS|PGS|GS|Q|P|H|Đ/c|V\.I)|\b[A-ZĐ]|\d)\.$")


class Positions:
    """Look-ups over one text; ``page_starts`` are the offsets at which pages begin (empty: no pages)."""

    def __init__(self, text: str, page_starts: tuple[int, ...] = ()) -> None:
        self._text = text
        self._pages = page_starts

    @cached_property
    def _lines(self) -> list[int]:
        return [match.end() for match in re.finditer("\n", self._text)]

    def line(self, offset: int) -> int:
        """Line number from 1, counting ``\\n`` only (as ``cat -n`` does)."""
        return bisect_right(self._lines, offset) + 1

    def page(self, offset: int) -> int | None:
        """Page number from 1, None where the format has no pages."""
        return bisect_right(self._pages, offset) if self._pages else None

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The span of the sentence (or list item, or table cell) in which ``start:end`` stands."""
        text = self._text
        low, high = max(0, start - _SENTENCE_REACH), min(len(text), end + _SENTENCE_REACH)
        begin = low
        for match in _END.finditer(text, low, start):
            if not _NOT_AN_END.search(text, max(0, match.end() - 6), match.end()):
                begin = match.end()
        stop = high
        for match in _END.finditer(text, end, high):
            if not _NOT_AN_END.search(text, max(0, match.end() - 6), match.end()):
                stop = match.start() + (text[match.start()] in ".;!?")
                break
        while begin < start and text[begin] in " \t\r\n*_|#>-+•":
            begin += 1
        while stop > end and text[stop - 1] in " \t\r\n*_|":
            stop -= 1
        return begin, stop
