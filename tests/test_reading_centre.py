"""Which documents belong to the centre and which to a province, where a code alone does not tell."""

from __future__ import annotations

import pytest

from kb.model import Hints
from kb.reading import read

UNIVERSITY = """BỘ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN
TRƯỜNG ĐẠI HỌC LÂM NGHIỆP
Số: 218/TB-ĐHLN
Hà Nội, ngày 2 tháng 3 năm 2020
THÔNG BÁO
Về việc nghỉ học
Theo Thông báo số 200/TB-ĐHLN ngày 1/3/2020; Tờ trình số 15/TTr-ĐT của Trưởng phòng Đào tạo; Công văn số
521/UBND-VX của UBND thành phố.
"""
NATIONAL = """ĐẠI HỌC QUỐC GIA THÀNH PHỐ HỒ CHÍ MINH
TRƯỜNG ĐẠI HỌC BÁCH KHOA
Số: 1325/QĐ-ĐHBK
Thành phố Hồ Chí Minh, ngày 25 tháng 4 năm 2019
QUYẾT ĐỊNH
"""
COMMAND = """BỘ QUỐC PHÒNG
QUÂN KHU 9
BỘ CHỈ HUY QUÂN SỰ TỈNH SÓC TRĂNG
Số: 1123/HD-BCH
Sóc Trăng, ngày 5 tháng 6 năm 2020
HƯỚNG DẪN
Căn cứ Chỉ thị số 05/CT-TLQK ngày 06/3/2020 của Tư lệnh Quân khu;
"""
BRANCH = """NGÂN HÀNG NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN VIỆT NAM
CHI NHÁNH TỈNH NAM ĐỊNH
Số: 1502/NHNo-NĐ-TD
Nam Định, ngày 7 tháng 9 năm 2016
Căn cứ công văn số 4546/NHNo-HSX ngày 20/6/2015 của Tổng giám đốc;
"""
PROSECUTORS = """VIỆN KIỂM SÁT NHÂN DÂN HUYỆN ĐÔNG ANH
Số: 35/KN-VKS
Đông Anh, ngày 22 tháng 6 năm 2022
KIẾN NGHỊ
Về việc khắc phục vi phạm
"""
WORKERS = """LIÊN ĐOÀN LAO ĐỘNG TỈNH KIÊN GIANG
CÔNG ĐOÀN NGÀNH Y TẾ
Số: 45/HD-CĐYT
Rạch Giá, ngày 12 tháng 3 năm 2019
HƯỚNG DẪN
"""


@pytest.mark.parametrize(
    ("text", "number", "body", "province"),
    [
        (UNIVERSITY, "218/TB-ĐHLN", "ĐHLN", None),
        (NATIONAL, "1325/QĐ-ĐHBK", "ĐHBK", None),
        (COMMAND, "1123/HD-BCH", "BCH", "Sóc Trăng"),
        (BRANCH, "1502/NHNo-NĐ-TD", "NHNo", "Nam Định"),
        (PROSECUTORS, "35/KN-VKS", "VKS", "Hà Nội"),
        (WORKERS, "45/HD-CĐYT", "CĐYT", "Kiên Giang"),
    ],
)
def test_what_a_header_says_of_its_issuer(text: str, number: str, body: str, province: str | None) -> None:
    own = read(text).own
    assert own is not None
    assert (own.number, own.body, own.province) == (number, body, province)


def test_a_command_of_several_provinces_is_no_urban_district() -> None:
    own = read(COMMAND).own
    assert own is not None and own.unit is None


@pytest.mark.parametrize(
    ("text", "number", "body", "province"),
    [
        (UNIVERSITY, "200/TB-ĐHLN", "ĐHLN", None),  # the citing organ's own
        (UNIVERSITY, "15/TTr-ĐT", "ĐT", None),  # of one of its units
        (UNIVERSITY, "521/UBND-VX", "UBND", "Hà Nội"),
        (COMMAND, "05/CT-TLQK", "TLQK", None),
        (BRANCH, "4546/NHNo-HSX", "NHNo", None),
        ("Quyết định số 3/QĐ-ĐHX ngày 1/2/2019 của Trường Đại học Xây dựng", "3/QĐ-ĐHX", "ĐHX", None),
        ("Chỉ thị số 01/2021/CT-CA ngày 4/1/2021 của Chánh án TANDTC", "01/2021/CT-CA", "TANDTC", None),
        ("Chỉ thị số 01/2021/CT-CA ngày 4/1/2021 của Công an tỉnh", "01/2021/CT-CA", "BCA", None),
        ("Công điện số 25/CĐ-TW ngày 13/10/2020 về mưa lũ", "25/CĐ-TW", "TW", None),
        ("Công văn số 577/CT-THNVDT ngày 23/4/2013", "577/CT-THNVDT", "CT", "Sơn La"),  # until 2025 only in provinces
        ("Công văn số 577/CT-THNVDT ngày 23/4/2025", "577/CT-THNVDT", "CT", None),
    ],
)
def test_where_a_cited_document_belongs(text: str, number: str, body: str, province: str | None) -> None:
    hints = Hints() if text.count("\n") > 1 else Hints(province="Sơn La")
    found = next(cited for cited in read(text, hints).citations if cited.number == number)
    assert (found.body, found.province, found.province_known) == (body, province, True)


