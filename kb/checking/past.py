"""Whether a stretch of the draft is said to be of the past: what was, and is told of."""

from __future__ import annotations

import re

from kb.authority.wording import word_lists
from kb.checking.draft import Draft

_REACH = 60
"""Code points around a name within which words say that it is of the past."""
_WORDS = word_lists("checking")


def as_marked(words: str) -> str:
    """Words in lower case with their diacritics, in one way of setting the tone: "quận ủy" is not "quan uỷ"."""
    return words.lower().replace("uỷ", "ủy").replace("hoà", "hòa")


BREAK = re.compile(r"\n[ \t]*\n|[.;]\s")
"""Ends what belongs to a name: a paragraph, a sentence."""
_PAST = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(as_marked(word)) for word in _WORDS.words('past'))})(?!\w)")


def told_as_past(draft: Draft, start: int, end: int) -> bool:
    """Whether words around ``text[start:end]`` say that it is of the past ("trước đây", "cũ", "sáp nhập")."""
    before = BREAK.split(draft.text[max(0, start - _REACH) : start])[-1]
    around = before + "|" + BREAK.split(draft.text[end : end + _REACH])[0]
    return _PAST.search(" ".join(as_marked(around).split())) is not None
