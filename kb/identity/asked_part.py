"""Which part of a document a question is about, and whether a pinpoint speaks of it.

"khoản 2 Điều 5", "Điều 5 khoản 2", "dieu-5-khoan-2" ask for the same part.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kb.authority.fold import fold
from kb.reading.relations.pinpoints import ARTICLE, Path, parse, spelled

INSIDE, AROUND = "inside", "around"
"""What a pinpoint is to a part: that part or one within it; a larger part that holds it."""

_LONGEST_RANGE = 60  # articles; what claims more is a slip
_DD = re.compile(r"(?<![a-z])dd(?![a-z])")  # đ in the address of a part
_LETTERS = "abcdđeghiklmnopqrstuvxy"  # in the order in which points are lettered


def asked_part(words: str) -> Path | None:
    """The part that words, or the anchor of an address, mean; None where they mean none, or several."""
    plain = _DD.sub("đ", words.lower().replace("-", " ").replace("_", " "))
    value = spelled(fold(plain), plain)
    paths = parse(value) if value is not None else ()
    single = len(paths) == 1 and all(len(labels) <= 1 for _, labels in paths[0])
    return paths[0] if single else None


@lru_cache(maxsize=16384)
def speaks_of(pinpoint: str, part: Path) -> str | None:
    """What a pinpoint in normal form is to a part: ``INSIDE``, ``AROUND``, or None where it is elsewhere."""
    asked = {unit: labels[0] if labels else "" for unit, labels in part}
    found = None
    for path in parse(pinpoint):
        named = dict(path)
        common = [unit for unit in asked if unit in named]
        if not common or not all(_holds(named[unit], asked[unit]) for unit in common):
            continue
        if len(common) == len(asked):
            return INSIDE
        if len(common) == len(named):
            found = AROUND
    return found


@lru_cache(maxsize=16384)
def articles_of(pinpoint: str) -> tuple[str, ...]:
    """The articles that a pinpoint in normal form speaks of, each once and in normal form; a range names its ends and
    what lies between."""
    found: dict[str, None] = {}
    for path in parse(pinpoint):
        for label in dict(path).get(ARTICLE, ()):
            first, dash, last = label.partition("-")
            whole = dash and first.isdigit() and last.isdigit() and int(last) - int(first) < _LONGEST_RANGE
            for one in map(str, range(int(first), int(last) + 1)) if whole else filter(None, (first, last)):
                found[f"{ARTICLE} {one}"] = None
    return tuple(found)


def _holds(labels: tuple[str, ...], wanted: str) -> bool:
    """Whether the labels of a unit name the one wanted, alone or in a range."""
    if not labels:
        return not wanted
    return any(label == wanted or _between(label, wanted) for label in labels)


def _between(label: str, wanted: str) -> bool:
    first, dash, last = label.partition("-")
    if not dash:
        return False
    if first.isdigit() and last.isdigit() and wanted.isdigit():
        return int(first) <= int(wanted) <= int(last)
    order = [_LETTERS.find(letter) for letter in (first, wanted, last)]
    return min(order) >= 0 and order == sorted(order)
