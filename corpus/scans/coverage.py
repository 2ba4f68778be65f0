"""What ink of a page nothing accounts for: no word that was read, no stamp, no drawn line, no picture, no speck.

However sure recognition is of the words it gives, it says nothing of those it did not see: a paragraph in pale ink, the
half of a page in shadow. So the ink itself is measured. Only what is shaped like letters in rows counts: signatures and
drawings are no words. Sizes are in dots of a picture at 300 dots an inch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from corpus.layout.words_to_lines import Word
from corpus.scans.areas import Mask, connected, of_these
from corpus.scans.inks import Box

_SMALL = 3  # times the picture is made smaller
_INK = 208  # of 255; what is darker is ink on paper made white
_LEAST, _MOST = 4, 28  # height of letters, in dots of the small picture: 1 to 7 mm
_WIDEST = 90
_REACH = 1.6  # heights to the next letter of a row
_FEWEST = 5  # letters that make a row
_TRACE = 0.012  # of the ink of a page that is letters: less is no loss worth a notice
_LEAST_ROW = 60  # dots of ink of a row in the small picture
_EDGE = 0.012  # of the page: where scanners leave rims
_UNSURE = 0.3  # a word below this confidence accounts for nothing


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Ink like letters that nothing accounts for: which share of the page's ink (0-1), and where, as shares of the
    page from its top left corner."""

    share: float
    box: tuple[float, float, float, float]

    @property
    def place(self) -> str:
        """Where on the page: ``top``, ``middle``, ``bottom`` with ``left``, ``centre``, ``right``, or ``all``."""
        x0, y0, x1, y1 = self.box
        if y1 - y0 > 0.6:
            return "all"
        row = ("top", "middle", "bottom")[min(2, int((y0 + y1) / 2 * 3))]
        if x1 - x0 > 0.5:
            return row
        return f"{row}_{('left', 'centre', 'right')[min(2, int((x0 + x1) / 2 * 3))]}"


def uncovered(page: Image.Image, words: Sequence[Word], known: Sequence[Box] = ()) -> Uncovered | None:
    """The ink like letters on ``page`` (all of it, in greys, on white paper) that no word accounts for; None where
    there is no more than a trace. ``known``: boxes of stamps and pictures."""
    size = (max(1, page.width // _SMALL), max(1, page.height // _SMALL))
    ink = np.asarray(page.resize(size, Image.Resampling.BOX)) < _INK
    ink = _without_rim(ink)
    letters = _like_letters(ink)
    total = int(letters.sum())
    if not total:
        return None
    for word in words:
        if word.confidence >= _UNSURE:
            margin = 0.25 * word.height
            _blank(letters, (word.x0 - margin, word.y0 - margin, word.x1 + margin, word.y1 + margin))
    for box in known:
        _blank(letters, box)
    rows = _rows(letters)
    lost = sum(row.ink for row in rows)
    if lost < max(_TRACE * total, _LEAST_ROW):
        return None
    place = (
        min(row.x0 for row in rows) / size[0],
        min(row.y0 for row in rows) / size[1],
        max(row.x1 for row in rows) / size[0],
        max(row.y1 for row in rows) / size[1],
    )
    return Uncovered(lost / total, place)


def _without_rim(ink: Mask) -> Mask:
    out = ink.copy()
    rows, columns = max(1, int(_EDGE * ink.shape[0])), max(1, int(_EDGE * ink.shape[1]))
    out[:rows] = out[-rows:] = False
    out[:, :columns] = out[:, -columns:] = False
    return out


def _blank(mask: Mask, box: tuple[float, float, float, float]) -> None:
    x0, y0, x1, y1 = (round(value / _SMALL) for value in box)
    mask[max(0, y0) : max(0, y1 + 1), max(0, x0) : max(0, x1 + 1)] = False


def _like_letters(ink: Mask) -> Mask:
    """Of the ink the pieces of a letter's size: no lines, no drawings, no specks."""
    labels, areas = connected(ink)
    chosen = []
    for number, ys, xs in areas:
        height, width = ys.stop - ys.start, xs.stop - xs.start
        if _LEAST <= height <= _MOST and 2 <= width <= _WIDEST:
            chosen.append(number)
    return of_these(labels, chosen)


@dataclass(frozen=True, slots=True)
class _Row:
    x0: int
    y0: int
    x1: int
    y1: int
    ink: int


def _rows(letters: Mask) -> list[_Row]:
    """Rows of letters in what is left: pieces beside one another of nearly one height."""
    labels, areas = connected(letters)
    if len(areas) < _FEWEST:
        return []
    sizes = np.bincount(labels.ravel())
    pieces = []
    for number, ys, xs in areas:
        if ys.stop - ys.start >= _LEAST:
            pieces.append((xs.start, ys.start, xs.stop, ys.stop, int(sizes[number])))
    pieces.sort()
    rows: list[list[tuple[int, int, int, int, int]]] = []
    for piece in pieces:
        for row in rows:
            last = row[-1]
            height = max(last[3] - last[1], piece[3] - piece[1])
            overlap = min(last[3], piece[3]) - max(last[1], piece[1])
            if overlap > 0.4 * min(last[3] - last[1], piece[3] - piece[1]) and piece[0] - last[2] < _REACH * height:
                row.append(piece)
                break
        else:
            rows.append([piece])
    return [_row(row) for row in rows if len(row) >= _FEWEST and sum(one[4] for one in row) >= _LEAST_ROW]


def _row(pieces: Sequence[tuple[int, int, int, int, int]]) -> _Row:
    x0, y0 = min(one[0] for one in pieces), min(one[1] for one in pieces)
    x1, y1 = max(one[2] for one in pieces), max(one[3] for one in pieces)
    return _Row(x0, y0, x1, y1, sum(one[4] for one in pieces))
