"""Registers as offices keep them: files of every kind and encoding, heads in many words, dates in every form."""

from __future__ import annotations

import csv
import datetime
import gzip
import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt

from corpus.errors import Refused
from corpus.rows import read_rows
from indexer.build.registers import source_of
from kb.errors import RegisterError
from kb.knowledge.registers.cells import date_of, is_month_first, numbers_in
from kb.knowledge.registers.columns import Columns, columns_of
from kb.knowledge.registers.row_reader import Read, Remark, raw_rows, read_row

HEADS = ("STT", "Số, ký hiệu", "Ngày ban hành", "Cơ quan ban hành", "Trích yếu")
ROWS = (
    ("1", "2395/QĐ-UBND", "24/12/2021", "UBND tỉnh Ninh Thuận", "Phê duyệt Kế hoạch chuyển đổi số"),
    ("2", "18/2022/QĐ-UBND", "05/03/2022", "UBND tỉnh Ninh Thuận", "Quy định về quản lý rừng; đất đai"),
)
WHOLE = [
    ("2395/QĐ-UBND", "2021-12-24", "Ninh Thuận", "Phê duyệt Kế hoạch chuyển đổi số"),
    ("18/2022/QĐ-UBND", "2022-03-05", "Ninh Thuận", "Quy định về quản lý rừng; đất đai"),
]


def told(columns: Columns, rows: Any, province: str | None = None, first: int = 1) -> list[Read | Remark]:
    return [read_row(raw, "sổ", province) for raw in raw_rows(rows(), columns, first=first, province=province)]


def of_file(path: Path) -> list[tuple[Any, ...]]:
    source, _ = source_of(path)
    read = told(source.columns, source.rows, first=source.first)
    fields = ("number", "date", "province", "title")
    return [tuple(one.values[field] for field in fields) if isinstance(one, Read) else one for one in read]


def of_rows(*rows: Sequence[Any], province: str | None = None, **chosen: str) -> list[Read | Remark]:
    columns = columns_of(lambda: iter(rows), chosen)
    return told(columns, lambda: iter(rows), province)


def as_csv(delimiter: str = ",", above: str = "") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([HEADS, *ROWS])
    return above + out.getvalue()


def tcvn3(text: str) -> bytes:
    from corpus.bytes.legacy_fonts import _FROM_TCVN3

    back = {letter: chr(code) for code, letter in _FROM_TCVN3.items()}
    return "".join(back.get(letter, letter) for letter in text).encode("windows-1252")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encode",
    [
        pytest.param(lambda text: text.encode(), id="utf-8"),
        pytest.param(lambda text: text.encode("utf-8-sig"), id="utf-8 with mark"),
        pytest.param(lambda text: text.encode("utf-16"), id="utf-16"),
        pytest.param(lambda text: text.encode("utf-16-le"), id="utf-16 without mark"),
        pytest.param(tcvn3, id="tcvn3"),
    ],
)
def test_a_table_in_any_delimiter_and_encoding(tmp_path: Path, delimiter: str, encode: Any) -> None:
    path = tmp_path / "so.csv"
    path.write_bytes(encode(as_csv(delimiter)))
    assert of_file(path) == WHOLE


def test_windows_1258(tmp_path: Path) -> None:
    import unicodedata

    def decomposed(letter: str) -> str:
        try:
            letter.encode("windows-1258")
            return letter
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            marks = [mark for mark in parts[1:] if mark in "\u0300\u0301\u0303\u0309\u0323"]
            return unicodedata.normalize("NFC", "".join(x for x in parts if x not in marks)) + "".join(marks)

    path = tmp_path / "so.csv"
    path.write_bytes("".join(map(decomposed, as_csv())).encode("windows-1258"))
    assert of_file(path) == WHOLE


def test_excels_own_note_on_the_delimiter_and_a_title_above_the_head(tmp_path: Path) -> None:
    path = tmp_path / "so.csv"
    path.write_text(as_csv(";", "sep=;\n"), encoding="utf-8")
    assert of_file(path) == WHOLE
    path.write_text(as_csv(";", "DANH MỤC VĂN BẢN CÒN HIỆU LỰC;;;;\n(Kèm theo Tờ trình);;;;\n"), encoding="utf-8")
    assert of_file(path) == WHOLE


def test_a_workbook_keeps_its_dates_and_finds_its_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Ghi chú chung"])
    sheet = book.create_sheet("Danh mục")
    sheet.append(["DANH MỤC VĂN BẢN"])
    sheet.append(HEADS)
    sheet.append([1, "2395/QĐ-UBND", datetime.datetime(2021, 12, 24), *ROWS[0][3:]])
    sheet.append([2, "18/2022/QĐ-UBND", 44625, *ROWS[1][3:]])
    path = tmp_path / "so.xlsx"
    book.save(path)
    assert of_file(path) == WHOLE
    source, table = source_of(path)
    assert (table.name, source.columns.begins) == ("Danh mục", 2)
    with pytest.raises(RegisterError, match="Sheet"):
        source_of(path, sheet="Phụ lục")


