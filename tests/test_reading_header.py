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
