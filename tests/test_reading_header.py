"""What a document says of itself, from clean, damaged and missing headers."""

from __future__ import annotations

import pytest

from kb.model import Hints
from kb.reading import read

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"

HEADERS = [
    (
        f"ỦY BAN NHÂN DÂN\nTỈNH NINH THUẬN\n{MOTTO}Số: 421/KH-UBND\nNinh Thuận, ngày 28 tháng 01 năm 2022\n\nKẾ HOẠCH\nTuyên truyền\n\nCăn cứ Luật số 1/2020/QH14;",
        ("421/KH-UBND", "2022-01-28", "UBND", "Ninh Thuận"),
    ),
    (
        "_ UBND TINH NINH THUAN CONG HOA XA HOI CHU NGHIA VIET NAM\nSO KHOA HOC VA CONG NGHE Poc 1ap - Tw do\n\n"
        "S6: 18 JKH-SKHCN Ninh Thudn, ngay 06 thang 01 nam 2022\n\nKE HOACH\nPhat dong",
        ("18/KH-SKHCN", "2022-01-06", "SKHCN", "Ninh Thuận"),
    ),
    (
        "UBND TINH QUANG NGAI CONG HOA XA HQI CHU NGHIA VIET NAM\n\nSO KHOA HQC VA CONG NGHE\n"
        "86: 272 |KH-SKHCN Quang Ngdi, ngay 15 thang 3 nam 2022\nKE HOACH",
        ("272/KH-SKHCN", "2022-03-15", "SKHCN", "Quảng Ngãi"),
    ),
    (f"BỘ Y TẾ\n{MOTTO}Số: 3618/QĐ-BYT\nHà Nội, ngày 24 tháng 11 năm 2025\nQUYẾT ĐỊNH", ("3618/QĐ-BYT", "2025-11-24", "BYT", None)),
    ("\nSố: /KH-SKHCN\n\nBình Định, ngày tháng 4 năm 2022\n\n## KẾ HOẠCH\n", (None, "2022-04", "SKHCN", "Bình Định")),
    (
        f"ỦY BAN MTTQ VIỆT NAM\nXÃ LƯƠNG MINH\nSố: /KH-MTTQ-BTT\n{MOTTO}Lương Minh, ngày 25 tháng 11 năm 2025\nKẾ HOẠCH\n"
        "Căn cứ Kế hoạch của UBND tỉnh Quảng Ninh; theo chỉ đạo của tỉnh Quảng Ninh",
        (None, "2025-11-25", "MTTQ", "Quảng Ninh"),
    ),
    (
        f"## Tin nóng\nNgày 22/11/2025, Bộ Xây dựng ban hành Công điện 96/CĐ-BXD.\n|\nBỘ XÂY DỰNG\n{MOTTO}|\nSố: 96/CĐ-BXD\n|\nHà Nội, ngày 22 tháng 11 năm 2025\n",
        ("96/CĐ-BXD", "2025-11-22", "BXD", None),
    ),
    (
        f"KIỂM TOÁN NHÀ NƯỚC\n{MOTTO}Số: 17**60**/QĐ-KTNN\n*Hà Nội, ngày **24** tháng 11 n**ă**m\n202**5***\n",
        ("1760/QĐ-KTNN", "2025-11-24", "KTNN", None),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), HEADERS, ids=[expected[2] + str(i) for i, (_, expected) in enumerate(HEADERS)]
)
def test_header(text: str, expected: tuple[str | None, str | None, str, str | None]) -> None:
    own = read(text).own
    assert own is not None
    assert (own.number, own.date, own.body, own.province) == expected


def test_the_own_number_is_no_citation_but_its_repetition_is() -> None:
    text = HEADERS[0][0] + "\n\nPHỤ LỤC\n(Kèm theo Kế hoạch số 421/KH-UBND ngày 28/01/2022 của UBND tỉnh)"
    numbers = [(c.number, c.relation) for c in read(text).citations if c.kind == "number"]
    assert ("421/KH-UBND", "promulgated_by") in numbers and numbers[0][0] == "1/2020/QH14"
    assert len(numbers) == 2


