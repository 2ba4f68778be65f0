"""The picture of a doubtful citation's line: shown where a reviewer looks, made from the file when asked for."""

from __future__ import annotations

import hashlib
from itertools import pairwise
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from PIL import Image, ImageDraw

from corpus.blocks import Doubt, LinePlace, place_over
from corpus.source_text import Page, SourceText
from kb.model import Hints
from kb.reading import read
from kb.service import KnowledgeBase
from web.app import create_app

HEAD = "ỦY BAN NHÂN DÂN\nTỈNH NINH THUẬN\nSố: 421/KH-UBND\nNinh Thuận, ngày 27 tháng 01 năm 2022\nKẾ HOẠCH\nCải cách hành chính\n"
CITED = "Căn cứ Quyết định số 63/QĐ-UBND ngày 24/12/2021 của Ủy ban nhân dân tỉnh;"
TEXT = f"{HEAD}{CITED}\n"


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> tuple[FlaskClient, str, Path]:
    """A base with one scan whose number is in doubt: the client, the document's id, the file."""
    folder = tmp_path_factory.mktemp("scan")
    page = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(page).text((200, 800), "63/QD-UBND", fill=0, font_size=40)
    path = folder / "scan.png"
    page.save(path, dpi=(150, 150))

    start = TEXT.index("63/QĐ")
    place = LinePlace(TEXT.index(CITED), len(TEXT) - 1, 0.1, 0.45, 0.9, 0.49)
    doubt = Doubt(start, start + len("63/QĐ-UBND"), 0.5, ("65/QĐ-UBND",))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    pages = (Page(1, 0, len(TEXT), "ocr", 0.9),)
    source = SourceText(str(path), TEXT, "png", digest, pages=pages, doubts=(doubt,), places=(place,))
    hints = Hints(page_starts=(0,), doubts=source.doubts, places=source.places)
    base = KnowledgeBase.open(folder / "kb", create=True)
    base.put(source, read(TEXT, hints), hints)
    base.resolve()
    ident = base.lookup("421/KH-UBND").matches[0].id
    base.close()
    app = create_app(folder / "kb", index=f"whoosh:{folder / 'index'}")
    return app.test_client(), ident, path


def test_the_line_of_a_date_is_shown_with_that_of_its_number(tmp_path: Path) -> None:
    text = TEXT.replace(" 24/12/2021", "\n24/12/2021") + "Căn cứ Luật Đất đai;\n"
    ends = [at for at, letter in enumerate(text) if letter == "\n"]
    lines = [LinePlace(begin + 1, end, 0.1, 0.05 * at, 0.9, 0.05 * at + 0.04)
             for at, (begin, end) in enumerate(pairwise([-1, *ends]))]  # fmt: skip
    source = SourceText("scan.png", text, "png", "0" * 64, pages=(Page(1, 0, len(text), "ocr", 0.9),))
    hints = Hints(page_starts=(0,), places=tuple(lines))
    base = KnowledgeBase.open(tmp_path / "kb", create=True)
    base.put(source, read(text, hints), hints)
    base.resolve()
    found = base.scanned_line(base.lookup("421/KH-UBND").matches[0].id, 0)
    assert found is not None and (found.place.y0, found.place.y1) == (lines[6].y0, lines[7].y1)


def test_the_line_of_a_doubtful_citation_is_shown_where_it_is_read_and_reviewed(
    scan: tuple[FlaskClient, str, Path],
) -> None:
    client, ident, _ = scan
    address = f"/vb/{ident}/anh-dong?trich=0"
    assert address in client.get(f"/vb/{ident}/noi-dung").get_data(as_text=True)
    review = client.get("/chat-luong?loai=digits_doubtful").get_data(as_text=True)
    assert address in review and "65/QĐ-UBND" in review
    got = client.get(address)
    assert (got.status_code, got.mimetype) == (200, "image/png")
    assert got.data.startswith(b"\x89PNG") and len(got.data) < 60_000


def test_without_a_scan_or_its_file_there_is_no_picture(scan: tuple[FlaskClient, str, Path]) -> None:
    client, ident, path = scan
    assert client.get(f"/vb/{ident}/anh-dong?trich=99").status_code == 404
    kept = path.read_bytes()
    try:
        path.write_bytes(b"another file")

        assert client.get(f"/vb/{ident}/anh-dong?trich=0").status_code == 404
    finally:
        path.write_bytes(kept)


def test_a_doubt_on_a_typed_text_shows_no_picture(tmp_path: Path) -> None:
    start = TEXT.index("63/QĐ")
    doubt = Doubt(start, start + len("63/QĐ-UBND"), 0.5, ("65/QĐ-UBND",))
    path = tmp_path / "typed.txt"
    path.write_text(TEXT, encoding="utf-8")
    source = SourceText(str(path), TEXT, "txt", hashlib.sha256(path.read_bytes()).hexdigest(), doubts=(doubt,))
    hints = Hints(doubts=source.doubts)
    base = KnowledgeBase.open(tmp_path / "kb", create=True)
    base.put(source, read(TEXT, hints), hints)
    base.resolve()
    base.close()
    client = create_app(tmp_path / "kb", index=f"whoosh:{tmp_path / 'index'}").test_client()
    review = client.get("/chat-luong?loai=digits_doubtful").get_data(as_text=True)
    assert "65/QĐ-UBND" in review and "anh-dong" not in review


def test_a_citation_that_goes_on_in_the_next_line_is_shown_with_both() -> None:
    lines = [
        LinePlace(0, 40, 0.1, 0.2, 0.9, 0.22),
        LinePlace(41, 60, 0.1, 0.23, 0.5, 0.25),
        LinePlace(90, 99, 0, 0.8, 1, 0.9),
    ]
    assert place_over(lines, 30, 50) == LinePlace(0, 60, 0.1, 0.2, 0.9, 0.25)
    assert place_over(lines, 45, 50) == lines[1]
    assert place_over(lines, 70, 80) is None
