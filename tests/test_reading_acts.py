"""What a text does to others: how much of them, in which words, from which day and until when."""

from __future__ import annotations

import pytest
from kb_fixtures import cite, plan

from corpus.structure.guess import structured
from kb.model import Citation, Hints
from kb.reading import read
from kb.reading.acts.told import acts_told

HEAD = "BỘ TÀI CHÍNH\nSố: 12/2024/TT-BTC\nHà Nội, ngày 05 tháng 3 năm 2024\n\nTHÔNG TƯ\n\n"
OWN_EFFECT = "Điều 8. Hiệu lực thi hành\n1. Thông tư này có hiệu lực thi hành kể từ ngày 20 tháng 4 năm 2024.\n"


def acts(text: str) -> list[Citation]:
    """The citations of a text that are acted on."""
    found = read(text, Hints(blocks=structured(text, wrapped=True))).citations
    return [one for one in found if one.whole is not None]


def test_a_short_name_given_in_brackets_is_acted_on_no_more_than_the_document_that_it_names() -> None:
    clause = "1. Bãi bỏ khoản 4 Điều 8 Thông tư số 65/2019/TT-BTC (sau đây gọi là Thông tư số 65/2019/TT-BTC)."
    assert [(one.whole, one.pinpoint) for one in acts(f"{HEAD}Điều 1. {clause}")] == [(False, "khoản 4 Điều 8")] * 2


@pytest.mark.parametrize(
    ("effect", "since"),
    [
        ("Thông tư này có hiệu lực kể từ ngày ký ban hành và được thực hiện đến hết ngày 31/7/2027.", "2024-03-05"),
        ("Thông tư có hiệu lực từ ngày 20/4/2024.", "2024-04-20"),
        ("“a) Điều 2 của Thông tư này có hiệu lực từ ngày 01/01/2028.\n2. Thông tư này có hiệu lực từ ngày 20/4/2024.",
         "2024-04-20"),
    ],
)  # fmt: skip
def test_the_day_of_the_text_itself(effect: str, since: str) -> None:
    """Before a day until which it is carried out, without a pointer, behind a quotation that is never closed."""
    found = acts(f"{HEAD}Điều 1. Bãi bỏ Thông tư số 65/2019/TT-BTC.\nĐiều 8. Hiệu lực\n1. {effect}\n")
    assert [one.effect_from for one in found] == [since]


def test_what_a_misprinted_document_does_is_not_told() -> None:
    """Number and date of the document that acts are years apart."""
    clause = "Nghị định số 38/2026/NĐ-CP ngày 15 tháng 5 năm 2016 quy định chi tiết một số điều của Luật Giá."
    found = read(f"{HEAD}Căn cứ {clause}", Hints()).citations
    assert [(one.relation, one.parent) for one in found if one.parent is not None] == [("cites", 0)]


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


def test_the_day_of_a_part_is_not_that_of_the_whole() -> None:
    part = "Điều 5 của Thông tư này có hiệu lực từ ngày 01/01/2028.\n"
    (act,) = acts(f"{HEAD}{part}{OWN_EFFECT}2. Bãi bỏ Thông tư số 65/2019/TT-BTC.")
    assert act.effect_from == "2024-04-20"


def test_what_another_document_did_has_no_day_of_this_one() -> None:
    (act,) = acts(f"{HEAD}{OWN_EFFECT}2. Theo Luật Giá số 11/2012/QH13 được sửa đổi bởi Luật số 61/2014/QH13.")
    assert (act.relation, act.inverse, act.effect_from) == ("amends", True, None)


LAW = "Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 65/2019/TT-BTC\n"
INHERITED = [
    ("1. Sửa đổi khoản 2 Điều 7 như sau:\n“2. Mới.”\n2. Bãi bỏ Điều 20.", [
        ("amends", "khoản 2 Điều 7"), ("repeals", "Điều 20"),
    ]),
    ("1. Bổ sung khoản 1a vào sau khoản 1 Điều 5 như sau:\n“1a. Mới.”", [("amends", "khoản 1a Điều 5")]),
    ("1. Khoản 2 Điều 7 được sửa đổi, bổ sung như sau:\n“2. Mới.”", [("amends", "khoản 2 Điều 7")]),
    ("4. Sửa đổi, bổ sung một số khoản của Điều 10 như sau:\na) Bổ sung khoản 3;\nb) Bãi bỏ khoản 5 và khoản 6.", [
        ("amends", "khoản 3 Điều 10"), ("repeals", "khoản 5, 6 Điều 10"),
    ]),
    ("4. Sửa đổi, bổ sung Điều 10 như sau:\na) Sửa đổi khoản 3 như sau:\n“3. Mới.”", [("amends", "khoản 3 Điều 10")]),
    ("1. Sửa đổi khoản 1 và bổ sung khoản 1a vào sau khoản 1 Điều 5.", [
        ("amends", "khoản 1 Điều 5"), ("amends", "khoản 1a Điều 5"),
    ]),
    ("3. Bãi bỏ các quy định sau đây:\na) Khoản 2 Điều 5;\nb) Điều 9.", [
        ("repeals", "khoản 2 Điều 5"), ("repeals", "Điều 9"),
    ]),
    ("2. Thay thế cụm từ “khoản 1 Điều 26” bằng cụm từ “khoản 2 Điều 26” tại khoản 1 Điều 46.", [
        ("amends", "khoản 1 Điều 46"),
    ]),
    ("1. Sửa đổi Điều 7 như sau:\n“Điều 7. Mới\n1. Sửa đổi khoản 9 Điều 99.\n2. Cũ.”\n2. Bãi bỏ Điều 8.", [
        ("amends", "Điều 7"), ("repeals", "Điều 8"),
    ]),
    ("1. Hồ sơ sửa đổi, bổ sung theo khoản 3 Điều 5.", []),
    ("1. Khi sửa đổi khoản 2 Điều 7, cơ quan nhà nước báo cáo.", []),
]  # fmt: skip


