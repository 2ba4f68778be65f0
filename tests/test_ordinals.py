"""Ordinals rise with dates within a register; what does not fit is a doubt, not an error of its neighbours."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kb_fixtures import build, cite, plan

from kb.findings.ordinals import Entry, out_of_order


def _entries(pairs: list[tuple[int, str]]) -> list[Entry]:
    return [Entry(n, ordinal, date, f"{ordinal}/QĐ-UBND") for n, (ordinal, date) in enumerate(pairs)]


@pytest.mark.parametrize(
    ("pairs", "doubtful"),
    [
        ([(1, "2021-01-05"), (9, "2021-02-05"), (20, "2021-03-01"), (31, "2021-03-01"), (44, "2021-06-01")], []),
        ([(1, "2021-01-05"), (9, "2021-02-05"), (20, "2021-11-01"), (31, "2021-03-01"), (44, "2021-06-01")], [20]),
        ([(1, "2021-01-05"), (9, "2021-02-05"), (20, "2021-01-01")], []),
        ([(5, "2021-05-01"), (4, "2021-06-01"), (3, "2021-07-01"), (2, "2021-08-01"), (1, "2021-09-01")], []),
    ],
)
def test_only_what_does_not_fit_is_doubtful(pairs: list[tuple[int, str]], doubtful: list[int]) -> None:
    assert [doubt.entry.ordinal for doubt in out_of_order(_entries(pairs))] == doubtful


@given(st.lists(st.tuples(st.integers(1, 50), st.dates().map(str)), max_size=20))
def test_what_is_left_is_in_order(pairs: list[tuple[int, str]]) -> None:
    entries = _entries(pairs)
    found = {doubt.entry.id for doubt in out_of_order(entries)}
    left = sorted((e for e in entries if e.id not in found), key=lambda e: (e.ordinal, e.date))
    if found:
        assert [e.date for e in left] == sorted(e.date for e in left)
    assert len(found) <= 0.25 * len(entries)


def test_a_doubtful_ordinal_is_found_in_a_base_with_its_neighbours(tmp_path: Path) -> None:
    dates = {1: "2021-01-05", 9: "2021-02-05", 20: "2021-11-01", 31: "2021-03-01", 44: "2021-06-01"}
    base = build(tmp_path, [("a", plan("1/KH-UBND", "2022-06-01"),
                             [cite(f"{n}/QĐ-UBND", date, province="Huế") for n, date in dates.items()])])  # fmt: skip
    (doubt,) = base.findings("ordinal_order").items
    assert "20/QĐ-UBND" in doubt.message and "9/QĐ-UBND" in doubt.message and "31/QĐ-UBND" in doubt.message