def test_no_header_gives_no_number() -> None:
    text = "Quyết định ban hành bảng giá đất\nỦy ban nhân dân tỉnh\nCăn cứ Nghị định số 188/2004/NĐ-CP ngày 16/11/2004;"
    own = read(text).own
    assert own is None or own.number is None


def test_an_annex_takes_its_organ_from_its_decision() -> None:
    text = (
        "UBND TINH QUANG NGAI CONG HOA XA HQI CHU NGHIA VIET NAM\nSO KHOA HQOC VA CONG NGHE\n\nKE HOACH\nCai cach hanh chinh\n"
        "(Ban hanh kém Quyét dinh sé 335/0P-SKHCN\nngay 17/11/2020 ciia Gidm déc Sé)"
    )
    own = read(text).own
    assert own is not None and (own.number, own.date, own.body, own.province) == (None, None, "SKHCN", "Quảng Ngãi")


def test_title_type_and_signer() -> None:
    text = HEADERS[0][0] + "\nNội dung.\n\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nNguyễn Văn An\n"
    own = read(text).own
    assert own is not None and (own.type, own.title, own.signer) == ("ke-hoach", "Tuyên truyền", "Nguyễn Văn An")


def test_hints_fill_what_the_text_does_not_say() -> None:
    cited = read("Quyết định số 12/QĐ-UBND của UBND tỉnh", Hints(province="Gia Lai")).citations[0]
    assert cited.province == "Gia Lai"


CONSOLIDATED = (
    f"VĂN BẢN HỢP NHẤT - BỘ XÂY DỰNG\n{MOTTO}\nTHÔNG TƯ1\nQuy định về cấp phép\n\n"
    "Thông tư số 5/2020/TT-BXD ngày 4 tháng 3 năm 2020 của Bộ Xây dựng, có hiệu lực kể từ ngày 01 tháng 5 năm 2020, được "
    "sửa đổi bởi:\nThông tư số 7/2022/TT-BXD ngày 9 tháng 8 năm 2022;\nĐiều 1. Phạm vi\nNội dung./.\n\n"
)
CONFIRMATIONS = [
    "BỘ XÂY DỰNG\nSố: 12/VBHN-BXD\n\nXÁC THỰC VĂN BẢN HỢP NHẤT\nHà Nội, ngày 15 tháng 9 năm 2022\nBỘ TRƯỞNG\n\nLê Văn Bảy\n",
    "BỘ XÂY DỰNG\nSố: 12/VBHN-BXD\nXÁC NHẬN VĂN BẢN HỢP NHẤT\nHà Nội, ngày 15 tháng 9 năm 2022\nBỘ TRƯỞNG\nLê Văn Bảy\n",
    "BỘ XÂY DỰNG\nXÁC THỰC VĂN BẢN HỢP NHẤT\nSố: 12/VBHN-BXD\nHà Nội, ngày 15 tháng 9 năm 2022\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nLê Văn Bảy\n",
]  # fmt: skip


@pytest.mark.parametrize("confirmation", CONFIRMATIONS, ids=["number above", "confirmed", "number below"])
def test_a_consolidated_text_is_what_its_confirmation_says(confirmation: str) -> None:
    form = "\nPHỤ LỤC\n(Kèm theo Thông tư số 5/2020/TT-BXD)\nGIÁM ĐỐC\n\nTrần Thị Tám\n"
    reading = read(CONSOLIDATED + confirmation + form)
    own = reading.own
    assert own is not None
    assert (own.number, own.date, own.body, own.type) == ("12/VBHN-BXD", "2022-09-15", "BXD", "van-ban-hop-nhat")
    assert (own.title, own.signer, own.province) == ("Quy định về cấp phép", "Lê Văn Bảy", None)
    assert "12/VBHN-BXD" not in [c.number for c in reading.citations]


