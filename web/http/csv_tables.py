"""Tables for Excel: CSV as UTF-8 with BOM, safe to open."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from kb.answers.shapes import Edge, OfCitation, Resolved

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Row = TypeVar("Row")
Columns = tuple[tuple[str, Callable[[Row], Any]], ...]

EDGES: Columns[Edge] = (
    ("quan_he", lambda e: e.relation),
    ("van_ban_dan", lambda e: e.source and (e.source.number or e.source.id)),
    ("id_van_ban_dan", lambda e: e.source and e.source.id),
    ("van_ban_duoc_dan", lambda e: e.target and (e.target.number or e.target.id)),
    ("id_van_ban_duoc_dan", lambda e: e.target and e.target.id),
    ("ung_vien", lambda e: " ".join(e.candidates)),
    ("nguyen_van", lambda e: e.raw),
    ("so_hieu", lambda e: e.number),
    ("dieu_khoan", lambda e: e.pinpoint),
    ("cau", lambda e: e.sentence),
    ("tep", lambda e: e.file),
    ("dong", lambda e: e.line),
    ("do_tin_cay", lambda e: e.confidence),
)
"""Citations of or to a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCitation(OfCitation):
    """A citation of a text that was sent, and the document it means."""

    resolved: Resolved

    def to_json(self) -> dict[str, Any]:
        return {**self.cited, "resolved": self.resolved.to_json()}


CHECKED: Columns[CheckedCitation] = (
    ("nguyen_van", lambda c: c.text),
    ("so_hieu", lambda c: c.number),
    ("ngay", lambda c: c.date),
    ("co_quan", lambda c: c.body),
    ("tinh", lambda c: c.province),
    ("quan_he", lambda c: c.relation),
    ("ket_qua", lambda c: c.resolved.status),
    ("van_ban", lambda c: c.resolved.document and c.resolved.document.office_citation),
    ("id", lambda c: c.resolved.document and c.resolved.document.id),
    ("ung_vien", lambda c: " ".join(one.id for one in c.resolved.candidates)),
    ("dong", lambda c: c.line),
    ("do_tin_cay", lambda c: c.confidence),
)
"""Citations of a pasted text."""


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
