"""Lineage: the bounded views give what networkx gives on the whole graph; ladders, chains, stale bases."""

from __future__ import annotations

import itertools
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from kb_fixtures import build, cite, plan

from kb.errors import NotFoundError
from kb.lineage import graph, questions
from kb.model import OwnIdentity
from kb.service import KnowledgeBase

NT = "Ninh Thuận"
RELATIONS = ("based_on", "implements", "cites", "disseminates")
_EDGES = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9), st.sampled_from(RELATIONS)), min_size=1, max_size=25)


def _base(where: Path, edges: list[tuple[int, int, str]]) -> KnowledgeBase:
    cited = {n: [cite(f"{b}/KH-UBND", "2022-01-01", province=NT, relation=r) for a, b, r in edges if a == n]
             for n in range(1, 10)}  # fmt: skip
    return build(where, [(f"f{n}", plan(f"{n}/KH-UBND", "2022-01-01"), cited[n]) for n in range(1, 10)])


def _id(n: int) -> str:
    return f"ninh-thuan/ubnd/2022/kh/{n:02}"


@settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.generate),
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(edges=_EDGES, depth=st.integers(1, 4), strong=st.booleans())
def test_traces_are_those_of_networkx(tmp_path_factory, edges, depth, strong) -> None:  # type: ignore[no-untyped-def]
    base = _base(tmp_path_factory.mktemp("kb"), edges)
    followed = [(a, b) for a, b, r in edges if a != b and (not strong or r in ("based_on", "implements"))]
    whole = nx.DiGraph(followed)
    whole.add_nodes_from(range(1, 10))
    for start in (1, 5):
        down = nx.single_source_shortest_path_length(whole.reverse(), start, cutoff=depth)
        up = nx.single_source_shortest_path_length(whole, start, cutoff=depth)
        for direction, expected in (("up", up), ("down", down)):
            trace = base.trace(_id(start), direction=direction, depth=depth, strong_only=strong)
            sign = -1 if direction == "up" else 1
            assert {(n.id, n.depth) for n in trace.nodes} == {(_id(n), sign * d) for n, d in expected.items()}
            assert not trace.truncated
    with base.store.reading() as connection:
        full = graph.whole(connection)
    assert full.number_of_edges() == len([1 for a, b, _ in edges if a != b])
    for one, other in ((1, 5), (2, 9)):
        found = base.chain(_id(one), _id(other)).nodes
        undirected = nx.Graph([(a, b) for a, b, _ in edges if a != b])
        undirected.add_nodes_from(range(1, 10))
        if nx.has_path(undirected, one, other):
            assert len(found) == nx.shortest_path_length(undirected, one, other) + 1
        else:
            assert found == ()


def test_a_trace_is_bounded_and_says_so(tmp_path: Path) -> None:
    cited = cite("1/2020/NĐ-CP", relation="based_on")
    many = graph.PER_NODE + 5
    base = build(tmp_path, [(f"f{n:03}", plan(f"{n}/KH-UBND", "2022-01-01"), [cited]) for n in range(1, many + 1)])
    trace = base.trace("tw/cp/2020/nd/01", direction="down")
    assert trace.truncated
    assert len(trace.nodes) == graph.PER_NODE + 1
    found = base.document("tw/cp/2020/nd/01")
    assert found is not None and found.cited_by == many, "the count is of all, shown or not"


