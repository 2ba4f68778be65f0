"""The vocabulary of code parts ("QĐ", "UBND", "CQĐP" …) with how often each was met in clean texts.

Data: ``data/code_parts.tsv`` (place, part, count), made by ``tools/harvest_codes.py``. ``first`` parts stand right
after the ordinal, ``later`` ones after a hyphen.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from importlib import resources

from kb.authority import issuers, types

_FOLD = str.maketrans("ĐđABCDEFGHIJKLMNOPQRSTUVWXYZ", "ddabcdefghijklmnopqrstuvwxyz")
_MIN_COUNT = 3  # below it a part is as likely a slip as a code


def fold_code(part: str) -> str:
    return part.translate(_FOLD)


@cache
def vocabulary(place: str) -> dict[str, int]:
    """Parts of one place with their counts; every code of the type and issuer files is in it."""
    counts: dict[str, int] = {}
    with resources.files("kb.authority").joinpath("data/code_parts.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if row["place"] == place and int(row["count"]) >= _MIN_COUNT and "&" not in row["part"]:
                counts[row["part"]] = int(row["count"])
    if place == "first":
        for code in sorted(types.TYPE_CODES):
            counts[code] = max(counts.get(code, 0), 3)
    for code in issuers.ORG_CODES:
        counts[code] = max(counts.get(code, 0), 3)
    return dict(sorted(counts.items()))


@cache
def _by_fold(place: str) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = defaultdict(list)
    known = vocabulary(place)
    for part in known:
        groups[fold_code(part)].append(part)
    return {key: tuple(sorted(group, key=lambda part: (-known[part], part))) for key, group in groups.items()}


def same_fold(folded: str, place: str) -> tuple[str, ...]:
    """Known parts that differ from ``folded`` only in case and in Đ/D, most frequent first."""
    return _by_fold(place).get(folded, ())


def is_known(part: str) -> bool:
    return part in vocabulary("first") or part in vocabulary("later")


@cache
def _stroked() -> tuple[tuple[str, str], ...]:
    """Folded abbreviations of two to four letters whose usual form carries Đ, longest first (from the vocabulary)."""
    weights: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for place in ("first", "later"):
        for part, count in vocabulary(place).items():
            for size in (3, 4):
                for at in range(len(part) - size + 1):
                    piece = part[at : at + size]
                    weights[fold_code(piece)][piece] += count
    out = []
    for folded, forms in weights.items():
        best = max(forms, key=lambda form: (forms[form], form))
        if "Đ" in best and forms[best] >= 0.9 * sum(forms.values()):
            out.append((folded.upper(), best))
    return tuple(sorted(out, key=lambda pair: (-len(pair[0]), pair[0])))


def restore_strokes(part: str) -> str:
    """An unknown part of a text that lost its strokes, with Đ where known codes have it ("BCDNNDL" → "BCĐNNDL")."""
    for plain, stroked in _stroked():
        at = part.find(plain)
        if at >= 0:
            part = part[:at] + stroked + part[at + len(plain) :]
    return part
