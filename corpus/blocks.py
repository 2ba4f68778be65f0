"""The structure of a document: its blocks in reading order, each a stretch of its text; and of a scan what is in doubt.

Offsets are code points of ``SourceText.text``; a block never cuts a word, and a block lies within its parent. The text
between two blocks is white space or the marks that set cells apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Annotated, Any

from messages.facts import Fact

KINDS = (
    "heading",
    "article",
    "paragraph",
    "list_item",
    "table",
    "row",
    "cell",
    "note",
    "running_head",
    "signature",
    "form_field",
)


@dataclass(frozen=True, slots=True)
class Block:
    """One block: ``text[start:end]``; the one definition from which the store's form and the API's are made.

    Levels of articles: 1 phần, 2 chương, 3 mục, 4 tiểu mục, 5 điều, 6 khoản, 7 điểm.
    """

    kind: Annotated[str, Fact("What it is.", "article", values=KINDS)]
    start: Annotated[int, Fact("Where it begins in the text, in code points.", 1204)]
    end: Annotated[int, Fact("Where it ends: text[start:end] is what stands there.", 1980)]
    level: Annotated[
        int,
        Fact(
            "Of a heading its rank from 1; of an article how deep its kind stands: 1 phần, 2 chương, 3 mục, "
            "4 tiểu mục, 5 điều, 6 khoản, 7 điểm; of a list item how deep it is nested, from 1.",
            5,
        ),
    ] = 0
    label: Annotated[str, Fact("The number or mark as printed.", "Điều 5")] = ""
    name: Annotated[
        str,
        Fact(
            "The printed name of an article or of the field of a form; of a head what its column holds (number, date, "
            "issuer, title, basis, replacement), empty where that is not known.",
            "Hiệu lực thi hành",
        ),
    ] = ""
    parent: Annotated[int | None, Fact("Index of the block that holds this one; null at the top.", 3)] = None
    row: Annotated[int | None, Fact("Of a cell or a row its place in the table, from 0.", None)] = None
    column: Annotated[int | None, Fact("Of a cell its column, from 0.", None)] = None
    span: Annotated[int, Fact("Over how many columns a cell reaches.", 1)] = 1
    is_head: Annotated[
        bool,
        Fact("True for a cell that names its column, or, in column 0 of a table without such a row, its row.", False),
    ] = False
    anchor: Annotated[int | None, Fact("Of a note where in the text its mark stands.", None)] = None

    def to_json(self) -> dict[str, Any]:
        """The fields that say something, in a stable order."""
        return {name: value for name, default in _DEFAULTS if (value := getattr(self, name)) != default}

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> Block:
        """The block that ``to_json`` gave."""
        return cls(**said)

    def moved(self, by: int) -> Block:
        """The same block where the text before it is ``by`` code points longer."""
        anchor = None if self.anchor is None else self.anchor + by
        return replace(self, start=self.start + by, end=self.end + by, anchor=anchor)


_DEFAULTS = tuple((field.name, field.default) for field in fields(Block))  # those without one are always told


_VALUES = attrgetter(*(field.name for field in fields(Block)))
_PARENT = [field.name for field in fields(Block)].index("parent")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word with digits that was recognised less than surely: ``text[start:end]``. ``sure`` is how often such digits
    are right, 0-1; ``readings`` is what else was seen in its place."""

    start: int
    end: int
    sure: float
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinePlace:
    """Where a recognised run of words, ``text[start:end]``, stands on the picture of its page: as shares (0-1) of the
    picture as the file gives it, which ``quarters`` of a circle against the clock set upright."""

    start: int
    end: int
    x0: float
    y0: float
    x1: float
    y1: float
    quarters: int = 0


DATE_REACH = 30
"""Code points behind a number in which its date stands (" ngày 12 tháng 02 năm 2021"), in the next line perhaps."""


def place_over(places: Iterable[LinePlace], start: int, end: int) -> LinePlace | None:
    """Where ``text[start:end]`` stands: all of its lines, for what is cited may go on in the next; None where no line
    of it is known. ``places``: those of one page."""
    found = [one for one in places if one.start < end and start < one.end]
    if not found:
        return None
    lines = [one for one in found if one.quarters == found[0].quarters]
    return LinePlace(
        found[0].start,
        lines[-1].end,
        min(one.x0 for one in lines),
        min(one.y0 for one in lines),
        max(one.x1 for one in lines),
        max(one.y1 for one in lines),
        found[0].quarters,
    )


def in_order(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks whose parents are not known yet, set in reading order with the parent of each: the smallest block around
    it. Of two blocks of one stretch the one that comes first holds the other."""
    sorted_ = sorted(blocks, key=lambda block: (block.start, -block.end))
    open_: list[int] = []
    for index, block in enumerate(sorted_):
        while open_ and (sorted_[open_[-1]].end < block.end or sorted_[open_[-1]].end <= block.start):
            open_.pop()
        if open_:
            values = list(_VALUES(block))
            values[_PARENT] = open_[-1]
            sorted_[index] = Block(*values)
        open_.append(index)
    return tuple(sorted_)


def heads_of(blocks: Sequence[Block], cell: Block) -> tuple[Block, ...]:
    """The cells that name the column of ``cell``, from the top; empty where its table names none."""
    if cell.kind != "cell" or cell.is_head or cell.column is None:
        return ()
    table = _table_of(blocks, cell)
    return tuple(
        other
        for other in blocks
        if other.is_head
        and other.column is not None
        and other.column <= cell.column < other.column + other.span
        and _table_of(blocks, other) is table
    )


def _table_of(blocks: Sequence[Block], block: Block) -> Block | None:
    parent = block.parent
    while parent is not None:
        if blocks[parent].kind == "table":
            return blocks[parent]
        parent = blocks[parent].parent
    return None
