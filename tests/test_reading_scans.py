"""Numbers, days, headers and provinces as recognition by a model of another language leaves them."""

from __future__ import annotations

import pytest

from kb.model import Citation, Hints
from kb.reading import read

HOME = Hints(province="Vĩnh Long")

TORN = [
    ("Can cir Thong tu s6 02/2017/TT-V PCP ngay 31 thang 10 nam 2017", "02/2017/TT-VPCP"),
    ("Can cir Quyet dinh s6 1085/QD-T'Tg ngay 15/9/2022", "1085/QĐ-TTg"),
    ("Theo de nghi tai To trinh s6 4597/TTr-S VHTTDL ngay 19/11/2025", "4597/TTr-SVHTTDL"),
    ("theo Thong tu s6 67/2024/T T-BQP ngay 14/10/2024", "67/2024/TT-BQP"),
    ("Can cir Thong tu s6 40/2020/TEBNNPTNT cia BO Nong nghiep", "40/2020/TT-BNNPTNT"),
    ("Thong tu lien tich s6 83/2003/TTLEBTC-BTNMT ngay 27/8/2003", "83/2003/TTLT-BTC-BTNMT"),
    ("thuc hien Chi thi s6 45-CTITW ngay 14 thang 4 nam 2025", "45-CT/TW"),
    ("thuc hien Nghi quyet s6 05-NQ./ HU ngay 18/7/2012", "05-NQ/HU"),
    ("Nghi quyet s6 285/2009/NQ:HDND ngay 23/12/2009", "285/2009/NQ-HĐND"),
    ("Luat To chuc chinh quyen dia phuong s6 72/2025/QH 15;", "72/2025/QH15"),
    ("sua doi tai Luat s6 90/2025/QHI1S; Nghi dinh", "90/2025/QH15"),
    ("Can cir Nghi dinh s6 78/2025VND-CP ngay 01/4/2025", "78/2025/NĐ-CP"),
    ("Can cir Nghi dinh s6 118/2025(ND-CP ngay 09/6/2025", "118/2025/NĐ-CP"),
    ("Can cir Thong tu s6 03/2003TT-BKH ngay 19/5/2003", "03/2003/TT-BKH"),
    ("sua doi Nghi dinh s6 83/201.4/ND-CP ngay 03/9/2014", "83/2014/NĐ-CP"),
    ("bai bo Thong tu s6 31/201 5/TT-BYT ngay 14/10/2015", "31/2015/TT-BYT"),
    ("tai Quyet dinh $633/2007/QD-BCN ngay 26/7/2007", "33/2007/QĐ-BCN"),
    ("bai bo Nghi quyet 86.30/2013/NQ-HDND ngay 06/12/2013", "30/2013/NQ-HĐND"),
    ("Bao cao tham tra s6 103/8C-HDND ngay 23/11/2025", "103/BC-HĐND"),
    ("To trinh s6 471/1Tr-UBND ngay 12/11/2025", "471/TTr-UBND"),
    ("sua doi Nghi dinh s6 92/2017/ND-GP ngay 07/8/2017", "92/2017/NĐ-CP"),
    ("thuc hien Cong dien s6 224/CB-TTg ngay 24/11/2025", "224/CĐ-TTg"),
    ("Quyet dinh s6 93/QD-UBND; s6 761/QB-UBND ngay 05/5/2025", "761/QĐ-UBND"),
    ("Cong van s6 1604/TTg-KTN ngay 12/9/2011", "1604/TTg-KTN"),
    ("Thong tu s6 11/2015/TT-BTC.Hướng dẫn co che", "11/2015/TT-BTC"),
]


@pytest.mark.parametrize(("text", "number"), TORN, ids=[number for _, number in TORN])
def test_a_code_torn_or_glued_by_a_scan_is_put_together(text: str, number: str) -> None:
    assert number in [cited.number for cited in _numbers(text)]


AS_PRINTED = [
    ("cong van s6 108/TCCQ ngay 09/7/1998", "108/TCCQ"),  # one letter from TCCP, but no scan reads P as Q
    ("cong van s6 2211/BTDKT-VIII ngay 12/9/2014", "2211/BTĐKT-VIII"),
    ("Tra loi cong van s6 1025/CVHQ ngay 10/10/2025", "1025/CVHQ"),
    ("To trinh s6 669/TT-STNMT ngay 23/11/2009", "669/TT-STNMT"),
]


@pytest.mark.parametrize(("text", "number"), AS_PRINTED)
def test_a_code_that_nothing_knows_is_no_other_one(text: str, number: str) -> None:
    assert [cited.number for cited in _numbers(text)] == [number]


