"""Forms of a text for matching, of the same length as the text, so that offsets never need a map.

``TextForms.text`` unifies look-alike characters (dashes, blanks, quotation marks, Ð U+00D0 for Đ);
``TextForms.folded`` is
lower-case without diacritics (đ → d) with layout marks (Markdown ``* _ | # >``, line breaks, tabs) as blanks.
Both are made with one table look-up per character. Patterns search them from any offset to any other: one before the
text means its beginning, one behind it its end.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

_LIMIT = 0x110000
_SAMPLE = 20_000  # code points that tell how a text is laid out
_BLOCK = 512  # code points per block of the damage estimate
_WORDS = 24  # code points that hold the words before a number
_CLEAN_SHARE = 0.14
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u00ad"
_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u200b\ufeff"
_QUOTES = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "ʼ": "'"}
_LAYOUT = "*_|#>\n\r\t\f\v\u2028\u2029\x00"
_LAYOUT_AS_BLANKS = str.maketrans(dict.fromkeys(_LAYOUT, " "))

_SPECK = re.compile(r"'(?:(?<![a-z]')|(?![a-z]))")  # "b6 ‘sung"; inside a word it is part of a letter: "thy'c hién"

# Vietnamese capitals and small letters alternate in the code charts, so no range of a pattern separates them.
_ALPHABET = [chr(code) for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00))]
CAPITALS = "".join(ch for ch in _ALPHABET if ch.isupper())
SMALLS = "".join(ch for ch in _ALPHABET if ch.islower())


def _unify_table() -> np.ndarray:
    table = np.arange(_LIMIT, dtype="<u4")
    for ch in _DASHES:
        table[ord(ch)] = ord("-")
    for ch in _BLANKS:
        table[ord(ch)] = ord(" ")
    for ch, plain in _QUOTES.items():
        table[ord(ch)] = ord(plain)
    table[ord("\r")] = ord(" ")  # of a line end as Windows writes it
    table[0xD0], table[0xF0] = ord("Đ"), ord("đ")
    table[ord("⁄")] = table[ord("∕")] = ord("/")
    for cyrillic, latin in zip("АВЕКМНОРСТХаеорсх", "ABEKMHOPCTXaeopcx", strict=True):
        table[ord(cyrillic)] = ord(latin)  # typed by keyboards left on another layout: "ТТ-ВТС"
    for code in range(0xFF01, 0xFF5F):  # fullwidth forms of ASCII
        table[code] = code - 0xFEE0
    for code in range(0x80, 0x10000):  # digits of other scripts
        if chr(code).isdecimal():
            table[code] = ord("0") + unicodedata.decimal(chr(code))
    return table


def _fold_table(unify: np.ndarray) -> np.ndarray:
    table = unify.copy()
    for code in range(0x80, 0x2200):
        base = [ch for ch in unicodedata.normalize("NFD", chr(int(unify[code]))) if not unicodedata.combining(ch)]
        if len(base) == 1 and ord(base[0]) < 0x80:
            table[code] = ord(base[0].lower())
    table[0x110] = table[0x111] = table[0xD0] = table[0xF0] = ord("d")
    for code in range(ord("A"), ord("Z") + 1):
        table[code] = code + 32
    for code in range(0xFF21, 0xFF3B):
        table[code] = code - 0xFF21 + ord("a")
    for ch in _LAYOUT:
        table[ord(ch)] = ord(" ")
    return table


_UNIFY = _unify_table()
_FOLD = _fold_table(_UNIFY)
_NARROW = {id(table): table[:0x10000].astype("<u2") for table in (_UNIFY, _FOLD)}  # what two bytes can hold


def _codes(text: str) -> np.ndarray:
    """The code points of a text, two bytes each where that suffices: nearly always, and in half the time."""
    try:
        codes = np.frombuffer(text.encode("utf-16-le"), dtype="<u2")
        if len(codes) == len(text):
            return codes
    except UnicodeEncodeError:
        pass  # lone surrogates, as damaged files have them
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _mapped(codes: np.ndarray, table: np.ndarray) -> np.ndarray:
    """The codes by a table, as wide as they are."""
    mapped: np.ndarray = _NARROW[id(table)].take(codes) if codes.itemsize == 2 else table[codes]
    return mapped


def _text(codes: np.ndarray) -> str:
    if codes.itemsize == 2:
        return codes.tobytes().decode("utf-16-le")
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


_UPPER = 16  # bits that hold a block's number of letters
_LOWER = (1 << _UPPER) - 1


def _letter_table(unify: np.ndarray) -> np.ndarray:
    """1 for a letter, and in the upper half another 1 for one that is no plain ASCII letter."""
    letter = ((unify >= 65) & (unify <= 90)) | ((unify >= 97) & (unify <= 122)) | (unify >= 0xC0)
    marked = (unify >= 0xC0) & (unify < 0x2000)
    table: np.ndarray = letter.astype("<u4") + (marked.astype("<u4") << _UPPER)
    return table


_LETTERS = _letter_table(_UNIFY)
_SHORT = 60  # below it one translation table beats the fixed cost of arrays
_FOLD_SHORT = {code: chr(int(_FOLD[code])) for code in (*range(0x2200), *range(0xFE00, 0x10000)) if _FOLD[code] != code}


def fold(text: str) -> str:
    """Lower-case, diacritics dropped, layout marks as blanks; same length as ``text`` (which should be NFC)."""
    return text.translate(_FOLD_SHORT) if len(text) < _SHORT else _text(_mapped(_codes(text), _FOLD))


def marks(characters: str) -> np.ndarray:
    """A table of characters, for ``TextForms.numbers_before``."""
    table = np.zeros(_LIMIT, dtype=bool)
    table[[ord(ch) for ch in characters]] = True
    return table


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of characters to look for: those that may come first, and tables with a bit for each group."""

    either: np.ndarray
    first: np.ndarray
    second: np.ndarray

    @classmethod
    def of(cls, *groups: tuple[str, str]) -> Pairs:
        """Pairs of up to eight groups, each what may come first and what may stand behind it."""
        first, second = np.zeros((2, _LIMIT), dtype="u1")
        for bit, (before, behind) in enumerate(groups):
            first[[ord(ch) for ch in before]] |= 1 << bit
            second[[ord(ch) for ch in behind]] |= 1 << bit
        return cls(marks("".join(before for before, _ in groups)), first, second)


