"""Which words are Vietnamese syllables: onset, rime and tone as the orthography allows them.

A closed rule, so that a word damaged by a scan or a lost glyph ("th", "Quyét", "nghi€m") is told from a real one
without a dictionary. Onsets and rimes after the spelling of modern Vietnamese (quốc ngữ).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ONSETS = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x"
_RIMES = (
    # open and closed rimes with the codas each nucleus takes
    "a(?:c|ch|i|m|n|ng|nh|o|p|t|u|y)?|ă(?:c|m|n|ng|p|t)|â(?:c|m|n|ng|p|t|u|y)|e(?:c|m|n|ng|o|p|t)?|ê(?:ch|m|n|nh|p|t|u)?"
    "|i(?:a|ch|m|n|nh|p|t|u)?|iê(?:c|m|n|ng|p|t|u)|yê(?:m|n|ng|t|u)|o(?:c|i|m|n|ng|p|t)?|oo(?:c|ng)|ô(?:c|i|m|n|ng|p|t)?"
    "|ơ(?:i|m|n|p|t)?|oa(?:c|ch|i|m|n|ng|nh|o|p|t|y)?|oă(?:c|m|n|ng|t)|oe(?:n|o|t)?|u(?:a|c|i|m|n|ng|p|t)?|uâ(?:n|ng|t|y)"
    "|uê(?:ch|n|nh|u)?|uô(?:c|i|m|n|ng|t)|uơ|uy(?:a|ch|n|nh|p|t|u)?|uyê(?:n|t)|ư(?:a|c|i|m|n|ng|t|u)?|ươ(?:c|i|m|n|ng|p|t|u)"
    "|y|ue|ua(?:n|ng|t|y|i|o)?"
)
_SYLLABLE = re.compile(rf"(?:{_ONSETS})?(?:{_RIMES})")
_AFTER_QU = re.compile(
    r"qu(?:a(?:c|ch|i|n|ng|nh|o|t|u|y)?|ă(?:c|m|n|ng|t)|â(?:n|ng|t|y)|e(?:n|o|t)?|ê(?:n|nh|t)?|i(?:t|n)?|ơ(?:i|n|t)?|ô(?:c)?"
    r"|y(?:ch|n|nh|t|êt|ên|u)?)"
)
_STOPPED = re.compile(r"(?:c|ch|p|t)$")
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_STOP_TONES = {"\u0301", "\u0323"}


_LONGEST = 8  # nghiêng has 7 letters; a decomposed tone mark is one more


def is_syllable(word: str) -> bool:
    """Whether ``word`` (any case, NFC) is spelled as a Vietnamese syllable, with at most one tone mark; a syllable
    that ends in a stop (c, ch, p, t) bears the tone sắc or nặng."""
    return len(word) <= _LONGEST and _is_syllable(word)


@lru_cache(maxsize=20_000)
def _is_syllable(word: str) -> bool:
    letters: list[str] = []
    tones: list[str] = []
    for ch in unicodedata.normalize("NFD", word.lower()):
        if ch in _TONES:
            tones.append(ch)
        else:
            letters.append(ch)
    if len(tones) > 1:
        return False
    base = unicodedata.normalize("NFC", "".join(letters))
    if not (_SYLLABLE.fullmatch(base) or _AFTER_QU.fullmatch(base)):
        return False
    return not _STOPPED.search(base) or bool(tones and tones[0] in _STOP_TONES)
