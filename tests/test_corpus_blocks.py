"""The structure of documents: what each format knows, what is guessed from lines, and what holds of every block."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from bench._tables import MAKERS
from corpus.blocks import KINDS, Block, heads_of, in_order
from corpus.layout.lines import Cell, Lines, table_of, text_and_blocks
from corpus.read import read_path
from corpus.source_text import SourceText
from corpus.structure.guess import structured
from corpus.structure.heads import column_kind


def guessed(text: str) -> list[tuple[str, int, str, str]]:
    """(kind, level, label, words) of each block that is not inside an article's own paragraph."""
    blocks = structured(text, wrapped=True, markdown=True)
    return [(block.kind, block.level, block.label, text[block.start : block.end]) for block in blocks]


DECREE = """NGHỊ ĐỊNH
Quy định việc tổ chức
Chương I
NHỮNG QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định việc tổ chức các cơ quan
chuyên môn thuộc Ủy ban nhân dân.
Điều 2. Sửa đổi
1. Sửa đổi Điều 5 như sau:
“Điều 5. Nội dung mới
1. Khoản mới.”
2. Bãi bỏ:
a) Khoản 1;
b) Khoản 2.
TM. CHÍNH PHỦ
THỦ TƯỚNG
Nơi nhận:
- Như Điều 2;
"""


def test_articles_hold_their_clauses_and_points() -> None:
    blocks = structured(DECREE, wrapped=True)
    articles = [block for block in blocks if block.kind == "article"]
    assert [(block.level, block.label, block.name) for block in articles] == [
        (2, "Chương I", "NHỮNG QUY ĐỊNH CHUNG"),
        (5, "Điều 1", "Phạm vi điều chỉnh"),
        (5, "Điều 2", "Sửa đổi"),
        (6, "1", ""),
        (6, "2", ""),
        (7, "a)", ""),
        (7, "b)", ""),
    ]

    def path(block: Block) -> list[str]:
        parent = None if block.parent is None else blocks[block.parent]
        return [*(path(parent) if parent else []), block.label]

    assert path(articles[-1]) == ["Chương I", "Điều 2", "2", "b)"]
    assert DECREE[articles[2].start : articles[2].end].endswith("b) Khoản 2.")
    assert not any(block.label == "Điều 5" for block in blocks), "new wording in quotation marks is no article here"


def test_a_wrapped_paragraph_is_one_block_and_a_signature_ends_the_articles() -> None:
    found = guessed(DECREE)
    assert (
        "paragraph",
        0,
        "",
        "Nghị định này quy định việc tổ chức các cơ quan\nchuyên môn thuộc Ủy ban nhân dân.",
    ) in found
    assert [kind for kind, *_ in found].count("signature") == 2
    assert ("list_item", 3, "-", "- Như Điều 2;") in found


@pytest.mark.parametrize(
    ("line", "kind", "level", "label"),
    [
        ("Điều 12a. Hiệu lực", "article", 5, "Điều 12a"),
        ("ĐIỀU 3: Tổ chức", "article", 5, "ĐIỀU 3"),
        ("Phần thứ nhất", "article", 1, "Phần thứ nhất"),
        ("Tiểu mục 2", "article", 4, "Tiểu mục 2"),
        ("Điều 5 Nghị định số 30/2020/NĐ-CP quy định", "paragraph", 0, ""),
        ("Chương trình công tác năm", "paragraph", 0, ""),
        ("1. Mục tiêu", "list_item", 6, "1."),
        ("1.2. Mục tiêu cụ thể", "list_item", 2, "1.2."),
        ("a) Sở Nội vụ", "list_item", 7, "a)"),
        ("+ Báo cáo quý", "list_item", 4, "+"),
        ("* Báo cáo quý", "list_item", 3, "*"),
        ("- a) Sở Nội vụ", "list_item", 7, "a)"),
        ("1\\. Mục tiêu", "list_item", 6, "1."),
        ("PHỤ LỤC II", "heading", 1, "PHỤ LỤC II"),
        ("Phụ lục I kèm theo Quyết định", "paragraph", 0, ""),
        ("II. NỘI DUNG", "heading", 1, "II."),
        ("## Mục tiêu", "heading", 2, ""),
        ("## Điều 4. Kinh phí", "article", 5, "Điều 4"),
        ("**TM. ỦY BAN NHÂN DÂN**", "signature", 0, ""),
        ("2395/QĐ-UBND", "heading", 1, ""),
    ],
)
def test_what_a_line_by_itself_is(line: str, kind: str, level: int, label: str) -> None:
    first = structured(line, wrapped=True, markdown=True)[0]
    assert (first.kind, first.level, first.label) == (kind, level, label)


