"""Documents of other offices and times: their numbers, days, organs, and what stands in headers without a slash."""

from __future__ import annotations

import pytest

from kb.reading import read

# text, [(number, date, body, whether the province is known)]
NUMBERS = [
    ("đã ký Sắc lệnh số 75-SL thành lập Nha ngân khố", [("75-SL", None, "CTN", True)]),
    ("Theo Sắc lệnh 13-SL ngày 24-1-1946", [("13-SL", "1946-01-24", "CTN", True)]),
    ("Quyết định 103-NQ-TVQH năm 1965", [("103-NQ-TVQH", "1965", "UBTVQH", True)]),
    ("Nghị quyết số 504-NQ-QHK6 ngày 1-2-1978", [("504-NQ-QHK6", "1978-02-01", "QH", True)]),
    ("Nghị quyết số 35-NQ/UBTVQHK9 ngày 17/5/1993", [("35-NQ/UBTVQHK9", "1993-05-17", "UBTVQH", True)]),
    ("Mẫu số\nTên hồ sơ, mẫu biểu\n01/TB-TNĐT\nThông báo về việc A\n01/TB-SSĐT\nThông báo về việc\n", []),
    ("Các văn bản\n01/TB-TNĐT\nThông báo về việc\n", [("01/TB-TNĐT", None, "TNĐT", False)]),
    ("phòng 103-NQ-TVQH, khóa số 12-NQ-XD", []),
    ("Quyết định số 12-QĐ-UB ngày 3/4/1995", [("12/QĐ-UB", "1995-04-03", "UBND", False)]),
    ("quyết định số 38/QP của Bộ Quốc phòng", [("38/QP", None, "BQP", True)]),
    ("Chỉ thị số 12/NV ngày 5/6/1965", [("12/NV", "1965-06-05", "BNV", True)]),
    ("Công văn 898/CV-NHNN10 về việc", [("898/CV-NHNN10", None, "NHNN", True)]),
    ("Quyết định số 285/QĐ-NH5 ngày 10/11/1994", [("285/QĐ-NH5", "1994-11-10", "NHNN", True)]),
    ("Thông tư số 15/2021/TT-NHNN2 ngày 30/9/2021", [("15/2021/TT-NHNN", "2021-09-30", "NHNN", True)]),
    ("THEO QUYẾT ĐỊNH SỐ 91/TTG NGÀY 07/3/1994, 12/2007/QĐ-TTG", [("91/TTg", "1994-03-07", "TTg", True), ("12/2007/QĐ-TTg", None, "TTg", True)]),
    ("Quyết định số 28/QĐ-TM năm 1976", [("28/QĐ-TM", "1976", "TM", True)]),
    ("Quyết định số 28/QĐ-TM năm 1996", [("28/QĐ-TM", "1996", "BTM", True)]),
    ("Quyết định số 51/QĐ-ĐHQG ngày 25/01/2011", [("51/QĐ-ĐHQG", "2011-01-25", "ĐHQG", True)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_numbers_of_other_offices(text: str, expected: list[tuple[str, str | None, str, bool]]) -> None:
    found = [(c.number, c.date, c.body, c.province_known) for c in read(text).citations if c.kind == "number"]
    assert found == expected


DAYS = [
    ("Ngày 10/9/2024 Tòa án nhân dân tối cao ban hành Công văn 163/TANDTC-PC năm 2024 về", "2024-09-10"),
    ("Ngày 10/9/2023 Tòa án nhân dân tối cao ban hành Công văn 163/TANDTC-PC năm 2024 về", "2024"),
    ("Ngày 28 tháng 5 năm 1981, Bộ Quốc phòng đã ra Quyết định số 172/QĐ–BQP thành lập", "1981-05-28"),
    ("Ngày 28/5/2021, Sở Y tế gửi Công văn số 172/SYT-NVY", "2021-05-28"),
    ("Ngày 28/5/2021 ra quân thực hiện Quyết định số 172/QĐ-BQP", None),
    ("Luật\n15/2012/QH13\nNgày ban hành:\n20/06/2012\nLuật\n54/2014/QH13", "2012-06-20"),
    ("Văn bản 12/QĐ-BTC | Ngày ký: 20/06/2012", "2012-06-20"),
    ("Văn bản 12/QĐ-BTC | Ngày hiệu lực: 20/06/2012", None),
    ("bởi quy định [1393/QĐ-BTC](1393-QD-BTC.md) ngày 03/11/2021", "2021-11-03"),
    ('[12/QĐ-BTC](https://a.vn/x_(1).aspx?id=1 "Quyết định") ngày 03/11/2021', "2021-11-03"),
    ("[12/QĐ-BTC](https://a.vn/x) của Bộ Tài chính ngày 03/11/2021", "2021-11-03"),
    ("Quyết định số 12/QĐ-BTC ngày 2021-11-03", "2021-11-03"),
]


@pytest.mark.parametrize(("text", "date"), DAYS)
def test_the_day_of_a_number(text: str, date: str | None) -> None:
    assert next(c.date for c in read(text).citations if c.kind == "number") == date


CENTRES = [
    ("Công văn 285/CCTTHC ngày 08/9/2009 của Tổ công tác chuyên trách của Thủ tướng Chính phủ về việc", True),
    ("Công văn 246/CĐYT ngày 08/8/2025 của Công đoàn Y tế Việt Nam về việc hỗ trợ", True),
    ("Công văn 246/HLHPN ngày 08/8/2025 của Hội Liên hiệp Y Việt Nam tỉnh về việc hỗ trợ", False),
    ("Công văn 246/CĐYT ngày 08/8/2025 của Công đoàn Y tế về chuyến thăm Việt Nam", False),
    ("Kế hoạch 72/KH-CĐYT; Công văn 246/CĐYT ngày 08/8/2025 của Công đoàn Y tế Việt Nam", True),
]


@pytest.mark.parametrize(("text", "central"), CENTRES)
def test_an_organ_that_no_file_lists_is_central_by_its_name(text: str, central: bool) -> None:
    first = read(text).citations[0]
    assert (first.province, first.province_known) == (None, central)


OLD_HEADERS = [
    ("THỦ TƯỚNG CHÍNH PHỦ", "Số: 407-TTg", "QUYẾT ĐỊNH", ("407-TTg", "TTg", "quyet-dinh-ttg")),
    ("HỘI ĐỒNG BỘ TRƯỞNG", "Số: 196-HĐBT", "NGHỊ ĐỊNH", ("196-HĐBT", "HĐBT", "nghi-dinh")),
    ("CHỦ TỊCH HỘI ĐỒNG BỘ TRƯỞNG", "Số: 355-CT", "QUYẾT ĐỊNH", ("355-CT", "HĐBT", "quyet-dinh-cb")),
    ("BỘ TÀI CHÍNH", "Số: 12-TC/TCT", "THÔNG TƯ", ("12-TC/TCT", "BTC", "thong-tu")),
    ("BỘ NỘI VỤ", "Số: 12-NV", "THÔNG TƯ", ("12-NV", "BNV", "thong-tu")),
    ("ỦY BAN NHÂN DÂN TỈNH HÀ TÂY", "Số 12-QĐ-UB", "QUYẾT ĐỊNH", ("12/QĐ-UB", "UBND", "quyet-dinh-ubnd")),
]


@pytest.mark.parametrize(("organ", "number", "type_", "expected"), OLD_HEADERS)
def test_an_old_number_in_the_line_of_a_header(
    organ: str, number: str, type_: str, expected: tuple[str, str, str]
) -> None:
    text = (
        f"{organ}\n********\n\nCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n{number}\n\n"
        f"Hà Nội, ngày 17 tháng 6 năm 1991\n\n{type_}\n\nVề việc thành lập đơn vị\n\nĐiều 1. Thành lập đơn vị."
    )
    own = read(text).own
    assert own is not None
    assert (own.number, own.body, own.type, own.date) == (*expected, "1991-06-17")


def test_a_line_without_a_header_around_it_numbers_nothing() -> None:
    assert not read("Phòng\nSố: 407-CT\nTầng 4\nHà Nội").citations
    assert not read("Số: 407-CT, Hà Nội, ngày 17 tháng 6 năm 1991").citations


GLUED = [
    ("Căn cứ Luật Xây dựng ngày26/11/2003;", "2003-11-26"),
    ("Căn cứ Luật Tổ chức Hội đồng nhândân và Ủy ban nhân dân ngày 26/11/2003;", "2003-11-26"),
    (
        "Căn cứ Luật Sửa đổi, bổ sung mộtsố điều của các Luật liên quan đến đầu tư xây dựng cơ bản ngày 19/6/2009;",
        "2009-06-19",
    ),
]


@pytest.mark.parametrize(("text", "date"), GLUED)
def test_a_law_whose_words_run_together(text: str, date: str) -> None:
    assert [c.date for c in read(text).citations] == [date]


METADATA = [
    (
        '---\nlayout: document\ndate: 2026-05-30\ndoc_number: "25/2026/NQ-CP"\nissue_date: 2026-04-30\n---\n# Kéo dài\n',
        ("25/2026/NQ-CP", "2026-04-30", "CP", None),
    ),
    (
        "Số hiệu: 47-L/CTN Loại văn bản: Luật\nNơi ban hành: Quốc hội Người ký: A\nNgày ban hành: 20/03/1996\n",
        ("47-L/CTN", "1996-03-20", "CTN", None),
    ),
    (
        "| Trường | Nội dung |\n|---|---|\n| Số hiệu | 22/2026/NQ-CP |\n| Ngày ban hành | 09 tháng 7 năm 2026 |\n",
        ("22/2026/NQ-CP", "2026-07-09", "CP", None),
    ),
    (
        "Số ký hiệu\n12/2025/QĐ-UBND\nNgày ban hành\n20/03/2025\nCơ quan ban hành\nUBND tỉnh Nghệ An\n",
        ("12/2025/QĐ-UBND", "2025-03-20", "UBND", "Nghệ An"),
    ),
    ('{"date": "2020-05-28T03:32:00.000Z", "ngay_ban_hanh": "27/05/2020",\n "so_hieu": "02/PA-BTC"}',
     ("02/PA-BTC", "2020-05-27", "BTC", None)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), METADATA)
def test_metadata_above_a_text_say_whose_it_is(text: str, expected: tuple[str, str, str, str | None]) -> None:
    own = read(text).own
    assert own is not None
    assert (own.number, own.date, own.body, own.province) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Số hiệu: 12/QĐ-BTC\nNgày ban hành: 20/03/1996\nSố hiệu: 13/QĐ-BTC\nNgày ban hành: 20/03/1996",  # a list
        "Theo Quyết định có số hiệu: 12/QĐ-BTC của Bộ Tài chính",  # no further label
        "Quyết định có số hiệu 12/QĐ-BTC, ngày ban hành 20/03/1996",  # a sentence
    ],
)
def test_what_is_no_block_of_metadata(text: str) -> None:
    own = read(text).own
    assert own is None or own.number is None


def test_the_header_of_a_text_wins_over_its_metadata() -> None:
    text = (
        "Số hiệu: 13/QĐ-BTC\nNgày ban hành: 20/03/2020\n\nBỘ TÀI CHÍNH\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\n"
        "Số: 12/QĐ-BTC\nHà Nội, ngày 21 tháng 3 năm 2020\n\nQUYẾT ĐỊNH\nVề việc thành lập đơn vị\n"
    )
    own = read(text).own
    assert own is not None
    assert (own.number, own.date) == ("12/QĐ-BTC", "2020-03-21")


def test_the_heading_of_a_law_is_no_citation() -> None:
    text = "QUỐC HỘI\n\nLUẬT\n\nHỢP TÁC XÃ\n\nĐể phát huy vai trò\nCăn cứ Hiến pháp năm 1992;"
    assert [c.text for c in read(text).citations] == ["Hiến pháp năm 1992"]
    assert read("TRIỂN KHAI THI HÀNH LUẬT\nĐẤT ĐAI\nCăn cứ").citations[0].text == "LUẬT\nĐẤT ĐAI"


def test_the_type_word_before_a_link_is_the_numbers() -> None:
    text = "Nghị định số [31/2013/NĐ-CP](https://a.vn/x.aspx) và Quyết định số [1490/QĐ-KTXQ](y) ngày 3/4/2020"
    found = [(c.number, c.type, c.date) for c in read(text).citations]
    assert found == [("31/2013/NĐ-CP", "nghi-dinh", None), ("1490/QĐ-KTXQ", "quyet-dinh-cb", "2020-04-03")]


def test_line_ends_of_windows_change_nothing() -> None:
    text = (
        "- Nội dung:\n  - **Căn cứ pháp lý:**  \n    - Quyết định số 468/QĐ-TTg ngày 30/3/2011 của Thủ tướng.\n"
        "    - Quyết định số 44/2007/QĐ-BGDĐT ngày 15/8/2007 của Bộ trưởng.\n"
    )
    relations = [(c.number, c.date, c.relation) for c in read(text).citations]
    assert relations == [("468/QĐ-TTg", "2011-03-30", "based_on"), ("44/2007/QĐ-BGDĐT", "2007-08-15", "based_on")]
    assert [(c.number, c.date, c.relation) for c in read(text.replace("\n", "\r\n")).citations] == relations


def test_the_name_of_a_linked_file_is_no_number() -> None:
    text = "Tải về quyết định: [170-QD-DHQG-chuan-trinh-do-ngoai-ngu.pdf](../files/170-QD-DHQG-chuan-trinh-do-ngoai-ngu.pdf)"
    assert not read(text).citations
