"""Where sentences and paragraphs begin in the text before a citation.

Documents come wrapped inside sentences, with Markdown marks, table cells, numbered and bulleted lines, blank lines
after every line or after none: a line break alone tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kb.reading.relations.wording import LISTS
from kb.reading.text.text_forms import CAPITALS, SMALLS

_NEAR = (48, 160)  # within which the opening of a clause mostly is
_MARKS = " \t\n*_#>~@|"
_FAR = 2  # openings that a gap longer than the window is taken to hold besides those found
_WINDOW = 600  # how far back a citation's clause is looked for
_CLOSERS = ' *_\t\n")”'
_ENDS = (".", ":", "!", "?", ";", "…")

# What may open a paragraph in the unified text: a table cell; a line break with a bullet, number or heading word
# behind it; one behind a closing mark, a blank line or a heading in capitals. ``openings`` decides which of them do.
_CAPITAL, _SMALL = f"[{CAPITALS}]", f"[{SMALLS}]"
_LAYOUT = r"[\s*_#>~@|]{0,60}+"
_MARK = (
    r"(?P<mark>[-+•–·](?!-)|\(?\d{1,3}(?:\.\d{1,2}){0,3}[.)](?![\d/])|[^\W\d_]{1,2}[.)]|[IVX1]{1,5}[.)]"
    rf"|\[\d{{1,3}}\]|{LISTS['headings']}[ ]{{1,3}}(?:\d{{1,3}}[a-zđ]?|[IVXLC]{{1,6}})"
    r"(?=[ ]?[.:*\n])[.:]?"
    rf"|(?=(?:{LISTS['paragraph_words']}|{LISTS['task']} {LISTS['task_object']})\b))"
)
_BREAK = re.compile(
    rf"[\n|](?:{_LAYOUT}{_MARK}|(?<=\|){_LAYOUT}|(?<=[.:!?;…”\")*_ \t]\n){_LAYOUT}"
    rf"|[ \t*_#]{{0,8}}[\n|]{_LAYOUT}(?P<note>\d{{1,3}}(?= {_CAPITAL}))?"
    rf"|(?:(?<={_CAPITAL}\n)|(?<=\d\n))[*_# ]{{0,4}}(?={_CAPITAL}{_SMALL}|\Z))[ \t*_]{{0,6}}"
)
_LINE_BREAK = re.compile(_BREAK.pattern.replace("[\\n|]", "\\n", 1))  # the same without cells: the scan skips to it
_MISREAD_MARK = re.compile(rf"(\d{{1,3}})[,:;] {{1,3}}(?={_CAPITAL}|\Z)")  # in scans: "3, Quyét dinh", "34: Quyét dinh"
_UPPER = re.compile(rf"[\"'(]?{_CAPITAL}")
_WRAPPED = 55
_SHORT_LINE = 66  # some texts set a blank line after every wrapped line: only a short one ends a paragraph
SENTENCE = re.compile(
    r"[.!?…](?:(?:(?<=[^\W\d_]{2}[.!?])|(?<=\d{2}[.!?]))(?:\s{1,3}\d{1,2}\.(?=\s))?[\"')*_ ]{0,4}\s{1,6}"
    rf"(?=[*_\"(\[]{{0,3}}{_CAPITAL}|- )|(?<=\.{{3}}|[^.]{{2}}…)\s)"
)


class Gap(NamedTuple):  # one a citation: a third of a frozen dataclass's time
    """The text between the citation before and this one: ``start`` is where the clause begins in it. ``paragraph`` is
    the end of the last paragraph opening (-1: none), ``before`` where that opening begins, ``marker`` its bullet or
    number, ``opened`` the number of openings, ``fresh`` whether a sentence begins inside, ``inline`` whether that is a
    bullet in the middle of a line (cells of tables that were put on one line)."""

    raw: str
    folded: str
    low: int
    start: int
    paragraph: int
    before: int
    marker: str
    opened: int
    fresh: bool
    inline: bool


def read_gap(text: str, folded: str, floor: int, head: int, double_spaced: bool, counted: bool = True) -> Gap:
    """The gap before a citation that begins at ``head``, no further back than ``floor``.

    ``text`` and ``folded`` are the two views of the whole text; ``floor`` and ``head`` are offsets into them;
    ``double_spaced``: see ``TextForms``; without ``counted`` the gap's ``opened`` may be too low.
    """
    low = max(floor, head - _WINDOW)
    far = low > floor  # the last opening will do: what is further back is no neighbour
    raw = text[low:head]
    column = low - text.rfind("\n", max(0, low - _SHORT_LINE), low)
    found = list((openings if counted and not far else last_openings)(raw, double_spaced, column))
    found = _without_heading(raw, found, text[head : head + 3], double_spaced, column)
    before, paragraph, marker = found[-1] if found else (-1, -1, "")
    opened = max(0, paragraph)
    start = _last_sentence(raw, opened)
    sentence = start > opened
    soft = not far and not sentence and _soft(raw, found)
    if soft and not counted:
        soft = len(list(openings(raw, double_spaced, column))) == 1
    count = len(found) + (_FAR if far and found else 0)
    fresh = not soft and (bool(found) or sentence or far)
    inline = sentence and not found and raw.startswith("-", start)
    return Gap(raw, folded[low:head], low, start, paragraph, before, kind_of(marker), count, fresh, inline)


def _without_heading(
    raw: str, found: list[tuple[int, int, str]], following: str, double_spaced: bool, column: int
) -> list[tuple[int, int, str]]:
    """The openings of ``raw`` without one right before a citation in capitals, which goes on with a heading in
    capitals: "TRIỂN KHAI THỰC HIỆN⏎CHỈ THỊ SỐ …"."""
    if not found or found[-1][1:] != (len(raw), "") or not following.isupper():
        return found
    return [one for one in openings(raw, double_spaced, column) if one[1] < len(raw)]


def _soft(raw: str, found: list[tuple[int, int, str]]) -> bool:
    """Whether the only paragraph opening goes on with the list of the paragraph before, which ends with a semicolon."""
    if len(found) != 1 or found[0][2] == "|":
        return False
    return raw[: found[0][0]].rstrip(_CLOSERS).endswith(";")


def _last_sentence(raw: str, start: int) -> int:
    """Where the last sentence of ``raw`` begins, ``start`` where none begins behind it."""
    if "." in raw or "!" in raw or "?" in raw or "…" in raw:
        for match in SENTENCE.finditer(raw, start):
            start = match.end()
    return start


# A line with nothing but a row's number behind a closed line: "(…)⏎12⏎Thông tư số …".
_ROW = re.compile(r"(?:/\d{4}|[).]) ?\n ?\d{1,3}\.?\s{0,4}\n\s{0,4}$")
_ROW_END = (*"0123456789", *(f"{digit}." for digit in "0123456789"))


def from_row(gap: Gap) -> Gap:
    """The gap, begun anew where the citation opens a row of a table that lost its borders."""
    raw = gap.raw
    if not raw[-12:].rstrip().endswith(_ROW_END):
        return gap
    row = _ROW.search(raw, len(raw) - 20)
    if row is None:
        return gap
    end = len(raw)
    return gap._replace(start=end, paragraph=end, before=row.start(), marker="|", fresh=True, inline=False)


def last_openings(raw: str, double_spaced: bool, column: int = 0) -> list[tuple[int, int, str]]:
    """The last paragraph opening of ``raw`` and perhaps some before it (see ``openings``); empty where it has none."""
    for reach in _NEAR:
        pos = len(raw) - reach
        if pos <= 0:
            break
        while pos and raw[pos] in _MARKS:
            pos -= 1  # an opening is not cut
        found = list(openings(raw, double_spaced, column, pos))
        if found:
            return found
    return list(openings(raw, double_spaced, column))


def openings(raw: str, double_spaced: bool, column: int = 0, pos: int = 0) -> Iterator[tuple[int, int, str]]:
    """Where paragraphs open in ``raw`` from ``pos`` on: start and end of the opening, its marker ("": it has none).

    A marked line, a table cell, a line after a closed sentence, a capital after a short line and a blank one or after
    a heading in capitals; a line wrapped inside a sentence is none. ``double_spaced``: see ``TextForms``;
    ``column``: how long the line already is where ``raw`` begins.
    """
    tables, closed = "|" in raw, _closed_quoting if '"' in raw else _closed  # most windows hold neither mark
    for match in (_BREAK if tables else _LINE_BREAK).finditer(raw, pos):
        start, end = match.span()
        kind = match.lastgroup
        if kind == "mark":
            if not _wrapped_hyphen(raw, start, end, match["mark"], column):
                yield start, end, match["mark"] or "|"
        elif tables and raw.find("|", start, end) >= 0:
            yield start, end, "|"
        elif kind == "note" or closed(raw[start - 8 if start > 8 else 0 : start], raw[end : end + 1]):
            misread = _MISREAD_MARK.match(raw, end)
            yield (start, misread.end(), f"{misread[1]}.") if misread else (start, end, "")
        elif _new_line(raw, start, end, _SHORT_LINE if double_spaced else None, column):
            yield start, end, ""


def _new_line(raw: str, start: int, end: int, short: int | None, column: int) -> bool:
    """Whether a paragraph opens with a capital letter behind a line that no mark closes: behind a heading or blank
    lines. ``short``: behind one blank line only where the line is no longer than that (None: whatever its length)."""
    if end == len(raw) and _heading(raw, start, end):
        return True
    if raw[end : end + 1].islower() or _UPPER.match(raw, end) is None:
        return False
    breaks = raw.count("\n", start, end)
    if breaks > 2 or _heading(raw, start, end):
        return True
    return breaks > 1 and (short is None or _column(raw, start, column) <= short)


def _wrapped_hyphen(raw: str, start: int, end: int, mark: str, column: int) -> bool:
    """A hyphen at a wrapped line's start, which is no bullet: "Bộ Lao động⏎- Thương binh và Xã hội"; before a citation
    it is one."""
    return (
        end < len(raw)
        and mark == "-"
        and raw[start - 1 : start + 2].islower()
        and _column(raw, start, column) > _WRAPPED
    )


def _heading(raw: str, start: int, end: int) -> bool:
    """Whether the line before an opening is a heading in capitals, and the one behind is none."""
    newline = raw.rfind("\n", 0, start)
    return raw[newline + 1 : start].isupper() and not raw[end : end + 3].isupper()


def _column(raw: str, start: int, column: int) -> int:
    """How long the line is that ends at ``start``; ``column``: see ``openings``."""
    newline = raw.rfind("\n", 0, start)
    return start - newline - 1 if newline >= 0 else start + column


def _closed(end: str, following: str) -> bool:
    """Whether a line with this end closes a sentence; it holds no quotation mark."""
    bare = end.rstrip(_CLOSERS)  # "Điều 1;⏎các khoản 2, 3 Điều 5 của …" is one wrapped line
    return bare.endswith(_ENDS) and not (following.islower() and bare.endswith(";"))


def _closed_quoting(end: str, following: str) -> bool:
    """Whether a line with this end closes a sentence, or a quotation behind which none goes on."""
    bare = end.rstrip(_CLOSERS)
    quoted = '"' in end[len(bare) :]
    if bare.endswith(_ENDS):
        return not (following.islower() and (quoted or bare.endswith(";")))
    return quoted and not following.islower() and end.rstrip(" *_\t").endswith('"')


_COUNTER = re.compile(r"[0-9IVX]+")


@lru_cache(maxsize=2048)
def kind_of(marker: str) -> str:
    """Markers of one list share a kind: "1." and "12.", "a)" and "b)"."""
    if marker.startswith("["):
        return "["
    if not marker:
        return ""
    return "".join("a" if ch.isalpha() else ch for ch in _COUNTER.sub("1", marker))
