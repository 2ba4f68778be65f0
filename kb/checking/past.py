"""Whether a stretch of the draft is said to be of the past: what was, and is told of."""

from __future__ import annotations

import re

from kb.authority.fold import fold
from kb.authority.wording import word_lists
from kb.checking.draft import Draft

_DID = re.compile(rf"(?<![a-z]){word_lists('checking')['by_whom']}\Z")
_WHAT = re.compile(rf"(?:{word_lists('checking')['issued_by']})(?![a-z])")
_TITLE_GOES_ON = re.compile(rf"(?:{word_lists('checking')['title_goes_on']})\Z")
_DECISIONS_OF = re.compile(rf"(?<![a-z])(?:{word_lists('checking')['decisions_of']})(?![a-z])")
_FAR = 160
"""Code points before a name in which the list may begin that it stands in ("các quyết định của Chủ tịch UBND …, …")."""
_REACH = 60
"""Code points around a name within which words say that it is of the past."""
_WORDS = word_lists("checking")


def as_marked(words: str) -> str:
    """Words in lower case with their diacritics, in one way of setting the tone: "quận ủy" is not "quan uỷ"."""
    return words.lower().replace("uỷ", "ủy").replace("hoà", "hòa")


BREAK = re.compile(r"\n[ \t>]*(?:\n|\||[-+*•][ \t])|[.;]\s")
"""Ends what belongs to a name: a paragraph, a row of a table, an item, a sentence."""
SENTENCE_END = re.compile(r"\n[ \t>]*(?:\n|\|)|[.]\s")
"""Ends the title of a document that is named to be ended or changed: semicolons may stand in it."""
_OF_THE_ONE_BEFORE = re.compile(rf"\((?:{'|'.join(map(re.escape, word_lists('titles').words('former')))})\)[,;]?")
"""Says that what stands before it is of the past, and nothing of what follows."""
_PAST = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(as_marked(word)) for word in _WORDS.words('past'))})(?!\w)")


_YEAR_OF = re.compile(rf"{_WORDS['in_year']}\s+(?P<year>(?:19|20)\d\d)\s+{_WORDS['of']}\s+$")


def told_of_year(draft: Draft, start: int) -> str | None:
    """The year of which something of an organ is told ("thu nhập năm 2024 của Tổng cục Thống kê"), None where none
    stands before its name."""
    found = _YEAR_OF.search(draft.folded, max(0, start - _REACH), start)
    return found["year"] if found is not None else None


def quoted(draft: Draft, start: int) -> bool:
    """Whether a name stands within quotation marks that opened in its paragraph: words of another document."""
    paragraph = draft.text.rfind("\n\n", 0, start) + 1
    opened = draft.text.rfind("“", paragraph, start)
    return opened >= 0 and draft.text.find("”", opened, start) < 0


def told_as_past(draft: Draft, start: int, end: int) -> bool:
    """Whether words around ``text[start:end]`` say that it is of the past ("trước đây", "cũ", "sáp nhập")."""
    before = _OF_THE_ONE_BEFORE.sub("", BREAK.split(draft.text[max(0, start - _REACH) : start])[-1])
    behind = BREAK.split(draft.text[end : end + _REACH])[0]
    if _DID.search(fold(before)) and _WHAT.match(fold(behind)):
        return True
    further = BREAK.split(draft.text[max(0, start - _FAR) : start])[-1]
    if _TITLE_GOES_ON.search(fold(before)) or _DECISIONS_OF.search(fold(further)):
        return True
    return _PAST.search(" ".join(as_marked(f"{before}|{behind}").split())) is not None
