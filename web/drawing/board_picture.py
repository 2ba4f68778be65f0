"""The board of a document as a picture: one band for each rung, the highest on top, the document in its place, beside
it the documents of each relation; what changed it in a band of its own below.

Everything has room of its own, so that no line crosses another, however many documents there are: of a group the first
are drawn and all are counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.answers.board_shapes import Board, BoardEntry, BoardGroup
from kb.answers.labels import rung_name
from kb.answers.shapes import DocumentBrief
from messages import say

WIDTH, LABEL, MARGIN = 1000, 180, 12
BOX_WIDTH, BOX_HEIGHT, GAP = 262, 46, 8
ACROSS = 3
"""Documents side by side, and drawn of a group."""
_HEAD, _MISSING, _PAD = 22, 30, 10
_LABEL_LINE, _LABEL_CHARACTERS = 17, 18


@dataclass(frozen=True, slots=True)
class Box:
    """A document in the picture; ``x``/``y``: its upper left corner in user units; ``anchor``: where its sentence
    stands in the list, empty for the document itself."""

    document: DocumentBrief
    x: int
    y: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the boxes of a group: its relation, how many documents there are, and how many are not
    drawn."""

    group: BoardGroup
    x: int
    y: int
    hidden: int


@dataclass(frozen=True, slots=True)
class Band:
    """One rung: ``lines`` are the words of its label."""

    lines: tuple[str, ...]
    y: int
    height: int
    own: bool
    missing: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole picture, ``height`` user units high."""

    bands: tuple[Band, ...]
    heads: tuple[Head, ...]
    boxes: tuple[Box, ...]
    height: int


def entry_anchor(row: int, group: int, entry: int) -> str:
    """Where the sentence of an entry stands in the list: row of the board, group of the row, entry of the group."""
    return f"e{row}-{group}-{entry}"


class _Layout:
    """Sets bands from the top to the bottom."""

    def __init__(self) -> None:
        self.bands: list[Band] = []
        self.heads: list[Head] = []
        self.boxes: list[Box] = []
        self.y = MARGIN

    def band(
        self,
        label: str,
        groups: Sequence[BoardGroup],
        *,
        own: DocumentBrief | None = None,
        own_at: int = 0,
        missing: bool = False,
    ) -> None:
        """One band; the document itself stands behind its first ``own_at`` groups."""
        lines, top = _lines(label), self.y
        row = len(self.bands)
        self.y += _PAD
        for number, group in enumerate(groups):
            if own is not None and number == own_at:
                self._own(own)
            self._group(row, number, group)
        if own is not None and own_at >= len(groups):
            self._own(own)
        more = (len(lines) - 1) * _LABEL_LINE
        least = _MISSING + more if missing else _PAD * 2 + _LABEL_LINE + more
        height = max(self.y - top + (0 if missing else _PAD - GAP), least)
        self.bands.append(Band(lines, top, height, own is not None, missing))
        self.y = top + height

    def _own(self, document: DocumentBrief) -> None:
        self.boxes.append(Box(document, LABEL, self.y, ""))
        self.y += BOX_HEIGHT + GAP

    def _group(self, row: int, number: int, group: BoardGroup) -> None:
        drawn: Sequence[BoardEntry] = group.entries[:ACROSS]
        self.heads.append(Head(group, LABEL, self.y + 15, group.total - len(drawn)))
        self.y += _HEAD
        for at, entry in enumerate(drawn):
            x = LABEL + at * (BOX_WIDTH + GAP)
            self.boxes.append(Box(entry.document, x, self.y, entry_anchor(row, number, at)))
        self.y += BOX_HEIGHT + GAP


def draw(board: Board, lang: str) -> Picture:
    """Lay out a board; its labels in ``lang``."""
    layout = _Layout()
    for rung in board.rungs:
        layout.band(
            rung_name(rung.rung, lang),
            (*rung.above, *rung.below),
            own=board.start if rung.own else None,
            own_at=len(rung.above),
            missing=rung.missing,
        )
    if board.acts:
        layout.band(say("web.board.acts", lang), board.acts)
    return Picture(tuple(layout.bands), tuple(layout.heads), tuple(layout.boxes), layout.y + MARGIN)


def _lines(label: str) -> tuple[str, ...]:
    """The words of a label in lines that fit beside the boxes."""
    lines: list[str] = []
    for word in label.split():
        if lines and len(lines[-1]) + 1 + len(word) <= _LABEL_CHARACTERS:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)
