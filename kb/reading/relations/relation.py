"""What a citation is found to be: the record that this room hands over."""

from __future__ import annotations

from typing import NamedTuple

from kb.model import Citation
from kb.reading.relations.clause.context import Verdict
from kb.reading.text.position import Positions

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


def tied(
    found: Citation, relation: Relation, positions: Positions, *, parent: int | None = None, sure: float = 1.0
) -> Citation:
    """A citation as it was found, with its relation and where it stands.

    Args:
        found: what the text says of the cited document.
        parent: index of the citation in whose title it is nested; of a back reference, its antecedent.
        sure: what is left of the confidence in ``found`` (a share, 0-1) for doubts about the relation.
    """
    return found._replace(
        relation=relation.relation,
        inverse=relation.inverse,
        cue=relation.cue,
        aspect=relation.aspect,
        parent=parent,
        sentence=positions.sentence(found.start, found.end),
        page=positions.page(found.start),
        line=positions.line(found.start),
        confidence=found.confidence * sure,
    )
