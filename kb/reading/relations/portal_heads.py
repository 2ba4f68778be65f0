"""What the heads of a portal's page say of the documents listed below or behind them ("Văn bản bị thay thế").

A head stands alone in its line over its list, or before its documents in their line or row. The list goes on while
each line opens with a document, up to the next head.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.authority import portal_heads
from kb.authority.portal_heads import PortalHead
from kb.model import Citation, OwnIdentity
from kb.reading.text.text_forms import TextForms

_FIRST = "|".join(dict.fromkeys(form for word in portal_heads.FIRST_WORDS for form in (word, word.upper())))
_LINE = re.compile(rf"(?:^|[\n|])[ \t*_#>|•·+-]{{0,10}}(?=(?:{_FIRST})\b)")
_WORDS = re.compile(rf"(?P<head>[^\n:|\t(\[\d]{{4,{portal_heads.LONGEST + 8}}})(?:[(\[]\d{{1,3}}[)\]])?[ *_]{{0,4}}")
_SURE = 0.85
_GAPS = 2  # lines of a title or of a day that may stand between two documents of a list
_LONGEST_GAP = 200  # code points of such a line
_TYPE = re.compile(r"[\s\d.)*_#>|•·+–-]{0,12}[^\n\d:;]{0,45}\Z")  # before a number that opens its line
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The text that a head governs, and where its words stand."""

    head: PortalHead
    cue: tuple[int, int]
    start: int
    end: int
    listed: bool  # below it, one in a line; else all in its own line


def with_portal_heads(forms: TextForms, citations: Sequence[Citation], own: OwnIdentity | None) -> list[Citation]:
    """The citations, those under a head of a portal with what it says of them."""
    out = list(citations)
    begins = [citation.start for citation in out]
    for stretch in _stretches(forms.text):
        for at in _governed(forms.text, out, begins, stretch):
            out[at] = _told(out[at], stretch, own)
    return out


def _stretches(text: str) -> Iterator[_Stretch]:
    for line in _LINE.finditer(text):
        words = _WORDS.match(text, line.end())
        head = portal_heads.head(words["head"]) if words else None
        if words is None or head is None:
            continue
        cue = (words.start("head"), words.start("head") + len(words["head"].rstrip(" *_")))
        stop = text.find("\n", words.end())
        stop = len(text) if stop < 0 else stop
        rest = text[words.end() : stop]
        if not rest.strip(" \t|:*_"):
            yield _Stretch(head, cue, stop, len(text), listed=True)
        elif rest[:1] in ":|\t" and len([cell for cell in rest.split("|") if cell.strip()]) == 1:
            yield _Stretch(head, cue, words.end(), stop, listed=False)


def _governed(text: str, citations: list[Citation], begins: list[int], stretch: _Stretch) -> Iterator[int]:
    """The indexes of the citations that a head governs."""
    if stretch.listed:
        yield from _in_list(text, begins, stretch.start)
        return
    for at in range(bisect_left(begins, stretch.start), bisect_left(begins, stretch.end)):
        if citations[at].parent is None and citations[at].kind != "back_reference":
            yield at


def _in_list(text: str, begins: list[int], line: int) -> Iterator[int]:
    """The indexes of the citations that open the lines behind ``line``, the end of a head's line."""
    gaps = 0
    while line < len(text) and gaps <= _GAPS:
        stop = text.find("\n", line + 1)
        stop = len(text) if stop < 0 else stop
        at = bisect_left(begins, line + 1)
        words = text[line:stop].strip()
        if at < len(begins) and begins[at] < stop and _TYPE.fullmatch(text, line, begins[at]):
            yield at
            gaps = 0
        elif len(words) > _LONGEST_GAP or _is_head(words):
            return
        elif words:
            gaps += 1
        line = stop


def _is_head(words: str) -> bool:
    found = _WORDS.match(words.lstrip(" *_#>|•·+-"))
    return found is not None and portal_heads.head(found["head"]) is not None


def _told(citation: Citation, stretch: _Stretch, own: OwnIdentity | None) -> Citation:
    head = stretch.head
    if head.relation == "cites":
        return citation  # it only ends the list above
    inverse = head.way == "by" or (head.way == "by_age" and not _older(citation, own))
    return citation._replace(
        relation=head.relation, inverse=inverse, cue=stretch.cue, parent=None, aspect=None, confidence=_SURE
    )


def _older(citation: Citation, own: OwnIdentity | None) -> bool:
    """Whether a cited document is known to be older than the one of the page."""
    cited = _YEAR.search(citation.date or "") or _YEAR.search(citation.number or "")
    mine = _YEAR.search((own.date or own.number or "") if own else "")
    if cited is None or mine is None:
        return False
    if citation.date and own and own.date:
        return citation.date < own.date
    return cited.group() < mine.group()
