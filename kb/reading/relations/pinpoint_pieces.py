"""The parts that a pinpoint names, each with its own words: what of "điểm a, b khoản 2 Điều 5" means what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType

from kb.reading.relations.pinpoints import ARTICLE, TOKEN, UNITS, PinpointHit, format_pinpoint, label_of, parse, unit_of

_RANK = {unit: rank for rank, unit in enumerate(UNITS)}


@dataclass(slots=True)
class _Piece:
    """Words that name one part, and the label of each unit in them."""

    start: int
    end: int
    labels: dict[str, str]


def one_by_one(
    folded: str, printed: str, hit: PinpointHit, around: Mapping[str, str] = MappingProxyType({})
) -> list[PinpointHit]:
    """The parts of a pinpoint found in a text (``folded`` and as ``printed``), each as one path: "điểm a" and "b khoản
    2 Điều 5". Of a range the part with which it begins; what shares an article with the parts behind it is one of that
    article. ``around``: labels of units that the words leave open ("khoản 2 Điều này")."""
    named = {_single(path) for path in _each(hit.value)}
    pieces = _pieces(folded, printed, hit)
    found: list[PinpointHit] = []
    behind = dict(around)
    for piece in reversed(pieces):
        top = max(_RANK[unit] for unit in piece.labels)
        if top < _RANK[ARTICLE]:
            piece.labels |= {unit: label for unit, label in behind.items() if _RANK[unit] > top}
        behind = piece.labels
        value = _single(behind)
        if value in named:
            found.append(PinpointHit(piece.start, piece.end, value))
    return found[::-1] or [PinpointHit(hit.start, hit.end, _single(_each(hit.value)[0]))]


def _each(value: str) -> list[dict[str, str]]:
    """Every part that a pinpoint in normal form names, as the label of each unit."""
    found = []
    for path in parse(value):
        units = [unit for unit, _ in path]
        for labels in product(*(labels or ("",) for _, labels in path)):
            found.append({unit: label.partition("-")[0] for unit, label in zip(units, labels, strict=True)})
    return found


def _single(labels: dict[str, str]) -> str:
    path = tuple(
        (unit, (label,) if label else ()) for unit, label in sorted(labels.items(), key=lambda one: _RANK[one[0]])
    )
    return format_pinpoint((path,))


def _pieces(folded: str, printed: str, hit: PinpointHit) -> list[_Piece]:
    """The words of a pinpoint in stretches that name one part each, in the order of the text."""
    pieces: list[_Piece] = []
    unit, opens, apart, ranging = "", -1, True, False
    for token in TOKEN.finditer(folded, hit.start, hit.end):
        named = unit_of(token)
        if named is not None:
            unit, opens = named, token.start() if opens < 0 else opens
        elif token["label"] and unit:
            label = label_of(printed[token.start() : token.end()], unit)
            if ranging and pieces:
                pieces[-1].end = token.end()
            elif not apart and pieces and unit not in pieces[-1].labels:
                pieces[-1].labels[unit] = label
                pieces[-1].end = token.end()
            else:
                pieces.append(_Piece(token.start() if opens < 0 else opens, token.end(), {unit: label}))
            opens, apart, ranging = -1, False, False
        else:
            ranging = ranging or token["range"] is not None
            apart = apart or token["and"] is not None
    return pieces
