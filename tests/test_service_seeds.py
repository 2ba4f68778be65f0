"""The user stories on the five real plans the project started from (product notes, stories 1-8, 11, 12)."""

from __future__ import annotations

import hashlib
import itertools
import random
from pathlib import Path

import pytest
from kb_fixtures import Source, export_text

from kb.reading import read
from kb.service import KnowledgeBase

DECISION = "ninh-thuan/ubnd/2021/qd/2395"


def _sources(folder: Path, pattern: str = "*.txt") -> list[Source]:
    found = []
    for path in sorted(folder.glob(pattern)):
        data = path.read_bytes()
        found.append(Source(path.name, data.decode(), "txt", hashlib.sha256(data).hexdigest()))
    return found


@pytest.fixture(scope="module")
def base(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    made = KnowledgeBase.open(tmp_path_factory.mktemp("kb"), create=True)
    for source in _sources(shared / "corpus" / "seeds"):
        made.put(source, read(source.text))
    made.resolve()
    return made


def _plan(base: KnowledgeBase, file: str) -> str:
    return next(d.id for d in base.documents(role="held") if any(name.startswith(file) for name in base.files_of(d.id)))


def test_1_find_by_number(base: KnowledgeBase) -> None:
    for query in ("2395 qd ubnd", "2395/QĐ-UBND", "2395/QB-UBND", "quyết định số 2395/QĐ-UBND", "２３９５/QÐ-UBND"):
        found = base.lookup(query)
        assert found.status == "ok", query
        (match,) = found.matches
        assert (match.number, match.date, match.province) == ("2395/QĐ-UBND", "2021-12-24", "Ninh Thuận")
    assert match.office_citation == "Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của UBND tỉnh Ninh Thuận"


def test_2_ambiguous_number(base: KnowledgeBase) -> None:
    found = base.lookup("93")
    assert found.status == "multiple"
    assert [(m.number, m.date, m.province) for m in sorted(found.matches, key=lambda m: m.number or "")] == [
        ("93/NQ-HĐND", "2021-12-08", "Quảng Ngãi"),
        ("93/QĐ-UBND", "2022-01-24", "Quảng Ngãi"),
    ]
    assert base.lookup("93/QĐ-UBND").status == "ok"


def test_3_a_damaged_date_is_shown_with_its_repair_and_proof(base: KnowledgeBase) -> None:
    decree = base.document("tw/cp/2005/nd/130")
    assert decree is not None and decree.date == "2005-10-17"
    edges = base.citations("tw/cp/2005/nd/130", direction="in").items
    damaged = next(edge for edge in edges if edge.line == 386)
    assert "130/2005/ND-CP" in damaged.sentence
    assert any(repair["after"] == "2005-10-17" for repair in damaged.repairs)
    finding = next(f for f in base.findings("date_repaired").items if f.document == "tw/cp/2005/nd/130")
    assert finding.line == 386


def test_4_a_law_by_name_is_the_version_of_its_time(base: KnowledgeBase) -> None:
    edges = [e for e in base.citations(_plan(base, "003"), direction="out").items if e.kind == "named"]
    law = next(e for e in edges if "Thi đua" in e.raw)
    assert law.target is not None and law.target.id == "tw/qh/2003/qh11/15"
    assert law.method == "law_at_date"
    view = base.document("tw/qh/2003/qh11/15")
    assert view is not None
    newer = next(w for w in view.warnings if w["code"] == "newer_law")
    assert "06/2022/QH15" in newer["vi"] and "06/2022/QH15" in newer["en"]


def test_5_who_implements_a_decision(base: KnowledgeBase) -> None:
    page = base.citations(DECISION, direction="in")
    assert page.total == 5
    assert {edge.file[:3] for edge in page.items} == {"000", "002"}
    assert {"implements", "based_on", "disseminates"} <= set(page.by_relation)
    assert all(edge.line > 0 and edge.raw in edge.sentence for edge in page.items)
    assert base.citations(DECISION, direction="in", strong_only=True).total < 5
    for edge in page.items:
        start, end = edge.highlight
        assert edge.sentence[start:end] == edge.raw


def test_5_both_plans_and_nothing_else_stand_on_it(base: KnowledgeBase) -> None:
    trace = base.trace(DECISION, direction="down")
    assert {n.id for n in trace.nodes if n.depth == 1} == {_plan(base, "000"), _plan(base, "002")}


def test_6_lineage_upwards(base: KnowledgeBase) -> None:
    trace = base.trace(_plan(base, "003"), direction="up", depth=4)
    steps = {(e.source.id, e.target.id) for e in trace.edges if e.source and e.target}
    assert (_plan(base, "003"), "binh-dinh/ubnd/2021/qd/3809") in steps
    assert ("binh-dinh/ubnd/2021/qd/3809", "binh-dinh/tu/2021/ctr/09") in steps
    assert all(e.sentence for e in trace.edges)


def test_7_two_provinces_one_decree(base: KnowledgeBase) -> None:
    edges = base.citations("tw/cp/2020/nd/62", direction="in").items
    assert sorted({e.stated_in.province or "" for e in edges}) == ["Ninh Thuận", "Quảng Ngãi"]
    found = base.lookup("2395/QĐ-UBND", province="Khánh Hòa")
    assert found.status == "ok"
    assert found.matches[0].province_now == "Khánh Hòa"


def test_11_adding_again_changes_nothing(base: KnowledgeBase, shared: Path) -> None:
    before = base.build_id
    for source in _sources(shared / "corpus" / "seeds"):
        assert base.put(source, read(source.text)) == "unchanged"
    report = base.resolve()
    assert (report.added, report.relinked, base.build_id) == ((), 0, before)


def test_11_line_numbers_are_those_of_cat_n(base: KnowledgeBase, shared: Path) -> None:
    for edge in base.citations(DECISION, direction="in").items:
        lines = (shared / "corpus" / "seeds" / edge.file).read_text("utf-8").split("\n")
        assert edge.raw.split("\n")[0] in lines[edge.line - 1]


def test_12_doubts_are_listed_with_their_place(base: KnowledgeBase) -> None:
    found = base.findings(per_page=500)
    assert any(f.kind == "blank_number" and (f.file or "").startswith("003") for f in found.items)
    assert any(f.kind == "type_conflict" and "305/HD-STTTT" in f.message for f in found.items)
    assert any(f.kind == "issuer_conflict" and f.document == DECISION for f in found.items)
    assert any(f.kind == "date_repaired" and f.document == "tw/cp/2005/nd/130" for f in found.items)
    assert any(f.kind == "order_ill_formed" and "05-NQ/TU" in f.message for f in found.items)
    assert found.total == sum(found.counts.values())


def test_the_order_of_the_seeds_and_of_plans_does_not_matter(shared: Path, tmp_path: Path) -> None:
    sources = _sources(shared / "corpus" / "seeds") + _sources(shared / "corpus" / "plans", "*.txt")[:50]
    readings = {source.name: read(source.text) for source in sources}
    exports = []
    for turn, order in enumerate((sources, sources[::-1], random.Random(50).sample(sources, len(sources)))):
        made = KnowledgeBase.open(tmp_path / str(turn), create=True)
        for n, source in enumerate(order):
            made.put(source, readings[source.name])
            if turn == 2 and n % 10 == 0:
                made.resolve()
        made.resolve()
        exports.append("".join(export_text(made.store, name) for name in ("jsonl", "csv", "graphml", "jsonld")))
    assert all(one == other for one, other in itertools.pairwise(exports))
