"""Pages of legal portals and offices' sites: whose document it is, where only a block of metadata, a district's name, a
heading without a header, or lists that a conversion ran together say it."""

from __future__ import annotations

import pytest

from kb.reading import read

BLOCKS = [
    (
        "Thuộc tính\tNội dung\nSố ký hiệu\t17/2019/QĐ-UBND\nLoại văn bản\tQuyết định\nPhạm vi\tTỉnh Quảng Bình\n"
        "Ngày ban hành\t06/03/2019\nNgày có hiệu lực\t20/03/2019\n",
        ("17/2019/QĐ-UBND", "2019-03-06", "UBND", "Quảng Bình", None),
    ),
    (
        '{\n "trich_yeu": "Về việc công nhận xã đạt chuẩn",\n "co_quan_ban_hanh": "UBND huyện Đắk Song",\n'
        ' "ngay_ban_hanh": "31/10/2018",\n "so_hieu": "Số 1092/QĐ-UBND"\n}\n',
        ("1092/QĐ-UBND", "2018-10-31", "UBND", "Đắk Nông", "Huyện Đắk Song"),
    ),
    (
        "Số, ký hiệu: 12/KH-UBND\nNgày ký: 15/01/2020\nĐơn vị ban hành: UBND huyện Nhà Bè\nTải về: 12.pdf\n",
        ("12/KH-UBND", "2020-01-15", "UBND", "Hồ Chí Minh", "Huyện Nhà Bè"),
    ),
    (
        "Số hiệu: 853/QĐ-UBND Loại văn bản: Quyết định\nNơi ban hành: Tỉnh Lâm Đồng Người ký: Đoàn A\n"
        "Ngày ban hành: 07/05/2018\n\nThực hiện Kế hoạch số 5/KH-UBND của UBND tỉnh Bình Thuận, tỉnh Bình Thuận",
        ("853/QĐ-UBND", "2018-05-07", "UBND", "Lâm Đồng", None),
    ),
]


@pytest.mark.parametrize(("text", "expected"), BLOCKS)
def test_the_metadata_of_a_page_say_whose_document_it_is(text: str, expected: tuple[str | None, ...]) -> None:
    own = read(text).own
    assert own is not None
    assert (own.number, own.date, own.body, own.province, own.unit) == expected


def test_a_page_without_a_header_has_the_organ_below_its_title() -> None:
    text = (
        "Đăng nhập\n\nQUYẾT ĐỊNH\n\nVề việc trú đóng của các đơn vị\n\n \n\nỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH\n\n"
        "- Căn cứ Quyết định số 76/HĐBT ngày 26 tháng 6 năm 1986 của Hội đồng Bộ trưởng ;\n"
    )
    own = read(text).own
    assert own is not None
    assert (own.number, own.body, own.province, own.title) == (
        None, "UBND", "Hồ Chí Minh", "Về việc trú đóng của các đơn vị",
    )  # fmt: skip


def test_the_minister_s_sentence_names_the_type() -> None:
    text = "HƯỚNG DẪN VIỆC ĐĂNG TẢI THÔNG TIN\n\nCăn cứ Luật Đấu thầu ngày 23 tháng 6 năm 2023;\n\nBộ trưởng Bộ Kế hoạch và Đầu tư ban hành Thông tư hướng dẫn việc đăng tải thông tin."
    own = read(text).own
    assert own is not None
    assert (own.type, own.body) == ("thong-tu", "BKHĐT")


@pytest.mark.parametrize(
    ("phrase", "province", "unit"),
    [
        ("UBND thành phố Vinh", "Nghệ An", "Thành phố Vinh"),
        ("UBND Quận 8", "Hồ Chí Minh", "Quận 8"),
        ("UBND thị xã Vinh", "Nghệ An", "Thị xã Vinh"),
        ("UBND huyện Châu Thành", None, "Huyện Châu Thành"),  # several provinces have one
        ("UBND xã Vinh", None, "Xã Vinh"),  # no district
        ("UBND huyện Nhà Bè\nTải về", "Hồ Chí Minh", "Huyện Nhà Bè"),
    ],
)
def test_a_district_tells_its_province(phrase: str, province: str | None, unit: str) -> None:
    (found,) = read(f"theo Quyết định số 12/QĐ-UBND ngày 05/3/2019 của {phrase}.").citations
    assert (found.province, found.province_known, found.unit) == (province, province is not None, unit)


def test_the_seat_of_a_district_is_a_place_of_its_province() -> None:
    head = "ỦY BAN NHÂN DÂN\n-----\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nSố: 63/2006/QĐ-UBND\nPhan Thiết, ngày 26 tháng 7 năm 2006\n\nQUYẾT ĐỊNH\nBan hành quy định\n"
    own = read(head).own
    assert own is not None
    assert own.province == "Bình Thuận"


