"""Titles printed in capitals, in sentence case: names and abbreviations as the text itself writes them elsewhere.

"PHÁT TRIỂN KINH TẾ SỐ TỈNH BẮC NINH" is shown as "Phát triển kinh tế số tỉnh Bắc Ninh". Which words bear a capital is
voted by the sentences in which the same two words stand side by side; where none has them, the names of organs,
provinces and laws decide, and what is no syllable of Vietnamese is an abbreviation.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache

from kb.authority import issuers, laws, provinces, types
from kb.authority.fold import fold
from kb.authority.phrases import Phrases
from kb.authority.wording import word_lists
from kb.reading.text.syllables import is_syllable

_WORD = re.compile(r"[^\W\d_]+(?:&[^\W\d_]+)*")
_SHOUTING = 0.8
"""Share of capitals among the letters of a title from which it counts as printed in capitals: numbers of documents and
a few short words in it may not be."""
_LEAST_LETTERS = 8
_ROMAN = re.compile(r"[IVX]{1,6}\Z")
_OPENS = re.compile(r"[.:;!?…\n\"“”(•*|-]\s*\Z|\A\s*\Z")  # before the first word of a sentence, an item or a cell
_NUMBERED = word_lists("numbers").folded("label")[0]
_REACH = 60_000
"""Characters of a text that are looked at."""


def shouted(title: str) -> bool:
    """Whether a title is printed in capitals."""
    letters = [ch for ch in title if ch.isalpha()]
    return len(letters) >= _LEAST_LETTERS and sum(ch.isupper() for ch in letters) >= _SHOUTING * len(letters)


def sentence_case(title: str, text: str) -> str:
    """A title in sentence case where it is printed in capitals, else as it stands; ``text``: where its words stand in
    running sentences."""
    if not shouted(title):
        return title
    words = list(_WORD.finditer(title))
    lower = [word.group().lower() for word in words]
    named = _named(title, words)
    votes = _votes(lower, text[:_REACH])
    out, end = [], 0
    for at, word in enumerate(words):
        out += [title[end : word.start()], _cased(at, word.group(), votes, named, first=at == 0)]
        end = word.end()
    return "".join([*out, title[end:]])


def _cased(at: int, printed: str, votes: dict[int, Counter[str]], named: dict[int, str], *, first: bool) -> str:
    lower = printed.lower()
    if votes[at]:
        shown = max(votes[at].items(), key=lambda one: (one[1], one[0] == lower, one[0]))[0]
    elif at in named:
        shown = named[at]
    elif _ROMAN.match(printed) or not is_syllable(lower):
        shown = printed
    else:
        shown = lower
    return shown[:1].upper() + shown[1:] if first else shown


def _votes(lower: list[str], text: str) -> dict[int, Counter[str]]:
    """By word of the title how often it is written in which way beside its neighbour, in text that is not in capitals;
    the capital that opens a sentence says nothing."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    pairs: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at in range(len(lower) - 1):
        pairs[lower[at], lower[at + 1]].append(at)
    seconds = {second for _, second in pairs}
    firsts = {first for first, _ in pairs}
    before: re.Match[str] | None = None
    for word in _WORD.finditer(text):
        small = word.group().lower()
        if before is not None and small in seconds and text[before.end() : word.start()].strip() in ("", ","):
            places = pairs.get((before.group().lower(), small), ())
            if places and not (before.group().isupper() and word.group().isupper()):
                opening = _OPENS.search(text, max(0, before.start() - 3), before.start())
                for at in places:
                    found[at + 1][word.group()] += 1
                    if not opening:
                        found[at][before.group()] += 1
        before = word if small in firsts else None
    return found


def _named(title: str, words: list[re.Match[str]]) -> dict[int, str]:
    """The words of the title that belong to a known name, as that name writes them."""
    found: dict[int, str] = {}
    folded = [fold(word.group()) for word in words]
    at = 0
    while at < len(words):
        joined = " ".join(folded[at : at + 14])
        hit = _names().longest(joined)
        size = joined[: hit[0]].count(" ") + 1 if hit else 0
        if hit and size == len(hit[1]):
            found.update((at + n, name) for n, name in enumerate(hit[1]))
        at += max(1, size)
    for at in range(1, len(words)):
        if folded[at] == _NUMBERED:  # "Nghị quyết số …" names one document
            for size in (3, 2, 1):
                before = folded[max(0, at - size) : at]
                if len(before) == size and " ".join(before) in _type_words():
                    found[at - size] = words[at - size].group().capitalize()
                    break
    return found


@cache
def _type_words() -> frozenset[str]:
    return frozenset(fold(word) for kind in types.TYPES for word in kind.words)


@cache
def _names() -> Phrases[tuple[str, ...]]:
    """Names of organs, provinces and laws, each as its words in its own spelling."""
    names = [name for issuer in issuers.ISSUERS for name in (issuer.name, *issuer.names)]
    names += [province.name for province in provinces.PROVINCES]
    names += [law.name for law in laws.LAWS]
    spelled = (tuple(_WORD.findall(name)) for name in names)
    return Phrases((" ".join(words), words) for words in spelled if words and not " ".join(words).isupper())
