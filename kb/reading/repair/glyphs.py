"""Glyphs lost from a text layer: a blank that stands for a letter ("th c hiện", "năng l c", "định k ").

A font without a mapping for a glyph leaves a blank of one character in its place. A letter is taken for lost only where
several gaps need it and no other letter fits them, and it is seldom shown (in another font); a gap is filled only where
one word of the closed vocabulary fits it and stands beside a word it is known to stand beside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from kb.reading.repair.known_words import Vocabulary, vocabulary
from kb.reading.text.syllables import is_syllable

_LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
_LEAST = 3
_SHOWN = 3  # a lost letter may be shown (in another font) so many times as often as it is needed
_FRAGMENT = re.compile(r"(?<![^\s(\"“*])[b-df-hj-np-tv-xđ]{1,3}(?= )|(?<= )[b-df-hj-np-tv-xđ]{1,3}(?![^\s.,;:)\"”*])")
_BESIDE_A_GAP = re.compile(_FRAGMENT.pattern + r"|(?<=[\s(]\s)[^\W\d_]{1,6}|[^\W\d_]{1,6}(?= [\s.,;:)])")
_NEXT = re.compile(r"\s{1,4}([^\W\d_]{1,8})(?: ([^\W\d_]{1,8}))?")
_PREVIOUS = re.compile(r"(?<![^\W\d_])([^\W\d_]{1,8})\s{1,4}$")
_PASSES = 3


def lost_glyphs(text: str) -> list[tuple[int, str]]:
    """(offset of the blank, letter) of every gap that can be filled with certainty, in order."""
    if sum(1 for match in _FRAGMENT.finditer(text) if len(match.group()) > 1) < 2 * _LEAST:
        return []  # single letters are those of lists
    known = vocabulary()
    lower = text.lower()
    lost = _lost_letters(lower, known)
    if not lost:
        return []
    found: dict[int, str] = {}
    for _ in range(_PASSES):  # a gap filled is a neighbour for the next one
        new = {at: options for at, options in _gaps(lower, known, lost) if len(options) == 1 and at not in found}
        if not new:
            break
        found |= new
        lower = "".join(new.get(at, ch) for at, ch in enumerate(lower))
    return [(at, found[at].upper() if _in_capitals(text, at) else found[at]) for at in sorted(found)]


def _lost_letters(lower: str, known: Vocabulary) -> str:
    """The letters that several gaps of a text need and that it seldom shows."""
    needed: Counter[str] = Counter()
    for at, options in _gaps(lower, known, _LETTERS):
        start, end = _reach(lower, at)
        if len(options) == 1 and end - start > 2:  # "điểm b" is a letter of a list
            needed.update(options)
    return "".join(x for x in _LETTERS if needed[x] >= _LEAST and lower.count(x) <= _SHOWN * needed[x])


def _in_capitals(text: str, at: int) -> bool:
    """The letters around the gap are capitals: both, or the only one there is and the letter beyond."""
    around = [ch for ch in text[max(0, at - 2) : at + 3] if ch.isalpha()]
    return len(around) > 1 and all(ch.isupper() for ch in around)


@lru_cache(maxsize=50_000)
def _fillings(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """(letter, word) of every word of the vocabulary that has one letter between ``before`` and ``after``."""
    words = vocabulary().words
    return tuple((x, before + x + after) for x in _LETTERS if before + x + after in words)


def _gaps(lower: str, known: Vocabulary, letters: str) -> Iterator[tuple[int, str]]:
    """(offset, letters that fit) of each blank that may stand for a letter; at least one letter fits."""
    taken = -1
    for match in _BESIDE_A_GAP.finditer(lower):
        for at in (match.end(), match.start() - 1):
            if at <= taken or at < 0 or lower[at : at + 1] != " ":
                continue
            start, end = _reach(lower, at)
            fits = _fitting(lower, known, letters, start, at, end)
            if fits:
                yield at, fits
                taken = end
                break


def _fitting(lower: str, known: Vocabulary, letters: str, start: int, at: int, end: int) -> str:
    """Those of ``letters`` that give a known word where the blank at ``at`` stands, between ``start`` and ``end``."""
    before, after = lower[start:at], lower[at + 1 : end]
    if before and after and is_syllable(before) and is_syllable(after):
        return ""
    fillings = [(x, word) for x, word in _fillings(before, after) if x in letters]
    if not fillings:
        return ""
    stands = _Beside(known, lower, start, end, letters).knows
    if not (before and after) and stands(before + after):
        return ""  # a word in its place beside two blanks
    return "".join(x for x, word in fillings if stands(word))


def _reach(lower: str, at: int) -> tuple[int, int]:
    """The letters right before and right after the blank at ``at``."""
    start, end = at, at + 1
    while start and lower[start - 1].isalpha() and at - start < 8:
        start -= 1
    while end < len(lower) and lower[end].isalpha() and end - at < 8:
        end += 1
    return start, end


class _Beside:
    """The words before and after a gap; the one after may have a gap itself."""

    def __init__(self, known: Vocabulary, lower: str, start: int, end: int, letters: str) -> None:
        self._pairs = known.pairs
        previous = _PREVIOUS.search(lower, start - 24, start)
        self._before = previous.group(1) if previous else ""
        following = _NEXT.match(lower, end, end + 24)
        self._after: list[str] = []
        if following:
            first, second = following.group(1), following.group(2) or ""
            self._after = [first]
            if second and not (is_syllable(first) and is_syllable(second)):
                self._after += [word for x, word in _fillings(first, second) if x in letters]

    def knows(self, word: str) -> bool:
        """``word`` is known to stand beside one of them."""
        return (self._before, word) in self._pairs or any((word, other) in self._pairs for other in self._after)
