"""Comments in a copy of a Word document: at the words meant, whatever runs and marks stand between, and nothing else changed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from corpus.errors import Refused
from corpus.formats.word import read_docx
from corpus.formats.word_comments import WordComment, with_comments
from corpus.limits import DEFAULT

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def made(*paragraphs: list[str]) -> bytes:
    """A document whose paragraphs consist of the runs given."""
    document = docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for number, words in enumerate(runs):
            paragraph.add_run(words).bold = number % 2 == 0
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def commented(data: bytes) -> dict[str, str]:
    """The first line of every comment, with the words between its marks."""
    package = zipfile.ZipFile(io.BytesIO(data))
    said = {
        one.get(f"{W}id"): "".join(next(one.iter(f"{W}p")).itertext())
        for one in etree.fromstring(package.read("word/comments.xml"))
    }
    between: dict[str, str] = {}
    running: set[str] = set()
    for element in etree.fromstring(package.read("word/document.xml")).iter():
        mark = element.get(f"{W}id", "")
        if element.tag == f"{W}commentRangeStart":
            running.add(mark)
            between[mark] = ""
        elif element.tag == f"{W}commentRangeEnd":
            running.remove(mark)
        elif element.tag == f"{W}t":
            for one in running:
                between[one] += element.text or ""
    assert not running
    return {words: between[mark] for mark, words in said.items()}


def at(text: str, words: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("paragraphs", "words", "nth"),
    [
        ([["Căn cứ Quyết định số 12/QĐ-UBND;"]], "12/QĐ-UBND", 0),
        ([["Căn cứ Quyết định số 1", "2/QĐ", "-UBND ngày 5/3/2020"]], "12/QĐ-UBND", 0),
        ([["12/QĐ-UBND"], ["xem 12/QĐ-UBND"], ["và 12/QĐ-UBND nữa"]], "12/QĐ-UBND", 1),
        ([["12/QĐ-UBND"], ["xem 12/QĐ-UBND"], ["và 12/QĐ-UBND nữa"]], "12/QĐ-UBND", 2),
        ([["Điều 1."], ["toàn bộ đoạn này"]], "toàn bộ đoạn này", 0),
    ],
)
def test_the_comment_stands_at_the_words(paragraphs: list[list[str]], words: str, nth: int) -> None:
    data = made(*paragraphs)
    text = read_docx(data, "x.docx", "", DEFAULT).text
    out = with_comments(data, text, [WordComment(*at(text, words, nth), "thấy")], author="Cancu")
    assert commented(out) == {"thấy": words}
    assert read_docx(out, "x.docx", "", DEFAULT).text == text


def test_comments_may_overlap_and_share_words() -> None:
    data = made(["Quyết định số 12/QĐ-UBND ngày 5/3/2020"])
    text = read_docx(data, "x.docx", "", DEFAULT).text
    comments = [
        WordComment(*at(text, "số 12/QĐ-UBND"), "a"),
        WordComment(*at(text, "12/QĐ-UBND ngày 5/3/2020"), "b"),
        WordComment(*at(text, "12/QĐ-UBND"), "c"),
    ]
    assert commented(with_comments(data, text, comments, author="Cancu")) == {
        "a": "số 12/QĐ-UBND",
        "b": "12/QĐ-UBND ngày 5/3/2020",
        "c": "12/QĐ-UBND",
    }


def test_a_place_that_is_not_in_the_body_is_told_at_the_beginning() -> None:
    data = made(["Điều 1."], ["Điều 2."])
    out = with_comments(data, "Điều 1.\nĐiều 2.\n[1] chú thích", [WordComment(20, 29, "lạc")], author="Cancu")
    assert set(commented(out)) == {"lạc"}


@pytest.mark.parametrize("name", ["binh-dinh-3809-qd-ubnd-2021.docx", "tw-107-2020-nd-cp.docx"])
def test_every_word_of_a_bundled_document_can_be_commented(samples: Path, name: str) -> None:
    data = (samples / name).read_bytes()
    text = read_docx(data, name, "", DEFAULT).text
    words = [word for word in dict.fromkeys(text.split()) if any(map(str.isalnum, word))][::7]
    comments = [WordComment(*at(text, word), f"{number}") for number, word in enumerate(words)]
    found = commented(with_comments(data, text, comments, author="Cancu"))
    letters = {number: "".join(filter(str.isalnum, said)) for number, said in found.items()}
    assert len(letters) == len(words) > 10
    assert letters == {f"{number}": "".join(filter(str.isalnum, word)) for number, word in enumerate(words)}
    assert read_docx(with_comments(data, text, comments, author="Cancu"), name, "", DEFAULT).text == text


def test_a_damaged_package_is_refused() -> None:
    with pytest.raises(Refused):
        with_comments(b"PK\x03\x04", "x", [WordComment(0, 1, "x")], author="Cancu")
