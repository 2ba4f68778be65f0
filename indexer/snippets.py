"""Quotations from a text found: the stretch that shows best why it was found, with the words found marked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.analysis import exact_form
from kb.reading.view import fold

WIDTH = 240
"""Characters quoted, about."""

_BLOCK = 100_000  # characters looked through at a time
_BLOCKS = 20  # and at most so many
_MATCHES = 2_000  # of one block, at most

Spoken = tuple[tuple[str, str], ...]
"""Syllables of a query, each ``(folded, exact)``."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Words of a query to mark in a text; ``whole``: only where they stand together, as in a phrase."""

    spoken: Spoken
    whole: bool = False


Piece = tuple[str, bool]
"""Some words of a quotation, and whether they are what was searched for."""


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    key: str
    worth: float


class Quoter:
    """Finds the words of one query in many texts."""

    def __init__(self, marked: Iterable[Marked]) -> None:
        runs = [run for run in marked if run.spoken]
        self._exact = {folded: exact for run in runs for folded, exact in run.spoken if exact != folded}
        parts = {tuple(folded for folded, _ in run.spoken) for run in runs}
        parts |= {(folded,) for run in runs if not run.whole for folded, _ in run.spoken}
        # Longest first: the words side by side are marked as one.
        ordered = sorted(parts, key=lambda part: (-len(part), part))
        words = ["[^a-z0-9]{1,8}".join(map(re.escape, part)) for part in ordered]
        self._pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(words)})(?![^\W_])") if words else None

    def quote(self, text: str, width: int = WIDTH) -> tuple[Piece, ...]:
        """The best stretch of ``text``, line breaks as blanks; empty where none of the words stands in it."""
        if self._pattern is None:
            return ()
        plain = unicodedata.normalize("NFC", text)
        for at in range(0, min(len(plain), _BLOCK * _BLOCKS), _BLOCK):
            block = plain[at : at + _BLOCK + width]  # a phrase on the seam is in this block
            matches = self._matches(block)
            if matches:
                return _pieces(block, matches, width)
        return ()

    def _matches(self, block: str) -> list[_Match]:
        found: list[_Match] = []
        assert self._pattern is not None
        for match in self._pattern.finditer(fold(block)):
            syllables = match.group().split()
            worth = float(len(syllables) ** 2)
            if all(self._is_exact(part) for part in block[match.start() : match.end()].split()):
                worth *= 1.5
            found.append(_Match(match.start(), match.end(), match.group(), worth))
            if len(found) >= _MATCHES:
                break
        return found

    def _is_exact(self, word: str) -> bool:
        form = exact_form(word)
        wanted = self._exact.get(fold(word))
        return wanted is None or wanted == form


def _pieces(block: str, matches: list[_Match], width: int) -> tuple[Piece, ...]:
    best, best_worth = 0, -1.0
    for first, match in enumerate(matches):
        seen: dict[str, float] = {}
        for other in matches[first : first + 50]:
            if other.end > match.start + width * 3 // 4:
                break
            seen[other.key] = max(seen.get(other.key, 0.0), other.worth)
        worth = sum(seen.values())
        if worth > best_worth:
            best, best_worth = first, worth
    start = _word_start(block, max(0, matches[best].start - width // 4))
    end = _word_end(block, max(start + width, matches[best].end))
    shown = [match for match in matches if match.start >= start and match.end <= end]
    pieces: list[Piece] = [("… ", False)] if start else []
    at = start
    for match in shown:
        if match.start > at:
            pieces.append((_one_line(block[at : match.start]), False))
        pieces.append((_one_line(block[match.start : match.end]), True))
        at = match.end
    if at < end:
        pieces.append((_one_line(block[at:end]), False))
    if end < len(block):
        pieces.append((" …", False))
    return tuple(pieces)


def _word_start(block: str, at: int) -> int:
    """The beginning of the word after ``at``, unless that is far away."""
    if at == 0:
        return 0
    found = re.compile(r"\s\S").search(block, max(0, at - 1), at + 20)
    return found.start() + 1 if found else at


def _word_end(block: str, at: int) -> int:
    if at >= len(block):
        return len(block)
    found = max(block.rfind(" ", at - 20, at + 1), block.rfind("\n", at - 20, at + 1))
    return found if found > 0 else at


def _one_line(text: str) -> str:
    return "".join(" " if char.isspace() else char for char in text)