def test_markdown_tables_have_rows_cells_and_heads() -> None:
    text = "Trước\n\n| STT | Số, ký hiệu |\n|---|:---:|\n| 1 | 2395/QĐ-UBND |\n| | 107/2020/NĐ-CP |\n\nSau\n"
    blocks = structured(text, wrapped=True, markdown=True)
    cells = [block for block in blocks if block.kind == "cell"]
    assert [(text[c.start : c.end], c.row, c.column, c.is_head) for c in cells] == [
        ("STT", 0, 0, True),
        ("Số, ký hiệu", 0, 1, True),
        ("1", 1, 0, False),
        ("2395/QĐ-UBND", 1, 1, False),
        ("107/2020/NĐ-CP", 2, 1, False),
    ]
    assert [text[head.start : head.end] for head in heads_of(blocks, cells[-1])] == ["Số, ký hiệu"]
    assert [block.kind for block in blocks if block.parent is None] == ["paragraph", "table", "paragraph"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Số, ký hiệu", "number"),
        ("Ngày, tháng, năm ban hành", "date"),
        ("CĂN CỨ PHÁP LÝ", "basis"),
        ("Văn bản thay thế (nếu có)", "replacement"),
        ("Ngày hoàn thành", None),
        ("Quyết định số 5", None),
    ],
)
def test_what_a_column_holds(words: str, kind: str | None) -> None:
    assert column_kind(words) == kind


ROWS = [("STT", "Số, ký hiệu", "Ngày ban hành", "Trích yếu")] + [
    (str(n), f"{n}/QĐ-UBND", f"{n % 27 + 1:02}/{n % 11 + 1:02}/2021", f"Về việc số {n}") for n in range(1, 301)
]


