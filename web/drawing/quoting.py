"""Sentences as proof: the citation marked, long ones cut, damaged ones also as they should read.

Words of documents are only ever written escaped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from kb.answers.shapes import Edge
from kb.reading.repair.repaired_text import repaired_text

AROUND = 260  # characters kept on either side of what is marked
_RULES = re.compile(r"\s*\|(?:[\s|:-]*\|)?\s*|(?:^|(?<=\s))(?:#{1,6}(?=\s)|-{3,})\s*")
"""What Markdown sets around words: the edges of cells, rules, marks of headings."""
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


def day(iso: str | None) -> str:
    """An ISO date, also partial, as Vietnamese offices write it: 24/12/2021, 12/2021, 2021."""
    return "/".join(reversed(iso.split("-"))) if iso else ""


def quoted(sentence: str, highlight: Sequence[int], around: int = AROUND) -> Markup:
    """The sentence as it stands with the span ``highlight`` marked; a very long one is cut at blanks."""
    start = max(0, min(highlight[0], len(sentence)))
    end = min(len(sentence), max(start, highlight[1]))
    return _written([(sentence[:start], False), (sentence[start:end], start < end), (sentence[end:], False)], around)


def _repair_edits(edge: Edge) -> list[tuple[int, int, str, bool]]:
    """Where the repairs of a citation stand in its sentence, and what they make of it."""
    sentence, (start, end) = edge.sentence, edge.highlight
    edits = []
    for fix in edge.repairs:
        before, after = fix["before"], fix["after"]
        at = start if before == sentence[start:end] else sentence.find(before, max(0, start - 200))
        if before and at >= 0:
            edits.append((at, at + len(before), day(after) if _ISO.fullmatch(after) else after, True))
    return edits


def mended(edge: Edge, around: int = AROUND) -> Markup | None:
    """The sentence of a citation as it should read; None where nothing in it was damaged.

    The citation and what was repaired of it are marked; words around it are repaired as for the index.
    """
    sentence, (start, end) = edge.sentence, edge.highlight
    edits = _repair_edits(edge)
    words = _word_edits(sentence)
    if not edits and not words:
        return None
    if not any(first <= start < last for first, last, _, _ in edits):
        edits.append((start, end, sentence[start:end], True))
    taken = [(first, last) for first, last, _, _ in edits]
    edits += [edit for edit in words if not any(edit[0] < last and first < edit[1] for first, last in taken)]
    pieces, done = [], 0
    for first, last, after, marked in sorted(edits):
        if first >= done:
            pieces += [(sentence[done:first], False), (after, marked)]
            done = last
    return _written([*pieces, (sentence[done:], False)], around)


@lru_cache(maxsize=8192)
def _word_edits(sentence: str) -> tuple[tuple[int, int, str, bool], ...]:
    return tuple((edit.start, edit.end, edit.after, False) for edit in repaired_text(sentence).edits)


def snippet(pieces: Sequence[Sequence[Any]]) -> Markup:
    """A quotation of a found text: ``(words, found?)`` pieces, the found ones marked."""
    return Markup("").join(_piece(unmarked(words), found) for words, found in pieces)


def unmarked(words: str) -> str:
    """Words of a quotation without the marks of Markdown; cells of a table side by side."""
    return _RULES.sub(" ", words).replace("**", "")


def _written(pieces: Sequence[tuple[str, bool]], around: int) -> Markup:
    """The pieces, with what lies more than ``around`` characters before the first or after the last mark cut off."""
    pieces = [(unmarked(words), marked) for words, marked in pieces]
    marks = [at for at, (_, marked) in enumerate(pieces) if marked] or [0]
    first, last = marks[0], marks[-1]
    left = "".join(words for words, _ in pieces[:first])
    right = "".join(words for words, _ in pieces[last + 1 :])
    if len(left) > around:
        left = "… " + left[-around:].split(" ", 1)[-1]
    if len(right) > around:
        right = right[:around].rsplit(" ", 1)[0] + " …"
    middle = (_piece(words, marked) for words, marked in pieces[first : last + 1])
    return Markup("").join((escape(left), *middle, escape(right)))


def _piece(words: str, marked: bool) -> Markup:
    return Markup("<mark>%s</mark>") % words if marked else escape(words)
