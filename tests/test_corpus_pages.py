"""Web pages and Word documents: what stands in the document is read, what stands around it is not."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml

from corpus.errors import Refused
from corpus.formats import legacy_word
from corpus.read import read_path
from corpus.source_text import SourceText
from kb.reading import read

CITED = "Căn cứ Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của Ủy ban nhân dân tỉnh;"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def one(path: Path) -> SourceText:
    (source,) = read_path(path)
    return source


def page(tmp_path: Path, html: str, encoding: str = "utf-8") -> SourceText:
    path = tmp_path / "a.html"
    path.write_bytes(html.encode(encoding, "xmlcharrefreplace"))
    return one(path)


def cited(text: str) -> list[tuple[str | None, str | None]]:
    return [(one.number, one.date) for one in read(text).citations if one.kind == "number"]


def test_word_html_in_windows_1252_with_entities_is_read_whole(tmp_path: Path) -> None:
    html = (
        '<html><head><meta http-equiv=Content-Type content="text/html; charset=windows-1252">'
        '<meta name=Generator content="Microsoft Word 15"><style>p {x}</style></head><body><table><tr>'
        "<td><p>ỦY BAN NHÂN DÂN</p><p>TỈNH VÍ DỤ</p></td><td><p>CỘNG HÒA XÃ HỘI</p><p>Độc lập</p></td></tr>"
        "<tr><td>Số: 12/KH-UBND</td><td>Ví Dụ, ngày 1 tháng 2 năm 2022</td></tr></table>"
        f"<p>{CITED}<a href='#_ftn1'>[1]</a>\nvề việc <del>cũ</del> <span style='display:none'>ẩn</span> mới</p>"
        "<div class=menu><p>Mục này thuộc văn bản.</p></div></body></html>"
    )
    assert page(tmp_path, html, "windows-1252").text == (
        "ỦY BAN NHÂN DÂN\nTỈNH VÍ DỤ\n| CỘNG HÒA XÃ HỘI\nĐộc lập\n"
        "Số: 12/KH-UBND | Ví Dụ, ngày 1 tháng 2 năm 2022\n"
        f"{CITED} về việc mới\nMục này thuộc văn bản.\n"
    )


SITE = """<!DOCTYPE html><html><head><title>Trang</title></head><body>
<nav><a href="/1">Quyết định 1/QĐ-TTg</a></nav>
<div id="divThuocTinh"><table>
<tr><td>Số hiệu:</td><td>12/KH-UBND</td><td>Loại văn bản:</td><td>Kế hoạch</td></tr>
<tr><td>Nơi ban hành:</td><td>Tỉnh Ví Dụ</td><td>Ngày ban hành:</td><td>05/02/2022</td></tr></table></div>
<div id="divContentDoc"><div class="content1"><p>KẾ HOẠCH</p><p>%s</p>
<ul class="share"><li><a href="/f">Chia sẻ 9/QĐ-UBND</a></li></ul></div></div>
<div class="related-docs"><ul><li><a href="/2">Nghị định 2/2020/NĐ-CP</a></li></ul></div>
<div class="comments"><p>Xem Thông tư 3/2021/TT-BNV nhé</p></div>
<footer>Giấy phép số 4/GP-TTĐT</footer></body></html>"""


def test_a_sites_page_gives_its_document_and_its_attribute_table(tmp_path: Path) -> None:
    source = page(tmp_path, SITE % CITED)
    assert source.text == f"KẾ HOẠCH\n{CITED}\n"
    assert source.attributes == {"number": "12/KH-UBND", "date": "2022-02-05", "issuer": "Tỉnh Ví Dụ"}


def test_an_unknown_sites_page_is_read_without_its_navigation(tmp_path: Path) -> None:
    html = (
        '<html><body><ul class="x"><li><a href=1>Nghị định 1/2020/NĐ-CP</a></li><li><a href=2>Luật</a></li>'
        f'<li><a href=3>Tin</a></li></ul><div class="xyz"><p>{CITED}</p></div><footer>Quyết định 4/QĐ-TTg</footer>'
        '<div class="comment-list"><p>Bình luận về 5/QĐ-TTg</p></div></body></html>'
    )
    assert page(tmp_path, html).text == f"{CITED}\n"


def test_a_list_of_documents_speaks_for_none_of_them(tmp_path: Path) -> None:
    rows = "".join(f"<ul><li>Số hiệu: {n}/QĐ-UBND</li><li>Ngày ban hành: 0{n}/01/2022</li></ul>" for n in (1, 2))
    assert page(tmp_path, f"<html><body>{rows}</body></html>").attributes == {}


def test_script_and_markup_in_a_page_is_never_text(tmp_path: Path) -> None:
    source = page(
        tmp_path, f"<html><body><script>alert('1/QĐ-TTg')</script><p>{CITED}<!-- 2/QĐ-TTg --></p></body></html>"
    )
    assert source.text == f"{CITED}\n"


def test_web_archives_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html; charset=utf-8\n"
        b"Content-Transfer-Encoding: base64\n\n"
        + __import__("base64").encodebytes(f"<html><body><p>{CITED}</p></body></html>".encode())
        + b"\n--B--\n"
    )
    assert (one(path).text, one(path).format) == (f"{CITED}\n", "mhtml")


def docx(path: Path, body: str, **parts: str) -> Path:
    """A .docx whose body is the given XML (and the raw parts by name) in the package python-docx makes."""
    file = io.BytesIO()
    document = Document()
    for child in parse_xml(f"<w:body {W}>{body}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, child)
    document.save(file)
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        for name, xml in parts.items():
            new.writestr(f"word/{name}.xml", xml)
    return path


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<w:p><w:r><w:t>số </w:t></w:r><w:ins><w:r><w:t>2395</w:t></w:r></w:ins><w:del><w:r><w:delText>9</w:delText></w:r></w:del></w:p>", "số 2395\n"),
        ("<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r></w:p>", "a\nb c-d\n"),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:t>hiện</w:t></w:r></w:p>", "hiện\n"),
        ("<w:p><w:hyperlink><w:r><w:t>24/2014/NĐ-CP</w:t></w:r></w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>", "24/2014/NĐ-CP\n"),
        ("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>UBND</w:t></w:r></w:p><w:p><w:r><w:t>TỈNH</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>CỘNG HÒA</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>", "UBND\nTỈNH\n| CỘNG HÒA\n"),
        ("<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>trong khung</w:t></w:r></w:p></w:txbxContent></w:pict><w:t>ngoài</w:t></w:r></w:p>", "ngoài\ntrong khung\n"),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>Số: 1/KH</w:t></w:r></w:p></w:sdtContent></w:sdt>", "Số: 1/KH\n"),
    ],
)  # fmt: skip
def test_word_documents_are_read_as_they_print(body: str, expected: str, tmp_path: Path) -> None:
    assert one(docx(tmp_path / "a.docx", body)).text == expected


def test_footnotes_follow_the_text_and_do_not_touch_its_numbers(tmp_path: Path) -> None:
    body = "<w:p><w:r><w:t>số 30/2020/NĐ-CP</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:t> ngày 5</w:t></w:r></w:p>"
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator"><w:p/></w:footnote>'
        "<w:footnote><w:p><w:r><w:t>Chú thích</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    assert one(docx(tmp_path / "a.docx", body, footnotes=notes)).text == "số 30/2020/NĐ-CP ngày 5\n[1] Chú thích\n"


@pytest.mark.parametrize("around", ["", " "])
def test_a_note_knows_where_its_mark_stands(around: str, tmp_path: Path) -> None:
    def words(text: str) -> str:
        return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'

    def mark(id: int) -> str:
        return f"<w:r><w:footnoteReference w:id='{id}'/></w:r>"

    body = (
        f"<w:p>{words('Theo Luật' + around)}{mark(7)}{words(' và Nghị định' + around)}</w:p>"
        f"<w:p><w:r><w:lastRenderedPageBreak/></w:r>{words('hai')}{mark(5)}</w:p>"
    )
    notes = f"<w:footnotes {W}>" + "".join(
        f"<w:footnote w:id='{id}'><w:p><w:r><w:t>Chú thích {id}</w:t></w:r></w:p></w:footnote>" for id in (5, 7)
    )
    source = one(docx(tmp_path / "a.docx", body, footnotes=notes + "</w:footnotes>"))
    assert source.text == "Theo Luật và Nghị định\nhai\n[1] Chú thích 5\n[2] Chú thích 7\n"
    anchors = {block.label: source.text[: block.anchor] for block in source.blocks if block.kind == "note"}
    assert anchors == {"[1]": "Theo Luật và Nghị định\nhai", "[2]": "Theo Luật"}


def test_pages_of_a_word_document_are_those_word_laid_out(tmp_path: Path) -> None:
    body = "<w:p><w:r><w:t>một</w:t></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/><w:t>hai</w:t></w:r></w:p>"
    source = one(docx(tmp_path / "a.docx", body))
    assert [source.text[page.start : page.end] for page in source.pages] == ["một\n", "hai\n"]


def test_legacy_fonts_in_word_are_converted_by_their_words_not_their_name(tmp_path: Path) -> None:
    def run(text: str, font: str) -> str:
        return f'<w:r><w:rPr><w:rFonts w:ascii="{font}"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'

    legacy = "QuyÕt ®Þnh sè 12/Q§-UB cña ñy ban nh©n d©n tØnh vÒ viÖc"
    converted = one(docx(tmp_path / "a.docx", f"<w:p>{run(legacy, '.VnTime')}{run(' năm', 'Arial')}</w:p>"))
    assert converted.text == "Quyết định số 12/QĐ-UB của ủy ban nhân dân tỉnh về việc năm\n"
    stale = one(docx(tmp_path / "b.docx", f"<w:p>{run(CITED, '.VnTime')}</w:p>"))
    assert stale.text == f"{CITED}\n"


def test_a_doc_without_a_converter_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + bytes(600))
    monkeypatch.setattr(legacy_word.shutil, "which", lambda _: None)
    with pytest.raises(Refused) as caught:
        one(path)
    assert caught.value.notice.code == "no_converter"
    assert "LibreOffice" in caught.value.notice.vi


@pytest.mark.parametrize("name", ["nd30__ND30-2020__Phuluc3", "party__36-HD-VPTW"])
def test_doc_and_docx_twins_give_the_same_citations(name: str, shared: Path) -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not on this machine")
    originals = shared / "corpus" / "originals"
    docx_text = one(originals / "docx" / f"{name}.docx").text
    assert cited(one(originals / "doc" / f"{name}.doc").text) == cited(docx_text)


@pytest.mark.parametrize("name", ["30_2020_ND_CP", *(f"Phuluc{number}" for number in range(1, 7))])
def test_docx_and_markdown_twins_give_the_same_citations(name: str, shared: Path) -> None:
    folder = shared / "corpus" / "originals" / "docx"
    ours = one(folder / f"nd30__ND30-2020__{name}.docx").text
    twin = one(folder / f"nd30__ND30-2020__{name}.md").text
    # The Markdown repeats merged cells and has the header's table at its end, where it reads as a citation of itself.
    own = read(ours).own
    itself = {(own.number, None)} if own and own.number else set()
    assert set(cited(ours)) | itself == set(cited(twin)) | itself


def test_vbpl_pages_give_the_citations_of_their_content_alone(shared: Path) -> None:
    folder = shared / "corpus" / "originals" / "vbpl_html"
    numbers = {path.stem: [number for number, _ in cited(one(path).text)] for path in folder.glob("*.html")}
    assert numbers["vbpl__vbpl_luocdo_hopnhat"] == [
        "31/VBHN-VPQH",
        "15/2012/QH13",
        "54/2014/QH13",
        "18/2017/QH14",
        "31/VBHN-VPQH",
    ]
    assert numbers["vbpl__vbpl_v1"] == []
    assert len(numbers["vbpl__vbpl_luocdo_phaply"]) >= 80
    facts = one(folder / "vbpl__vbpl_thuoctinh.html").attributes
    assert json.dumps(facts, ensure_ascii=False) == (
        '{"number": "101/2015/QH13", "date": "2015-11-27", "issuer": "Quốc hội", "title": "Tố tụng hình sự"}'
    )
