"""The pieces of the pages that need no knowledge base: drawing a lineage, fair use, tables."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.answers.lineage_shapes import Trace, TraceNode
from kb.answers.shapes import Edge, EdgeEnd
from web.drawing import lineage, quoting
from web.http import csv_tables
from web.http.rate_limit import RateLimiter


def node(ident: str, depth: int) -> TraceNode:
    empty = dict.fromkeys(("type", "type_name", "date", "body", "issuer", "province", "title"))
    return TraceNode(id=ident, url="", number=ident, role="held", level="province", depth=depth, **empty)


def end(ident: str) -> EdgeEnd:
    return EdgeEnd(id=ident, url="", number=ident, title=None, date=None, province=None, role="held", state="unknown")


def edge(source: str, target: str, relation: str = "implements", **more: Any) -> Edge:
    cited = {"relation": relation, "sentence": f"{source} {target}", "repairs": [], **more}
    return Edge(
        cited=cited,
        source=end(source),
        target=end(target),
        candidates=(),
        status="resolved",
        method="key",
        score=None,
        relation_label=relation,
        strong=True,
        highlight=cited.pop("highlight", (0, 0)),
        stated_in=end(source),
        file="a.txt",
        index=0,
    )


def trace(nodes: list[TraceNode], edges: list[Edge], start: str = "plan") -> Trace:
    return Trace(start, "both", 2, (), True, tuple(nodes), tuple(edges), (), False)


def listed(branches: tuple[lineage.Branch, ...] | list[lineage.Branch]) -> set[str]:
    found: set[str] = set()
    for branch in branches:
        found |= {branch.arrow.anchor} | listed(branch.branches)
    return found


def test_what_is_cited_stands_above_what_cites_it() -> None:
    drawn = lineage.draw(
        trace(
            [node("plan", 0), node("3809", -1), node("09", -1), node("congress", -2)],
            [edge("plan", "3809"), edge("plan", "09"), edge("3809", "09"), edge("09", "congress")],
        )
    )
    height = {box.node.id: box.y for box in drawn.boxes}
    assert height["congress"] < height["09"] < height["3809"] < height["plan"]


def test_the_list_has_every_arrow_of_the_picture_exactly_once() -> None:
    drawn = lineage.draw(
        trace(
            [node("plan", 0), node("up", -1), node("down", 1), node("top", -2)],
            [edge("plan", "up"), edge("up", "top"), edge("down", "plan"), edge("down", "top"), edge("down", "up")],
        )
    )
    in_list = listed(drawn.up) | listed(drawn.down) | {arrow.anchor for arrow in drawn.others}
    assert in_list == {arrow.anchor for arrow in drawn.arrows}
    assert len({arrow.anchor for arrow in drawn.arrows}) == 5


def test_citations_of_one_pair_share_an_arrow() -> None:
    drawn = lineage.draw(
        trace(
            [node("plan", 0), node("qd", -1)], [edge("plan", "qd"), edge("plan", "qd", "based_on"), edge("plan", "qd")]
        )
    )
    assert [(arrow.relations, len(arrow.proofs)) for arrow in drawn.arrows] == [(("implements", "based_on"), 3)]


def test_a_crowd_is_cut_and_counted() -> None:
    crowd = [node(f"kh{number}", 1) for number in range(40)]
    drawn = lineage.draw(trace([node("plan", 0), *crowd], [edge(one.id, "plan") for one in crowd]))
    assert len(drawn.boxes) == lineage.ROW + 1
    assert (drawn.hidden_up, drawn.hidden_down) == (0, 40 - lineage.ROW)


def test_cycles_and_lonely_documents_are_drawn() -> None:
    circle = lineage.draw(trace([node("plan", 0), node("a", -1)], [edge("plan", "a"), edge("a", "plan")]))
    assert len(circle.arrows) == 2
    alone = lineage.draw(trace([node("plan", 0)], []))
    assert len(alone.boxes) == 1 and not alone.arrows


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=30))
def test_no_graph_breaks_the_drawing(pairs: list[tuple[int, int]]) -> None:
    nodes = [node("plan", 0)] + [node(str(number), (-2, -1, 1, 2)[number % 4]) for number in range(8)]
    edges = [edge(str(a), str(b)) for a, b in pairs] + [edge("plan", "1"), edge("2", "plan")]
    drawn = lineage.draw(trace(nodes, edges))
    places = [(box.x, box.y) for box in drawn.boxes]
    assert len(set(places)) == len(places)
    assert all(0 <= box.x <= drawn.width and 0 <= box.y <= drawn.height for box in drawn.boxes)
    in_list = listed(drawn.up) | listed(drawn.down) | {arrow.anchor for arrow in drawn.others}
    assert in_list == {arrow.anchor for arrow in drawn.arrows}


def proof(sentence: str, cited: str, repairs: list[tuple[str, str]] | None = None) -> Edge:
    start = sentence.index(cited)
    fixes = [{"before": before, "after": after} for before, after in repairs or []]
    return edge("plan", "qd", sentence=sentence, highlight=(start, start + len(cited)), repairs=fixes)


def test_a_quotation_marks_the_citation_and_is_cut_at_blanks() -> None:
    sentence = "đầu " * 200 + "Quyết định 1/QĐ-UBND" + " cuối" * 200
    made = proof(sentence, "1/QĐ-UBND")
    written = str(quoting.quoted(sentence, made.highlight, 30))
    assert "<mark>1/QĐ-UBND</mark>" in written and len(written) < 120
    assert written.startswith("… đầu") and written.endswith("cuối …")
    assert str(quoting.quoted("<b>", (0, 3))) == "<mark>&lt;b&gt;</mark>"


@pytest.mark.parametrize(
    ("edge", "expected"),
    [
        (proof("Căn cứ Quyết định số 1/QĐ-UBND.", "1/QĐ-UBND"), None),
        (
            proof("theo 1/QB-UBND <i>", "1/QB-UBND", [("1/QB-UBND", "1/QĐ-UBND")]),
            "theo <mark>1/QĐ-UBND</mark> &lt;i&gt;",
        ),
        (
            proof("số 5/NĐ-CP ngày 17/ 19/2‘005", "5/NĐ-CP", [("17/ 19/2‘005", "2005-10-17")]),
            "số <mark>5/NĐ-CP</mark> ngày <mark>17/10/2005</mark>",
        ),
    ],
)
def test_a_damaged_sentence_is_shown_as_it_should_read(edge: Edge, expected: str | None) -> None:
    made = quoting.mended(edge)
    assert made is None if expected is None else str(made) == expected


def test_fair_use_lets_a_burst_pass_and_says_when_to_come_back() -> None:
    now = [0.0]
    limiter = RateLimiter(60, 3, clock=lambda: now[0])
    assert [limiter.wait("a") for _ in range(4)] == [0, 0, 0, 1]
    assert limiter.wait("b") == 0
    now[0] = 1.0
    assert limiter.wait("a") == 0
    assert limiter.wait("a") == 1


def test_fair_use_forgets_old_addresses_and_can_be_switched_off() -> None:
    limiter = RateLimiter(1, 1, keep=2, clock=lambda: 0.0)
    assert [limiter.wait(key) for key in ("a", "b", "c", "a")] == [0, 0, 0, 0]
    assert all(RateLimiter(0, 1).wait("a") == 0 for _ in range(50))


@pytest.mark.parametrize(
    ("value", "cell"),
    [("=1+1", "'=1+1"), ("@x", "'@x"), ("-5", "'-5"), ("a\nb", "a b"), (None, ""), (0.5, "0.5"), ('"q", x', '"q", x')],
)
def test_a_table_opens_in_excel_and_runs_nothing(value: Any, cell: str) -> None:
    body = csv_tables.spreadsheet([{"v": value}], (("ten", lambda row: row["v"]),))
    assert body.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(body.decode("utf-8-sig")))) == [["ten"], [cell]]
