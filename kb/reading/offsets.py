"""Composing a text (NFC) with a map between its offsets and those of the text as given."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

_CLUSTER = re.compile(
    r"[^\u0300-\u036f][\u0300-\u036f]+|[\u0300-\u036f]+|[^\u0300-\u036f]+(?![\u0300-\u036f])|[^\u0300-\u036f]"
)


class OffsetMap:
    """Piecewise map: ``forward`` from the given text to the composed one, ``back`` the other way."""

    def __init__(self, given: list[int], composed: list[int]) -> None:
        self._given, self._composed = given, composed

    def forward(self, offset: int) -> int:
        return self._map(offset, self._given, self._composed)

    def back(self, offset: int) -> int:
        return self._map(offset, self._composed, self._given)

    @staticmethod
    def _map(offset: int, from_: list[int], to: list[int]) -> int:
        at = bisect_right(from_, offset) - 1
        shifted = to[at] + offset - from_[at]
        return min(shifted, to[at + 1]) if at + 1 < len(to) else shifted


def compose(text: str) -> tuple[str, OffsetMap]:
    """``text`` in NFC and the map between both; clusters that compose to another length are kept whole."""
    given, composed, pieces = [0], [0], []
    at_given = at_composed = 0
    for match in _CLUSTER.finditer(text):
        piece = unicodedata.normalize("NFC", match[0])
        pieces.append(piece)
        at_given, at_composed = match.end(), at_composed + len(piece)
        given.append(at_given)
        composed.append(at_composed)
    result = "".join(pieces)
    return result, OffsetMap(given, composed)
