"""The places of words cut out of a page's picture, for whoever looks at them once more."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np
from PIL import Image

from corpus.layout.words_to_lines import Word

_TALL = 1.6  # times the usual height of a line's words; a higher box is wrong
_DARK = 128
_OF_MOST = 0.15  # of the darkest row of a cut: what has less ink is no part of its line
_AROUND_LINE = 0.35  # of a line's height, left above it and below
_MUCH = 0.8  # of a cut; a line that is higher is the whole of it


def cut_of(page: Image.Image, words: Sequence[Word]) -> Image.Image:
    """The place of some words of a line; boxes that reach into other lines do not make it higher."""
    usual = _TALL * median(word.height for word in words)
    flat = [word for word in words if word.height <= usual]
    margin = max(4, round(0.2 * max(word.height for word in flat)))
    box = (
        max(0, round(min(word.x0 for word in words)) - margin),
        max(0, round(min(word.y0 for word in flat)) - margin),
        min(page.width, round(max(word.x1 for word in words)) + margin),
        min(page.height, round(max(word.y1 for word in flat)) + margin),
    )
    return page.crop((box[0], box[1], max(box[2], box[0] + 8), max(box[3], box[1] + 8)))


def line_in(cut: Image.Image) -> Image.Image | None:
    """Of a cut that is too high (its boxes took in specks or a neighbour) the line with the most ink; None where the
    line is all of it."""
    ink = (np.asarray(cut.convert("L")) < _DARK).sum(axis=1)
    most = int(ink.argmax())
    if not ink[most]:
        return None
    none = np.flatnonzero(ink < _OF_MOST * ink[most])
    above, below = none[none < most], none[none > most]
    begin, end = (int(above[-1]) if above.size else 0), (int(below[0]) if below.size else cut.height)
    margin = round(_AROUND_LINE * (end - begin))
    begin, end = max(0, begin - margin), min(cut.height, end + margin)
    return None if end - begin > _MUCH * cut.height else cut.crop((0, begin, cut.width, end))
