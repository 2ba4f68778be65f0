"""A number one slip from that of a document known better, with its date or title, is told with the likely number."""

from __future__ import annotations

from pathlib import Path

import pytest
from kb_fixtures import build, cite, plan, put

from kb.model import Citation
from kb.service import KnowledgeBase

TITLE = "quy định về hoạt động thông tin đối ngoại của các cơ quan"
KNOWN, DAY = "72/2015/NĐ-CP", "2015-09-07"
DECISION = "2395/QĐ-UBND"


def base_of(tmp_path: Path, *slips: Citation, known: Citation | None = None) -> KnowledgeBase:
    """A base in which four plans cite a decree, and one the misprints."""
    decree = known or cite(KNOWN, DAY, type="nghi-dinh", title=TITLE)
    plans = [(f"k{n}", plan(f"{n}/KH-SKHCN", "2021-03-01"), [decree]) for n in range(1, 5)]
    return build(tmp_path, [*plans, ("last", plan("9/KH-SKHCN", "2021-04-01"), list(slips))])


@pytest.mark.parametrize(
    ("number", "date", "title", "agrees"),
    [
        ("27/2015/NĐ-CP", DAY, TITLE, "date_title"),  # two digits changed places
        ("172/2015/NĐ-CP", DAY, TITLE, "date_title"),  # one put in
        ("7/2015/NĐ-CP", None, TITLE, "title"),  # one left out
        ("72/2016/NĐ-CP", None, TITLE, "title"),  # of the year
        ("72/2015/NQ-CP", DAY, TITLE, "date_title"),  # of the type
    ],
)
def test_a_slip_is_told_with_the_likely_number(
    tmp_path: Path, number: str, date: str | None, title: str, agrees: str
) -> None:
    base = base_of(tmp_path, cite(number, date, title=title))
    (found,) = base.findings("one_slip").items
    assert (found.detail["number"], found.detail["likely"], found.detail["agrees"]) == (number, KNOWN, agrees)
    assert KNOWN in found.message and KNOWN in found.message_en


@pytest.mark.parametrize(
    ("number", "date", "title"),
    [
        ("27/2015/NĐ-CP", "2015-03-20", TITLE),  # a day of its own
        ("27/2015/NĐ-CP", DAY, "về giá bán điện cho các hộ gia đình ở nông thôn"),  # a title of its own
        ("72/2015/NĐ-CP", DAY, TITLE),  # the document itself
        ("81/2015/NĐ-CP", DAY, TITLE),  # two digits away
        ("73/2015/NĐ-CP", DAY, TITLE + " và địa phương"),  # a twin of one day
        ("73/2015/NĐ-CP", DAY, None),  # the next number of the day
    ],
)
def test_what_has_a_day_or_title_of_its_own_is_no_slip(
    tmp_path: Path, number: str, date: str, title: str | None
) -> None:
    assert not base_of(tmp_path, cite(number, date, title=title)).findings("one_slip").items


def test_plans_of_two_years_bear_one_number_and_one_title(tmp_path: Path) -> None:
    known = cite("15/KH-UBND", "2020-05-08", title=TITLE, province="Ninh Thuận")
    base = base_of(tmp_path, cite("15/KH-UBND", "2021", title=TITLE, province="Ninh Thuận"), known=known)
    assert not base.findings("one_slip").items


def test_a_day_alone_tells_where_the_register_holds_no_such_numbers_on_it(tmp_path: Path) -> None:
    known = cite(DECISION, "2021-12-24", province="Ninh Thuận")
    base = base_of(tmp_path, cite("2935/QĐ-UBND", "2021-12-24", province="Ninh Thuận"), known=known)
    (found,) = base.findings("one_slip").items
    assert (found.detail["likely"], found.detail["agrees"]) == (DECISION, "date")


def test_a_number_that_many_texts_give_is_no_slip(tmp_path: Path) -> None:
    slip = cite("27/2015/NĐ-CP", DAY, title=TITLE)
    base = base_of(tmp_path, slip)
    put(base, [(f"s{n}", plan(f"2{n}/KH-SKHCN", "2021-05-01"), [slip]) for n in range(3)])
    base.resolve()
    assert not base.findings("one_slip").items


@pytest.mark.parametrize(("number", "acts"), [("27/2015/NĐ-CP", False), (KNOWN, True)])
def test_a_sure_misprint_acts_on_nothing(tmp_path: Path, number: str, acts: bool) -> None:
    """What a misprint is said to replace has no history; what the right number replaces has."""
    replaced = cite("21/2008/NĐ-CP", "2008-02-28", type="nghi-dinh", relation="replaces", parent=0, whole=True)
    base = base_of(tmp_path, cite(number, DAY, type="nghi-dinh", title=TITLE), replaced)
    found = base.document("tw/cp/2008/nd/21")
    assert found is not None and bool(found.status.events) is acts
