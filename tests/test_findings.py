"""Findings say what is so: a conflict that the text does not have misleads more than none."""

from __future__ import annotations

from pathlib import Path

import pytest
from kb_fixtures import source

from kb.findings.review_list import message
from kb.reading import read
from kb.service import KnowledgeBase

HEAD = (
    "{organ}\nSố: {number}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Hà Nội, ngày {day} tháng {month} năm {year}\n\n{kind}\nVề việc thử\n\n"
)


def base_of(where: Path, *texts: str) -> KnowledgeBase:
    """A knowledge base of these texts, read and resolved."""
    base = KnowledgeBase.open(where, create=True)
    for n, text in enumerate(texts):
        base.put(source(f"{n}.txt", text), read(text))
    base.resolve()
    return base


def paper(organ: str, number: str, kind: str, date: str, body: str) -> str:
    year, month, day = date.split("-")
    return HEAD.format(organ=organ, number=number, kind=kind, day=day, month=month, year=year) + body


def circular(number: str, date: str, body: str) -> str:
    return paper("BỘ TÀI CHÍNH", f"{number}/TT-BTC", "THÔNG TƯ", date, body)


@pytest.mark.parametrize(
    ("sentence", "conflict"),
    [
        ("Căn cứ Công văn số 305/HD-BTC ngày 01/02/2025;", True),
        ("Căn cứ Thông tư số 16/2024/NĐ-CP ngày 30/7/2024;", True),
        ("Căn cứ Chỉ thị số 59-NQ/TW ngày 30/7/2024;", True),
        ("Căn cứ Nghị định số 46/2019/QH14 ngày 20/11/2019;", True),
        # the end of a law's name is no type word, whole or as it might be damaged
        ("Căn cứ Luật Kế toán số 88/2015/QH13;", False),
        ("Căn cứ Bộ luật Lao động số 45/2019/QH14;", False),
        ("Căn cứ Luật Thống kê số 89/2015/QH13;", False),
        ("Căn cứ Luật Người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng số 69/2020/QH14;", False),
        # words and codes that fit every type, or this one too
        ("tại các văn bản số 364/TTr-BNG ngày 01/02/2025", False),
        ("thực hiện Quyết định số 202/TCCP-VC ngày 08/6/1994", False),
        ("thực hiện Quy định số 178-QĐ/TW ngày 27/6/2024", False),
        ("thực hiện Pháp lệnh số 10-LCT/HĐNN7 ngày 26/02/1983", False),
    ],
)
def test_a_type_conflict_is_told_where_word_and_code_contradict(tmp_path: Path, sentence: str, conflict: bool) -> None:
    base = base_of(tmp_path, circular("11/2025", "2025-03-04", sentence))
    assert base.findings("type_conflict").total == conflict


TARGET = "Thông tư số 70/2018/TT-BTC ngày 30 tháng 7 năm 2018 của Bộ trưởng Bộ Tài chính"
LATER = circular("90/2025", "2025-11-20", f"Căn cứ {TARGET};\n")


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (circular("35/2024", "2024-03-31", f"Điều 2. {TARGET} hết hiệu lực thi hành."), True),
        # signed less than half a year before: perhaps not yet in force
        (circular("35/2025", "2025-09-30", f"Điều 2. {TARGET} hết hiệu lực thi hành."), False),
        # a list and a consolidated text tell what others did
        (paper("BỘ TÀI CHÍNH", "1205/QĐ-BTC", "QUYẾT ĐỊNH", "2024-05-24", f"Điều 1. Bãi bỏ {TARGET}."), False),
        (paper("BỘ TÀI CHÍNH", "06/VBHN-BTC", "THÔNG TƯ", "2024-04-10", f"Điều 1. Bãi bỏ {TARGET}."), False),
        # only something in it ends
        (circular("35/2024", "2024-03-31", f"Điều 2. Bãi bỏ thủ tục cấp mới quy định tại {TARGET}."), False),
        # what is older ends nothing
        (circular("35/2014", "2014-03-31", f"Điều 2. {TARGET} hết hiệu lực thi hành."), False),
    ],
)
def test_what_was_ended_before_is_told_only_where_it_surely_was(tmp_path: Path, act: str, told: bool) -> None:
    base = base_of(tmp_path, LATER, act)
    found = [one for one in base.findings("repealed_before").items if one.stated_in == "tw/btc/2025/tt/90"]
    assert bool(found) is told


def test_what_a_law_ended_is_so_from_its_effect(tmp_path: Path) -> None:
    code = paper(
        "QUỐC HỘI", "45/2019/QH14", "BỘ LUẬT\nLAO ĐỘNG", "2019-11-20",
        "Điều 220. Bộ luật Lao động số 10/2012/QH13 hết hiệu lực kể từ ngày Bộ luật này có hiệu lực.",
    )  # fmt: skip
    cited = "Căn cứ Bộ luật Lao động số 10/2012/QH13;\n"
    base = base_of(tmp_path, code, circular("40/2020", "2020-12-30", cited), circular("41/2021", "2021-02-01", cited))
    (found,) = base.findings("repealed_before").items
    assert (found.stated_in, found.detail["date"]) == ("tw/btc/2021/tt/41", "2021-01-01")


def test_a_finding_says_nothing_in_the_place_of_what_is_not_known() -> None:
    assert message("blank_number", {"code": None})[0] == "Văn bản chưa có số."
    assert message("blank_number", {"code": "KH-SKHCN"})[0] == "Văn bản chưa có số (KH-SKHCN)."
    assert "–" not in message("province_unknown", {"number": None})[0]
