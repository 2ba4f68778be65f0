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
UNSEEN = [
    ("Công văn số 1234/SNN&amp;PTNT-KH ngày 3/4/2020", [("1234/SNN&PTNT-KH", "2020-04-03")], ["unseen_marks"]),
    ("Quyết định số 2395/QĐ\u200c-UBND ngày 24/12/2021", [("2395/QĐ-UBND", "2021-12-24")], ["unseen_marks"]),
    ("Quyết định số 2395/\u200eQĐ-UBND ngày \u200e24/12/2021", [("2395/QĐ-UBND", "2021-12-24")], ["unseen_marks"]),
    ("Quyết định số 23\u206095/QĐ-UBND ngày 24/12/2021", [("2395/QĐ-UBND", "2021-12-24")], ["unseen_marks"]),
    ("Quyết định số 2395/Q\u200bĐ-UBND ngày 24/12/2021", [("2395/QĐ-UBND", "2021-12-24")], ["unseen_marks"]),
    ("Quyết định số 2395/QĐ-\xad\nUBND ngày 24/12/2021", [("2395/QĐ-UBND", "2021-12-24")], ["unseen_marks"]),
    ("Quyết định số 2395/QĐ-\n\n12\n\nUBND ngày 24/12/2021", [("2395/QĐ-UBND", "2021-12-24")], ["unseen_marks"]),
    ("Quyết định số\u200b2395/QĐ-UBND\u200bngày\u200b24/12/2021", [("2395/QĐ-UBND", "2021-12-24")], []),
    ("Quyết định số 23\u200b95/QĐ-UBND", [("2395/QĐ-UBND", None)], ["blanks"]),  # a blank: doubtful
]
ABBREVIATED = [
    ("Theo CV 45/UBND-VX ngày 3/4/2020", [("45/UBND-VX", "2020-04-03")], []),
    ("Căn cứ QĐ 1490/QĐ-CĐKT ngày 04/10/2024", [("1490/QĐ-CĐKT", "2024-10-04")], []),
    ("Căn cứ NQ52/NQ-CP và TT219/2013/TT-BTC", [("52/NQ-CP", None), ("219/2013/TT-BTC", None)], []),
    ("Căn cứ đề nghị ANQ52/NQ-CP", [], []),
    ("CV 2255/BXD-KTXD - 30.05.2020", [("2255/BXD-KTXD", "2020-05-30")], []),
    ("PHỤ LỤC TT 13-2018-BYT.doc", [], []),
    ("đường TCV 45/ABC-VX", [], []),
]
ELIDED = [
    (
        "các Nghị quyết số 10, 11, 12-NQ/TU",
        [("10-NQ/TU", None), ("11-NQ/TU", None), ("12-NQ/TU", None)],
        ["elided_code"] * 2,
    ),
    (
        "các Nghị định số 90/2014, 57/2015 và 58/2017/NĐ-CP",
        [("90/2014/NĐ-CP", None), ("57/2015/NĐ-CP", None), ("58/2017/NĐ-CP", None)],
        ["elided_code"] * 2,
    ),
    (
        "Thông tư số 38, số 39 và số 40/2015/TT-BTC ngày 25/3/2015",
        [("38/2015/TT-BTC", "2015-03-25"), ("39/2015/TT-BTC", "2015-03-25"), ("40/2015/TT-BTC", "2015-03-25")],
        ["elided_code"] * 2,
    ),
    ("khoản 1, 2 và Nghị định số 3/2017/NĐ-CP", [("3/2017/NĐ-CP", None)], []),
    ("Điều 1, 2, 3/2017/NĐ-CP", [("3/2017/NĐ-CP", None)], []),
    ("Thông tư số 1, 2 và 3/2017/NĐ-CP", [("3/2017/NĐ-CP", None)], []),  # the code is no circular's
    ("Quyết định số 1/2016, 2 và 3/QĐ-UBND", [("3/QĐ-UBND", None)], []),  # a year that the last one lacks
]
OLD = [
    ("Quyết định số 773-TTg ngày 21/12/1994 của Thủ tướng Chính phủ", [("773-TTg", "1994-12-21")], []),
    ("Nghị định của Chính phủ số 95/CP ngày 15/12/1993", [("95/CP", "1993-12-15")], []),
    ("bản án của Chính phủ số 95/CP", [], []),
    ("Nghị quyết số 05 NQ/TU ngày 02/3/2004", [("05-NQ/TU", "2004-03-02")], ["party_order"]),
    ("Nghị quyết số 214 NQ/UBTVQH9", [("214/NQ-UBTVQH9", None)], ["separators"]),
    ("Quyết định số 2665 QĐ/UBND ngày 26/11/2025", [("2665/QĐ-UBND", "2025-11-26")], ["separators"]),
    ("trang 05 NQ/TU", [], []),
    ("Quyết định số 05 NQ/TU", [], []),  # the code is no decision's
]


@pytest.mark.parametrize(
    ("text", "expected", "rules"), OLD + SEPARATORS + SUFFIXES + DATES + UNSEEN + ABBREVIATED + ELIDED
)
def test_as_typed(text: str, expected: list[tuple[str, str | None]], rules: list[str]) -> None:
    found = [cited for cited in read(text, HOME).citations if cited.kind == "number"]
    assert [(cited.number, cited.date) for cited in found] == expected
    assert [repair.rule for cited in found for repair in cited.repairs] == rules


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_dates_of_english_texts(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(cited.number, cited.date) for cited in read(text).citations if cited.kind == "number"] == expected


def test_every_offset_leads_back_to_what_is_printed() -> None:
    text = "Căn cứ Quyết định số 23\u206095/QĐ\u200c-UBND; các Nghị quyết số 10, 11-NQ/TU"
    printed = ["23\u206095/QĐ\u200c-UBND", "10", "11-NQ/TU"]
    assert [text[cited.start : cited.end] for cited in read(text, HOME).citations] == printed


ORGANS = [
    ("Quyết định số 68/TC-TCDN ngày 1/4/1998 của Bộ Tài chính", "BTC", None),
    ("Thông cáo số 68/TC-VP ngày 1/4/1998", "VP", "Quảng Trị"),
    ("Hợp đồng số 12/2021/HĐ-XD ngày 3/4/2021", "XD", "Quảng Trị"),
    ("Quyết định số 12/QĐ-XD ngày 3/4/2001", "BXD", None),
    ("Công văn số 2071/QLĐĐ-CSĐĐ ngày 3/4/2020 của Cục Quản lý đất đai", "QLĐĐ", None),
    ("Công văn số 10716/SNNMT-QLĐĐ ngày 17/11/2025", "SNNMT", "Quảng Trị"),
    ("Luật số 10-LCT/HĐNN8", "HĐNN", None),
    ("Nghị quyết 06/2018/NQ-HĐND ngày 17/7/2018 HĐND tỉnh Long An", "HĐND", "Long An"),
]


@pytest.mark.parametrize(("text", "body", "province"), ORGANS)
def test_whose_number_it_is(text: str, body: str, province: str | None) -> None:
    (cited,) = read(text, HOME).citations
    assert (cited.body, cited.province, cited.repairs) == (body, province, ())
