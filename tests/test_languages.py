"""One language at a time: no Vietnamese on an English page or in an English answer, outside of documents' own words.

Words of documents are marked on the pages (``lang="vi"``), which screen readers need as well. What cannot be marked
(the title of a page, attributes, a terminal) may hold names of documents only: these are taken out first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from cancu.cli import main
from cancu.verbs import VERBS
from indexer.search import open_search
from kb.checking.sources import in_sentence
from kb.service import KnowledgeBase

VIETNAMESE = re.compile("[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE)
NUMBER = re.compile(r"\S*\d\S*[/-]\S+|HĐND|UBND")
QUERY = "cải cách"
PAGES = [
    "/",
    "/tim",
    f"/tim?q={QUERY}",
    f"/tim?q={QUERY}&type=Kế hoạch",
    "/tim?q=2396/QĐ-UBND",
    "/tim?q=79/2025/QĐ-UBND",
    "/tim?q=(",
    "/tim?q=xyzxyz",
    "/so/2396/QĐ-UBND",
    "/tra-cuu",
    "/mang-luoi",
    "/mang-luoi?xem=can-cu-cu",
    "/mang-luoi?xem=khong-can-cu",
    "/mang-luoi?xem=dan-nhieu",
    "/mang-luoi?xem=vong",
    "/mang-luoi/chuoi",
    "/mang-luoi/chuoi?tu=2395/QĐ-UBND&den=62/2020/NĐ-CP",
    "/mang-luoi/chuoi?tu=79/2025/QĐ-UBND&den=1/1",
    "/chat-luong",
    "/gioi-thieu",
    "/nowhere",
    "/vb/nowhere/at/all",
    "/tim?q=a&sort=zzz",
    "/tim?q=a&page=0",
]
DRAFT = (
    "Căn cứ Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của UBND tỉnh Ninh Thuận; Luật Đất đai; "
    "Quyết định số 79/2025/QĐ-UBND; Nghị định số 1/2001/NĐ-CP; Quyết định 2395/QB-UBND. Thực hiện Quyết định nêu trên."
)


@pytest.fixture(scope="module")
def documents(sample_kb: Path) -> list[str]:
    """Every document: those that are cited, and those whose text is held."""
    base = KnowledgeBase.open(sample_kb)
    held = open_search(base, sample_kb)("role:held", per_page=60)
    found = {one.id for one in base.most_cited(limit=100)} | {item.document.id for item in held.items}
    assert len(found) > 20
    return sorted(found)


@pytest.fixture(scope="module")
def names(sample_kb: Path, documents: list[str]) -> list[str]:
    """What documents, issuers and provinces are called, the longest first."""
    base = KnowledgeBase.open(sample_kb)
    found = set()
    for one in base.briefs(documents).values():
        found |= {one.title, one.office_citation, one.issuer, one.province, one.province_now, one.number, one.unit}
        found.add(in_sentence(one.title) if one.title else None)
    return sorted(filter(None, found), key=len, reverse=True)


def left_over(html: str, names: list[str]) -> list[str]:
    """Vietnamese that stands on an English page without being marked."""
    page = BeautifulSoup(html, "html.parser")
    assert page.html and page.html["lang"] == "en"
    found = []
    for element in page.find_all(True):
        for name in ("title", "aria-label", "placeholder", "alt", "content", "data-done", "data-suggestions"):
            words = element.get(name)
            if isinstance(words, str) and element.get("lang") != "vi":
                found.append(without(words, names))
    for words in page.find_all(string=True):
        if words.parent.name in ("script", "style"):
            continue
        marked = next((one["lang"] for one in words.parents if one.has_attr("lang")), "en")
        if marked != "vi":
            named = words.parent.name == "title"
            found.append(without(str(words), names if named else []))
    return [words for words in found if VIETNAMESE.search(words)]


def without(words: str, names: list[str]) -> str:
    words = _without_cut(words, names)
    if long := tuple(name for name in names if len(name) > 3):
        words = _any_of(long).sub("", words)
    return NUMBER.sub("", _without_cut(words, names).replace(QUERY, ""))


@cache
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern of many names: tried one by one they fall out of the compiled patterns that are kept."""
    return re.compile("|".join(map(re.escape, names)), re.IGNORECASE)


def _without_cut(words: str, names: list[str]) -> str:
    """Without the names that were too long for their place: their beginning and three dots."""
    for cut in re.findall(r"[^→:–]+(?=\.\.\.)", words):
        begun = NUMBER.sub("", cut).strip(" ,").casefold()
        if any(NUMBER.sub("", name).casefold().startswith(begun) for name in names):
            words = words.replace(cut, "")
    return words


