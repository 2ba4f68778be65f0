"""From a text to index terms: pyvi words and plain syllables, with and without diacritics.

What matches is the folded form (``đ`` → ``d``, no diacritics, lower case), so that a query finds a document whichever
of the two was typed without diacritics; what ranks is the exact form. Neighbouring folded syllables are indexed as
pairs, with positions: they carry phrases, and an unaccented query, which pyvi would segment otherwise than it did
the text (69 % of the time), is ranked by the pairs it shares.

Both index engines take the same terms, so they answer alike.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from indexer.segment import NUMBER, segmenter
from kb.authority.fold import fold

TITLE_WEIGHT = 3
"""How many times a word of the title counts."""

_TONES = {"\u0300": "1", "\u0301": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_MEMO_LIMIT = 200_000

GAP = ""
"""Stands between two texts of one document: no pair and no phrase goes across it."""


@dataclass(frozen=True, slots=True)
class Syllable:
    """The two forms of a syllable. ``exact`` has the tone at the end (``hoa1``), so that ``hoà`` and ``hòa`` meet;
    it equals ``folded`` where the syllable has no diacritics."""

    folded: str
    exact: str


@dataclass(frozen=True, slots=True)
class Terms:
    """The index terms of a document, each list in text order (repeated terms count).

    ``folded``: syllables without diacritics; ``exact``: those syllables that have diacritics, as
    :class:`Syllable` writes them; ``pairs``: neighbouring folded syllables (``ke hoach``), ``GAP`` where there is
    none, index = position; ``words``: words of two or more syllables, exact; ``codes``: keys of document numbers.
    """

    folded: list[str]
    exact: list[str]
    pairs: list[str]
    words: list[str]
    codes: list[str]


def exact_form(syllable: str) -> str:
    """``hoà`` and ``hòa`` → ``hoa1``: the letters with their marks (â, ơ, đ …), the tone as a digit at the end.

    The tone is a property of the syllable; where it stands is a matter of spelling reform (old ``hoà``, new ``hòa``).
    """
    letters, tone = [], ""
    for char in unicodedata.normalize("NFD", syllable.lower()):
        if char in _TONES:
            tone = _TONES[char]
        else:
            letters.append(char)
    return unicodedata.normalize("NFC", "".join(letters)) + tone


@lru_cache(maxsize=_MEMO_LIMIT)
def syllable(token: str) -> Syllable | None:
    """The forms of one token of the segmenter; None for punctuation and line breaks."""
    if not any(map(str.isalnum, token)):
        return None
    folded = fold(token)
    if not folded:
        return None
    exact = exact_form(token.replace("\u00d0", "đ").replace("\u00f0", "đ"))
    return Syllable(folded, folded if exact == token.lower() == folded else exact)


def code_key(number: str) -> str:
    """The form under which a document number is looked up: no case, diacritics, blanks; separators kept."""
    return fold(number).replace(" ", "")


def analyse(text: str, title: str | None = None) -> Terms:
    """The index terms of a text and its title (which counts ``TITLE_WEIGHT`` times, for ranking only)."""
    found = Terms([], [], [], [], [])
    if title:
        _add(found, title, TITLE_WEIGHT)
        found.pairs.append(GAP)
    _add(found, text, 1)
    return found


def _add(found: Terms, text: str, weight: int) -> None:
    plain = unicodedata.normalize("NFC", text)
    machine = segmenter()
    tokens = machine.words(plain)
    forms = [syllable(token.text) for token in tokens]
    spoken = [form for form in forms if form is not None]
    folded = [form.folded for form in spoken]
    found.folded.extend(folded * weight)
    found.exact.extend([form.exact for form in spoken if form.exact != form.folded] * weight)
    found.pairs.extend([f"{left} {right}" for left, right in zip(folded, folded[1:], strict=False)])
    found.pairs.append(GAP)
    words: list[str] = []
    pieces: list[str] = []
    for form, joined in zip(forms, machine.inside(tokens), strict=True):
        if not joined:
            if len(pieces) > 1:
                words.append("_".join(pieces))
            pieces = []
        if form is not None:
            pieces.append(form.exact)
    if len(pieces) > 1:
        words.append("_".join(pieces))
    found.words.extend(words * weight)
    found.codes.extend(code_key(match.group()) for match in NUMBER.finditer(plain))
