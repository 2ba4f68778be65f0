"""Programmes by their name: what of a title is the name, the key under which alike names meet, and how alike two are.

Two names are compared only under one key: place and unit of the issuer, type, and period, so that "giai đoạn 2017 -
2025" never meets "giai đoạn 2021 - 2025". Words are compared without case and diacritics; a word that a scan damaged
(no Vietnamese syllable) may differ by a letter or two from the word in its place. Weights and thresholds were chosen on
the development corpus (``docs/identity.md``).
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel, Levenshtein

from kb.authority.fold import fold
from kb.reading.names.programmes import type_before_period
from kb.reading.text.syllables import is_syllable

JOINED = 0.9
"""Score from which a name is taken for the programme of a numbered document of the same issuer and place."""
POSSIBLE = 0.7
"""Score from which that document is kept as a candidate."""
_UNLIKE = 0.89
"""The most that two names score of which one has a whole word that the other lacks."""
_LIGHT = frozenset(
    ("va", "cua", "cac", "ve", "tren", "dia", "ban", "tinh", "thanh", "pho", "o", "tai", "cho", "nham", "voi", "nhung")
)
_LIGHT_WEIGHT = 0.1
_TOKEN = re.compile(r"[^\W_](?:[^\s.,;:()“”\"\-–/]*[^\W_])?")
_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True, slots=True)
class ProgrammeName:
    """``type``: id of the programme's type; ``words`` of the title as printed, without type word and period;
    ``period``: the years of the period; ``outlook``: years named behind it ("tầm nhìn đến năm 2045")."""

    type: str
    words: tuple[str, ...]
    period: tuple[str, ...]
    outlook: tuple[str, ...]

    @property
    def meeting(self) -> str:
        """The part of the key that does not depend on the issuer."""
        return f"{self.type}|{'-'.join(self.period)}"


@lru_cache(maxsize=16384)
def name_in(title: str | None) -> ProgrammeName | None:
    """The programme that a title names or approves; None where it does neither.

    A title that only has to do with a programme ("về việc phân bổ kinh phí thực hiện Đề án …") names none.
    """
    found = type_before_period(title) if title else None
    if found is None:
        return None
    assert title is not None
    words = tuple(word.lower() for word in _TOKEN.findall(title[found.first : found.last]))
    period = tuple(_YEAR.findall(title[found.last : found.end]))
    outlook = tuple(_YEAR.findall(title[found.end : found.end + 60]))
    return ProgrammeName(found.type, words, period, outlook)


def name_key(name: ProgrammeName, place: str, unit: str) -> str:
    """The key under which names that may be one meet: ``place`` and ``unit`` as in permalinks."""
    return f"{place}/{unit}|{name.meeting}"


@lru_cache(maxsize=65536)
def alike(one: ProgrammeName, other: ProgrammeName, place: tuple[str, ...] = ()) -> float:
    """How far two names agree, 0-1; 0 where type or years differ. ``place``: words naming the issuer's place, which
    a name may leave out."""
    if one.meeting != other.meeting or (one.outlook and other.outlook and one.outlook != other.outlook):
        return 0.0
    light = _LIGHT | set(place)
    a, b = _words(one, light), _words(other, light)
    if set(filter(str.isdigit, a)) != set(filter(str.isdigit, b)):
        return 0.0
    common = a.keys() & b.keys()
    shared = sum(max(a[word].weight, b[word].weight) for word in common)
    left, right = ({word: side[word] for word in side if word not in common} for side in (a, b))
    near, weight = _pair_damaged(left, right)
    rest = [*left.values(), *right.values()]
    total = shared + weight + sum(word.weight for word in rest)
    score = (shared + near) / total if total else 0.0
    return min(score, _UNLIKE) if any(word.weight == 1.0 and word.intact for word in rest) else score


def _pair_damaged(left: dict[str, _Word], right: dict[str, _Word]) -> tuple[float, float]:
    """Take out the pairs of words of which one is the other damaged; returns what they agree in, and their weight."""
    shared = total = 0.0
    for word in sorted(left):
        near = _nearest(word, left[word], right)
        if near is not None:
            weight = min(left.pop(word).weight, right.pop(near).weight)
            shared += Indel.normalized_similarity(word, near) * weight
            total += weight
    return shared, total


@dataclass(frozen=True, slots=True)
class _Word:
    weight: float
    intact: bool


def _words(name: ProgrammeName, light: Set[str]) -> dict[str, _Word]:
    """The words of a name, folded, with their weight and whether they are whole."""
    return {
        fold(word): _Word(_LIGHT_WEIGHT if fold(word) in light else 1.0, word.isdigit() or is_syllable(word))
        for word in name.words
    }


def _nearest(word: str, given: _Word, rest: dict[str, _Word]) -> str | None:
    """The word that a damaged one stands for, where one of the two is damaged and they differ by few letters."""
    best: tuple[int, str] | None = None
    most = min(2, max(1, len(word) // 3))
    for other in sorted(rest):
        if not (given.intact and rest[other].intact):
            distance = Levenshtein.distance(word, other, score_cutoff=most)
            if distance <= most and (best is None or distance < best[0]):
                best = (distance, other)
    return best[1] if best else None