DAYS = [
    "ngay 30 thang 01 n&m 2015",
    "ngay'30 thang 01 nam 2015",
    "ngay-30/01/2015",
    "rigay 30/01/2015",
    ". ngay 30/01/2015",
    "ngay: 30 thang 01 nani2015",
    "ngay 30 ching 01 nim 2015",
    "ngay (30/01/2015",
]


@pytest.mark.parametrize("day", DAYS)
def test_a_day_is_read_through_damage(day: str) -> None:
    (cited,) = _numbers(f"Can cir Thong tu s6 14/2015/TT-BTC {day} cia BO Tai chinh huong dan")
    assert cited.date == "2015-01-30"


def test_an_impossible_month_is_no_date() -> None:
    (cited,) = _numbers("Can cir Thong tu s6 14/2015/TT-BTC ngay 30 thang 41 n&m 2015 cia BO Tai chinh")
    assert cited.date is None


HEADERS = [
    ("36: 1509/QD-UBND", "1509/QĐ-UBND"),
    ("$6; 381/QD-UBND V/v", "381/QĐ-UBND"),
    ("S86: 2813/QD-UBND", "2813/QĐ-UBND"),
    ("S6: 451/Q-UBND", "451/QĐ-UBND"),
    ("S6: S608/QD-UBND", "5608/QĐ-UBND"),
    ("86: 5665/STC-QLNS", "5665/STC-QLNS"),
    ("$6:-4085/UBND-KT V/v", "4085/UBND-KT"),
    ("CONG HOA XA HOI CHU NGHIA VIET NAM Doc lap - Tu do - Hanh phuc -- $6; 2403/UBND-KT V/v", "2403/UBND-KT"),
]


@pytest.mark.parametrize(("line", "number"), HEADERS)
def test_the_label_of_a_header_is_known_in_every_shape(line: str, number: str) -> None:
    text = (
        "UY BAN NHAN DAN TINH BAC NINH\nCONG HOA XA HOI CHU NGHIA VIET NAM\nDoc lap - Tu do - Hanh phuc\n"
        f"{line}\nBac Ninh, ngay:20 thang 11 nam 2025\n\nQUYET DINH\nVe viec cong bo danh muc\n"
    )
    own = read(text).own
    assert own is not None and (own.number, own.date, own.province) == (number, "2025-11-20", "Bắc Ninh")


def test_a_number_with_an_unknown_code_is_its_twins() -> None:
    cited = _numbers(
        "Can cir Quyet dinh s6 33/2007/QD-BCN ngay 26/7/2007 cia BO Cong nghiep; sua doi Quyet dinh s6 33/2007/QD-BEN"
    )
    assert [(one.number, one.body) for one in cited] == [("33/2007/QĐ-BCN", "BCN")] * 2
    assert [repair.rule for repair in cited[1].repairs] == ["twin"]
    assert "33/2007/QĐ-BCN" in cited[1].repairs[0].evidence


def test_a_speck_in_an_ordinal_is_told_by_its_twin_only() -> None:
    text = "Nghi dinh s6 21.4/2025/ND-CP ngay 04/8/2025"
    assert [one.number for one in _numbers(text)] == ["21.4/2025/NĐ-CP"]
    both = _numbers(f"{text}; Nghi dinh s6 214/2025/ND-CP ngay 04/8/2025")
    assert [one.number for one in both] == ["214/2025/NĐ-CP"] * 2


PROVINCES = [
    ("Quyet dinh s6 810/QD-UBND ngay 06/6/2025 ctia Chi tich UBND tinh Bac Giang. Dieu 4", "Bắc Giang"),
    ("Nghi quyet s6 15/2024/NQ-HDND ngay 12/7/2024 cba Hoi déng nhdn dan tinh Bén Tre quy dinh", "Bến Tre"),
    ("Quyet dinh s6 810/QD-UBND ngay 06/6/2025 ve viec phoi hop voi UBND tinh Bac Giang", "Vĩnh Long"),
    ("Quyet dinh s6 42/2020/QD-UBND ngay 21/12/2020 cia Uy ban nban dan tinh Kon Tum bo sung", "Kon Tum"),
    ("Quyet dinh s6 29/2024/QD-UBND ngay 31/5/2024 cia Uy. ban nhan-dan tinh Kon Tum ve tieu chuan", "Kon Tum"),
    # as near to Bình Phước as to Vĩnh Phúc: the one that the text names undamaged too
    ("Quyet dinh s6 75/2000/QD-UB ngay 21/8/2000 ctia UBND tinh Binh Phuc ve y te tinh Binh Phuoc", "Bình Phước"),
    ("Quyet dinh s6 75/2000/QD-UB ngay 21/8/2000 ctia UBND tinh Binh Phuc ve y te tinh Vinh Phuc", "Vĩnh Phúc"),
]


