"""What tables say of the citations in their cells, from every format that has tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from corpus.read import read_path
from corpus.structure.guess import structured
from kb.model import Citation, Hints
from kb.reading import read

Row = tuple[str, ...]


def in_markdown(text: str) -> tuple[Citation, ...]:
    return read(text, Hints(blocks=structured(text, wrapped=True, markdown=True))).citations


def table(*rows: Row) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]) + "\n"


def told(citations: tuple[Citation, ...]) -> list[tuple[str | None, str | None, str]]:
    return [(one.number, one.date, one.relation) for one in citations]


REMARK = table(
    ("STT", "Số, ký hiệu", "Ghi chú"),
    ("1", "Quyết định số 10/QĐ-UBND", "hoàn trả hồ sơ do có căn cứ pháp lý mới"),
    ("2", "Quyết định số 11/QĐ-UBND", ""),
    ("3", "Quyết định số 12/QĐ-UBND", ""),
)


def test_a_remark_in_one_cell_says_nothing_of_the_rows_below() -> None:
    assert [one.relation for one in read(REMARK).citations] == ["cites"] * 3, "a remark is no column's head"
    assert [one.relation for one in in_markdown(REMARK)] == ["cites"] * 3
    assert all(one.cue is None for one in in_markdown(REMARK))


def test_words_above_a_table_still_govern_it() -> None:
    text = "Căn cứ:\n\n" + table(("STT", "Số, ký hiệu"), ("1", "Quyết định số 10/QĐ-UBND"))
    assert [one.relation for one in in_markdown(text)] == [one.relation for one in read(text).citations]


def test_a_cue_in_the_citations_own_cell_counts() -> None:
    text = table(
        ("STT", "Nội dung"), ("1", "Thực hiện Quyết định số 10/QĐ-UBND ngày 24/12/2021 của UBND tỉnh Ninh Thuận")
    )
    assert told(in_markdown(text)) == [("10/QĐ-UBND", "2021-12-24", "implements")]


def test_a_column_of_legal_bases_holds_bases() -> None:
    text = table(
        ("STT", "Nhiệm vụ", "Căn cứ pháp lý", "Ghi chú"),
        ("1", "Rà soát", "Nghị định số 107/2020/NĐ-CP", "xem Công văn số 5/SNV-CCHC"),
    )
    assert told(in_markdown(text)) == [
        ("107/2020/NĐ-CP", None, "based_on"),
        ("5/SNV-CCHC", None, "cites"),
    ]


@pytest.mark.parametrize(
    ("number", "date", "expected"),
    [
        ("2395/QĐ-UBND", "24/12/2021", "2021-12-24"),
        ("Quyết định số 2395/QĐ-UBND", "ngày 24 tháng 12 năm 2021", "2021-12-24"),
        ("2395/QĐ-UBND", "", None),
        ("2395/QĐ-UBND", "45/13/2021", None),
        ("2395/QĐ-UBND", "24/12/2021; sửa đổi 01/02/2022", None),
        ("2395/QĐ-UBND; 2396/QĐ-UBND", "24/12/2021", None),
        ("2395/QĐ-UBND ngày 01/01/2020", "24/12/2021", "2020-01-01"),
    ],
)
def test_the_row_dates_its_number(number: str, date: str, expected: str | None) -> None:
    text = table(("STT", "Số, ký hiệu", "Ngày ban hành"), ("1", number, date))
    assert in_markdown(text)[0].date == expected


def test_a_date_in_another_column_is_no_date_of_the_document() -> None:
    text = table(("Số, ký hiệu", "Ngày hoàn thành"), ("2395/QĐ-UBND", "24/12/2021"))
    assert [one.date for one in in_markdown(text)] == [None]


SHEET: list[Row] = [("STT", "Số, ký hiệu", "Ngày ban hành", "Trích yếu", "Ghi chú")] + [
    (
        str(n),
        f"{n}/QĐ-UBND",
        f"{n % 27 + 1:02}/{n % 11 + 1:02}/2021",
        f"Về việc phân công nhiệm vụ {n}",
        "thực hiện theo căn cứ mới" if n == 5 else "",
    )
    for n in range(1, 301)
]


def _xlsx(path: Path) -> None:
    book = Workbook()
    for row in SHEET:
        book.active.append(row)
    book.save(path)


def _csv(path: Path) -> None:
    held = io.StringIO()
    csv.writer(held).writerows(SHEET)
    path.write_text(held.getvalue(), encoding="utf-8-sig")


def _docx(path: Path) -> None:
    document = Document()
    made = document.add_table(rows=0, cols=len(SHEET[0]))
    for row in SHEET:
        for cell, words in zip(made.add_row().cells, row, strict=True):
            cell.text = words
    document.save(str(path))


def _html(path: Path) -> None:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in SHEET)
    path.write_text(f"<html><body><table>{rows}</table></body></html>", encoding="utf-8")


def _markdown(path: Path) -> None:
    path.write_text(table(*SHEET), encoding="utf-8")


MAKERS: dict[str, Callable[[Path], None]] = {
    "so.xlsx": _xlsx,
    "so.csv": _csv,
    "so.docx": _docx,
    "so.html": _html,
    "so.md": _markdown,
}


@pytest.mark.parametrize("name", MAKERS)
def test_a_sheet_of_300_rows_reads_alike_in_every_format(name: str, tmp_path: Path) -> None:
    MAKERS[name](tmp_path / name)
    (source,) = read_path(tmp_path / name)
    citations = read(source.text, Hints(blocks=source.blocks)).citations
    days = [f"2021-{row[2][3:5]}-{row[2][:2]}" for row in SHEET[1:]]
    assert told(citations) == [(row[1], day, "cites") for row, day in zip(SHEET[1:], days, strict=True)]
