"""``make score``: a figure that drops below its floor, or is missing, is a failure."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools import score

PERFECT = {folder: dict.fromkeys(rules["at_least"], 1.0) for folder, rules in score.FLOORS.items() if folder != "about"}


@pytest.mark.parametrize("folder", score.FOLDERS)
def test_perfect_figures_hold_every_floor(folder: str) -> None:
    figures = {**PERFECT[folder], "number_f1_macro": 1.0, "self_invented": 0}
    assert score.falling_short(folder, figures) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"relation": 0.9299}, "relation=0.9299 < 0.93"),
        ({"number_f1": None}, "number_f1=None"),
        ({"self_invented": 1}, "self_invented=1 > 0"),
        ({"number_f1_macro": 0.98}, "number_f1_macro=0.98 is further than 0.01"),
    ],
)
def test_what_falls_short_is_said(change: dict[str, Any], says: str) -> None:
    figures = {**PERFECT["seeds"], "number_f1_macro": 1.0, "self_invented": 0, **change}
    figures = {name: value for name, value in figures.items() if value is not None}
    assert any(failure.startswith(says) for failure in score.falling_short("seeds", figures))


def test_without_the_gold_it_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["score.py", "--shared", str(tmp_path)])
    assert score.main() == 3
    assert "CANCU_SHARED" in capsys.readouterr().err
