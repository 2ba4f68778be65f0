"""What a text does to others: how much of them, in which words, from which day and until when."""

from __future__ import annotations

import pytest

from corpus.structure.guess import structured
from kb.model import Citation, Hints
from kb.reading import read

HEAD = "BỘ TÀI CHÍNH\nSố: 12/2024/TT-BTC\nHà Nội, ngày 05 tháng 3 năm 2024\n\nTHÔNG TƯ\n\n"
OWN_EFFECT = "Điều 8. Hiệu lực thi hành\n1. Thông tư này có hiệu lực thi hành kể từ ngày 20 tháng 4 năm 2024.\n"


def acts(text: str) -> list[Citation]:
    """The citations of a text that are acted on."""
    found = read(text, Hints(blocks=structured(text, wrapped=True))).citations
    return [one for one in found if one.whole is not None]


EXTENTS = [
    ("Bãi bỏ Thông tư số 65/2019/TT-BTC.", True, None, None),
    ("Thông tư này thay thế các Thông tư số 65/2019/TT-BTC.", True, None, None),
    ("Thông tư số 65/2019/TT-BTC hết hiệu lực thi hành.", True, None, None),
    ("Chấm dứt hiệu lực của Thông tư số 65/2019/TT-BTC.", True, None, None),
    ("Bãi bỏ khoản 2 Điều 5 Thông tư số 65/2019/TT-BTC.", False, None, "khoản 2 Điều 5"),
    ("Bãi bỏ các biểu mẫu tại Thông tư số 65/2019/TT-BTC.", False, "các biểu mẫu", None),
    (
        "Các quy định về thu phí tại Thông tư số 65/2019/TT-BTC hết hiệu lực.",
        False, "Các quy định về thu phí", None,
    ),
    (
        "Bãi bỏ cụm từ “sau thông quan” tại khoản 2 Điều 40 Thông tư số 65/2019/TT-BTC.",
        False, "cụm từ “sau thông quan”", "khoản 2 Điều 40",
    ),
    ("Sửa đổi, bổ sung một số điều của Thông tư số 65/2019/TT-BTC.", False, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "whole", "part", "pinpoint"), EXTENTS)
def test_an_act_is_upon_the_whole_or_the_part_that_its_words_name(
    clause: str, whole: bool, part: str | None, pinpoint: str | None
) -> None:
    (act,) = acts(f"{HEAD}Điều 8. Điều khoản thi hành\n2. {clause}")
    assert (act.whole, act.pinpoint) == (whole, pinpoint)
    assert part is None or act.part == part


DAYS = [
    ("2. Bãi bỏ Thông tư số 65/2019/TT-BTC.", "2024-04-20", None),
    ("2. Thông tư số 65/2019/TT-BTC hết hiệu lực kể từ ngày Thông tư này có hiệu lực thi hành.", "2024-04-20", None),
    ("2. Thông tư số 65/2019/TT-BTC hết hiệu lực thi hành kể từ ngày 01/7/2024.", "2024-07-01", None),
    ("2. Kể từ ngày 01/7/2024, bãi bỏ Thông tư số 65/2019/TT-BTC về thu phí từ ngày 01/01/2020.", "2024-07-01", None),
    ("2. Ngưng hiệu lực thi hành Thông tư số 65/2019/TT-BTC đến hết ngày 31/12/2025.", "2024-04-20", "2025-12-31"),
]


@pytest.mark.parametrize(("clause", "since", "until"), DAYS)
def test_an_act_counts_from_the_day_that_its_sentence_or_its_text_tells(
    clause: str, since: str, until: str | None
) -> None:
    (act,) = acts(f"{HEAD}{OWN_EFFECT}{clause}")
    assert (act.effect_from, act.effect_to) == (since, until)


OWN_DAYS = [
    ("Thông tư này có hiệu lực kể từ ngày ký.", "2024-03-05"),
    ("Thông tư này có hiệu lực thi hành kể từ ngày ký ban hành.", "2024-03-05"),
    ("Thông tư này có hiệu lực sau 45 ngày kể từ ngày ký.", "2024-04-19"),
    ("Thông tư này có hiệu lực sau 15 ngày kể từ ngày đăng Công báo.", None),
]


@pytest.mark.parametrize(("effect", "since"), OWN_DAYS)
def test_a_day_counted_from_the_signing_is_counted(effect: str, since: str | None) -> None:
    (act,) = acts(f"{HEAD}Điều 8. Điều khoản thi hành\n1. {effect}\n2. Bãi bỏ Thông tư số 65/2019/TT-BTC.")
    assert act.effect_from == since


def test_what_another_document_did_has_no_day_of_this_one() -> None:
    (act,) = acts(f"{HEAD}{OWN_EFFECT}2. Theo Luật Giá số 11/2012/QH13 được sửa đổi bởi Luật số 61/2014/QH13.")
    assert (act.relation, act.inverse, act.effect_from) == ("amends", True, None)
