"""Words with places on a page become lines in reading order.

Used for PDF text layers and for OCR alike. Columns that stand side by side (the national header, the signature block,
tables) are kept apart, as ``corpus.layout.plain_lines`` sets tables; everything else is read line by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from statistics import median

from corpus.layout.lines import Cell, Lines, table_of
from corpus.layout.plain_lines import clean, row_lines


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box, y growing downwards, any unit. ``confidence`` 0-1 of an OCR word, else 1; ``sure``: how sure
    its digits are, 0-1, where two recognisers were asked; ``readings``: what else was seen in its place."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float = 1.0
    sure: float = 1.0
    readings: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    def moved(self, right: float, down: float) -> Word:
        """The word further right and down."""
        return replace(self, x0=self.x0 + right, y0=self.y0 + down, x1=self.x1 + right, y1=self.y1 + down)

    def scaled(self, by: float) -> Word:
        """The word on a page so many times as large."""
        return replace(self, x0=self.x0 * by, y0=self.y0 * by, x1=self.x1 * by, y1=self.y1 * by)

    @property
    def centre(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line, horizontal or vertical."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def is_horizontal(self) -> bool:
        return self.x1 - self.x0 >= self.y1 - self.y0


@dataclass(slots=True)
class Segment:
    """Words of a row that stand close to one another."""

    words: list[Word]

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def text(self) -> str:
        return clean(" ".join(word.text for word in self.words))


_Row = list[Segment]

# In heights of a line: the least gap between columns, the gap that is a column even in a single line, and the least
# width of the white channel between columns over several lines.
_GAP, _LONE_GAP, _CHANNEL = 1.4, 3.0, 0.8


def rows_of(words: Sequence[Word]) -> list[_Row]:
    """The words in visual rows from top to bottom, each row cut into segments at wide gaps."""
    if not words:
        return []
    typical = median(word.height for word in words) or 1.0
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.centre[1], word.x0)):
        for row in reversed(rows[-3:]):
            top = median(other.y0 for other in row[-8:])
            bottom = median(other.y1 for other in row[-8:])
            overlap = min(bottom, word.y1) - max(top, word.y0)
            if overlap >= 0.5 * min(bottom - top, word.height):
                row.append(word)
                break
        else:
            rows.append([word])
    out: list[_Row] = []
    for row in rows:
        row.sort(key=lambda word: word.x0)
        height = max(median(word.height for word in row), 0.5 * typical)
        segments = [Segment([row[0]])]
        for word in row[1:]:
            if word.x0 - segments[-1].x1 > _GAP * height:
                segments.append(Segment([word]))
            else:
                segments[-1].words.append(word)
        out.append(segments)
    return out


def lines_of(words: Sequence[Word], rules: Sequence[Rule] = ()) -> Lines:
    """The lines of a page in reading order; ``rules`` are drawn lines, from which ruled tables are known."""
    tables = _tables(rules)
    if not tables:
        return _lines_without_rules(words)
    out = Lines()
    left = list(words)
    for table in tables:
        above = [word for word in left if word.centre[1] < table.top]
        inside = [word for word in left if table.holds(word)]
        left = [word for word in left if word.centre[1] >= table.top and not table.holds(word)]
        out.extend(_lines_without_rules(above))
        out.extend(table.lines(inside))
    out.extend(_lines_without_rules(left))
    return out


def _lines_without_rules(words: Sequence[Word]) -> Lines:
    rows = rows_of(words)
    out = Lines()
    if not rows:
        return out
    height = median(word.height for word in words) or 1.0
    at = 0
    while at < len(rows):
        end, channels = _columns_from(rows, at, height)
        if end > at:
            out.extend(_set_columns(rows[at:end], channels))
            at = end
        else:
            out.add(" ".join(segment.text for segment in rows[at]))
            at += 1
    return out.without_blank()


def _as_wide(gaps: Iterable[tuple[float, float]], width: float) -> list[tuple[float, float]]:
    """The gaps of this width at least."""
    return [(begin, end) for begin, end in gaps if end - begin >= width]


def _columns_from(rows: list[_Row], start: int, height: float) -> tuple[int, list[float]]:
    """Where a block of side-by-side columns that begins at ``start`` ends, and the middles of its channels.

    ``(start, [])`` where none begins there. A block ends with its last row that stands in two columns.
    """
    if len(rows[start]) < 2:
        return start, []
    channels = _gaps(rows[start])
    end, found = start, channels[:0]
    for at in range(start, len(rows)):
        if at > start and _top(rows[at]) - _bottom(rows[at - 1]) > 4 * height:
            break
        free = (gap for channel in channels for gap in _free(channel, rows[at]))
        channels = _as_wide(free, _CHANNEL * height)
        if not channels:
            break
        if len(rows[at]) > 1 and any(_parts(rows[at], channel) for channel in channels):
            end, found = at + 1, channels
    if end == start + 1 and not _as_wide(found, _LONE_GAP * height):
        return start, []
    return end, sorted((a + b) / 2 for a, b in found)


def _gaps(row: _Row) -> list[tuple[float, float]]:
    return [(left.x1, right.x0) for left, right in pairwise(row)]


def _free(channel: tuple[float, float], row: _Row) -> list[tuple[float, float]]:
    """What ``row`` leaves of a channel."""
    free = [channel]
    for segment in row:
        free = [
            part for a, b in free for part in ((a, min(b, segment.x0)), (max(a, segment.x1), b)) if part[1] > part[0]
        ]
    return free


def _parts(row: _Row, channel: tuple[float, float]) -> bool:
    """Whether ``row`` has words on both sides of a channel."""
    return row[0].x1 <= channel[0] + 1e-6 and row[-1].x0 >= channel[1] - 1e-6


def _top(row: _Row) -> float:
    return min(word.y0 for segment in row for word in segment.words)


def _bottom(row: _Row) -> float:
    return max(word.y1 for segment in row for word in segment.words)


def _set_columns(rows: list[_Row], channels: list[float]) -> Lines:
    """Two columns are set one after the other; more are the columns of a table, set row by row."""
    if len(channels) > 1:
        return table_of([Cell(Lines(cell)) for cell in _cells(row, channels)] for row in rows)
    columns: list[list[str]] = [[], []]
    for row in rows:
        for column, cell in zip(columns, _cells(row, channels), strict=True):
            column.extend(cell)
    return Lines(row_lines(columns))


def _cells(row: _Row, channels: list[float]) -> list[list[str]]:
    cells: list[list[str]] = [[] for _ in range(len(channels) + 1)]
    for segment in row:
        column = sum(segment.x0 >= channel for channel in channels)
        cells[column].append(segment.text)
    return [[" ".join(cell)] if cell else [] for cell in cells]


@dataclass(frozen=True, slots=True)
class _Table:
    """A ruled table: the places of its horizontal and vertical lines."""

    ys: tuple[float, ...]
    xs: tuple[float, ...]

    @property
    def top(self) -> float:
        return self.ys[0]

    def holds(self, word: Word) -> bool:
        x, y = word.centre
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def lines(self, words: Sequence[Word]) -> Lines:
        cells: dict[tuple[int, int], list[Word]] = {}
        for word in words:
            x, y = word.centre
            place = (sum(y >= line for line in self.ys[1:-1]), sum(x >= line for line in self.xs[1:-1]))
            cells.setdefault(place, []).append(word)
        return table_of(
            [Cell(_lines_without_rules(cells.get((band, column), []))) for column in range(len(self.xs) - 1)]
            for band in range(len(self.ys) - 1)
        )


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Drawn lines in groups: those that touch, at once or through others."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: (rule.y0, rule.x0)):
        touching = [group for group in groups if any(_touch(rule, other) for other in group)]
        groups = [group for group in groups if group not in touching]
        groups.append([rule, *chain.from_iterable(touching)])
    return groups


def _tables(rules: Sequence[Rule]) -> list[_Table]:
    """Tables among drawn lines, from top to bottom: groups of touching lines with two columns or more."""
    tables = []
    for group in _touching(rules):
        ys = _places([(rule.y0 + rule.y1) / 2 for rule in group if rule.is_horizontal])
        xs = _places([(rule.x0 + rule.x1) / 2 for rule in group if not rule.is_horizontal])
        if len(ys) >= 2 and len(xs) >= 3:
            tables.append(_Table(ys, xs))
    return sorted(tables, key=lambda table: table.top)


def _touch(one: Rule, other: Rule, slack: float = 2.0) -> bool:
    return (
        one.x0 - slack <= other.x1
        and other.x0 - slack <= one.x1
        and one.y0 - slack <= other.y1
        and other.y0 - slack <= one.y1
    )


def _places(values: list[float], slack: float = 3.0) -> tuple[float, ...]:
    """Distinct places: those nearer than ``slack`` are one."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > slack:
            out.append(value)
    return tuple(out)
