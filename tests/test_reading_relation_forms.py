"""Relations of citations in forms that offices, schools and companies write."""

from __future__ import annotations

import pytest

from kb.model import Hints
from kb.reading import read

HOME = Hints(province="Sơn La")
FORMS = [
    ("Thực hiện Thông tri số 19/TTr-MTTW-BTT ngày 15/3/2023; Kế hoạch số 612/KH-MTTW-BTT", "implements implements"),
    ("Triển khai ngay tại Tờ trình số 19/TTr-UBND ngày 15/3/2023", "cites"),
    (
        "Thực hiện Kế hoạch số 2/KH-UBND, Đề án 61 của tỉnh (Quyết định số 673/QĐ-TTg) và Nghị quyết số 46-NQ/TW",
        "implements cites implements",
    ),
    ("Đề nghị Bộ Nội vụ sớm ban hành văn bản hướng dẫn Luật Cán bộ, công chức", "cites"),
    ("Bãi bỏ các văn bản sau đây: 1. Quyết định số 1/QĐ-UB ngày 3/3/2005. 2. Quyết định số 2/QĐ-UBND; 3. Chỉ thị số "
     "3/CT-UBND", "repeals repeals repeals"),
    ("Thời hạn thực hiện thí điểm quy định tại khoản 1 Điều 3 Nghị quyết số 54/2017/QH14 được kéo dài đến hết ngày "
     "31/12/2023", "extends"),
    ("Đính chính ngày ban hành của Thông tư số 07/2011/TT-BNV.", "corrects"),
    ("PHỤ LỤC\nDANH MỤC VĂN BẢN HẾT HIỆU LỰC\n(Ban hành kèm theo Quyết định số 201/QĐ-UBND ngày 25 tháng 01 năm 2017)\n"
     "STT | Văn bản | Lý do hết hiệu lực", "promulgated_by"),
    ("theo Công văn số 610/SXD-QLN\nPhụ lục 1 (kèm theo Tờ trình số 61/TTr-UBND ngày 3/3/2018)",
     "cites promulgated_by"),
    ("THÔNG TƯ\nHướng dẫn công bố thông tin trên thị trường chứng khoán\n \nThông tư số 96/2020/TT-BTC ngày 16 tháng 11 "
     "năm 2020 có hiệu lực thi hành kể từ ngày 01 tháng 01 năm 2021", "cites"),
    ("Thông tư này hướng dẫn về kê khai thuế trên thị trường tài sản mã hóa theo Nghị quyết số 05/2025/NQ-CP", "guides"),
    ("Nghị quyết này hướng dẫn áp dụng Điều 150 về tội mua bán người và Điều 151 về tội mua bán người dưới 16 tuổi của "
     "Bộ luật Hình sự", "guides"),
    ("Chương trình A phê duyệt tại Quyết định số 1/QĐ-TTg và Chương trình B phê duyệt tại Quyết định số 2/QĐ-TTg tiếp "
     "tục thực hiện đến hết năm 2030", "extends extends"),
    ("Điều 2. Chưa thực hiện quy định tại điểm b khoản 2 Điều 8 Thông tư số 08/2023/TT-BGDĐT cho đến khi có văn bản mới",
     "suspends"),
    ("Điều 4. Những quy định trước đây tại các Quyết định số 15/QĐ-UB ngày 4/1/1995, 77/QĐ-UB ngày 9/9/1996 và các văn "
     "bản khác trái với Quyết định này đều bãi bỏ.", "repeals repeals"),
    ("Điều 4. Các quy định trước đây trái với quy định của Nghị định số 15/CP ngày 4/1/1995 đều bãi bỏ.", "cites"),
    ("Điều 4. Các quy định trước đây trái với Nghị định số 15/CP ngày 4/1/1995 hết hiệu lực.", "cites"),
    ("Căn cứ biên bản thương thảo hợp đồng số 07/BB-TTHĐ ngày 12/4/2022", "based_on"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "relations"), FORMS)
def test_relations(text: str, relations: str) -> None:
    assert " ".join(cited.relation for cited in read(text, HOME).citations) == relations
