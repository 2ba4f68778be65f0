"""Document numbers as people, offices and scanners write them."""

from __future__ import annotations

import pytest

from kb.model import Hints
from kb.reading import read
from kb.reading.numbers.parse_number import parse_number

HOME = Hints(province="Quảng Ngãi")

# text, (raw form, canonical number, date, body, province)
CLEAN = [
    (
        "Công văn số 15972/SXD-QLN& TTBĐS ngày 14/11/2025 của Sở Xây dựng tỉnh Quảng Ngãi",
        [("15972/SXD-QLN& TTBĐS", "15972/SXD-QLN&TTBĐS", "2025-11-14", "SXD", "Quảng Ngãi")],
    ),
    (
        "Kế hoạch số 515/KH-BCA-BNN&MT ngày 31/8/2025 của Bộ Công an và Bộ Nông nghiệp và Môi trường",
        [("515/KH-BCA-BNN&MT", "515/KH-BCA-BNN&MT", "2025-08-31", "BCA+BNNMT", None)],
    ),
    (  # one day for two papers of one organ
        "Xét đề nghị của Chính phủ tại Tờ trình số 363/TTr-CP và Đề án số 364/ĐA-CP ngày 09 tháng 5 năm 2025",
        [
            ("363/TTr-CP", "363/TTr-CP", "2025-05-09", "CP", None),
            ("364/ĐA-CP", "364/ĐA-CP", "2025-05-09", "CP", None),
        ],
    ),
    (
        "ý kiến của Sở Tài chính tại Công văn số 6573/TC-HCSN ngày 06/10/2004;",
        [("6573/TC-HCSN", "6573/TC-HCSN", "2004-10-06", "TC", "Quảng Ngãi")],
    ),
    (
        "Công văn số 6573/TC-HCSN ngày 06/10/2004 của Bộ Tài chính;",
        [("6573/TC-HCSN", "6573/TC-HCSN", "2004-10-06", "BTC", None)],
    ),
    (
        "nhận được công văn số 545/CCTKV.VIII-CNTK ngày 02/6/2025 của Chi cục Thuế khu vực VIII",
        [("545/CCTKV.VIII-CNTK", "545/CCTKV.VIII-CNTK", "2025-06-02", "CCTKV.VIII", "Quảng Ngãi")],
    ),
    (
        "Công văn số 2173/TTr-TNMT-VP ngày 27/8/2009",
        [("2173/TTr-TNMT-VP", "2173/TTr-TNMT-VP", "2009-08-27", "TNMT", "Quảng Ngãi")],
    ),
    (
        "Căn cứ Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của Ủy ban nhân dân tỉnh Ninh Thuận;",
        [("2395/QĐ-UBND", "2395/QĐ-UBND", "2021-12-24", "UBND", "Ninh Thuận")],
    ),
    (
        "thực hiện Nghị quyết số 04-NQ/TU ngày 18 tháng 10 năm 2021 của Tỉnh ủy về cải cách hành chính",
        [("04-NQ/TU", "04-NQ/TU", "2021-10-18", "TU", "Quảng Ngãi")],
    ),
    ("theo Nghị quyết số 05/NQ-TU của Tỉnh ủy", [("05/NQ-TU", "05-NQ/TU", None, "TU", "Quảng Ngãi")]),
    (
        "Nghị định số 24/2014/NĐ-CP ngày 04 tháng 4 năm 2014 của Chính phủ",
        [("24/2014/NĐ-CP", "24/2014/NĐ-CP", "2014-04-04", "CP", None)],
    ),
    ("Luật Đất đai số 31/2024/QH15 ngày 18-01-2024", [("31/2024/QH15", "31/2024/QH15", "2024-01-18", "QH", None)]),
    ("Luật số 80/QH13/2015", [("80/QH13/2015", "80/2015/QH13", None, "QH", None)]),
    (
        "Luật Người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng số 72/2006/QH11",
        [("72/2006/QH11", "72/2006/QH11", None, "QH", None)],
    ),
    (
        "Thông tư liên tịch số 06/2018/TTLT-VKSNDTC-TANDTC-BCA-BTP-BLĐTBXH",
        [
            (
                "06/2018/TTLT-VKSNDTC-TANDTC-BCA-BTP-BLĐTBXH",
                "06/2018/TTLT-VKSNDTC-TANDTC-BCA-BTP-BLĐTBXH",
                None,
                "VKSNDTC+TANDTC+BCA+BTP+BLĐTBXH",
                None,
            )
        ],
    ),
    (
        "Nghị quyết số 57-NQ/TW (ngày 22/12/2024) của Bộ Chính trị",
        [("57-NQ/TW", "57-NQ/TW", "2024-12-22", "TW", None)],
    ),
    (
        "công văn số 823/DLA-CNTK ngày 17/9/2025 của Thuế tỉnh Đắk Lắk",
        [("823/DLA-CNTK", "823/DLA-CNTK", "2025-09-17", "DLA", "Đắk Lắk")],
    ),
    (
        "Thông tư liên tịch số 15/2008/TTLT-BTC-BNV ngày 07/02/2008",
        [("15/2008/TTLT-BTC-BNV", "15/2008/TTLT-BTC-BNV", "2008-02-07", "BTC+BNV", None)],
    ),
    (
        "Công văn số 4085/UBND-ĐT ngày 3/3/2022 của UBND thành phố Cần Thơ",
        [("4085/UBND-ĐT", "4085/UBND-ĐT", "2022-03-03", "UBND", "Cần Thơ")],
    ),
    ("Công văn số 5608/CT-CS ngày 01.12.2025", [("5608/CT-CS", "5608/CT-CS", "2025-12-01", "CT", None)]),
    (
        "Nghị quyết số 97/2010/NQ-HĐND8 ngày 10/12/2010",
        [("97/2010/NQ-HĐND8", "97/2010/NQ-HĐND8", "2010-12-10", "HĐND", "Quảng Ngãi")],
    ),
    (
        "Quyết định số 3256/QĐ-UBND.NC ngày 01/9/2009",
        [("3256/QĐ-UBND.NC", "3256/QĐ-UBND.NC", "2009-09-01", "UBND", "Quảng Ngãi")],
    ),
    ("Quyết định số 17/QĐ.UBND", [("17/QĐ.UBND", "17/QĐ-UBND", None, "UBND", "Quảng Ngãi")]),
    ("Quyết định số 2751/QĐ-UB", [("2751/QĐ-UB", "2751/QĐ-UB", None, "UBND", "Quảng Ngãi")]),
    ("Nghị quyết số 66.7/2025/NQ-CP", [("66.7/2025/NQ-CP", "66.7/2025/NQ-CP", None, "CP", None)]),
    ("Nghị quyết số 30c/NQ-CP", [("30c/NQ-CP", "30c/NQ-CP", None, "CP", None)]),
    ("Quyết định số 12/QÐ‑UBND", [("12/QÐ‑UBND", "12/QĐ-UBND", None, "UBND", "Quảng Ngãi")]),
    ("Nghị định 24/2014/NĐCP", [("24/2014/NĐCP", "24/2014/NĐ-CP", None, "CP", None)]),
    ("Nghị định số 63**/**2010**/**NĐ-CP", [("63**/**2010**/**NĐ-CP", "63/2010/NĐ-CP", None, "CP", None)]),
    (
        "Quyết định số 843/QĐ-\n\nUBND ngày\n17/12/2021",
        [("843/QĐ-\n\nUBND", "843/QĐ-UBND", "2021-12-17", "UBND", "Quảng Ngãi")],
    ),
    (
        "Hướng dẫn số 13/HD-MTTQ-BTT ngày 17/11/2025",
        [("13/HD-MTTQ-BTT", "13/HD-MTTQ-BTT", "2025-11-17", "MTTQ", "Quảng Ngãi")],
    ),
    ("Tờ trình số 1960/TTrLS-STC-SNV", [("1960/TTrLS-STC-SNV", "1960/TTrLS-STC-SNV", None, "STC+SNV", "Quảng Ngãi")]),
    (
        "các Công điện: số 008/CĐ-UBND và số 009/CĐ-UBND ngày 19/11/2025",
        [
            ("008/CĐ-UBND", "008/CĐ-UBND", "2025-11-19", "UBND", "Quảng Ngãi"),
            ("009/CĐ-UBND", "009/CĐ-UBND", "2025-11-19", "UBND", "Quảng Ngãi"),
        ],
    ),
    (
        "Luật số 57/2024/QH15; Nghị định 214/2025/NĐ-CP ngày 04/8/2025 của Chính phủ",
        [
            ("57/2024/QH15", "57/2024/QH15", None, "QH", None),
            ("214/2025/NĐ-CP", "214/2025/NĐ-CP", "2025-08-04", "CP", None),
        ],
    ),
    (
        "Ngày 22/11/2025, Bộ Xây dựng ban hành Công điện 96/CĐ-BXD về ứng phó mưa lũ",
        [("96/CĐ-BXD", "96/CĐ-BXD", "2025-11-22", "BXD", None)],
    ),
    (
        "Luật Phổ biến, giáo dục pháp luật số 14/2012/QH13 của Quốc hội ngày 20/6/2012",
        [("14/2012/QH13", "14/2012/QH13", "2012-06-20", "QH", None)],
    ),
    ("Quyết định 3618/QĐ-BYT có hiệu lực từ ngày 24/11/2025", [("3618/QĐ-BYT", "3618/QĐ-BYT", None, "BYT", None)]),
    (
        "Nghị quyết số 12/2022/NQ-HĐND ngày 14/7/2022 của Hội đồng nhân dân thành phố Huế",
        [("12/2022/NQ-HĐND", "12/2022/NQ-HĐND", "2022-07-14", "HĐND", "Thừa Thiên Huế")],
    ),
    (
        "Quyết định số 9/2006/QĐ-UBND ngày 26/12/2006 của Ủy ban nhân dân quận 3",
        [("9/2006/QĐ-UBND", "9/2006/QĐ-UBND", "2006-12-26", "UBND", "Hồ Chí Minh")],
    ),
]

