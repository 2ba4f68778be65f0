"""How alike two titles are, and whether a sentence says one: by their words, without diacritics and punctuation."""

from __future__ import annotations

from functools import lru_cache

from kb.authority.fold import fold

SAME_TITLE = 0.8
"""Share of the words that two titles must have in common (of the union) to be the same."""
_MIN_WORDS = 4
_MIN_PREFIX = 8
_MIN_TOLD, _MIN_LAST = 6, 10  # words of a title that a sentence must have: of a whole one, of the end of one
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}  # "giai đoạn I" is "giai đoạn 1"


@lru_cache(maxsize=16384)
def title_words(title: str | None) -> frozenset[str]:
    """The words that two titles are compared by."""
    return frozenset(_in_order(title))


def title_score(one: str | None, other: str | None) -> float:
    """How far two titles agree, 0-1; 0 where either is too short to tell. Numbers must be the same."""
    a, b = title_words(one), title_words(other)
    if min(len(a), len(b)) < _MIN_WORDS:
        return 0.0
    if {word for word in a if word.isdigit()} != {word for word in b if word.isdigit()}:
        return 0.0
    return len(a & b) / len(a | b)


def same_title(one: str | None, other: str | None) -> bool:
    """Whether two titles of one number are those of one document: nearly all words in common, or one, whole or up to
    its first semicolon, is the other cut short ("… giai đoạn 2021 - 2030" before ", giai đoạn I …")."""
    if title_score(one, other) >= SAME_TITLE:
        return True
    for cut, whole in ((one, other), (other, one)):
        words = _in_order(whole)
        for short in {_in_order(cut), _in_order((cut or "").partition(";")[0])}:
            if len(short) >= _MIN_PREFIX and words[: len(short)] == short:
                return True
    return False


def in_words(sentence: str | None, title: str | None) -> bool:
    """Whether a sentence says what a title is about, word by word: the whole title ("phát triển kinh tế tư nhân theo
    Nghị quyết số 68-NQ/TW"), or as many of its last words as no two titles have in common by chance."""
    words = _in_order(title)
    if not sentence or len(words) < _MIN_TOLD:
        return False
    told = f" {' '.join(_in_order(sentence))} "
    return f" {' '.join(words)} " in told or (len(words) > _MIN_LAST and f" {' '.join(words[-_MIN_LAST:])} " in told)


@lru_cache(maxsize=16384)
def _in_order(title: str | None) -> tuple[str, ...]:
    words = "".join(ch if ch.isalnum() else " " for ch in fold(title or "")).split()
    return tuple(_ROMAN.get(word, word) for word in (words[1:] if words[:1] == ["ve"] else words))
