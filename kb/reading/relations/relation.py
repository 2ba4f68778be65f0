"""What a citation is found to be: the record that this room hands over."""

from __future__ import annotations

from typing import NamedTuple

from kb.reading.relations.clause.context import Verdict

OF_STANDARD = frozenset({"cites", "implements", "disseminates", "monitors"})
"""Relations that, told of a technical standard, mean that it is followed (conforms_to)."""


class Relation(NamedTuple):
    """How one citation is tied to its source. ``inverse``: the cited document acts on the source. ``cue`` is a span of
    the text; ``aspect`` new, continue, result or future; ``parent`` the index of the citation in whose title it is
    nested (then that document is the source), else None; ``confidence`` 0-1."""

    relation: str
    inverse: bool
    cue: tuple[int, int] | None
    aspect: str | None
    parent: int | None
    confidence: float


PLAIN = Relation("cites", False, None, None, None, 0.4)
"""A citation of which no cue says anything."""


def relation_of(verdict: Verdict, base: int, parent: int | None) -> Relation:
    """The relation that a verdict tells whose clause begins at offset ``base`` of the text."""
    cue = (base + verdict.cue[0], base + verdict.cue[1])
    return Relation(verdict.relation, verdict.inverse, cue, verdict.aspect, parent, verdict.confidence)