DAMAGED = [
    (
        "Trién khai Quyét dinh s6 2395/QD-UBND ngay 24/12/2021 caa Uy ban nhan dan tinh",
        [("2395/QD-UBND", "2395/QĐ-UBND", "2021-12-24", "UBND", "Quảng Ngãi")],
    ),
    ("theo Quyét\ndinh s6 843/0D-UBND ngay 17/12/2021", [("843/0D-UBND", "843/QĐ-UBND", "2021-12-17", "UBND", "Quảng Ngãi")]),
    ("(Ban hanh kém Quyét dinh sé 335/0P-SKHCN)", [("335/0P-SKHCN", "335/QĐ-SKHCN", None, "SKHCN", "Quảng Ngãi")]),
    ("Nghi quyét s6 93/NQ-HPND ngay 08/12/2021", [("93/NQ-HPND", "93/NQ-HĐND", "2021-12-08", "HĐND", "Quảng Ngãi")]),
    ("Luat s6 72/2025/QHI5; Nghi quyét sO 101/2025/UBTVQHIS", [
        ("72/2025/QHI5", "72/2025/QH15", None, "QH", None),
        ("101/2025/UBTVQHIS", "101/2025/UBTVQH15", None, "UBTVQH", None),
    ]),
    ("TO trinh s6 536/TTi-STC ngay 13 thang 11\nnam 2025", [("536/TTi-STC", "536/TTr-STC", "2025-11-13", "STC", "Quảng Ngãi")]),
    ("Quyét dinh s6 23/2023/QD-TT¢ ngay 18 thang 9 nam 2023", [("23/2023/QD-TT¢", "23/2023/QĐ-TTg", "2023-09-18", "TTg", None)]),
    ("Nghi dinh s6 117/2013/ND- Cp ngay 07/10/2013", [("117/2013/ND- Cp", "117/2013/NĐ-CP", "2013-10-07", "CP", None)]),
]  # fmt: skip

