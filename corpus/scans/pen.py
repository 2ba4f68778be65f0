"""What a pen may have entered into a header: a suggestion for whoever compares, never a fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from PIL import Image

from corpus.layout.words_to_lines import Word
from corpus.scans import recogniser

_LEGIBLE = 0.6
_MARGIN = 0.5  # of a line's height: pens write larger than print
_ENTRY = {
    "number": re.compile(r"(?:^|[:.\s])\D{0,2}(\d{1,5})\s*[/_-]\s*[A-ZĐD]"),
    "date": re.compile(r"n?g[aàá]?y\s*(\d{1,2})\s*th", re.IGNORECASE),
}


def suggested(lines: Mapping[str, Sequence[Word]], page: Image.Image) -> tuple[tuple[str, str], ...]:
    """For each place left blank (``number``, ``date``, with the words of its line) the digits that the second
    recogniser makes of it; none where it sees none, or is not installed."""
    if not lines or not recogniser.available():
        return ()
    found = []
    for name, text in zip(lines, _seen(lines.values(), page), strict=True):
        entry = _ENTRY[name].search(text)
        if entry is not None:
            found.append((name, entry[1]))
    return tuple(found)


def first_number(words: Sequence[Word], page: Image.Image) -> str | None:
    """The first number that the second recogniser sees in a line of these words; None where it sees none."""
    (text,) = _seen([words], page)
    number = re.search(r"\d+", text)
    return number[0] if number else None


def _seen(lines: Iterable[Sequence[Word]], page: Image.Image) -> list[str]:
    """What the second recogniser sees in each line; nothing where it is unsure of it."""
    cuts = []
    for words in lines:
        high = _MARGIN * max(word.height for word in words)
        left, top = min(word.x0 for word in words) - 4, min(word.y0 for word in words) - high
        right, bottom = max(word.x1 for word in words) + 4, max(word.y1 for word in words) + high
        cuts.append(page.crop((max(0, round(left)), max(0, round(top)), round(right), round(bottom))))
    return [text if sure >= _LEGIBLE else "" for text, sure in recogniser.texts(cuts)]
