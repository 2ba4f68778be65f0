"""Back references and short forms: an antecedent where it is certain, none where it is not."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.reading.relations.back_references import BackReference, find_back_references
from kb.reading.relations.relate import CitedSpan
from kb.reading.text.text_forms import TextForms

_NUMBER = re.compile(r"\d+(?:/\d{4})?/?-?[A-ZĐ]+[-/][A-ZĐa-z]+")
_TYPES = {
    "NQ": "nghi-quyet-cp",
    "NĐ": "nghi-dinh",
    "QĐ": "quyet-dinh-ubnd",
    "KH": "ke-hoach",
    "TT": "thong-tu",
    "QH": "luat",
}


def mentions(text: str) -> list[CitedSpan]:
    out = []
    for match in _NUMBER.finditer(text):
        code = re.sub(r"[\d/-]", " ", match[0]).split()[0]
        out.append(CitedSpan(*match.span(), "number", _TYPES[code], match.start(), match.end(), match[0]))
    return out


def read(text: str, own: str | None = "ke-hoach") -> list[tuple[str, str | None, bool]]:
    """(words, number of the antecedent, whether the document itself is meant)"""
    cited = mentions(text)
    return [
        (text[ref.start : ref.end], cited[ref.antecedent].number if ref.antecedent is not None else None, ref.own)
        for ref in find_back_references(TextForms(text), cited, own)
    ]


def test_this_document_is_the_one_that_speaks() -> None:
    assert read("Tổ chức thực hiện Kế hoạch này.") == [("Kế hoạch này", None, True)]
    assert read("Điều 2. Quyết định\nnày có hiệu lực", "quyet-dinh-ubnd") == [("Quyết định\nnày", None, True)]


def test_this_inside_quoted_new_wording_is_not_the_document() -> None:
    text = "Điều 1. Sửa đổi: “1. Theo quy định tại Nghị định này.” Điều 2. Nghị định này có hiệu lực."
    first, second = read(text, "nghi-dinh")
    assert first == ("Nghị định này", None, False)
    assert second == ("Nghị định này", None, True)


def test_above_takes_the_only_one_of_its_type() -> None:
    text = "Thực hiện Nghị quyết số 76/NQ-CP và Quyết định số 5/QĐ-UBND. Theo Nghị quyết nêu trên, các sở"
    assert read(text) == [("Nghị quyết nêu trên", "76/NQ-CP", False)]


@pytest.mark.parametrize(
    "text",
    [
        "Nghị quyết số 76/NQ-CP và Nghị quyết số 99/NQ-CP. Theo Nghị quyết nêu trên, các sở",
        "Nghị quyết số 76/NQ-CP.\n\nII. NHIỆM VỤ\n1. Theo Nghị quyết nêu trên, các sở",
        "Nghị quyết số 76/NQ-CP.\nTỔ CHỨC THỰC HIỆN\nTheo Nghị quyết nêu trên, các sở",
        "Nghị quyết số 76/NQ-CP. Theo các Nghị quyết nêu trên, các sở",
        "Theo Nghị quyết nêu trên, các sở",
    ],
)
def test_no_antecedent_is_an_answer(text: str) -> None:
    found = [answer for answer in read(text) if answer[0].endswith("nêu trên")]
    assert found == [("Nghị quyết nêu trên", None, False)]


def test_a_plan_on_a_territory_is_no_back_reference() -> None:
    assert read("Kế hoạch số 34/KH-UBND. Triển khai Kế hoạch trên địa bàn tỉnh") == []


def test_a_short_number_finds_its_document_across_headings() -> None:
    text = "Kế hoạch số 34/KH-UBND.\n\nII. TỔ CHỨC\n\nCác sở thực hiện Kế hoạch 34 và Kế hoạch số 34."
    assert read(text) == [("Kế hoạch 34", "34/KH-UBND", False), ("Kế hoạch số 34", "34/KH-UBND", False)]


def test_a_short_number_never_chooses() -> None:
    text = "Nghị định số 24/2014/NĐ-CP và Nghị định số 24/2020/NĐ-CP. Theo Nghị định 24 thì"
    assert read(text) == [("Nghị định 24", None, False)]
    assert read(text.replace("Nghị định 24 thì", "Nghị định 24/2020 thì")) == [
        ("Nghị định 24/2020", "24/2020/NĐ-CP", False)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "khoản 1 Điều 32 Nghị định 136, được sửa đổi theo Nghị định 94, trong trường hợp",
            ["Nghị định 136", "Nghị định 94"],
        ),
        ("theo Điều 24 Nghị định số 59 , Hội đồng quản trị có thể họp", ["Nghị định số 59"]),
        ("các Nghị định 136, 137 được", []),
        ("theo Nghị định 136,5 đồng", []),
    ],
)
def test_a_comma_behind_a_short_number_ends_it_unless_a_number_follows(text: str, expected: list[str]) -> None:
    assert read(text) == [(shown, None, False) for shown in expected], "never a document it might be"


@pytest.mark.parametrize("text", ["Báo cáo 6 tháng đầu năm", "Kế hoạch 5 năm 2021-2025", "Quyết định số 5/QĐ-UBND"])
def test_quantities_and_whole_numbers_are_no_short_form(text: str) -> None:
    assert read("Kế hoạch số 5/KH-UBND; " + text)[:1] in ([], [("", None, False)])


def test_a_defined_short_name_is_followed() -> None:
    text = (
        "theo Nghị quyết số 57/NQ-CP về đột phá (sau đây gọi tắt là Nghị quyết đột phá). Kết quả thực hiện "
        "Nghị quyết đột phá trong năm."
    )
    assert read(text) == [("Nghị quyết đột phá", "57/NQ-CP", False)]


def test_a_definition_of_something_else_defines_no_document() -> None:
    assert read("Quyết định số 5/QĐ-UBND và các sở, ban, ngành (sau đây gọi tắt là Sở). Sở thực hiện") == []


@given(st.text(alphabet="Kế hoạch này nêu trên 34/KH-UB.\n“”", max_size=200))
def test_any_text_is_read_in_order_without_overlap(text: str) -> None:
    found: list[BackReference] = find_back_references(TextForms(text), [], "ke-hoach")
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(ref.antecedent is None for ref in found)