NOT_NUMBERS = [
    "theo mẫu số 17/TB-ĐKT ban hành kèm theo Thông tư này",
    "Duy trì 57/57 quy trình nội bộ",
    "Quý II/2022, Quý 11/2022, Quy 111/2021 và 1V/2022",
    "mẫu số 01/HNCT và các mẫu số 01, 02, 03/HĐBC-QH",
    "trước ngày 10/11/2022, định kỳ 02 lần/năm, 40 km/h",
    "theo tiêu chuẩn TCVN ISO 9001:2015",
    "điểm a khoản 2 Điều 5 và Phụ lục II/III",
    "giá 20.000 đồng/kg, tỷ lệ 3/4",
]


@pytest.mark.parametrize(
    ("text", "expected"), CLEAN + DAMAGED, ids=lambda value: value[:40] if isinstance(value, str) else ""
)
def test_number_with_its_fields(text: str, expected: list[tuple[str, str, str | None, str, str | None]]) -> None:
    found = [c for c in read(text, HOME).citations if c.kind == "number"]
    assert [(c.text, c.number, c.date, c.body, c.province) for c in found] == expected


@pytest.mark.parametrize("text", NOT_NUMBERS)
def test_what_only_looks_like_a_number(text: str) -> None:
    assert [c.text for c in read(text, HOME).citations if c.kind == "number"] == []


