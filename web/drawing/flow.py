"""A held text as the pieces that its page shows one after the other, and the parts of them that fit on one page."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corpus.blocks import Block
from kb.answers.shapes import HeldText
from web.drawing.mended_text import damage

BUDGET = 40_000  # bytes of HTML that the text may take of a page of its own
BESIDE = 19_000  # the same on a page that is full of other things
_PIECE, _LINE, _CELL, _CITATION, _CHARACTER, _REPAIR = 60, 26, 16, 520, 1.4, 34  # what each takes, in bytes
_LONGEST, _MOST_CITED = 9_000, 24  # code points and citations of one piece; the rest of a longer one is another
_LONGEST_HEADING = 160  # code points; a longer title of an article is a paragraph
_WORD = re.compile(r"\w")
_SENTENCE_ENDS = (".", ";", ":", "…")


class Piece(NamedTuple):
    """What is shown as one element: ``text[start:end]``.

    ``kind`` is that of its block (``article`` for the line with which one begins, ``row`` for a row of a table);
    ``block``: its index, None for words outside of all blocks. ``rank``: of a piece that the contents list, how
    high it stands (0 an annex, then as the levels of articles), None for all others; ``anchor``: of a part that can
    be cited. ``rest``: the piece goes on with the one before it, which was too long.
    """

    kind: str
    start: int
    end: int
    block: int | None = None
    rank: int | None = None
    anchor: str | None = None
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """The pieces ``first`` up to and without ``last``, shown on one page."""

    first: int
    last: int


def pieces(held: HeldText) -> tuple[Piece, ...]:
    """Every word of the text in one piece, in the order of the text."""
    return tuple(_Flow(held).pieces())


def parts(held: HeldText, shown: Sequence[Piece], budget: int = BUDGET) -> tuple[Part, ...]:
    """The pieces in parts of about ``budget`` bytes of HTML; a heading stands with what follows it."""
    starts = sorted(one.start for one in held.citations)
    found: list[Part] = []
    first, weight = 0, 0.0
    character = _CHARACTER + _REPAIR * damage(held.text)
    for index, piece in enumerate(shown):
        cost = _cost(held, piece, starts, character)
        if weight + cost > budget and index > first:
            last = index
            while last - 1 > first and shown[last - 1].rank is not None:
                last -= 1
            found.append(Part(first, last))
            first, weight = last, sum(_cost(held, one, starts, character) for one in shown[last:index])
        weight += cost
    return (*found, Part(first, len(shown)))


def budget_beside(listed: int) -> int:
    """Room for the text on a page that lists so many citations beside it, in bytes."""
    return max(BESIDE, 45_000 - 1_200 * listed)


def part_at(cut: Sequence[Part], shown: Sequence[Piece], offset: int) -> int:
    """Index of the part that holds ``offset``, or the words before it."""
    piece = max(0, bisect_right([one.start for one in shown], offset) - 1)
    return bisect_right([part.first for part in cut], piece) - 1


def is_title(text: str, piece: Piece) -> bool:
    """Whether the piece is shown as a heading: an article may also begin with a sentence of its own."""
    if piece.rank is None or piece.end - piece.start > _LONGEST_HEADING:
        return False
    return piece.kind != "article" or not text.endswith(_SENTENCE_ENDS, piece.start, piece.end)


def _cost(held: HeldText, piece: Piece, citations: Sequence[int], character: float) -> float:
    marks = bisect_left(citations, piece.end) - bisect_left(citations, piece.start)
    lines = held.text.count("\n", piece.start, piece.end) + 1
    cells = 0
    if piece.kind == "row" and piece.block is not None:
        cells = sum(1 for _ in cells_of(held.blocks, piece.block))
    return _PIECE + lines * _LINE + cells * _CELL + (piece.end - piece.start) * character + marks * _CITATION


def cells_of(blocks: Sequence[Block], row: int) -> Iterator[Block]:
    """The cells of a row, without those of a table within one of them."""
    for block in blocks[row + 1 :]:
        if block.start >= blocks[row].end:
            return
        if block.parent == row and block.kind == "cell":
            yield block


class _Flow:
    """Goes through the blocks of a text and keeps how far its words have been given."""

    def __init__(self, held: HeldText) -> None:
        self.text, self.blocks = held.text, held.blocks
        self.parts = {part.block: part for part in held.parts}
        self.cited: list[int] = sorted(one.start for one in held.citations)
        self.reached = 0

    def pieces(self) -> Iterator[Piece]:
        begun: int | None = None  # the article whose first words come next
        for index, block in enumerate(self.blocks):
            if block.start < self.reached or block.kind == "table":
                continue
            if block.kind == "article":
                begun = index
                continue
            yield from self._between(block.start)
            if begun is not None and self.blocks[begun].start == block.start:
                yield from self._piece("article", begun, block.end)
            elif block.kind == "row" and self._reach(block.start) < block.end:
                for cell in cells_of(self.blocks, index):
                    yield from self._cut(Piece("paragraph", cell.start, cell.end))
            else:
                yield from self._piece("paragraph" if block.kind == "cell" else block.kind, index, block.end)
            self.reached = max(self.reached, block.end)
        yield from self._between(len(self.text))

    def _piece(self, kind: str, index: int, end: int) -> Iterator[Piece]:
        block = self.blocks[index]
        part = self.parts.get(index)
        rank = None
        if kind == "article" and block.level <= 5:
            rank = block.level
        elif kind == "heading" and part is not None:
            rank = max(0, 8 - part.rank)  # an annex above all else
        elif kind == "heading" and not self.text[block.start : block.end].isupper():
            rank = block.level  # lines in capitals are titles and names of offices as often as headings
        yield from self._cut(Piece(kind, block.start, end, index, rank, part.anchor if part else None))

    def _between(self, until: int) -> Iterator[Piece]:
        """The words up to ``until`` that no block holds, line by line; marks between cells are no words."""
        at = self.reached
        for line in self.text[at:until].splitlines(keepends=True):
            words = line.strip()
            if _WORD.search(words):
                begin = at + line.index(words)
                yield from self._cut(Piece("paragraph", begin, begin + len(words)))
            at += len(line)

    def _reach(self, begin: int) -> int:
        """How far a piece may reach that begins at ``begin``."""
        crowded = bisect_left(self.cited, begin) + _MOST_CITED
        return min([begin + _LONGEST, *self.cited[crowded : crowded + 1]])

    def _cut(self, piece: Piece) -> Iterator[Piece]:
        """The piece in pieces short enough, cut at blanks."""
        begin, rest = piece.start, False
        while piece.kind != "row" and (reach := self._reach(begin)) < piece.end:
            blank = max(self.text.rfind(sign, begin + 1, reach) for sign in " \n")
            cut = blank if blank > begin else reach
            yield piece._replace(start=begin, end=cut, rest=rest)
            begin, rest = cut, True
            piece = piece._replace(rank=None, anchor=None)
        yield piece._replace(start=begin, rest=rest)
