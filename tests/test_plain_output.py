"""Answers into a file or a pipe: plain lines that grep, cut and a spreadsheet can work on."""

from __future__ import annotations

from pathlib import Path

import pytest

from cancu.cli import main

BOXES = set("─━│┃┏┓┗┛└├┌┐┘┤┬┴┼╭╮╰╯")
SENTENCE = "Thực hiện Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của Ủy ban nhân dân tỉnh về việc ban hành"


@pytest.fixture
def lines(sample_kb: Path, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    def ask(*words: str) -> list[str]:
        capsys.readouterr()
        assert main([*words, "--kb", str(sample_kb)]) == 0
        return capsys.readouterr().out.splitlines()

    return ask


@pytest.fixture(params=[None, "60"])
def width(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str | None:
    monkeypatch.delenv("COLUMNS", raising=False)
    if request.param:
        monkeypatch.setenv("COLUMNS", request.param)
    return request.param


@pytest.mark.parametrize(
    "words",
    [
        ("lookup", "2395 qd ubnd"),
        ("lookup", "79/2025/QĐ-UBND"),
        ("trace", "2395/QĐ-UBND"),
        ("trace", "2395/QĐ-UBND", "--ask", "ladder"),
        ("search", "cải cách hành chính"),
        ("stats",),
    ],
)
def test_no_boxes_and_nothing_that_fills_up(lines, width: str | None, words: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    said = lines(*words)
    assert said and not BOXES & set("".join(said))
    assert [line for line in said if line != line.rstrip(" ")] == []


def test_a_sentence_stands_whole_on_its_line(lines, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.delenv("COLUMNS", raising=False)
    assert [line for line in lines("lookup", "2395 qd ubnd") if SENTENCE in line]


def test_a_width_that_is_asked_for_is_kept(lines, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("COLUMNS", "60")
    said = lines("lookup", "2395 qd ubnd")
    assert max(map(len, said)) <= 60
    assert SENTENCE in " ".join(" ".join(said).split())


def test_a_table_has_tabs_and_every_cell(lines, width: str | None) -> None:  # type: ignore[no-untyped-def]
    rows = [line.split("\t") for line in lines("lookup", "79/2025/QĐ-UBND")[1:]]
    assert [len(row) for row in rows] == [8, 8, 8]
    assert [row[-1] for row in rows] == ["ID", "bac-ninh/ubnd/2025/qd/79", "ha-tinh/ubnd/2025/qd/79"]
