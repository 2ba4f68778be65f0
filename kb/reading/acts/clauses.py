"""The clauses of a text in their order: number, depth and words of each, outside of quoted new wording.

An amending text quotes what it puts in: articles and items within “…” are those of the amended text. A quotation that
is never closed ends where the text goes on counting with an act, or with one of its last articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.blocks import Block
from kb.authority.wording import word_lists
from kb.reading.relations.cues import cue_table
from kb.reading.text.text_forms import TextForms

ARTICLE, CLAUSE, POINT, DASH, PLAIN = 5, 6, 8, 9, 10
"""Depths of điều, khoản (of a number with a dot in it one more), điểm, dash, and of a paragraph without a number."""

_FLOWING = frozenset({"paragraph", "list_item", "heading"})
_UNITS = word_lists("units")
_ABOVE = ("Phần", "Chương", "Mục", "Tiểu mục", "Điều")
_MARK = re.compile(
    r"[\s*_#>]{0,6}(?:(?:"
    + "|".join(f"(?P<h{depth}>{_UNITS[name]})" for depth, name in enumerate(_ABOVE, 1))
    + r")[ *_]{1,4}(?P<label>\d{1,4}[a-z]{0,2}|[ivxl]{1,7}[a-z]?)(?=[ .:*_]|$)"
    r"|(?P<number>\d{1,3}(?:\.\d{1,3}){0,3})(?:[.)]|(?<=\.\d)|(?<=\.\d\d))(?=[\s*_]|$)"
    r"|(?P<letter>[a-z]{1,2})[.)](?=[\s*_]|$)|(?P<dash>[-+•])(?=[\s*_]))[ .:*_]{0,6}"
)
_LAST_ARTICLES = word_lists("acts").pattern("own_articles")
_ACTS = cue_table("verb")
_NEAR = 24  # code points in which the act of a clause begins
_HIDDEN = "~"


class Clause(NamedTuple):
    """One paragraph. ``depth``: how deep its number stands (see above); ``start`` and ``end``: its words without the
    number; ``words``: these folded, with what is quoted hidden."""

    depth: int
    label: str
    start: int
    end: int
    words: str


def clauses(forms: TextForms, blocks: Sequence[Block]) -> Iterator[Clause]:
    """The paragraphs of a text that do not lie within quoted new wording, in order."""
    quotes = _Quotes()
    for block in blocks:
        if block.kind not in _FLOWING:
            continue
        depth, label, start = _numbered(forms, block)
        words, inside = quotes.read(depth, label, forms.folded[start : block.end], forms.source[start : block.end])
        if not inside:
            yield Clause(depth, label, start, block.end, words)


def _numbered(forms: TextForms, block: Block) -> tuple[int, str, int]:
    """Depth and number of a paragraph, and where its words begin."""
    mark = _MARK.match(forms.folded, block.start, block.end)
    if mark is None:
        return PLAIN, "", block.start
    if mark["number"]:
        return CLAUSE + min(1, mark["number"].count(".")), mark["number"], mark.end()
    if mark["letter"]:
        return POINT, mark["letter"], mark.end()
    if mark["dash"]:
        return DASH, "", mark.end()
    depth = next(depth for depth in range(1, len(_ABOVE) + 1) if mark[f"h{depth}"])
    if not forms.text[mark.start(f"h{depth}")].isupper():
        return PLAIN, "", block.start  # "điều 5 của …" at the beginning of a line
    return depth, mark["label"], mark.end()


class _Quotes:
    """Follows quotation marks from paragraph to paragraph."""

    def __init__(self) -> None:
        self._open = 0
        self._straight = False
        self._last: dict[int, str] = {}  # the last number outside of quotations, by depth

    def read(self, depth: int, label: str, folded: str, source: str) -> tuple[str, bool]:
        """The words of the next paragraph with what is quoted hidden, and whether it begins within a quotation."""
        inside = self._open > 0 or self._straight
        if inside and self._goes_on(depth, label, folded):
            self._open, self._straight, inside = 0, False, False
        if not inside:
            self._last[depth] = label
        words = folded if inside or '"' not in folded else self._hidden(folded, source)
        self._open = max(0, self._open + source.count("“") - source.count("”"))
        self._straight ^= source.count('"') % 2 == 1
        return words, inside

    def _goes_on(self, depth: int, label: str, folded: str) -> bool:
        """Whether a paragraph goes on with the clauses outside: new wording never counts on with an act."""
        last = self._last.get(depth, "")
        if depth > CLAUSE or not (last.isdigit() and label == str(int(last) + 1)):
            return False
        act = next(iter(_ACTS.find(folded[:_NEAR])), None)
        return act is not None or (depth == ARTICLE and _LAST_ARTICLES.search(folded) is not None)

    @staticmethod
    def _hidden(folded: str, source: str) -> str:
        out = list(folded)
        depth = 0
        straight = False
        for at, letter in enumerate(source):
            if letter == "“":
                depth += 1
            elif letter == "”":
                depth = max(0, depth - 1)
            elif letter == '"':
                straight = not straight
            elif depth or straight:
                out[at] = _HIDDEN
        return "".join(out)
