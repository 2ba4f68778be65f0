"""What a text says of itself beside a usual header: annexes, gazettes, blocks of fields; and what its day does not date."""

from __future__ import annotations

import pytest

from kb.model import Hints, OwnIdentity
from kb.reading import read

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
OF_NGHE_AN = "ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\n"


def own(text: str, **hints: object) -> OwnIdentity:
    found = read(text, Hints(**hints)).own  # type: ignore[arg-type]
    assert found is not None
    return found


ANNEXES = [
    f"{MOTTO}\nQUY CHẾ LÀM VIỆC\n(Ban hành kèm theo Quyết định số: 59/QĐ-UBND\nNgày 22 tháng 7 năm 2021 của Ủy ban nhân dân xã)",
    f"{OF_NGHE_AN}{MOTTO}\nQUY CHẾ LÀM VIỆC\n(Ban hành kèm theo Quyết định số: 59/QĐ-UBND ngày 22/7/2021)\n\nĐiều 1.",
    f"{OF_NGHE_AN}{MOTTO}\nKẾ HOẠCH\nPhòng chống bão\n(Kèm theo Quyết định\nSố: 59/QĐ-UBND ngày 22 tháng 7 năm 2021)\n",
]


@pytest.mark.parametrize("text", ANNEXES)
def test_an_annex_has_no_number_and_cites_its_decision(text: str) -> None:
    reading = read(text)
    (cited,) = reading.citations
    assert reading.own is not None
    assert reading.own.number is None
    assert (cited.number, cited.date, cited.relation) == ("59/QĐ-UBND", "2021-07-22", "promulgated_by")


GAZETTES = [
    ("CÔNG BÁO NGHỆ AN/Số 15/Ngày 20-8-2021\n3\nQUYẾT ĐỊNH\nVề việc ban hành quy chế\n\nCăn cứ Luật Giá;\n",
     (None, "Nghệ An", None)),
    ("ỦY BAN NHÂN DÂN TỈNH NGHỆ AN - CÔNG BÁO/Số 15/Ngày 20-8-2021\nQUYẾT ĐỊNH\nVề việc ban hành quy chế\n\nCăn cứ Luật Giá;\n",
     ("UBND", "Nghệ An", None)),
    ("CÔNG BÁO/Số 15/Ngày 20-8-2021\n3\nỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH\n\nCHỈ THỊ\nVề việc tăng cường\n\nĐể\n",
     ("UBND", "Hồ Chí Minh", None)),
    ("THÀNH PHỐ ĐÀ NẴNG\nCÔNG BÁO\nSố 12\n\nỦY BAN NHÂN DÂN THÀNH PHỐ\n\nCHỈ THỊ\nVề việc tăng cường quản lý\n\nThực hiện\n",
     ("UBND", "Đà Nẵng", None)),
    ("CÔNG BÁO/THÀNH PHỐ CẦN THƠ/Số 3+4/Ngày 15-8-2023\n\nHỘI ĐỒNG NHÂN DÂN THÀNH PHỐ\n\nNGHỊ QUYẾT\nVề mức thu\n\nCăn cứ\n",
     ("HĐND", "Cần Thơ", None)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), GAZETTES)
def test_a_gazette_s_head_names_whose_page_it_is(text: str, expected: tuple[str | None, str, str | None]) -> None:
    found = own(text)
    assert (found.body, found.province, found.unit) == expected


BLOCKS = [
    "Thuộc tính\nSố hiệu: 2519/QĐ-UBND\nLoại văn bản: Quyết định\nNơi ban hành: Tỉnh Nghệ An\nNgày ban hành: 24/12/2015\n"
    "Trích yếu: Về việc phê duyệt đề án\n\n",
    "| Số/Ký hiệu | 2519/QĐ-UBND |\n|---|---|\n| Ngày ban hành | 24/12/2015 |\n| Cơ quan ban hành | UBND tỉnh Nghệ An |\n"
    "| Trích yếu | Về việc phê duyệt đề án |\n\n",
    "| **Số hiệu** | **2519/QĐ-UBND** |\n| **Cơ quan ban hành** | Ủy ban nhân dân tỉnh Nghệ An |\n| **Ngày ban hành** | "
    "24-12-2015 |\n| **Tên văn bản** | Về việc phê duyệt đề án |\n\n",
]
BLOCKS.append(
    '---\ntitle: Quyết định phê duyệt đề án\nso_hieu: "2519/QĐ-UBND"\nngay_ban_hanh: 2015-12-24\n'
    "co_quan_ban_hanh: UBND tỉnh Nghệ An\ntrich_yeu: Về việc phê duyệt đề án\n---\n\n"
)


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_of_fields_gives_the_own_number(block: str) -> None:
    text = block + "QUYẾT ĐỊNH\nVề việc phê duyệt đề án\n\nCăn cứ Luật Giá số 16/2023/QH15;\n"
    found = own(text)
    assert (found.number, found.date, found.body, found.province) == ("2519/QĐ-UBND", "2015-12-24", "UBND", "Nghệ An")
    assert [cited.number for cited in read(text).citations] == ["16/2023/QH15"], "its own number is no citation"


def test_the_carrier_s_attributes_give_the_own_number() -> None:
    attributes = {
        "number": "28/2026/TT-BCT",
        "date": "05/05/2026",
        "issuer": "Bộ Công Thương",
        "title": "Quy định về giá",
    }
    found = own("THÔNG TƯ\nQuy định về giá\n\nCăn cứ Luật Giá;\n", attributes=attributes)
    assert (found.number, found.date, found.body, found.province) == ("28/2026/TT-BCT", "2026-05-05", "BCT", None)


