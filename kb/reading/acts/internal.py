"""References of a text to parts of itself: "khoản 6 Điều này", "điểm a khoản này", "Điều 95 của Luật này".

They are no citations: what is meant is the text in which they stand. Each is given as the part that another document
would cite. Inside quoted new wording "Điều này" is an article of the amended document, so nothing is told there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from corpus.blocks import Block
from kb.authority.wording import word_lists
from kb.model import InternalReference
from kb.reading.relations.pinpoints import UNITS, Path, format_pinpoint, parse, pinpoint_before
from kb.reading.text.text_forms import TextForms

_UNITS = word_lists("units")
_WORDS = word_lists("acts")
_RANK = {unit: rank for rank, unit in enumerate(UNITS)}
_LEVELS = {8 - rank: unit for rank, unit in enumerate(UNITS) if 1 <= rank <= 7}  # of blocks: 5 điều, 6 khoản, 7 điểm
_BEFORE_THIS = re.compile(
    "(?<![a-z0-9])(?:"
    + "|".join(f"(?P<u{rank}>{_UNITS[unit]})" for unit, rank in _RANK.items())
    + rf"|{_WORDS['own_text']})\s{{1,3}}$"
)
_THIS = f" {_WORDS.folded('this')[0]}"  # looked for as it stands: several times faster than a pattern
_REACH = 32  # code points that hold a unit, or what a text calls itself, before "này"


def internal_references(forms: TextForms, blocks: Sequence[Block], begin: int = 0) -> tuple[InternalReference, ...]:
    """The references of a text to its own parts, in order; none where its structure is not known. ``begin``: where
    ``forms`` begin, if they are those of a stretch of the text; offsets are of the text."""
    articles = _Articles(blocks)
    if not articles.known:
        return ()
    in_quotes = quoted(forms.source)
    folded = forms.folded
    found = []
    at = folded.find(_THIS)
    while at >= 0:
        end = at + len(_THIS)
        this = None if folded[end : end + 1].isalnum() else _BEFORE_THIS.search(folded, max(0, at - _REACH), at + 1)
        if this is not None and not is_inside(in_quotes, at):
            one = _reference(forms, articles, this, end, begin)
            found += [one] if one is not None else []
        at = folded.find(_THIS, end)
    return tuple(found)


def _reference(
    forms: TextForms, articles: _Articles, this: re.Match[str], end: int, begin: int
) -> InternalReference | None:
    """The reference that ends with "này" at ``end``; ``this``: the unit, or the name of the text, before it."""
    before = pinpoint_before(forms, this.start())
    around: Path = ()
    if this.lastgroup is not None:
        around = articles.at(begin + this.start(), int(this.lastgroup[1:]))
        if not around:
            return None
    elif before is None:
        return None  # "Thông tư này" alone is no part
    start = before.start if before else this.start()
    paths = tuple((*path, *around) for path in (parse(before.value) if before else ((),)))
    return InternalReference(begin + start, begin + end, forms.source[start:end], format_pinpoint(paths))


class _Articles:
    """The articles, clauses and points of a text, by offset."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._places = [index for index, block in enumerate(blocks) if block.kind == "article"]
        self._starts = [blocks[index].start for index in self._places]
        self.known = bool(self._places)

    def at(self, offset: int, rank: int) -> Path:
        """The path of the unit of this rank around an offset; empty where there is none."""
        place = bisect_right(self._starts, offset) - 1
        index: int | None = self._places[place] if place >= 0 else None
        while index is not None and self._blocks[index].end <= offset:
            index = self._blocks[index].parent
        path: list[tuple[str, tuple[str, ...]]] = []
        while index is not None:
            block = self._blocks[index]
            unit = _LEVELS.get(block.level) if block.kind == "article" else None
            if unit is not None and _RANK[unit] >= rank and not (path and _RANK["Điều"] < _RANK[unit]):
                path.append((unit, (block.label.split()[-1].strip(".)"),)))
            index = block.parent
        return tuple(path) if path and _RANK[path[0][0]] == rank else ()


def quoted(source: str) -> list[tuple[int, int]]:
    """Where curly quotation marks open and close."""
    return [match.span() for match in re.finditer("“[^”]*(?:”|$)", source)]


def is_inside(quoted: list[tuple[int, int]], at: int) -> bool:
    """Whether an offset lies in one of the stretches."""
    place = bisect_right(quoted, (at, at)) - 1
    return place >= 0 and at < quoted[place][1]