@pytest.mark.parametrize(
    ("text", "number", "body"),
    [
        ("Sau 10 năm thực hiện Nghị quyết 13-NQ/TƯ của Tỉnh ủy (khóa XIV)", "13-NQ/TU", "TU"),
        ("theo Nghị quyết số 13-NQ/TƯ ngày 05/3/2014 của Thành ủy", "13-NQ/TU", "TU"),
        ("Quy định số 69-QĐ/TƯ ngày 06/7/2022 của Bộ Chính trị", "69-QĐ/TW", "TW"),
        ("Nghị quyết số 18-NQ/TƯ về sắp xếp tổ chức", "18-NQ/TW", "TW"),
    ],
)
def test_a_mark_of_the_centre_is_a_committee_s_where_the_text_names_one(text: str, number: str, body: str) -> None:
    (found,) = read(text).citations
    assert (found.number, found.body) == (number, body)


def test_a_committee_s_own_number() -> None:
    head = "TỈNH ỦY THỪA THIÊN HUẾ\nĐẢNG CỘNG SẢN VIỆT NAM\n*\nSố 445-KL/TƯ\nThừa Thiên Huế, ngày 13 tháng 5 năm 2022\nKẾT LUẬN\nvề kết cấu hạ tầng\n"
    own = read(head).own
    assert own is not None
    assert (own.number, own.body, own.province) == ("445-KL/TU", "TU", "Thừa Thiên Huế")


def test_items_that_run_together_with_their_numbers() -> None:
    text = "- 1Công văn 2067/BTC-NSNN hướng dẫn chi trả\n- 5Luật ngân sách nhà nước 2015\n- 6Luật tổ chức chính quyền địa phương 2015\n- 7Quyết định 59/2015/QĐ-TTg"
    found = [(c.text, c.date) for c in read(text).citations]
    assert found == [
        ("2067/BTC-NSNN", None),
        ("Luật ngân sách nhà nước 2015", "2015"),
        ("Luật tổ chức chính quyền địa phương 2015", "2015"),
        ("59/2015/QĐ-TTg", None),
    ]
    assert read("Kế hoạch theo Luật Đất đai 2021 - 2025").citations[0].date is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Căn cứ công văn số 1911/BGDDT-GDDH ngày 28/04/2023 của Bộ Giáo dục và Đào tạo", "1911/BGDĐT-GDĐH"),
        ("theo thông báo sé 218/TB-DHTL ngày 20/03/2023 như sau, các trường đại học thực hiện", "218/TB-ĐHTL"),
    ],
)
def test_a_code_without_its_strokes_in_a_text_that_has_them(text: str, number: str) -> None:
    assert [c.number for c in read(text).citations] == [number]


@pytest.mark.parametrize(
    ("text", "body", "province"),
    [
        ("Công văn số 88/BHXH-TST ngày 03/5/2023 của BHXH tỉnh", "BHXH", "Nghệ An"),
        ("Công văn số 402/CT-KK ngày 22/5/2023 của Cục Thuế tỉnh, kho bạc", "CT", "Nghệ An"),
        ("Quyết định số 595/QĐ-BHXH ngày 14/4/2017 của BHXH Việt Nam", "BHXH", None),
        ("Công văn 22/PGDĐT-NV ngày 1/2/2012 của Phòng GD&ĐT Xuyên Mộc", "PGDĐT", "Bà Rịa - Vũng Tàu"),
        ("Thông tư liên bộ số 1025/TT-LB ngày 21/6/1991", "LB", None),
        ("Công văn số 3799/CHQ-GSQL ngày 1/8/2025 của Cục Hải quan", "CHQ", None),
    ],
)
def test_branches_are_of_their_province_and_circulars_of_the_centre(text: str, body: str, province: str | None) -> None:
    (found,) = read(f"{text}.\n\nỦy ban nhân dân tỉnh Nghệ An").citations
    assert (found.body, found.province, found.province_known) == (body, province, True)


def test_the_lowest_organ_of_a_header_s_lines_is_whose_document_it_is() -> None:
    head = (
        "BẢO HIỂM XÃ HỘI VIỆT NAM\nBẢO HIỂM XÃ HỘI TỈNH NGHỆ AN\nSố: 1120/BHXH-QLT\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nVinh, ngày 12 tháng 6 năm 2023\n"
    )
    own = read(head).own
    assert own is not None
    assert (own.number, own.body, own.province) == ("1120/BHXH-QLT", "BHXH", "Nghệ An")


@pytest.mark.parametrize(
    ("text", "number", "date"),
    [
        ("Thông tư 06/2010/TT-BGĐT ngày 26/02/2010 của Bộ GD&ĐT", "06/2010/TT-BGDĐT", "2010-02-26"),
        ("Thông tư số 47/2012/TT-BGDĐT 07 tháng 12 năm 2012 của Bộ", "47/2012/TT-BGDĐT", "2012-12-07"),
        ("Thông tư liên bộ 08 TT/LB ngày 04/02/1994", "08/TT-LB", "1994-02-04"),
    ],
)
def test_slips_in_codes_and_days(text: str, number: str, date: str) -> None:
    assert [(c.number, c.date) for c in read(text).citations] == [(number, date)]
