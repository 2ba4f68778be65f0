"""What the heads of a portal's page say of the documents listed below or behind them."""

from __future__ import annotations

import pytest

from kb.reading import read

HEADER = "Số ký hiệu: 15/2018/QĐ-UBND\nNgày ban hành: 12/06/2018\nCơ quan ban hành: UBND tỉnh Hậu Giang\n"
LIST = f"""{HEADER}
Văn bản căn cứ
Luật 77/2015/QH13 Tổ chức chính quyền địa phương
Nghị định 34/2016/NĐ-CP Quy định chi tiết Luật Ban hành văn bản quy phạm pháp luật
**Văn bản bị thay thế (1)**
- Quyết định 20/2014/QĐ-UBND
Về việc thu phí
Văn bản sửa đổi, bổ sung:
Quyết định 09/2020/QĐ-UBND
Bị bãi bỏ bởi
Quyết định 31/2022/QĐ-UBND ngày 3/3/2022
Văn bản liên quan
Thông tư 02/2017/TT-BTC
"""
ROWS = """| Số ký hiệu | 15/2018/QĐ-UBND |
| Ngày ban hành | 12/06/2018 |
| Cơ quan ban hành | UBND tỉnh Hậu Giang |
| **Văn bản bị bãi bỏ** | Quyết định 20/2014/QĐ-UBND; Quyết định 21/2014/QĐ-UBND |
| Văn bản thay thế | Quyết định 31/2022/QĐ-UBND |
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            LIST,
            {
                "77/2015/QH13": ("based_on", False),
                "34/2016/NĐ-CP": ("based_on", False),
                "20/2014/QĐ-UBND": ("replaces", False),
                "09/2020/QĐ-UBND": ("amends", True),  # it is younger than the page's
                "31/2022/QĐ-UBND": ("repeals", True),
                "02/2017/TT-BTC": ("cites", False),
            },
        ),
        (
            ROWS,
            {
                "20/2014/QĐ-UBND": ("repeals", False),
                "21/2014/QĐ-UBND": ("repeals", False),
                "31/2022/QĐ-UBND": ("replaces", True),
            },
        ),
        (
            f"{HEADER}Văn bản thay thế: Quyết định 20/2014/QĐ-UBND\n",
            {"20/2014/QĐ-UBND": ("replaces", False)},  # it is older
        ),
        (  # words of a sentence head nothing
            f"{HEADER}Văn bản bị thay thế phải được niêm yết\ntheo Quyết định 20/2014/QĐ-UBND\n",
            {"20/2014/QĐ-UBND": ("cites", False)},
        ),
    ],
)
def test_heads_of_portals(text: str, expected: dict[str, tuple[str, bool]]) -> None:
    found = {c.number: (c.relation, c.inverse) for c in read(text).citations if c.number in expected}
    assert found == expected
