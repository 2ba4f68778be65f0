"""How far the words of a clause reach: each threshold from both sides, by the number of letters between them."""

from __future__ import annotations

from typing import Any

import pytest

from kb.reading.relations.clause.context import Setting
from kb.reading.relations.clause.judge import judge
from kb.reading.text.text_forms import fold

_OF_ONE_BEFORE = {"follows": True}
_IN_PREAMBLE = {"opening": True, "preamble": True}


def said(before: str, letters: int, behind: str, where: dict[str, Any]) -> str:
    """What a clause says of the citation behind it, with so many letters of words without meaning in its middle."""
    middle = ("xem " * letters)[: letters - 1] + " " if letters else ""
    verdict = judge(fold(before + middle + behind), Setting(**where))
    if verdict is None:
        return "-"
    aspect = f" {verdict.aspect}" if verdict.aspect in ("continue", "result", "future") else ""
    return ("<" if verdict.inverse else "") + verdict.relation + aspect


@pytest.mark.parametrize(
    ("before", "behind", "letters", "near", "far", "where"),
    [
        ("nhận được ", "", 23, "cites", "-", {}),
        ("Thực hiện bám sát ", "", 99, "cites", "implements", {}),
        ("kèm theo ", "", 44, "promulgated_by", "-", {}),
        ("Thực hiện (kèm theo ", "", 199, "promulgated_by", "implements", {}),
        ("đã gửi ", "kèm theo ", 56, "cites", "promulgated_by", {}),
        ("", "Theo ", 3, "based_on", "cites", _IN_PREAMBLE),
        ("hướng dẫn ", "", 59, "guides", "-", {}),
        ("kiểm tra ", "", 11, "monitors", "-", {}),
        ("phổ biến ", "", 249, "disseminates", "-", {}),
        ("Căn cứ ", "", 399, "based_on", "-", {}),
        ("Thực hiện ", "", 299, "implements", "-", {}),
        ("Thực hiện ", "theo ", 119, "implements", "cites", {}),
        ("kinh phí thực hiện ", "", 39, "implements", "-", {}),
        ("kết quả ", "thực hiện ", 39, "implements result", "implements", {}),
        ("quy định chi tiết ", "thi hành ", 89, "guides", "implements", {}),
        ("hướng dẫn ", "thi hành ", 24, "guides", "implements", {}),
        ("giám sát ", "thực hiện ", 59, "monitors", "implements", {}),
        ("kiểm tra triển khai ", "thực hiện ", 48, "monitors", "implements", {}),
        ("tuyên truyền ", "thực hiện ", 59, "disseminates", "implements", {}),
        ("tuyên truyền ", "về thực hiện ", 196, "disseminates", "implements", {}),
        ("Đình chỉ ", "", 39, "suspends", "-", {}),
        (" được thay thế ", "", 11, "<replaces", "replaces", _OF_ONE_BEFORE),
        (" được bãi bỏ ", "bởi ", 236, "<repeals", "repeals", _OF_ONE_BEFORE),
        ("Nghị quyết bãi bỏ ", "", 299, "repeals", "-", {}),
        ("bổ sung ", "", 79, "amends", "-", {}),
        ("tham mưu ", "sửa đổi ", 51, "cites future", "amends", {}),
    ],
)
def test_a_reach_ends_where_it_ends(
    before: str, behind: str, letters: int, near: str, far: str, where: dict[str, Any]
) -> None:
    assert said(before, letters, behind, where) == near
    assert said(before, letters + 1, behind, where) == far
