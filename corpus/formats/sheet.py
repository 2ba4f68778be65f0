"""Workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods): every sheet in order, every row a line, its cells kept apart.

Read by calamine, which opens all of them alike and fast. Dates are written as offices write them (24/12/2021), whole
numbers without a decimal point: a workbook stores both as fractions.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from corpus.formats.package import check_package
from corpus.layout.plain_lines import clean, joined, row_lines
from corpus.limits import Limits
from corpus.notices import refused
from corpus.source_text import SourceText


def read_sheet(data: bytes, name: str, sha256: str, limits: Limits, kind: str) -> SourceText:
    """The text of a workbook; where it has several sheets the name of each stands above it. Raises ``Refused``."""
    if data.startswith(b"PK"):
        check_package(data, limits)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            filled = [(sheet, lines) for sheet in workbook.sheet_names if (lines := list(_lines(workbook, sheet)))]
    except PasswordError:
        raise refused("encrypted") from None
    except CalamineError:
        raise refused("damaged_document") from None
    if not filled:
        raise refused("no_text")
    lines = filled[0][1]
    if len(filled) > 1:
        lines = [line for sheet, rows in filled for line in (clean(sheet), "", *rows, "")]
    return SourceText(name, joined(lines), kind, sha256)


def _lines(workbook: CalamineWorkbook, sheet: str) -> Iterator[str]:
    for row in workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=True):
        yield from sheet_lines(_shown(value) for value in row)


def sheet_lines(cells: Iterable[str]) -> list[str]:
    """The lines of one row of a sheet; the empty row behind the last one filled is left to ``joined``."""
    return row_lines([[line for part in cell.splitlines() if (line := clean(part))] for cell in cells])


def _shown(value: object) -> str:
    """A cell as an office would print it."""
    if isinstance(value, datetime.datetime):
        return f"{value:%d/%m/%Y}" if value.time() == datetime.time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, datetime.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
