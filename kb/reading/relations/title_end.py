"""Where the title of a cited document ends: at a closing mark or word, a further citation, or the next paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kb.reading.relations.title_patterns import (
    ABBREVIATIONS,
    ACT,
    BY_ANOTHER,
    CITED,
    CITED_FIRST,
    MAIN_CLAUSE,
    NEXT_LINE,
    NOT_CONTINUED,
    NOT_CUT,
    NOT_IN_TITLE,
    STAGE,
    STOP,
    TYPES,
    UNDERGOING,
)
from kb.reading.text.text_forms import TextForms

_CONTINUED = 300  # code points: the longest part of a title behind a semicolon
_SHOUTED = 24  # letters at its beginning that tell a title in capitals, whose lines do not end it
_STAGE_REACH = 16  # "giai đoạn II": what stands before a colon that belongs to the title
_UNDERGOING_REACH = 40  # "thủ tục hành chính": what stands before a closing word that belongs to the title
_ABBREVIATION_REACH = 12  # code points that hold the word before a full stop
_SHORTEST = 3  # code points: a closing word nearer to the start is the opening word's own ("về trên cơ sở")
_PART_END = re.compile(r"[;.:(]")
_BULLET = re.compile(r"[ \t]*(?:[-+•|#]\s?(?!\d{4})|\*{2}|\d{1,2}[.)]\s|[a-zđ]\)\s)")
# A date or a section's numeral alone: the next cell or row of a table that lost its borders.
_DATE_LINE = re.compile(r"(?:\d{1,2}/\d{1,2}/\d{4}|[IVX]{1,5})[ \t]*(?:\n|$)")
_CAPITALS = re.compile(r"[^\W\d_]{2,12} [^\W\d_]{2,12}")
_NEXT_TEXT = re.compile(r"\s+")


def end_of_title(forms: TextForms, start: int, limit: int) -> int:
    """Where the title that begins at ``start`` ends: at its closing mark or word, or before that at a line break."""
    text = forms.text
    end = _closing(forms, start, limit)
    at = text.find("\n", start, end)
    shouting = at >= 0 and text[start : start + _SHOUTED].isupper()
    while at >= 0:
        if _ends_paragraph(forms, at, shouting):
            return at
        at = text.find("\n", at + 1, end)
    return end


@dataclass(slots=True)
class _Scan:
    """A title that is read to its end: ``depth`` counts open brackets, ``quoted``: inside quotation marks."""

    forms: TextForms
    start: int
    limit: int
    depth: int = 0
    quoted: bool = False


def _closing(forms: TextForms, start: int, limit: int) -> int:
    limit = _semicolon(forms, start, limit)
    scan = _Scan(forms, start, limit)
    for stop in STOP.finditer(forms.folded, start, limit):
        if _ENDS[stop.lastgroup or ""](scan, stop):
            return stop.start()
    bar = forms.text.find("|", start, limit)  # a table cell's border is a blank in the folded form
    return bar if bar >= 0 else limit


def _at_open(scan: _Scan, stop: re.Match[str]) -> bool:
    """Brackets that tell of the document's other names and changes, or cite another, are no part of its title."""
    at, folded = stop.start(), scan.forms.folded
    if NOT_IN_TITLE.match(folded, at + 1) or CITED_FIRST.match(folded, at + 1, scan.limit):
        return True
    scan.depth += 1
    return False


def _at_close(scan: _Scan, stop: re.Match[str]) -> bool:
    """A bracket that was opened before the title ends it."""
    if scan.depth == 0:
        return True
    scan.depth -= 1
    return False


def _at_quote(scan: _Scan, stop: re.Match[str]) -> bool:
    """Quotation marks never end a title; those of the sentence itself open before it."""
    text, at = scan.forms.text, stop.start()
    closing = text[at] == "”" or not text[at + 1 : at + 2].isalnum()
    scan.quoted = not scan.quoted if scan.quoted or not closing else False
    return False


def _at_colon(scan: _Scan, stop: re.Match[str]) -> bool:
    at = stop.start()
    return not scan.quoted and not STAGE.search(scan.forms.folded, max(scan.start, at - _STAGE_REACH), at)


def _at_dot(scan: _Scan, stop: re.Match[str]) -> bool:
    """A full stop behind a word that is no abbreviation, with a blank or a mark behind it."""
    at, text = stop.start(), scan.forms.text
    after = text[at + 1 : at + 2]
    if after and not after.isspace() and after not in "*_)\"”’'":
        return False
    before = scan.forms.folded[max(scan.start, at - _ABBREVIATION_REACH) : at].split()
    return not (before and before[-1] in ABBREVIATIONS and after == " ")


