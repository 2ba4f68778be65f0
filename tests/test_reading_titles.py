"""Titles of cited documents: where they begin and end."""

from __future__ import annotations

import time

import pytest

from kb.reading.titles import LONGEST, title_after
from kb.reading.view import View


def title(after: str) -> str | None:
    text = "2395/QĐ-UBND" + after
    span = title_after(View(text), 12, len(text))
    return text[span[0] : span[1]] if span else None


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (" của UBND tỉnh về việc ban hành Kế hoạch năm 2022; Kế hoạch số 5/KH", "về việc ban hành Kế hoạch năm 2022"),
        (" của Bộ Tài chính hướng dẫn thi hành một số điều.\nĐiều 2", "hướng dẫn thi hành một số điều"),
        (
            " quy định chi tiết một số\nđiều của Luật Đầu tư;*\n*Căn cứ",
            "quy định chi tiết một số\nđiều của Luật Đầu tư",
        ),
        (" về kiểm soát thủ tục hành chính và Nghị\nđịnh số 92/2017/NĐ-CP", "về kiểm soát thủ tục hành chính"),
        (
            " về thực hiện Nghị quyết số 71/NQ-CP ngày 01/4/2025 và Kế hoạch số 07-KH/TU về đột phá;",
            "về thực hiện Nghị quyết số 71/NQ-CP ngày 01/4/2025 và Kế hoạch số 07-KH/TU về đột phá",
        ),
        (" về kinh doanh xăng dầu được sửa đổi, bổ sung bởi Nghị định số 95/2021/NĐ-CP", "về kinh doanh xăng dầu"),
        (" về kinh doanh xăng dầu (Nghị định số 83/2014/NĐ-CP) thì", "về kinh doanh xăng dầu"),
        (" quy định về tiền thuê đất quy định: “Điều 30.", "quy định về tiền thuê đất"),
        (" quy định về giáo dục nghề nghiệp9;", "quy định về giáo dục nghề nghiệp"),
        (" quy định mức phí xử lý nước 5 đồng/m3;", "quy định mức phí xử lý nước 5 đồng/m3"),
        (" về kinh doanh xăng dầu”. Theo đó", "về kinh doanh xăng dầu"),
        (
            " - Bộ Tài nguyên và Môi trường về việc hướng dẫn quyết toán kinh phí;",
            "về việc hướng dẫn quyết toán kinh phí",
        ),
        (" phê duyệt Đề án (sau đây gọi tắt là Đề án) với nội dung", "phê duyệt Đề án"),
        (" về chỉ số (PCI) của tỉnh.", "về chỉ số (PCI) của tỉnh"),
        (" về cải cách hành chính, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau", "về cải cách hành chính"),
        (" về sửa đổi, bổ sung một số điều.", "về sửa đổi, bổ sung một số điều"),
        (" về phát triển tỉnh Ninh\n\nThuận", "về phát triển tỉnh Ninh"),
        (
            " ban hành Chương \n\ntrình tổng thể giai đoạn 2021-2030.  ",
            "ban hành Chương \n\ntrình tổng thể giai đoạn 2021-2030",
        ),
        (" của UBND tỉnh Quảng Trị (cũ) quy định về chi phí;", "quy định về chi phí"),
        (" quy định về quy hoạch TP. Thủ Đức\n- Điều 2", "quy định về quy hoạch TP. Thủ Đức"),
    ],
)
def test_the_title_is_cut_where_it_ends(after: str, expected: str) -> None:
    assert title(after) == expected


@pytest.mark.parametrize(
    "after",
    [
        "; Nghị định số 5",
        " của Chính phủ.",
        " có hiệu lực từ ngày 01/01/2025",
        " và Điều 4 Thông tư số 15",
        " được sửa đổi, bổ sung bởi",
        " quy định tại Điều 5",
        "\n|\nBáo chí\n|\nvề việc",
        " của UBND tỉnh. Về việc này, Sở báo cáo",
        "",
    ],
)
def test_a_citation_without_a_title_has_none(after: str) -> None:
    assert title(after) is None


def test_the_limit_is_kept() -> None:
    text = "2395/QĐ-UBND về việc ban hành Kế hoạch cải cách hành chính"
    span = title_after(View(text), 12, 40)
    assert span is not None and span[1] <= 40


def test_a_title_without_an_end_is_bounded_in_length_and_time() -> None:
    view = View("1/QĐ về việc " + "cải cách, và (" * 40_000)
    _ = view.text, view.folded
    begin = time.process_time()
    span = title_after(view, 4, len(view.text))
    assert time.process_time() - begin < 0.2
    assert span is not None and span[1] - span[0] <= LONGEST
