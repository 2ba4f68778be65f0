"""PDF files and scans: reading order, stamps, damaged layers, recognition, and what is left blank."""

from __future__ import annotations

import ctypes
import io
import json
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image, ImageChops, ImageDraw

from bench._printing import degraded, face, printed
from corpus.bytes.salad import is_damaged
from corpus.errors import Refused
from corpus.formats.join_pages import PageRead, source_of
from corpus.layout.lines import Lines
from corpus.layout.words_to_lines import Rule, Word, lines_of
from corpus.limits import Limits
from corpus.read import read_path
from corpus.scans import level, ocr, pen, recogniser
from corpus.scans.handwriting import without_handwriting
from corpus.scans.votes import Vote, merged
from corpus.source_text import SourceText
from kb.reading import read

needs_tesseract = pytest.mark.skipif(not ocr.available(), reason="tesseract with its Vietnamese model is not here")

PLAN = """ỦY BAN NHÂN DÂN TỈNH NINH THUẬN
Số: 421/KH-UBND
Ninh Thuận, ngày 27 tháng 01 năm 2022
KẾ HOẠCH
Căn cứ Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của Ủy ban nhân dân tỉnh về việc ban hành Kế hoạch cải cách hành chính;
Thực hiện Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ và Nghị định số 107/2020/NĐ-CP;
Ủy ban nhân dân tỉnh ban hành Kế hoạch với các nội dung sau đây."""


def one(path: Path, limits: Limits | None = None) -> SourceText:
    (source,) = read_path(path, limits=limits or Limits())
    return source


def words(*lines: tuple[float, float, str]) -> list[Word]:
    """Words ten high, six wide a letter, from (x, y, text)."""
    out = []
    for x, y, text in lines:
        for word in text.split():
            out.append(Word(word, x, y, x + 6 * len(word), y + 10))
            x += 6 * len(word) + 4
    return out


HEADER = [
    (40, 0, "ỦY BAN NHÂN DÂN"),
    (230, 0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"),
    (50, 14, "TỈNH VÍ DỤ"),
    (250, 14, "Độc lập - Tự do"),
    (40, 30, "Số: 12/KH-UBND"),
    (240, 30, "Ví Dụ, ngày 5 tháng 2"),
    (60, 60, "Căn cứ Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của tỉnh"),
    (40, 74, "về việc ban hành."),
]


@pytest.mark.parametrize("jitter", [0, 1.5, -1.5])
def test_the_two_columns_of_the_header_are_read_one_after_the_other(jitter: float) -> None:
    placed = words(*((x, y + (jitter if x > 200 else 0), text) for x, y, text in HEADER))
    assert lines_of(list(reversed(placed))).texts == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH VÍ DỤ",
        "Số: 12/KH-UBND",
        "| CỘNG HÒA XÃ HỘI CHỦ NGHĨA",
        "Độc lập - Tự do",
        "Ví Dụ, ngày 5 tháng 2",
        "Căn cứ Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của tỉnh",
        "về việc ban hành.",
    ]


def test_cells_of_a_ruled_table_hold_together_over_their_lines() -> None:
    placed = words(
        (5, 5, "Nghị định số"), (205, 5, "Chính phủ"), (5, 17, "24/2014/NĐ-CP"), (5, 35, "Luật"), (205, 35, "Quốc hội")
    )
    lines = [Rule(0, y, 300, y) for y in (0, 30, 50)] + [Rule(x, 0, x, 50) for x in (0, 200, 300)]
    assert lines_of(placed, lines).texts == ["Nghị định số", "24/2014/NĐ-CP", "| Chính phủ", "Luật | Quốc hội"]


