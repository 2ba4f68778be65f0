"""What the cells of a table say of the citations in them: the columns' heads are evidence, a cue stays in its cell.

A list of documents keeps number and date in columns of their own, and a remark in one row says nothing of the rows
below it. Which cells there are, and what each column holds, the reader of the file has told (``blocks``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.blocks import Block
from kb.authority import types
from kb.authority.wording import word_lists
from kb.model import Citation
from kb.reading.issuers.organ import organ_at
from kb.reading.numbers.candidates import CANDIDATE
from kb.reading.numbers.in_cells import NumberCell
from kb.reading.table_dates import column_dates, dates_within
from kb.reading.text.text_forms import TextForms, fold

_UNSURE = 0.7  # confidence in "cites", where the only cue stood in another cell
_OF_HEADS = frozenset({"basis", "replacement"})  # columns whose names are words that tell a relation
_OF_COLUMN = 0.9  # confidence in what a column's head says of all its cells
_MOSTLY = 0.6  # share of the filled cells of a column without a head that must be numbers, for it to be one of numbers
_ORDINAL = re.compile(r"\d{1,6}[A-ZĐa-zđ]?")
_CODE_OF_ORDINAL = re.compile(r"[A-ZĐ]|(?:19|20)\d\d\s?/")
_BLANK_CODE = re.compile(
    r"(?<![\w/])[\s.…_]{0,12}/\s?(?P<code>[A-ZĐ][A-Za-zĐđ]{0,7}(?:-[A-ZĐ][A-ZĐa-zđ0-9&]{1,11}){1,3})"
)
_ABOVE = 200  # code points above a table that may give the code of the numbers in it
_WHOLE = len("2021-12-24")
_LABEL = re.compile(rf"(?:\A|\s){word_lists('numbers').undamaged('label')}\Z")
_MARKS = " :.,;*-–()"


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
        self.columns: dict[tuple[int, int], list[_Cell]] = defaultdict(list)  # without the heads
        self.told: dict[tuple[int, int], str] = {}  # what columns without a head hold, by what stands in them
        self._days: dict[tuple[int, int], dict[int, str | None]] = {}
        for block in blocks:
            table = _table_of(blocks, block) if block.kind == "cell" else None
            if table is None:
                continue
            cell = _Cell(block.start, block.end, table, block.row or 0, block.column or 0, block.is_head)
            self.cells.append(cell)
            self.rows[table, cell.row].append(cell)
            if not block.is_head:
                self.columns[table, cell.column].append(cell)
            else:
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

    def holds(self, cell: _Cell, *kinds: str) -> bool:
        """Whether the cell's column holds one of ``kinds``, by its head or, where it has none, by what stands in it."""
        if self.told.get((cell.table, cell.column)) in kinds:
            return True
        return any(self.head(cell, kind) is not None for kind in kinds)

    def beside(self, cell: _Cell, kind: str) -> list[_Cell]:
        """The cells of the same row in columns that hold ``kind``."""
        return [other for other in self.rows[cell.table, cell.row] if self.holds(other, kind)]

    def day(self, text: str, cell: _Cell) -> str | None:
        """The day that a cell of a column of days gives."""
        key = (cell.table, cell.column)
        if key not in self._days:
            cells = self.columns[key]
            days = column_dates([text[one.start : one.end] for one in cells])
            self._days[key] = {one.start: day for one, day in zip(cells, days, strict=True)}
        return self._days[key].get(cell.start)

    def shared_code(self, text: str, table: int) -> str | None:
        """The one code that the heads of a table give for the bare ordinals in it; None where they give none."""
        heads = {head.start: head.end for (of, _), heads in self.heads.items() if of == table for head in heads}
        codes = {found["code"] for start, end in heads.items() if (found := _BLANK_CODE.search(text, start, end))}
        if not codes:  # the line above: "QUYẾT ĐỊNH NĂM 2023 (…/QĐ-UBND)"
            first = min((cell.start for cell in self.cells if cell.table == table), default=0)
            above = _BLANK_CODE.findall(text, max(0, first - _ABOVE), first)
            codes = set(above[-1:])
        return codes.pop() if len(codes) == 1 else None

    def _told_by_heads(self, table: int, column: int, kinds: set[tuple[int, str]]) -> bool:
        """Whether heads tell what a column holds, or which column of its table holds the numbers."""
        named = any(head.name for head in self.heads.get((table, column), ()))
        return named or (table, "number") in kinds or (table, "ordinal") in kinds

    def tell_by_content(self, text: str, numbers: dict[int, int]) -> None:
        """Find the columns of numbers and of days in tables whose columns have no names. ``numbers``: where each number
        begins → where it ends."""
        kinds = {(table, head.name) for (table, _), heads in self.heads.items() for head in heads}
        for (table, column), cells in self.columns.items():
            filled = [cell for cell in cells if text[cell.start : cell.end].strip()]
            if len(filled) < 2 or self._told_by_heads(table, column, kinds):
                continue
            if sum(numbers.get(cell.start) == cell.end for cell in filled) >= _MOSTLY * len(filled):
                self.told[table, column] = "number"
            elif all(len(self.day(text, cell) or "") == _WHOLE for cell in filled):
                self.told[table, column] = "date"