def test_what_many_texts_say_alike_is_shown_a_few_times_the_documents_own_words_first(tmp_path: Path) -> None:
    outer = cite("1/2020/NĐ-CP", relation="based_on")
    inner = cite("2/2019/NĐ-CP", relation="amends", parent=0)
    others = [(f"a{n:02}", plan(f"{n}/KH-UBND", "2022-01-01"), [outer, inner]) for n in range(1, 2 * graph.PER_LINK)]
    decree = OwnIdentity(number="1/2020/NĐ-CP", type="nghi-dinh", date="2020-01-01", body="CP")
    own = ("z", decree, [cite("2/2019/NĐ-CP", relation="amends"), cite("2/2019/NĐ-CP", relation="cites")])
    base = build(tmp_path, [*others, own])
    edges = base.trace("tw/cp/2020/nd/01", direction="up").edges
    assert sorted(edge.relation for edge in edges) == ["amends"] * graph.PER_LINK + ["cites"]
    assert [edge.relation for edge in edges if edge.file == "z"] == ["amends", "cites"]
    assert base.citations("tw/cp/2019/nd/02", direction="in").total == 2 * graph.PER_LINK + 1


def test_cycles_are_reported(tmp_path: Path) -> None:
    base = _base(tmp_path, [(1, 2, "based_on"), (2, 3, "based_on"), (3, 1, "implements")])
    assert base.trace(_id(1)).cycles == ((_id(1), _id(2), _id(3)),)


def test_circles_of_the_whole_base_are_those_of_networkx_with_one_way_round(tmp_path: Path) -> None:
    edges = [(1, 2), (2, 3), (3, 1), (3, 4), (4, 5), (5, 4), (6, 1), (5, 7), (8, 8)]
    base = _base(tmp_path, [(a, b, "based_on") for a, b in edges] + [(7, 6, "cites")])
    found = base.circles()
    assert [[one.id for one in circle.documents] for circle in found] == [[_id(1), _id(2), _id(3)], [_id(4), _id(5)]]
    assert [circle.nodes for circle in found] == [(_id(1), _id(2), _id(3), _id(1)), (_id(4), _id(5), _id(4))]
    assert [len(circle.edges) for circle in found] == [3, 2]
    assert base.circles(offset=1) == found[1:]


def test_relations_can_be_chosen(tmp_path: Path) -> None:
    base = _base(tmp_path, [(1, 2, "based_on"), (1, 3, "disseminates"), (1, 4, "cites")])
    assert {n.id for n in base.trace(_id(1), relations=["cites"]).nodes} == {_id(1), _id(4)}
    assert {n.id for n in base.trace(_id(1), strong_only=True).nodes} == {_id(1), _id(2)}
    page = base.citations(_id(1), direction="out", strong_only=True)
    assert (page.total, page.by_relation) == (1, {"based_on": 1})


@pytest.mark.parametrize("ask", ["trace", "ladder", "sharing_basis"])
def test_an_unknown_document_is_said_to_be_unknown(tmp_path: Path, ask: str) -> None:
    base = _base(tmp_path, [(1, 2, "cites")])
    with pytest.raises(NotFoundError) as error:
        getattr(base, ask)("ha-noi/ubnd/2020/qd/01")
    assert "ha-noi/ubnd/2020/qd/01" in error.value.text("vi")


def _decision(number: str, date: str) -> OwnIdentity:
    return OwnIdentity(number=number, type="quyet-dinh-ubnd", date=date, body="UBND", province=NT)


def test_the_ladder_names_the_missing_rungs(tmp_path: Path) -> None:
    base = build(tmp_path, [
        ("d", _decision("2395/QĐ-UBND", "2021-12-24"), [cite("76/NQ-CP", "2021-07-15", relation="implements")]),
        ("c", OwnIdentity(number="5/KH-UBND", type="ke-hoach", date="2022-02-01", body="UBND", province=NT,
                          unit="Xã Phước Dinh"),
         [cite("2395/QĐ-UBND", "2021-12-24", province=NT, relation="implements")]),
    ])  # fmt: skip
    ladder = base.ladder("tw/cp/2021/nq/76")
    assert [(rung.level, rung.missing) for rung in ladder.rungs] == [
        ("central", False), ("province", False), ("department", True), ("commune", False),
    ]  # fmt: skip
    assert len(ladder.edges) == 2