def _at_list(scan: _Scan, stop: re.Match[str]) -> bool:
    """A further citation of the list; one behind "sửa đổi … Nghị định A" is one more object, unless of another type."""
    if scan.depth:
        return False
    nested = CITED.search(scan.forms.folded, scan.start, stop.start())
    return not nested or _of_another_type(scan.forms.folded, scan.start, nested.start(), stop["listed"])


def _at_clause(scan: _Scan, stop: re.Match[str]) -> bool:
    """The main clause: a subject with a capital letter and its verb."""
    at = stop.start()
    if scan.depth or not scan.forms.text[at + 1 : at + 5].lstrip()[:1].isupper():
        return False
    return MAIN_CLAUSE.match(scan.forms.folded, at, scan.limit) is not None


def _at_cut(scan: _Scan, stop: re.Match[str]) -> bool:
    """A closing word that is no part of the title."""
    at = stop.start()
    inside = scan.depth or scan.quoted or at <= scan.start + _SHORTEST
    return not inside and not _belongs(scan.forms.folded, scan.start, at)


_ENDS: dict[str, Callable[[_Scan, re.Match[str]], bool]] = {
    "open": _at_open,
    "close": _at_close,
    "quote": _at_quote,
    "colon": _at_colon,
    "dot": _at_dot,
    "list": _at_list,
    "clause": _at_clause,
    "cut": _at_cut,
}
"""Whether the title ends at each kind of mark that ``STOP`` finds."""


def _of_another_type(folded: str, start: int, nested: int, listed: str) -> bool:
    """Whether a document listed behind "sửa đổi … Nghị định A" is of another type, and so no object of that act."""
    if not ACT.match(folded, start):
        return False
    found = list(TYPES.finditer(folded, start, nested))
    return bool(found) and found[-1].group().split() != listed.split()


def _belongs(folded: str, start: int, at: int) -> bool:
    """Whether a closing word belongs to the title: "bạo lực trên cơ sở giới", "thủ tục được sửa đổi trong lĩnh vực"."""
    if NOT_CUT.match(folded, at + 1):
        return True
    undergoing = UNDERGOING.search(folded, max(start, at - _UNDERGOING_REACH), at)
    return undergoing is not None and not BY_ANOTHER.match(folded, at)


def _semicolon(forms: TextForms, start: int, limit: int) -> int:
    """The first semicolon that ends the title; ``limit`` where none does.

    None inside brackets; none behind which the title goes on in small letters ("về đổi mới sáng tạo; khuyến khích
    hoạt động …"), which an item ("b) …"), a further citation or the next act of the sentence does not.
    """
    folded, text = forms.folded, forms.text
    at = folded.find(";", start, limit)
    while at >= 0:
        opened = folded.rfind("(", start, at)
        inside = opened >= 0 and folded.find(")", opened, at) < 0 and folded.find(")", at, limit) >= 0
        if not inside and not _continued(folded, text, at, limit):
            return at
        at = folded.find(";", at + 1, limit)
    return limit


def _continued(folded: str, text: str, at: int, limit: int) -> bool:
    following = _NEXT_TEXT.match(text, at + 1)
    position = following.end() if following else at + 1
    if position >= limit or not text[position].islower() or text.count("\n", at, position) > 1:
        return False
    if NOT_CONTINUED.match(folded, position, limit):
        return False
    closed = _PART_END.search(folded, position, min(limit, position + _CONTINUED))
    return closed is not None and CITED.search(folded, position, closed.start()) is None


def _ends_paragraph(forms: TextForms, at: int, shouting: bool) -> bool:
    """A line break ends the title before a bullet, a heading, or a paragraph that begins with a capital."""
    text = forms.text
    following = _NEXT_TEXT.match(text, at)
    position = following.end() if following else at + 1
    blank_line = text.count("\n", at, position) > 1
    if _BULLET.match(text, position):
        return True
    first = text[position : position + 1]
    if not first or _DATE_LINE.match(text, position):
        return True
    if first.isupper() and NEXT_LINE.match(forms.folded, position):
        return True
    if not shouting and (capitals := _CAPITALS.match(text, position)) and capitals.group().isupper():
        return True
    return blank_line and (first.isupper() or first.isdigit() or first in "*_([")
