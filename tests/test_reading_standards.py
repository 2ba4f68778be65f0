"""Standards cited by designation: span, canonical number, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.reading.names.standards import canonical, find_standards
from kb.reading.text.text_forms import TextForms


@pytest.mark.parametrize(
    ("text", "span", "number"),
    [
        ("theo tiêu chuẩn quốc gia TCVN ISO 9001:2015 vào hoạt động", "TCVN ISO 9001:2015", "TCVN ISO 9001:2015"),
        ("chat luong theo TCVN 1SO 9001:2015 tai", "TCVN 1SO 9001:2015", "TCVN ISO 9001:2015"),
        ("theo Tiéu chuan TCVN 9001:2015 vao", "TCVN 9001:2015", "TCVN ISO 9001:2015"),
        ("chuyển đổi ISO 9001:2015 cho các Sở", "ISO 9001:2015", "TCVN ISO 9001:2015"),
        ("ISO 9001:1994 đã cũ", "ISO 9001:1994", "ISO 9001:1994"),
        ("theo tiêu chuẩn TCVN\n14423:2025 về", "TCVN\n14423:2025", "TCVN 14423:2025"),
        ("QCVN 02:2024/BXD.", "QCVN 02:2024/BXD", "QCVN 02:2024/BXD"),
        ("QCVN 18 - 2014/BXD;", "QCVN 18 - 2014/BXD", "QCVN 18:2014/BXD"),
        ("QCVN 4-1: 2010/BYT", "QCVN 4-1: 2010/BYT", "QCVN 4-1:2010/BYT"),
        ("QCVN 61-MT:2016/BTNMT", "QCVN 61-MT:2016/BTNMT", "QCVN 61-MT:2016/BTNMT"),
        ("QCVN 01-187:2018/BNN&PTNT", "QCVN 01-187:2018/BNN&PTNT", "QCVN 01-187:2018/BNNPTNT"),
        ("TCVN 7388-1,2,3:2013", "TCVN 7388-1,2,3:2013", "TCVN 7388-1,2,3:2013"),
        ("TCVN 3118-1993", "TCVN 3118-1993", "TCVN 3118:1993"),
        ("22 TCN 211-06 và", "22 TCN 211-06", "22TCN 211-06"),
        ("ISO/IEC 17025:2005", "ISO/IEC 17025:2005", "ISO/IEC 17025:2005"),
        ("TCVN ISO/IEC 17025", "TCVN ISO/IEC 17025", "TCVN ISO/IEC 17025"),
        ("TCXDVN 46:2007", "TCXDVN 46:2007", "TCXDVN 46:2007"),
    ],
)
def test_a_standard_is_found(text: str, span: str, number: str) -> None:
    (hit,) = find_standards(TextForms(text))
    assert (text[hit.start : hit.end], hit.number) == (span, number)


@pytest.mark.parametrize(
    "text",
    [
        "áp dụng ISO trong các cơ quan",
        "TCVN, QCVN về an toàn lao động",
        "TTCN, các PCN, Trợ lý TTg",
        "chlordecone (ISO), 2910.40",
        "các quy chuẩn QCVN: 02 loại",
        "số 12/MISO 45",
    ],
)
def test_letters_without_a_designation_are_none(text: str) -> None:
    assert find_standards(TextForms(text)) == []


def test_the_organ_of_a_regulation_is_its_body() -> None:
    (hit,) = find_standards(TextForms("QCVN 02:2024/BXD"))
    assert (hit.type, hit.body) == ("qcvn", "BXD")


@given(
    st.sampled_from(["TCVN", "QCVN", "ISO", "TCVN ISO", "TCXDVN"]),
    st.integers(100, 60_000),
    st.one_of(st.none(), st.integers(1985, 2030)),
)
def test_a_canonical_number_is_its_own_canonical_form(series: str, number: int, year: int | None) -> None:
    printed = f"{series} {number}" + (f":{year}" if year else "")
    once = canonical(printed)
    assert once is not None and canonical(once) == once


@given(st.text(alphabet="TCVNQIESO10 :-/,.BXD\n", max_size=120))
def test_any_text_is_read(text: str) -> None:
    for hit in find_standards(TextForms(text)):
        assert 0 <= hit.start < hit.end <= len(text)
