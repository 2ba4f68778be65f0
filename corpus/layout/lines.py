"""Lines of a text in the making, with the blocks that they are known to be.

A reader of a format sets what it meets as lines and marks what it knows of them; marks move along when lines of one
place are put into another (a cell into its row, a page behind the page before it). ``text_and_blocks`` makes the text,
always the one that the lines alone give.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.blocks import Block

Place = tuple[int, int]
"""A line and a column in it, both from 0."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a stretch of lines is known to be; ``block`` bears everything but the offsets."""

    block: Block
    start: Place
    end: Place

    def moved(self, lines: int, columns: int) -> Mark:
        """The mark behind so many lines; ``columns`` further right in its first line."""

        def move(place: Place) -> Place:
            return place[0] + lines, place[1] + (columns if place[0] == 0 else 0)

        return Mark(self.block, move(self.start), move(self.end))


class Lines:
    """Lines and the marks on them."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self.texts: list[str] = list(texts)
        self.marks: list[Mark] = []

    def __bool__(self) -> bool:
        return any(self.texts)

    def add(self, text: str, block: Block | None = None) -> None:
        """One line, or several parted by line breaks, as one block."""
        first = len(self.texts)
        self.texts += text.split("\n")
        if block is not None and text.strip():
            self.marks.append(Mark(block, (first, 0), (len(self.texts) - 1, len(self.texts[-1]))))

    def extend(self, other: Lines) -> None:
        """The lines of ``other`` behind these."""
        self.marks += [mark.moved(len(self.texts), 0) for mark in other.marks]
        self.texts += other.texts

    def mark(self, block: Block, first: int) -> None:
        """Mark everything from line ``first`` on."""
        if any(self.texts[first:]):
            self.marks.append(Mark(block, (first, 0), (len(self.texts) - 1, len(self.texts[-1]))))

    def enclose(self, block: Block) -> None:
        """Mark all the lines as a block that holds what is marked in them."""
        if self:
            self.marks.insert(0, Mark(block, (0, 0), (len(self.texts) - 1, len(self.texts[-1]))))

    def in_table(self, number: int) -> bool:
        """Whether a line stands in a table of several lines: rows are alike from page to page, as running heads are."""
        return any(
            mark.block.kind == "table" and mark.start[0] <= number <= mark.end[0] and mark.start[0] < mark.end[0]
            for mark in self.marks
        )

    def drop(self, number: int) -> None:
        """Take one line out, with the marks that hold nothing else."""
        del self.texts[number]
        kept = []
        for mark in self.marks:
            (first, start), (last, end) = mark.start, mark.end
            if first == last == number:
                continue
            if first == number:
                start = 0
            if last == number:
                last, end = last, len(self.texts[number - 1])
            kept.append(Mark(mark.block, (first - (first > number), start), (last - (last >= number), end)))
        self.marks = kept

    def without(self, sign: str) -> Lines:
        """The lines without one sign, wherever it stands."""

        def place(line: int, column: int) -> Place:
            return line, column - self.texts[line].count(sign, 0, column)

        out = Lines(text.replace(sign, "") for text in self.texts)
        out.marks = [Mark(mark.block, place(*mark.start), place(*mark.end)) for mark in self.marks]
        return out

    def without_blank(self) -> Lines:
        """The lines that have words."""
        kept = [number for number, text in enumerate(self.texts) if text]
        place = {number: index for index, number in enumerate(kept)}
        out = Lines(self.texts[number] for number in kept)
        for mark in self.marks:
            held = [number for number in kept if mark.start[0] <= number <= mark.end[0]]
            if held:
                start = mark.start if held[0] == mark.start[0] else (held[0], 0)
                end = mark.end if held[-1] == mark.end[0] else (held[-1], len(self.texts[held[-1]]))
                out.marks.append(Mark(mark.block, (place[start[0]], start[1]), (place[end[0]], end[1])))
        return out


CELL_BREAK = " | "
NEXT_CELL = "| "


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell of a table and over how many columns it reaches; ``is_head``: it names its column."""

    lines: Lines
    span: int = 1
    is_head: bool = False


def row_of(cells: Sequence[Cell], row: int) -> Lines:
    """A row of a table as lines: one line where every filled cell is a single line, else the cells' own lines, each
    further cell beginning with ``| `` on a line of its own. Empty cells leave no trace in the text, but they count:
    ``column`` of a mark is the cell's place among all cells of its row."""
    filled: list[tuple[int, Cell, Lines]] = []
    column = 0
    for cell in cells:
        lines = cell.lines.without_blank()
        if lines:
            filled.append((column, cell, lines))
        column += cell.span
    out = Lines()
    in_one_line = all(len(lines.texts) == 1 for _, _, lines in filled)
    for n, (column, cell, lines) in enumerate(filled):
        block = Block("cell", 0, 0, row=row, column=column, span=cell.span, is_head=cell.is_head)
        before = "" if n == 0 else CELL_BREAK if in_one_line else NEXT_CELL
        if n and in_one_line:
            shift = len(out.texts[-1]) + len(before)
            out.texts[-1] += before + lines.texts[0]
            first = len(out.texts) - 1
        else:
            shift, first = len(before), len(out.texts)
            out.texts += [before + lines.texts[0], *lines.texts[1:]]
        last = first + len(lines.texts) - 1
        end = len(lines.texts[-1]) + (shift if last == first else 0)
        out.marks.append(Mark(block, (first, shift), (last, end)))
        out.marks += [mark.moved(first, shift) for mark in lines.marks]
    out.enclose(Block("row", 0, 0, row=row))
    return out


def table_of(rows: Iterable[Sequence[Cell]]) -> Lines:
    """A table as lines, with its rows and cells marked."""
    out = Lines()
    for number, cells in enumerate(rows):
        out.extend(row_of(cells, number))
    out.enclose(Block("table", 0, 0))
    return out


def text_and_blocks(lines: Lines) -> tuple[str, list[Block]]:
    """The text, without blank lines at either end and with at most one in a row, and the marked blocks in it."""
    offsets: dict[int, int] = {}
    kept: list[str] = []
    at = 0
    for number, line in enumerate(lines.texts):
        if line or (kept and kept[-1]):
            offsets[number] = at
            kept.append(line)
            at += len(line) + 1
    while kept and not kept[-1]:
        kept.pop()
    blocks = []
    for mark in lines.marks:
        (first, start), (last, end) = mark.start, mark.end
        while first < last and not lines.texts[first]:
            first, start = first + 1, 0
        while last > first and not lines.texts[last]:
            last, end = last - 1, len(lines.texts[last - 1])
        if lines.texts[first]:
            blocks.append(replace(mark.block, start=offsets[first] + start, end=offsets[last] + end))
    return ("\n".join(kept) + "\n" if kept else ""), blocks