def test_a_city_of_the_centre_in_small_letters_is_no_unit() -> None:
    (cited,) = read("Quyết định số 5/2007/QĐ-UBND của Ủy ban nhân dân thành phố đà nẵng", HOME).citations
    assert (cited.unit, cited.province) == (None, "Đà Nẵng")


def test_unit_below_the_province() -> None:
    (cited,) = read("Quyết định số 43/2006/QĐ-UBND ngày 26/12/2006 của Ủy ban nhân dân quận 3", HOME).citations
    assert cited.unit == "Quận 3"


def test_without_a_province_the_answer_is_unknown() -> None:
    (cited,) = read("Quyết định số 12/QĐ-UBND của UBND tỉnh").citations
    assert (cited.province, cited.province_known, cited.to_json()["province"]) == (None, False, "?")


def test_every_repair_is_told() -> None:
    (cited,) = read("Quyét dinh s6 2395/QB-UBND ngay 24/12/2021", HOME).citations
    assert [(r.before, r.after, r.rule) for r in cited.repairs] == [("2395/QB-UBND", "2395/QĐ-UBND", "code_confusion")]


def test_a_damaged_date_is_repaired_by_a_twin_only() -> None:
    alone = "Nghi dinh s6 130/2005/ND-CP ngay 17/ 19/2‘005 cua Chinh phu"
    (cited,) = read(alone).citations
    assert cited.date is None and "date_unreadable" in cited.notes
    first, second = read(alone + "\nNghi dinh s6 130/2005/ND-CP ngay 17/10/2005").citations
    assert first.date == second.date == "2005-10-17"
    assert [r.rule for r in first.repairs if r.after == "2005-10-17"] == ["twin_date"]


def test_digits_are_never_guessed() -> None:
    (cited,) = [c for c in read("Nghi quyét s6 222023/NQ-HDND", HOME).citations if c.kind == "number"]
    assert cited.number == "222023/NQ-HĐND" and "number_doubtful" in cited.notes
    proven = read("Nghi quyét s6 222023/NQ-HDND; Nghi quyét s6 22/2023/NQ-HDND", HOME).citations
    assert [c.number for c in proven] == ["22/2023/NQ-HĐND"] * 2


@pytest.mark.parametrize(
    ("raw", "canonical"),
    [
        ("2395/qd-ubnd", "2395/QĐ-UBND"),
        ("2395 / QĐ – UBND", "2395/QĐ-UBND"),
        ("0124/KH-UBND", "0124/KH-UBND"),
        ("24/2014/NĐ/CP", "24/2014/NĐ-CP"),
        ("04 - NQ/TU", "04-NQ/TU"),
        ("260-KL / TU", "260-KL/TU"),
        ("nonsense", None),
        ("12/2022", None),
    ],
)
def test_parse_number(raw: str, canonical: str | None) -> None:
    number = parse_number(raw)
    assert (number.text if number else None) == canonical


def test_a_legal_basis_is_a_sentence_of_its_own() -> None:
    text = "KẾ HOẠCH\nTuyên truyền năm 2022\nCăn cứ Quyết định số 12/QĐ-UBND ngày 1/2/2021 của UBND tỉnh;\nThực hiện"
    (cited,) = read(text, HOME).citations
    assert cited.sentence is not None
    assert text[slice(*cited.sentence)] == "Căn cứ Quyết định số 12/QĐ-UBND ngày 1/2/2021 của UBND tỉnh;"


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Nghị quyết số 45-NQ/TW của Hội nghị Trung ương lần thứ tám khoá XIII về trí thức", "term:13"),
        ("Nghị quyết số 45-NQ/TW của Bộ Chính trị khóa 11", "term:11"),
        ("Nghị quyết số 45-NQ/TW ngày 24/11/2023 của Ban Chấp hành Trung ương khóa XIII", None),  # the date says more
        ("Nghị quyết số 45-NQ/TW; Nghị quyết Hội nghị Trung ương khóa XIII", None),
    ],
)
def test_the_party_term_of_an_undated_number_is_noted(text: str, note: str | None) -> None:
    assert read(text).citations[0].notes == ((note,) if note else ())


