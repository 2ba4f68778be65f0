"""How a page of a PDF lies, and places on it as a reader sees them: upright, from the top left corner.

A page may be turned by its /Rotate entry, by the way its letters are drawn, or by both: a table printed across the
sheet, a scanner that fed the paper sideways. The letters decide where most of them lie one way; a page with too few
letters to tell lies as its /Rotate entry says.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]
_SAMPLED = 400  # letters looked at: enough to outweigh a watermark or a running head set along the edge
_FEWEST = 20  # letters below which the page's own entry is trusted
_MOST = 0.6  # share of the letters that must lie one way


@dataclass(frozen=True, slots=True)
class Turn:
    """A page's visible box in its own space (points, y upwards) and by how much it must be turned clockwise to be
    upright: 0, 90, 180 or 270 degrees."""

    box: Box
    degrees: int

    @classmethod
    def of(cls, page: pypdfium2.PdfPage) -> Turn:
        """How ``page`` lies."""
        by_letters = _by_letters(page)
        return cls(tuple(page.get_cropbox()), page.get_rotation() if by_letters is None else by_letters)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the upright page."""
        left, bottom, right, top = self.box
        return (top - bottom, right - left) if self.degrees % 180 else (right - left, top - bottom)

    def upright(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the page's own space as ``(x0, y0, x1, y1)`` on the upright page, y growing downwards."""
        x0, y0, x1, y1 = self.box
        if self.degrees == 90:
            return bottom - y0, left - x0, top - y0, right - x0
        if self.degrees == 180:
            return x1 - right, bottom - y0, x1 - left, top - y0
        if self.degrees == 270:
            return y1 - top, x1 - right, y1 - bottom, x1 - left
        return left - x0, y1 - top, right - x0, y1 - bottom


def _by_letters(page: pypdfium2.PdfPage) -> int | None:
    """The turn that makes most letters of the text layer upright; None where they do not tell."""
    text = page.get_textpage()
    try:
        count = text.count_chars()
        ways: Counter[int] = Counter()
        for index in range(0, count, max(1, count // _SAMPLED)):
            if chr(pdfium.FPDFText_GetUnicode(text, index) & 0xFFFF).isalnum():
                # pdfium measures how far a letter is turned clockwise: the rest of the circle sets it upright
                ways[-round(math.degrees(pdfium.FPDFText_GetCharAngle(text, index)) / 90) * 90 % 360] += 1
    finally:
        text.close()
    seen = sum(ways.values())
    if seen < _FEWEST:
        return None
    way, often = ways.most_common(1)[0]
    return way if often > _MOST * seen else None
