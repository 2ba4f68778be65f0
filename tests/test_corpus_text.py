"""Plain text in every encoding that is met with, and what comes of folders."""

from __future__ import annotations

import gzip
import json
import os
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.bytes.encoding import decode
from corpus.bytes.legacy_fonts import from_tcvn3, from_vni, legacy_kind
from corpus.errors import Refused
from corpus.layout.plain_lines import clean, joined, row_lines
from corpus.limits import Limits
from corpus.read import read_path
from corpus.source_text import SourceText
from corpus.walk import walk
from corpus.worker import read_many

TEXT = (
    "ỦY BAN NHÂN DÂN TỈNH NINH THUẬN\nKế hoạch phát động phong trào thi đua\n"
    "Căn cứ Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của Ủy ban nhân dân tỉnh về việc ban hành Kế hoạch cải cách "
    "hành chính nhà nước tỉnh Ninh Thuận năm 2022; thực hiện Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ.\n"
)


def one(path: Path, limits: Limits | None = None) -> SourceText:
    (source,) = read_path(path, limits=limits or Limits())
    return source


def refusal(path: Path, limits: Limits | None = None) -> Refused:
    with pytest.raises(Refused) as caught:
        list(read_path(path, limits=limits or Limits()))
    return caught.value


@pytest.mark.parametrize(
    "text", [TEXT, TEXT.replace("\n", "\r\n"), "\ufeff" + TEXT, unicodedata.normalize("NFD", TEXT)]
)
def test_utf8_text_is_the_file_code_point_for_code_point(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    with open(path, encoding="utf-8", newline="") as file:
        assert one(path).text == file.read()
    assert one(path).notices == ()


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_any_utf8_text_comes_back_unchanged(text: str) -> None:
    assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1258"], ids=lambda name: str(name)
)
def test_other_encodings_give_the_same_text_in_nfc(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(windows_1258(TEXT) if encoding == "windows-1258" else TEXT.encode(encoding))
    assert one(path).text == TEXT


def windows_1258(text: str) -> bytes:
    """As Windows writes it: letters with a hat precomposed, the tone after them."""
    out = b""
    for letter in text:
        try:
            out += letter.encode("windows-1258")
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", letter)
            tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
            hat = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in tones))
            out += (hat + "".join(tones)).encode("windows-1258")
    return out


