"""The heading of a document: its type in a line of capitals and the title below it, or a letter's subject.

Decree 30/2020/NĐ-CP, Annex I, II.4: type and title stand below the header, a letter has its subject ("V/v …") below its
number. Words that end a title are data (``words/header.json``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from kb.authority import types
from kb.authority.wording import word_lists
from kb.reading.issuers import organ as organs
from kb.reading.text.text_forms import TextForms, fold

_WORDS = word_lists("header")
_REACH = 1200  # code points below the header in which type and title stand
_LINES_DOWN = 14  # lines below the header in which the type stands
_LONGEST_TYPE = 60
_LONGEST_TITLE = 700
_LINE = re.compile(r"[^\n|]+")
_CAPITALS = 0.7  # share of a line's letters
_MARKS = " \t\r*_#>|"
_RULE = re.compile(r"[-_=.~–—\s*]+")
_BELOW_TITLE = re.compile(rf"{_WORDS['below_title']}(?![a-z])|[ivx1]{{1,4}}\s?[.:/]|\(")
_AFTER_TITLE = _WORDS.pattern("after_title")
_GOES_ON = re.compile(rf"(?:(?<![a-z]){_WORDS['title_goes_on']}|[,-])$")
_SUBJECT = re.compile(rf"(?<![a-z]){_WORDS['subject_mark']}(?![a-z]):?\s{{0,3}}")
_PREAMBLE = _WORDS.pattern("preamble")
_NOTE_MARK = re.compile(r"(?<=[^\W\d_])\d{1,2}$|\s?\[\d{1,2}\]$")  # the number of a footnote: "THÔNG TƯ1"
_NUMBERED = re.compile(rf"\s{{1,3}}(?:{_WORDS['number_label']}[\s:]{{1,3}})?\d{{1,5}}\s?/")
_MOTTO = re.compile(rf"{_WORDS['motto']}|{_WORDS['motto_second']}")
_OFFICE = re.compile(_WORDS["offices"])


@dataclass(frozen=True, slots=True)
class Heading:
    """``type`` is a type id (None: no type stands there), ``title`` the title on one line, ``end`` where it ends."""

    type: str | None
    title: str | None
    end: int


_SHORT_MARK = _WORDS.folded("subject_short")
_SUBJECT_LABEL = re.compile(rf"^{_WORDS['subject_short']}:?\s?", re.IGNORECASE)


class _Line(NamedTuple):
    start: int
    end: int
    text: str
    after_blank: bool


def heading(forms: TextForms, start: int, body: str | None) -> Heading:
    """The heading below ``start``; ``body`` is the issuing organ's code, by which the type of a word is chosen."""
    lines = _lines(forms, start)
    line, left = next(lines, None), _LINES_DOWN
    while line is not None and left:
        following = next(lines, None)
        if line.text.isupper():
            kind = _type_of([line], body)
            if kind:
                title, end = _title(forms, chain([following] if following else [], lines))
                return Heading(kind.id, title, end or line.end)
            kind = _type_of([line, following], body) if following else None  # wrapped: "**QUYẾT⏎ĐỊNH**"
            if kind:
                title, end = _title(forms, lines)
                return Heading(kind.id, title, end or line.end)
        if line.text[:1].isupper() and _PREAMBLE.match(forms.folded, line.start):
            break
        line, left = following, left - 1
    return Heading(None, None, start)


def organ_below(forms: TextForms, end: int) -> organs.Organ | None:
    """The organ that stands in capitals between a title, which ends at ``end``, and the preamble."""
    for line in _lines(forms, end):
        if line.text[:1].isupper() and _PREAMBLE.match(forms.folded, line.start):
            return None
        if _whole_organ(forms, line):
            return organs.organ_at(forms, line.start, line.end)
    return None


def subject(forms: TextForms, start: int, end: int) -> str | None:
    """The subject of a letter ("V/v hướng dẫn …"), whose lines stand together below the number."""
    mark = next(
        (
            m
            for m in _SUBJECT.finditer(forms.folded, start, end)
            if forms.source[m.start()] in "Vv" and _opens(forms, m)
        ),
        None,
    )
    if mark is None:
        return None
    words: list[str] = []
    for line in _lines(forms, mark.end(), stop_at_cell=True):
        if words and (line.after_blank or _PREAMBLE.match(forms.folded, line.start) or _whole_organ(forms, line)):
            break
        words.append(line.text)
        if sum(map(len, words)) > _LONGEST_TITLE:
            break
    return _joined(words)


def untyped_title(forms: TextForms, start: int, type_: str | None) -> str | None:
    """The title of a document (of a known type) whose type line got lost or glued: between header and preamble."""
    above: list[_Line] = []
    for line in _lines(forms, start):
        if line.text[:1].isupper() and _PREAMBLE.match(forms.folded, line.start):
            kept = [one for one in above if not _MOTTO.search(forms.folded, one.start, one.end)]
            kept = [one for one in kept if not organs.organ_at(forms, one.start, one.end)]
            return _untyped(_joined([one.text for one in kept]), type_) if 0 < len(kept) <= 4 else None
        above.append(line)
    return None


