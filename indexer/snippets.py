"""Quotations from a text found: the stretch that shows best why it was found, with the words found marked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from indexer.words.analysis import exact_form
from kb.reading.text.text_forms import fold

WIDTH = 240
"""Characters quoted, about."""

_BLOCK = 100_000  # characters looked through at a time
_BLOCKS = 20  # and at most so many
_MATCHES = 300  # of one block, at most
_GAP = 8  # characters between two words that stand side by side, at most

_WORD_START = re.compile(r"\s\S")
_WHITE_SPACE = re.compile(r"\s+")

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
        self._exact: dict[str, str] = {}
        self._singles: set[str] = set()
        self._pairs: set[tuple[str, str]] = set()
        phrases: set[tuple[str, ...]] = set()
        for run in marked:
            folded = tuple(form for form, _ in run.spoken)
            self._exact.update((form, exact) for form, exact in run.spoken if exact != form)
            if run.whole and folded:
                phrases.add(folded)
            elif not run.whole:
                self._singles.update(folded)
                self._pairs.update(pairwise(folded))
        self._phrases = sorted(phrases, key=len)
        self._all = sorted(self._singles.union(*self._phrases))

    def quote(self, text: str, width: int = WIDTH) -> tuple[Piece, ...]:
        """The best stretch of ``text``, white space as single blanks; empty where none of the words stands in it."""
        if not self._all:
            return ()
        plain = unicodedata.normalize("NFC", text)
        for at in range(0, min(len(plain), _BLOCK * _BLOCKS), _BLOCK):
            block = plain[at : at + _BLOCK + width]  # a phrase on the seam is in this block
            matches = self._matches(block)
            if matches:
                return _pieces(block, matches, width)
        return ()

    def _matches(self, block: str) -> list[_Match]:
        """The words found, those that stand side by side as one."""
        folded = fold(block)
        places = self._places(folded)
        found: list[_Match] = []
        index = 0
        while index < len(places) and len(found) < _MATCHES:
            count = self._phrase_at(folded, places, index) if self._phrases else 0
            count = count or self._run_at(folded, places, index)
            if count:
                start, end = places[index][0], places[index + count - 1][1]
                worth = float(count * count)
                if self._exact and all(self._is_exact(block[a:b], one) for a, b, one in places[index : index + count]):
                    worth *= 1.5
                found.append(_Match(start, end, folded[start:end], worth))
            index += count or 1
        return found

    def _places(self, folded: str) -> list[tuple[int, int, str]]:
        """Where the syllables of the query stand as words, in text order: start, end, syllable."""
        places: list[tuple[int, int, str]] = []
        size = len(folded)
        for syllable in self._all:
            length = len(syllable)
            at = folded.find(syllable)
            count = 0
            while at >= 0 and count < _MATCHES:
                end = at + length
                if not (at and folded[at - 1].isalnum()) and not (end < size and folded[end].isalnum()):
                    places.append((at, end, syllable))
                    count += 1
                at = folded.find(syllable, end)
        places.sort()
        return places

    def _phrase_at(self, folded: str, places: list[tuple[int, int, str]], index: int) -> int:
        """The length of the longest phrase that begins here, 0 for none."""
        for phrase in reversed(self._phrases):
            window = places[index : index + len(phrase)]
            if tuple(syllable for _, _, syllable in window) == phrase and all(
                _side_by_side(folded, a[1], b[0]) for a, b in pairwise(window)
            ):
                return len(phrase)
        return 0

    def _run_at(self, folded: str, places: list[tuple[int, int, str]], index: int) -> int:
        """How many words from here stand side by side as in the query."""
        if places[index][2] not in self._singles:
            return 0
        last = index
        while (
            last + 1 < len(places)
            and (places[last][2], places[last + 1][2]) in self._pairs
            and _side_by_side(folded, places[last][1], places[last + 1][0])
        ):
            last += 1
        return last - index + 1

    def _is_exact(self, word: str, folded: str) -> bool:
        wanted = self._exact.get(folded)
        return wanted is None or wanted == _exact_form(word)


_exact_form = lru_cache(maxsize=50_000)(exact_form)


def _side_by_side(folded: str, end: int, start: int) -> bool:
    between = start - end
    return between == 1 or (1 < between <= _GAP and not any(map(str.isalnum, folded[end:start])))


def _pieces(block: str, matches: list[_Match], width: int) -> tuple[Piece, ...]:
    best, best_worth = 0, -1.0
    for first, match in enumerate(matches):
        seen: dict[str, float] = {}
        limit = match.start + width * 3 // 4
        for other in matches[first : first + 20]:
            if other.end > limit:
                break
            if other.worth > seen.get(other.key, 0.0):
                seen[other.key] = other.worth
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
            pieces.append((block[at : match.start], False))
        pieces.append((block[match.start : match.end], True))
        at = match.end
    if at < end:
        pieces.append((block[at:end], False))
    if end < len(block):
        pieces.append((" …", False))
    return tuple((_WHITE_SPACE.sub(" ", words), found) for words, found in pieces)


def _word_start(block: str, at: int) -> int:
    """The beginning of the word after ``at``, unless that is far away."""
    if at == 0:
        return 0
    found = _WORD_START.search(block, max(0, at - 1), at + 20)
    return found.start() + 1 if found else at


def _word_end(block: str, at: int) -> int:
    if at >= len(block):
        return len(block)
    found = max(block.rfind(" ", at - 20, at + 1), block.rfind("\n", at - 20, at + 1))
    return found if found > 0 else at