@pytest.mark.parametrize("name", MAKERS)
def test_one_table_is_the_same_cells_in_every_format(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    try:
        MAKERS[name](path, ROWS)
    except FileNotFoundError as error:
        pytest.skip(str(error))
    (source,) = read_path(path)
    cells = [block for block in source.blocks if block.kind == "cell"]
    pages = max(1, len(source.pages))  # each begins with the heads
    assert [source.text[head.start : head.end] for head in cells if head.is_head] == list(ROWS[0]) * pages
    kept = [cell for cell in cells if not cell.is_head]
    assert [source.text[cell.start : cell.end] for cell in kept] == [words for row in ROWS[1:] for words in row]
    assert [cell.column for cell in kept] == list(range(4)) * (len(ROWS) - 1)
    heads = heads_of(source.blocks, kept[4 * 60 + 2])
    assert {source.text[head.start : head.end] for head in heads} == {"Ngày ban hành"}


def _numbered(document: Document, text: str, number: str, level: str = "0") -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    listed = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", level), ("w:numId", number)):
        element = OxmlElement(tag)
        element.set(qn("w:val"), value)
        listed.append(element)
    properties.append(listed)


def test_word_tells_headings_and_the_numbers_that_it_sets_by_itself(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Mục tiêu", level=2)
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "900")
    for level, form, printed in (("0", "decimal", "Điều %1."), ("1", "lowerLetter", "%2)")):
        held = OxmlElement("w:lvl")
        held.set(qn("w:ilvl"), level)
        for tag, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", printed)):
            element = OxmlElement(tag)
            element.set(qn("w:val"), value)
            held.append(element)
        abstract.append(held)
    numbering.insert(0, abstract)
    listed = OxmlElement("w:num")
    listed.set(qn("w:numId"), "901")
    named = OxmlElement("w:abstractNumId")
    named.set(qn("w:val"), "900")
    listed.append(named)
    numbering.append(listed)
    for text, level in (("Phạm vi", "0"), ("Bãi bỏ", "1"), ("Thay thế", "1"), ("Hiệu lực", "0"), ("Bãi bỏ", "1")):
        _numbered(document, text, "901", level)
    path = tmp_path / "so.docx"
    document.save(str(path))
    (source,) = read_path(path)
    told = [(b.kind, b.level, b.label, b.name) for b in source.blocks if b.kind != "paragraph"]
    assert told == [
        ("heading", 2, "", ""),
        ("article", 5, "Điều 1", "Phạm vi"),
        ("article", 7, "a)", ""),
        ("article", 7, "b)", ""),
        ("article", 5, "Điều 2", "Hiệu lực"),
        ("article", 7, "a)", ""),
    ]
    assert "Điều 1" not in source.text, "the text is what stands in the file"


def test_html_tells_headings_items_notes_and_spans(tmp_path: Path) -> None:
    path = tmp_path / "trang.html"
    path.write_text(
        "<html><body><h2>Mục tiêu</h2><ul><li>Một<ul><li>Hai</li></ul></li></ul>"
        "<table><thead><tr><th colspan=2>Văn bản</th><th>Ngày</th></tr></thead>"
        "<tbody><tr><td>1</td><td>2/QĐ-UBND</td><td>3</td></tr></tbody></table>"
        "<div id='ftn1'><p>Đã hết hiệu lực.</p></div></body></html>",
        encoding="utf-8",
    )
    (source,) = read_path(path)
    assert [(b.kind, b.level) for b in source.blocks if b.kind in ("heading", "list_item", "note")] == [
        ("heading", 2),
        ("list_item", 1),
        ("list_item", 2),
        ("note", 0),
    ]
    last = [block for block in source.blocks if block.kind == "cell"][-2]
    assert (last.column, source.text[last.start : last.end]) == (1, "2/QĐ-UBND")
    assert [source.text[head.start : head.end] for head in heads_of(source.blocks, last)] == ["Văn bản"]


def test_a_table_of_one_row_holds_its_row(tmp_path: Path) -> None:
    path = tmp_path / "trang.html"
    path.write_text("<html><body><table><tr><td>Một</td><td>Hai</td></tr></table></body></html>", encoding="utf-8")
    (source,) = read_path(path)
    assert [(block.kind, block.parent) for block in source.blocks] == [
        ("table", None),
        ("row", 0),
        ("cell", 1),
        ("cell", 1),
    ]


def hold(source: SourceText) -> None:
    """What holds of every document's blocks."""
    for index, block in enumerate(source.blocks):
        assert block.kind in KINDS
        assert 0 <= block.start < block.end <= len(source.text)
        words = source.text[block.start : block.end]
        assert words[0] not in " \n" and words[-1] not in " \n", (block, words[:40])
        if block.parent is not None:
            around = source.blocks[block.parent]
            assert block.parent < index and around.start <= block.start and block.end <= around.end
            assert (block.kind == "row") <= (around.kind == "table") and (block.kind == "cell") <= (
                around.kind == "row"
            )
        assert Block.from_json(block.to_json()) == block
    assert [b.start for b in source.blocks] == sorted(b.start for b in source.blocks)


def test_blocks_hold_on_the_bundled_samples(samples: Path) -> None:
    seen = 0
    for path in sorted(samples.iterdir()):
        for source in read_path(path):
            hold(source)
            seen += len(source.blocks)
    assert seen > 200


def test_blocks_hold_on_real_documents(shared: Path) -> None:
    paths = [
        *sorted((shared / "corpus" / "plans").glob("*.txt"))[::20],
        *(shared / "corpus" / "originals").rglob("*.htm*"),
    ]
    for path in paths:
        for source in read_path(path):
            hold(source)


_LINES = st.lists(
    st.sampled_from(["", "Điều 1. A", "1. b", "a) c", "| x | y |", "|---|---|", "# d", "“Điều 2.", "e.”", "KT. F"])
)


@given(_LINES)
def test_any_lines_give_blocks_that_hold(lines: list[str]) -> None:
    text = "\n".join(lines)
    hold(SourceText("x", text, "md", "", blocks=structured(text, wrapped=True, markdown=True)))


@given(st.lists(st.lists(st.lists(st.sampled_from(["", "a", "bb"]), max_size=3), max_size=4), max_size=5))
def test_the_text_of_a_table_is_what_its_lines_alone_give(rows: list[list[list[str]]]) -> None:
    text, blocks = text_and_blocks(table_of([Cell(Lines(cell)) for cell in row] for row in rows))
    words = ["\n".join(line for line in cell if line) for row in rows for cell in row]
    assert [text[b.start : b.end] for b in in_order(blocks) if b.kind == "cell"] == [one for one in words if one]
