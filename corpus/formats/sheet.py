"""Workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods): every sheet in order, every row a line, its cells kept apart.

Read by calamine, which opens all of them alike and fast. Dates are written as offices write them (24/12/2021), whole
numbers without a decimal point: a workbook stores both as fractions.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from corpus.blocks import Block
from corpus.formats.package import check_package
from corpus.layout.lines import Cell, Lines, table_of, text_and_blocks
from corpus.layout.plain_lines import clean
from corpus.limits import Limits
from corpus.notices import refused
from corpus.source_text import SourceText
from corpus.structure.guess import structured

Value = str | float | bool | datetime.datetime | datetime.date | datetime.time | datetime.timedelta
"""What a workbook holds in a cell; an empty one holds ""."""


def read_sheet(data: bytes, name: str, sha256: str, limits: Limits, kind: str) -> SourceText:
    """The text of a workbook; where it has several sheets the name of each stands above it. Raises ``Refused``."""
    with _opened(data, limits) as workbook:
        filled = [(sheet, rows) for sheet in workbook.sheet_names if (rows := _table(workbook, sheet))]
    if not filled:
        raise refused("no_text")
    lines = Lines()
    for sheet, rows in filled:
        if len(filled) > 1:
            lines.add("")
            lines.add(clean(sheet), Block("heading", 0, 0, level=1))
            lines.add("")
        lines.extend(rows)
    text, known = text_and_blocks(lines)
    return SourceText(name, text, kind, sha256, blocks=structured(text, known, wrapped=False))


@contextmanager
def _opened(data: bytes, limits: Limits) -> Iterator[CalamineWorkbook]:
    if data.startswith(b"PK"):
        check_package(data, limits)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            yield workbook
    except PasswordError:
        raise refused("encrypted") from None
    except CalamineError:
        raise refused("damaged_document") from None


def sheet_rows(data: bytes, limits: Limits) -> list[tuple[str, list[list[Value]]]]:
    """The sheets of a workbook that hold anything, by name, each with its rows from the first on and the values of
    their cells. Raises ``Refused``."""
    with _opened(data, limits) as workbook:
        sheets = [(name, workbook.get_sheet_by_name(name)) for name in workbook.sheet_names]
        return [(name, sheet.to_python(skip_empty_area=False)) for name, sheet in sheets if sheet.height]


def _table(workbook: CalamineWorkbook, sheet: str) -> Lines:
    rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=True)
    return table_of(sheet_row(map(_shown, row)) for row in rows)


def sheet_row(cells: Iterable[str]) -> list[Cell]:
    """The cells of one row of a sheet; a cell may hold several lines."""
    return [Cell(Lines(clean(part) for part in cell.splitlines())) for cell in cells]


def _shown(value: object) -> str:
    """A cell as an office would print it."""
    if isinstance(value, datetime.datetime):
        return f"{value:%d/%m/%Y}" if value.time() == datetime.time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, datetime.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