def one_line(text: str) -> str:
    """The words of a text on one line, without layout marks."""
    return " ".join(text.translate(_LAYOUT_AS_BLANKS).split())


@dataclass(frozen=True)
class TextForms:
    """A text and its two forms of the same length. ``source`` must be NFC."""

    source: str

    @cached_property
    def text(self) -> str:
        return _text(self._unified)

    @cached_property
    def folded(self) -> str:
        return _text(self._folded)

    @cached_property
    def unspecked(self) -> str:
        """The folded form; of a text that has lost its diacritics without the specks that scans put at words' edges."""
        return _SPECK.sub(" ", self.folded) if self.mostly_bare else self.folded

    @cached_property
    def _source(self) -> np.ndarray:
        return _codes(self.source)

    @cached_property
    def _unified(self) -> np.ndarray:
        return _mapped(self._source, _UNIFY)

    @cached_property
    def _folded(self) -> np.ndarray:
        return _mapped(self._source, _FOLD)

    @cached_property
    def double_spaced(self) -> bool:
        """Whether a blank line stands after every line, so that it says nothing of paragraphs (by the beginning)."""
        blank = self.source.count("\n\n", 0, _SAMPLE)
        return blank > 12 and blank > 4 * (self.source.count("\n", 0, _SAMPLE) - 2 * blank)

    def holds(self, words: str) -> bool:
        """Whether folded words stand anywhere in the text; looked for once."""
        if words not in self._held:
            self._held[words] = words in self.folded
        return self._held[words]

    @cached_property
    def _held(self) -> dict[str, bool]:
        return {}

    @cached_property
    def _numbers(self) -> np.ndarray:
        """Where runs of digits begin: arrays find them several times faster than a pattern."""
        digit = self._unified - ord("0") < 10
        begins: np.ndarray = np.flatnonzero(digit[1:] > digit[:-1]) + 1
        return np.concatenate(([0], begins)) if digit[:1].any() else begins

    def numbers_before(self, wanted: np.ndarray, reach: int, unless: np.ndarray) -> list[int]:
        """Where runs of digits begin that have one of ``wanted`` (see ``marks``) at most ``reach`` code points on and
        none of ``unless`` right before them."""
        begins, codes = self._numbers, self._unified
        places = np.flatnonzero((wanted if codes.itemsize > 2 else wanted[:0x10000]).take(codes))
        if not len(places):
            return []
        free = ~unless.take(codes[begins - 1]) | (begins == 0)
        begins = begins[free]
        following = places[np.minimum(np.searchsorted(places, begins), len(places) - 1)]
        near: list[int] = begins[(following >= begins) & (following - begins <= reach)].tolist()
        return near

    def places(self, pairs: Pairs) -> list[int]:
        """Where one of the pairs stands in the text."""
        codes = self._unified
        at = np.flatnonzero((pairs.either if codes.itemsize > 2 else pairs.either[:0x10000]).take(codes[:-1]))
        paired: list[int] = at[(pairs.first.take(codes[at]) & pairs.second.take(codes[at + 1])) != 0].tolist()
        return paired

    def after_words(self, wanted: frozenset[str]) -> list[int]:
        """Where in the folded form a number follows one blank and a word whose last three letters are wanted."""
        begins = self._numbers[np.searchsorted(self._numbers, 4) :]
        behind_blank = begins[self._folded[begins - 1] == ord(" ")].tolist()
        folded = self.folded
        return [at for at in behind_blank if folded[at - 4 : at - 1] in wanted]

    @cached_property
    def _letters(self) -> list[int]:
        """The number of letters per block of text and, in the upper half, of those that are not plain ASCII."""
        codes = self._source
        blocks = max(1, -(-len(codes) // _BLOCK))
        padded = np.zeros(blocks * _BLOCK, dtype="<u4")
        _LETTERS.take(codes, out=padded[: len(codes)], mode="clip")  # "raise" would copy
        counts: list[int] = padded.reshape(blocks, _BLOCK).sum(axis=1, dtype="<u4").tolist()
        return counts

    @cached_property
    def _damage(self) -> list[bool]:
        """Which blocks of text have lost their diacritics: one letter in four has one in clean Vietnamese, less than
        one in eight after OCR; a block without letters has none to lose."""
        damage = [(letters >> _UPPER) < _CLEAN_SHARE * (letters & _LOWER) for letters in self._letters]
        return [*damage, damage[-1]]  # the end of the text may be the beginning of a block

    @cached_property
    def stretches(self) -> list[tuple[int, int, bool]]:
        """The text as consecutive stretches: start, end, and whether the stretch has lost its diacritics."""
        lost = self._damage
        turns = [0, *(block for block in range(1, len(lost)) if lost[block] != lost[block - 1]), len(lost)]
        return [
            (turn * _BLOCK, min(following * _BLOCK, len(self.source)), lost[turn])
            for turn, following in pairwise(turns)
        ]

    @cached_property
    def mostly_bare(self) -> bool:
        """Whether the text as a whole has lost its diacritics."""
        marked = sum(letters >> _UPPER for letters in self._letters)
        return marked < _CLEAN_SHARE * sum(letters & _LOWER for letters in self._letters)

    def bare_before(self, position: int) -> bool:
        """Whether the words right before ``position`` carry no diacritics, whatever the text around them does."""
        window = self.text[max(0, position - _WORDS) : position]
        return len(window) > _WORDS // 2 and len(window.encode("utf-8", "surrogatepass")) - len(window) <= 2

    def damaged(self, position: int) -> bool:
        """Whether the text around ``position`` has lost its diacritics (so that D may stand for Đ)."""
        return self._damage[position // _BLOCK]