def test_a_sheet_of_excel_97_and_one_of_open_document(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sổ", cell_overwrite_ok=True)
    for at, row in enumerate([HEADS, *ROWS]):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
    sheet.write(1, 2, datetime.date(2021, 12, 24), xlwt.easyxf(num_format_str="dd/mm/yyyy"))
    book.save(str(tmp_path / "so.xls"))
    assert of_file(tmp_path / "so.xls") == WHOLE

    names = ("office", "table", "text")
    spaces = " ".join(f"xmlns:{one}='urn:oasis:names:tc:opendocument:xmlns:{one}:1.0'" for one in names)
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f"<table:table-cell office:value-type='string'><text:p>{cell}</text:p></table:table-cell>" for cell in row
        )
        + "</table:table-row>"
        for row in [HEADS, *ROWS]
    )
    with zipfile.ZipFile(tmp_path / "so.ods", "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        package.writestr("META-INF/manifest.xml", f"<m:manifest xmlns:m='{manifest}'/>")
        package.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name='Sổ'>{cells}"
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    assert of_file(tmp_path / "so.ods") == WHOLE


def test_json_lines_gzipped_with_fields_that_come_late(tmp_path: Path) -> None:
    lines = [
        {"so_ky_hieu": "2395/QĐ-UBND", "ngayBanHanh": "2021-12-24", "trich_yeu": ROWS[0][4], "co_quan": ROWS[0][3]},
        {"so_ky_hieu": "18/2022/QĐ-UBND", "ngayBanHanh": "2022-03-05T00:00:00", "trich_yeu": ROWS[1][4],
         "co_quan": ROWS[1][3], "amended_by": ["1/2023/QĐ-UBND", "2/2024/QĐ-UBND"]},
    ]  # fmt: skip
    path = tmp_path / "so.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()))
    assert of_file(path) == WHOLE
    source, _ = source_of(path)
    last = told(source.columns, source.rows, first=source.first)[1]
    assert isinstance(last, Read)
    assert (last.values["row"], last.values["amended_by"]) == (2, '["1/2023/QĐ-UBND","2/2024/QĐ-UBND"]')


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "empty"),
        ("a.pdf", b"%PDF-1.4 ...", "no_rows"),
        ("a.jsonl", b'{"so_hieu": "1/Q\xc4\x90-UBND"}\n[1, 2]\n', "no_json_line"),
        ("a.xlsx", b"PK\x03\x04 broken", "damaged_archive"),
        ("missing.csv", None, "missing"),
        ("a.csv.gz", b"\x1f\x8b broken", "damaged_document"),
    ],
)
def test_a_file_that_is_no_table_is_refused_by_name(
    tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Refused) as refusal:
        read_rows(path)
    assert (refusal.value.notice.code, Path(refusal.value.name).name) == (code, name)


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("24/12/2021", "2021-12-24"),
        ("4-3-21", "2021-03-04"),
        ("24.12.98", "1998-12-24"),
        ("2021-12-24", "2021-12-24"),
        ("2021/12/24", "2021-12-24"),
        ("2021-12-24T08:30:00+07:00", "2021-12-24"),
        ("24/12/2021 00:00:00", "2021-12-24"),
        ("ngày 05 tháng 3 năm 2021", "2021-03-05"),
        ("Hà Nội, ngày 5 tháng 3 năm 2021", "2021-03-05"),
        ("20211224", "2021-12-24"),
        ("44554", "2021-12-24"),
        (44554, "2021-12-24"),
        (44554.0, "2021-12-24"),
        (datetime.datetime(2021, 12, 24, 9, 30), "2021-12-24"),
        (datetime.date(2021, 12, 24), "2021-12-24"),
        ("tháng 3 năm 2021", "2021-03"),
        ("03/2021", "2021-03"),
        (2021, "2021"),
        ("năm 2021", "2021"),
        ("31/02/2021", None),
        ("24/13/2021", None),
        ("Từ ngày ký", None),
        ("", None),
        (None, None),
        ("12/2021/QĐ", "2021-12"),
    ],
)
def test_dates_in_all_forms(cell: Any, iso: str | None) -> None:
    assert date_of(cell) == iso


def test_a_column_written_month_first_is_read_so() -> None:
    assert is_month_first(["03/25/2021", "01/02/2021"]) and not is_month_first(["25/03/2021", "03/25/2021"])
    rows = [("Số hiệu", "Ngày ban hành"), ("1/QĐ-BTC", "03/25/2021"), ("2/QĐ-BTC", "01/02/2021")]
    assert [one.values["date"] for one in of_rows(*rows) if isinstance(one, Read)] == ["2021-03-25", "2021-01-02"]


