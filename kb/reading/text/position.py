"""Where an offset stands: line, page and sentence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from kb.authority import issuers
from kb.authority.patterns import alternatives
from kb.authority.wording import word_lists
from kb.reading.text.offsets import OffsetMap
from kb.reading.text.text_forms import Pairs, TextForms

_SENTENCE_REACH = 1200  # code points on each side at most
# A sentence ends at ";" or ".", "!", "?" before a blank, at an empty line, at a table cell's border, before a bullet;
# a legal basis begins one of its own, also where the title above it has no full stop.
_BLANKS = "".join(filter(str.isspace, map(chr, range(0x10000))))
_WORDS = word_lists("text")
_PARAGRAPH_BEGINS = "|-+•*_" + "".join(words[0] for words in _WORDS.words("basis_opens"))
_MARKS = Pairs.of((";.!?:", _BLANKS + "*_|\"')]"), ("\n", _BLANKS + _PARAGRAPH_BEGINS))
_BORDER = rf"\s{{0,60}}\||\s{{0,60}}[-+•]\s|[ \t*_]{{0,6}}{_WORDS['basis_opens']}\s"
_PARAGRAPH = re.compile(rf"[ \t]*\n|{_BORDER}")
# Some converters set an empty line behind every printed line: there only punctuation ends a sentence.
_PARAGRAPH_DOUBLE_SPACED = re.compile(rf"(?:[ \t]*\n){{3}}|{_BORDER}")
_SHORT = (*_WORDS.words("short_forms"), *(code for code in issuers.UNIT_CODES if "." in code))
_NOT_AN_END = re.compile(rf"(?:\b{alternatives(_SHORT, printed=True)}|\b[A-ZĐ]|\d)\.$")


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
        self, forms: TextForms, page_starts: tuple[int, ...] = (), given: tuple[str, OffsetMap] | None = None
    ) -> None:
        self._given = given[0] if given else forms.source
        self._offsets = given[1] if given else None
        self._forms, self._text = forms, forms.source
        self._pages = page_starts
        self._mark = (0, 1)
        self._began = self._stopped = (-1, -1)

    @cached_property
    def _marks(self) -> list[int]:
        """What may end a sentence."""
        return self._forms.places(_MARKS)

    @cached_property
    def _paragraph(self) -> re.Pattern[str]:
        """What stands behind a line break that ends a sentence here."""
        return _PARAGRAPH_DOUBLE_SPACED if _double_spaced(self._text) else _PARAGRAPH

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
        """Where the sentence of ``start`` begins; what the last look back passed over is not looked at again."""
        low = start - _SENTENCE_REACH if start > _SENTENCE_REACH else 0
        seen, begin = self._began if start >= self._began[0] >= low else (low, low)
        begin = begin if begin > low else low
        at = bisect_left(self._marks, start) - 1
        while at >= 0 and self._marks[at] >= seen:
            if self._ends(self._marks[at]):
                begin = self._marks[at] + 1
                break
            at -= 1
        self._began = (start, begin)
        return begin

    def _stop(self, end: int) -> int:
        if self._stopped[0] <= end <= self._stopped[1]:
            return self._stopped[1]
        high = min(len(self._text), end + _SENTENCE_REACH)
        for at in range(bisect_left(self._marks, end), len(self._marks)):
            mark = self._marks[at]
            if mark >= high:
                break
            if self._ends(mark):
                high = mark + 1
                break
        self._stopped = (end, high)
        return high

    def _ends(self, mark: int) -> bool:
        """Whether a sentence ends with the mark that stands there."""
        text, at = self._text, mark + 1
        match text[mark]:
            case "\n":
                return self._paragraph.match(text, at) is not None
            case ":":  # only where a list follows it
                return text[at] == "\n"
            case ".":
                return _NOT_AN_END.search(text, at - 6, at) is None
        return True
