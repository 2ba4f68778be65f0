"""Pages of scans: ink that nobody read, colours, how a page lies, pasted pictures, pages side by side and kept."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from docx import Document
from docx.shared import Inches
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageOps

from bench._printing import face
from corpus.blocks import LinePlace
from corpus.formats.join_pages import PageRead, source_of
from corpus.formats.pdf_page import PdfPage
from corpus.formats.pdf_scan import way_of
from corpus.formats.picture import on_white, page_of, read_image, resolution
from corpus.formats.scan_pool import Recognised, ScanPool
from corpus.layout.lines import Lines
from corpus.layout.words_to_lines import Word
from corpus.limits import Limits
from corpus.line_picture import line_picture
from corpus.progress import listener
from corpus.read import read_path
from corpus.scans import beside, coverage, inks, level, ocr, recogniser, stamps, tesseract
from corpus.scans.kept import KeptPages
from corpus.scans.pen import suggested
from corpus.source_text import SourceText
from corpus.worker import read_many

needs_tesseract = pytest.mark.skipif(not ocr.available(), reason="tesseract with its Vietnamese model is not here")
WHITE = "white"
LINES = (
    "Căn cứ Quyết định số 2395/QĐ-UBND ngày 24/12/2021",
    "của Ủy ban nhân dân tỉnh về cải cách hành chính;",
    "Thực hiện Nghị quyết số 76/NQ-CP của Chính phủ;",
)


def sheet(lines: tuple[str, ...] = LINES, size: tuple[int, int] = (1900, 500), ink: object = 10) -> Image.Image:
    """A small picture of print at 300 dots an inch; ``ink`` a grey, or a colour."""
    page = Image.new("L" if isinstance(ink, int) else "RGB", size, 255 if isinstance(ink, int) else WHITE)
    for number, text in enumerate(lines):
        ImageDraw.Draw(page).text((120, 100 + 100 * number), text, font=face(), fill=ink)  # type: ignore[arg-type]
    return page


def boxes(lines: tuple[str, ...] = LINES) -> list[Word]:
    """The words of ``sheet`` where they stand."""
    out = []
    for number, text in enumerate(lines):
        x, y = 120.0, 100 + 100 * number
        for word in text.split():
            wide = face().getlength(word)
            out.append(Word(word, x, y, x + wide, y + 75, 0.9))
            x += wide + face().getlength(" ")
    return out


def one(path: Path, limits: Limits | None = None) -> SourceText:
    (source,) = read_path(path, limits=limits or Limits())
    return source


def codes(source: SourceText) -> set[str]:
    return {notice.code for notice in source.notices}


# -- ink -----------------------------------------------------------------------------------------------------------


def test_ink_that_every_word_accounts_for_is_no_loss() -> None:
    assert coverage.uncovered(sheet(), boxes()) is None


@pytest.mark.parametrize(("line", "place"), [(0, "top"), (1, "middle"), (2, "bottom")])
def test_a_line_that_no_word_accounts_for_is_told_with_its_place(line: int, place: str) -> None:
    words = [word for word in boxes() if word.y0 != 100 + 100 * line]
    lost = coverage.uncovered(sheet(size=(1700, 500)), words)
    assert lost is not None and lost.place.startswith(place) and 0.2 < lost.share < 0.5


def test_ink_in_colour_or_pale_counts_like_black() -> None:
    for page in (sheet(ink=(200, 30, 40)), sheet(ink=(30, 60, 200)), sheet(ink=190).convert("RGB")):
        assert coverage.uncovered(inks.apart(page).everything, []) is not None


def test_lines_signatures_specks_and_a_photograph_are_no_words() -> None:
    page = Image.new("L", (1700, 1000), 255)
    draw = ImageDraw.Draw(page)
    draw.line((100, 100, 1600, 100), fill=0, width=4)
    draw.line([(300 + 40 * n, 300 + (n % 2) * 200) for n in range(14)], fill=0, width=6)
    for n in range(40):
        draw.ellipse((50 + 40 * n, 700, 53 + 40 * n, 703), fill=0)
    shade = np.tile(np.linspace(0, 255, 500, dtype=np.uint8), (250, 1))
    page.paste(Image.fromarray(shade), (600, 720))
    assert coverage.uncovered(page, []) is None


def test_what_nobody_read_is_a_notice_with_page_and_place() -> None:
    lost = coverage.Uncovered(0.21, (0.1, 0.7, 0.9, 0.9))
    pages = [PageRead(Lines(["chữ"]), "ocr"), PageRead(Lines(["chữ"]), "ocr", uncovered=[lost])]
    (said,) = [one for one in source_of(pages, 2, "a", "0", "pdf", Limits()).notices if one.code == "ink_unread"]
    assert "Trang 2" in said.vi and "cuối trang" in said.vi and "21 %" in said.vi
    assert "Page 2" in said.en and "bottom" in said.en


def test_coloured_print_is_kept_apart_from_seals() -> None:
    page = sheet(ink=(190, 30, 50), size=(1700, 900))
    ImageDraw.Draw(page).ellipse((900, 420, 1350, 870), outline=(220, 50, 60), width=9)
    found = inks.apart(page)
    assert found.coloured is not None
    assert np.asarray(found.coloured)[100:400].min() < 128 and np.asarray(found.coloured)[450:].min() == 255
    assert len(found.stamps) == 1
    assert np.asarray(found.black).min() > 200


def test_print_below_a_seal_stays_whole() -> None:
    page = sheet().convert("RGB")
    seal = Image.new("RGB", page.size, WHITE)
    ImageDraw.Draw(seal).ellipse((300, 60, 700, 460), outline=(220, 40, 50), width=14)
    both = Image.fromarray(np.minimum(np.asarray(page), np.asarray(seal)))
    found = inks.apart(both)
    dark, printed = np.asarray(found.black) < 128, np.asarray(sheet()) < 128
    assert found.stamps and (dark == printed).mean() > 0.999


def test_print_below_a_seal_that_nobody_read_is_told() -> None:
    page = sheet().convert("RGB")
    seal = Image.new("RGB", page.size, WHITE)
    ImageDraw.Draw(seal).rectangle((60, 60, 1080, 460), outline=(220, 40, 50), width=14)
    found = inks.apart(Image.fromarray(np.minimum(np.asarray(page), np.asarray(seal))))
    look = ocr._Look(level.View(0, 0.0, 0, 0, *page.size), page.size, found, found.black, found.everything, [])
    unread = [word for word in boxes() if word.x0 > 1080]
    assert found.stamps and ocr._lost(look, unread, found.stamps, []) is not None
    assert ocr._lost(look, boxes(), found.stamps, []) is None


def test_a_line_that_tesseract_left_out_is_looked_at_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recogniser, "available", lambda: False)
    looked: list[np.ndarray] = []

    def words(page: Image.Image, size: float, deadline: float, *, parts: str) -> list[Word]:
        looked.append(np.asarray(page))
        return [Word("76/NQ-CP", 100, 20, 400, 60, 0.93), Word("của", 420, 20, 500, 60, 0.93)]

    monkeypatch.setattr(tesseract, "words", words)
    known = [word for word in boxes() if word.y0 != 300]
    lost = coverage.uncovered(sheet(), known)
    assert lost is not None
    more = ocr._tried_again(sheet(), known, lost, time.monotonic() + 10)
    assert [word.text for word in more] == ["76/NQ-CP", "của"] and more[0].y0 > 250
    assert (looked[0] < 128).sum() == (np.asarray(sheet())[290:] < 128).sum()


@pytest.mark.parametrize("fill", [(255, 238, 60), (140, 180, 235), (255, 170, 205), (150, 250, 150)])
def test_what_a_marker_covers_is_black_print_on_white(fill: tuple[int, int, int]) -> None:
    values = np.asarray(sheet(size=(1900, 900)).convert("RGB")).copy()
    values[90:290, 100:1500] = np.minimum(values[90:290, 100:1500], np.array(fill, dtype=np.uint8))
    found = inks.apart(Image.fromarray(values))
    assert found.coloured is None
    dark, printed = np.asarray(found.black)[:, :1480] < 128, np.asarray(sheet(size=(1900, 900)))[:, :1480] < 128
    assert (dark == printed).mean() > 0.997


def test_coloured_print_on_yellowish_paper_is_still_coloured() -> None:
    values = np.asarray(sheet(ink=(190, 30, 50), size=(1700, 900))) * np.array([0.95, 0.9, 0.75])
    assert inks.apart(Image.fromarray(values.astype(np.uint8))).coloured is not None


@pytest.mark.parametrize("shade", [lambda v: v, lambda v: v * 0.6 + 40, lambda v: 255 - (255 - v) * 0.25])
def test_paper_is_made_white_where_it_is_not(shade: Callable[[float], float]) -> None:
    page = Image.fromarray(np.vectorize(shade)(np.asarray(sheet())).astype(np.uint8))
    made = np.asarray(inks.on_white(page))
    assert np.median(made) > 240
    clean = sheet()
    assert inks.on_white(clean) is clean


def test_uneven_light_is_evened() -> None:
    light = np.linspace(1.0, 0.35, 1900)[None, :]
    made = np.asarray(inks.on_white(Image.fromarray((np.asarray(sheet()) * light).astype(np.uint8))))
    assert np.median(made[:, :300]) > 240 and np.median(made[:, -300:]) > 240


# -- how a page lies -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page() -> Image.Image:
    return sheet(LINES * 5, (2480, 3508))


@pytest.mark.parametrize("angle", [-9.5, -7.0, -2.0, 0.0, 1.3, 7.0, 9.5])
def test_a_tilt_up_to_ten_degrees_is_measured(page: Image.Image, angle: float) -> None:
    for seen in (page, page.point(lambda value: 255 - (255 - value) // 5)):
        assert level.tilt(seen.rotate(angle, fillcolor=255)) == pytest.approx(-angle, abs=0.15)


def test_a_tilt_is_never_taken_from_the_end_of_the_range(page: Image.Image) -> None:
    assert level.tilt(page.rotate(14, fillcolor=255)) == 0.0
    assert level.tilt(Image.fromarray(np.random.default_rng(1).integers(0, 255, (900, 700), dtype=np.uint8))) == 0.0


@pytest.mark.parametrize(("turned", "quarters"), [(0, 0), (90, 3), (180, 2), (270, 1), (4, 0), (184, 2)])
def test_how_a_page_is_turned_is_known_from_its_ink(page: Image.Image, turned: int, quarters: int) -> None:
    assert level.quarters_of(page.rotate(turned, expand=True, fillcolor=255)) == quarters


def test_two_pages_on_one_sheet_are_parted_at_the_gutter(page: Image.Image) -> None:
    pair = Image.new("L", (4960, 3508), 255)
    pair.paste(page, (0, 0))
    pair.paste(page, (2480, 0))
    (begin, cut), (again, end) = level.halves(pair)
    assert (begin, end) == (0, 4960) and cut == again and 1700 < cut < 2700
    assert level.halves(page) == [(0, 2480)]


def test_a_place_on_a_levelled_part_is_found_on_the_picture() -> None:
    view = level.View(1, 0.0, 2480, 0, 2480, 3508)
    x0, y0, x1, y1 = view.back((0, 0, 2480, 350.8), (4960, 3508))
    # the right half of a sheet that was turned a quarter against the clock lies below on the picture as given
    assert (round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2)) == (0.9, 0.5, 1.0, 1.0)


# -- stamps --------------------------------------------------------------------------------------------------------


def test_a_registry_s_stamp_is_told_from_a_table() -> None:
    page = Image.new("L", (2480, 3508), 255)
    draw = ImageDraw.Draw(page)
    draw.rectangle((300, 300, 900, 560), outline=0, width=6)
    draw.rectangle((300, 700, 2200, 1400), outline=0, width=6)
    (stamp,) = stamps.frames(page)
    words = [Word("ĐẾN", 400, 350, 500, 400), Word("KẾ", 1200, 350, 1260, 400)]
    left, said = stamps.parted(words, [stamp])
    assert [word.text for word in left] == ["KẾ"] and said == ["ĐẾN"]


def test_words_of_stamps_stand_behind_the_text() -> None:
    pages = [PageRead(Lines(["KẾ HOẠCH"]), "ocr", marks=["CÔNG VĂN ĐẾN Số 2770 Ngày 04/4/18"])]
    text = source_of(pages, 1, "a", "0", "pdf", Limits()).text
    assert text.startswith("KẾ HOẠCH\n") and "[Dấu đóng, trang 1] CÔNG VĂN ĐẾN" in text


@pytest.mark.parametrize(
    ("name", "seen", "digits"),
    [("number", "S: 11 /CT-UBND", "11"), ("date", "ngay 03 thang 4 nam 2018", "03"), ("number", "S: /CT-UBND", None)],
)
def test_what_a_pen_entered_is_a_suggestion(
    name: str, seen: str, digits: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recogniser, "available", lambda: True)
    monkeypatch.setattr(recogniser, "texts", lambda pictures: [(seen, 0.9) for _ in pictures])
    found = suggested({name: boxes()[:4]}, sheet())
    assert found == (() if digits is None else ((name, digits),))
    pages = [PageRead(Lines(["Số: /CT-UBND"]), "ocr", doubtful=[name], suggested=list(found))]
    source = source_of(pages, 1, "a", "0", "pdf", Limits())
    assert ("pen_suggested" in codes(source)) is (digits is not None)
    assert digits is None or digits not in source.text


# -- files ---------------------------------------------------------------------------------------------------------


def test_a_transparent_picture_stands_on_white() -> None:
    clear = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    assert on_white(clear).getpixel((5, 5)) == (255, 255, 255)


def test_a_fax_has_two_resolutions() -> None:
    fax = Image.new("1", (1728, 1145), 1)
    fax.info["dpi"] = (204.0, 98.0)
    assert resolution(fax) == (204.0, 98.0)
    across, down = page_of(fax, Limits()).size
    assert across == pytest.approx(1728 * 300 / 204, abs=2) and down == pytest.approx(1145 * 300 / 98, abs=2)


@pytest.mark.parametrize(("dpi", "in_doubt", "said"), [(72, True, True), (110, False, True), (200, False, False)])
def test_a_coarse_picture_is_said_and_its_numbers_are_in_doubt(
    dpi: int, in_doubt: bool, said: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    words = (Word("65/QĐ-UBND", 0, 0, 90, 20, 0.9),)
    seen = ocr.Seen(Lines(["65/QĐ-UBND"]), 0.9, placed=(ocr.Placed(words, (0, 0, 1, 1)),))
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ScanPool, "_recognise", lambda self, *_: _given(self, seen))
    sheet().save(tmp_path / "a.png", dpi=(dpi, dpi))
    source = one(tmp_path / "a.png")
    assert bool(source.doubts) is in_doubt
    assert ("low_resolution" in codes(source)) is said


def _given(pool: ScanPool, seen: ocr.Seen) -> Recognised:
    pool._free.release()
    return Recognised(seen)


def test_a_fault_in_recognition_is_no_damage_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(pool: ScanPool, *_: object) -> Recognised:
        pool._free.release()
        raise ValueError("a fault of ours")

    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ScanPool, "_recognise", fail)
    file = io.BytesIO()
    sheet().save(file, "PNG")
    with pytest.raises(ValueError, match="a fault of ours"):
        read_image(file.getvalue(), "a.png", "0" * 64, Limits(), "image")


def test_a_photograph_is_set_upright_as_its_camera_noted() -> None:
    photo = sheet(LINES * 5, (1240, 1754)).rotate(90, expand=True)
    noted = Image.Exif()
    noted[0x0112] = 6
    file = io.BytesIO()
    photo.save(file, "JPEG", exif=noted)
    with Image.open(io.BytesIO(file.getvalue())) as image:
        upright = page_of(image, Limits())
    assert upright.height > upright.width


@needs_tesseract
@pytest.mark.parametrize("kind", ["JPEG2000", "WEBP", "AVIF", "PNG", "HEIF"])
def test_further_kinds_of_pictures_are_read(kind: str, tmp_path: Path) -> None:
    if kind == "HEIF":
        heif = pytest.importorskip("pillow_heif", reason="pillow-heif is not installed (the extra scans)")
        heif.register_heif_opener()
    picture = sheet()
    if kind == "PNG":  # black on nothing
        picture = Image.merge("LA", (Image.new("L", picture.size, 0), ImageOps.invert(picture)))
    picture.convert("RGB" if kind != "PNG" else "LA").save(tmp_path / "a.bin", kind, dpi=(300, 300))
    assert "2395/QĐ-UBND" in one(tmp_path / "a.bin").text


@needs_tesseract
def test_a_coloured_paragraph_is_read(tmp_path: Path) -> None:
    page = Image.new("RGB", (1900, 700), WHITE)
    page.paste(sheet().convert("RGB"), (0, 0))
    draw = ImageDraw.Draw(page)
    draw.text((120, 420), "Căn cứ Nghị định số 107/2020/NĐ-CP của Chính phủ;", font=face(), fill=(200, 20, 40))
    page.save(tmp_path / "a.png", dpi=(300, 300))
    source = one(tmp_path / "a.png")
    assert "2395/QĐ-UBND" in source.text and "107/2020/NĐ-CP" in source.text
    assert "ink_unread" not in codes(source)


def typed_pdf(path: Path, picture: Image.Image) -> Path:
    """A typed page with a picture pasted below."""
    pdf = FPDF()
    pdf.add_page()
    pdf.add_font("serif", fname=str(face().path))
    pdf.set_font("serif", size=12)
    for n in range(12):
        pdf.text(15, 20 + 8 * n, "Chữ gõ máy của một trang có lớp chữ riêng của nó, dòng này sang dòng khác.")
    pdf.image(picture.convert("RGB"), x=15, y=150, w=picture.width / 300 * 25.4)
    pdf.output(str(path))
    return path


LAYER = "Căn cứ số 12/QĐ-UBND và 34/QĐ-UBND và 56/QĐ-UBND và 78/QĐ-UBND"


@pytest.mark.parametrize(("shown", "is_layer"), [("0123456789", True), ("1234567890", False)])
def test_a_layer_that_says_other_digits_than_the_picture_is_not_used(
    shown: str, is_layer: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, x = [], 120.0
    for text in LAYER.split():
        words.append(Word(text, x, 100, x + 25 * len(text), 175))
        x += 25 * (len(text) + 1)
    printed = LAYER.translate(str.maketrans("0123456789", shown))
    monkeypatch.setattr(recogniser, "available", lambda: True)
    monkeypatch.setattr(recogniser, "texts", lambda pictures: [(printed, 0.9) for _ in pictures])
    monkeypatch.setattr(tesseract, "words", lambda *_, **__: [])
    monkeypatch.setattr(ocr, "read_picture", lambda *_: ocr.Seen(Lines(["từ ảnh"]), 0.9))
    seen = beside.check_layer(Image.new("L", (2000, 400), 255), 100, words)
    assert seen is not None and seen.is_layer is is_layer
    assert seen.disputed == ()


def test_how_a_page_of_a_pdf_is_read_follows_from_what_it_holds() -> None:
    typed = "Căn cứ Quyết định của Ủy ban nhân dân tỉnh về việc ban hành Kế hoạch. " * 30
    held = PdfPage((), (), (), (), (), 0.0, 0.0)
    cases = (
        (held, typed, "typed"),
        (held, "", "typed"),
        (replace(held, pictured=1.0), "", "picture"),
        (replace(held, outlined=500), "", "picture"),
        (replace(held, pictured=1.0), typed[:300], "picture"),
        (replace(held, pictured=1.0, invisible=1.0), typed, "layer"),
        (replace(held, pictured=1.0, invisible=1.0), typed[:300], "layer"),
        (replace(held, pictured=0.2, images=((0, 0, 9, 9),)), typed, "pasted"),
        (replace(held, outlined=500), typed, "pasted"),
    )
    for page_, text, way in cases:
        assert way_of(page_, text, len(text)) == way


@needs_tesseract
def test_a_scan_pasted_into_a_typed_page_is_read_beside_it(tmp_path: Path) -> None:
    source = one(typed_pdf(tmp_path / "a.pdf", sheet()))
    assert source.text.count("Chữ gõ máy") == 12 and "2395/QĐ-UBND" in source.text
    assert "pictures_read" in codes(source)


def test_a_pasted_scan_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    source = one(typed_pdf(tmp_path / "a.pdf", sheet()), Limits(ocr=False))
    assert "ink_unread" in codes(source)


def test_an_emblem_in_a_typed_page_is_no_loss(tmp_path: Path) -> None:
    emblem = Image.new("L", (900, 500), 255)
    ImageDraw.Draw(emblem).ellipse((50, 50, 450, 450), outline=0, width=20)
    assert codes(one(typed_pdf(tmp_path / "a.pdf", emblem), Limits(ocr=False))) == set()


def with_picture(path: Path, picture: Image.Image) -> Path:
    file = io.BytesIO()
    picture.save(file, "PNG")
    document = Document()
    document.add_paragraph("Phần gõ máy của văn bản.")
    document.add_picture(file, width=Inches(picture.width / 300))
    document.add_paragraph("Đoạn cuối.")
    document.save(str(path))
    return path


@needs_tesseract
def test_a_scan_pasted_into_a_word_document_is_read_in_its_place(tmp_path: Path) -> None:
    source = one(with_picture(tmp_path / "a.docx", sheet()))
    assert source.text.index("gõ máy") < source.text.index("2395/QĐ-UBND") < source.text.index("Đoạn cuối")
    assert "pictures_read_word" in codes(source)


def test_a_scan_in_a_word_document_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    source = one(with_picture(tmp_path / "a.docx", sheet()), Limits(ocr=False))
    (said,) = source.notices
    assert said.code == "pictures_unread" and "image1.png" in said.vi


# -- pages side by side --------------------------------------------------------------------------------------------


def slow(picture: Image.Image, seconds: float, known: object) -> ocr.Seen | None:
    time.sleep(min(0.2, max(seconds, 0)))
    return ocr.Seen(Lines([f"trang {picture.width}"]), 0.9) if seconds > 0.2 else None


def pool_of(limits: Limits, pages: int = 4) -> ScanPool:
    return ScanPool(limits, "ab", pages)


def test_pages_are_recognised_side_by_side() -> None:
    began = time.monotonic()
    pool = pool_of(Limits(cores=4))
    waiting = [pool.begin(str(n), lambda n=n: Image.new("L", (n + 1, 1)), (), slow) for n in range(4)]  # type: ignore[misc]
    texts = [future.result().seen.lines.texts[0] for future in waiting]  # type: ignore[union-attr]
    pool.close()
    assert texts == [f"trang {n}" for n in range(1, 5)]
    assert time.monotonic() - began < 0.7


def test_each_page_is_a_sign_of_life() -> None:
    told: list[tuple[int, int]] = []
    token = listener.set(lambda done, total: told.append((done, total)))
    try:
        pool = pool_of(Limits(), 2)
        for n in range(2):
            pool.begin(str(n), lambda: Image.new("L", (1, 1)), (), slow).result()
        pool.close()
    finally:
        listener.reset(token)
    assert told == [(1, 2), (2, 2)]


def test_what_ran_out_is_said_with_how_to_go_on_and_only_the_rest_is_read_again(tmp_path: Path) -> None:
    limits = Limits(kept_pages=str(tmp_path / "pages"), scan_seconds=0.5)
    pool = pool_of(limits)
    first = [pool.begin(str(n), lambda: Image.new("L", (1, 1)), (), slow) for n in range(4)]
    whys = [future.result().why for future in first]
    pool.close()
    assert whys[:2] == [None, None] and whys[-1] == "file_time"
    reads = [PageRead(Lines(["chữ"]), "ocr") if why is None else PageRead(Lines(), "unread", why=why) for why in whys]
    (said,) = [one for one in source_of(reads, 4, "a", "0", "pdf", limits).notices if one.code == "time_ran_out"]
    assert "--scan-seconds" in said.vi and "2 trong 4" in said.vi

    asked: list[int] = []

    def counted(picture: Image.Image, seconds: float, known: object) -> ocr.Seen | None:
        asked.append(1)
        return slow(picture, seconds, known)

    pool = pool_of(replace(limits, scan_seconds=60.0))
    again = [pool.begin(str(n), lambda: Image.new("L", (1, 1)), (), counted).result() for n in range(4)]
    pool.close()
    assert all(one.seen is not None for one in again) and len(asked) == 2
    assert not list((tmp_path / "pages").iterdir()), "nothing is kept of a file that is read whole"


def test_a_kept_page_is_what_was_recognised(tmp_path: Path) -> None:
    words = (Word("65/2023", 1, 2, 3, 4, 0.9, 0.5, ("63/2023",)),)
    lost = (coverage.Uncovered(0.1, (0.0, 0.1, 0.2, 0.3)),)
    placed = (ocr.Placed(words, (0.1, 0.2, 0.3, 0.4), 1),)
    seen = ocr.Seen(
        Lines(["a", "b"]), 0.8, ("date",), ("x",), False, ("dấu",), lost, placed, words, True, (("date", "11"),)
    )
    KeptPages(str(tmp_path), "ab").put("7", seen)
    with (tmp_path / "ab.jsonl").open("a") as torn:
        torn.write('{"page": "8", "key"')  # a run that was killed
    found = KeptPages(str(tmp_path), "ab").get("7")
    assert found is not None and found.lines.texts == seen.lines.texts
    assert replace(found, lines=seen.lines) == seen


@needs_tesseract
def test_progress_is_told_page_by_page(tmp_path: Path) -> None:
    pages = [sheet(size=(1700, 500)) for _ in range(2)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:], dpi=(300, 300))
    told: list[tuple[int, int]] = []
    (read,) = read_many([tmp_path / "a.tif"], progress=lambda path, done, total: told.append((done, total)))
    assert sorted(told) == [(1, 2), (2, 2)] and len(read.sources[0].pages) == 2


# -- the picture of a line -----------------------------------------------------------------------------------------


def test_the_picture_of_a_line_is_cut_from_the_file(tmp_path: Path) -> None:
    sheet(LINES, (2480, 3508)).save(tmp_path / "a.pdf", resolution=300)
    made = line_picture(tmp_path / "a.pdf", 1, LinePlace(0, 5, 0.05, 100 / 3508, 0.8, 175 / 3508))
    assert made is not None and len(made) < 100_000
    with Image.open(io.BytesIO(made)) as picture:
        assert picture.width > 8 * picture.height and np.asarray(picture).min() < 100
    assert line_picture(tmp_path / "a.pdf", 9, LinePlace(0, 5, 0, 0, 1, 1)) is None


@needs_tesseract
@pytest.mark.skipif(not recogniser.available(), reason="rapidocr is not installed (the extra scans)")
def test_recognised_lines_know_their_place_in_text_and_picture(tmp_path: Path) -> None:
    sheet().save(tmp_path / "a.png", dpi=(300, 300))
    source = one(tmp_path / "a.png")
    said = {source.text[place.start : place.end]: place for place in source.places}
    line = next(place for text, place in said.items() if "2395/QĐ-UBND" in text)
    assert 0.15 < line.y0 < line.y1 < 0.4 and line.x0 < 0.1
    assert not [doubt for doubt in source.doubts if "2395" in source.text[doubt.start : doubt.end]]