def test_a_branch_named_once_is_meant_by_its_code_elsewhere() -> None:
    text = (
        "TỔNG CỤC THUẾ\nSố: 1414/TCT-CS\nHà Nội, ngày 04 tháng 05 năm 2013\nKính gửi: Cục Thuế\nTheo Công văn số "
        "1752/CT-THNVDT ngày 07/12/2012 của Cục Thuế tỉnh Hà Tĩnh và Công văn số 262/CT-KTNB ngày 27/2/2012."
    )
    found = {cited.number: cited.province for cited in read(text).citations}
    assert found == {"1752/CT-THNVDT": "Hà Tĩnh", "262/CT-KTNB": "Hà Tĩnh"}


def test_a_district_of_the_citing_province_is_meant_before_one_of_another() -> None:
    text = (
        "TÒA ÁN NHÂN DÂN THỊ XÃ TÂN UYÊN\nTỈNH BÌNH DƯƠNG\nBản án số: 45/2019/DS-ST\nNgày: 22-8-2019\n"
        "Hủy Quyết định số 1234/QĐ-UBND ngày 12/5/2008 của UBND huyện Tân Uyên."
    )
    reading = read(text)
    assert reading.own is not None
    assert reading.own.date == "2019-08-22"
    assert [(cited.number, cited.province) for cited in reading.citations] == [("1234/QĐ-UBND", "Bình Dương")]


def test_what_an_organ_amends_is_of_its_own_province() -> None:
    text = (
        "Bãi bỏ Quyết định số 157/2005/QĐ-UB ngày 21 tháng 12 năm 2005 của Ủy ban nhân dân tỉnh Bình Phước Sửa đổi, bổ "
        "sung Quyết định số 67/2005/QĐ-UBND ngày 20 tháng 7 năm 2005 của Ủy ban nhân dân tỉnh về phí."
    )
    assert [cited.province for cited in read(text, Hints(province="Đồng Nai")).citations] == ["Bình Phước"] * 2


@pytest.mark.parametrize(
    ("text", "number", "date", "body", "province"),
    [
        (
            "ỦY BAN NHÂN DÂN QUẬN 7\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: 900/GDĐT-TH\nQuận 7, ngày 3 tháng 6 năm 2019\n",
            "900/GDĐT-TH",
            "2019-06-03",
            "GDĐT",
            "Hồ Chí Minh",
        ),
        (
            "TRƯỜNG THPT CHUYÊN LÊ QUÝ ĐÔN\nTỔ NGỮ VĂN\nSố: 02/BB-TNV\nBIÊN BẢN SINH HOẠT TỔ\nNinh Thuận, ngày 5/9/2020\n"
            "Triển khai công văn 1495/SGDĐT-NVDH ngày 26/8/2020 của Sở.",
            "02/BB-TNV",
            "2020-09-05",
            "TNV",
            "Ninh Thuận",
        ),
    ],
)
def test_headers_of_schools(text: str, number: str, date: str, body: str, province: str) -> None:
    own = read(text).own
    assert own is not None
    assert (own.number, own.date, own.body, own.province) == (number, date, body, province)


@pytest.mark.parametrize(
    ("text", "body", "province", "known"),
    [
        ("Công văn số 1552/GDĐT-TrH ngày 8/5/2019 của Sở Giáo dục và Đào tạo", "GDĐT", "Sơn La", True),
        ("Công văn số 533-CV/ĐUK ngày 12/10/2021 của Đảng ủy Khối", "ĐUK", "Sơn La", True),
        ("Hướng dẫn số 05-HD/ĐUK ngày 3/3/2020 của Đảng ủy Khối các cơ quan Trung ương", "ĐUK", None, True),
        ("Quyết định số 15/QĐ-HĐQT ngày 5/3/2013 của HĐQT NHCSXH", "HĐQT", None, True),
    ],
)
def test_one_code_of_organs_at_two_levels(text: str, body: str, province: str | None, known: bool) -> None:
    found = read(text, Hints(province="Sơn La")).citations[0]
    assert (found.body, found.province, found.province_known) == (body, province, known)


def test_a_ward_lies_in_the_province_of_the_district_it_names() -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nPHƯỜNG PHÚ HÒA\nSố: 112/QĐ-UBND\nPhú Hòa, ngày 9 tháng 5 năm 2017\nQUYẾT ĐỊNH\nCăn cứ Quyết "
        "định số 3456/QĐ-UBND ngày 20/12/2016 của UBND thành phố Thủ Dầu Một về việc giao dự toán;"
    )
    own = read(text).own
    assert own is not None
    assert (own.unit, own.province) == ("Phường Phú Hòa", "Bình Dương")


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("1. Kế hoạch số 12-KH/TU ngày 1/2/2020; 2. Quyết định 33/QĐ-UBND của UBND huyện Củ Chi", "Hồ Chí Minh"),
        ("1. Kế hoạch số 12-KH/TU ngày 1/2/2020; 2. Quyết định 33/QĐ-UBND của UBND tỉnh Yên Bái", "Yên Bái"),
    ],
)
def test_a_text_without_a_header_is_of_the_only_province_that_it_names(text: str, province: str) -> None:
    assert [cited.province for cited in read(text).citations] == [province] * 2