def test_running_heads_and_page_numbers_leave_the_text_flowing() -> None:
    pages = [
        PageRead(Lines([f"CÔNG BÁO/Số 9/Ngày 1-1-2022 {n}", f"dòng {n}", f"{'abcd'[n - 1]} Căn cứ Quyết định"]))
        for n in range(1, 5)
    ]
    pages += [PageRead(Lines(["- 5 -", "số 1/QĐ-UBND"]))]
    source = source_of(pages, 5, "a.pdf", "0", "pdf", Limits())
    assert source.text.startswith("dòng 1\na Căn cứ Quyết định\ndòng 2\n")
    assert "Căn cứ Quyết định\nsố 1/QĐ-UBND\n" in source.text
    assert source.text.endswith("\n[Đầu trang] CÔNG BÁO/Số 9/Ngày 1-1-2022\n")
    assert [page.number for page in source.pages] == [1, 2, 3, 4, 5]
    assert source.pages[-1].end == len(source.text)


def test_pages_not_read_are_counted_and_named() -> None:
    pages = [PageRead(Lines(["chữ"])), PageRead(Lines(), "unread"), PageRead(Lines(), "unread")]
    source = source_of(pages, 3, "a.pdf", "0", "pdf", Limits())
    assert source.unread_pages == (2, 3)
    if ocr.available():
        assert source.notices[0].en.startswith("2 of 3 pages not read: page 2-3.")
        assert source.notices[0].vi.startswith("2 trong 3 trang không đọc được: trang 2-3.")


@pytest.mark.parametrize(
    ("text", "damaged"),
    [
        (PLAN * 2, False),
        ("Cian ctr Quyét dinh s6 681/QD-UBND ngay 27/10/2021 cua Uy ban nhan dan tinh ban hanh Ké hoach " * 4, True),
        ("T   n      n c i c ch h nh ch nh năm 2022 h ộc lĩnh vực khoa học v công nghệ " * 4, True),
        ("\ue001\ue002 \ue003\ue004 " * 30, True),
        ("12 34 56", False),
    ],
)
def test_a_damaged_text_layer_is_known(text: str, damaged: bool) -> None:
    assert is_damaged(text) is damaged


def ballot(*texts: tuple[str, float]) -> list[list[Word]]:
    return [[Word(text, 0, 0, 100, 20, confidence)] for text, confidence in texts]


@pytest.mark.parametrize(
    ("readings", "text", "disputed"),
    [
        ([("2395/QĐ-UBND", 0.9), ("2395/QĐ-UBND", 0.8)], "2395/QĐ-UBND", 0),
        ([("26/11/2005", 0.9), ("26/11/2003", 0.8), ("26/11/2003", 0.7)], "26/11/2003", 0),
        ([("26/11/2005", 0.9), ("26/11/2003", 0.8)], "26/11/2005", 1),
        ([("phố", 0.6), ("phổ", 0.9)], "phổ", 0),
        ([("lập", 0.6), ("lập-", 0.9)], "lập", 0),
    ],
)
def test_readings_are_weighed_word_by_word(readings: list[tuple[str, float]], text: str, disputed: int) -> None:
    vote = merged(ballot(*readings))
    assert (vote.words[0].text, len(vote.disputed)) == (text, disputed)


@pytest.mark.parametrize("angle", [-2.0, 0.0, 1.3])
def test_the_tilt_of_a_page_is_measured(angle: float) -> None:
    page = printed(PLAN)[0].picture
    assert level.tilt(page.rotate(angle, fillcolor=255)) == pytest.approx(-angle, abs=0.15)


def as_pdf(path: Path, *pictures: Image.Image) -> Path:
    pictures[0].save(path, "PDF", resolution=300, save_all=True, append_images=list(pictures[1:]))
    return path


def numbers(text: str) -> list[str | None]:
    return sorted(str(one.number) for one in read(text).citations if one.kind == "number")


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_sheet_of_two_pages_is_set_upright_however_it_was_fed(quarters: int) -> None:
    half = printed(PLAN)[0].picture.crop((0, 0, 2480, 1300))
    sheet = Image.new("L", (2 * half.width, 2400), 255)
    sheet.paste(half, (0, 0))
    sheet.paste(half, (half.width, 230))  # the lines of the pages are not in line
    fed = level.turned(sheet, quarters)
    assert (quarters + level.quarters_of(fed)) % 4 == 0