@pytest.mark.parametrize(("clauses", "expected"), INHERITED)
def test_a_clause_acts_on_the_document_that_its_article_names(clauses: str, expected: list[tuple[str, str]]) -> None:
    text = f"{HEAD}{LAW}{clauses}"
    reading = read(text, Hints(blocks=structured(text, wrapped=True)))
    told = [one for one in acts_told(reading.citations, reading.own) if one.pinpoint]
    assert [(one.relation, one.pinpoint) for one in told] == expected
    assert {one.target.number for one in told} <= {"65/2019/TT-BTC"}


def test_a_clause_acts_on_the_document_of_the_title() -> None:
    text = (
        "BỘ TÀI CHÍNH\nSố: 12/2024/TT-BTC\nHà Nội, ngày 05 tháng 3 năm 2024\n\nTHÔNG TƯ\n"
        "Sửa đổi, bổ sung một số điều của Thông tư số 65/2019/TT-BTC\n\nĐiều 2. Bãi bỏ khoản 4 Điều 9."
    )
    reading = read(text, Hints(blocks=structured(text, wrapped=True)))
    (act,) = [one for one in acts_told(reading.citations, reading.own) if one.pinpoint]
    assert (act.relation, act.target.number, act.pinpoint, act.actor) == (
        "repeals", "65/2019/TT-BTC", "khoản 4 Điều 9", None,
    )  # fmt: skip


def test_a_back_reference_keeps_its_pinpoint() -> None:
    text = f"{HEAD}Điều 3. Thực hiện Nghị định số 24/2014/NĐ-CP. Hồ sơ theo khoản 2 Điều 5 Nghị định nêu trên."
    one = next(one for one in read(text).citations if one.kind == "back_reference")
    assert (one.pinpoint, one.parent is not None) == ("khoản 2 Điều 5", True)


INTERNAL = """BỘ TÀI CHÍNH
Số: 12/2024/TT-BTC
Hà Nội, ngày 05 tháng 3 năm 2024

THÔNG TƯ

Điều 3. Hồ sơ
1. Một.
2. Hai, theo khoản 1 Điều này và Điều 9 của Thông tư này.
a) Điểm đầu;
b) Như điểm a khoản này.
Điều 4. Sửa đổi
Sửa đổi khoản 1 Điều 7 Thông tư số 65/2019/TT-BTC như sau: “1. Theo khoản 5 Điều này.”
"""


def test_references_of_a_text_to_itself_are_kept_apart() -> None:
    reading = read(INTERNAL, Hints(blocks=structured(INTERNAL, wrapped=True)))
    told = [(" ".join(one.text.split()), one.pinpoint) for one in reading.internal]
    assert told == [
        ("khoản 1 Điều này", "khoản 1 Điều 3"),
        ("Điều 9 của Thông tư này", "Điều 9"),
        ("điểm a khoản này", "điểm a khoản 2 Điều 3"),
    ]
    assert [one.number for one in reading.citations] == ["65/2019/TT-BTC"]


def test_an_act_upon_nothing_that_is_named_does_not_hide_the_next() -> None:
    """ "được sửa đổi bởi Nghị định số 104/2022/NĐ-CP" with nothing before it tells of no act."""
    citations = [
        cite("104/2022/NĐ-CP", "2022-12-21", relation="amends", inverse=True),
        cite("12/2024/TT-BTC", "2024-02-14", relation="cites"),
        cite("11/2020/TT-BTC", "2020-02-14", relation="replaces", parent=1),
    ]
    (act,) = acts_told(citations, None)
    assert act.actor is not None
    assert (act.relation, act.actor.number, act.target.number) == ("replaces", "12/2024/TT-BTC", "11/2020/TT-BTC")


def test_what_stands_at_the_head_of_the_very_text_is_no_actor_of_its_own() -> None:
    own = plan("12/2024/TT-BTC", "2024-02-14", None, type="thong-tu", body="BTC")
    citations = [
        cite("12/2024/TT-BTC", "2024-02-14"),
        cite("11/2020/TT-BTC", "2020-02-14", relation="replaces", parent=0),
        cite("13/2024/TT-BTC", "2024-02-15"),
        cite("10/2020/TT-BTC", "2020-02-15", relation="replaces", parent=2),
    ]
    assert [act.actor and act.actor.number for act in acts_told(citations, own)] == [None, "13/2024/TT-BTC"]
