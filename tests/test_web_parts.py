"""The pieces of the pages that need no knowledge base: quotations, fair use, tables."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from kb.answers.shapes import Edge, EdgeEnd
from web.drawing import quoting
from web.http import csv_tables
from web.http.rate_limit import RateLimiter


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
