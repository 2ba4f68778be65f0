"""In which words the text beside a citation names its issuer."""

from __future__ import annotations

import pytest

from kb.reading.issuers.named import issuer_named

NAMED = [
    ("Nghị quyết số # ngày 22 tháng 12 năm 2024 của Bộ Chính trị về đột phá", "TW", "Bộ Chính trị"),
    ("Chỉ thị số #, ngày 27-7-2010, của Ban Bí thư Trung ương Đảng", "TW", "Ban Bí thư"),
    ("Kết luận # của BCT", "TW", "Bộ Chính trị"),
    ("Nghị quyết số # ngày 10/5/2023 của BCH Trung ương (khóa XIII)", "TW", "Ban Chấp hành Trung ương Đảng"),
    (
        "số # ngày 25/10/2017 của Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa XII",
        "TW",
        "Ban Chấp hành Trung ương Đảng",
    ),
    ("Bộ Chính trị đã ban hành Nghị quyết số # nhằm đổi mới", "TW", "Bộ Chính trị"),
    ("theo yêu cầu của Ban Bí thư tại Chỉ thị số # về nhà ở", "TW", "Ban Bí thư"),
    ("Hướng dẫn số # thực hiện Chỉ thị của Bộ Chính trị", "TW", None),
    ("thực hiện ý kiến của Bộ Chính trị; Chỉ thị số # nêu rõ", "TW", None),
    ("Quyết định số # ngày 24/12/2021 của Chủ tịch UBND tỉnh", "UBND", "Chủ tịch UBND"),
    ("Quyết định số # ngày 24/12/2021 của Ủy ban nhân dân tỉnh", "UBND", "UBND"),
    ("Quyet dinh s6 # ngay 24/12/2021 cia Chi tich Uy ban nhan dan tinh", "UBND", "Chủ tịch UBND"),
    ("Quyết định số # ngày 24/12/2021 của Phó Chủ tịch UBND tỉnh", "UBND", "UBND"),
    ("Thông tư số # ngày 5 tháng 10 năm 2023 của Bộ trưởng Bộ Y\n tế quy định", "BYT", "Bộ trưởng Bộ Y tế"),
    ("Thông tư số # ngày 5/10/2023 của Bộ Y tế quy định", "BYT", "Bộ Y tế"),
    ("Thông tư số # của Bộ trưởng Bộ Tài chính", "BYT", None),
    ("Thông tư số # của Tổng Thanh tra Chính phủ quy định", "TTCP", "Tổng Thanh tra Chính phủ"),
    ("Quyết định # của Thủ tướng về", "TTg", "Thủ tướng Chính phủ"),
    ("Nghị quyết số #, ngày 10-5-2023, của Ban Thường vụ Tỉnh ủy", "TU", "Ban Thường vụ Tỉnh ủy"),
    ("Nghị quyết số # ngày 10-5-2023 của Ban Chấp hành Đảng bộ tỉnh Nghệ An", "TU", "Ban Chấp hành Đảng bộ tỉnh"),
    ("Nghị quyết số # và", "TW", None),
    ("Bộ Chính trị, Ban Bí thư đã có Kết luận số # nêu rõ", "TW", "Bộ Chính trị, Ban Bí thư"),
    ("theo Quyết định số # ngày 15/5/2024 của Cục Viễn thông", "CVT", "Cục Viễn thông"),
]


@pytest.mark.parametrize(("sentence", "body", "words"), NAMED)
def test_the_issuer_in_its_own_words(sentence: str, body: str, words: str | None) -> None:
    before, behind = sentence.split("#")
    text = f"{before}57-NQ/TW{behind}"
    assert issuer_named(text, (len(before), len(before) + 8), len(text), body) == words


def test_what_names_the_next_citation_is_not_taken() -> None:
    text = "Nghị quyết số 57-NQ/TW, 18-KL/TW của Bộ Chính trị"
    assert issuer_named(text, (15, 23), text.index("18-"), "TW") is None


def test_an_organ_that_opens_the_next_citation_is_that_one_s() -> None:
    text = "của Bộ Chính trị tại Thông báo số 99-TB/TW, của Ban Bí thư tại văn bản số 213-KL/TW"
    at = text.index("99-")
    assert issuer_named(text, (at, at + 8), text.index("213-"), "TW") == "Bộ Chính trị"