def test_stale_bases_at_one_two_and_three_hops_with_their_sentences(tmp_path: Path) -> None:
    base = build(tmp_path, [
        ("new", OwnIdentity(number="78/2025/NĐ-CP", type="nghi-dinh", date="2025-04-01", body="CP"),
         [cite("34/2016/NĐ-CP", relation="replaces")]),
        ("d", _decision("10/QĐ-UBND", "2021-01-24"), [cite("34/2016/NĐ-CP", relation="based_on")]),
        ("p", plan("11/KH-UBND", "2021-02-24"), [cite("10/QĐ-UBND", "2021-01-24", province=NT, relation="implements")]),
        ("q", plan("12/KH-SKHCN", "2025-06-24"), [cite("11/KH-UBND", "2021-02-24", province=NT,
                                                       relation="implements")]),
    ])  # fmt: skip
    found = base.stale()
    assert [(one.document.number, one.hops, one.relation, one.signed_after) for one in found] == [
        ("10/QĐ-UBND", 1, "replaces", False),
        ("11/KH-UBND", 2, "replaces", False),
        ("12/KH-SKHCN", 3, "replaces", True),
    ]
    assert found[2].chain[-1] == "tw/cp/2016/nd/34"
    assert [edge.file for edge in found[2].edges] == ["q", "p", "d", "new"]
    assert all(edge.sentence for edge in found[2].edges)
    assert [one.document.number for one in base.stale("tw/cp/2016/nd/34", hops=1)] == ["10/QĐ-UBND"]
    document = base.document("tw/cp/2016/nd/34")
    assert document is not None and document.status.code == "replaced"


_ACTING = st.lists(
    st.tuples(st.integers(1, 9), st.integers(1, 9), st.sampled_from(("based_on", "implements", "amends", "replaces"))),
    min_size=4, max_size=25,
)  # fmt: skip


