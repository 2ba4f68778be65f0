"""Numbers and dates as they are typed by hand: slips of the keys, marks of footnotes, dates without their word."""

from __future__ import annotations

import pytest

from kb.model import Hints
from kb.reading import read

HOME = Hints(province="Quảng Trị")

# text, [(number, date)], the rules of the repairs of all of them
SEPARATORS = [
    ("Nghị định số 38/2009/NĐ--CP ngày 5/4/2009", [("38/2009/NĐ-CP", "2009-04-05")], ["separators"]),
    ("Nghị định số 38//2009/NĐ-CP ngày 5/4/2009", [("38/2009/NĐ-CP", "2009-04-05")], ["separators"]),
    ("Nghị định số 185/2007//NĐ-CP ngày 5/4/2007", [("185/2007/NĐ-CP", "2007-04-05")], ["separators"]),
    ("Nghị định số 73/1999NĐ-CP ngày 5/4/1999", [("73/1999/NĐ-CP", "1999-04-05")], ["separators"]),
    ("Quyết định số 12/QĐ-UBND -- Về việc khen thưởng", [("12/QĐ-UBND", None)], []),
    ("tỷ lệ 38/2009 và 12//2009", [], []),
]
SUFFIXES = [
    ("Nghị quyết số 30A/2008/NQ-CP ngày 27/12/2008 của Chính phủ", [("30A/2008/NQ-CP", "2008-12-27")], []),
    ("Quyết định số 15A/QĐ-UBND ngày 3/4/2020", [("15A/QĐ-UBND", "2020-04-03")], []),
    ("theo Quyết định 08B/QĐ-UB và Quyết định 8/QĐ-UB", [("08B/QĐ-UB", None), ("8/QĐ-UB", None)], []),
    ("Quyết định số 15O/QĐ-UBND ngày 3/4/2020", [], []),  # the letter O for a nought: no digit is guessed
    ("phụ lục theo mẫu số 09A/PL-TNCN, 09B/PL-TNCN", [], []),
    ("bảng kê số 06D/BK-TNCN ban hành kèm theo", [], []),
    ("căn hộ 12A/T5 chung cư", [], []),
]
DATES = [
    ("Nghị định số 30/2020/NĐ-CP1 ngày 05/3/2020 của Chính phủ", [("30/2020/NĐ-CP", "2020-03-05")], []),
    ("Nghị định số 30/2020/NĐ-CP[2] ngày 05/3/2020", [("30/2020/NĐ-CP", "2020-03-05")], []),
    ("Nghị định số 30/2020/NĐ-CP[^2] ngày 05/3/2020", [("30/2020/NĐ-CP", "2020-03-05")], []),
    ("Nghị định số 30/2020/NĐ-CP¹ ngày 05/3/2020", [("30/2020/NĐ-CP", "2020-03-05")], []),
    ("Nghị định số 30/2020/NĐ-CP <sup>1</sup> ngày 05/3/2020", [("30/2020/NĐ-CP", "2020-03-05")], []),
    ("Nghị định số 30/2020/NĐ-CP (1) ngày 05/3/2020", [("30/2020/NĐ-CP", "2020-03-05")], []),
    ("Quyết định số 2395/QĐ-UBND2 ngày 24/12/2021", [("2395/QĐ-UBND", "2021-12-24")], []),
    ("Nghị quyết số 97/2010/NQ-HĐND8 ngày 10/12/2010", [("97/2010/NQ-HĐND8", "2010-12-10")], []),
    ("Quyết định số 2395/QĐ-UBND (24/12/2021)", [("2395/QĐ-UBND", "2021-12-24")], []),
    ("Quyết định số 69/2021/QĐ-UBND 30/12/2021 của UBND tỉnh", [("69/2021/QĐ-UBND", "2021-12-30")], []),
    ("Công văn số 12/SNV-CCHC - 05/01/2022 của Sở Nội vụ", [("12/SNV-CCHC", "2022-01-05")], []),
    ("Quyết định số 69/2021/QĐ-UBND (01/01/2022)", [("69/2021/QĐ-UBND", None)], []),  # another year: that of its effect
    ("theo Quyết định số 69/QĐ-UBND\n30/12/2021 họp báo", [("69/QĐ-UBND", None)], []),
    ("Quyết định số 69/QĐ-UBND (01/01/2020 - 31/12/2020)", [("69/QĐ-UBND", None)], []),
    (
        "các Quyết định số 12/QĐ-UBND, 13/QĐ-UBND cùng ngày 05/5/2020",
        [("12/QĐ-UBND", "2020-05-05"), ("13/QĐ-UBND", "2020-05-05")],
        [],
    ),
    (
        "các Quyết định số 12/QĐ-UBND ngày 04/5/2020, 13/QĐ-UBND cùng ngày",
        [("12/QĐ-UBND", "2020-05-04"), ("13/QĐ-UBND", "2020-05-04")],
        [],
    ),
]
ENGLISH = [
    ("Decree No. 63/2010/ND-CP dated June 8, 2010 of the Government", [("63/2010/NĐ-CP", "2010-06-08")]),
    ("Decision 749/QD-TTg (June 3, 2020)", [("749/QĐ-TTg", "2020-06-03")]),
    ("the Circular No. 01/2020/TT-BTC of 8th May 2020", [("01/2020/TT-BTC", "2020-05-08")]),
    ("Decree No. 63/2010/ND-CP dated June 31, 2010", [("63/2010/NĐ-CP", None)]),
    ("Decree No. 63/2010/ND-CP takes effect on July 1, 2010", [("63/2010/NĐ-CP", None)]),
]


@pytest.mark.parametrize(("text", "expected", "rules"), SEPARATORS + SUFFIXES + DATES)
def test_as_typed(text: str, expected: list[tuple[str, str | None]], rules: list[str]) -> None:
    found = [cited for cited in read(text, HOME).citations if cited.kind == "number"]
    assert [(cited.number, cited.date) for cited in found] == expected
    assert [repair.rule for cited in found for repair in cited.repairs] == rules


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_dates_of_english_texts(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(cited.number, cited.date) for cited in read(text).citations if cited.kind == "number"] == expected
