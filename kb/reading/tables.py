"""What the cells of a table say of the citations in them: the columns' heads are evidence, a cue stays in its cell.

A list of documents keeps number and date in columns of their own, and a remark in one row says nothing of the rows
below it. Which cells there are, and what each column holds, the reader of the file has told (``blocks``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.blocks import Block
from kb.model import Citation
from kb.reading.dates import date_at
from kb.reading.text.text_forms import fold

_UNSURE = 0.7  # confidence in "cites", where the only cue stood in another cell
_OF_HEADS = frozenset({"basis", "replacement"})  # columns whose names are words that tell a relation
_OF_COLUMN = 0.9  # confidence in what a column's head says of all its cells


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    table: int
    row: int
    column: int
    is_head: bool


class _Tables:
    """The cells of a text, found by offset, and the heads of their columns."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.cells: list[_Cell] = []
        self.heads: dict[tuple[int, int], list[Block]] = defaultdict(list)  # (table, column) → heads, from the top
        self.rows: dict[tuple[int, int], list[_Cell]] = defaultdict(list)
        for block in blocks:
            table = _table_of(blocks, block) if block.kind == "cell" else None
            if table is None:
                continue
            cell = _Cell(block.start, block.end, table, block.row or 0, block.column or 0, block.is_head)
            self.cells.append(cell)
            self.rows[table, cell.row].append(cell)
            if block.is_head:
                for column in range(cell.column, cell.column + block.span):
                    self.heads[table, column].append(block)
        self._starts = [cell.start for cell in self.cells]

    def at(self, offset: int) -> _Cell | None:
        """The innermost cell around an offset."""
        for index in range(bisect_right(self._starts, offset) - 1, -1, -1):
            if offset < self.cells[index].end:
                return self.cells[index]
            if index and self.cells[index - 1].end <= self.cells[index].start:
                return None
        return None

    def head(self, cell: _Cell, kind: str) -> Block | None:
        """The head of the cell's column that says it holds ``kind``."""
        return next((head for head in self.heads[cell.table, cell.column] if head.name == kind), None)

    def names(self, table: int, kinds: frozenset[str]) -> bool:
        """Whether a column of the table is said to hold one of ``kinds``."""
        return any(head.name in kinds for (of, _), heads in self.heads.items() if of == table for head in heads)

    def beside(self, cell: _Cell, kind: str) -> list[_Cell]:
        """The cells of the same row in columns that hold ``kind``."""
        return [other for other in self.rows[cell.table, cell.row] if self.head(other, kind)]


def by_tables(text: str, citations: Sequence[Citation], blocks: Sequence[Block]) -> tuple[Citation, ...]:
    """The citations, those in cells with what their table says of them.

    * A relation whose words stand in another cell is none: the citation only ``cites``. One that is carried on from
      citation to citation comes from above the table where the first citation in it bears it too.
    * In a column of legal bases every document is one.
    * A number without a date has the one date that its row gives in the column of dates, where the row has one number.
    """
    if not any(block.kind == "cell" for block in blocks):
        return tuple(citations)
    tables = _Tables(blocks)
    placed = [tables.at(citation.start) for citation in citations]
    numbers: dict[tuple[int, int], int] = defaultdict(int)
    for cell, citation in zip(placed, citations, strict=True):
        if cell is not None and citation.kind == "number" and tables.head(cell, "number"):
            numbers[cell.table, cell.row] += 1
    governing: dict[int, str] = {}  # what stands above a table makes of the citations in it
    out = []
    for cell, citation in zip(placed, citations, strict=True):
        if cell is not None and not cell.is_head:
            if cell.table not in governing:
                governing[cell.table] = _from_above(citation, tables)
            citation = _related(citation, cell, tables, governing[cell.table])
            citation = _dated(text, citation, cell, tables, numbers[cell.table, cell.row])
        out.append(citation)
    return tuple(out)


def cells_of_numbers(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """The spans of the cells in columns whose head says that they hold numbers of documents, in order."""
    if not any(block.is_head and block.name == "number" for block in blocks):
        return []
    tables = _Tables(blocks)
    cells = (cell for cell in tables.cells if not cell.is_head and tables.head(cell, "number"))
    return [(cell.start, cell.end) for cell in cells]


def _from_above(first: Citation, tables: _Tables) -> str:
    """The relation that the words above a table give to what stands in it, by its first citation.

    One without a cue of its own is carried on from before, which may be a head of the table: "Căn cứ pháp lý".
    """
    in_cell = tables.at(first.start)
    from_cell = first.cue is not None and tables.at(first.cue[0]) is not None
    from_head = first.cue is None and in_cell is not None and tables.names(in_cell.table, _OF_HEADS)
    return "cites" if from_cell or from_head else first.relation


def _related(citation: Citation, cell: _Cell, tables: _Tables, governed: str) -> Citation:
    """The citation with a relation that its own cell, its column or the words around the table tell."""
    cue = tables.at(citation.cue[0]) if citation.cue else None
    if citation.cue is None:
        crosses = citation.parent is None and citation.relation not in ("cites", governed)
    else:
        of_column = cue is not None and cue.is_head and cue.column == cell.column
        crosses = cue is not None and cue.table == cell.table and cue != cell and not of_column
    if crosses:
        citation = citation._replace(
            relation="cites", inverse=False, cue=None, aspect=None, confidence=min(citation.confidence, _UNSURE)
        )
    basis = tables.head(cell, "basis")
    if basis is not None and citation.relation == "cites" and citation.parent is None:
        sure = min(citation.confidence, _OF_COLUMN)
        return citation._replace(relation="based_on", cue=(basis.start, basis.end), confidence=sure)
    return citation


def _dated(text: str, citation: Citation, cell: _Cell, tables: _Tables, numbers: int) -> Citation:
    """The citation with the date of its row, where nothing else dates it."""
    if citation.date or citation.kind != "number" or numbers != 1 or not tables.head(cell, "number"):
        return citation
    found = {date for other in tables.beside(cell, "date") for date in _dates(text[other.start : other.end])}
    return citation._replace(date=found.pop()) if len(found) == 1 else citation


def _dates(words: str) -> Iterator[str]:
    folded = fold(words)
    at = 0
    while at < len(folded):
        hit = date_at(folded, at, len(folded)) if folded[at].isdigit() else None
        if hit is not None:
            yield hit.iso
            at = hit.end
        else:
            at += 1
            while at < len(folded) and folded[at - 1].isdigit() and folded[at].isdigit():
                at += 1


def _table_of(blocks: Sequence[Block], block: Block) -> int | None:
    parent = block.parent
    while parent is not None and blocks[parent].kind != "table":
        parent = blocks[parent].parent
    return parent
