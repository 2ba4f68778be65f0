"""Words that no document has, and the word of the index that may have been meant: one slip of the keys away."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from indexer.query.ranking import Concept

_LETTERS = "abcdeghiklmnopqrstuvxy"
"""Those of folded Vietnamese words."""

_WORD = re.compile(r"[a-z]{2,12}\Z")
_MOST = 3  # unknown words of one query that are looked at
_RARE = 2  # documents that a word must be in to be offered

Frequencies = Callable[[str, Collection[str]], Mapping[str, int]]
"""How many documents have each of some keys in a field, of those that any has."""


def nearest(asked: Sequence[Concept], frequencies: Frequencies) -> dict[str, str]:
    """For each word of a query that no document has, as typed, the word of the index one slip away that stands most
    often beside its neighbours, or is the most frequent; a word without any is left out."""
    single = {at: one.spoken[0][0] for at, one in enumerate(asked) if len(one.spoken) == 1 and not one.others}
    keys = {key for key in single.values() if _WORD.match(key)}
    known = {*frequencies("folded", keys), *frequencies("facts", keys)}
    found: dict[str, str] = {}
    for at in [at for at, key in single.items() if key in keys - known][:_MOST]:
        before = asked[at - 1].spoken[-1][0] if at else ""
        after = asked[at + 1].spoken[0][0] if at + 1 < len(asked) else ""
        best = _best(_one_slip(single[at]), before, after, frequencies)
        if best is not None:
            found[asked[at].shown] = best
    return found


def _best(words: Collection[str], before: str, after: str, frequencies: Frequencies) -> str | None:
    """The word that stands most often beside its neighbours, then the most frequent; None where all are rare."""
    counts = {word: count for word, count in frequencies("folded", words).items() if count >= _RARE}
    beside = frequencies("pairs", {pair for word in counts for pair in (f"{before}_{word}", f"{word}_{after}")})

    def worth(word: str) -> tuple[int, int, str]:
        pairs = beside.get(f"{before}_{word}", 0) + beside.get(f"{word}_{after}", 0)
        return pairs, counts[word], word

    return max(counts, key=worth, default=None)


def _one_slip(word: str) -> set[str]:
    """The words that a letter lost, doubled, changed or out of order may have been."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    lost = {left + letter + right for left, right in cuts for letter in _LETTERS}
    more = {left + right[1:] for left, right in cuts if right}
    other = {left + letter + right[1:] for left, right in cuts if right for letter in _LETTERS}
    turned = {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    return (lost | more | other | turned) - {word, ""}
