"""Laws by name: which one was meant at which date."""

from __future__ import annotations

import gzip
import json
import re
import time
from pathlib import Path

import pytest

from kb.authority import laws
from kb.authority.fold import ends, fold


@pytest.mark.parametrize(
    ("name", "date", "number", "amendments"),
    [
        ("Luật Thi đua, khen thưởng", "2022-04", "15/2003/QH11", ("47/2005/QH11", "39/2013/QH13")),
        ("Luật Thi đua khen thưởng", "2024-01-01", "06/2022/QH15", ()),
        ("Luật ban hành văn bản quy phạm pháp luật", "2022-01-06", "80/2015/QH13", ("63/2020/QH14",)),
        ("Luật Ban hành văn bản quy phạm pháp luật", "2025-08-01", "64/2025/QH15", ("87/2025/QH15",)),
        ("Luật Đất đai", "2024-07-31", "45/2013/QH13", ()),
        ("LUẬT ĐẤT ĐAI", "2024-08-01", "31/2024/QH15", ("43/2024/QH15",)),
        ("Luật Tổ chức chính quyền địa phương", "2019-12-31", "77/2015/QH13", ()),
        ("Luật Tổ chức chính quyền địa phương", "2025-05-01", "65/2025/QH15", ()),
        ("Luật Tổ chức chính quyền địa phương", "2025-07-01", "72/2025/QH15", ()),
        ("Bộ luật Dân sự", "2010", "33/2005/QH11", ()),
        ("Bộ luật Dân sự", "2020", "91/2015/QH13", ()),
        ("Luật Tổ chức HĐND và UBND", "2012", "11/2003/QH11", ()),
        ("Pháp lệnh ưu đãi người có công với cách mạng", "2006-02", "26/2005/PL-UBTVQH11", ()),
        ("Pháp lệnh về Xử lý vi phạm hành chính", "2005", "44/2002/PL-UBTVQH10", ()),
        ("Pháp lệnh Giá", "2010-05-01", "40/2002/PL-UBTVQH10", ()),
        ("Luật Lâm nghiệp", "2018-06", "16/2017/QH14", ()),  # passed, not yet in force: nothing else is meant
    ],
)
def test_resolved_at_the_citing_date(name: str, date: str, number: str, amendments: tuple[str, ...]) -> None:
    found = laws.resolve(name, date)
    assert found.law is not None
    assert found.law.number == number
    if amendments:
        assert set(amendments) <= set(found.amendments)


def test_amendments_count_only_from_their_effect() -> None:
    law = laws.by_number("80/2015/QH13")
    assert law is not None
    assert "63/2020/QH14" not in laws.amendments(law, "2020-12-31")
    assert "63/2020/QH14" in laws.amendments(law, "2021-01-01")


@pytest.mark.parametrize(
    ("name", "stated", "number"),
    [
        ("Luật Đất đai năm 2003", None, "13/2003/QH11"),
        ("Luật Đất đai năm 2013", "2013", "45/2013/QH13"),
        ("Luật Đất đai", "2003-11-26", "13/2003/QH11"),
        ("Bộ luật dân sự (2015)", None, "91/2015/QH13"),
        ("Luật Tổ chức chính quyền địa phương ngày 19/6/2015", "2015-06-19", "77/2015/QH13"),
        ("Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025", "2025-06-16", "72/2025/QH15"),
        ("Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2015", "2015-06-16", "77/2015/QH13"),  # slip of a day
    ],
)
def test_a_stated_date_decides(name: str, stated: str | None, number: str) -> None:
    assert [law.number for law in laws.candidates(name, stated=stated, at="2026-01-01")] == [number]


def test_doubt_is_shown_not_decided() -> None:
    both = laws.resolve("Luật Tổ chức chính quyền địa phương", "2025")
    assert both.law is None
    assert {law.number for law in both.candidates} >= {"65/2025/QH15", "72/2025/QH15"}
    assert len(laws.candidates("Luật Đất đai")) == 4
    assert laws.resolve("Luật Đất đai", None).law is None
    assert laws.candidates("Luật Sao Hỏa") == ()
    assert laws.candidates("Luật Lâm nghiệp", at="2010") == ()
    assert laws.candidates("Luật Đất đai", stated="1950") == ()


