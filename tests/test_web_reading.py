"""The reading view of a held text: headings, articles, tables, lists and notes as what they are, in parts."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from web_support import client, ingested

from corpus.blocks import Block
from corpus.structure.guess import structured
from kb.answers.shapes import HeldPage, HeldText, TextCitation
from kb.identity.articles import Articles
from web.drawing import flow
from web.drawing.mended_text import Change
from web.drawing.reading_view import ReadingView, Words

WORDS = Words(
    page=lambda number: f"Trang {number}",
    table="Bảng",
    link_to=lambda label: f"đến {label}",
    back="về",
    note=lambda label: f"chú thích {label}",
)


def cite(start: int, end: int) -> TextCitation:
    return TextCitation(
        cited={"start": start, "end": end},
        index=0,
        relation_label="",
        target=None,
        candidates=(),
        status="unresolved",
        method="",
        score=None,
    )


def held(text: str, *citations: TextCitation, form: str = "md", **more: Any) -> HeldText:
    blocks = more.pop("blocks", None)
    if blocks is None:
        blocks = structured(text, wrapped=True, markdown=True)
    parts = tuple(Articles(blocks).parts)
    return HeldText("a/b", "a." + form, form, "", text, citations, more.pop("pages", ()), (), blocks, parts)


def plain_card(citation: TextCitation, words: Markup, first: bool, last: bool) -> Markup:
    return Markup("[{}]").format(words)


def written(text: HeldText) -> BeautifulSoup:
    view = ReadingView(text, plain_card, WORDS, lambda block: f"elsewhere{block}")
    return BeautifulSoup(view.html(flow.pieces(text)), "lxml")


def elements(text: HeldText) -> list[str]:
    """The page in short: tag, id and words of each element that stands alone."""
    found = written(text).select("p, h3, h4, h5, h6, li, td, th")
    return [
        f"{one.name}{'#' + one['id'] if one.get('id') else ''} {' '.join(one.get_text().split())}".strip()
        for one in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Một đoạn\nhai dòng.", ["p Một đoạn hai dòng."]),
        ("Căn cứ **Luật** này", ["p Căn cứ Luật này"]),
        ("## Mục tiêu\n\nĐoạn.", ["h3 Mục tiêu", "p Đoạn."]),
        (
            "Chương I\nQUY ĐỊNH\nĐiều 5. Phạm vi\n1. Một.\na) Hai.",
            ["h3#chuong-i Chương I #", "p QUY ĐỊNH", "h4#dieu-5 Điều 5. Phạm vi #", "p#dieu-5-khoan-1 1. Một.",
             "p#dieu-5-khoan-1-diem-a a) Hai."],
        ),
        ("Điều 1. Ban hành Quy chế này.", ["p#dieu-1 Điều 1. Ban hành Quy chế này."]),
        ("- Một\n- Hai", ["li - Một", "li - Hai"]),
        ("* Một\n* Hai", ["li Một", "li Hai"]),
        ("I. MỤC TIÊU\n1. Chung", ["h3#muc-i I. MỤC TIÊU #", "li#muc-i-khoan-1 1. Chung"]),
        (
            "| STT | Số |\n|---|---|\n| 1 | 2/QĐ |\n|  | **3**/QĐ |",
            ["th STT", "th Số", "td 1", "td 2/QĐ", "td", "td 3/QĐ"],
        ),
        ("ỦY BAN NHÂN DÂN", ["p ỦY BAN NHÂN DÂN"]),
        ("Sở \\- 1\\. *nghiêng*", ["p Sở - 1. nghiêng"]),
    ],
)  # fmt: skip
def test_blocks_are_shown_as_what_they_are(text: str, expected: list[str]) -> None:
    assert elements(held(text)) == expected


@pytest.mark.parametrize(
    ("text", "citations", "expected"),
    [
        ("Căn cứ 1/QĐ-UBND;", [cite(7, 16)], '<p><span id="L1">Căn cứ [1/QĐ-UBND];</span></p>'),
        ("số 1/QĐ-\nubnd;", [cite(3, 13)], '<p><span id="L1">số [1/QĐ-]</span> <span id="L2">[ubnd];</span></p>'),
        ("<b>5 & 6</b>", [], '<p><span id="L1">&lt;b&gt;5 &amp; 6&lt;/b&gt;</span></p>'),
        ("a <script>", [cite(2, 10)], '<p><span id="L1">a [&lt;script&gt;]</span></p>'),
        ("abcdef", [cite(1, 4), cite(2, 5)], '<p><span id="L1">a[bcd]ef</span></p>'),
        ("a **b 1/QĐ c** d", [cite(6, 10)], '<p><span id="L1">a <strong>b [1/QĐ] c</strong> d</span></p>'),
        ("a **1/QĐ** d", [cite(2, 10)], '<p><span id="L1">a [1/QĐ] d</span></p>'),
        ("a **b 1/QĐ** d", [cite(6, 12)], '<p><span id="L1">a <strong>b [1/QĐ]</strong> d</span></p>'),
        ("a ** b", [], '<p><span id="L1">a  b</span></p>'),
    ],
)
def test_words_are_escaped_and_citations_marked(text: str, citations: list[TextCitation], expected: str) -> None:
    view = ReadingView(held(text, *citations, form="txt"), plain_card, WORDS, str)
    assert view.html(flow.pieces(held(text))) == expected


def test_notes_stand_at_their_marks_and_lead_back() -> None:
    text = "Theo Luật và Nghị định.\n[1] Đã hết hiệu lực."
    note = Block("note", 24, len(text), label="[1]", anchor=9)
    source = held(text, blocks=(Block("paragraph", 0, 23), note))
    page = written(source)
    mark = page.select_one("sup a")
    assert mark["href"] == "#N1" and mark.get_text() == "1"
    assert mark.find_parent("p").get_text() == "Theo Luật1 và Nghị định."
    assert page.select_one("p.note#N1 a.back")["href"] == f"#{mark['id']}"
    view = ReadingView(source, plain_card, WORDS, lambda block: f"elsewhere{block}")
    assert 'href="elsewhere1"' in view.html(flow.pieces(source)[:1])


def test_pages_and_the_numbers_that_word_sets_by_itself_are_shown() -> None:
    text = "Phạm vi\nMột\nHai"
    blocks = (
        Block("article", 0, 15, level=5, label="Điều 1", name="Phạm vi"),
        Block("paragraph", 0, 7, parent=0),
        Block("list_item", 8, 11, level=7, label="a)", parent=0),
        Block("paragraph", 12, 15, parent=0),
    )
    pages = (HeldPage(1, 0, 12, "text", None), HeldPage(2, 12, 15, "text", None))
    assert elements(held(text, blocks=blocks, pages=pages)) == [
        "h3#dieu-1 Điều 1 Phạm vi #", "li a) Một", "p Trang 2", "p Hai"
    ]  # fmt: skip


_ALPHABET = st.sampled_from(["a", "b ", "\n", "<&", "**", "| c ", "|\n", "Điều 1. ", "- ", "1. ", "# "])


@settings(max_examples=200, deadline=None)
@given(st.lists(_ALPHABET, max_size=60).map("".join), st.integers(200, 3000))
def test_every_word_is_shown_once_in_parts_that_fit(text: str, budget: int) -> None:
    source = held(text)
    shown = flow.pieces(source)
    cut = flow.parts(source, shown, budget)
    assert [at for part in cut for at in range(part.first, part.last)] == list(range(len(shown)))
    assert all(one.end <= other.start for one, other in pairwise(shown))
    letters = [letter for letter in text if letter.isalnum()]
    assert [letter for piece in shown for letter in text[piece.start : piece.end] if letter.isalnum()] == letters
    words = BeautifulSoup(ReadingView(source, plain_card, WORDS, str).html(shown), "lxml").get_text()
    assert [letter for letter in words if letter.isalnum()] == letters
    for piece in shown:
        part = cut[flow.part_at(cut, shown, piece.start)]
        assert part.first <= shown.index(piece) < part.last


def test_a_paragraph_longer_than_a_page_is_cut() -> None:
    source = held("từ " * 40_000)
    shown = flow.pieces(source)
    assert len(shown) > 10 and [piece.rest for piece in shown] == [False] + [True] * (len(shown) - 1)
    assert len(flow.parts(source, shown)) > 2


def test_marks_take_room_too() -> None:
    text = "a 1/QĐ-UBND.\n" * 300
    cited = [cite(at, at + 9) for at in range(2, len(text), 13)]
    marked, plain = held(text, *cited), held(text)
    assert len(flow.parts(marked, flow.pieces(marked))) > len(flow.parts(plain, flow.pieces(plain)))


def test_a_text_without_structure_is_shown_line_by_line() -> None:
    source = replace(held("Một\n\nHai | ba"), blocks=(), parts=())
    assert elements(source) == ["p Một", "p Hai | ba"]


# -- the pages -----------------------------------------------------------------------------------------------------

ARTICLES = 220


def law(path: Path) -> None:
    """A decree of 220 articles in chapters of twenty, each with clauses and points."""
    lines = [
        "CHÍNH PHỦ",
        "",
        "Số: 30/2022/NĐ-CP",
        "",
        "Hà Nội, ngày 05 tháng 3 năm 2022",
        "",
        "NGHỊ ĐỊNH",
        "Kiểm tra",
        "",
    ]
    for article in range(1, ARTICLES + 1):
        if article % 20 == 1:
            lines += [
                f"Chương {('I' * 3 + 'VXLC')[article // 20 % 7]}{article // 20}",
                f"CHƯƠNG THỨ {article // 20 + 1}",
            ]
        lines += [f"Điều {article}. Trách nhiệm của cơ quan thứ {article}"]
        lines += [
            f"{n}. Cơ quan quản lý nhà nước thực hiện theo quy định của pháp luật về kiểm tra." for n in (1, 2, 3)
        ]
        if article == 3:
            lines += ["4. Việc khác theo điểm a khoản 3 Điều 200 Nghị định này."]
        lines += ["a) Một việc phải làm trong thời hạn;", "b) Việc khác theo khoản 1 Điều này."]
    path.write_text("\n".join(lines) + "\n", "utf-8")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("reading")
    law(folder / "luat.txt")
    (folder / "plan.txt").write_text(
        "ỦY BAN NHÂN DÂN\nTỈNH NINH THUẬN\n\nSố: 7/KH-UBND\n\nNinh Thuận, ngày 10 tháng 01 năm 2023\n\nKẾ HOẠCH\nKiểm tra\n\n"
        "Căn cứ khoản 2 Điều 150 Nghị định số 30/2022/NĐ-CP ngày 05/3/2022 của Chính phủ;\n",
        "utf-8",
    )
    return client(ingested(tmp_path_factory.mktemp("reading-kb") / "kb", folder))


def soup(answer: Any) -> BeautifulSoup:
    assert answer.status_code == 200, answer.status
    return BeautifulSoup(answer.data, "lxml")


def the_law(library: FlaskClient) -> str:
    return str(library.get("/api/v1/lookup?number=30/2022/NĐ-CP").get_json()["matches"][0]["url"])


def test_a_law_of_two_hundred_articles_is_read_in_parts(library: FlaskClient) -> None:
    address: str | None = f"{the_law(library)}/noi-dung"
    seen: list[str] = []
    while address:
        answer = library.get(address)
        assert len(answer.data) < 65_000
        page = soup(answer)
        seen += [one["id"] for one in page.select(".text [id^=dieu-]") if "khoan" not in one["id"]]
        listed = page.select(".toc a")
        assert 100 <= len(listed) <= 130
        for entry in listed:
            if entry["href"].startswith("#"):
                assert page.find(id=entry["href"][1:])
        following = page.select_one('.pager [rel="next"]')
        address = following["href"] if following else None
    assert seen == [f"dieu-{n}" for n in range(1, ARTICLES + 1)]


def test_an_entry_of_the_contents_opens_the_part_with_that_article(library: FlaskClient) -> None:
    page = soup(library.get(f"{the_law(library)}/noi-dung"))
    entry = page.select(".toc a")[-1]
    path, _, anchor = entry["href"].partition("#")
    assert soup(library.get(path)).find(id=anchor)


def test_an_article_cited_leads_to_that_article_of_the_held_text(library: FlaskClient) -> None:
    plan = library.get("/api/v1/lookup?number=7/KH-UBND").get_json()["matches"][0]["url"]
    link = soup(library.get(plan)).select_one(".text .c > a")
    assert link["href"].startswith(the_law(library)) and link["href"].endswith("#dieu-150-khoan-2")
    clause = soup(library.get(link["href"].partition("#")[0])).find(id="dieu-150-khoan-2")
    assert clause.get_text().startswith("2. ") and not soup(library.get(plan)).find(id="dieu-150-khoan-2")
    proof = soup(library.get(plan)).select_one("#dan-den .edge .meta a[href*=dieu-150]")
    assert proof.get_text() == "khoản 2 Điều 150"


def test_words_that_name_a_part_lead_there_in_this_text_and_in_others(library: FlaskClient) -> None:
    plan = library.get("/api/v1/lookup?number=7/KH-UBND").get_json()["matches"][0]["url"]
    (other,) = soup(library.get(plan)).select(".text a.r")
    assert other.get_text() == "khoản 2 Điều 150"
    assert other["href"].startswith(the_law(library)) and other["href"].endswith("#dieu-150-khoan-2")
    page = soup(library.get(f"{the_law(library)}/noi-dung"))
    own = {one.get_text(): one["href"] for one in page.select("[id^=dieu-3-khoan] a.r")}
    assert own["khoản 1 Điều này"] == "#dieu-3-khoan-1" and page.find(id="dieu-3-khoan-1")
    far = own["điểm a khoản 3 Điều 200"]
    assert far.endswith("#dieu-200-khoan-3-diem-a")
    assert soup(library.get(far.partition("#")[0])).find(id="dieu-200-khoan-3-diem-a")


@pytest.mark.parametrize(
    ("asked", "status", "there"),
    [
        ("tai=dieu-150-khoan-9", 200, "dieu-150"),
        ("tai=dieu-900", 200, "dieu-1"),
        ("tai=%3Cscript%3E", 200, "dieu-1"),
        ("dong=999999", 200, f"dieu-{ARTICLES}"),
        ("phan=2", 200, None),
        ("phan=99", 404, None),
        ("phan=0", 400, None),
    ],
)
def test_what_is_not_there_is_said(library: FlaskClient, asked: str, status: int, there: str | None) -> None:
    answer = library.get(f"{the_law(library)}/noi-dung?{asked}")
    assert answer.status_code == status
    if there:
        page = soup(answer)
        assert page.find(id=there)
        assert bool(page.select_one(".notice[role=status]")) is asked.startswith("tai")
        if asked == "tai=dieu-150-khoan-9":
            assert page.find(id="dieu-150-khoan-9"), "the address that was asked for leads to the nearest part"


def test_a_place_in_the_text_asked_of_the_document_leads_there(library: FlaskClient) -> None:
    answer = library.get(f"{the_law(library)}?tai=dieu-150&lang=en")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{the_law(library)}/noi-dung?tai=dieu-150&lang=en"


def test_a_document_without_its_text_has_no_reading_view(library: FlaskClient) -> None:
    assert library.get("/vb/khong/co/noi-dung").status_code == 404


def test_an_article_says_who_speaks_of_it_and_leads_there(library: FlaskClient) -> None:
    address = the_law(library)
    page = soup(library.get(f"{address}/noi-dung?tai=dieu-150"))
    (spoken,) = page.select(".spoken")
    assert spoken.find_previous_sibling()["id"] == "dieu-150" and "1 văn bản dẫn điều này" in spoken.get_text()
    assert spoken.a["href"] == f"{address}/dieu/dieu-150"
    for asked in (spoken.a["href"], f"{address}/dieu/khoản 2 Điều 150", f"{address}/dieu/dieu-150-khoan-2"):
        part = soup(library.get(asked))
        assert "7/KH-UBND" in part.select_one(".edge .who").get_text()
        assert "khoản 2 Điều 150" in part.select_one(".edge blockquote").get_text()
        assert part.select_one(".words").get_text().strip().startswith(("Điều 150", "2."))
        assert part.select_one(".more a")["href"].startswith(f"{address}/noi-dung?tai=dieu-150")
        assert "không có văn bản nào nói rằng phần này đã đổi" in part.main.get_text()
    assert not soup(library.get(f"{address}/dieu/khoản 3 Điều 150")).select(".edge")
    assert library.get(f"{address}/dieu/khong-la-gi").status_code == 404


def test_what_changes_an_article_is_told_at_the_article_and_on_its_page(tmp_path: Path) -> None:
    law(tmp_path / "law.txt")
    (tmp_path / "new.txt").write_text(
        "CHÍNH PHỦ\n\nSố: 9/2024/NĐ-CP\n\nHà Nội, ngày 05 tháng 3 năm 2024\n\nNGHỊ ĐỊNH\n"
        "Sửa đổi, bổ sung một số điều của Nghị định số 30/2022/NĐ-CP ngày 05/3/2022 của Chính phủ\n\n"
        "Điều 1. Sửa đổi, bổ sung Điều 5 Nghị định số 30/2022/NĐ-CP ngày 05/3/2022 của Chính phủ như sau:\n"
        "“Điều 5. Trách nhiệm mới”\n",
        "utf-8",
    )
    pages = client(ingested(tmp_path / "kb", tmp_path / "law.txt", tmp_path / "new.txt"))
    address = the_law(pages)
    assert "lần bị sửa đổi" in soup(pages.get(f"{address}/noi-dung")).select_one(".spoken .warn").get_text()
    acts = soup(pages.get(f"{address}/dieu/dieu-5")).select_one("section ol.edges")
    assert "9/2024/NĐ-CP" in acts.get_text() and "sửa đổi" in acts.get_text().lower()


@pytest.mark.parametrize(
    ("query", "total", "first"),
    [
        ("cơ quan thứ 150", 1, "cơ quan thứ 150"),
        ("CO QUAN THU 150", 1, "cơ quan thứ 150"),
        ("Trách nhiệm của cơ quan thứ", ARTICLES, "Trách nhiệm của cơ quan thứ"),
        ("thứ (150", 0, None),
    ],
)
def test_words_are_found_within_a_text_and_lead_to_their_lines(
    library: FlaskClient, query: str, total: int, first: str | None
) -> None:
    address = f"{the_law(library)}/noi-dung"
    page = soup(library.get(address, query_string={"tim": query}))
    assert f"{total} chỗ" in page.select_one(".hits h2").get_text()
    hits = page.select(".hits li")
    assert [one.mark.get_text() for one in hits[:1]] == ([first] if first else [])
    for hit in hits[:1]:
        path, _, anchor = hit.a["href"].partition("#")
        line = soup(library.get(path)).find(id=anchor)
        assert line.mark.get_text() == first


@pytest.mark.parametrize(
    ("text", "changes", "expected"),
    [
        ("Ke hoach nay", [(0, 8, "Kế hoạch")], "<p><ins>Kế hoạch</ins><del>Ke hoach</del> nay</p>"),
        ("a <b> c", [(2, 5, "<i>")], "<p>a <ins>&lt;i&gt;</ins><del>&lt;b&gt;</del> c</p>"),
        ("tìm ở đây", [(0, 3, None)], "<p><mark>tìm</mark> ở đây</p>"),
    ],
)
def test_damaged_words_are_shown_as_they_should_read_beside_the_printed_ones(
    text: str, changes: list[tuple[int, int, str | None]], expected: str
) -> None:
    made = [Change(*one) for one in changes]
    view = ReadingView(held(text, form="txt"), plain_card, WORDS, str, changes=made)
    shown = BeautifulSoup(view.html(flow.pieces(held(text))), "lxml").p
    shown.span.unwrap()
    assert str(shown) == expected


def test_a_scan_is_read_repaired_or_as_printed(bundled: FlaskClient) -> None:
    address = "/vb/quang-ngai/skhcn/2022/kh/272/noi-dung"
    page = soup(bundled.get(address))
    repaired, printed = page.select(".text ins"), page.select(".text del")
    assert len(repaired) == len(printed) > 3
    toggle = page.select_one("a.asprinted")
    assert "ban=in" in toggle["href"] and "printed" not in page.select_one(".text")["class"]
    assert "printed" in soup(bundled.get(toggle["href"])).select_one(".text")["class"]
    assert bundled.get(f"{address}?ban=x").status_code == 400
