"""The paragraphs of a text, as its structure tells them, by offset."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from corpus.blocks import Block
from kb.model import Span

_FLOWING = frozenset({"paragraph", "list_item", "cell", "note"})


class Paragraphs:
    """Paragraphs, items and cells, innermost first; ``blocks``: the structure in reading order, empty: not known."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = [block for block in blocks if block.kind in _FLOWING]
        self._starts = [block.start for block in self._blocks]

    def within(self, span: Span, at: int) -> Span:
        """The part of a span that lies in the paragraph of the offset ``at``; all of it where that is not known."""
        index = bisect_right(self._starts, at) - 1
        if index < 0 or self._blocks[index].end <= at:
            return span
        return max(span[0], self._blocks[index].start), min(span[1], self._blocks[index].end)