def test_a_replaced_law_is_told_with_what_replaced_it() -> None:
    stale = laws.resolve("Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân", "2020-01-01")
    assert stale.law is not None and stale.law.number == "11/2003/QH11"
    assert not stale.in_force
    assert [law.number for law in stale.newer] == ["77/2015/QH13", "65/2025/QH15", "72/2025/QH15"]
    renamed = laws.resolve("Luật Khoa học và công nghệ", "2025-12-01")
    assert renamed.law is not None and not renamed.in_force
    assert renamed.newer[0].number == "93/2025/QH15"


def test_the_constitution_has_no_number() -> None:
    found = laws.resolve("Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam", "2025-08")
    assert found.law is not None
    assert (found.law.id, found.law.number) == ("hien-phap-2013", None)
    assert found.amendments == ("203/2025/QH15",)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Luật Phòng, chống tham nhũng; Luật", "Luật Phòng, chống tham nhũng"),
        ("Luật Phòng chống tham nhũng và", "Luật Phòng chống tham nhũng"),
        ("Luật Đầu tư công ngày", "Luật Đầu tư công"),
        ("Luật Đầu tư, công chứng", "Luật Đầu tư"),
        ("Luật Đầu tư. Công ty", "Luật Đầu tư"),
        ("Luật Quản lý,\n sử dụng  tài\nsản công", "Luật Quản lý,\n sử dụng  tài\nsản công"),
        ("Luật Ban hành VBQPPL", "Luật Ban hành VBQPPL"),
        ("Luật Đất đaix", None),
        ("Luật này", None),
        ("Luật sư", None),
    ],
)
def test_longest_name_in_text(text: str, name: str | None) -> None:
    folded = "".join(fold(letter) or " " for letter in text)
    found = laws.longest_match(folded, 0)
    assert (text[: found[0]] if found else None) == name


def test_a_name_inside_a_word_is_none() -> None:
    assert laws.longest_match("xluat dat dai", 1) is None


def test_hostile_text_takes_linear_time() -> None:
    for text in ("luat " * 40_000, "luat" + " " * 200_000, "luat sua doi, bo sung mot so dieu cua " * 5_000):
        begun = time.process_time()
        for start in range(0, len(text), 5):
            laws.longest_match(text, start)
        assert time.process_time() - begun < 2


def test_every_chain_of_replacements_goes_forward() -> None:
    for law in laws.LAWS:
        for following in laws.replaced_by(law):
            assert law.begins < following.begins, (law.id, following.id)
        for number in law.amended_by:
            amending = laws.by_number(number)
            assert amending is None or ends(amending.issued) >= law.issued, (law.id, number)


# The codified collection is wrong here: the title or date of another document stands under the number.
_ERRATA = {"38/2019/QH14", "24/2008/QH12", "18/2008/QH12"}


def test_against_the_codified_collection(shared: Path) -> None:
    """Dates of issue and effect agree with the codified collection wherever it has both."""
    wrong = []
    with gzip.open(shared / "corpus" / "bulk" / "phapdien_docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            known = json.loads(line)
            law = laws.by_number(known["so_hieu"])
            if law is None or law.number in _ERRATA:
                continue
            for ours, theirs in ((law.date, known["issued"]), (law.effective, known["effective"])):
                if theirs and ours != theirs:
                    wrong.append((law.number, ours, theirs))
    assert not wrong


def test_the_codified_laws_are_all_in_the_table(shared: Path) -> None:
    missing = []
    with gzip.open(shared / "corpus" / "bulk" / "phapdien_docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            known = json.loads(line)
            law = known["kind"] in ("Luật", "Bộ luật", "Pháp lệnh") and re.search(r"/QH\d|UBTVQH", known["so_hieu"])
            if law and laws.by_number(known["so_hieu"]) is None:
                missing.append((known["so_hieu"], known["name"]))
    assert not missing


def test_amendments_against_the_editors_marks(shared: Path) -> None:
    """Every law marked by the ministries' editors as amending a law of the table is known to amend it."""
    missing = []
    with gzip.open(shared / "corpus" / "bulk" / "relations.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            edge = json.loads(line)
            law = laws.by_number(edge["src"])
            if law is None or edge["rel"] != "amended_by" or not isinstance(edge["dst"], str):
                continue
            amending = laws.by_number(edge["dst"].rstrip("."))
            if amending is not None and amending.number not in law.amended_by:
                missing.append((law.number, amending.number))
    assert not missing
