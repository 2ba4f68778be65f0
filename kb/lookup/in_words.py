"""What a look-up undid or could not settle, in words."""

from __future__ import annotations

from collections.abc import Iterable

WARNINGS: dict[str, tuple[str, str]] = {
    "party_order_fixed": (
        "Số của Đảng viết gạch nối trước, gạch chéo sau (05-NQ/TU); đã sửa thứ tự.",
        "Party numbers put the hyphen first (05-NQ/TU); the order was corrected.",
    ),
    "separators_fixed": (
        "Đã sửa dấu phân cách hoặc chữ hoa của số hiệu.",
        "Separators or capitals of the number were corrected.",
    ),
    "letters_repaired": (
        "Đã sửa chữ trong ký hiệu theo danh mục loại văn bản và cơ quan; chữ số giữ nguyên.",
        "Letters of the code were repaired against the list of types and organs; digits are as typed.",
    ),
    "province_merged": (
        "Tỉnh này đã sáp nhập; kết quả gồm cả văn bản ban hành dưới tên cũ và tên mới.",
        "This province was merged; the answer covers documents under its old and its new name.",
    ),
    "date_differs": (
        "Không có văn bản nào mang số này với ngày đã nêu; gợi ý là văn bản cùng số khác ngày.",
        "No document of this number has the given date; suggestions are of the same number with other dates.",
    ),
    "province_differs": (
        "Không có văn bản nào mang số này ở tỉnh đã nêu; gợi ý là văn bản cùng số ở nơi khác.",
        "No document of this number is of the given province; suggestions are of the same number elsewhere.",
    ),
    "year_unknown": (
        "Có văn bản cùng số chưa rõ năm (chỉ thấy qua viện dẫn); xem phần gợi ý.",
        "There are citations of this number without a year; see the suggestions.",
    ),
}


def warning_json(names: Iterable[str]) -> tuple[dict[str, str], ...]:
    """Warnings with their words in both languages."""
    return tuple({"code": name, "vi": WARNINGS[name][0], "en": WARNINGS[name][1]} for name in dict.fromkeys(names))