NO_BLOCKS = [
    "Kế hoạch tuần\nSố hiệu: 2519/QĐ-UBND\nđã được gửi đi\n",  # one field is no block
    f"{OF_NGHE_AN}{MOTTO}Số: 12/QĐ-UBND\nNghệ An, ngày 3 tháng 4 năm 2026\n\nQUYẾT ĐỊNH\nVề việc A\n\nSố hiệu: 13/QĐ-UBND\n"
    "Ngày ban hành: 5/4/2020\n",
]


@pytest.mark.parametrize("text", NO_BLOCKS)
def test_a_lone_field_or_one_below_a_header_says_nothing_of_the_text(text: str) -> None:
    found = read(text).own
    assert found is None or found.number in (None, "12/QĐ-UBND")


HEADERS = [
    "| ỦY BAN NHÂN DÂN TỈNH NGHỆ AN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n|---|---|\n| Số: 12/QĐ-UBND | Nghệ An, ngày 3 "
    "tháng 4 năm 2025 |\n\n**QUYẾT ĐỊNH**\n\nBan hành quy chế làm việc\n\n",
    f"{OF_NGHE_AN}{MOTTO}Số: 12/QĐ-UBND\nNghệ An, ngày 3 tháng 4 năm 2025\nQUYẾT ĐỊNH\nBan hành quy chế làm việc\n",
    f"{OF_NGHE_AN}{MOTTO}Số: 12/QĐ-UBND\nNghệ An, ngày 3/4/2025\n\nQUYẾT ĐỊNH\nCông bố thủ tục hành chính\n\n",
]


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize(
    "basis", ["Luật Thanh tra số 84/2025/QH15", "Nghị định số 10/2025/NĐ-CP", "Quyết định số 7/QĐ-TTg"]
)
def test_the_header_s_day_is_that_of_no_basis(header: str, basis: str) -> None:
    (cited,) = read(f"{header}Căn cứ {basis};").citations
    assert cited.date is None


LAM_DONG = (
    f"ỦY BAN NHÂN DÂN\nTỈNH LÂM ĐỒNG\n{MOTTO}Số: 12/KH-UBND\nLâm Đồng, ngày 3 tháng 4 năm 2026\n\nKẾ HOẠCH\nA\n\n"
)
PREDECESSORS = [
    ("Căn cứ các Quyết định của Ủy ban nhân dân tỉnh Bình Thuận: số 10/QĐ-UBND ngày 3/4/2020, số 11/QĐ-UBND ngày 3/5/2020; "
     "của UBND tỉnh Đắk Nông: Quyết định số 12/QĐ-UBND ngày 5/4/2020", ["Bình Thuận", "Bình Thuận", "Đắk Nông"]),
    ("Căn cứ Quyết định số 10/QĐ-UBND, Quyết định số 11/QĐ-UBND và Quyết định số 12/QĐ-UBND của UBND các tỉnh Bình Thuận, "
     "Đắk Nông và Lâm Đồng;", ["Bình Thuận", "Đắk Nông", "Lâm Đồng"]),
    ("- Tỉnh Bình Thuận: Quyết định số 10/QĐ-UBND; Quyết định số 13/QĐ-UBND;\n- Tỉnh Đắk Nông (cũ): Quyết định số 11/QĐ-UBND;\n"
     "- Quyết định số 12/QĐ-UBND.", ["Bình Thuận", "Bình Thuận", "Đắk Nông", "Lâm Đồng"]),
    ("Căn cứ Quyết định số 10/QĐ-UBND ngày 3/4/2020 của UBND tỉnh Bình Thuận về A; Quyết định số 11/QĐ-UBND của UBND tỉnh "
     "Đắk Nông; Quyết định số 12/QĐ-UBND của UBND tỉnh Lâm Đồng;", ["Bình Thuận", "Đắk Nông", "Lâm Đồng"]),
    ("Căn cứ Quyết định số 10/QĐ-UBND, Quyết định số 11/QĐ-UBND của UBND các tỉnh Bình Thuận, Đắk Nông, Lâm Đồng;",
     ["Lâm Đồng", "Lâm Đồng"]),  # three provinces for two numbers
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PREDECESSORS)
def test_bases_of_merged_provinces_keep_their_own(text: str, expected: list[str]) -> None:
    assert [cited.province for cited in read(LAM_DONG + text).citations] == expected


CENTRAL = [
    "Công văn số 2071/QLĐĐ-CSĐĐ của Cục Quản lý đất đai",
    "Thông tri số 04/TT-MTTW-BTT",
    "Thông tri số 04/TT-MTTW-BTT của Ban Thường trực Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
]


@pytest.mark.parametrize("text", CENTRAL)
def test_organs_of_the_centre_have_no_province(text: str) -> None:
    (cited,) = read(f"{LAM_DONG}Căn cứ {text};").citations
    assert (cited.province, cited.province_known) == (None, True)


@pytest.mark.parametrize(
    "below",
    [
        "VỀ MINH BẠCH TÀI SẢN,\nTHU NHẬP\n\nCHƯƠNG I\nNHỮNG QUY ĐỊNH CHUNG\n",
        "\nVỀ MINH BẠCH TÀI SẢN,\nTHU NHẬP\nCăn cứ Luật Tổ chức Chính phủ;\nCHƯƠNG I\nNHỮNG QUY ĐỊNH CHUNG\n",
    ],
)
def test_the_title_in_capitals_ends_with_its_lines(below: str) -> None:
    own = read(f"NGHỊ ĐỊNH\nCỦA CHÍNH PHỦ SỐ 37/2007/NĐ-CP NGÀY 09 THÁNG 3 NĂM 2007\n{below}").own
    assert own is not None
    assert (own.number, own.title) == ("37/2007/NĐ-CP", "VỀ MINH BẠCH TÀI SẢN, THU NHẬP")
