"""Tidying a text before it is read, with a map between its offsets and those of the text as given.

Two things are undone: decomposed letters (the text is composed to NFC) and Markdown emphasis inside a word or number
("n**ă**m 202**5**", as converters of Word files leave it).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

# The mark itself comes first, so that the scan skips from one to the next.
# A decomposed letter counts as the one it composes to ("QĐ-UBND**CỘNG HÒA" holds two words in either form).
_EMPHASIS = (
    r"\*(?:(?<=\w\*)\*{0,3}(?=[0-9a-zà-ỹđ])"
    r"|(?<=[A-ZĐ]\*)\*{0,3}(?=[A-ZĐÀ-Ỹ](?:[A-ZĐ*](?![\u0300-\u036f])|\b)))"
)
_CLUSTER = r"[^\u0300-\u036f][\u0300-\u036f]+|[\u0300-\u036f]+"
_UNTIDY = re.compile(rf"{_EMPHASIS}|{_CLUSTER}")
_EMPHASIS_ONLY = re.compile(_EMPHASIS)


class OffsetMap:
    """Piecewise map: ``forward`` from the given text to the tidy one, ``back`` the other way."""

    def __init__(self, given: list[int], tidy: list[int]) -> None:
        self._given, self._tidy = given, tidy

    def forward(self, offset: int) -> int:
        return self._map(offset, self._given, self._tidy, bisect_right(self._given, offset) - 1)

    def back(self, offset: int) -> int:
        """The given offset of the first character at or behind a tidy offset."""
        return self._map(offset, self._tidy, self._given, bisect_right(self._tidy, offset) - 1)

    def span_back(self, start: int, end: int) -> tuple[int, int]:
        """The given span of the characters ``start:end`` of the tidy text, without marks around them."""
        return self.back(start), self.back(end - 1) + self._width(end - 1) if end > start else self.back(start)

    def _width(self, offset: int) -> int:
        at = bisect_right(self._tidy, offset) - 1
        if at + 1 < len(self._tidy) and self._tidy[at + 1] - self._tidy[at] != self._given[at + 1] - self._given[at]:
            return self._given[at + 1] - self.back(offset) if offset + 1 == self._tidy[at + 1] else 1
        return 1

    @staticmethod
    def _map(offset: int, from_: list[int], to: list[int], at: int) -> int:
        shifted = to[at] + offset - from_[at]
        return min(shifted, to[at + 1]) if at + 1 < len(to) else shifted


def is_tidy(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text) and ("*" not in text or _EMPHASIS_ONLY.search(text) is None)


def tidy(text: str) -> tuple[str, OffsetMap]:
    """The tidy text and the map between both; letters that compose to another length are kept whole.

    Pieces are composed one by one, so a text is only partly NFC where composition crosses them; that changes how a
    few exotic letters look, never an offset.
    """
    given, composed, pieces = [0], [0], []
    at = size = 0

    def keep(piece: str, until: int) -> None:
        nonlocal at, size
        if not piece and until == at:
            return
        pieces.append(piece)
        at, size = until, size + len(piece)
        given.append(at)
        composed.append(size)

    for match in _UNTIDY.finditer(text):
        if match.start() > at:
            keep(text[at : match.start()], match.start())
        keep("" if match[0][0] == "*" else unicodedata.normalize("NFC", match[0]), match.end())
    if at < len(text):
        keep(text[at:], len(text))
    return "".join(pieces), OffsetMap(given, composed)
