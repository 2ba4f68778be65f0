"""Small charts, drawn on the server: columns for years, bars for names. Each mark is a link with its number beside it,
so that nothing is told by length or colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

WIDTH = 340
"""User units; what is drawn is never wider on the page than its column."""
MOST_COLUMNS, MOST_BARS = 10, 8
_COLUMN_HEIGHT, _COLUMN_TOP, _COLUMN_FOOT = 90, 18, 20
_BAR, _BAR_LABEL, _BAR_NUMBER = 24, 110, 44


@dataclass(frozen=True, slots=True)
class Mark:
    """One value: its name, its number, and where it is drawn (``x``/``y``: the upper left corner)."""

    name: str
    count: int
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Marks in order; ``left_out``: values that found no room, ``rest`` the sum of their numbers."""

    marks: tuple[Mark, ...]
    height: int
    left_out: int
    rest: int


def columns(counts: Mapping[str, int]) -> Chart:
    """A column for each value, in the order given; of more than fit the last ones."""
    shown = list(counts.items())[-MOST_COLUMNS:]
    greatest = max((count for _, count in shown), default=1)
    step = WIDTH // max(1, len(shown))
    marks = []
    for at, (name, count) in enumerate(shown):
        tall = max(2, round(_COLUMN_HEIGHT * count / greatest))
        wide = min(step - 6, 48)
        marks.append(Mark(name, count, at * step + (step - wide) // 2, _COLUMN_TOP + _COLUMN_HEIGHT - tall, wide, tall))
    hidden = list(counts.values())[: len(counts) - len(shown)]
    return Chart(tuple(marks), _COLUMN_TOP + _COLUMN_HEIGHT + _COLUMN_FOOT, len(hidden), sum(hidden))


def bars(counts: Mapping[str, int]) -> Chart:
    """A bar for each value, in the order given; of more than fit the first ones."""
    shown = list(counts.items())[:MOST_BARS]
    greatest = max((count for _, count in shown), default=1)
    room = WIDTH - _BAR_LABEL - _BAR_NUMBER
    marks = tuple(
        Mark(name, count, _BAR_LABEL, at * _BAR + 3, max(2, round(room * count / greatest)), _BAR - 6)
        for at, (name, count) in enumerate(shown)
    )
    hidden = list(counts.values())[len(shown) :]
    return Chart(marks, len(shown) * _BAR, len(hidden), sum(hidden))
