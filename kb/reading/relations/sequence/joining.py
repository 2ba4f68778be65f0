"""Which list a citation joins: the running one, that in the title of the one before, or that of its own type."""

from __future__ import annotations

from typing import NamedTuple

from kb.reading.relations.pinpoints import pinpoint_before
from kb.reading.relations.relation import PLAIN, Relation
from kb.reading.relations.rules import Example, Table
from kb.reading.relations.sequence.scene import Scene, Tie


class Joining(NamedTuple):
    """A citation that joins a list; ``at`` is its index.

    ``shared``: what the running list shares; ``confidence``: the most that can be said; ``apart``: words of its own
    stand before it ("…; các quy định về … tại C").
    """

    scene: Scene
    at: int
    shared: Relation
    confidence: float
    apart: bool

    @property
    def nested(self) -> bool:
        """The one before stands in a title with a cue of its own, whose list may go on."""
        last = self.scene.last()
        return last.parent is not None and last.cue is not None and not self.apart

    @property
    def outer(self) -> Relation | None:
        """The relation of the citation in whose title the one before stands, where only that one is of this type."""
        scene, previous = self.scene, self.scene.previous
        if previous is None or scene.out[previous].inverse or scene.same_family(previous, self.at):
            return None
        at = scene.nearest_alike(self.at, previous)
        return scene.out[at] if at is not None and scene.out[at].parent is None else None


JOINING: Table[Joining, Tie] = Table("members of lists")


@JOINING.rule(
    "“Thông tư A hướng dẫn Quyết định B … và Thông tư C”: C stands beside A, not in its title.",
    fires=(
        Example(
            "Căn cứ «Thông tư số 1/2011/TT-BTC» hướng dẫn «Quyết định số 4/2011/QĐ-TTg» về tài chính "
            "và «Thông tư số 9/2011/TT-BTC»",
            "based_on guides@0 based_on",
        ),
    ),
    spares=(
        Example(
            "Căn cứ «Thông tư số 1/2011/TT-BTC» hướng dẫn «Quyết định số 4/2011/QĐ-TTg» về tài chính "
            "và «Quyết định số 9/2011/QĐ-TTg»",
            "based_on guides@0 guides@0",
        ),
    ),
)
def beside_title_holder(join: Joining) -> Tie | None:
    outer = join.outer if join.nested else None
    return Tie(outer._replace(confidence=min(join.confidence, outer.confidence)), member=True) if outer else None


@JOINING.rule(
    "Where the running list has no cue, the list in the title of the citation before goes on.",
    fires=(
        Example(
            "«Thông tư số 1/2011/TT-BTC» hướng dẫn «Thông tư số 4/2011/TT-BTC»; «Thông tư số 9/2011/TT-BTC»",
            "cites guides@0 guides@0",
        ),
    ),
    spares=(
        Example(
            "Căn cứ «Thông tư số 1/2011/TT-BTC» hướng dẫn «Thông tư số 4/2011/TT-BTC»; «Thông tư số 9/2011/TT-BTC»",
            "based_on guides@0 based_on",
        ),
        Example(
            "«Nghị định số 1/2011/NĐ-CP» quy định chi tiết «Luật Giá»; «Thông tư số 9/2011/TT-BTC»",
            "cites guides@0 cites",
        ),
        Example(
            "«Thông tư số 1/2011/TT-BTC» hướng dẫn «Thông tư số 4/2011/TT-BTC»; "
            "các quy định về giá tại «Thông tư số 9/2011/TT-BTC»",
            "cites guides@0 cites",
        ),
        Example(
            "«Luật Giá số 38/2005/QH11» đã được sửa đổi theo «Luật số 44/2009/QH12»; «Luật Thuế số 8/2012/QH13»",
            "cites <amends@0 cites",
        ),
    ),
)
def in_the_same_title(join: Joining) -> Tie | None:
    if not join.nested or join.shared != PLAIN or join.scene.leaves_law(join.at):
        return None
    scene, previous = join.scene, join.scene.previous
    if previous is not None and part_apart(scene, join.at, previous):
        return None
    if (
        previous is not None
        and join.scene.last().inverse
        and not scene.named_law(previous)
        and scene.named_law(join.at)
    ):
        return None  # a law that amends is named by its number alone
    return Tie(join.scene.last()._replace(confidence=min(join.scene.last().confidence, join.confidence, 0.7)))


@JOINING.rule(
    "A citation without a cue of its own is one more member of the running list.",
    fires=(Example("Căn cứ «Luật Giá»; «Luật Thuế»", "based_on based_on"),),
    spares=(Example("Căn cứ «Luật Giá». Thực hiện «Luật Thuế»", "based_on implements"),),
)
def member(join: Joining) -> Tie | None:
    shared = join.shared
    return Tie(shared._replace(parent=None, confidence=min(join.confidence, shared.confidence)), member=True)


def part_apart(scene: Scene, at: int, previous: int) -> bool:
    """Whether a part of a document stands beside that of the one which the citation before acted on: "Điều 18 A được
    sửa đổi bởi B; Điều 62 C", where of B no part is named."""
    last = scene.out[previous]
    if not last.inverse or last.parent is None:
        return False
    here, before, acted_on = (
        pinpoint_before(scene.forms, scene.spans[one].head) for one in (at, previous, last.parent)
    )
    return here is not None and acted_on is not None and before is None


def joined(scene: Scene, index: int, confidence: float) -> Tie:
    """The tie of a citation that joins the running list."""
    return joined_to(Joining(scene, index, scene.carried.shared, confidence, apart=False))


def joined_to(join: Joining) -> Tie:
    """What the table of lists says; its last rule always speaks."""
    tie = JOINING.decide(join)
    assert tie is not None
    return tie
