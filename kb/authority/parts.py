"""The vocabulary of code parts ("QĐ", "UBND", "CQĐP" …) with how often each was met in clean texts.

Data: ``data/code_parts.tsv`` (place, part, count), made by ``tools/harvest_codes.py``. ``first`` parts stand right
after the ordinal, ``later`` ones after a hyphen.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from functools import cache
from importlib import resources

from kb.authority import issuers, types

_FOLD = str.maketrans("ĐđABCDEFGHIJKLMNOPQRSTUVWXYZ", "ddabcdefghijklmnopqrstuvwxyz")
_MIN_COUNT = 3  # below it a part is as likely a slip as a code
_DOMINATED = 50  # a form this much rarer than another of the same letters is a slip of it ("TTG" of "TTg")


def fold_code(part: str) -> str:
    return part.translate(_FOLD)


def _is_code(part: str) -> bool:
    """Capitals throughout: a small letter belongs to the next word ("BTCng") unless an authority file has it (TTg)."""
    return part.upper() == part or issuers.is_known(part) or part in types.TYPE_CODES


@cache
def vocabulary(place: str) -> dict[str, int]:
    """Parts of one place with their counts; every code of the type and issuer files is in it."""
    counts: dict[str, int] = {}
    text = resources.files("kb.authority").joinpath("data/code_parts.tsv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines(), delimiter="\t"):
        if row["place"] == place and int(row["count"]) >= _MIN_COUNT and _is_code(row["part"]):
            counts[row["part"]] = int(row["count"])
    if place == "first":
        for code in sorted(types.TYPE_CODES):
            counts[code] = max(counts.get(code, 0), 3)
    units = issuers.UNIT_CODES if place == "later" else ()
    for code in (*sorted(issuers.ORG_CODES), *sorted(units)):
        counts[code] = max(counts.get(code, 0), 3)
    return dict(sorted(counts.items()))


@cache
def _by_fold(place: str) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = defaultdict(list)
    known = vocabulary(place)
    for part in known:
        groups[fold_code(part)].append(part)
    return {
        key: tuple(sorted(group, key=lambda part: (-known[part], "Đ" not in part, part)))
        for key, group in groups.items()
    }


def same_fold(folded: str, place: str) -> tuple[str, ...]:
    """Known parts that differ from ``folded`` only in case and in Đ/D, most frequent first."""
    return _by_fold(place).get(folded, ())


def is_slip(part: str, place: str) -> bool:
    """Whether ``part`` is a known form, but far rarer than another one of the same letters, at its place or, where that
    tells nothing, at any ("BGDDT-GDDH": letters of a ministry are few)."""
    usual = (same_fold(fold_code(part), place) or (part,))[0]
    return _is_rarer(part, usual, place) or ("Đ" in usual and _is_rarer(part, usual, "later"))


def _is_rarer(part: str, usual: str, place: str) -> bool:
    known = vocabulary(place)
    return known.get(part, 0) * _DOMINATED < known.get(usual, 0)


def prior(part: str, place: str) -> float:
    """How much a code's frequency in clean texts speaks for it, in the units of the costs of ``confusions``."""
    return 0.25 * math.log(1 + vocabulary(place).get(part, 0))


def is_known(part: str) -> bool:
    return part in vocabulary("first") or part in vocabulary("later")


@cache
def _strokes() -> dict[str, tuple[int, int]]:
    """Folded context of three or two letters around a D or Đ → (times D, times Đ), over the vocabulary."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for place in ("first", "later"):
        for part, count in vocabulary(place).items():
            for at, letter in enumerate(part):
                if letter in "DĐ":
                    for context in _contexts(fold_code(part), at):
                        counts[context][letter == "Đ"] += min(count, 1000)
    return {context: (plain, stroked) for context, (plain, stroked) in counts.items()}


def _contexts(folded: str, at: int) -> tuple[str, ...]:
    padded = f"^{folded}$"
    at += 1
    return (f"{padded[at - 1]}({padded[at : at + 2]}", f"{padded[at - 1]})d", f"({padded[at : at + 2]}")


def restore_strokes(part: str) -> str:
    """An unknown part of a text that lost its strokes, with Đ where known codes have it ("BCDNNDL" → "BCĐNNDL").

    Each D is judged by the letters beside it, the most specific context that is known.
    """
    folded, out = fold_code(part), list(part)
    for at, letter in enumerate(part):
        if letter != "D":
            continue
        for context in _contexts(folded, at):
            plain, stroked = _strokes().get(context, (0, 0))
            if plain + stroked >= _MIN_COUNT:
                out[at] = "Đ" if stroked > 2 * plain else "D"
                break
    return "".join(out)