NO_SLASH = [
    ("Quyết định số 214-CP ngày 3 tháng 4 năm 1978 của Hội đồng Chính phủ", [("214-CP", "1978-04-03")]),
    ("Nghị định số 57-HĐBT ngày 6/7/1989", [("57-HĐBT", "1989-07-06")]),
    ("trả lời công văn số 77-CVXY ngày 1/2/2024 của Công ty", [("77-CVXY", "2024-02-01")]),
    ("Nghị định số 14/2021-NĐ-CP và", [("14/2021/NĐ-CP", None)]),
    ("tờ khai mẫu số 01-TT ngày 1/2/2024", []),
    ("Quyết định số 214-CP nêu trên", [("214-CP", None)]),
    ("Thông tư số 80-BTC nêu trên", []),
    ("khu số 4-Khu đô thị ngày 1/2/2024", []),
    ("Kết luận số 31-KL/TW ngày 1/2/2024", [("31-KL/TW", "2024-02-01")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NO_SLASH)
def test_numbers_without_a_slash_need_a_type_word_and_a_day_or_an_organ_of_the_centre(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert [(c.number, c.date) for c in read(text).citations if c.kind == "number"] == expected


def test_a_list_goes_on_over_the_day_of_an_item() -> None:
    text = "công văn số 32/TCHQ-GSQL ngày 16/8/2021 và 38/GSQL-GQ9 ngày 29/7/2024 của Tổng cục Hải quan"
    assert [(c.number, c.date) for c in read(text).citations] == [
        ("32/TCHQ-GSQL", "2021-08-16"),
        ("38/GSQL-GQ9", "2024-07-29"),
    ]


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("công văn số 5/VLO-QLDN3 ngày 2/3/2025 về thuế", "Vĩnh Long"),
        ("công văn số 5/VLO-QLDN3 ngày 2/3/2025 của Thuế tỉnh Tây Ninh", "Tây Ninh"),
        ("công văn số 5/XYZ-QLDN3 ngày 2/3/2025 về thuế", None),
    ],
)
def test_a_branch_office_is_of_its_province(text: str, province: str | None) -> None:
    (cited,) = read(text).citations
    assert cited.province == province and cited.province_known is (province is not None)


def test_a_number_without_its_organs_is_the_whole_ones() -> None:
    text = "Căn cứ Nghị quyết liên tịch số 102/2025/NQLT-UBTVQH15-CP; thực hiện theo Nghị quyết liên tịch số 102/2025/NQLT."
    whole, short = read(text, HOME).citations
    assert (short.number, short.body, short.province) == ("102/2025/NQLT", whole.body, None)


JOINT = [
    (
        "Kế hoạch liên tịch số 7/KH-LT ngày 3/6/2019 của UBND và UB MTTQ Thành phố; theo Kế hoạch 7/KH-LT.",
        ["UBND+MTTQ", "UBND+MTTQ"],
    ),
    ("Tờ trình số 9/TTr-LN của Sở Tư pháp - Sở Nội vụ", ["STP+SNV"]),
    ("theo Kế hoạch số 7/KH-LT ngày 3/6/2019", ["LT"]),
    ("Kế hoạch số 7/KH-LT của UBND tỉnh", ["LT"]),
]


@pytest.mark.parametrize(("text", "bodies"), JOINT)
def test_organs_that_sign_together_are_told_by_the_sentence(text: str, bodies: list[str]) -> None:
    assert [c.body for c in read(text).citations] == bodies


ISSUED = [
    ("Hội đồng nhân dân huyện Phú Xuyên đã ban hành Nghị quyết số 3/2011/NQ-HĐND ngày 5/7/2011", "Huyện Phú Xuyên"),
    ("Năm 2011, Hội đồng nhân dân huyện Phú Xuyên ban hành các Nghị quyết số 3/2011/NQ-HĐND", "Huyện Phú Xuyên"),
    ("Hội đồng nhân dân huyện Phú Xuyên họp; tỉnh ban hành Nghị quyết số 3/2011/NQ-HĐND", None),
    ("Hội đồng nhân dân huyện Phú Xuyên ban hành Quyết định số 3/QĐ-UBND", None),
    ("Tờ trình số 3/TTr-UBND ngày 5/7/2011 của Ủy ban nhân dân thành phố đề nghị", None),
]


@pytest.mark.parametrize(("text", "unit"), ISSUED)
def test_the_unit_of_the_organ_that_issued_a_number(text: str, unit: str | None) -> None:
    assert read(text).citations[0].unit == unit


@pytest.mark.parametrize("behind", ["", ")*", "”.", "]", ": mức"])
def test_a_city_of_the_centre_is_a_province_not_a_unit(behind: str) -> None:
    text = f"(Kèm theo Nghị quyết số 77/2025/NQ-HĐND ngày 27/11/2025 của Hội đồng nhân dân thành phố Hà Nội{behind}"
    (cited,) = read(text).citations
    assert (cited.province, cited.unit) == ("Hà Nội", None)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        # a dash before the next word, a list below, a footnote's mark: none of them is code
        ("Thông tư 27/2033/TT-BCT - Quy định về xuất xứ hàng hóa", ["27/2033/TT-BCT"]),
        ("1. **TT 117/2009/QĐ-BNN** — thuộc lĩnh vực chăn nuôi", ["117/2009/QĐ-BNN"]),
        ("Nghị định 268/2031/NĐ-CP\n- bổ sung một điều", ["268/2031/NĐ-CP"]),
        ("Luật số 57/2031/QH16\n- **DocID: 3", ["57/2031/QH16"]),
        ("  - 44-2019-QH14\n  - 125-2025-QH15\n  - 74-2025-QH15\n", ["44/2019/QH14", "125/2025/QH15", "74/2025/QH15"]),
        ("theo Nghị định số 19/2031/NĐ-\nCP4 và Nghị quyết số 141/NQ-CP2", ["19/2031/NĐ-CP", "141/NQ-CP"]),
        # these digits are code
        ("Nghị quyết số 12/NQ-HĐND14; Công văn số 13/BC-BCĐ138", ["12/NQ-HĐND14", "13/BC-BCĐ138"]),
        ("Công văn số 1702/UBDNGS15 ngày 04/4/2025", ["1702/UBDNGS15"]),
        ("Nghị quyết số 207/2031/QHI16 của Quốc hội", ["207/2031/QH16"]),
        # blanks around a hyphen of the code
        ("Quyết định số 12/QĐ - TTg ngày 01/02/2030", ["12/QĐ-TTg"]),
        ("Công văn số 45/UBND - KT về việc báo cáo", ["45/UBND-KT"]),
        # addresses and names of files
        ("permalink: /van-ban/nghi-dinh-214-2031-nd-cp-xu-phat-vi-pham-thu-y/", []),
        ("tệp 22-2031-TT-BTC-thu-tuc-giam-dinh.md và 57-2031-tt-bca.PDF", []),
        ("https://vbpl.vn/a.aspx?Keyword=11/2028/TT-BL%C4%90TBXH", []),
        ("https://moc.gov.vn/Nam%202031/BXD_KH.pdf", []),
        # an ordinal torn by a blank, directly behind its label
        ("theo Nghị định số 1 65/2031/NĐ-CP ngày 26/12/2031", ["165/2031/NĐ-CP"]),
        ("Luật Trật tự, an toàn giao thông đường bộ số 3 7/2031/QH16", ["37/2031/QH16"]),
        ("điểm 3 166/2031/NĐ-CP", ["166/2031/NĐ-CP"]),
        ("Phụ lục số 1 14/2031/NĐ-CP", ["14/2031/NĐ-CP"]),
    ],
)
def test_where_a_number_begins_and_ends(text: str, numbers: list[str]) -> None:
    assert [citation.number for citation in read(text).citations if citation.number] == numbers


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("CÔNG BÁO/Số 246/Ngày 23-04-2026\n162\nTờ khai mẫu số 20-ĐK ban hành kèm theo Thông tư 87/2024/TT-BTC;", None),
        ("Từ ngày 01/10/2025 thực hiện mẫu ban hành kèm theo Thông tư số 99/2024/TT-BCA;", None),
        ("từ ngày 01 tháng 7 năm 2026 tính theo mức có tại Nghị định số 163/2026/NĐ-CP", None),
        ("Ngày 22/11/2025, Bộ Xây dựng ban hành Công điện 96/CĐ-BXD", "2025-11-22"),
        ("Ngày 22/11/2025, Bộ Xây dựng ban hành Thông tư 96/2025/TT-BXD", "2025-11-22"),
    ],
)
def test_a_day_before_a_number_is_its_day_only_where_it_can_be(text: str, date: str | None) -> None:
    (citation,) = (one for one in read(text).citations if one.kind == "number")
    assert citation.date == date
