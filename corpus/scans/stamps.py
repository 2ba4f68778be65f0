"""Words of stamps apart from the words of the page: a registry's "received" stamp is no title and its day no date."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image

from corpus.layout.words_to_lines import Word
from corpus.scans.areas import connected, thickened
from corpus.scans.inks import Box, holds

_SMALL = 3
_HEAD = 0.45  # of the page: where registries stamp
_WIDE, _HIGH = (300, 1100), (110, 720)  # of a stamp's frame: 25 to 93 mm by 9 to 60 mm
_HOLLOW = 0.3  # of a frame's box that is ink, at most
_SIDE = 0.6  # of a frame's side that is drawn


def frames(page: Image.Image) -> list[Box]:
    """Boxes of the frames that stamps leave in the upper part of a page, in its dots."""
    size = (max(1, page.width // _SMALL), max(1, int(page.height * _HEAD) // _SMALL))
    small = page.crop((0, 0, page.width, size[1] * _SMALL)).resize(size, Image.Resampling.BOX)
    labels, areas = connected(thickened(np.asarray(small) < 190))
    found: list[Box] = []
    for number, ys, xs in areas:
        width, height = (xs.stop - xs.start) * _SMALL, (ys.stop - ys.start) * _SMALL
        if not (_WIDE[0] <= width <= _WIDE[1] and _HIGH[0] <= height <= _HIGH[1]):
            continue
        piece = labels[ys, xs] == number
        if piece.mean() <= _HOLLOW and _is_framed(piece):
            found.append((xs.start * _SMALL, ys.start * _SMALL, xs.stop * _SMALL, ys.stop * _SMALL))
    return found


def _is_framed(piece: np.ndarray) -> bool:
    """Whether lines run along all four sides of the piece; a frame may be stamped a little askew."""
    rows, columns = max(2, piece.shape[0] // 5), max(2, piece.shape[1] // 12)
    sides = (
        piece[:rows].any(axis=0).mean(),
        piece[-rows:].any(axis=0).mean(),
        piece[:, :columns].any(axis=1).mean(),
        piece[:, -columns:].any(axis=1).mean(),
    )
    return bool(min(sides) >= _SIDE)


def parted(words: Sequence[Word], stamps: Sequence[Box]) -> tuple[list[Word], list[str]]:
    """The words outside of the stamps, and those of each stamp in a line."""
    left = list(words)
    said: list[str] = []
    for stamp in stamps:
        inside = [word for word in left if holds(stamp, _box(word), slack=0)]
        left = [word for word in left if not holds(stamp, _box(word), slack=0)]
        if inside:
            said.append(" ".join(word.text for word in inside))
    return left, said


def _box(word: Word) -> Box:
    return round(word.x0), round(word.y0), round(word.x1), round(word.y1)
