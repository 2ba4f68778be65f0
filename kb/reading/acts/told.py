"""The acts that a text tells, as a list: who did what to which document, or to which part of it, and from when on.

Each is a citation seen as an act: back references are followed to what they mean, and where a citation stands in the
title of another the other one is the actor.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from kb.authority.relations import ACTS
from kb.model import Citation, OwnIdentity

TOLD = frozenset({*ACTS, "guides", "consolidates"})
"""Relations that are told as acts: those that change a document, and those that spell it out or set it down anew."""

_LONGEST_CHAIN = 8


class Act(NamedTuple):
    """One act. ``actor`` and ``target`` are citations of the text; ``actor`` is None where the text itself acts;
    ``citation`` is the index of the citation that tells the act."""

    relation: str
    actor: Citation | None
    target: Citation
    pinpoint: str | None
    whole: bool | None
    part: str | None
    effect_from: str | None
    effect_to: str | None
    citation: int

    def to_json(self) -> dict[str, Any]:
        """The act in a stable order; documents by what the text tells of them, ``citation`` by its index."""
        out = self._asdict()
        out["actor"] = None if self.actor is None else _named(self.actor)
        out["target"] = _named(self.target)
        return out


def acts_told(citations: Sequence[Citation], own: OwnIdentity | None) -> list[Act]:
    """The acts told by the citations of one text, in their order; ``own``: what the text says of itself."""
    found = []
    for index, one in enumerate(citations):
        meant = _meant(citations, one)
        refers_back = one.kind == "back_reference"
        if one.relation not in TOLD or meant is None or (refers_back and one.pinpoint is None):
            continue
        outer = None if refers_back or one.parent is None else _meant(citations, citations[one.parent])
        if outer is not None and own is not None and outer.number is not None and outer.number == own.number:
            outer = None  # "Thông tư số 12/2024/TT-BTC sửa đổi …" at the head of that very text
        actor, target = (meant, outer) if one.inverse else (outer, meant)
        if target is None:
            continue
        pinpoint = _part_of(one, target)
        found.append(
            Act(one.relation, actor, target, pinpoint, one.whole, one.part, one.effect_from, one.effect_to, index)
        )
    return found


def _part_of(one: Citation, target: Citation) -> str | None:
    """The part of the target: of a document that acts on the one before it, that one's."""
    return target.pinpoint if one.inverse else one.pinpoint


def _meant(citations: Sequence[Citation], one: Citation) -> Citation | None:
    for _ in range(_LONGEST_CHAIN):
        if one.kind != "back_reference":
            return one
        if one.parent is None:
            return None
        one = citations[one.parent]
    return None


def _named(one: Citation) -> dict[str, Any]:
    return {"number": one.number, "type": one.type, "date": one.date, "title": one.title, "text": one.text}
