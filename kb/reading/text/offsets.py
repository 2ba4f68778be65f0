"""Tidying a text before it is read, with a map between its offsets and those of the text as given.

Four things are undone: decomposed letters (the text is composed to NFC), Markdown emphasis inside a word or number
("n**ă**m 202**5**", as converters of Word files leave it), marks without any width and what else nobody sees in a
number (``unseen``), and running heads in the middle of the text (``kb.reading.text.running_heads``).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence

from kb.reading.text import running_heads

# The mark itself comes first, so that the scan skips from one to the next.
# A decomposed letter counts as the one it composes to ("QĐ-UBND**CỘNG HÒA" holds two words in either form).
_EMPHASIS = (
    r"\*(?:(?<=\w\*)\*{0,3}(?=[0-9a-zà-ỹđ])"
    r"|(?<=[A-ZĐ]\*)\*{0,3}(?=[A-ZĐÀ-Ỹ](?:[A-ZĐ*](?![\u0300-\u036f])|\b)))"
)
_CLUSTER = r"[^\u0300-\u036f][\u0300-\u036f]+|[\u0300-\u036f]+"
_UNTIDY = re.compile(rf"{_EMPHASIS}|{_CLUSTER}")
_EMPHASIS_ONLY = re.compile(_EMPHASIS)

# Joiners and marks of direction have no width and divide no words. A blank without width may divide two words, so it
# goes only beside a separator of a number or between the capitals of a code; of "&amp;" the ampersand stays; and a
# page's number alone on its line goes from the middle of a code ("2395/QĐ-", "12", "UBND").
_MARKS = "\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
_UNSEEN = re.compile(
    rf"[{_MARKS}]+"
    r"|[\u200b\ufeff](?:(?<=[0-9A-ZĐđ&].)(?=[/&-][0-9A-ZĐđ])|(?<=[0-9A-ZĐđ][/&-].)(?=[0-9A-ZĐ])"
    r"|(?<=[/-][A-ZĐ].)(?=[A-ZĐ])|(?<=[/-][A-ZĐ]{2}.)(?=[A-ZĐ]))"
    r"|\xad(?<=[/-].)(?=\s?\n)"
    r"|(?<=[A-Za-zĐđ]&)amp;(?=\s?[A-ZĐ])"
)
_PAGE_NUMBER = re.compile(r"\n(?<=[A-ZĐ][/-]\n)\s{0,3}\d{1,3}[ \t]{0,3}\n(?=\s{0,3}[A-ZĐ]{2})")
_MAY_BE_UNSEEN = (*_MARKS, "\u200b", "\ufeff", "\xad", "&amp;")


class OffsetMap:
    """Piecewise map: ``forward`` from the given text to the tidy one, ``back`` the other way.

    ``first``: the map of what was done before, whose tidy text is the one given here.
    """

    def __init__(self, given: list[int], tidy: list[int], first: OffsetMap | None = None) -> None:
        self._given, self._tidy, self._first = given, tidy, first

    def forward(self, offset: int) -> int:
        if self._first is not None:
            offset = self._first.forward(offset)
        return self._map(offset, self._given, self._tidy, bisect_right(self._given, offset) - 1)

    def back(self, offset: int) -> int:
        """The given offset of the first character at or behind a tidy offset."""
        at = self._back(offset)
        return at if self._first is None else self._first.back(at)

    def _back(self, offset: int) -> int:
        return self._map(offset, self._tidy, self._given, bisect_right(self._tidy, offset) - 1)

    def shift_back(self, start: int, end: int) -> int | None:
        """What leads from ``start:end`` of the tidy text, and all within, to the given one; None where something was
        undone in that stretch."""
        if self._first is not None:
            return None
        at = bisect_right(self._tidy, start) - 1
        if at + 1 < len(self._tidy) and end >= self._tidy[at + 1]:
            return None
        return self._given[at] - self._tidy[at]

    def span_back(self, start: int, end: int) -> tuple[int, int]:
        """The given span of the characters ``start:end`` of the tidy text, without marks around them."""
        given, tidy = self._given, self._tidy
        pieces = len(tidy) - 1
        at = bisect_right(tidy, start) - 1
        first = last = given[at] + start - tidy[at]
        if at < pieces and first > given[at + 1]:  # a piece that became longer
            first = last = given[at + 1]
        if end > start:
            at = bisect_right(tidy, end - 1, at) - 1
            last = given[at] + end - tidy[at]
            if at < pieces and (end == tidy[at + 1] or last > given[at + 1]):
                last = given[at + 1]
        return (first, last) if self._first is None else self._first.span_back(first, last)

    @staticmethod
    def _map(offset: int, from_: list[int], to: list[int], at: int) -> int:
        shifted = to[at] + offset - from_[at]
        return min(shifted, to[at + 1]) if at + 1 < len(to) else shifted


def tidy(text: str) -> tuple[str, OffsetMap | None]:
    """The tidy text and the map between both; None where the text is tidy as it is."""
    offsets = None
    if not unicodedata.is_normalized("NFC", text) or ("*" in text and _EMPHASIS_ONLY.search(text)):
        text, offsets = _composed(text)
    if unseen := unseen_marks(text):
        text, offsets = _without(text, unseen, offsets)
    heads = running_heads.find(text)
    return _without(text, heads, offsets) if heads else (text, offsets)


def unseen_marks(text: str) -> list[tuple[int, int]]:
    """The spans of what nobody sees in a number and what is therefore no part of it."""
    spans = [match.span() for match in _PAGE_NUMBER.finditer(text)] if "-\n" in text or "/\n" in text else []
    if any(mark in text for mark in _MAY_BE_UNSEEN):
        spans = sorted(spans + [match.span() for match in _UNSEEN.finditer(text)])
    return spans


def _without(text: str, spans: Sequence[tuple[int, int]], first: OffsetMap | None) -> tuple[str, OffsetMap]:
    """The text without these spans, which are in order and apart."""
    given, left, pieces = [0], [0], []
    at = size = 0
    for start, end in spans:
        pieces.append(text[at:start])
        size += start - at
        given += (start, end)
        left += (size, size)
        at = end
    pieces.append(text[at:])
    return "".join(pieces), OffsetMap(given, left, first)


def _composed(text: str) -> tuple[str, OffsetMap]:
    """The text with its letters composed and its words without emphasis, and the map.

    Letters that compose to another length are kept whole. Pieces are composed one by one, so a text is only partly NFC
    where composition crosses them; that changes how a few exotic letters look, never an offset.
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
