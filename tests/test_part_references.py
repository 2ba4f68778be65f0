"""Words that lead to a part of a held text: of the text itself, or of a document that it cites."""

from __future__ import annotations

import pytest

from corpus.structure.guess import structured
from kb.identity.part_references import Cited, PartReferences
from kb.model import Hints
from kb.reading import read
from kb.reading.relations.pinpoint_pieces import one_by_one
from kb.reading.relations.pinpoints import pinpoints_in
from kb.reading.text.text_forms import TextForms

HEAD = "CHÍNH PHỦ\nSố: 12/2024/NĐ-CP\nHà Nội, ngày 05 tháng 3 năm 2024\n\nNGHỊ ĐỊNH\nQuy định về hồ sơ\n\n"
BODY = (
    "Điều 1. Phạm vi\n1. Một.\n2. Hai.\na) Điểm đầu;\nb) Điểm sau.\n"
    "Điều 2. Hồ sơ\n1. Theo {words}.\n2. Hai.\n3. Ba.\nĐiều 3. Hiệu lực\nNghị định này có hiệu lực từ ngày ký.\n"
)
ANNEXED = (
    "\nQUY CHẾ\nban hành kèm theo Nghị định số 12/2024/NĐ-CP\n\nĐiều 1. Phạm vi\n1. Một.\n"
    "Điều 2. Trách nhiệm\n1. Theo {words}.\n"
)


def leading(text: str, type_name: str = "Nghị định") -> list[tuple[str, str, str | None]]:
    """Words, anchor, and the number of the other document whose part it is."""
    blocks = structured(text, wrapped=True)
    citations = read(text, Hints(blocks=blocks)).citations
    spans = [Cited(one.start, one.end, one.pinpoint, one.relation) for one in citations]
    found = PartReferences(text, blocks, spans, type_name).between(0, len(text))
    return [
        (text[one.start : one.end], one.anchor, None if one.citation is None else citations[one.citation].number)
        for one in found
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("khoản 2 Điều này", [("khoản 2 Điều này", "dieu-2-khoan-2", None)]),
        ("khoản 2 Điều 1 Nghị định này", [("khoản 2 Điều 1", "dieu-1-khoan-2", None)]),
        (
            "điểm a, b khoản 2 Điều 1 của Nghị định này",
            [("điểm a", "dieu-1-khoan-2-diem-a", None), ("b khoản 2 Điều 1", "dieu-1-khoan-2-diem-b", None)],
        ),
        ("điểm a khoản 2 Điều 1", [("điểm a khoản 2 Điều 1", "dieu-1-khoan-2-diem-a", None)]),
        ("khoản 2 và khoản 3 Điều này", [("khoản 2", "dieu-2-khoan-2", None), ("khoản 3 Điều này", "dieu-2-khoan-3", None)]),
        ("Điều 9 Nghị định này", []),
        ("“khoản 2 Điều 1”", []),
        ("Điều 1 của Luật đó", []),
        ("khoản 2 Điều 5 Nghị định số 24/2014/NĐ-CP", [("khoản 2 Điều 5", "dieu-5-khoan-2", "24/2014/NĐ-CP")]),
        ("Nghị định số 24/2014/NĐ-CP (Điều 5, 6)", [("Điều 5", "dieu-5", "24/2014/NĐ-CP"), ("6", "dieu-6", "24/2014/NĐ-CP")]),
        ("Nghị định số 24/2014/NĐ-CP và quy định tại Điều 1", []),
    ],
)  # fmt: skip
def test_words_lead_to_the_part_that_they_name(words: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert leading(HEAD + BODY.format(words=words)) == expected


def test_an_article_that_amends_another_document_speaks_of_that() -> None:
    acts = "Sửa đổi khoản 1 Điều 3 Nghị định số 24/2014/NĐ-CP; bãi bỏ khoản 2 Điều 1"
    assert [number for _, _, number in leading(HEAD + BODY.format(words=acts))] == ["24/2014/NĐ-CP"]


@pytest.mark.parametrize(
    ("words", "anchor"),
    [
        ("khoản 1 Điều 1 Quy chế này", "dieu-1--2-khoan-1"),
        ("khoản 2 Điều 1 Nghị định này", "dieu-1-khoan-2"),
        ("Điều 3 Nghị định này", "dieu-3"),
        ("Điều 1", "dieu-1--2"),
    ],
)
def test_of_two_articles_of_one_number_that_is_meant_in_whose_text_the_words_stand(words: str, anchor: str) -> None:
    text = HEAD + BODY.format(words="pháp luật") + ANNEXED.format(words=words)
    assert [one[1] for one in leading(text)] == [anchor]


@pytest.mark.parametrize(
    ("words", "pieces"),
    [
        ("điểm a khoản 1 và khoản 2 Điều 5", ["điểm a khoản 1 Điều 5", "khoản 2 Điều 5"]),
        ("Điều 5, 6 và khoản 3 Điều 9", ["Điều 5", "Điều 6", "khoản 3 Điều 9"]),
        ("Điều 5 khoản 2 điểm a", ["điểm a khoản 2 Điều 5"]),
        ("khoản 2 đến khoản 4 Điều 7", ["khoản 2 Điều 7"]),
        ("Phụ lục I và II", ["Phụ lục I", "Phụ lục II"]),
    ],
)
def test_a_pinpoint_names_its_parts_one_by_one(words: str, pieces: list[str]) -> None:
    forms = TextForms(words)
    (hit,) = pinpoints_in(forms, 0, len(words))
    assert [one.value for one in one_by_one(forms.folded, forms.text, hit)] == pieces
