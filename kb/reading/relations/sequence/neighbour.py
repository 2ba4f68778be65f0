"""What the rules on two citations of one sentence look at."""

from __future__ import annotations

from typing import NamedTuple

from kb.reading.relations.clause.context import NOTHING, Verdict
from kb.reading.relations.relation import Relation, relation_of
from kb.reading.relations.sequence.between import CONNECTOR, NAMED_OBJECT
from kb.reading.relations.sequence.paragraphs import Gap
from kb.reading.relations.sequence.scene import Scene

_ISSUER_REST = 40  # what may be left of an issuer's name ("khóa XIII", "tỉnh Quảng Bình (cũ)") before "và"


class Neighbour(NamedTuple):
    """A citation in the sentence of the one before it; ``at`` and ``previous`` are their indexes.

    ``window``: the folded words between the two; ``titled``: they open the title of the one before; ``joint``: they end
    with "và", "," or the like; ``verdict``: what they say of the citation (``NOTHING``: not asked, or no cue).
    """

    scene: Scene
    at: int
    previous: int
    gap: Gap
    window: str
    titled: bool
    joint: bool
    verdict: Verdict = NOTHING

    @property
    def last(self) -> Relation:
        return self.scene.out[self.previous]

    @property
    def shared(self) -> Relation:
        return self.scene.carried.shared

    @property
    def in_basis(self) -> bool:
        """The running list is one of legal bases."""
        return self.shared.relation == "based_on"

    @property
    def direct(self) -> bool:
        """The citation is the object of its cue ("sửa đổi Nghị định X")."""
        return self.verdict is not NOTHING and NAMED_OBJECT.match(self.window, self.verdict.cue[1]) is not None

    @property
    def connected(self) -> bool:
        """Nothing but connecting words and pinpoints stand between the two."""
        if CONNECTOR.fullmatch(self.window):
            return True
        return self.joint and not self.titled and len(self.window) <= _ISSUER_REST

    def told(self, parent: int | None) -> Relation:
        """The relation that the verdict tells."""
        return relation_of(self.verdict, self.gap.low, parent)
