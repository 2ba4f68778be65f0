"""The bundled collection shows what it is there to show."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cancu.verbs.extract import extract
from kb.service import KnowledgeBase

# file, own number, own date, own province, canonical numbers cited (each at least once)
FILES: list[tuple[str, str | None, str | None, str | None, set[str]]] = [
    ("ninh-thuan-2395-qd-ubnd-2021.txt", "2395/QĐ-UBND", "2021-12-24", "Ninh Thuận", {"76/NQ-CP", "681/QĐ-UBND"}),
    (
        "ninh-thuan-18-kh-skhcn-2022.md", "18/KH-SKHCN", "2022-01-06", "Ninh Thuận",
        {"681/QĐ-UBND", "2395/QĐ-UBND", "1535/KH-SKHCN", "TCVN ISO 9001:2015"},
    ),
    (
        "ninh-thuan-421-kh-ubnd-2022.txt", "421/KH-UBND", "2022-01-28", "Ninh Thuận",
        {"2395/QĐ-UBND", "76/NQ-CP", "681/QĐ-UBND"},
    ),
    ("binh-dinh-kh-skhcn-2022.md", None, "2022-04", "Bình Định", {"3809/QĐ-UBND", "09-CTr/TU", "24/KH-UBND"}),
    ("binh-dinh-3809-qd-ubnd-2021.docx", "3809/QĐ-UBND", "2021-09-14", "Bình Định", {"09-CTr/TU"}),
    ("binh-dinh-09-ctr-tu-2021.txt", "09-CTr/TU", "2021-05-14", "Bình Định", set()),
    (
        "quang-ngai-272-kh-skhcn-2022.txt", "272/KH-SKHCN", "2022-03-15", "Quảng Ngãi",
        {"34/KH-UBND", "76/NQ-CP", "93/NQ-HĐND", "93/QĐ-UBND", "1256/QĐ-UBND"},
    ),
    ("quang-ngai-93-nq-hdnd-2021.html", "93/NQ-HĐND", "2021-12-08", "Quảng Ngãi", {"76/NQ-CP", "04-NQ/TU"}),
    (
        "quang-ngai-93-qd-ubnd-2022.txt", "93/QĐ-UBND", "2022-01-24", "Quảng Ngãi",
        {"93/NQ-HĐND", "04-NQ/TU", "1256/QĐ-UBND"},
    ),
    (
        "quang-ngai-kh-cchc-skhcn-2021.md", None, None, "Quảng Ngãi",
        {"335/QĐ-SKHCN", "107/2020/NĐ-CP", "24/2014/NĐ-CP", "449/QĐ-UBND", "30/2020/NĐ-CP", "17/CT-UBND"},
    ),
    (
        "bac-ninh-79-2025-qd-ubnd.html", "79/2025/QĐ-UBND", "2025-11-21", "Bắc Ninh",
        {"72/2025/QH15", "20/2023/QH15", "137/2024/NĐ-CP", "109/TTr-SKHCN", "27/2018/QĐ-UBND"},
    ),
    (
        "ha-tinh-79-2025-qd-ubnd.pdf", "79/2025/QĐ-UBND", "2025-11-24", "Hà Tĩnh",
        {"78/2025/NĐ-CP", "150/2025/NĐ-CP", "3245/TTr-STP", "09/2022/QĐ-UBND", "08/2025/QĐ-UBND"},
    ),
    ("tw-76-nq-cp-2021.txt", "76/NQ-CP", "2021-07-15", None, set()),
    ("tw-24-2014-nd-cp.txt", "24/2014/NĐ-CP", "2014-04-04", None, set()),
    ("tw-107-2020-nd-cp.docx", "107/2020/NĐ-CP", "2020-09-14", None, {"24/2014/NĐ-CP"}),
    ("tw-110-2004-nd-cp.md", "110/2004/NĐ-CP", "2004-04-08", None, set()),
    ("tw-30-2020-nd-cp.pdf", "30/2020/NĐ-CP", "2020-03-05", None, {"110/2004/NĐ-CP", "09/2010/NĐ-CP"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def extracted(samples: Path) -> dict[str, dict[str, Any]]:
    found = {}
    for one in extract([samples], jobs=1):
        assert one.refused is None, f"{one.name}: {one.refused}"
        document = json.loads(one.line or "")
        found[Path(document["document"]).name] = document
    return found


@pytest.fixture(scope="module")
def base(sample_kb: Path) -> KnowledgeBase:
    return KnowledgeBase.open(sample_kb)


def test_every_file_is_described_and_tested(samples: Path, project: Path) -> None:
    there = {path.name for path in samples.iterdir()}
    assert there == {row[0] for row in FILES}
    page = (project / "docs" / "samples.md").read_text(encoding="utf-8")
    assert [name for name in sorted(there) if f"`{name}`" not in page] == []


@pytest.mark.parametrize(("name", "number", "date", "province", "cited"), FILES, ids=[row[0] for row in FILES])
def test_each_is_read_right(
    extracted: dict[str, dict[str, Any]],
    name: str,
    number: str | None,
    date: str | None,
    province: str | None,
    cited: set[str],
) -> None:
    document = extracted[name]
    own = document["self"]
    assert (own["number"], own["date"], own["province"]) == (number, date, province)
    found = {citation["number"] for citation in document["citations"] if citation["kind"] in ("number", "standard")}
    assert found == cited | ({number} & found)


def test_the_collection_has_breadth(extracted: dict[str, dict[str, Any]]) -> None:
    provinces = {document["self"]["province"] for document in extracted.values()}
    assert None in provinces and len(provinces) >= 4
    assert {document["reader"]["format"] for document in extracted.values()} >= {"txt", "md", "html", "docx", "pdf"}
    assert len(extracted) >= 14


def test_one_decision_is_implemented_by_plans_of_two_organs(base: KnowledgeBase) -> None:
    page = base.citations("ninh-thuan/ubnd/2021/qd/2395", direction="in", relation="implements")
    assert {edge.source.number for edge in page.items if edge.source} == {"18/KH-SKHCN", "421/KH-UBND"}


def test_two_provinces_with_one_number_open_a_chooser(base: KnowledgeBase) -> None:
    result = base.lookup("79/2025/QĐ-UBND")
    assert result.status == "multiple"
    assert {match.province for match in result.matches} == {"Bắc Ninh", "Hà Tĩnh"}


def test_the_blank_plan_leads_up_to_the_party_programme(base: KnowledgeBase) -> None:
    plan = next(
        edge.source
        for edge in base.citations("binh-dinh/ubnd/2021/qd/3809", direction="in").items
        if edge.source and edge.source.number is None
    )
    trace = base.trace(plan.id, direction="up", depth=3)
    steps = {(edge.source.number, edge.target.number) for edge in trace.edges if edge.source and edge.target}
    assert {(None, "3809/QĐ-UBND"), ("3809/QĐ-UBND", "09-CTr/TU")} <= steps


def test_a_plan_leads_up_to_the_governments_resolution(base: KnowledgeBase) -> None:
    trace = base.trace("ninh-thuan/skhcn/2022/kh/18", direction="up", depth=2)
    steps = {(edge.source.number, edge.target.number) for edge in trace.edges if edge.source and edge.target}
    assert {("18/KH-SKHCN", "2395/QĐ-UBND"), ("2395/QĐ-UBND", "76/NQ-CP")} <= steps


@pytest.mark.parametrize(
    ("decree", "code", "by"),
    [
        ("tw/cp/2014/nd/24", "amended", "107/2020/NĐ-CP"),
        ("tw/cp/2004/nd/110", "replaced", "30/2020/NĐ-CP"),
    ],
)
def test_amended_and_replaced_decrees_say_so(base: KnowledgeBase, decree: str, code: str, by: str) -> None:
    document = base.document(decree)
    assert document is not None
    assert document.status.code == code
    assert by in {event.by_number for event in document.status.events}
