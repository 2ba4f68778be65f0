"""Longest match of known phrases in folded text, in time linear in the match.

A phrase is a sequence of words. Between two words the text may have any blanks (line breaks are blanks in folded
text); "và" may be printed as a comma; where the phrase itself has punctuation ("phòng, chống", "Lao động - Thương
binh") the text may have one
punctuation mark, another one, or none. Two words may run together, as conversions of old pages have them ("mộtsố").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from kb.authority.fold import fold

_WORD = re.compile(r"[a-z0-9]+")
# Blanks are bounded so that a hostile run of them costs the same at every position.
_GAP = re.compile(r"[ \n\r\t]{0,24}([-,.;/&:()']?|\")[ \n\r\t]{0,24}([a-z0-9]+)")
_SHORTEST = 2  # letters of a word that may run together with the next
_TOKEN = re.compile(r"([^a-z0-9]*)([a-z0-9]+)")

T = TypeVar("T")


@dataclass(slots=True)
class _Node(Generic[T]):
    plain: dict[str, _Node[T]] = field(default_factory=dict)
    punctuated: dict[str, _Node[T]] = field(default_factory=dict)
    value: T | None = None


def _run_together(node: _Node[T], token: str) -> _Node[T] | None:
    """Where words lead that stand without the blank between them ("mộtsố điều"): all of ``token`` must be theirs."""
    for cut in range(_SHORTEST, len(token) - 1):
        child = node.plain.get(token[:cut])
        following = child.plain.get(token[cut:]) if child else None
        if following is not None:
            return following
    return None


class Phrases(Generic[T]):
    """Phrases with a value each; adding one phrase twice keeps the first value."""

    def __init__(self, pairs: Iterable[tuple[str, T]] = ()) -> None:
        self._root: _Node[T] = _Node()
        for phrase, value in pairs:
            self.add(phrase, value)

    def add(self, phrase: str, value: T) -> None:
        """Add ``phrase`` (folded here); raises ``ValueError`` where it has no word."""
        node = self._root
        tokens = _TOKEN.findall(fold(phrase))
        if not tokens:
            raise ValueError(f"no word in the phrase {phrase!r}")
        before_and: _Node[T] | None = None  # where a comma may stand for the "và" just added
        for gap, token in tokens:
            child = node.plain.get(token)
            if child is None:
                child = node.plain[token] = _Node()
            if gap.strip():
                node.punctuated[token] = child
            if before_and is not None:
                before_and.punctuated.setdefault(token, child)
            before_and = node if token == "va" else None
            node = child
        if node.value is None:
            node.value = value

    def longest(self, folded: str, start: int = 0, stop: int | None = None) -> tuple[int, T] | None:
        """``(end, value)`` of the longest phrase that begins exactly at ``start`` of a folded text, else None.

        Both ends lie on word boundaries, the first also behind a digit ("5Luật Đất đai", an item of a list); ``stop``
        bounds the text read.
        """
        stop = len(folded) if stop is None else stop
        if start and folded[start - 1].isalpha():
            return None
        first = _WORD.match(folded, start, stop)
        node = self._root.plain.get(first.group()) if first else None
        if first is None or node is None:
            return None
        best: tuple[int, T] | None = None
        end = first.end()
        while True:
            if node.value is not None:
                best = (end, node.value)
            step = _GAP.match(folded, end, stop)
            if step is None:
                return best
            following = (node.punctuated if step.group(1) else node.plain).get(step.group(2))
            following = following or _run_together(node, step.group(2))
            if following is None or step.start(2) == end:
                return best
            node, end = following, step.end()

    def whole(self, phrase: str) -> T | None:
        """The value of ``phrase`` (folded here) where all of it is one known phrase."""
        text = fold(phrase).strip(" ,.;:-")
        found = self.longest(text)
        return found[1] if found and found[0] == len(text) else None