def test_numbers_in_a_cell() -> None:
    assert numbers_in("34/2023/NĐ-CP; 12/2024/NĐ-CP, 34/2023/NĐ-CP") == ("34/2023/NĐ-CP", "12/2024/NĐ-CP")
    assert numbers_in("Được thay thế bằng Quyết định số 12/2020/QĐ-UBND ngày 05/3/2020") == ("12/2020/QĐ-UBND",)
    assert numbers_in("Không còn đối tượng điều chỉnh") == ()


def one(*row: Any, heads: Sequence[str], province: str | None = None) -> dict[str, Any]:
    read = of_rows(heads, row, province=province)[0]
    assert isinstance(read, Read), read
    return read.values


def test_the_official_form_of_a_list_of_lapsed_documents() -> None:
    """Nghị định 34/2016/NĐ-CP, Phụ lục IV: one column for number and date, section headings between the rows."""
    heads = (
        "STT", "Tên loại văn bản", "Số, ký hiệu; ngày, tháng, năm ban hành văn bản",
        "Tên gọi của văn bản/Trích yếu nội dung văn bản", "Lý do hết hiệu lực, ngưng hiệu lực", "Ngày hết hiệu lực",
    )  # fmt: skip
    read = of_rows(
        ("DANH MỤC VĂN BẢN HẾT HIỆU LỰC TOÀN BỘ",),
        heads,
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
        ("I", "LĨNH VỰC ĐẤT ĐAI"),
        ("1", "Quyết định", "15/2012/QĐ-UBND ngày 05/3/2012", "Về giá đất",
         "Được thay thế bằng Quyết định số 12/2020/QĐ-UBND ngày 05/3/2020", "20/3/2020"),
        heads,
        ("2", "Chỉ thị", "03/2013/CT-UBND 12/4/2013", "Về tăng cường quản lý", "Không còn phù hợp", "Từ ngày ký"),
        ("Tổng số: 02 văn bản",),
        province="Ninh Thuận",
    )  # fmt: skip
    first, second = (found.values for found in read if isinstance(found, Read))
    assert len(read) == 2
    assert (first["number"], first["date"], first["type"]) == ("15/2012/QĐ-UBND", "2012-03-05", "quyet-dinh-ubnd")
    assert (first["effect_to"], first["replaced_by"]) == ("2020-03-20", '["12/2020/QĐ-UBND"]')
    assert (first["subject"], first["province"]) == ("LĨNH VỰC ĐẤT ĐAI", "Ninh Thuận")
    assert (second["date"], second["effect_to"], second["row"]) == ("2013-04-12", None, 7)
    assert [remark.code for found in read if isinstance(found, Read) for remark in found.remarks] == ["date_left_out"]


def test_one_column_tells_it_all() -> None:
    heads = ("TT", "Số, ký hiệu, ngày ban hành, tên gọi của văn bản")
    found = one(
        "1", "Nghị định số 24/2014/NĐ-CP ngày 04/4/2014 của Chính phủ quy định tổ chức các cơ quan", heads=heads
    )
    assert (found["number"], found["date"], found["body"]) == ("24/2014/NĐ-CP", "2014-04-04", "CP")


def test_a_head_of_two_rows() -> None:
    rows = [
        ("Văn bản", "", "Ngày", "", "Ghi chú"),
        ("Số hiệu", "Trích yếu", "ban hành", "có hiệu lực", ""),
        ("24/2014/NĐ-CP", "Quy định tổ chức", "04/04/2014", "20/05/2014", ""),
    ]
    columns = columns_of(lambda: iter(rows))
    assert columns.begins == 2
    assert columns.by_field == {
        "number": 0, "title": 1, "date": 2, "effect_from": 3,
    }  # fmt: skip


def test_number_and_code_apart() -> None:
    found = one(2395, "QĐ-UBND", "24/12/2021", heads=("Số", "Ký hiệu", "Ngày ký"), province="Ninh Thuận")
    assert (found["number"], found["key"]) == ("2395/QĐ-UBND", "ninh-thuan//ubnd/qd/2395")


