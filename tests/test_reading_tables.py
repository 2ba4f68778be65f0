"""What tables say of the citations in their cells, from every format that has tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from bench._tables import MAKERS, rows
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


def written(name: str, kept: Sequence[Row], path: Path) -> None:
    try:
        MAKERS[name](path, kept)
    except FileNotFoundError as error:
        pytest.skip(str(error))


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


def test_the_name_of_one_column_says_nothing_of_the_others() -> None:
    text = table(
        ("STT", "Số, ký hiệu", "Căn cứ pháp lý", "Ghi chú"),
        ("1", "10/QĐ-UBND", "Nghị định số 30/2020/NĐ-CP", ""),
        ("2", "11/KH-UBND", "", "Xem Quyết định số 12/QĐ-UBND"),
    )
    assert [(one.number, one.relation) for one in in_markdown(text)] == [
        ("10/QĐ-UBND", "cites"),
        ("30/2020/NĐ-CP", "based_on"),
        ("11/KH-UBND", "cites"),
        ("12/QĐ-UBND", "cites"),
    ]


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


@pytest.mark.parametrize("name", MAKERS)
def test_a_sheet_of_300_rows_reads_alike_in_every_format(name: str, tmp_path: Path) -> None:
    written(name, SHEET, tmp_path / name)
    (source,) = read_path(tmp_path / name)
    citations = read(source.text, Hints(blocks=source.blocks)).citations
    days = [f"2021-{row[2][3:5]}-{row[2][:2]}" for row in SHEET[1:]]
    assert told(citations) == [(row[1], day, "cites") for row, day in zip(SHEET[1:], days, strict=True)]


@pytest.mark.parametrize("name", [name for name in MAKERS if name != "so.csv"])
def test_a_list_of_legal_bases_over_several_pages_is_one_table(name: str, tmp_path: Path) -> None:
    """Bases, dates and remarks as departments keep them; ``python -m bench tables`` has the full size."""
    kept = rows(60)
    found = []
    for one in ("so.csv", name):
        written(one, kept, tmp_path / one)
        (source,) = read_path(tmp_path / one)
        cited = read(source.text, Hints(blocks=source.blocks, page_starts=source.page_starts)).citations
        found.append([(*one, cited_.kind) for one, cited_ in zip(told(cited), cited, strict=True)])
    assert found[0] == found[1]
    bases = sum(bool(row[5]) for row in kept[1:])
    assert sum(relation == "based_on" for _, _, relation, _ in found[0]) == bases
    assert {number for number, *_ in found[0]} >= {row[1] for row in kept[1:]}


UNKNOWN = table(
    ("STT", "Số, ký hiệu", "Ngày ban hành", "Trích yếu"),
    ("1", "12/ABX-KLM", "3/4/2020", "Về việc A"),
    ("2", "**13/XYZQ**", "5/4/2020", "Về việc B"),
    ("3", "14/QĐ-UBND", "5/4/2020", "Về việc C"),
    ("4", "15/17 hộ", "5/4/2020", "Về việc D"),
    ("5", "không có", "", "Công văn"),
)


def test_a_head_vouches_for_a_code_seen_nowhere_else() -> None:
    assert [(one.number, one.date) for one in in_markdown(UNKNOWN)] == [
        ("12/ABX-KLM", "2020-04-03"),
        ("13/XYZQ", "2020-04-05"),
        ("14/QĐ-UBND", "2020-04-05"),
    ]
    assert [one.number for one in read(UNKNOWN).citations] == ["14/QĐ-UBND"], "without cells nothing vouches"


# rows of a sheet → [(number, date, province)]
LAYOUTS: list[tuple[str, list[Row], list[tuple[str | None, str | None, str | None]]]] = [
    (
        "number and day in one cell",
        [
            ("TT", "Số, ký hiệu; ngày, tháng, năm ban hành", "Trích yếu"),
            ("1", "15/2020/TT-BTC\n06/03/2020", "A"),
            ("2", "12/CT-TTg, 21/4/2021", "B"),
        ],
        [("15/2020/TT-BTC", "2020-03-06", None), ("12/CT-TTg", "2021-04-21", None)],
    ),
    (
        "number split over two columns",
        [
            ("Số", "Ký hiệu", "Ngày ký", "Cơ quan"),
            ("2395", "QĐ-UBND", "24/12/2021", "UBND tỉnh Nghệ An"),
            ("45", "KH-UBND", "07/03/2020", "UBND tỉnh Hà Tĩnh"),
            ("15", "2020/TT-BTC", "06/03/2020", "Bộ Tài chính"),
        ],
        [
            ("2395/QĐ-UBND", "2021-12-24", "Nghệ An"),
            ("45/KH-UBND", "2020-03-07", "Hà Tĩnh"),
            ("15/2020/TT-BTC", "2020-03-06", None),
        ],
    ),
    (
        "days of a database",
        [("Số hiệu", "Ngày ban hành"), ("1/QĐ-BTC", "2021-12-24"), ("2/QĐ-BTC", "2021-12-25T00:00:00")],
        [("1/QĐ-BTC", "2021-12-24", None), ("2/QĐ-BTC", "2021-12-25", None)],
    ),
    (
        "English heads, month first",
        [("Number", "Date", "Title"), ("1/QĐ-BTC", "12/24/2021", "A"), ("2/QĐ-BTC", "3/6/2020", "B")],
        [("1/QĐ-BTC", "2021-12-24", None), ("2/QĐ-BTC", "2020-03-06", None)],
    ),
    (
        "short days of a sheet",
        [("Số hiệu", "Ngày"), ("1/QĐ-BTC", "24/12/21"), ("2/QĐ-BTC", "6-Mar-20"), ("3/QĐ-BTC", "03/2020")],
        [("1/QĐ-BTC", "2021-12-24", None), ("2/QĐ-BTC", "2020-03-06", None), ("3/QĐ-BTC", "2020-03", None)],
    ),
    (
        "no heads",
        [("1", "1/QĐ-BTC", "24/12/2021", "A"), ("2", "15/2020/TT-BTC", "06/03/2020", "B")],
        [("1/QĐ-BTC", "2021-12-24", None), ("15/2020/TT-BTC", "2020-03-06", None)],
    ),
    (
        "number in the title",
        [
            ("Tên văn bản", "Ngày ban hành", "Ngày hiệu lực"),
            ("Thông tư 15/2020/TT-BTC hướng dẫn", "06/03/2020", "20/04/2020"),
            ("Quyết định 2/QĐ-BTC năm 2021 sửa đổi Quyết định 1/QĐ-BTC", "24/12/2021", "24/12/2021"),
        ],
        [("15/2020/TT-BTC", "2020-03-06", None), ("2/QĐ-BTC", "2021-12-24", None), ("1/QĐ-BTC", None, None)],
    ),
    (
        "a code seen nowhere else, alone under its head",
        [("Số hiệu", "Ngày ban hành"), ("12/QYZ-ABC", "24/12/2021"), ("15A", "25/12/2021")],
        [("12/QYZ-ABC", "2021-12-24", None)],
    ),
    (
        "bare ordinals whose code the name of the sheet gives",
        [
            ("QUYẾT ĐỊNH CỦA UBND PHƯỜNG (…/QĐ-UBND)", "", ""),
            ("Số", "Ngày", "Nội dung"),
            ("101", "02/01/2023", "Cấp phép"),
            ("102", "03/01/2023", "Thu hồi"),
        ],
        [("101/QĐ-UBND", "2023-01-02", None), ("102/QĐ-UBND", "2023-01-03", None)],
    ),
    (
        "bare ordinals whose code their head gives",
        [("STT", "Số (.../KH-BTC)", "Ngày ký"), ("1", "7", "02/01/2023"), ("2", "8", "03/01/2023")],
        [("7/KH-BTC", "2023-01-02", None), ("8/KH-BTC", "2023-01-03", None)],
    ),
    (
        "short heads",
        [("Số/Ký hiệu VB", "Ngày BH", "Nơi gửi"), ("12/QYZ-ABC", "12/10/2023", "A"), ("3/ZYQ-AB", "13/10/2023", "B")],
        [("12/QYZ-ABC", "2023-10-12", None), ("3/ZYQ-AB", "2023-10-13", None)],
    ),
    (
        "a column of numbers under a name that says nothing",
        [
            ("TT", "Tài liệu kèm", "Ngày ban hành"),
            ("1", "1/QĐ-BTC", "24/12/2021"),
            ("2", "9/QYZ-ABC", "14.06.2021"),
            ("3", "2/QĐ-BTC", "25/12/2021"),
        ],
        [("1/QĐ-BTC", "2021-12-24", None), ("9/QYZ-ABC", "2021-06-14", None), ("2/QĐ-BTC", "2021-12-25", None)],
    ),
    (
        "a column of years",
        [("Năm", "Số VB", "Tên văn bản"), ("2018", "14/QĐ-BTC", "A"), ("2019", "88/TB-BTC", "B")],
        [("14/QĐ-BTC", "2018", None), ("88/TB-BTC", "2019", None)],
    ),
    (
        "days that are none of the documents",
        [("Số văn bản", "Ngày đến", "Trích yếu"), ("1/QĐ-BTC", "24/12/2021", "A"), ("2/QĐ-BTC", "25/12/2021", "B")],
        [("1/QĐ-BTC", None, None), ("2/QĐ-BTC", None, None)],
    ),
    (
        "no heads and two columns of days",
        [("1/QĐ-BTC", "24/12/2021", "25/12/2021"), ("2/QĐ-BTC", "24/12/2021", "26/12/2021")],
        [("1/QĐ-BTC", None, None), ("2/QĐ-BTC", None, None)],
    ),
]


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
@pytest.mark.parametrize(("rows", "expected"), [case[1:] for case in LAYOUTS], ids=[case[0] for case in LAYOUTS])
def test_layouts_of_sheets(
    rows: list[Row], expected: list[tuple[str | None, str | None, str | None]], format_: str, tmp_path: Path
) -> None:
    path = tmp_path / f"so.{format_}"
    if format_ == "csv":
        held = io.StringIO()
        csv.writer(held, delimiter=";").writerows(rows)
        path.write_text(held.getvalue(), encoding="utf-8")
    else:
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    (source,) = read_path(path)
    citations = read(source.text, Hints(blocks=source.blocks)).citations
    assert [(c.number, c.date, c.province) for c in citations if c.kind == "number"] == expected


def test_the_title_is_that_of_the_row_and_ends_with_its_cell() -> None:
    rows = table(
        ("Tên văn bản", "Số, ký hiệu", "Ghi chú"),
        ("Phê duyệt kế hoạch", "2395/QĐ-UBND", "Thay thế Quyết định số 12/QĐ-UBND về kế hoạch"),
    )
    assert [one.title for one in in_markdown(rows)] == ["Phê duyệt kế hoạch", "về kế hoạch"]
