"""Several readings of one picture weighed against one another, word by word."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.layout.words_to_lines import Word

_DIGITS = re.compile(r"\d+")
_LEGIBLE = 0.5  # below this confidence it is no word, but a stamp, a signature or a speck


Ballot = tuple[tuple[str, float], ...]
"""What each reading saw at the place of one word, with its confidence."""


@dataclass(frozen=True, slots=True)
class Vote:
    """The words agreed on; for each (by its place in ``words``) what every reading saw there, with its confidence;
    and the texts of those whose digits the readings saw differently, with no majority for one."""

    words: tuple[Word, ...]
    ballots: tuple[Ballot, ...]
    disputed: tuple[tuple[str, ...], ...]


def merged(readings: Sequence[Sequence[Word]]) -> Vote:
    """Weighs readings of the same picture, the first being the one whose words are kept where nothing speaks for
    another. A word is exchanged for what most of the others saw in its place, or, of two, the one surer of itself."""
    first, others = readings[0], [_Index(reading) for reading in readings[1:]]
    words: list[Word] = []
    ballots: list[Ballot] = []
    disputed: list[tuple[str, ...]] = []
    for word in first:
        ballot = [(word.text, word.confidence)]
        for index in others:
            seen = index.within(word)
            if seen is not None:
                ballot.append(seen)
        text, confidence, is_disputed = _decided(ballot)
        words.append(replace(word, text=text, confidence=confidence))
        ballots.append(tuple(ballot))
        if is_disputed:
            disputed.append(tuple(text for text, _ in ballot))
    return Vote(tuple(words), tuple(ballots), tuple(disputed))


def _decided(ballot: list[tuple[str, float]]) -> tuple[str, float, bool]:
    """The text chosen, its confidence, and whether its digits stay disputed."""
    if len({_letters(text) for text, _ in ballot}) == 1:  # signs alone are no reason to exchange a word
        return ballot[0][0], sum(confidence for _, confidence in ballot) / len(ballot), False
    digits = Counter(_digits(text) for text, _ in ballot)
    most, votes = digits.most_common(1)[0]
    has_majority = votes * 2 > len(ballot)
    pool = [entry for entry in ballot if not has_majority or _digits(entry[0]) == most]
    shared = Counter(text for text, _ in pool)
    text, confidence = max(pool, key=lambda entry: (shared[entry[0]], entry[1]))
    is_number = all(digits) and len(most) > 1 and confidence > _LEGIBLE
    return text, confidence, is_number and not has_majority


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def _digits(text: str) -> str:
    return "".join(_DIGITS.findall(text))


class _Index:
    """The words of a reading, to be found by place."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = sorted(words, key=lambda word: word.centre[1])
        self.ys = [word.centre[1] for word in self.words]

    def within(self, word: Word) -> tuple[str, float] | None:
        """What this reading saw in the place of ``word``, None where nothing or not just that place."""
        low = bisect_left(self.ys, word.y0)
        found = []
        for other in self.words[low:]:
            if other.centre[1] > word.y1:
                break
            if word.x0 <= other.centre[0] <= word.x1:
                found.append(other)
        if not found:
            return None
        # Not just that place: a neighbour was run into it, or a part of it into the neighbour.
        slack = 0.4 * word.height
        if (
            abs(min(other.x0 for other in found) - word.x0) > slack
            or abs(max(other.x1 for other in found) - word.x1) > slack
        ):
            return None
        found.sort(key=lambda other: other.x0)
        length = sum(len(other.text) for other in found)
        confidence = sum(other.confidence * len(other.text) for other in found) / length
        return "".join(other.text for other in found), confidence
