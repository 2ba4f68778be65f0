"""Formats of office programs: each file made by another library than reads it, or byte by byte."""

from __future__ import annotations

import datetime
import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import Workbook
from pptx import Presentation
from pptx.util import Inches

from corpus.errors import Refused
from corpus.read import read_path
from corpus.source_text import SourceText
from kb.reading import read

HEAD = ("STT", "Số, ký hiệu", "Ngày ban hành", "Trích yếu")
ROWS = (
    ("1", "2395/QĐ-UBND", datetime.date(2021, 12, 24), "Kế hoạch cải cách hành chính"),
    ("2", "107/2020/NĐ-CP", datetime.date(2020, 9, 14), "Sửa đổi Nghị định số 24/2014/NĐ-CP"),
)
LINES = [
    "STT | Số, ký hiệu | Ngày ban hành | Trích yếu",
    "1 | 2395/QĐ-UBND | 24/12/2021 | Kế hoạch cải cách hành chính",
    "2 | 107/2020/NĐ-CP | 14/09/2020 | Sửa đổi Nghị định số 24/2014/NĐ-CP",
]
SENTENCE = "Căn cứ Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của UBND tỉnh Ninh Thuận"


def only(path: Path) -> SourceText:
    (source,) = read_path(path)
    return source


def printed(cell: object) -> str:
    return f"{cell:%d/%m/%Y}" if isinstance(cell, datetime.date) else str(cell)


def xlsx(path: Path, sheets: dict[str, tuple[tuple[object, ...], ...]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def odf(path: Path, mimetype: str, content: str) -> Path:
    names = "xmlns:{0}='urn:oasis:names:tc:opendocument:xmlns:{0}:1.0'"
    spaces = " ".join(names.format(name) for name in ("office", "text", "table"))
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", mimetype)
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        package.writestr("META-INF/manifest.xml", f"<m:manifest xmlns:m='{manifest}'/>")
        package.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body>{content}</office:body></office:document-content>",
        )
    return path


def test_a_workbook_gives_its_rows_with_dates_as_offices_write_them(tmp_path: Path) -> None:
    source = only(xlsx(tmp_path / "so.xlsx", {"Sổ": (HEAD, *ROWS)}))
    assert source.format == "xlsx"
    assert source.text.splitlines() == LINES


def test_a_workbook_of_several_sheets_names_each_and_leaves_out_empty_ones(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "so.xlsx", {"Năm 2021": (ROWS[0],), "Trống": (), "Năm 2020": (ROWS[1],)})
    assert only(path).text.splitlines() == ["Năm 2021", "", LINES[1], "", "Năm 2020", "", LINES[2]]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (2395, "2395"),
        (2395.0, "2395"),
        (0.5, "0.5"),
        (datetime.datetime(2021, 12, 24, 8, 30), "24/12/2021 08:30"),
        ("dòng 1\ndòng 2", "dòng 1\ndòng 2"),
    ],
)
def test_a_cell_is_printed_as_an_office_would(cell: object, expected: str, tmp_path: Path) -> None:
    assert only(xlsx(tmp_path / "x.xlsx", {"A": ((cell,),)})).text == expected + "\n"


def test_a_sheet_of_open_document_is_read_like_one_of_excel(tmp_path: Path) -> None:
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f"<table:table-cell office:value-type='string'><text:p>{printed(cell)}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in (HEAD, *ROWS)
    )
    path = odf(
        tmp_path / "so.ods",
        "application/vnd.oasis.opendocument.spreadsheet",
        f"<office:spreadsheet><table:table table:name='Sổ'>{rows}</table:table></office:spreadsheet>",
    )
    source = only(path)
    assert (source.format, source.text.splitlines()) == ("ods", LINES)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_delimited_tables_in_every_delimiter_and_encoding(delimiter: str, encoding: str, tmp_path: Path) -> None:
    import unicodedata

    rows = [[f'"{printed(cell)}"' for cell in row] for row in (HEAD, *ROWS)]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    if encoding == "cp1258":  # holds tone marks apart from their letters
        text = unicodedata.normalize("NFC", text)
        text = "".join(one if one.encode("cp1258", "ignore") else _apart(one) for one in text)
    path = tmp_path / ("so.tsv" if delimiter == "\t" else "so.csv")
    path.write_bytes(text.encode(encoding))
    assert only(path).text.splitlines() == LINES


def _apart(letter: str) -> str:
    """A letter of two marks with its tone mark apart, as windows-1258 stores it."""
    import unicodedata

    tones = "\u0300\u0301\u0303\u0309\u0323"
    whole = unicodedata.normalize("NFD", letter)
    tone = next(mark for mark in whole if mark in tones)
    return unicodedata.normalize("NFC", whole.replace(tone, "")) + tone


