"""Numbers in the forms of their time and of careless typing: without a slash, turned round, torn, as ends of a range."""

from __future__ import annotations

import pytest

from kb.model import Hints
from kb.reading import read
from kb.reading.numbers.parse_number import parse_number

HOME = Hints(province="Quảng Trị")
SCAN = "Uy ban nhan dan tinh thuc hien cac nhiem vu cua nam hoc theo ke hoach da duoc phe duyet, "

# text, [(number, type, date)]
WITHOUT_SLASH = [
    ("Quyết định 200-TTg ngày 3/4/1994 của Thủ tướng", [("200-TTg", "quyet-dinh-ttg", "1994-04-03")]),
    ("theo Quyết định 773-TTg", [("773-TTg", "quyet-dinh-ttg", None)]),
    ("Nghị định 244 - HĐBT và Nghị định 17-HĐBT", [("244-HĐBT", "nghi-dinh", None), ("17-HĐBT", "nghi-dinh", None)]),
    ("Thông tư 80-BTC ngày 3/4/1994", [("80-BTC", "thong-tu", "1994-04-03")]),
    ("Thông tư 80-BTC", []),  # neither a day nor an organ of the centre
    ("Chương trình 06-CTrTU ngày 3/4/2010", [("06-CTr/TU", "d-chuong-trinh", "2010-04-03")]),
    ("Chương trình hành động số 06-CTrTU", [("06-CTr/TU", "d-chuong-trinh", None)]),
    ("Nghị quyết 12-NQTU của Tỉnh ủy", [("12-NQ/TU", "d-nghi-quyet", None)]),
    ("theo mẫu 01-TTĐB và 03-TT, chuyến bay 773-TTg", []),
    ("trận 12-CP, đoạn Km 15-CT", []),
]
BLANKS = [
    ("Công văn số 630/CV SLĐTB&XH ngày 27/4/2010", [("630/CV-SLĐTB&XH", "cong-van", "2010-04-27")]),
    ("Tờ trình số 12/TTr UBND ngày 3/4/2010", [("12/TTr-UBND", "to-trinh", "2010-04-03")]),
    ("Thông báo số 12/TB Ban Quản lý chợ", [("12/TB", "thong-bao", None)]),
    ("Quyết định 84 QĐ/TWĐTN ngày 3/4/2010", [("84-QĐ/TWĐTN", "dt-nghi-quyet", "2010-04-03")]),
    ("Quyết định số 84-QĐ/TWĐTN", [("84-QĐ/TWĐTN", "dt-nghi-quyet", None)]),
    ("Nghị quyết 05 NQ/TU ngày 02/3/2004", [("05-NQ/TU", "d-nghi-quyet", "2004-03-02")]),
    ("điểm 05 NQ/TU", []),
    ("Thông tư số 37/2025/TTBNN MT ngày 02/7/2025", [("37/2025/TT-BNNMT", "thong-tu", "2025-07-02")]),
    ("Thông tư số 37/2025/TT-B NNMT ngày 02/7/2025", [("37/2025/TT-BNNMT", "thong-tu", "2025-07-02")]),
    ("Quyết định số 12/QĐ-UB ND ngày 3/4/2010", [("12/QĐ-UBND", "quyet-dinh-ubnd", "2010-04-03")]),
    ("Quyết định số 12/QĐ-BTC VP ký", [("12/QĐ-BTC", "quyet-dinh-bo", None)]),  # no organ's code with it
    ("Quyết định số 12/QĐ-UBND TP", [("12/QĐ-UBND", "quyet-dinh-ubnd", None)]),
]
TURNED = [
    ("Quyết định số 5438/UB.QĐ ngày 3/4/2001", [("5438/QĐ-UB", "quyet-dinh-ubnd", "2001-04-03")]),
    ("Quyết định số 5438/UB-QĐ", [("5438/QĐ-UB", "quyet-dinh-ubnd", None)]),
    ("Chỉ thị số 12/UB-CT", [("12/CT-UB", "chi-thi-ubnd", None)]),
    ("Nghị quyết số 12/HĐND-NQ", [("12/NQ-HĐND", "nghi-quyet-hdnd", None)]),
    ("Công văn số 5438/UB-NC", [("5438/UB-NC", "cong-van", None)]),
    ("Quyết định số 5438/UB-NC", [("5438/UB-NC", "cong-van", None)]),
]
RANGES = [
    (
        "Bãi bỏ các Quyết định từ số 101/QĐ-UBND đến số 105/QĐ-UBND",
        [("101/QĐ-UBND", "repeals", ("range_from",)), ("105/QĐ-UBND", "repeals", ("range_to",))],
    ),
    (
        "Bãi bỏ các Quyết định từ số 101 đến số 105/QĐ-UBND",
        [("101/QĐ-UBND", "repeals", ("range_from",)), ("105/QĐ-UBND", "repeals", ("range_to",))],
    ),
    (
        "Căn cứ các Nghị quyết từ số 10 đến 12-NQ/TU của Tỉnh ủy",
        [("10-NQ/TU", "based_on", ("range_from",)), ("12-NQ/TU", "based_on", ("range_to",))],
    ),
    (
        "Căn cứ các Thông tư từ số 10/2020/TT-BTC đến số 12/2020/TT-BTC và số 15/2020/TT-BTC",
        [
            ("10/2020/TT-BTC", "based_on", ("range_from",)),
            ("12/2020/TT-BTC", "based_on", ("range_to",)),
            ("15/2020/TT-BTC", "based_on", ()),
        ],
    ),
    (
        "Thực hiện Quyết định số 101/QĐ-UBND, đến nay Quyết định số 105/QĐ-UBND",
        [("101/QĐ-UBND", "implements", ()), ("105/QĐ-UBND", "cites", ())],
    ),
]
ENGLISH = [
    ("Resolution No. 51/2001/QH10 dated December 25, 2001", [("51/2001/QH10", "nghi-quyet-qh", "2001-12-25")]),
    ("Resolution 55/2010/UBTVQH12", [("55/2010/UBTVQH12", "nghi-quyet-ubtvqh", None)]),
    ("the Law on Land No. 45/2013/QH13 of November 29, 2013", [("45/2013/QH13", "luat", "2013-11-29")]),
    ("the Civil Code No. 91/2015/QH13", [("91/2015/QH13", "bo-luat", None)]),
    ("the Law of the sea and 45/2013/QH13", [("45/2013/QH13", "luat", None)]),
]


