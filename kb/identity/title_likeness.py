"""How alike two titles are, and whether a sentence says one: by their words, without diacritics and punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from kb.authority.fold import fold
from kb.authority.wording import word_lists

SAME_TITLE = 0.8
"""Share of the words that two titles must have in common (of the union) to be the same."""
_MIN_WORDS = 4
_MIN_PREFIX = 8
_MIN_TOLD, _MIN_LAST = 6, 10  # words of a title that a sentence must have: of a whole one, of the end of one
_MIN_TELLING = 2
_UNLIKE = 0.25
"""Share of the telling words of the shorter title up to which two titles are of two documents: of 1,484 pairs that
texts give to one document 87 lie below it, nearly all of them slips or misread; of pairs of two documents 81 %."""
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


def unlike(one: str | None, other: str | None) -> bool:
    """Whether two titles are not of one document: of the words that tell what they are about (not "quy định", "kế
    hoạch") hardly any is common. Diacritics count where both have them: "giá" is not "gia"."""
    a, b = _compared(one, other)
    shorter = min(len(a), len(b))
    return shorter >= _MIN_TELLING and len(a & b) <= _UNLIKE * shorter


def changes_other(one: str | None, other: str | None) -> bool:
    """Whether one title only says which document it changes ("sửa đổi, bổ sung một số điều của Nghị định số
    188/2004/NĐ-CP"), while the other is about something and changes nothing."""
    return any(
        not _telling(change)
        and _CHANGES.search(fold(change or ""))
        and _NUMBERED.search(change or "")
        and len(_telling(about)) >= _MIN_WORDS
        and not _CHANGES.search(fold(about or ""))
        for change, about in ((one, other), (other, one))
    )


def in_other_words(one: str | None, other: str | None) -> bool:
    """Whether one of two long titles is made of words that any title may have ("quy định chức năng, nhiệm vụ, quyền hạn
    và cơ cấu tổ chức của …"), so that nothing in it tells, and the other has hardly any of its words."""
    a, b = title_words(one), title_words(other)
    told = min(len(_telling(one)), len(_telling(other)))
    changing = any(_CHANGES.search(fold(title or "")) for title in (one, other))
    return (
        told < _MIN_TELLING
        and not changing
        and min(len(a), len(b)) >= _MIN_PREFIX
        and (len(a & b) <= _UNLIKE * min(len(a), len(b)))
    )


def tell_apart(one: str | None, other: str | None) -> bool:
    """Whether two titles that are nearly the same differ in a word that tells two documents apart ("của Bộ Nội vụ",
    "của Bộ Y tế"; "người lao động", "người quản lý"): more than a slip of one word, neither being the other cut."""
    a, b = (set(_in_order(title)) - _ABBREVIATED for title in (one, other))
    only_a, only_b = a - b, b - a
    if not only_a or not only_b:
        return len(only_a | only_b) > _LEFT_OUT and not _cut(one, other)
    slip = len(only_a) == len(only_b) == 1
    return not slip or any(DamerauLevenshtein.distance(x, y) > _SLIP for x in only_a for y in only_b)


def _cut(one: str | None, other: str | None) -> bool:
    """Whether one title is the beginning of the other."""
    a, b = _in_order(one), _in_order(other)
    return a[: len(b)] == b[: len(a)]


_LEFT_OUT = 2
"""Words that one of two titles of one document may lack."""
_SLIP = 1


def _compared(one: str | None, other: str | None) -> tuple[frozenset[str], frozenset[str]]:
    """The telling words of two titles, without diacritics where one of them has none."""
    a, b = _telling(one), _telling(other)
    if _is_marked(one) and _is_marked(other):
        return a, b
    return frozenset(map(fold, a)), frozenset(map(fold, b))


@lru_cache(maxsize=16384)
def _telling(title: str | None) -> frozenset[str]:
    return frozenset(_with_tone_last(word) for word in _WORD.findall((title or "").lower())) - _FILLERS


def _is_marked(title: str | None) -> bool:
    return fold(title or "") != " ".join((title or "").lower().split())


def _with_tone_last(word: str) -> str:
    """A word with its tone behind its letters: "hoà" and "hòa" are the same."""
    letters = unicodedata.normalize("NFD", word)
    return "".join(ch for ch in letters if ch not in _TONES) + "".join(ch for ch in letters if ch in _TONES)


_CHANGES = word_lists("titles").pattern("changes")
_NUMBERED = re.compile(r"\d/\S*\w-\w")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_WORD = re.compile(r"[^\W\d_]{2,}")
_ABBREVIATED = frozenset(word for words in word_lists("titles").folded("abbreviated") for word in words.split())
_FILLERS = frozenset(
    _with_tone_last(word) for words in word_lists("titles").words("fillers") for word in words.lower().split()
)


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