def test_a_quoted_cell_may_hold_the_delimiter_and_line_breaks(tmp_path: Path) -> None:
    path = tmp_path / "so.csv"
    path.write_text('sep=;\n"2395/QĐ-UBND";"về; việc\nthứ hai"\n', encoding="utf-8")
    assert only(path).text.splitlines() == ["2395/QĐ-UBND", "| về; việc", "thứ hai"]


def test_an_open_document_text_gives_paragraphs_tables_and_notes_but_nothing_deleted(tmp_path: Path) -> None:
    path = odf(
        tmp_path / "van-ban.odt",
        "application/vnd.oasis.opendocument.text",
        "<office:text><text:tracked-changes><text:changed-region><text:deletion><text:p>đã xoá</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:h>KẾ HOẠCH</text:h>"
        "<text:p>Căn cứ<text:s text:c='3'/>Quyết định số <text:span>2395/QĐ-UBND</text:span>"
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Đã hết hiệu lực.</text:p>"
        "</text:note-body></text:note> ngày 24/12/2021<text:line-break/>của UBND tỉnh</text:p>"
        "<text:list><text:list-item><text:p>- Sở Nội vụ</text:p></text:list-item></text:list>"
        "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Số</text:p></table:table-cell>"
        "<table:table-cell><text:p>Ngày</text:p></table:table-cell></table:table-row></table:table-header-rows></table:table>"
        "</office:text>",
    )
    source = only(path)
    assert source.format == "odt"
    assert source.text.splitlines() == [
        "KẾ HOẠCH",
        "Căn cứ Quyết định số 2395/QĐ-UBND ngày 24/12/2021",
        "của UBND tỉnh",
        "- Sở Nội vụ",
        "Số | Ngày",
        "[1] Đã hết hiệu lực.",
    ]
    (note,) = (block for block in source.blocks if block.kind == "note")
    assert note.anchor == source.text.index(" ngày 24/12/2021")


def test_slides_are_pages_with_their_tables_and_notes(tmp_path: Path) -> None:
    show = Presentation()
    for words in ("Trang một", "Trang hai"):
        slide = show.slides.add_slide(show.slide_layouts[6])
        slide.shapes.add_textbox(Inches(1), Inches(3), Inches(6), Inches(1)).text_frame.text = SENTENCE
        slide.shapes.add_textbox(Inches(1), Inches(1), Inches(6), Inches(1)).text_frame.text = words
        table = slide.shapes.add_table(1, 2, Inches(1), Inches(5), Inches(6), Inches(1)).table
        table.cell(0, 0).text, table.cell(0, 1).text = "Số", "Ngày"
        slide.notes_slide.notes_text_frame.text = "Lời nói"
    path = tmp_path / "trinh-chieu.pptx"
    show.save(path)
    source = only(path)
    assert [source.text[page.start : page.end].splitlines() for page in source.pages] == [
        [words, SENTENCE, "Số | Ngày", "Lời nói"] for words in ("Trang một", "Trang hai")
    ]


def rtf_words(text: str) -> str:
    return "".join(one if one.isascii() else f"\\u{ord(one)}?" for one in text)


@pytest.mark.parametrize("name", ["van-ban.rtf", "van-ban.doc"])
def test_rich_text_is_known_by_its_content_and_keeps_cells_apart(name: str, tmp_path: Path) -> None:
    cells = "".join(rtf_words(printed(cell)) + "\\cell " for cell in ROWS[0])
    path = tmp_path / name
    path.write_text("{\\rtf1\\ansi " + rtf_words(SENTENCE) + "\\par \\trowd " + cells + "\\row }", encoding="ascii")
    source = only(path)
    assert (source.format, source.text.splitlines()) == ("rtf", [SENTENCE, LINES[1]])


def letter(**parts: object) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@b.vn", "c@d.vn", "Gửi dự thảo kế hoạch"
    message.set_content("Kính gửi anh,\n" + SENTENCE, cte="base64")
    return message


def test_a_letter_gives_what_was_written_and_each_attachment(tmp_path: Path) -> None:
    message = letter()
    book = io.BytesIO()
    made = Workbook()
    made.active.append(["2395/QĐ-UBND"])
    made.save(book)
    message.add_attachment(book.getvalue(), maintype="application", subtype="octet-stream", filename="sổ.xlsx")
    message.add_attachment(SENTENCE.encode(), maintype="text", subtype="plain", filename="du-thao.txt")
    path = tmp_path / "thu.eml"
    path.write_bytes(bytes(message))
    read_ = list(read_path(path))
    assert [(source.name.rpartition("/")[2], source.format) for source in read_] == [
        ("thu.eml", "eml"),
        ("thu.eml!sổ.xlsx", "xlsx"),
        ("thu.eml!du-thao.txt", "txt"),
    ]
    assert read_[0].text.splitlines() == ["Gửi dự thảo kế hoạch", "", "Kính gửi anh,", SENTENCE]
    assert len({source.sha256 for source in read_}) == 3


