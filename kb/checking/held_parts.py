"""What a held text proves not to have: a part that was only not read is no part that is missing.

A text that was scanned may lose the number of an article or a clause. That a part is missing is proven only where the
parts around it are numbered without a gap up to a last one before it, no line begins as it would, and the text goes on
to its end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.blocks import Block
from kb.authority.wording import word_lists
from kb.checking.words import with_breaks
from kb.identity.articles import Articles, Part
from kb.reading.relations.pinpoints import UNITS, parse
from kb.reading.text.text_forms import fold

_POINT, _CLAUSE, _ARTICLE = UNITS[1:4]
_POINTS = tuple("abcdđeghiklmnopqrstuvx")
"""The letters of points in their order."""
_COUNT = re.compile(r"--\d+$")
_MARKS = r"[^\w\n]{0,4}"
"""Specks and marks of emphasis before a number at the beginning of a line."""
_CLOSES = re.compile(rf"(?m)^[^\w\n]*(?:{word_lists('checking')['closes_text']})")


class HeldParts:
    """The parts of one held text, and what it proves about others."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self.articles = Articles(blocks)
        self._blocks = blocks
        self._lower = text.lower()
        self._lines = with_breaks(fold(text), text)

    def has(self, pinpoint: str) -> bool:
        """Whether every part that a pinpoint names was read."""
        found = self.articles.find(pinpoint)
        return bool(found) and all(part.exact for part in found)

    def lacks(self, pinpoint: str) -> bool:
        """Whether the text proves that it has not all of what a pinpoint of articles, clauses and points names."""
        return any(
            self._lacks(dict(zip((unit for unit, _ in path), labels, strict=True)))
            for path in parse(pinpoint)
            for labels in _last_labels(path)
        )

    def _lacks(self, wanted: dict[str, str]) -> bool:
        """Whether a part is missing, given the label of each of its units, "" for one without."""
        article = wanted[_ARTICLE]
        holders = [part for part in self.articles.parts if part.unit == _ARTICLE and _label(part) == article]
        if not holders:
            labels = [_label(part) for part in self.articles.parts if part.unit == _ARTICLE]
            begins = rf"^{_MARKS}{fold(_ARTICLE)}\s{{0,3}}{article}(?!\d)"
            return self._goes_to_its_end() and _ends_before(labels, article) and not self._stands(begins, 0, None)
        return all(self._lacks_below(holder, wanted.get(_CLAUSE, ""), wanted.get(_POINT, "")) for holder in holders)

    def _lacks_below(self, article: Part, clause: str, point: str) -> bool:
        """Whether an article has no such clause, or that clause no such point."""
        if clause:
            clauses = self._below(article, _CLAUSE)
            holder = next((part for part in clauses if _label(part) == clause), None)
            if holder is None:
                begins = rf"(?:^|[.;:]\s){_MARKS}{clause}\s{{0,2}}[.,):](?!\d)"
                beyond = _ends_before([_label(part) for part in clauses], clause)
                return beyond and not self._stands(begins, *self._extent(article))
        else:
            holder = article
        if not point:
            return False
        begins = rf"(?:^|[.;:]\s){_MARKS}{point}\s{{0,2}}[.,)](?!\w)"
        beyond = _ends_before([_label(part) for part in self._below(holder, _POINT)], point)
        return beyond and not self._stands(begins, *self._extent(article, holder), folded=False)

    def _below(self, holder: Part, unit: str) -> list[Part]:
        return [part for part in self.articles.parts if part.unit == unit and part.around == holder.anchor]

    def _extent(self, article: Part, within: Part | None = None) -> tuple[int, int | None]:
        """Where an article, or the part of it that is ``within``, begins, and where the next one does: for an article
        that with the next number, since it may quote others."""
        part, following = within or article, str(int(_label(article)) + 1)
        start = self._blocks[part.block].start
        later = [
            self._blocks[other.block].start
            for other in self.articles.parts
            if (other.unit == _ARTICLE and _label(other) == following)
            or (part.unit != _ARTICLE and other.unit == part.unit and other.around == part.around)
        ]
        return start, min((begin for begin in later if begin > start), default=None)

    def _stands(self, pattern: str, start: int, end: int | None, *, folded: bool = True) -> bool:
        """Whether a stretch has what looks like the beginning of a part."""
        within = (self._lines if folded else self._lower)[start:end]
        return re.search(pattern, within, re.MULTILINE) is not None

    def _goes_to_its_end(self) -> bool:
        """Whether the text has its signature or its recipients behind its last article: it is no excerpt."""
        starts = [self._blocks[part.block].start for part in self.articles.parts if part.unit == _ARTICLE]
        return bool(starts) and _CLOSES.search(self._lines, max(starts)) is not None


def _last_labels(path: Sequence[tuple[str, Sequence[str]]]) -> list[tuple[str, ...]]:
    """The labels of the last part that each label of the smallest unit names ("khoản 2, 4-6 Điều 5": 2 and 6)."""
    (_, smallest), *around = path
    rest = tuple(labels[-1].rpartition("-")[2] if labels else "" for _, labels in around)
    return [(label.rpartition("-")[2], *rest) for label in smallest or ("",)]


def _label(part: Part) -> str:
    """The number or letter of a part."""
    return _COUNT.sub("", part.anchor).rpartition("-")[2].replace("dd", "đ")


def _ends_before(labels: Sequence[str], wanted: str) -> bool:
    """Whether there are labels that count without a gap from the first on and end before one, those put in later ("5a")
    aside: a part without any may be told in other words, as by the summary that a portal gives."""
    if wanted in _POINTS:
        places = {_POINTS.index(label) for label in labels if label in _POINTS}
        place = _POINTS.index(wanted)
    elif wanted.isdigit():
        places = {int(label) - 1 for label in labels if label.isdigit()}
        place = int(wanted) - 1
    else:
        return False
    return bool(places) and places == set(range(len(places))) and place >= len(places)
