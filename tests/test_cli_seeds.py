"""What the first five plans must show on the command line; the documents are read in place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cancu.cli import main


@pytest.fixture(scope="module")
def kb(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("seeds") / "kb"
    assert main(["ingest", str(shared / "corpus" / "seeds"), "--kb", str(where)]) == 0
    return where


def ask(kb: Path, capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    capsys.readouterr()
    assert main([*words, "--kb", str(kb), "--json"]) == code
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    "query",
    [
        "2395 qd ubnd",
        "2395/QĐ-UBND",
        "2395/QB-UBND",
        "quyết định số 2395/QĐ-UBND",
        "２３９５/QĐ-UBND",
        "2395/QÐ-UBND",
        "qđ 2395 ninh thuận",
        "2395/QĐ-UBND ngày 24/12/2021",
    ],
)
def test_a_number_in_any_shape_is_the_one_document(query: str, kb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = ask(kb, capsys, "lookup", query)
    assert found["status"] == "ok"
    (match,) = found["matches"]
    assert (match["number"], match["date"], match["province"]) == ("2395/QĐ-UBND", "2021-12-24", "Ninh Thuận")


def test_a_bare_ordinal_is_never_answered_by_one_of_two(kb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = ask(kb, capsys, "lookup", "93")
    assert found["status"] == "multiple"
    assert [(m["number"], m["date"]) for m in found["matches"]] == [
        ("93/NQ-HĐND", "2021-12-08"),
        ("93/QĐ-UBND", "2022-01-24"),
    ]
    assert ask(kb, capsys, "lookup", "93/QĐ-UBND")["matches"][0]["date"] == "2022-01-24"


def test_who_implements_a_decision_with_the_sentences(kb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    trace = ask(kb, capsys, "trace", "2395/QĐ-UBND", "--direction", "down")
    places = [(Path(edge["file"]).name[:3], edge["line"]) for edge in trace["edges"]]
    assert places == [("000", 18), ("000", 76), ("000", 104), ("002", 9), ("002", 112)]
    for edge in trace["edges"]:
        start, end = edge["highlight"]
        assert edge["sentence"][start:end] == edge["raw"]


def test_the_lineage_of_a_plan_up_to_the_party_programme(kb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    down = ask(kb, capsys, "trace", "3809/QĐ-UBND", "--direction", "down", "--depth", "1")
    (plan,) = {edge["source"]["id"] for edge in down["edges"]}
    up = ask(kb, capsys, "trace", plan, "--direction", "up")
    steps = {(edge["source"]["number"], edge["relation"], edge["target"]["number"]) for edge in up["edges"]}
    assert {(None, "implements", "3809/QĐ-UBND"), ("3809/QĐ-UBND", "implements", "09-CTr/TU")} <= steps


def test_line_numbers_are_those_of_the_file(kb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for edge in ask(kb, capsys, "trace", "2395/QĐ-UBND", "--direction", "down")["edges"]:
        lines = Path(edge["file"]).read_text(encoding="utf-8").split("\n")
        assert "2395" in lines[edge["line"] - 1]


def test_a_decree_cited_in_two_provinces(kb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    trace = ask(kb, capsys, "trace", "62/2020/NĐ-CP", "--direction", "down", "--depth", "1")
    assert {edge["source"]["province"] for edge in trace["edges"]} == {"Ninh Thuận", "Quảng Ngãi"}


def test_extract_gives_the_same_bytes_each_time(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seeds = str(shared / "corpus" / "seeds")
    answers = []
    for jobs in ("1", "2"):
        assert main(["extract", seeds, "--jsonl", "--jobs", jobs]) == 0
        answers.append(capsys.readouterr().out)
    assert answers[0] == answers[1]
    documents = [json.loads(line) for line in answers[0].splitlines()]
    assert [Path(document["document"]).name[:3] for document in documents] == ["000", "001", "002", "003", "004"]
    for document in documents:
        text = Path(document["document"]).read_bytes().decode("utf-8")
        for citation in document["citations"]:
            assert text[citation["start"] : citation["end"]] == citation["text"]