@settings(max_examples=15, deadline=None, phases=(Phase.explicit, Phase.generate),
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(edges=_ACTING, hops=st.integers(1, 3))
def test_both_ends_tell_of_the_same_stale_bases(tmp_path_factory, edges, hops) -> None:  # type: ignore[no-untyped-def]
    base = _base(tmp_path_factory.mktemp("kb"), [edge for edge in edges if edge[0] != edge[1]])

    def told(found):  # type: ignore[no-untyped-def]
        return {(one.document.id, one.hops, one.touched, one.by, one.relation) for one in found}

    seen_from_below = [one for n in range(1, 10) for one in base.stale_bases(_id(n), hops=hops)]
    assert told(seen_from_below) == told(base.stale(hops=hops))
    for one in seen_from_below:
        assert (one.chain[0], one.chain[-1], len(one.edges)) == (one.document.id, one.touched, one.hops + 1)
        ends = [(e.source.id, e.target.id) for e in one.edges if e.source and e.target]
        assert ends[:-1] == list(itertools.pairwise(one.chain)) and ends[-1] == (one.by, one.touched)


def test_stale_bases_come_in_pages(tmp_path: Path) -> None:
    base = build(tmp_path, [
        ("new", OwnIdentity(number="78/2025/NĐ-CP", type="nghi-dinh", date="2025-04-01", body="CP"),
         [cite("34/2016/NĐ-CP", relation="replaces"), cite("20/2010/NĐ-CP", relation="repeals")]),
        *((f"p{n}", plan(f"{n}/KH-UBND", "2021-02-24"), [cite("34/2016/NĐ-CP"if n % 2 else "20/2010/NĐ-CP", relation="based_on")])
          for n in range(1, 8)),
    ])  # fmt: skip
    whole = base.stale()
    assert len(whole) == 7
    assert [one for at in (0, 3, 6) for one in base.stale(limit=3, offset=at)] == list(whole)


def test_a_lower_act_never_ends_a_higher_one(tmp_path: Path) -> None:
    base = build(tmp_path, [
        ("d", _decision("10/2021/QĐ-UBND", "2021-01-24"), [
            cite("34/2016/NĐ-CP", relation="repeals"), cite("1/2009/QĐ-UBND", province=NT, relation="repeals"),
        ]),
    ])  # fmt: skip
    decree = base.document("tw/cp/2016/nd/34")
    decision = base.document("ninh-thuan/ubnd/2009/qd/01")
    assert decree is not None and decree.status.code == "unknown"
    assert decision is not None and decision.status.code == "repealed"


def test_orphans_shared_bases_and_the_most_cited(tmp_path: Path) -> None:
    law = cite("1/2020/NĐ-CP", relation="based_on")
    base = build(tmp_path, [
        ("a", plan("1/KH-UBND", "2022-01-01"), [law]),
        ("b", plan("2/KH-UBND", "2022-01-01"), [law]),
        ("c", plan("3/KH-UBND", "2022-01-01"), [cite("9/2020/NĐ-CP", relation="disseminates")]),
    ])  # fmt: skip
    assert [d.number for d in base.orphans()] == ["3/KH-UBND"]
    assert [(s.document.number, s.basis) for s in base.sharing_basis(_id(1))] == [("2/KH-UBND", ("tw/cp/2020/nd/01",))]
    assert base.most_cited()[0].id == "tw/cp/2020/nd/01"


def test_what_everyone_stands_on_is_no_shared_basis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    law, decree = cite("1/2020/NĐ-CP", relation="based_on"), cite("2/2020/NĐ-CP", relation="based_on")
    base = build(tmp_path, [(f"f{n}", plan(f"{n}/KH-UBND", "2022-01-01"), [law, decree] if n < 3 else [law])
                            for n in range(1, 9)])  # fmt: skip
    both = ("tw/cp/2020/nd/01", "tw/cp/2020/nd/02")
    assert base.sharing_basis(_id(1))[0].basis == both and len(base.sharing_basis(_id(1))) == 7
    monkeypatch.setattr(questions, "_COMMON", 9)
    assert [(one.document.id, one.basis) for one in base.sharing_basis(_id(1))] == [(_id(2), both[1:])]


def test_a_partial_repeal_does_not_end_the_whole(tmp_path: Path) -> None:
    decree = OwnIdentity(number="303/2025/NĐ-CP", type="nghi-dinh", date="2025-11-19", body="CP")
    base = build(tmp_path, [
        ("d", decree, [cite("92/2017/NĐ-CP", relation="repeals", pinpoint="Điều 5")]),
        ("p", plan("1/KH-UBND", "2025-12-01"), [cite("92/2017/NĐ-CP", relation="based_on")]),
    ])  # fmt: skip
    found = base.document("tw/cp/2017/nd/92")
    assert found is not None and found.status.code == "partly_ended"
    assert found.status.events[0].partial
    assert base.findings("repealed_before").total == 0


def test_a_plan_based_on_what_was_ended_before_is_found(tmp_path: Path) -> None:
    decree = OwnIdentity(number="303/2025/NĐ-CP", type="nghi-dinh", date="2025-11-19", body="CP")
    base = build(tmp_path, [
        ("a", plan("1/KH-UBND", "2026-06-01"), [cite("92/2017/NĐ-CP", relation="based_on")]),
        ("b", plan("2/KH-UBND", "2025-10-01"), [cite("92/2017/NĐ-CP", relation="based_on")]),
        ("c", plan("3/KH-UBND", "2025-12-01"), [cite("92/2017/NĐ-CP", relation="based_on")]),  # perhaps still in force
        ("d", decree, [cite("92/2017/NĐ-CP", relation="repeals"), cite("92/2017/NĐ-CP", relation="implements")]),
    ])  # fmt: skip
    (found,) = base.findings("repealed_before").items
    assert (found.file, found.severity) == ("a", "error")
    assert "303/2025/NĐ-CP" in found.message