@pytest.mark.parametrize(
    ("row", "number", "key", "series"),
    [
        (("24/2018/QH14", "Luật", "12/06/2018", "Quốc hội"), "24/2018/QH14", "tw//qh/qh14/24", "2018"),
        (("57-NQ/TW", "Nghị quyết", "22/12/2024", "Bộ Chính trị"), "57-NQ/TW", "tw//tw/nq/57", "2024i"),
        (("1830 QĐ-UBND", "", "5/7/2019", "UBND tỉnh Bình Dương"), "1830/QĐ-UBND", "binh-duong//ubnd/qd/1830", None),
        (("5/NQ-HĐND", "Nghị quyết HĐND xã", "26/6/2026", "HĐND xã Chiềng Mai"), "5/NQ-HĐND",
         "son-la/xa-chieng-mai/hdnd/nq/05", None),
        (("73-CP", "Nghị định", "25/10/1995", "Chính phủ"), "73-CP", "tw//cp/cv/73", "1995i"),
        (("TCVN 7114:2008", "Tiêu chuẩn", "", ""), "TCVN 7114:2008", "tc///tc/tcvn-7114-2008", ""),
    ],
)  # fmt: skip
def test_rows_are_filed_as_citations_are(row: Sequence[str], number: str, key: str, series: str | None) -> None:
    heads = ("Số hiệu", "Loại văn bản", "Ngày ban hành", "Cơ quan ban hành")
    found = one(*row, heads=heads, province="Sơn La")
    assert (found["number"], found["key"], found["series"]) == (number, key, series)


def test_a_laws_title_begins_with_its_type() -> None:
    heads = ("Số hiệu", "Loại", "Tên")
    assert one("24/2018/QH14", "Luật", "An ninh mạng", heads=heads)["title"] == "Luật An ninh mạng"
    assert one("24/2018/QH14", "Luật", "Luật An ninh mạng", heads=heads)["title"] == "Luật An ninh mạng"
    assert one("13/2023/NĐ-CP", "Nghị định", "Bảo vệ dữ liệu", heads=heads)["title"] == "Bảo vệ dữ liệu"


def test_rows_are_refused_with_their_place_and_reason() -> None:
    read = of_rows(
        ("Số hiệu", "Ngày ban hành", "Trích yếu"),
        ("không số", "01/01/2020", "Về việc a"),
        ("", "01/01/2020", "Về việc b"),
        ("1/2020/NĐ-CP", "32/01/2020", "Về việc c"),
        ("2/2020/NĐ-CP", "", "Về việc d"),
    )
    assert [(found.row, found.code) for found in read if isinstance(found, Remark)] == [
        (2, "no_such_number"), (3, "no_number"), (4, "no_such_date"),
    ]  # fmt: skip
    assert sum(isinstance(found, Read) for found in read) == 1


@pytest.mark.parametrize(
    ("choice", "at"), [("Mã", 0), ("1", 0), ("a", 0), ("B", 1), ("2", 1), ("mã", 0)]
)  # fmt: skip
def test_a_column_is_chosen_by_head_number_or_letter(choice: str, at: int) -> None:
    rows = [("Mã", "Ngày ban hành"), ("1/2020/NĐ-CP", "01/01/2020")]
    assert columns_of(lambda: iter(rows), {"number": choice}, head=1).by_field["number"] == at


def test_columns_are_fixed_left_out_and_wanted() -> None:
    rows = [("Số hiệu", "Ngày ban hành", "Trích yếu"), ("1/2020/NĐ-CP", "01/01/2020", "Về a")]
    read = of_rows(*rows, status="=Hết hiệu lực toàn bộ", title="")[0]
    assert isinstance(read, Read)
    assert (read.values["status"], read.values["title"]) == ("lapsed", None)
    for chosen, words in (({"so": "1"}, "so"), ({"number": "Ký hiệu"}, "Ký hiệu"), ({"number": ""}, "Số hiệu")):
        with pytest.raises(RegisterError) as error:
            columns_of(lambda: iter(rows), chosen)
        assert words in error.value.vi and words in error.value.en
    bare = [("1/2020/NĐ-CP", "01/01/2020")]
    assert columns_of(lambda: iter(bare), {"number": "1", "date": "2"}, head=0).begins == 0
    with pytest.raises(RegisterError):
        columns_of(lambda: iter(bare))


@pytest.mark.parametrize(
    ("number", "type_word", "read"),
    [
        ("2395/QB-UBND", "Quyết định", ("2395/QĐ-UBND", "quyet-dinh-ubnd")),
        ("31/QH-UBND", "Quyết định", ("31/QĐ-UBND", "quyet-dinh-ubnd")),
        ("12/CT", "Chỉ thị", ("12/CT", "chi-thi")),
    ],
)
def test_the_type_column_helps_to_read_a_damaged_number(number: str, type_word: str, read: tuple[str, str]) -> None:
    heads = ("Số, ký hiệu", "Loại văn bản", "Ngày ban hành", "Cơ quan ban hành", "Trích yếu")
    (row,) = of_rows(heads, (number, type_word, "24/12/2021", "UBND tỉnh Ninh Thuận", "Về việc thử"))
    assert isinstance(row, Read) and (row.values["number"], row.values["type"]) == read