@needs_tesseract
def test_a_scan_gives_the_numbers_of_its_print(tmp_path: Path) -> None:
    picture = degraded(printed(PLAN)[0].picture, 1.0, seed=3)
    source = one(as_pdf(tmp_path / "a.pdf", picture))
    assert (source.pages[0].how, source.unread_pages) == ("ocr", ())
    assert (source.pages[0].confidence or 0) > 0.8
    assert numbers(source.text) == numbers(PLAN)
    assert {"107/2020/NĐ-CP", "2395/QĐ-UBND", "76/NQ-CP"} <= set(numbers(PLAN))
    assert "421/KH-UBND" in source.text


@needs_tesseract
@pytest.mark.parametrize("format_", ["PNG", "TIFF"])
def test_pictures_are_read_like_scans(format_: str, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    printed(PLAN)[0].picture.resize((1240, 1754)).save(path, format_)
    source = one(path)
    assert numbers(source.text) == numbers(PLAN)
    assert source.format == format_.lower()


@needs_tesseract
def test_red_seals_do_not_run_into_the_print(tmp_path: Path) -> None:
    seal = Image.new("RGB", (2480, 3508), "white")
    for inset in range(0, 120, 40):
        ImageDraw.Draw(seal).ellipse(
            (900 + inset, 450 + inset, 1500 - inset, 1050 - inset), outline=(225, 60, 60), width=9
        )
    picture = ImageChops.multiply(printed(PLAN)[0].picture.convert("RGB"), seal)
    file = io.BytesIO()
    picture.save(file, "PNG")
    (tmp_path / "a.png").write_bytes(file.getvalue())
    assert numbers(one(tmp_path / "a.png").text) == numbers(PLAN)


@needs_tesseract
def test_a_scribble_in_the_numbers_place_is_reported_and_not_guessed(tmp_path: Path) -> None:
    picture = printed(PLAN.replace("Số: 421/KH", "Số:               /KH"))[0].picture
    draw = ImageDraw.Draw(picture)
    y = 330
    draw.text((354, y), "Số:", font=face(), fill=10)
    draw.rectangle((354, y - 20, 1400, y + 75), fill=255)
    draw.text((354, y), "Số:", font=face(), fill=10)
    draw.line([(470, y + 55), (490, y + 5), (520, y + 60), (540, y), (580, y + 50), (600, y + 10)], fill=20, width=7)
    draw.text((620, y), "/KH-UBND", font=face(), fill=10)
    source = one(as_pdf(tmp_path / "a.pdf", picture))
    assert "handwritten" in [notice.code for notice in source.notices]
    line = next(line for line in source.text.splitlines() if "/KH-UBND" in line)
    assert not any(letter.isdigit() for letter in line)


def test_without_recognition_a_scan_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    with pytest.raises(Refused) as caught:
        one(as_pdf(tmp_path / "a.pdf", Image.new("L", (800, 1100), 200)))
    assert caught.value.notice.code == "no_ocr"
    assert "tesseract-ocr-vie" in caught.value.notice.vi


def test_stamped_numbers_stand_in_their_place_and_signatures_apart(shared: Path) -> None:
    source = one(shared / "corpus" / "originals" / "text_pdf" / "quangngai__05.signed_20250517_044750.pdf")
    own = read(source.text).own
    assert own is not None
    assert (own.number, own.date) == ("11/TB-UBND", "2025-01-08")
    assert source.text.rstrip().splitlines()[-1].startswith("[Dấu ký số, trang 1] TRUNG TÂM CÔNG BÁO")


@needs_tesseract
def test_of_scanned_headers_the_print_is_read_and_the_pen_is_not_guessed(shared: Path) -> None:
    """What stands in the files was read by eye, see docs/formats.md."""
    folder = shared / "corpus" / "originals" / "scanned_pdf"
    for line in (folder / "MANIFEST.jsonl").read_text(encoding="utf-8").splitlines():
        known = json.loads(line)
        source = one(folder / known["file"])
        own = read(source.text).own
        assert own is not None
        if known["file"].startswith("draft"):  # typed in
            assert (own.number, own.date) == (known["so_hieu"], known["date"])
        else:
            line = next(line for line in source.text.splitlines() if line.startswith("Số: /"))
            assert not any(letter.isdigit() for letter in line.partition("|")[0]), "handwritten"
            assert own.date in (None, known["date"][:7])
            said = next(notice for notice in source.notices if notice.code == "handwritten")
            assert "số ký hiệu; ngày ban hành" in said.vi


@pytest.mark.parametrize(
    ("number", "seen", "day"),
    [("811", "811", "04"), ("811/2025", "811", "04"), ("811", "877", ""), ("811", None, ""), ("8†1", "811", "")],
)
def test_who_writes_the_number_by_hand_writes_the_day_as_well(
    number: str, seen: str | None, day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a header a day that two readings make out fairly well is taken for print only where the number is, and the
    number where the second recogniser sees it, too."""
    monkeypatch.setattr(recogniser, "available", lambda: True)
    monkeypatch.setattr(pen, "first_number", lambda line, _: seen if line[0].text == "Số:" else "04")
    line = words(
        (10, 30, "Số:"), (34, 30, number), (60, 30, "/UBND-KTTH"),
        (400, 30, "Ninh"), (430, 30, "Thuận,"), (474, 30, "ngày"), (504, 30, "04"), (522, 30, "tháng"),
        (558, 30, "02"), (576, 30, "năm"), (600, 30, "2025"),
    )  # fmt: skip
    ballots = tuple(((word.text, 0.7), (word.text, 0.7)) for word in line)
    kept, _ = without_handwriting(Vote(tuple(line), ballots, ()), Image.new("L", (900, 1200), 255))
    said = " ".join(word.text for word in kept)
    assert ("04" if day else "ngày tháng") in said


@needs_tesseract
def test_the_empty_back_of_a_sheet_is_no_unread_page(tmp_path: Path) -> None:
    back = Image.new("L", (2480, 3508), 250)
    for x in range(200, 2200, 97):
        ImageDraw.Draw(back).ellipse((x, x + 300, x + 6, x + 306), fill=90)
    source = one(as_pdf(tmp_path / "a.pdf", printed(PLAN)[0].picture, back))
    assert source.unread_pages == ()
    assert source.pages[1].start == source.pages[1].end


@needs_tesseract
def test_a_garbage_text_layer_gives_way_to_the_picture_and_is_kept(tmp_path: Path) -> None:
    """As scanners with an English model leave it: invisible words without diacritics over the picture."""
    garbage = "Cian ctr Quyét dinh s6 23g5/QD-UBND ngay 24/12/2O21 cua Uy ban nhan dan tinh vé viéc ban hanh Ké hoach "
    path = as_pdf(tmp_path / "a.pdf", printed(PLAN)[0].picture)
    document = pypdfium2.PdfDocument(path)
    page = document[0]
    for number in range(16):
        words_ = pdfium.FPDFPageObj_NewTextObj(document, b"Helvetica", 10)
        text = (garbage + "\0").encode("utf-16-le")
        pdfium.FPDFText_SetText(words_, ctypes.cast(ctypes.c_char_p(text), ctypes.POINTER(ctypes.c_ushort)))
        pdfium.FPDFTextObj_SetTextRenderMode(words_, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
        pdfium.FPDFPageObj_Transform(words_, 1, 0, 0, 1, 40, 700 - 14 * number)
        pdfium.FPDFPage_InsertObject(page, words_)
    pdfium.FPDFPage_GenerateContent(page)
    document.save(tmp_path / "b.pdf")
    document.close()
    source = one(tmp_path / "b.pdf")
    assert source.pages[0].how == "ocr"
    assert numbers(source.text) == numbers(PLAN)
    assert "23g5/QD-UBND" in (source.pages[0].layer or "")
    assert "layer_replaced" in [notice.code for notice in source.notices]
