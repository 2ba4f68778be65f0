"""The query language: what is understood, and what is said where it is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.query.language import FIELDS, And, FieldIs, Node, Not, Or, Phrase, QueryError, Words, parse


def shape(node: Node) -> str:
    """The tree in one line, for tables."""
    match node:
        case Words(text=text):
            return text
        case Phrase(text=text):
            return f'"{text}"'
        case FieldIs(field=field, value=value):
            return f"{field}={value}"
        case Not(part=part):
            return f"-{shape(part)}"
        case And(parts=parts):
            return f"({' & '.join(map(shape, parts))})"
        case Or(parts=parts):
            return f"({' | '.join(map(shape, parts))})"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kế hoạch  cải cách", "kế hoạch cải cách"),
        ('"cải cách hành chính" 2022', '("cải cách hành chính" & 2022)'),
        ("“cải cách”", '"cải cách"'),
        ("kế hoạch -dự thảo", "(kế hoạch & -dự & thảo)"),
        ('kế hoạch -"dự thảo"', '(kế hoạch & -"dự thảo")'),
        ("kế hoạch - 2022", "kế hoạch 2022"),
        ("kế hoạch OR chương trình", "(kế hoạch | chương trình)"),
        ("a b HOẶC c OR d", "(a b | c | d)"),
        ("(a OR b) c", "((a | b) & c)"),
        ("or a", "or a"),
        ("loại:kế_hoạch", "type=kế hoạch"),
        ("loai:ke_hoach số:2395", "(type=ke hoach & number=2395)"),
        ('tỉnh:"ninh thuận" năm:2021..2023', "(province=ninh thuận & year=2021..2023)"),
        ("cơquan:ubnd", "issuer=ubnd"),
        ("cơ_quan:ubnd co-quan:sở", "(issuer=ubnd & issuer=sở)"),
        ("dẫn:2395/QĐ-UBND được_dẫn_bởi:34/KH-UBND", "(cites=2395/QĐ-UBND & cited_by=34/KH-UBND)"),
        ("duoc_dan_boi:34/KH-UBND", "cited_by=34/KH-UBND"),
        ("quan_hệ:thực_hiện -vai_trò:cited_only", "(relation=thực hiện & -role=cited only)"),
        ("type:decision province:hue", "(type=decision & province=hue)"),
        ("http://vbpl.vn/abc", "http://vbpl.vn/abc"),
        ("09-CTr/TU", "09-CTr/TU"),
        ("--a", "-a"),
        ("a ()", "a"),
        ("lúc 7:30 sáng", "lúc 7:30 sáng"),
        ("d) Tổ chức thực hiện", "d) Tổ chức thực hiện"),
        ("12. Giao Sở Tài chính", "12. Giao Sở Tài chính"),
        ("Giám đốc: Nguyễn Văn A", "Giám đốc: Nguyễn Văn A"),
        ("Số: 2395/QĐ-UBND", "Số: 2395/QĐ-UBND"),
        ("quyết định số: 2395/QĐ-UBND", "quyết định số: 2395/QĐ-UBND"),
        ("Loại: đường giao thông nông thôn", "Loại: đường giao thông nông thôn"),
        ("về phát triển kinh tế -xã hội tỉnh năm 2022", "về phát triển kinh tế -xã hội tỉnh năm 2022"),
        (
            "ngân sách) cho các xã, phường (giai đoạn hai của dự án",
            "ngân sách) cho các xã, phường (giai đoạn hai của dự án",
        ),
        (
            "giao các sở, ngành, địa phương (trong đó có Sở Nội vụ: chủ trì",
            "giao các sở, ngành, địa phương (trong đó có Sở Nội vụ: chủ trì",
        ),
        ('phê duyệt đề án "nâng cao năng lực đội ngũ', 'phê duyệt đề án "nâng cao năng lực đội ngũ'),
        ("lời " * 600, " ".join(["lời"] * 250)),
    ],
)
def test_understood(query: str, expected: str) -> None:
    assert shape(parse(query)) == expected


@pytest.mark.parametrize(
    ("query", "at", "words"),
    [
        ("", 0, "Chưa có gì"),
        ("   ", 0, "Chưa có gì"),
        ('kế hoạch "cải cách', 9, "chưa được đóng"),
        ("(kế hoạch", 0, "chưa được đóng"),
        ("kế hoạch) a", 8, "không có dấu “(”"),
        ("OR kế hoạch", 0, "cả hai bên"),
        ("kế hoạch OR", 9, "cả hai bên"),
        ("a OR OR b", 2, "cả hai bên"),
        ("màu:đỏ", 0, "Không có trường “màu:”"),
        ("a loại: kế", 7, "chưa có giá trị"),
        ('a tỉnh:""', 7, "chưa có giá trị"),
        ("năm:20x1", 4, "không phải là năm"),
        ("năm:2023..2021", 4, "bị ngược"),
        ("năm:2020-2025", 4, "không phải là năm"),
        ("năm:2020..", 4, "không phải là năm"),
        ("năm:>=2020", 4, "không phải là năm"),
        ("thực hiện các nhiệm vụ về chuyển đổi số năm:2020-2025", 44, "không phải là năm"),
        ("(" * 30 + "a" + ")" * 30, 20, "lồng nhau"),
    ],
)
def test_a_wrong_query_is_explained_at_its_character(query: str, at: int, words: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert caught.value.at == at
    assert words in caught.value.text("vi")
    assert caught.value.text("en") and caught.value.text("en") != caught.value.text("vi")


@pytest.mark.parametrize("field", list(FIELDS))
def test_every_field_has_a_vietnamese_an_ascii_and_an_english_name(field: str) -> None:
    value = "2021" if field == "year" else "x"
    for name in FIELDS[field]:
        for spelling in (name.replace(" ", "_"), name.replace(" ", ""), name.upper().replace(" ", "-")):
            assert shape(parse(f"{spelling}:{value}")) == f"{field}={value}"


pieces = st.sampled_from(
    ["kế hoạch", '"', "(", ")", "-", " ", "OR", "loại:", "năm:", ":", "2021..", "x", "\u0301", "“", "\n"]
)


@settings(max_examples=500, deadline=None)
@given(
    st.one_of(
        st.text(max_size=40), st.lists(pieces, max_size=12).map("".join), st.lists(pieces, max_size=12).map(" ".join)
    )
)
def test_any_text_is_understood_or_refused_in_words(query: str) -> None:
    try:
        node = parse(query)
    except QueryError as error:
        assert 0 <= error.at <= len(query)
        assert error.vi and error.en
    else:
        assert shape(node)
