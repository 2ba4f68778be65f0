"""Telex left in a query: "quyeets ddinhj", typed where no input method was on, is "quyết định".

Telex writes marks as letters: aa, ee, oo, dd, aw, ow, uw for â, ê, ô, đ, ă, ơ, ư, and s, f, r, x, j at the end of a
syllable for its tone. A word is read so only where it is no Vietnamese syllable as it stands, and is one read so.
"""

from __future__ import annotations

import re
import unicodedata

_ONSET = r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
_NUCLEUS = (
    r"(?:uye|uya|uyu|oai|oay|oeo|uay|uoi|uou|ieu|yeu|ia|ie|iu|ya|ye|oa|oe|oi|ua|ue|ui|uo|uu|uy|ai|ao|au|ay|eo|eu"
    r"|[aeiouy])"
)
_CODA = r"(?:ch|nh|ng|[cmnpt])?"
_SYLLABLE = re.compile(f"{_ONSET}{_NUCLEUS}{_CODA}")
_TYPED = re.compile(r"[a-z]{2,10}")
_TONE = re.compile(r"([sfrxj])(?=(?:ch|nh|ng|[cmnpt])?\Z)")
_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_LETTERS = (
    ("uow", "ươ"),
    ("uwo", "ươ"),
    ("ươw", "ươ"),
    ("aa", "â"),
    ("ee", "ê"),
    ("oo", "ô"),
    ("dd", "đ"),
    ("aw", "ă"),
    ("ow", "ơ"),
    ("uw", "ư"),
)
_MARKED = re.compile("[âêôăơư]")
_VOWELS = re.compile("[aeiouyâêôăơư]+")


def is_syllable(folded: str) -> bool:
    """Whether a folded word has the shape of a Vietnamese syllable."""
    return _SYLLABLE.fullmatch(folded) is not None


def read(word: str) -> str | None:
    """The syllable that a word typed in Telex stands for; None where it is none, or is a syllable as it stands."""
    typed = word.lower()
    if not _TYPED.fullmatch(typed) or is_syllable(typed):
        return None
    tone = _TONE.search(typed, 2)
    letters = typed[: tone.start()] + typed[tone.end() :] if tone else typed
    for written, meant in _LETTERS:
        letters = letters.replace(written, meant)
    plain = unicodedata.normalize("NFD", letters.replace("đ", "d"))
    if not is_syllable("".join(char for char in plain if not unicodedata.combining(char))):
        return None
    return _toned(letters, _TONES[tone[1]]) if tone else letters if letters != typed else None


def _toned(letters: str, tone: str) -> str:
    """The tone on the vowel where it is written: the marked one, else the last before a coda, else the last but one."""
    onset = 2 if letters.startswith(("qu", "gi")) and len(letters) > 2 else 0
    marked = [match.start() for match in _MARKED.finditer(letters)]
    vowels = _VOWELS.search(letters, onset) or _VOWELS.search(letters)
    if vowels is None:
        return letters
    closed = vowels.end() < len(letters)
    last = vowels.end() - 1
    at = marked[-1] if marked else last if closed or vowels.start() == last else last - 1
    return unicodedata.normalize("NFC", letters[: at + 1] + tone + letters[at + 1 :])