def _untyped(title: str | None, type_: str | None) -> str | None:
    """A title without the type word printed in front of it."""
    word = types.longest_word(fold(title)) if title else None
    if not title or not word or type_ is None or types.by_id(word[1]).words[:1] != types.by_id(type_).words[:1]:
        return title
    return title[word[0] :].strip() or None


def _opens(forms: TextForms, mark: re.Match[str]) -> bool:
    """Whether "V/v" opens a line or cell, or stands in the number's line as in "Số: 5/UBND-NC V/v …"."""
    return forms.folded.startswith(_SHORT_MARK, mark.start()) or not forms.text[
        forms.text.rfind("\n", 0, mark.start()) + 1 : mark.start()
    ].strip(_MARKS)


def _lines(forms: TextForms, start: int, *, stop_at_cell: bool = False) -> Iterator[_Line]:
    """Lines and cells with words, stripped of marks; a rule ("-----", "____") counts as a blank line."""
    text = forms.text
    limit = min(len(text), start + _REACH)
    blank, previous = False, start
    for match in _LINE.finditer(text, start, limit):
        between = text[previous : match.start()]
        if stop_at_cell and "|" in between and previous > start:
            return
        blank = blank or "\n\n" in between
        previous = match.end()
        words = match[0].lstrip(_MARKS)
        begin = previous - len(words)
        words = words.rstrip(_MARKS)
        end = begin + len(words)
        if not words or _RULE.fullmatch(words):
            blank = True
            continue
        yield _Line(begin, end, forms.source[begin:end].replace("*", ""), blank)
        blank = False


def _type_of(lines: list[_Line], body: str | None) -> types.Type | None:
    """The type whose word a line of capitals is, or two lines together are."""
    printed = " ".join(line.text for line in lines)
    if not printed.isupper():
        return None
    words = _NOTE_MARK.sub("", printed.strip(" :.")).rstrip()
    if len(words) > _LONGEST_TYPE:
        return None
    return types.by_word(" ".join(words.split()), body)


def _title(forms: TextForms, lines: Iterable[_Line]) -> tuple[str | None, int]:
    """The title in the lines below the type, and where it ends (0 where there is none)."""
    kept: list[_Line] = []
    for line in lines:
        if _ends_title(forms, kept, line) if kept else _below_title(forms, line):
            break
        kept.append(line)
        if line.end - kept[0].start > _LONGEST_TITLE:
            break
    return _joined([line.text for line in kept]), kept[-1].end if kept else 0


def _ends_title(forms: TextForms, kept: list[_Line], line: _Line) -> bool:
    """Whether a line below title lines is no longer one: the issuing organ, or a new paragraph."""
    shouting, capitals = _shouts(kept[0].text), _shouts(line.text)
    if _below_title(forms, line) and not (shouting and capitals and not line.after_blank):
        return True
    if (shouting and not capitals) or line.text.endswith(":"):  # "THỦ TƯỚNG CHÍNH PHỦ điện:"
        return True
    if _GOES_ON.search(forms.folded[kept[-1].start : kept[-1].end].rstrip()):
        return False
    return _opens_text(forms, line, capitals) or (
        line.after_blank and not shouting and (capitals or line.text[:1].isupper())
    )


def _opens_text(forms: TextForms, line: _Line, capitals: bool) -> bool:
    """Whether a line shows by its words that the title is over: an organ, an office, what the document is based on."""
    if (
        _cites_itself(forms, line)
        or _whole_organ(forms, line)
        or (capitals and _OFFICE.match(forms.folded, line.start))
    ):
        return True
    return not capitals and line.text[:1].isupper() and _AFTER_TITLE.match(forms.folded, line.start) is not None


def _shouts(line: str) -> bool:
    """Whether a line is in capitals, but for a code such as QĐ-TTg; a line of figures goes with either."""
    return sum(map(str.isupper, line)) >= _CAPITALS * sum(map(str.isalpha, line))


def _below_title(forms: TextForms, line: _Line) -> bool:
    opens = line.text[:1].isupper() or line.text[:1] in "(1"
    return opens and _BELOW_TITLE.match(forms.folded, line.start) is not None


def _cites_itself(forms: TextForms, line: _Line) -> bool:
    """Whether a line begins a sentence on a numbered document, as consolidated texts have below their title."""
    word = types.longest_word(forms.folded, line.start) if line.text[:1].isupper() and not line.text.isupper() else None
    return word is not None and _NUMBERED.match(forms.folded, word[0]) is not None


def _whole_organ(forms: TextForms, line: _Line) -> bool:
    """Whether a line is an organ in capitals and no more ("BỘ TRƯỞNG BỘ Y TẾ", "THỦ TƯỚNG CHÍNH PHỦ điện:")."""
    found = organs.organ_at(forms, line.start, line.end)
    if found is None or not forms.source[line.start : found.end].isupper():
        return False
    return not any(ch.isupper() for ch in forms.source[found.end : line.end])


def _joined(words: list[str]) -> str | None:
    title = " ".join(" ".join(words).replace("|", " ").split())
    if title[-3:-2].islower() or title[-2:-1].islower():
        title = _NOTE_MARK.sub("", title)
    title = _SUBJECT_LABEL.sub("", title)
    return title.strip(" *_-;:") or None
