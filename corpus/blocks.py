"""The structure of a document: its blocks in reading order, each a stretch of its text.

Offsets are code points of ``SourceText.text``; a block never cuts a word, and a block lies within its parent. The text
between two blocks is white space or the marks that set cells apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

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
    """One block: ``text[start:end]``.

    ``level``: of a heading its rank from 1; of an article how deep its kind stands in the order of a Vietnamese text
    (1 phần, 2 chương, 3 mục, 4 tiểu mục, 5 điều, 6 khoản, 7 điểm); of a list item how deep it is nested, from 1.
    ``label``: the number or mark as printed ("Điều 5", "a)", "[2]"). ``name``: the printed name of the article or of
    the form's field; of a head what its column holds (``corpus.structure.heads``), empty where that is not known.
    ``parent``: index of the block that holds this one, None at the top. ``row`` and ``column``: the place of a cell
    in its table, from 0, ``span`` over how many columns; ``is_head``: a cell that names its column (or, in column 0
    of a table without such a row, its row). ``anchor``: of a note where in the text its mark stands.
    """

    kind: str
    start: int
    end: int
    level: int = 0
    label: str = ""
    name: str = ""
    parent: int | None = None
    row: int | None = None
    column: int | None = None
    span: int = 1
    is_head: bool = False
    anchor: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The fields that say something, in a stable order."""
        return {name: value for name, value in asdict(self).items() if value != _DEFAULTS.get(name)}

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> Block:
        """The block that ``to_json`` gave."""
        return cls(**said)

    def moved(self, by: int) -> Block:
        """The same block where the text before it is ``by`` code points longer."""
        anchor = None if self.anchor is None else self.anchor + by
        return replace(self, start=self.start + by, end=self.end + by, anchor=anchor)


_DEFAULTS = {field.name: field.default for field in fields(Block) if field.name not in ("kind", "start", "end")}


def in_order(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks whose parents are not known yet, set in reading order with the parent of each: the smallest block around
    it. Of two blocks of one stretch the one that comes first holds the other."""
    sorted_ = sorted(blocks, key=lambda block: (block.start, -block.end))
    open_: list[int] = []
    for index, block in enumerate(sorted_):
        while open_ and (sorted_[open_[-1]].end < block.end or sorted_[open_[-1]].end <= block.start):
            open_.pop()
        if open_:
            sorted_[index] = replace(block, parent=open_[-1])
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