def test_a_cited_number_that_looks_like_a_label_is_no_blank_number() -> None:
    text = CONSOLIDATED.replace("Thông tư số 5/2020", "Thông tư số 86/2020") + CONFIRMATIONS[0]
    own = read(text).own
    assert own is not None and own.number == "12/VBHN-BXD"


def test_a_consolidated_text_without_its_end_has_no_number() -> None:
    own = read(CONSOLIDATED).own
    assert own is not None and (own.number, own.date, own.type, own.body) == (None, None, "van-ban-hop-nhat", "BXD")


def test_a_consolidated_text_with_its_number_at_the_head_keeps_it() -> None:
    text = f"BỘ Y TẾ\n{MOTTO}Số: 3/VBHN-BYT\nHà Nội, ngày 2 tháng 6 năm 2023\nTHÔNG TƯ\nVề thuốc\nThông tư số 1/2019/TT-BYT\n"
    own = read(text + "XÁC THỰC VĂN BẢN HỢP NHẤT\nBỘ TRƯỞNG\n").own
    assert own is not None and (own.number, own.date) == ("3/VBHN-BYT", "2023-06-02")


DATES = [
    (  # a law has no place-date line; its last sentence tells the day
        f"QUỐC HỘI\n{MOTTO}Luật số: 12/2019/QH14\n\nLUẬT\nVỀ GIỐNG\nĐiều 1. Phạm vi\nLuật này được Quốc hội nước Cộng hòa xã hội "
        "chủ nghĩa Việt Nam khóa XIV, kỳ họp thứ 8 thông qua ngày 20 tháng 11 năm 2019.\nCHỦ TỊCH QUỐC HỘI\nLê Thị Hai",
        "2019-11-20",
    ),
    (f"CHÍNH PHỦ\n{MOTTO}Số: 5/2020/NĐ-CP\n\nNGHỊ ĐỊNH\nVề giống\ncó hiệu lực kể từ ngày 01 tháng 7 năm 2020\n", None),
    ("Nghị quyết về giá đất\nHội đồng nhân dân tỉnh Hà Nam\nĐiều 1. Nay ban hành.\nNghị quyết này đã được HĐND tỉnh khóa X, kỳ họp thứ 5 "
     "thông qua ngày 09 tháng 12 năm 2009.", "2009-12-09"),
    ("Nghị quyết về giá đất\nHội đồng nhân dân tỉnh Hà Nam\nĐiều 1. Luật đã thông qua ngày 09 tháng 12 năm 2008 nêu rõ.", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "date"), DATES)
def test_date_without_a_place_date_line(text: str, date: str | None) -> None:
    own = read(text).own
    assert own is not None and (own.date, own.adopted, own.day) == (None, date, date)


def test_a_heading_of_capitals_with_number_and_day_is_a_header() -> None:
    text = "NGHỊ ĐỊNH\nCỦA CHÍNH PHỦ SỐ 77/2009/NĐ-CP NGÀY 09 THÁNG 3 NĂM 2009\nVỀ NHÀ Ở\n\nCHÍNH PHỦ\nCăn cứ Luật số 1/2001/QH10;"
    own = read(text).own
    assert own is not None
    assert (own.number, own.date, own.body, own.title) == ("77/2009/NĐ-CP", "2009-03-09", "CP", "VỀ NHÀ Ở")


@pytest.mark.parametrize(
    "text",
    [
        "Nghị định số 77/2009/NĐ-CP ngày 09 tháng 3 năm 2009 của Chính phủ về nhà ở có nhiều điểm mới.\n",
        "# Nghị định số 77/2009/NĐ-CP\n\nXin giới thiệu toàn văn.\n",
        "TIN TỨC\nNGHỊ ĐỊNH SỐ 77/2009/NĐ-CP CÓ HIỆU LỰC\n",
    ],
)
def test_a_lead_in_is_no_header(text: str) -> None:
    own = read(text).own
    assert own is None or own.number is None