def test_a_letter_written_only_as_a_page_is_read_from_it(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["Subject"], message["MIME-Version"] = "a@b.vn", "Thư", "1.0"
    message.set_content(f"<html><body><p>{SENTENCE}</p></body></html>", subtype="html")
    path = tmp_path / "thu.eml"
    path.write_bytes(bytes(message))
    assert only(path).text.splitlines() == ["Thư", "", SENTENCE]


def test_an_attachment_that_cannot_be_read_is_named_and_the_rest_is_there(tmp_path: Path) -> None:
    message = letter()
    message.add_attachment(b"Rar!\x1a\x07\x00", maintype="application", subtype="octet-stream", filename="goi.rar")
    path = tmp_path / "thu.eml"
    path.write_bytes(bytes(message))
    sources = read_path(path)
    assert next(sources).format == "eml"
    with pytest.raises(Refused) as told:
        next(sources)
    assert "goi.rar" in told.value.notice.vi and "1" in told.value.notice.vi


def test_a_text_that_begins_like_a_letter_is_still_a_text(tmp_path: Path) -> None:
    path = tmp_path / "ghi-chu.txt"
    path.write_text("Date: 24/12/2021\n" + SENTENCE + "\n", encoding="utf-8")
    assert only(path).format == "txt"


def turned_pdf(original: bytes, degrees: tuple[int, ...], drawn: bool) -> bytes:
    """The pages turned by their entry alone, or drawn sideways and turned upright by their entry."""
    document = pypdfium2.PdfDocument(original)
    for page, turn in zip(document, degrees, strict=False):
        if drawn:
            width, height = page.get_size()
            matrix = pypdfium2.PdfMatrix().rotate(turn, ccw=True)
            matrix = matrix.translate(*{0: (0, 0), 90: (height, 0), 180: (width, height), 270: (0, width)}[turn])
            for item in page.get_objects():
                item.transform(matrix)
            if turn % 180:
                page.set_mediabox(0, 0, height, width)
                page.set_cropbox(0, 0, height, width)
            page.gen_content()
        page.set_rotation(turn)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("drawn", [False, True])
@pytest.mark.parametrize("turns", [(0,), (90,), (180,), (270,)])
def test_pages_that_lie_on_their_side_are_read_from_their_own_layer(
    turns: tuple[int, ...], drawn: bool, samples: Path, tmp_path: Path
) -> None:
    for upright in sorted(samples.glob("*.pdf")):
        pages = len(pypdfium2.PdfDocument(upright.read_bytes()))
        path = tmp_path / upright.name
        path.write_bytes(turned_pdf(upright.read_bytes(), turns * pages, drawn))
        assert only(path).text == only(upright).text
        assert {page.how for page in only(path).pages} == {"text"}


def test_one_turned_page_among_others(tmp_path: Path, samples: Path) -> None:
    upright = min(samples.glob("*.pdf"))
    joined = pypdfium2.PdfDocument.new()
    for turn in (0, 90, 0):
        joined.import_pages(pypdfium2.PdfDocument(turned_pdf(upright.read_bytes(), (turn,) * 9, drawn=True)))
    saved = io.BytesIO()
    joined.save(saved)
    path = tmp_path / "ba.pdf"
    path.write_bytes(saved.getvalue())
    source = only(path)
    numbers = [citation.number for citation in read(source.text).citations]
    once = [citation.number for citation in read(only(upright).text).citations]
    assert once and all(numbers.count(number) >= 3 * once.count(number) for number in set(once))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("hong.xlsx", b"PK\x03\x04" + b"\0" * 40),
        ("cat.pptx", b"PK\x03\x04 cut short"),
        ("hong.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le") + b"\0" * 600),
        ("hong.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__properties_version".encode("utf-16-le") + b"\0" * 600),
        ("trong.rtf", b"{\\rtf1\\ansi }"),
        ("trong.csv", b",,,\n,,\n"),
    ],
)
def test_damaged_files_are_refused_in_words(name: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(Refused) as told:
        list(read_path(path))
    assert told.value.notice.code in ("damaged_archive", "damaged_document", "no_text")
    assert told.value.name.endswith(name)
