"""Sections whose heading says what the documents listed in them are: "II. CƠ SỞ PHÁP LÝ", "2. Nội dung tuyên truyền".

A heading governs its section down to the next heading of its rank, through headings of lower rank, lists and tables.
What governs is a heading that names a list and nothing else; words in a sentence do not. Words are data
(``words/relations.json``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from kb.reading.relations.wording import LISTS
from kb.reading.text.text_forms import TextForms

_LONGEST = 120  # code points of a heading
_KINDS = (  # what a heading says, the list of its words, whether others may follow them
    ("based_on", "basis_headings", True),
    ("based_on", "basis_headings_alone", False),
    ("disseminates", "dissemination_headings", True),
)
_MARK = (
    r"(?P<sharps>#{1,6})|(?P<roman>[IVX]{1,5})[.)](?!\d)|(?P<letter>[A-ZĐ])[.)](?=\s)"
    r"|(?P<figures>\d{1,2}(?:\.\d{1,2}){0,3})[.)]?(?=[\s*])|(?P<small>[a-zđ])[).](?=\s)"
)
_LINE = re.compile(rf"[ \t]{{0,8}}(?P<bold>\*\*)?[ \t*_]{{0,6}}(?:(?:{_MARK})[ \t.)*_]{{0,6}})?")
_NEXT = re.compile(rf"\n(?=[ \t*_]{{0,8}}(?:{_MARK}|[^\W\d_]{{2}}))")
_CAPITALS, _LETTER, _ROMAN, _FIGURES, _BOLD, _SMALL = 10, 15, 20, 30, 55, 60
_HIGHEST_SIGN = 6  # of Markdown
_A_FIGURE = 10  # what each figure more of "1.2.3" adds to a rank
_ROMANS = {"I": 1, "V": 5, "X": 10}
_CITED = re.compile(r"\d\s?/")


class Section(NamedTuple):
    """``text[start:end]`` stands below a heading, whose words ``cue`` say ``relation`` of what is listed there."""

    start: int
    end: int
    cue: tuple[int, int]
    relation: str


class _Rank(NamedTuple):
    """Of a heading: the lower the figure the higher it stands; ``number`` among those of its rank (0: it has none)."""

    height: int
    number: int


class Sections:
    """The sections of one text, found by offset."""

    def __init__(self, forms: TextForms) -> None:
        self._sections = sorted(_sections(forms))
        self._starts = [section.start for section in self._sections]

    def around(self, offset: int) -> Section | None:
        """The innermost section around an offset."""
        for at in range(bisect_right(self._starts, offset) - 1, -1, -1):
            if offset < self._sections[at].end:
                return self._sections[at]
        return None


def _by_beginning() -> dict[str, tuple[tuple[str, str, bool], ...]]:
    """The words of headings (what they say, whether others may follow) by their first two, the longest first: a text is
    searched for seven beginnings instead of thirty phrases."""
    found: dict[str, list[tuple[str, str, bool]]] = {}
    for relation, name, goes_on in _KINDS:
        for words in LISTS.folded(name):
            found.setdefault(" ".join(words.split()[:2]), []).append((words, relation, goes_on))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in found.items()}


_WORDS = _by_beginning()


def _sections(forms: TextForms) -> Iterator[Section]:
    for beginning, rows in _WORDS.items():
        at = forms.folded.find(beginning)
        while at >= 0:
            for words, relation, goes_on in rows:
                if forms.folded.startswith(words, at):
                    section = _section(forms, at, at + len(words), relation, goes_on)
                    if section is not None:
                        yield section
                        break
            at = forms.folded.find(beginning, at + 1)


def _section(forms: TextForms, start: int, end: int, relation: str, goes_on: bool) -> Section | None:
    """The section whose heading holds these words; None where they stand in a sentence.

    ``goes_on``: whether other words may follow them in the heading.
    """
    text = forms.text
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    opened = _LINE.match(text, line, start)
    if stop - line > _LONGEST or opened is None or not _LEADS.fullmatch(forms.folded, opened.end(), start):
        return None
    rest = text[end:stop].rstrip(" \t*_|:")
    if not (_HEADS.fullmatch(forms.folded, end, end + len(rest)) if goes_on else not rest):
        return None
    if text.endswith("|\n", 0, line):
        return None  # the head of a column, whose table lost its lines
    rank = _rank(opened, text[opened.end() : end + len(rest)])
    return Section(stop, _end(text, stop, rank), (start, end), relation) if rank is not None else None


_LEADS = re.compile(rf"(?:{LISTS['heading_leads']} )*")  # "Những", "Các", "Một số"
_HEADS = re.compile(r"(?: [^.;:0-9]{0,90})?")


def _rank(opened: re.Match[str], words: str) -> _Rank | None:
    """The rank of a heading with this mark and these words; None where nothing sets it off."""
    if opened["sharps"]:
        return _Rank(len(opened["sharps"]), 0)
    if opened["roman"]:
        return _Rank(_ROMAN, _roman(opened["roman"]))
    if opened["letter"]:
        return _Rank(_LETTER, ord(opened["letter"]))
    if opened["figures"]:
        figures = opened["figures"].split(".")
        return _Rank(_FIGURES + _A_FIGURE * (len(figures) - 1), int(figures[-1]))
    if opened["small"]:
        return _Rank(_SMALL, ord(opened["small"]))
    if words.isupper():
        return _Rank(_CAPITALS, 0)
    return _Rank(_BOLD, 0) if opened["bold"] else None


def _roman(letters: str) -> int:
    values = [_ROMANS[letter] for letter in letters]
    return sum(-one if one < following else one for one, following in zip(values, [*values[1:], 0], strict=True))


def _end(text: str, start: int, rank: _Rank) -> int:
    """Where the section ends: at the next line that opens with a heading of its rank, or of a higher one."""
    for line in _NEXT.finditer(text, start):
        opened = _LINE.match(text, line.end())
        stop = text.find("\n", line.end())
        words = text[opened.end() if opened else line.end() : stop if stop >= 0 else len(text)]
        other = _rank(opened, words.strip(" \t*_|")) if opened else None
        if other is not None and _ends(rank, other, words):
            return line.start()
    return len(text)


def _ends(rank: _Rank, other: _Rank, words: str) -> bool:
    if other.height == _CAPITALS:
        return len(words) < _LONGEST and _CITED.search(words) is None
    if rank.height <= _HIGHEST_SIGN < other.height:
        return other.height <= _ROMAN  # a heading that is not marked like the others
    if other.height == rank.height:
        return not rank.number or other.number == rank.number + 1
    return other.height < rank.height
