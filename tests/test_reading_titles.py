"""Titles of cited documents: where they begin and end."""

from __future__ import annotations

import time

import pytest

from kb.reading.relations.titles import LONGEST, title_after
from kb.reading.text.text_forms import TextForms


def title(after: str) -> str | None:
    text = "2395/QĐ-UBND" + after
    span = title_after(TextForms(text), 12, len(text))
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
        (
            " về chăn nuôi; phòng bệnh\ncho gia súc; xử lý chất thải;\nCăn cứ",
            "về chăn nuôi; phòng bệnh\ncho gia súc; xử lý chất thải",
        ),
        (" về chăn nuôi; b) lập danh sách;", "về chăn nuôi"),
        (" về chăn nuôi có căn cứ ban hành như sau:", "về chăn nuôi"),
        (" của UBND tỉnh A (trước đây) quy định mức thu phí;", "quy định mức thu phí"),
        (" về mức thu phí và Thông tư này.", "về mức thu phí"),
        (" về chăn nuôi; số 9/2025/NĐ-CP về thú y;", "về chăn nuôi"),
        (" về chăn nuôi; báo cáo kết quả trước tháng 5.", "về chăn nuôi"),
        (" về chăn nuôi; đã có Nghị định số 9/2025/NĐ-CP.", "về chăn nuôi"),
        (
            " về phân cấp (quản lý khoa học; sở hữu trí tuệ) cho xã;",
            "về phân cấp (quản lý khoa học; sở hữu trí tuệ) cho xã",
        ),
        (" về phòng ngừa bạo lực trên cơ sở giới;", "về phòng ngừa bạo lực trên cơ sở giới"),
        (" về chăn nuôi trên cơ sở đề nghị của Sở", "về chăn nuôi"),
        (
            " công bố thủ tục hành chính được sửa đổi, bổ sung trong lĩnh vực giá;",
            "công bố thủ tục hành chính được sửa đổi, bổ sung trong lĩnh vực giá",
        ),
        (
            " về kiểm soát thủ tục hành chính được sửa đổi bởi Nghị định số 48/2013/NĐ-CP",
            "về kiểm soát thủ tục hành chính",
        ),
        (" về Chương trình miền núi giai đoạn I: Từ năm 2021;", "về Chương trình miền núi giai đoạn I: Từ năm 2021"),
        (" hướng dẫn đăng ký hợp tác xã\n01/7/2023 \nNội dung:", "hướng dẫn đăng ký hợp tác xã"),
        (" quy định về lương hưu\nĐược bãi bỏ bởi Nghị định số 110/2022/NĐ-CP", "quy định về lương hưu"),
        (
            " sửa đổi một số điều của Nghị định số 123/2020/NĐ-CP về hóa đơn và Thông tư số 32/2025/TT-BTC",
            "sửa đổi một số điều của Nghị định số 123/2020/NĐ-CP về hóa đơn",
        ),
        (
            " sửa đổi một số điều của Thông tư số 95/2020/TT-BTC và Thông tư số 6/2022/TT-BTC về giám sát;",
            "sửa đổi một số điều của Thông tư số 95/2020/TT-BTC và Thông tư số 6/2022/TT-BTC về giám sát",
        ),
        (" khóa XV, kỳ họp thứ 8 về đầu tư công;", "về đầu tư công"),
        (" thành phố đề nghị ban hành Nghị quyết về mức thu;", "đề nghị ban hành Nghị quyết về mức thu"),
        (
            " về “Nhân rộng mô hình trên cơ sở cộng đồng” năm 2025.",
            "về “Nhân rộng mô hình trên cơ sở cộng đồng” năm 2025",
        ),
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
    span = title_after(TextForms(text), 12, 40)
    assert span is not None and span[1] <= 40


def test_a_title_without_an_end_is_bounded_in_length_and_time() -> None:
    forms = TextForms("1/QĐ về việc " + "cải cách, và (" * 40_000)
    _ = forms.text, forms.folded
    begin = time.process_time()
    span = title_after(forms, 4, len(forms.text))
    assert time.process_time() - begin < 0.2
    assert span is not None and span[1] - span[0] <= LONGEST