@pytest.mark.parametrize(
    ("raw", "font", "expected"),
    [
        (
            "QuyÕt ®Þnh sè 12/Q§-UB cña ñy ban nh©n d©n tØnh vÒ viÖc",
            from_tcvn3,
            "Quyết định số 12/QĐ-UB của ủy ban nhân dân tỉnh về việc",
        ),
        ("Quyeát ñònh cuûa UÛy ban nhaân daân tænh veà vieäc", from_vni, "Quyết định của Ủy ban nhân dân tỉnh về việc"),
        (
            "Nghò quyeát NGHÒ QUYEÁT Hoäi ñoàng nhaân daân thöù töï",
            from_vni,
            "Nghị quyết NGHỊ QUYẾT Hội đồng nhân dân thứ tự",
        ),
    ],
)
def test_legacy_fonts_become_unicode(raw: str, font, expected: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert font(raw) == expected
    assert legacy_kind(raw) == font.__name__.removeprefix("from_")
    path = tmp_path / "a.txt"
    path.write_bytes(raw.encode("windows-1252"))
    source = one(path)
    assert source.text == expected
    assert [notice.code for notice in source.notices] == ["legacy_font"]


@pytest.mark.parametrize("text", [TEXT, "Décret n° 30 du 5 mars, élève à Paris: café crème", "Plain English text."])
def test_text_that_is_no_legacy_font_is_left_alone(text: str) -> None:
    assert legacy_kind(text) is None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (TEXT.encode() + "ễ".encode()[:2], "cut_short"),
        (TEXT.encode().replace(b"\n", b"\xff\n", 1), "bad_bytes"),
        (TEXT.encode().replace(b" ", b"\0", 2), "nul_bytes"),
    ],
)
def test_damage_is_said_and_the_rest_is_read(data: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    source = one(path)
    assert [notice.code for notice in source.notices] == [code]
    assert "2395/QĐ-UBND" in source.text
    assert "\0" not in source.text


@pytest.mark.parametrize(
    ("name", "data", "format_"),
    [
        ("a.txt", TEXT.encode(), "txt"),
        ("a.md", b"## " + TEXT.encode(), "md"),
        ("a.txt", f"<!DOCTYPE html><html><body><p>{TEXT}</p></body></html>".encode(), "html"),
        ("a.pdf", TEXT.encode(), "txt"),
        ("a.txt", json.dumps({"text": TEXT}).encode(), "jsonl"),
    ],
)
def test_the_content_decides_the_format(name: str, data: bytes, format_: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert one(path).format == format_


def test_an_archive_gives_its_members_and_names_those_it_could_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("b/Kế hoạch.txt", TEXT)
        package.writestr("a.txt", "x" + TEXT)
        package.writestr("empty.txt", "")
        package.writestr("__MACOSX/._a.txt", b"\0\1")
    reads = list(read_many([path]))
    assert [source.name for read in reads for source in read.sources] == [f"{path}!a.txt", f"{path}!b/Kế hoạch.txt"]
    refused = reads[-1].refused
    assert refused is not None
    assert "empty.txt" in refused.notice.vi
    assert "1 trong 3" in refused.notice.vi


def test_lines_of_json_are_documents_with_their_facts(tmp_path: Path) -> None:
    lines = [{"text": TEXT, "so_hieu": "2395/QĐ-UBND"}, {"html": f"<p>{TEXT}</p>"}, {"other": 1}]
    plain, packed = tmp_path / "a.jsonl", tmp_path / "a.jsonl.gz"
    plain.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    for path in (plain, packed):
        reads = list(read_many([path]))  # more than one where the machine is slow
        sources = [source for read in reads for source in read.sources]
        assert [source.name for source in sources] == [f"{path}#1", f"{path}#2"]
        assert sources[0].text == TEXT
        assert sources[0].attributes == {"number": "2395/QĐ-UBND"}
        refused = reads[-1].refused
        assert refused is not None
        assert "#3" in refused.notice.en


def test_a_large_text_is_refused_by_its_size_and_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 3_000_000)
    said = refusal(path, Limits(file_bytes=1024 * 1024)).notice
    assert said.code == "too_large"
    assert "3 MB" in said.vi
    assert "1 MB" in said.en
    assert "Tách" in said.vi


def test_folders_are_walked_in_order_without_litter_or_loops(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden", "~$a.docx", "Thumbs.db"):
        (tmp_path / name).write_text("x")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c.txt").write_text("x")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    found = list(walk([tmp_path, tmp_path / ".hidden", tmp_path / "missing.txt"]))
    names = [one.name if isinstance(one, Refused) else str(one) for one in found]
    assert [name.removeprefix(f"{tmp_path}/") for name in names] == [
        "a.txt",
        "b.txt",
        "sub/c.txt",
        "sub/up",
        ".hidden",
        "missing.txt",
    ]
    assert [one.notice.code for one in found if isinstance(one, Refused)] == ["link_loop", "missing"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    path.chmod(0)
    assert refusal(path).notice.code == "no_permission"


def test_many_files_come_back_in_order_from_many_workers(tmp_path: Path) -> None:
    paths = []
    for number in range(60):
        paths.append(tmp_path / f"{number}.txt")
        paths[-1].write_text(f"{number} " * (5_000 if number % 7 == 0 else 3))
    reads = list(read_many(iter(paths), workers=3))
    assert [read.path for read in reads] == paths
    assert [read.sources[0].text.split()[0] for read in reads] == [str(number) for number in range(60)]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([["a"], ["b"]], ["a | b"]),
        ([["a"], []], ["a"]),
        ([["a", "b"], ["c", "d"]], ["a", "b", "| c", "d"]),
        ([[], [""]], []),
    ],
)
def test_table_rows_keep_columns_apart(cells: list[list[str]], expected: list[str]) -> None:
    assert row_lines(cells) == expected


def test_lines_are_cleaned_and_joined() -> None:
    assert clean(" Quye\u0302\u0301t\u00a0 \u00adđịnh\u200b ") == "Quyết định"
    assert joined(["", "a", "", "", "b", ""]) == "a\n\nb\n"