@pytest.mark.parametrize(("text", "province"), PROVINCES)
def test_the_province_of_a_damaged_organ(text: str, province: str) -> None:
    assert [one.province for one in _numbers(text)] == [province]


RELATIONS = [
    ("Can cw Nghi dinh s6 30/2020/ND-CP ngay 05/3/2020 ctia Chinh phu;", "based_on", False),
    ("Can ait Nghi dinh s6 30/2020/ND-CP ngay 05/3/2020 ctia Chinh phu;", "based_on", False),
    ("Cn cit Nghi dinh s6 30/2020/ND-CP ngay 05/3/2020 ctia Chinh phu;", "based_on", False),
    ("Thyc hign Nghi dinh s6 30/2020/ND-CP ngay 05/3/2020 ctia Chinh phu", "implements", False),
    ("Thifc hién Nghi dinh s6 30/2020/ND-CP ngay 05/3/2020 ctia Chinh phu", "implements", False),
    ("Thurc hién Nghi dinh s6 30/2020/ND-CP ngay 05/3/2020 ctia Chinh phu", "implements", False),
    ("Nghi dinh stra d6i, bé sung mét sé diéu cla Nghi dinh s6 30/2020/ND-CP", "amends", False),
    ("Nghi dinh siva dei, bo sung mot sé diéu cla Nghi dinh s6 30/2020/ND-CP", "amends", False),
    ("Can ctr Luat s6 15/2017/QH14 da dugc sita ddi, bd sung mét s6 diéu theo Luat s6 64/2020/QH14", "amends", True),
    ("Can ctr Luat s6 15/2017/QH14 duge stra déi, bé sung bdi Luat s6 64/2020/QH14", "amends", True),
    ("Can ctr Luat s6 15/2017/QH14 da duc sia di, b6 sung mot s6.diéu theo Luat s6 64/2020/QH14", "amends", True),
    ("theo d@ nghi tai To trinh s6 141/TTr-SVHTT ngay 08/11/2025", "based_on", False),
    ("Can cir Luat Giao duc.s6 43/2019/QH14;", "based_on", False),
    (
        "Can cir Hién phap nuéc Cong hoa xa hoi chu nghia Viét Nam da duoc sita doi theo Nghi quyét s6 203/2025/QH15;",
        "amends",
        True,
    ),
    (
        "Can cir Luat s6 15/2017/QH14 da duoc sita doi theo Luat s6 64/2020/QH14, Luat so 24/2023/QH15, Luat s6 56/2024/QH15",
        "amends",
        True,
    ),
    ("Can cir Luat s6 15/2017/QH14 da duoc sita d6i, b6 ‘sung mot s6 diéu theo Luat s6 64/2020/QH14", "amends", True),
    ("Can cir Luat Quan ly, sir dung tai san cong 6 15/2017/QH14", "based_on", False),
    ("thy'c hién Nghi dinh s6 30/2020/ND-CP ngay 05/3/2020", "implements", False),
    ("Can cir Luat s6 15/2017/QH14 da duoc sita doi theo Luat s6 64/2020/QH14, Lu&t s6 56/2024/QH15", "amends", True),
    ("Can cir Luat s6 50/2005/QH11 da duge stra doi theo Luat s6 36/2009/QH12; Luat $6 42/2019/QH14", "amends", True),
    (
        "cac Quyét dinh sau hét hiéu hyc thi hanh ké tir ngay Quyét dinh nay c6 hiéu lyc:\n\na) Quyét dinh s6 09/2019/QD-UBND",
        "repeals",
        False,
    ),
    ("Can cir Luat Xay dung s6 50/2014/QH13.\n\nAn eit Nghi dinh s6 30/2020/ND-CP ngay 05/3/2020;", "based_on", False),
    ("Can cir Luat Xay dung s6 50/2014/QH13.\n\n(Cn off Nghi dinh s6 30/2020/ND-CP ngay 05/3/2020;", "based_on", False),
    ("Can cir Luat Xay dung s6 50/2014/QH13.\n\nCho anh Nghi dinh s6 30/2020/ND-CP ngay 05/3/2020;", "cites", False),
    ("Trong qua trinh do.\n\nAn eit Nghi dinh s6 30/2020/ND-CP ngay 05/3/2020;", "cites", False),
]