@pytest.mark.parametrize("address", PAGES)
def test_an_english_page_is_english(bundled: FlaskClient, names: list[str], address: str) -> None:
    path, _, query = address.partition("?")
    answer = bundled.get(path, query_string=f"{query}&lang=en", follow_redirects=True)
    assert left_over(answer.get_data(as_text=True), names) == []


@pytest.mark.parametrize("part", ["", "/can-cu", "/dan?chieu=den", "/dan?chieu=di", "?rong=1"])
def test_the_english_pages_of_documents_are_english(
    bundled: FlaskClient,
    documents: list[str],
    names: list[str],
    part: str,
) -> None:
    for ident in documents:
        path, _, query = f"/vb/{ident}{part}".partition("?")
        answer = bundled.get(path, query_string=f"{query}&lang=en")
        assert answer.status_code == 200
        assert left_over(answer.get_data(as_text=True), names) == [], path


def test_the_english_check_of_a_text_is_english(bundled: FlaskClient, names: list[str]) -> None:
    answer = bundled.post("/tra-cuu?lang=en", data={"text": DRAFT})
    assert left_over(answer.get_data(as_text=True), names) == []


def test_vietnamese_is_seen_where_it_is_not_marked() -> None:
    page = '<html lang="en"><p lang="vi">Kế hoạch</p><p>2395/QĐ-UBND <b title="Nghị quyết">{}</b></p></html>'
    assert left_over(page.format("Đã bị bãi bỏ"), []) == ["Nghị quyết", "Đã bị bãi bỏ"]


@pytest.mark.parametrize("address", ["/", "/tra-cuu", "/mang-luoi", "/chat-luong", f"/tim?q={QUERY}"])
def test_a_vietnamese_page_is_vietnamese(bundled: FlaskClient, address: str) -> None:
    page = BeautifulSoup(bundled.get(address).get_data(as_text=True), "html.parser")
    words = " ".join(page.get_text(" ").split())
    assert not re.search(r"\b(?:the|and|of|cited|documents?)\b", words)


def answers(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    main(["--lang", "en", *words])
    said = capsys.readouterr()
    return said.out + said.err


def command_lines(kb: Path, draft: Path) -> Iterator[list[str]]:
    base = ["--kb", str(kb)]
    yield ["lookup", "79/2025/QĐ-UBND", *base]
    yield ["lookup", "2396/QĐ-UBND", *base]
    yield ["lookup", "xyz", *base]
    yield ["search", "year:2021", *base]
    yield ["search", "year:2023..2021", *base]
    yield ["search", "nofield:x", *base]
    for question in ("ladder", "stale-bases", "stale-dependants", "shared-bases"):
        yield ["trace", "2395/QĐ-UBND", "--ask", question, *base]
    yield ["trace", "2395/QĐ-UBND", "--to", "62/2020/NĐ-CP", *base]
    yield ["trace", "2395/QĐ-UBND", "--relation", "nonsense", *base]
    yield ["check", str(draft), *base]
    yield ["stats", *base]
    for listed in ("stale", "orphans", "most-cited", "circles"):
        yield ["stats", "--list", listed, *base]
    yield ["corrections", "list", *base]
    yield ["corrections", "add", "relation", "a@1", "nonsense", "--reason", "x", *base]
    yield ["remove", "nothing", *base]
    yield ["text", "/nowhere/at/all"]
    yield ["lookup", "1/QĐ-TTg", "--kb", "/nowhere/at/all"]
    yield []
    for verb in VERBS:
        yield [verb, "--help"]
        yield [verb, "--nonsense"]


def test_every_verb_answers_in_english(
    sample_kb: Path, names: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(DRAFT, "utf-8")
    for line in command_lines(sample_kb, draft):
        said = " ".join(answers(capsys, *line).split())
        assert said, line
        for quoted in re.findall("“[^”]*”", said):
            said = said.replace(quoted, "")
        assert not VIETNAMESE.search(without(said, names)), (line, without(said, names))


def test_extract_tells_relations_in_either_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(DRAFT, "utf-8")
    assert "based on" in answers(capsys, "extract", str(draft), "--jobs", "1")
    main(["extract", str(draft), "--jobs", "1"])
    assert "căn cứ" in capsys.readouterr().out


def test_a_status_is_said_once(sample_kb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["lookup", "2395/QĐ-UBND", "--kb", str(sample_kb)])
    said = " ".join(capsys.readouterr().out.split()).lower()
    assert said.count("chưa rõ hiệu lực") == 1


def test_nothing_found_is_said_of_what_was_asked(sample_kb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nothing: dict[str, Any] = {}
    for listed in ("orphans", "circles"):
        said = answers(capsys, "stats", "--list", listed, "--kb", str(sample_kb))
        assert "in this base" not in said
        nothing[listed] = said
    assert len(set(nothing.values())) == len(nothing)
