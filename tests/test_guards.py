"""What rank, time and kind forbid one document to do to another."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from kb.knowledge.guards import holds


def _document(number: str | None, kind: str, date: str | None, body: str, province: str | None = None, title: str = ""):
    place = "tw" if province is None else province.lower()
    return SimpleNamespace(
        id=0, slug="", number=number, type=kind, date=date, body=body, place=place, province=province, unit=None,
        title=title,
    )  # fmt: skip


LAW = _document("31/2024/QH15", "luat", "2024-01-18", "QH")
DECREE = _document("102/2024/NĐ-CP", "nghi-dinh", "2024-07-30", "CP")
OLD_DECREE = _document("43/2014/NĐ-CP", "nghi-dinh", "2014-05-15", "CP")
CIRCULAR = _document("10/2024/TT-BTNMT", "thong-tu", "2024-07-31", "BTNMT")
LOCAL = _document("46/2024/QĐ-UBND", "quyet-dinh-ubnd", "2024-08-20", "UBND", "Hà Nội")
OLD_LOCAL = _document("12/2017/QĐ-UBND", "quyet-dinh-ubnd", "2017-03-31", "UBND", "Hà Nội")
ELSEWHERE = _document("5/2017/QĐ-UBND", "quyet-dinh-ubnd", "2017-03-31", "UBND", "Nghệ An")
PLAN = _document("5/KH-UBND", "ke-hoach", "2024-09-01", "UBND", "Hà Nội")
DECISION = _document("2395/QĐ-UBND", "quyet-dinh-ubnd", "2024-08-24", "UBND", "Hà Nội")
PARTY = _document("57-NQ/TW", "d-nghi-quyet", "2024-12-22", "TW")
RESOLUTION = _document("3/NQ-CP", "nghi-quyet-cp", "2024-01-09", "CP")
CONSOLIDATED = _document("5/VBHN-BTNMT", "van-ban-hop-nhat", "2025-01-09", "BTNMT")
LIST = _document(
    "9/2025/QĐ-UBND", "quyet-dinh-ubnd", "2025-01-09", "UBND", "Hà Nội",
    "Công bố Danh mục văn bản quy phạm pháp luật hết hiệu lực toàn bộ",
)  # fmt: skip
DRAFT = _document(None, "nghi-dinh", "2026", "CP")

HEADERLESS = SimpleNamespace(**{**vars(_document(None, "nghi-dinh", None, "CP")), "place": "tep"})

CASES: list[tuple[Any, str, Any, bool]] = [
    (DECREE, "replaces", OLD_DECREE, True),
    (_document("103/2024/NĐ-CP", "nghi-dinh", "2024-07-30", "CP"), "amends", DECREE, False),  # signed on one day
    (DECREE, "guides", OLD_DECREE, False),
    (LAW, "amends", HEADERLESS, False),
    (OLD_DECREE, "replaces", DECREE, False),  # younger
    (_document("65/2016/NĐ-CP", "nghi-dinh", None, "CP"), "replaces", DECREE, False),  # by the years of their numbers
    (LAW, "repeals", OLD_DECREE, True),
    (CIRCULAR, "amends", DECREE, False),  # higher
    (LOCAL, "repeals", OLD_DECREE, False),
    (LOCAL, "replaces", OLD_LOCAL, True),
    (LOCAL, "replaces", ELSEWHERE, False),  # another province
    (PLAN, "repeals", OLD_LOCAL, False),  # a plan to repeal
    (PARTY, "repeals", OLD_DECREE, False),
    (CONSOLIDATED, "amends", OLD_DECREE, False),
    (DECREE, "amends", CONSOLIDATED, False),
    (LIST, "repeals", OLD_LOCAL, False),
    (DRAFT, "replaces", OLD_DECREE, False),
    (DECREE, "guides", LAW, True),
    (LAW, "guides", CIRCULAR, False),
    (PLAN, "implements", RESOLUTION, True),
    (PARTY, "implements", RESOLUTION, False),
    (RESOLUTION, "implements", PLAN, False),
    (LAW, "based_on", DECREE, False),  # younger
    (DECREE, "based_on", LAW, True),
    (PLAN, "promulgated_by", DECISION, True),
    (CIRCULAR, "promulgated_by", DECREE, False),  # a form of another's annex
    (PARTY, "cites", LAW, True),
    (LAW, "cites", CIRCULAR, True),
]


@pytest.mark.parametrize(("source", "relation", "target", "can"), CASES)
def test_what_can_be(source: Any, relation: str, target: Any, can: bool) -> None:
    assert holds(relation, source, target) is can
