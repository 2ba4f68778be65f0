"""The title (trích yếu) of a cited document: what follows its number, date and issuer.

"Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của UBND tỉnh **về việc ban hành Kế hoạch …**" – from the opening word to
where the title ends: ``;``, the end of the sentence, the next citation of the list, or the main clause that follows.
"""

from __future__ import annotations

import re

from kb.reading.relations.title_end import end_of_title
from kb.reading.relations.title_patterns import (
    BARRIER,
    FORMER,
    HANGING,
    ISSUER,
    ISSUER_REST,
    LATER_OPENER,
    LOOSE,
    NOT_OPENER,
    OPENER,
    UNDERGONE,
)
from kb.reading.text.text_forms import TextForms

LONGEST = 600  # code points; the longest title met has 480
_SHORTEST = 8  # code points: "về giá …"
_ISSUER_REACH = 130  # code points: "của Ủy ban nhân dân … - Bộ …" before the title
_HANGING_REACH = 14  # code points that hold "hướng dẫn" before a colon
_NOTE_REACH = 8  # code points that hold the last word with its footnote's number
_VOICE_REACH = 6  # code points that hold "được" before a verb
_LOOSE_REACH = 6  # code points that hold ", và"
_NO_TITLE = (";", ".", ":", ")", "(", '"')  # what neither a title nor an issuer follows
_SAYS = re.compile(r"\S{1,30}\s{1,60}\S{1,30}\s{1,60}\S")  # "quy định:" alone is the verb of what quotes the document
_NOTE_MARK = re.compile(r"(?<=[^\W\d_]{2})\d{1,2}$")  # the number of a footnote behind the last word


def title_after(forms: TextForms, tail: int, limit: int) -> tuple[int, int] | None:
    """The span of the title that follows a citation, or None where it gives none.

    ``tail`` is where number, date and issuer end (an issuer "của …" still ahead is skipped); nothing is read at or
    beyond ``limit``.
    """
    folded = forms.folded
    if folded[tail : tail + 1] in _NO_TITLE:
        return None
    limit = min(limit, tail + LONGEST + _ISSUER_REACH, len(folded))
    start = _opening(folded, tail, limit)
    if start is None:
        return None
    end = end_of_title(forms, start, min(limit, start + LONGEST))
    end = _tidied(forms, start, end)
    return (start, end) if end - start >= _SHORTEST and _SAYS.match(folded, start, end) else None


def _opening(folded: str, tail: int, limit: int) -> int | None:
    """Where the title begins: at an opening word right behind the citation, or behind the issuer that follows it."""
    direct = OPENER.match(folded, tail, limit)
    if direct:
        at = direct.start("word")
        return None if NOT_OPENER.match(folded, at, limit) else at
    rest = ISSUER_REST.match(folded, tail, limit)
    if rest:  # "của Quốc hội | khóa XV về …", "của Ủy ban nhân dân | thành phố về việc …"
        behind = OPENER.match(folded, rest.end(), limit)
        if behind and not NOT_OPENER.match(folded, behind.start("word"), limit):
            return behind.start("word")
    return _behind_issuer(folded, tail, limit)


def _behind_issuer(folded: str, tail: int, limit: int) -> int | None:
    """Where the title begins behind an issuer "của …"; None where none is named, or a mark ends it before."""
    if not ISSUER.match(folded, tail, limit):
        return None
    reach = min(limit, tail + _ISSUER_REACH)
    barrier = BARRIER.search(folded, tail, reach)
    if barrier and (former := FORMER.match(folded, barrier.start())):  # "của UBND tỉnh Quảng Trị (cũ) …"
        barrier = BARRIER.search(folded, former.end(), reach)
    for later in LATER_OPENER.finditer(folded, tail, barrier.start() if barrier else reach):
        if UNDERGONE.search(folded, later.start() - _VOICE_REACH, later.start()):
            return None  # "của Bộ A - Bộ B được sửa đổi bởi …"
        if not NOT_OPENER.match(folded, later.start(), limit):
            return later.start()
    return None


def _tidied(forms: TextForms, start: int, end: int) -> int:
    """The end without blanks, marks, a closing quotation mark of the sentence, a footnote's number, a hanging verb."""
    folded, text = forms.folded, forms.text
    if folded[end : end + 1] == ":" and (hanging := HANGING.search(folded, max(start, end - _HANGING_REACH), end)):
        end = hanging.start()
    note = _NOTE_MARK.search(text[max(start, end - _NOTE_REACH) : end])
    if note and text[end - len(note[0]) - 1].islower():
        end -= len(note[0])
    while end > start and folded[end - 1] in " ,.*_-":
        end -= 1
    loose = LOOSE.search(folded, max(start, end - _LOOSE_REACH), end)
    if loose:
        end = loose.start()
    if text[end - 1 : end] in ("”", '"') and not any(mark in text[start : end - 1] for mark in '“"'):
        end -= 1
    return end
