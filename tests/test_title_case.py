"""Titles printed in capitals are shown in sentence case, names and abbreviations as they are written."""

from __future__ import annotations

import pytest

from kb.reading.header.title_case import sentence_case

CASES = [
    ("PHÁT TRIỂN KINH TẾ SỐ TỈNH BẮC NINH GIAI ĐOẠN 2026 - 2030", "", "Phát triển kinh tế số tỉnh Bắc Ninh giai đoạn 2026 - 2030"),
    ("VỀ CHỨC NĂNG CỦA SỞ TÀI CHÍNH", "", "Về chức năng của Sở Tài chính"),
    ("TỔ CHỨC HỘI NGHỊ CỦA UBND XÃ LƯƠNG MINH", "tại xã Lương Minh, người dân", "Tổ chức hội nghị của UBND xã Lương Minh"),
    ("THỰC HIỆN NGHỊ QUYẾT SỐ 57-NQ/TW CỦA BỘ CHÍNH TRỊ", "", "Thực hiện Nghị quyết số 57-NQ/TW của Bộ Chính trị"),
    ("ỨNG DỤNG CNTT, PHÒNG CHÁY RỪNG", "", "Ứng dụng CNTT, phòng cháy rừng"),
    ("KỲ HỌP THỨ XV CỦA QUỐC HỘI", "", "Kỳ họp thứ XV của Quốc hội"),
    ("PHÂN CẤP QUẢN LÝ ĐẤT ĐAI", "Phân cấp quản lý. Đất đai là", "Phân cấp quản lý đất đai"),
    ("NGUỒN VỐN ODA VÀ FDI", "nguồn vốn ODA", "Nguồn vốn ODA và FDI"),
    ("Sửa đổi một số điều", "", "Sửa đổi một số điều"),
    ("KẾ HOẠCH", "", "KẾ HOẠCH"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "shown"), CASES)
def test_sentence_case(title: str, text: str, shown: str) -> None:
    assert sentence_case(title, text) == shown


@pytest.mark.parametrize("title", [title for title, _, _ in CASES])
def test_nothing_but_capitals_is_changed(title: str) -> None:
    assert sentence_case(title, "").casefold() == title.casefold()
    assert sentence_case(sentence_case(title, ""), "") == sentence_case(title, "")
