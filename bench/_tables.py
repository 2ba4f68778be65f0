"""One table of documents written in every format that has tables, as departments keep them.

The rows are drawn from a seed: numbers with and without a date of their own, legal bases, remarks that tell what
became of a document.
"""

from __future__ import annotations

import csv
import html
import io
import random
from collections.abc import Callable, Sequence
from pathlib import Path

from bench._printing import face

HEADS = ("STT", "Số, ký hiệu", "Ngày ban hành", "Cơ quan ban hành", "Trích yếu", "Căn cứ pháp lý", "Ghi chú")
_WIDTHS = (5, 13, 12, 13, 24, 22, 18)
_TITLES = (
    "Ban hành Quy chế tiếp công dân, xử lý đơn của cơ quan",
    "Phê duyệt Kế hoạch cải cách hành chính của tỉnh giai đoạn 2021 - 2025",
    "Quy định mức thu phí thẩm định hồ sơ cấp phép trên địa bàn tỉnh",
)
_REMARKS = (
    "",
    "",
    "Còn hiệu lực",
    "Được thay thế bởi Quyết định số {n}/QĐ-UBND ngày 05/3/2022",
    "Sửa đổi, bổ sung Quyết định số {n}/QĐ-UBND ngày 12/10/2019",
    "Thực hiện Nghị quyết số {n}/NQ-HĐND",
)


def rows(count: int, seed: int = 30) -> list[tuple[str, ...]]:
    """The head and ``count`` rows."""
    chance = random.Random(seed)
    made: list[tuple[str, ...]] = [HEADS]
    for n in range(1, count + 1):
        day = f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/{chance.randint(2016, 2021)}"
        code, organ = chance.choice((("QĐ-UBND", "UBND tỉnh"), ("KH-UBND", "UBND tỉnh"), ("NQ-HĐND", "HĐND tỉnh")))
        basis = chance.choice(
            ("", f"Nghị định số {n % 150 + 1}/{chance.randint(2014, 2020)}/NĐ-CP", "Luật Đất đai năm 2013")
        )
        remark = chance.choice(_REMARKS).format(n=1000 + n)
        made.append((str(n), f"{n}/{code}", day, organ, chance.choice(_TITLES), basis, remark))
    return made


def _xlsx(path: Path, table: Sequence[Sequence[str]]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Danh mục")
    for row in table:
        sheet.append(row)
    book.save(path)


def _csv(path: Path, table: Sequence[Sequence[str]]) -> None:
    held = io.StringIO()
    csv.writer(held, delimiter=";").writerows(table)
    path.write_text(held.getvalue(), encoding="utf-8")


def _docx(path: Path, table: Sequence[Sequence[str]]) -> None:
    from docx import Document

    document = Document()
    made = document.add_table(rows=len(table), cols=len(table[0]))
    cells = made._cells  # asked once: python-docx counts all cells anew for each row
    for n, words in enumerate(word for row in table for word in row):
        cells[n].text = words
    document.save(str(path))


def _html(path: Path, table: Sequence[Sequence[str]]) -> None:
    written = "".join(
        "<tr>" + "".join(f"<td><p>{html.escape(cell)}</p></td>" for cell in row) + "</tr>" for row in table
    )
    path.write_text(f"<html><body><table>{written}</table></body></html>", encoding="utf-8")


def _markdown(path: Path, table: Sequence[Sequence[str]]) -> None:
    lines = ["| " + " | ".join(row) + " |" for row in table]
    path.write_text("\n".join([lines[0], "|---" * len(table[0]) + "|", *lines[1:]]) + "\n", encoding="utf-8")


def _pdf(path: Path, table: Sequence[Sequence[str]]) -> None:
    """With drawn rules; the head stands again on every page. Raises ``FileNotFoundError`` without a fitting font."""
    from fpdf import FPDF

    document = FPDF(orientation="landscape")
    document.add_font("serif", fname=face().path)
    document.add_font("serif", "B", fname=face(bold=True).path)
    document.set_font("serif", size=10)
    document.add_page()
    with document.table(col_widths=_WIDTHS[: len(table[0])]) as made:
        for row in table:
            held = made.row()
            for cell in row:
                held.cell(cell)
    document.output(str(path))


MAKERS: dict[str, Callable[[Path, Sequence[Sequence[str]]], None]] = {
    "so.xlsx": _xlsx,
    "so.csv": _csv,
    "so.docx": _docx,
    "so.html": _html,
    "so.md": _markdown,
    "so.pdf": _pdf,
}
"""What writes a table, by the name of its file."""
