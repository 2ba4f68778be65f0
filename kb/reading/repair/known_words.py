"""The closed vocabulary of administrative Vietnamese and how its words look after a scan.

``data/vocabulary.tsv`` holds phrases of one to three syllables with the number of clean documents they occur in
(counted by ``tools/build_vocabulary.py``), ``data/word_confusions.tsv`` what an English recognition model makes of
each letter (measured by ``tools/measure_word_confusions.py``). Both are loaded when the first damaged text is met.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kb.authority.load import DATA
from kb.reading.text.text_forms import fold

_UNLISTED = 4.2  # an accented vowel read in a way the table does not list
_MARKS = "&€¢@¥§"
_STROKES = "itrlf"  # what the hook and the horn of ủ, ứ, ử, ữ, ự fall apart into
_FURTHEST = 7.8  # the dearest reading of one word considered
_MOST_READINGS = 200  # readings kept for one word
_MOST_WORDS = 8  # words kept for one reading


_ACCENTED = "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵ"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Document counts: of ``words``, of ``pairs`` and ``triples`` of words."""

    words: dict[str, int]
    pairs: dict[tuple[str, str], int]
    triples: dict[tuple[str, str, str], int]


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary; every word of a phrase is a word of it."""
    words: dict[str, int] = {}
    pairs: dict[tuple[str, str], int] = {}
    triples: dict[tuple[str, str, str], int] = {}
    with (DATA / "vocabulary.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            parts, count = row["phrase"].split(), int(row["documents"])
            if len(parts) == 1:
                words[parts[0]] = max(count, words.get(parts[0], 0))
            elif len(parts) == 2:
                pairs[parts[0], parts[1]] = count
            else:
                triples[parts[0], parts[1], parts[2]] = count
            for part in parts:
                words.setdefault(part, 1)
    return Vocabulary(words, pairs, triples)


@cache
def _confusions() -> dict[str, tuple[tuple[str, float], ...]]:
    """True letter → what it is seen as and at which cost, the letter without its diacritics first."""
    table: dict[str, list[tuple[str, float]]] = {}
    with (DATA / "word_confusions.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"):
            table.setdefault(row["true"], []).append((row["seen"], float(row["cost"])))
    for letter in _ACCENTED:
        held = dict(table.setdefault(letter, []))
        further = list(_MARKS)
        if fold(letter) == "u":
            further += [first + second for first in _STROKES for second in _STROKES]
        table[letter] += [(seen, _UNLISTED) for seen in further if seen not in held]
    return {letter: tuple(seen) for letter, seen in table.items()}


def _readings(word: str) -> Iterator[tuple[str, float]]:
    """What a scan may show of ``word`` (folded) and at which cost, the cheapest first."""
    found: list[tuple[str, float]] = [("", 0.0)]
    table = _confusions()
    for letter in word:
        options = ((fold(letter), 0.0), *table.get(letter, ()))
        grown = [
            (head + seen, cost + more) for head, cost in found for seen, more in options if cost + more <= _FURTHEST
        ]
        grown.sort(key=lambda reading: reading[1])
        found = grown[:_MOST_READINGS]
    yield from found


@cache
def words_by_reading() -> dict[str, tuple[tuple[str, float], ...]]:
    """Folded reading → the words it may be, each with the cost of its letters; the likeliest first."""
    return index_readings(tuple(vocabulary().words.items()))


def index_readings(words: tuple[tuple[str, int], ...]) -> dict[str, tuple[tuple[str, float], ...]]:
    """The same for any closed list of (word, count)."""
    table: dict[str, dict[str, float]] = {}
    for word, _ in words:
        for seen, cost in _readings(word):
            held = table.setdefault(seen, {})
            if cost < held.get(word, 99.0):
                held[word] = cost
    counts = dict(words)
    return {
        seen: tuple(sorted(held.items(), key=lambda item: (item[1], -counts[item[0]], item[0]))[:_MOST_WORDS])
        for seen, held in table.items()
        if seen
    }
