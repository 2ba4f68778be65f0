"""What stands before a document number: the type word ("Quyết định") and the label ("số"), clean or damaged."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from kb.authority import types
from kb.authority.fold import fold
from kb.authority.patterns import alternatives
from kb.authority.wording import word_lists
from kb.reading.text.text_forms import TextForms

_LONGEST_ABBREVIATION = 8  # code points of a type's abbreviation with the blank behind it
_LONGEST = 6  # words in the longest type word
REACH = 64  # code points before a number in which its type word is looked for
_WORDS = word_lists("numbers")
# A label of digits ("86") counts after a type word only, or at a line's beginning with its colon.
_LABEL = re.compile(rf"{_WORDS['label']}[\s:;.,'*_|\-]{{0,5}}$")
_LABEL_REACH = 14  # code points before a number in which its label begins
_LABEL_OF_A_LINE = re.compile(r"(\n[ \t]{0,4})[3-9]?6\s?:[\s-]{0,3}$")  # in a header: "86: 5665/CT-CS"
_CLEAN_LABEL = re.compile(rf"(?<![a-z]){_WORDS.undamaged('label')}[\s:.,\[]{{0,8}}$")
_MAX_DAMAGE = 0.3  # share of a type word's letters that may be wrong
LABEL_DAMAGED = _WORDS["label_behind_law"]
_LAW = re.compile(rf"{_WORDS['law']}\Z")
_LAW_WORD = _WORDS.folded("law")[0]
_FROM = f" {_WORDS.folded('range_from')[0]}"
_WORDS_OF_A_LIST = tuple(f"{word} " for word in _WORDS.folded("plurals"))


class Lead(NamedTuple):
    """Where the type word begins (else the label, else the number itself), the folded type word, and whether a
    label "số" stands there."""

    head: int
    word: str | None
    label: bool


@cache
def codes_of(word: str | None) -> frozenset[str]:
    """Type codes that a folded type word can stand for."""
    if word is None:
        return frozenset()
    return frozenset(
        code for kind in types.TYPES for phrase in kind.words if fold(phrase) == word for code in kind.codes
    )


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    """(squeezed, folded) type words, longest first; standards are read elsewhere."""
    wanted = {
        fold(phrase) for kind in types.TYPES if kind.system not in ("standard", "treaty") for phrase in kind.words
    }
    return tuple((word.replace(" ", ""), word) for word in sorted(wanted, key=lambda word: (-len(word), word)))


@cache
def _known() -> frozenset[str]:
    return frozenset(word for _, word in _phrases())


def _exact_word(before: str) -> tuple[int, str] | None:
    """(start, folded word) of the longest known type word with which ``before`` ends, by its last words."""
    tokens = before.rsplit(None, _LONGEST)[-_LONGEST:]
    for size in range(len(tokens), 0, -1):
        word = " ".join(tokens[-size:]) if size > 1 else tokens[-1]
        cut = 0 if word[0].isalpha() else len(word) - len(word.lstrip("-+*.,;:([\"'0123456789"))
        if word[cut:] in _known():
            start = len(before)
            for token in reversed(tokens[-size:]):
                start = before.rindex(token, 0, start)
            return start + cut, word[cut:]
    return None


@cache
def _abbreviations() -> tuple[re.Pattern[str], dict[str, str]]:
    """Type codes used as words ("theo QĐ số 22/2013/QĐ-TTg") and the word each stands for."""
    words: dict[str, str] = {}
    for kind in types.TYPES:
        for code in kind.codes:
            if kind.words and len(code) > 1:
                words.setdefault(fold(code), fold(kind.words[0]))
    return re.compile(rf"(?<![a-z0-9/-])({alternatives(words)})$"), words


def _word_at_end(before: str, noisy: bool, label: bool) -> tuple[int, str] | None:
    """(start, folded word) of the type word, or after a label also its abbreviation, with which ``before`` ends."""
    found = _exact_word(before)
    if found:
        return found
    pattern, words = _abbreviations()
    if label and (match := pattern.search(before, len(before) - 10)):
        return match.start(), words[match[1]]
    return _noisy_word(before) if noisy else None


def _noisy_word(before: str) -> tuple[int, str] | None:
    places = [at for at, ch in enumerate(before) if not ch.isspace()]
    squeezed = "".join(before[at] for at in places)
    best: tuple[float, int, str] | None = None
    for plain, word in _phrases():
        if len(plain) < 6:
            continue
        for size in (len(plain), len(plain) + 1, len(plain) - 1):
            if size > len(squeezed):
                continue
            limit = int(len(plain) * _MAX_DAMAGE)
            distance = Levenshtein.distance(squeezed[-size:], plain, score_cutoff=limit)
            if distance <= limit and (best is None or distance / len(plain) < best[0]):
                best = (distance / len(plain), places[-size], word)
    if best is None and (law := _LAW.search(before, len(before) - 8)):
        return law.start(), _LAW_WORD
    return (best[1], best[2]) if best else None


@lru_cache(maxsize=32768)
def _read(window: str, noisy: bool) -> tuple[int, str | None, bool]:
    match = (_LABEL if noisy else _CLEAN_LABEL).search(window, len(window) - _LABEL_REACH)
    before = (window[: match.start()] if match else window).rstrip(" :.,-([\"'")
    found = _word_at_end(before, noisy, match is not None)
    if found is None and before.endswith(_FROM):  # "các Quyết định từ số 10/QĐ-UBND đến số …"
        found = _word_at_end(before.removesuffix(_FROM), noisy, match is not None)
    if found is None and match is not None:  # "… hướng dẫn số liệu 12": no type word, or a label read into it
        found = _word_at_end(window.rstrip(" :.,-([\"'"), noisy, label=False)
    if found is not None:
        start = found[0]
        for word in _WORDS_OF_A_LIST:
            if before[:start].endswith(word):
                start -= len(word)
        return len(window) - start, found[1], match is not None
    if match is None or match[0][0].isdigit():
        return 0, None, False
    return len(window) - match.start(), None, True


@cache
def _printed_abbreviations() -> tuple[re.Pattern[str], dict[str, str]]:
    """The same as printed, in capitals right before a number without its label ("Căn cứ QĐ 1490/QĐ-CĐKT")."""
    kinds = [kind for kind in types.TYPES if kind.words and kind.system not in ("standard", "treaty")]
    codes = {code for kind in kinds for code in kind.codes if len(code) > 1 and code.isupper()}
    words = _abbreviations()[1]
    return re.compile(rf"(?<![\w/&.-])({alternatives(codes, printed=True)})\s\Z"), {c: words[fold(c)] for c in codes}


def _abbreviated(text: str, start: int) -> tuple[int, str] | None:
    """(where it begins, folded word) of the type that an abbreviation right before a number names."""
    if not text[start - 2 : start - 1].isupper():
        return None
    pattern, words = _printed_abbreviations()
    match = pattern.search(text, max(0, start - _LONGEST_ABBREVIATION), start)
    return (match.start(), words[match[1]]) if match else None


def lead_before(forms: TextForms, start: int, noisy: bool) -> Lead:
    """The type word and label that stand right before offset ``start``."""
    back, word, label = _read(forms.folded[max(0, start - REACH) : start], noisy)
    if word is None and not label and (abbreviated := _abbreviated(forms.text, start)):
        return Lead(*abbreviated, False)
    if noisy and word is None and not label:
        own = _LABEL_OF_A_LINE.search(forms.text, start - _LABEL_REACH, start)
        if own is not None:
            return Lead(own.end(1), None, True)
    return Lead(start - back, word, label)
