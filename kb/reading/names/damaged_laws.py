"""Names of laws as scans read them: "Luat T6 chire chinh quyén dia phuong" is Luật Tổ chức chính quyền địa phương.

The words of the text are followed through the names of the law table; a word stands for one of the table where the
measured confusions of letters (``kb.reading.repair.known_words``) or one or two wrong letters explain it. Only for
texts that are damaged: on clean ones ``laws.longest_match`` is exact and fast.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from operator import itemgetter

from rapidfuzz.distance import Levenshtein

from kb.authority import laws
from kb.reading.repair.known_words import index_readings
from kb.reading.text.text_forms import fold

_WORD = re.compile(r"[\s,.'\"-]{0,4}([^\s,;.:()\"|]{1,16})")
_LETTERS = re.compile(r"[^\W\d_]+")
_PER_WORD = 2.0  # average cost of a word up to which a name is believed
_WRONG_LETTER = 2.6
_MOST_STATES = 12


@dataclass(slots=True, eq=False)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    key: str | None = None


@cache
def _names() -> tuple[_Node, dict[str, tuple[tuple[str, float], ...]]]:
    """The names as a tree of folded words, and folded reading → (folded word, cost)."""
    root = _Node()
    words: dict[str, int] = {}
    for law in laws.LAWS:
        for name in (law.name, *law.aliases):
            node = root
            for word in _LETTERS.findall(name.lower()):
                words[word] = words.get(word, 0) + 1
                node = node.children.setdefault(fold(word), _Node())
            node.key = fold(name)
    readings: dict[str, tuple[tuple[str, float], ...]] = {}
    for seen, held in index_readings(tuple(words.items())).items():
        best: dict[str, float] = {}
        for word, cost in held:
            best[fold(word)] = min(cost, best.get(fold(word), 99.0))
        readings[seen] = tuple(best.items())
    return root, readings


def goes_on(name: str) -> bool:
    """Whether a longer name may begin with this folded one."""
    node, _ = _names()
    for word in _LETTERS.findall(name):
        child = node.children.get(word)
        if child is None:
            return True
        node = child
    return bool(node.children)


def longest(folded: str, start: int) -> tuple[int, str] | None:
    """``(end, key)`` of the longest law name that a damaged text shows at ``start``, else None."""
    root, _ = _names()
    states: list[tuple[float, int, _Node]] = [(0.0, start, root)]
    best: tuple[int, str] | None = None
    words = 0
    while states:
        grown: list[tuple[float, int, _Node]] = []
        words += 1
        for cost, at, node in states:
            match = _WORD.match(folded, at, at + 24)
            if match is None:
                continue
            end = match.end()
            for child, more in _steps(node, match[1].strip("'-")):
                if cost + more <= _PER_WORD * (words + 1):
                    grown.append((cost + more, end, child))
        if len(grown) > 1:
            grown.sort(key=_cost)
            del grown[_MOST_STATES:]
        states = grown
        if words > 1:
            for cost, end, node in states:
                if node.key is not None and cost <= _PER_WORD * words:
                    best = (end, node.key)
                    break
    return best


_cost = itemgetter(0)


@lru_cache(maxsize=16384)  # few words follow each other in the names of laws
def _steps(node: _Node, seen: str) -> list[tuple[_Node, float]]:
    """The words of the tree that ``seen`` may be, each with its cost."""
    _, readings = _names()
    exact = node.children.get(seen)
    steps = {id(exact): (exact, 0.0)} if exact is not None else {}
    for word, cost in readings.get(seen, ()):
        child = node.children.get(word)
        if child is not None and cost < steps.get(id(child), (child, 99.0))[1]:
            steps[id(child)] = (child, cost)
    if not steps and len(seen) > 1:
        allowed = 1 if len(seen) < 5 else 2
        for word, child in node.children.items():
            wrong = Levenshtein.distance(seen, word, score_cutoff=allowed)
            if wrong <= allowed and (wrong < len(word)):
                steps[id(child)] = (child, _WRONG_LETTER * wrong)
    return list(steps.values())
