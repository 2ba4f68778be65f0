"""A held text as numbered lines with its citations marked, in parts small enough for one page.

The words of the document are only ever written through :func:`markupsafe.escape`: what looks like HTML in a document
stays words on the page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from kb.answers.shapes import TextCitation

BUDGET = 19_000  # bytes of HTML that the text may take of a page's 100 kB, where the rest of the page is full
_PER_LINE, _PER_BLANK, _PER_CITATION, _PER_CHARACTER = 75, 18, 520, 1.4

Card = Callable[[TextCitation, Markup, bool, bool], Markup]
"""Makes the marked citation: (citation, its escaped words on this line, first piece?, last piece?)."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text shown on one page: code points ``start``-``end``, lines ``first``-``last`` (from 1)."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line ready for the page. ``page`` is the number of the page that begins on it; ``continued`` where an
    over-long line was cut."""

    number: int
    html: Markup
    blank: bool
    page: int | None
    continued: bool


def parts(text: str, citation_starts: Sequence[int], budget: int = BUDGET) -> tuple[Part, ...]:
    """Cut ``text`` at line ends (a line longer than the budget also inside) into parts of about ``budget`` bytes.

    ``citation_starts`` are offsets in ascending order: each mark takes room too.
    """
    found: list[Part] = []
    start, first, weight = 0, 1, 0.0
    most = int(budget / _PER_CHARACTER)
    for number, (begin, end) in enumerate(_line_spans(text), 1):
        marks = bisect_right(citation_starts, end - 1) - bisect_right(citation_starts, begin - 1)
        cost = _PER_BLANK if end - begin <= 1 else _PER_LINE + (end - begin) * _PER_CHARACTER + marks * _PER_CITATION
        if weight + cost > budget and begin > start:
            found.append(Part(start, begin, first, number - 1))
            start, first, weight = begin, number, 0.0
        while end - start > most and begin == start:
            cut = _blank_before(text, start, start + most)
            found.append(Part(start, cut, number, number))
            begin = start = cut
            cost = _PER_LINE + (end - begin) * _PER_CHARACTER
        weight += cost
    if start < len(text) or not found:
        found.append(Part(start, len(text), first, max(first, text.count("\n") + (not text.endswith("\n")))))
    return tuple(found)


def budget_beside(citations: int) -> int:
    """Room for the text on a page that lists so many citations beside it, in bytes."""
    return max(BUDGET, 45_000 - 1_200 * citations)


def part_of_line(cut: Sequence[Part], line: int) -> int:
    """Index of the part in which ``line`` begins; the last one for a line past the end."""
    for index, part in enumerate(cut):
        if line <= part.last:
            return index
    return len(cut) - 1


def lines(
    text: str, part: Part, citations: Sequence[TextCitation], page_starts: Mapping[int, int], card: Card
) -> Iterator[Line]:
    """The lines of ``part``; ``citations`` in order of ``start``, ``page_starts`` maps offsets to page numbers.

    Where citations overlap the first one is marked.
    """
    starts = sorted(page_starts)
    number, begin = part.first, part.start
    inside = [one for one in citations if one.end > part.start and one.start < part.end]
    while begin < part.end:
        newline = text.find("\n", begin, part.end)
        end = part.end if newline < 0 else newline
        position = bisect_right(starts, max(begin, end)) - 1
        page = page_starts[starts[position]] if position >= 0 and starts[position] >= begin else None
        html = _marked(text, begin, end, inside, card)
        words = text[begin:end].strip()
        yield Line(number, html, not words, page, begin > 0 and text[begin - 1] != "\n")
        number, begin = number + 1, end + 1


def _marked(text: str, begin: int, end: int, citations: Sequence[TextCitation], card: Card) -> Markup:
    pieces: list[Markup] = []
    at = begin
    for one in citations:
        start, stop = max(one.start, begin), min(one.end, end)
        if start >= end:
            break
        if stop <= start or start < at:
            continue
        pieces.append(escape(text[at:start]))
        words = escape(text[start:stop].replace("\r", ""))
        pieces.append(card(one, words, start == one.start, stop == one.end))
        at = stop
    pieces.append(escape(text[at:end].rstrip("\r")))
    return Markup("").join(pieces)


def _line_spans(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    while begin < len(text):
        newline = text.find("\n", begin)
        end = len(text) if newline < 0 else newline + 1
        yield begin, end
        begin = end


def _blank_before(text: str, start: int, limit: int) -> int:
    cut = text.rfind(" ", start + 1, limit)
    return limit if cut <= start else cut + 1