@pytest.mark.parametrize(("text", "expected"), [*WITHOUT_SLASH, *BLANKS, *TURNED, *ENGLISH])
def test_number_and_type(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    found = [cited for cited in read(text, HOME).citations if cited.kind == "number"]
    assert [(cited.number, cited.type, cited.date) for cited in found] == expected


@pytest.mark.parametrize(("text", "expected"), RANGES)
def test_both_ends_of_a_range(text: str, expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    found = read(text, HOME).citations
    assert [(cited.number, cited.relation, cited.notes) for cited in found] == expected


YEARS = [
    ("Quyết định 2519/QĐ-UBND 2015 phê duyệt Đề án cấp nước", "2015", "phê duyệt Đề án cấp nước"),
    ("Quyết định 2519/QĐ-UBND năm 2015 phê duyệt Đề án cấp nước", "2015", "phê duyệt Đề án cấp nước"),
    ("Quyết định 2519/QĐ-UBND 2015 hộ nghèo được hỗ trợ", None, None),
    ("Quyết định 2519/QĐ-UBND 2015-2020", None, None),
    ("Quyết định 2519/QĐ-UBND 2015/2016", None, None),
    ("Quyết định 2519/QĐ-UBND 20150 đồng", None, None),
]


@pytest.mark.parametrize(("text", "date", "title"), YEARS)
def test_bare_year_as_in_titles_of_web_pages(text: str, date: str | None, title: str | None) -> None:
    (cited,) = read(text, HOME).citations
    assert (cited.date, cited.title) == (date, title)


# number, body, whether it is doubtful
SCANNED = [
    ("Nghi quyet so 12/NQ-HDPND ngay 03/4/2020", "12/NQ-HĐND", "HĐND", False),
    ("Nghi quyet sé 12/NQ-\nHDPND ngay 03/4/2020", "12/NQ-HĐND", "HĐND", False),
    ("Nghi quyet so 12/NQ-HPND ngay 03/4/2020", "12/NQ-HĐND", "HĐND", False),
    ("Cong van so 12/STTTT-CDS ngay 3/4/2024", "12/STTTT-CĐS", "STTTT", False),
    ("Cong van so 12/STTTT-QZX ngay 3/4/2024", "12/STTTT-QZX", "STTTT", True),
    ("Quyet dinh so 151\n6 /QD-\nUBND ngay 3/4/2020", "1516/QĐ-UBND", "UBND", True),
    ("Quyet dinh so 15/2021/QD-HBBT ngay 3/4/2021", "15/2021/QD-HBBT", "QD", True),  # HĐBT ended in 1992
]


@pytest.mark.parametrize(("text", "number", "body", "doubtful"), SCANNED)
def test_a_repaired_code_is_one_that_exists(text: str, number: str, body: str, doubtful: bool) -> None:
    (cited,) = read(SCAN + text, HOME).citations
    assert (cited.number, cited.body, "number_doubtful" in cited.notes) == (number, body, doubtful)


@pytest.mark.parametrize("text", ["Hinh 4 / BO tri thiet bi", "Anh 12 / BO sung hang rao", "Bang 3 / TO chuc"])
def test_captions_of_scans_have_no_numbers(text: str) -> None:
    assert read(SCAN + text, HOME).citations == ()


def test_turned_number_typed_alone_meets_the_usual_one() -> None:
    assert str(parse_number("5438/UB.QĐ", type_word="Quyết định")) == str(parse_number("5438/QĐ-UB"))
