"""What the rules on two citations of one sentence look at."""

from __future__ import annotations

from typing import NamedTuple

from kb.authority.relations import ACTS
from kb.reading.relations.clause.context import NOTHING, Verdict
from kb.reading.relations.pinpoints import pinpoint_before
from kb.reading.relations.relation import Relation, relation_of
from kb.reading.relations.sequence.between import CONNECTOR, NAMED_OBJECT, ends_joined, opens_title
from kb.reading.relations.sequence.paragraphs import Gap
from kb.reading.relations.sequence.scene import Scene

_ISSUER_REST = 40  # what may be left of an issuer's name ("khóa XIII", "tỉnh Quảng Bình (cũ)") before "và"


class Neighbour(NamedTuple):
    """A citation in the sentence of the one before it; ``at`` and ``previous`` are their indexes.

    ``window``: the folded words between the two; ``titled``: they open the title of the one before; ``joint``: they end
    with "và", "," or the like; ``connected``: they are nothing but connecting words and pinpoints; ``verdict``: what
    they say of the citation (``NOTHING``: not asked, or no cue).
    """

    scene: Scene
    at: int
    previous: int
    gap: Gap
    window: str
    titled: bool
    joint: bool
    connected: bool
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

    def told(self, parent: int | None) -> Relation:
        """The relation that the verdict tells."""
        return relation_of(self.verdict, self.gap.low, parent)


def _part_joined(scene: Scene, at: int, gap: Gap) -> bool:
    """Whether "và" stands before the pinpoint of one more object of an act: "bãi bỏ Điều 24 A quy định về trị giá và
    khoản 13 Điều 1 B"."""
    if scene.carried.shared.relation not in ACTS:
        return False
    part = pinpoint_before(scene.forms, scene.spans[at].head)
    return part is not None and ends_joined(gap.folded[: max(0, part.start - gap.low)])


def neighbour(scene: Scene, at: int, previous: int, gap: Gap) -> Neighbour:
    """The context of a citation in the sentence of the one before, of whose words nothing was asked yet."""
    window = gap.folded
    titled = opens_title(window, acted_on=scene.carried.shared.relation in ACTS)
    joint = ends_joined(window) or _part_joined(scene, at, gap)
    rest = joint and not titled and len(window) <= _ISSUER_REST
    connected = rest or CONNECTOR.fullmatch(window) is not None
    return Neighbour(scene, at, previous, gap, window, titled, joint, connected)
