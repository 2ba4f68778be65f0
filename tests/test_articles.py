"""Which part of a held text a pinpoint means, and the anchors of parts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.read import read_path
from corpus.structure.guess import structured
from kb.identity.articles import Articles, anchor_of
from kb.reading.relations.pinpoints import UNITS

DECISION = """QUYẾT ĐỊNH
Ban hành Quy chế
Điều 1. Ban hành kèm theo Quyết định này Quy chế.
Điều 2. Hiệu lực
1. Có hiệu lực từ ngày ký.
2. Bãi bỏ:
a) Quyết định A;
đ) Quyết định B.
3. Không có gì thêm.
4. Các sở thi hành.
TM. ỦY BAN NHÂN DÂN

QUY CHẾ
Chương I
QUY ĐỊNH CHUNG
Mục 1. Phạm vi
Điều 1. Phạm vi
1. Quy chế này quy định.
Điều 2. Nguyên tắc
5. Khoản năm.
Chương II
TỔ CHỨC
Mục 1. Họp
Điều 3a. Họp
a) Một;
TM. ỦY BAN NHÂN DÂN

PHỤ LỤC II
DANH MỤC

I. NHIỆM VỤ
1. Nhiệm vụ đầu
1.1. Chi tiết
a) Rất chi tiết
2. Nhiệm vụ sau
"""
PLAN = "KẾ HOẠCH\n\nI. MỤC TIÊU\n1. Chung\n2. Cụ thể\na) Đến năm 2025\nIV. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\n"


def articles(text: str) -> Articles:
    return Articles(structured(text, wrapped=True))


@pytest.mark.parametrize(
    ("text", "pinpoint", "expected"),
    [
        (DECISION, "Điều 1", ["dieu-1"]),
        (DECISION, "khoản 2 Điều 2", ["dieu-2-khoan-2"]),
        (DECISION, "điểm đ khoản 2 Điều 2", ["dieu-2-khoan-2-diem-dd"]),
        (DECISION, "khoản 1, 3 Điều 2; Điều 1", ["dieu-2-khoan-1", "dieu-2-khoan-3", "dieu-1"]),
        (DECISION, "khoản 2-4 Điều 2", ["dieu-2-khoan-2", "dieu-2-khoan-3", "dieu-2-khoan-4"]),
        (DECISION, "khoản 5 Điều 2", ["dieu-2--2-khoan-5"]),  # only the regulation's has five
        (DECISION, "điểm a Điều 3a", ["dieu-3a-diem-a"]),
        (DECISION, "Điều 3a Chương II", ["dieu-3a"]),
        (DECISION, "Mục 1 Chương II", ["chuong-ii-muc-1"]),
        (DECISION, "Phụ lục II", ["phu-luc-ii"]),
        (DECISION, "khoản 1 Mục I Phụ lục II", ["phu-luc-ii-muc-i-khoan-1"]),
        (DECISION, "khoản 1.1 Mục I", ["phu-luc-ii-muc-i-khoan-1-1"]),
        (PLAN, "Mục IV", ["muc-iv"]),
        (PLAN, "điểm 2 Mục I", ["muc-i-khoan-2"]),
        (PLAN, "tiết a điểm 2 Mục I", ["muc-i-khoan-2-diem-a"]),
        (PLAN, "khoản 1 Mục IV", ["muc-iv-khoan-1"]),
    ],
)
def test_a_pinpoint_means_parts_of_the_text(text: str, pinpoint: str, expected: list[str]) -> None:
    found = articles(text).find(pinpoint)
    assert [one.part.anchor for one in found] == expected
    assert all(one.exact for one in found)


@pytest.mark.parametrize(
    ("text", "pinpoint", "nearest"),
    [
        (DECISION, "khoản 9 Điều 2", ["dieu-2"]),
        (DECISION, "điểm c khoản 2 Điều 2", ["dieu-2-khoan-2"]),
        (DECISION, "Điều 40", []),
        (DECISION, "Điều 40 Chương I", ["chuong-i"]),
        (DECISION, "khoản 1", []),  # of which article is not said
        (DECISION, "Mục 1", []),  # both chapters have one
        (PLAN, "Mục V", []),
    ],
)
def test_what_a_text_does_not_have_leads_to_what_is_around_it(text: str, pinpoint: str, nearest: list[str]) -> None:
    found = articles(text).find(pinpoint)
    assert [one.part.anchor for one in found] == nearest
    assert not any(one.exact for one in found)


def test_a_part_is_the_block_of_its_words() -> None:
    blocks = structured(DECISION, wrapped=True)
    (found,) = Articles(blocks).find("điểm đ khoản 2 Điều 2")
    block = blocks[found.part.block]
    assert DECISION[block.start : block.end] == "đ) Quyết định B."
    assert found.part.around == "dieu-2-khoan-2"
    assert Articles(blocks).of_block(found.part.block) == found.part


@pytest.mark.parametrize(
    ("pinpoint", "anchor"),
    [
        ("Điều 5", "dieu-5"),
        ("khoản 2, 3 Điều 5; Điều 7", "dieu-5-khoan-2"),
        ("điểm đ khoản 1-4 Điều 12a", "dieu-12a-khoan-1-diem-dd"),
        ("Điều 5 Chương II", "dieu-5"),
        ("Mục 1 Chương II", "chuong-ii-muc-1"),
        ("Phụ lục", "phu-luc"),
    ],
)
def test_a_link_is_made_without_the_text(pinpoint: str, anchor: str) -> None:
    assert anchor_of(pinpoint) == anchor


@pytest.mark.parametrize(
    ("anchor", "found", "exact"),
    [
        ("dieu-2--2", "dieu-2--2", True),
        ("dieu-2-khoan-77", "dieu-2", False),
        ("muc-i-diem-1", "phu-luc-ii-muc-i-khoan-1", True),
        ("phu-luc-ii-muc-i", "phu-luc-ii-muc-i", True),
        ("nowhere", None, None),
        ("", None, None),
    ],
)
def test_an_anchor_leads_to_its_part_or_the_nearest_around_it(anchor: str, found: str | None, exact: bool) -> None:
    at = articles(DECISION).at(anchor)
    assert (at and at.part.anchor, at and at.exact) == (found, exact)


def test_every_article_of_real_texts_has_an_anchor_of_its_own_that_its_pinpoint_finds(samples: Path) -> None:
    asked = 0
    for path in sorted(samples.iterdir()):
        for source in read_path(path):
            known = Articles(source.blocks)
            assert len({part.anchor for part in known.parts}) == len(known.parts)
            for part in known.parts:
                assert known.at(part.anchor) == (part, True)
                block = source.blocks[part.block]
                if block.kind == "article" and block.level == 5 and "--" not in part.anchor:
                    assert known.find(block.label.replace("ĐIỀU", "Điều"))[0].part == part
                    asked += 1
    assert asked >= 30


_LINES = st.lists(
    st.sampled_from(["", "Chương I", "Mục 1", "Điều 1. A", "Điều 2. B", "1. b", "a) c", "II. D", "PHỤ LỤC I", "KT. F"])
)
_PINPOINTS = st.sampled_from(
    ["Điều 1", "khoản 1-3 Điều 2", "điểm a khoản 1 Điều 1; Mục II", "Mục 1 Chương I", "Phụ lục I", UNITS[-1]]
)


@given(_LINES, _PINPOINTS)
def test_any_text_can_be_asked_for_any_pinpoint(lines: list[str], pinpoint: str) -> None:
    known = articles("\n".join(lines))
    assert len({part.anchor for part in known.parts}) == len(known.parts)
    for found in known.find(pinpoint):
        assert known.at(found.part.anchor) == (found.part, True)