@pytest.mark.parametrize(("text", "relation", "inverse"), RELATIONS)
def test_what_a_damaged_cue_tells(text: str, relation: str, inverse: bool) -> None:
    last = _numbers(text)[-1]
    assert (last.relation, last.inverse) == (relation, inverse)


LIST = """Dieu 2. Bai bo cac van ban quy pham phap luat sau:

1. Quyét dinh s6 11/2014/QD-UBND ngay 10 thang 4 nam 2014 cua Uy ban nhan dan tinh Vinh Long.

{second} Quyét dinh s6 36/2015/QD-UBND ngay 09 thang 11 nam 2015 cua Uy ban nhan dan tinh Vinh Long{end}

3. Quyét dinh s6 41/2016/QD-UBND ngay 04 thang 01 nam 2016 cua Uy ban nhan dan tinh Vinh Long.
"""


@pytest.mark.parametrize(
    ("second", "end", "relations"),
    [
        ("2.", ".", ["repeals", "repeals", "repeals"]),
        ("2,", ".", ["repeals", "repeals", "repeals"]),  # a full stop misread
        ("2:", ".", ["repeals", "repeals", "repeals"]),
        ("2.", ":", ["repeals", "repeals", "repeals"]),  # no line that leads the next one
        ("Z.Z", ".", ["repeals", "cites", "repeals"]),  # a number lost: the next one goes on
    ],
)
def test_a_list_holds_together_through_misread_marks(second: str, end: str, relations: list[str]) -> None:
    assert [one.relation for one in _numbers(LIST.format(second=second, end=end))] == relations


NEXT_HEADINGS = [
    ("Bãi bỏ các văn bản sau:\n2.", "repeals"),
    ("Các văn bản còn hiệu lực:\n2.", "cites"),
    ("Tài liệu tham khảo\n- Luật Đất đai số 31/2024/QH15 ngày 18/01/2024.\n2.", "cites"),
    ("12,", "cites"),
    ("2.", "replaces"),
    ("a) Nghị định số 12/2015/NĐ-CP ngày 10/4/2015 của Chính phủ.\n2.", "replaces"),
]


@pytest.mark.parametrize(("between", "relation"), NEXT_HEADINGS)
def test_a_heading_ends_the_list_above_it_though_its_numbers_run_on(between: str, relation: str) -> None:
    above = "Thay thế các văn bản sau:\n1. Nghị định số 11/2014/NĐ-CP ngày 10/4/2014 của Chính phủ.\n"
    last = _numbers(f"{above}{between} Nghị định số 13/2016/NĐ-CP ngày 10/4/2016 của Chính phủ.")[-1]
    assert last.relation == relation


def test_no_effect_ends_where_the_use_of_something_does() -> None:
    (cited,) = _numbers("Quyết định số 11/2014/QĐ-UBND đã phát huy hết hiệu quả trong thời gian qua.")
    assert cited.relation == "cites"


LAWS = [
    ("Can cu Luat Dat dai 2024 - Luat so 31/2024/QH15;", ["31/2024/QH15"]),
    ("Can cu Luat Dat dai so:      31/2024/QH15;", ["31/2024/QH15"]),
    ("Can cir Luat Giao duc $6 43/2019/QH14;", ["43/2019/QH14"]),
    ("theo Luat Dat dai. 43/2014/ND-CP ngay 15/5/2014", [None, "43/2014/NĐ-CP"]),
]


@pytest.mark.parametrize(("text", "numbers"), LAWS)
def test_a_law_is_cited_once_with_its_number(text: str, numbers: list[str | None]) -> None:
    assert [cited.number for cited in read(text).citations] == numbers


HEADERS_BELOW = """UY BAN NHAN DAN
TINH VINH LONG
CONG HOA XA HOI CHU NGHIA VIET NAM
S6: 4240/{code}

Vinh Long, ngay 28 thang 11 nam 2025
"""


@pytest.mark.parametrize("code", ["UBND-VX.V/v khan truong cap nhat", "UBND-VX_\nVINH LONG", "UBND-VX_\n\nKHAN"])
def test_what_stands_behind_the_number_of_a_header_is_no_code(code: str) -> None:
    own = read(HEADERS_BELOW.format(code=code)).own
    assert own is not None and own.number == "4240/UBND-VX"


def _numbers(text: str) -> list[Citation]:
    return [cited for cited in read(text, HOME).citations if cited.kind == "number"]
