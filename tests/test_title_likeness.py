"""Whether two titles can be of one document."""

from __future__ import annotations

import pytest

from kb.identity.title_likeness import changes_other, in_other_words, unlike

CHANGE = "về sửa đổi, bổ sung một số điều của Nghị định số 188/2004/NĐ-CP"


@pytest.mark.parametrize(
    ("one", "other", "two"),
    [
        (CHANGE, "về tăng cường quản lý, bảo vệ rừng và phòng cháy, chữa cháy rừng", True),
        ("về quản lý chất lượng công trình xây dựng", "về giao chỉ tiêu biên chế công chức năm 2021", True),
        (CHANGE, "về sửa đổi, bổ sung Nghị định về phương pháp xác định giá đất và khung giá các loại đất", False),
        (CHANGE, "bổ sung Nghị định số 188/2004/NĐ-CP về phương pháp xác định giá đất", False),
        (CHANGE, "về giá đất", False),  # too short to tell
        ("về phương pháp xác định giá đất", "phương pháp xác định giá các loại đất", False),
    ],
)
def test_titles_of_two_documents(one: str, other: str, two: bool) -> None:
    assert (unlike(one, other) or changes_other(one, other)) is two
    assert (unlike(other, one) or changes_other(other, one)) is two


def test_a_title_in_words_that_any_may_have_is_held_against_all_the_words_of_another() -> None:
    tasks = "quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của Ủy ban Dân tộc"
    assert in_other_words(tasks, "về việc ban hành Kế hoạch phát triển kinh tế - xã hội")
    assert not in_other_words(tasks, "quy định chức năng, nhiệm vụ, quyền hạn của Ủy ban Dân tộc")
    assert not in_other_words("sửa đổi, bổ sung một số điều của Nghị định số 188/2004/NĐ-CP", "về giá đất")
