"""Tables for Excel: CSV as UTF-8 with BOM, safe to open."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from kb.answers.shapes import OfCitation, Resolved

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Row = TypeVar("Row")
Columns = tuple[tuple[str, Callable[[Row], Any]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCitation(OfCitation):
    """A citation of a text that was sent, and the document it means."""

    resolved: Resolved

    def to_json(self) -> dict[str, Any]:
        return {**self.cited, "resolved": self.resolved.to_json()}


def spreadsheet(rows: Iterable[Row], columns: Columns[Row]) -> bytes:
    """CSV with a heading row. A cell that Excel would run as a formula is kept as words by a leading apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([name for name, _ in columns])
    for row in rows:
        writer.writerow([_cell(get(row)) for _, get in columns])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> str:
    words = "" if value is None else " ".join(str(value).split())
    return "'" + words if words.startswith(_FORMULA) else words