def cells_of_numbers(text: str, blocks: Sequence[Block]) -> list[NumberCell]:
    """The spans of the cells in columns whose head, or else most of whose cells, say that they hold numbers of
    documents, in order; where a number is split over two columns ("Số", "Ký hiệu"), from the first cell to the end of
    the second; where all share one code that the head gives ("Số (…/QĐ-UBND)"), with that code."""
    if not any(block.kind == "cell" for block in blocks):
        return []
    tables = _Tables(blocks)
    alone = {cell.start: cell.end for cell in tables.cells if CANDIDATE.fullmatch(text[cell.start : cell.end].strip())}
    tables.tell_by_content(text, alone)
    found: list[NumberCell] = []
    for cell in tables.cells:
        if cell.is_head or not tables.holds(cell, "number", "ordinal") or (found and cell.start < found[-1].end):
            continue
        beside = _code_beside(text, cell, tables)
        alone_in_cell = beside is None and _ORDINAL.fullmatch(text[cell.start : cell.end].strip()) is not None
        code = tables.shared_code(text, cell.table) if alone_in_cell else None
        found.append(NumberCell(cell.start, beside.end if beside else cell.end, code))
    return found


def _code_beside(text: str, cell: _Cell, tables: _Tables) -> _Cell | None:
    """The next cell where it holds the code of a number whose ordinal a cell holds."""
    if not tables.holds(cell, "ordinal") or not _ORDINAL.fullmatch(text, cell.start, cell.end):
        return None
    beside = next((one for one in tables.beside(cell, "number") if one.column == cell.column + 1), None)
    return beside if beside and _CODE_OF_ORDINAL.match(text, beside.start, beside.end) else None


def by_tables(text: str, citations: Sequence[Citation], blocks: Sequence[Block]) -> tuple[Citation, ...]:
    """The citations, those in cells with what their table says of them.

    * A relation whose words stand in another cell is none: the citation only ``cites``. One that is carried on from
      citation to citation comes from above the table where the first citation in it bears it too.
    * In a column of legal bases every document is one.
    * A number without a date has the one date that its row gives in the column of dates, or its own cell behind it,
      where the row has one number; and the title and the province of the issuer that its row gives.
    """
    if not any(block.kind == "cell" for block in blocks):
        return tuple(citations)
    tables = _Tables(blocks)
    placed = [tables.at(citation.start) for citation in citations]
    tables.tell_by_content(text, {citation.start: citation.end for citation in citations if citation.kind == "number"})
    subjects = _subjects(text, citations, placed, tables)
    governing: dict[int, str] = {}  # what stands above a table makes of the citations in it
    out = []
    for at, (cell, citation) in enumerate(zip(placed, citations, strict=True)):
        if cell is not None and not cell.is_head:
            if cell.table not in governing:
                governing[cell.table] = _from_above(citation, tables)
            citation = _related(citation, cell, tables, governing[cell.table])
            if citation.title and " | " in citation.title:  # it ends with its cell
                citation = citation._replace(title=citation.title.split(" | ", 1)[0] or None)
            if at in subjects:
                citation = _of_row(text, _dated(text, citation, cell, tables), cell, tables)
        out.append(citation)
    return tuple(out)


def _subjects(
    text: str, citations: Sequence[Citation], placed: Sequence[_Cell | None], tables: _Tables
) -> frozenset[int]:
    """The citations that are what their row is about: the only number in a column of numbers; in a row without one,
    that which opens the title."""
    rows: dict[tuple[int, int], list[int]] = defaultdict(list)
    titles: dict[tuple[int, int], int] = {}
    for at, (cell, citation) in enumerate(zip(placed, citations, strict=True)):
        if cell is None or cell.is_head or citation.kind != "number":
            continue
        if tables.holds(cell, "number", "ordinal"):
            rows[cell.table, cell.row].append(at)
        elif tables.holds(cell, "title") and _opens(text[cell.start : citation.start]):
            titles[cell.table, cell.row] = at
    alone = {found[0] for found in rows.values() if len(found) == 1}
    return frozenset(alone | {at for row, at in titles.items() if row not in rows})


def _opens(before: str) -> bool:
    """Whether nothing but a type word and "số" stands before a number in its cell."""
    words = _LABEL.sub("", fold(before).strip(_MARKS)).strip(_MARKS)
    known = types.longest_word(words, 0) if words else (0, "")
    return known is not None and known[0] == len(words)


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


def _dated(text: str, citation: Citation, cell: _Cell, tables: _Tables) -> Citation:
    """The citation with the date behind it in its cell, else with that of its row, where nothing dates it whole."""
    if citation.date and len(citation.date) == _WHOLE:
        return citation
    found = set(dates_within(text[citation.end : cell.end]) if tables.holds(cell, "number", "ordinal") else ())
    found = found or {day for other in tables.beside(cell, "date") if (day := tables.day(text, other))}
    day = found.pop() if len(found) == 1 else None
    return citation._replace(date=day) if day and day.startswith(citation.date or "") else citation


def _of_row(text: str, citation: Citation, cell: _Cell, tables: _Tables) -> Citation:
    """The citation with the title and the issuer's province of its row."""
    titles = tables.beside(cell, "title") if tables.holds(cell, "number", "ordinal") else []
    if len(titles) == 1 and (title := " ".join(text[titles[0].start : titles[0].end].split())):
        citation = citation._replace(title=title)
    for issuer in tables.beside(cell, "issuer"):
        forms = TextForms(text[issuer.start : issuer.end])
        organ = organ_at(forms, 0, len(forms.folded))
        if organ is not None and organ.province and organ.code == citation.body:
            citation = citation._replace(province=organ.province, province_known=True, unit=organ.unit)
    return citation


def _table_of(blocks: Sequence[Block], block: Block) -> int | None:
    parent = block.parent
    while parent is not None and blocks[parent].kind != "table":
        parent = blocks[parent].parent
    return parent
