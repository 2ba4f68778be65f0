"""How much of a document an act is upon: the whole, or the part that its words name.

"Bãi bỏ Thông tư số X" ends the whole; "Bãi bỏ khoản 2 Điều 5 …", "các biểu mẫu tại …", "cụm từ “A” tại …" only a part.
A part that is told in words beside its điều and khoản is given in these words. Words are data
(``data/words/acts.json``).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kb.authority.wording import word_lists
from kb.model import Citation
from kb.reading.text.text_forms import TextForms, one_line

_WORDS = word_lists("acts")
_TIE = re.compile(rf"(?:^|[\s,;(]){_WORDS['tie']}\s*$")
_ENTIRE = re.compile(rf"(?:^|[\s,;]){_WORDS['entire']}\s*$")
_PIECE = re.compile(rf"\W{{0,4}}{_WORDS['piece']}\b")
_NEVER_WHOLE = frozenset({"amends", "corrects"})
"""The relations of acts that by their nature change a part and leave the rest."""

_REACH = 1200  # code points before a citation in which the words for its part stand
_LONGEST_PART = 200
_MARKS = " \t\n*_:;,.-–•()"
_NUMBERED = re.compile(r"\s{0,3}(?:[-+•–]|\(?\d{1,2}(?:\.\d{1,2}){0,2}[.)]|[^\W\d_][.)])\s")  # how an item begins


class Extent(NamedTuple):
    """``whole``: whether the act is upon the whole document; ``part``: the words for the part, where they name more
    than articles."""

    whole: bool
    part: str | None


def extent(forms: TextForms, citation: Citation, head: int, start: int) -> Extent:
    """How much of the cited document an act is upon.

    Args:
        forms: the text.
        citation: the citation of the document acted on, with its relation and pinpoint.
        head: where the citation with its type word and pinpoint begins.
        start: where the words for the part may begin (see ``object_start``).
    """
    if citation.inverse:  # what is acted on stands before, with a pinpoint of its own
        return Extent(citation.relation not in _NEVER_WHOLE, None)
    words = forms.folded[start:head]
    tie = _TIE.search(words)
    piece = _PIECE.match(words) is not None and citation.cue is not None and start >= citation.cue[1]
    if citation.relation in _NEVER_WHOLE or citation.pinpoint is not None:
        whole = False
    elif tie is None:
        whole = not piece
    elif not words[: tie.start()].strip(_MARKS):
        whole = not piece  # "chấm dứt hiệu lực | của X"
    else:
        whole = _ENTIRE.search(words, 0, tie.start() + 1) is not None
    if whole:
        return Extent(True, None)
    stop = start + tie.start() if tie else head
    part = one_line(forms.source[start:stop]).strip(_MARKS) if tie or piece else ""
    return Extent(False, part[:_LONGEST_PART] or None)


def object_start(forms: TextForms, citation: Citation, head: int, floor: int) -> int:
    """Where the words for the part may begin: behind the act, the citation before, or the mark of the item.

    Args:
        forms: the text.
        citation: the citation of the document acted on.
        head: where it begins with its type word.
        floor: where the citation before it ends or its paragraph begins: nothing before that is read.
    """
    start = max(floor, head - _REACH)
    if citation.cue is not None and start <= citation.cue[1] <= head:
        return citation.cue[1]
    for mark in (";", ". "):
        at = _outside_quotes(forms.text, mark, start, head)
        if at >= 0:
            start = max(start, at + len(mark))
    numbered = _NUMBERED.match(forms.text, start, head)
    return numbered.end() if numbered else start


def _outside_quotes(text: str, mark: str, start: int, end: int) -> int:
    """Where a mark last stands outside of quoted words; -1: nowhere."""
    at = text.rfind(mark, start, end)
    while at >= 0 and text.count('"', start, at) % 2:
        at = text.rfind(mark, start, at)
    return at