TYPES_AND_TITLES = [
    ("KẾ HOẠCH\nTriển khai cải cách năm 2024\n\nThực hiện Quyết định số 5/QĐ-TTg, Ủy ban", ("ke-hoach", "Triển khai cải cách năm 2024")),
    ("**QUYẾT ĐỊNH**\n\nPHÂN CẤP QUẢN LÝ ĐÊ CỦA\nỦY BAN NHÂN DÂN TỈNH\n\n**ỦY BAN NHÂN DÂN TỈNH HÀ NAM**\n*Căn cứ Luật",
     ("quyet-dinh-ubnd", "PHÂN CẤP QUẢN LÝ ĐÊ CỦA ỦY BAN NHÂN DÂN TỈNH")),
    ("| KẾ HOẠCH |\nPhòng cháy tại cơ quan\n-------\nNgày 5 tháng 6, Ủy ban", ("ke-hoach", "Phòng cháy tại cơ quan")),
    ("**QUYẾT\nĐỊNH**\nCÔNG\nBỐ THỦ TỤC TẠI TỈNH CAO BẰNG\n**CHỦ TỊCH ỦY BAN\nNHÂN DÂN TỈNH**\n*Căn cứ", ("quyet-dinh-ubnd", "CÔNG BỐ THỦ TỤC TẠI TỈNH CAO BẰNG")),
    ("KẾ HOẠCH\nKINH TẾ SỐ GIAI ĐOẠN\n2026 - 2030\nCăn cứ Luật", ("ke-hoach", "KINH TẾ SỐ GIAI ĐOẠN 2026 - 2030")),
    ("KẾ HOẠCH\nGIÁM SÁT\nCHƯƠNG TRÌNH OCOP VÀ NHỮNG NĂM TIẾP THEO\nCăn cứ Luật", ("ke-hoach", "GIÁM SÁT CHƯƠNG TRÌNH OCOP VÀ NHỮNG NĂM TIẾP THEO")),
    ("KẾ HOẠCH\nGIAO ĐẤT THEO QUYẾT ĐỊNH SỐ 5/2020/QĐ-TTg VÀ ĐỀ ÁN\nNgày 5 tháng 6 năm 2024, Ủy ban", ("ke-hoach", "GIAO ĐẤT THEO QUYẾT ĐỊNH SỐ 5/2020/QĐ-TTg VÀ ĐỀ ÁN")),
    ("CÔNG ĐIỆN\nVỀ VIỆC PHÒNG CHỐNG BÃO SỐ 5\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:\n- Các sở", ("cong-dien", "VỀ VIỆC PHÒNG CHỐNG BÃO SỐ 5")),
    ("KẾ HOẠCH3\nTuyên truyền Nghị quyết số 98/2023/QH15\nI. MỤC ĐÍCH", ("ke-hoach", "Tuyên truyền Nghị quyết số 98/2023/QH15")),
    ("V/v góp ý dự thảo\nnghị quyết\n\nKính gửi: Sở Nội vụ", (None, "góp ý dự thảo nghị quyết")),
    ("Quy định mức thu phí\n\nCăn cứ Luật Phí;", (None, "Quy định mức thu phí")),
    (
        "CÔNG ĐIỆN\nVỀ THI ĐUA NĂM 2025 VÀ NHỮNG NĂM TIẾP THEO\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:\n- Các sở",
        ("cong-dien", "VỀ THI ĐUA NĂM 2025 VÀ NHỮNG NĂM TIẾP THEO"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("below", "expected"), TYPES_AND_TITLES)
def test_type_and_title(below: str, expected: tuple[str | None, str]) -> None:
    code = {"ke-hoach": "KH", "quyet-dinh-ubnd": "QĐ", "cong-dien": "CĐ"}.get(expected[0] or "")
    number = f"Số: 4/{code}-UBND" if code else "Số: 4/UBND-NC"
    own = read(f"ỦY BAN NHÂN DÂN\nTỈNH HÀ NAM\n{MOTTO}{number}\nHà Nam, ngày 5 tháng 6 năm 2024\n\n{below}").own
    assert own is not None and (own.type, own.title) == (expected[0] or "cong-van", expected[1])


SIGNATURES = [
    ("Nơi nhận:\n- Như trên;\n- PCT Lê Văn Chín;\n- Lưu: VT.\n|\n**KT. CHỦ TỊCH**\nPHÓ CHỦ TỊCH\n**Vũ\nThị Mười**\n|\n", "Vũ Thị Mười"),
    ("| Nơi nhận: - Như trên; | TM. CHÍNH PHỦKT. THỦ TƯỚNGPHÓ THỦ TƯỚNG(Đã ký)Đỗ Văn Ba |\n", "Đỗ Văn Ba"),
    ("Nơi nhận:                          KT. TRƯỞNG THUẾ TỈNH\n- Như trên;                PHÓ TRƯỞNG THUẾ TỈNH\n"
     "- Lưu: VT.\n\n                                   Hồ Văn Tư\n", "Hồ Văn Tư"),
    ("quy định của Quyết định này.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n\n  Lý Thị Bảy \n", "Lý Thị Bảy"),
    ("BỘ TRƯỞNG\n\n\n\nThượng tướng Trần Văn Năm\n", "Trần Văn Năm"),
    ("CHỦ TỊCH\n\nPGS.TS. Bùi Thị Sáu\n", "Bùi Thị Sáu"),
    ("CHỦ TỊCH\n\nY Thông Niê\n", "Y Thông Niê"),
    ("Nơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nHồ Chí Minh, Đồng Nai\n", None),
    ("GIÁM ĐỐC\n(Ký, ghi rõ họ tên)\n", None),
    ("Giao Chủ tịch Ủy ban\nNguyễn Văn An\nphối hợp.\n", None),
]  # fmt: skip


@pytest.mark.parametrize(("end", "signer"), SIGNATURES)
@pytest.mark.parametrize("annex", ["", "\nPHỤ LỤC I\nMẪU ĐƠN\n" + "Nội dung của mẫu đơn. " * 300], ids=["", "annex"])
def test_signer(end: str, signer: str | None, annex: str) -> None:
    own = read(f"{HEADERS[0][0]}\nNội dung./.\n\n{end}{annex}").own
    assert own is not None and own.signer == signer


def test_the_place_is_not_mixed_with_the_left_column() -> None:
    text = f"ỦY BAN NHÂN DÂN\nTỈNH QUẢNG NGÃI\n{MOTTO}Số: 542    /TB-UBND             Quảng Ngãi, ngày 06 tháng 11 năm 2024\nTHÔNG BÁO\nVề họp"
    own = read(text).own
    assert own is not None and (own.number, own.place, own.province) == ("542/TB-UBND", "Quảng Ngãi", "Quảng Ngãi")


def test_an_unlisted_organ_whose_line_names_a_province_is_no_central_one() -> None:
    head = "CỤC THUẾ\n**THUẾ TỈNH TÂY NINH**\n-------\nSố: 3257/TNI-QLDN1\nTây Ninh, ngày 01 tháng 12 năm 2025\n\nKính gửi: Công ty\n"
    own = read(head).own
    assert own is not None and (own.body, own.province) == ("TNI", "Tây Ninh")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Số: 22/2026/TT-BNNMT\nTHÔNG TƯ\nSửa đổi Thông tư số 5/2020/TT-BNNPTNT\n", "22/2026/TT-BNNMT"),
        ("ỦY BAN NHÂN DÂN TỈNH LAI CHÂU\nSố: 16/2010/QĐ-UBND\n**QUYẾT ĐỊNH**\nBan hành Quy chế\n", "16/2010/QĐ-UBND"),
        ("Số: 22/2026/TT-BNNMT\nNGHỊ ĐỊNH\nSửa đổi Nghị định số 5/2020/NĐ-CP\n", None),
        ("Theo số 22/2026/TT-BNNMT\nTHÔNG TƯ\nSửa đổi Thông tư số 5/2020/TT-BNNPTNT\n", None),
    ],
)
def test_an_excerpt_below_its_number_and_type_is_that_document_s(text: str, number: str | None) -> None:
    own = read(text).own
    assert (own.number if own else None) == number
