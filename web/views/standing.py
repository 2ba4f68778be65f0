"""A document's place in the network, for its page: who carries it on, whether what it stands on still stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.answers.board_shapes import Board
from kb.answers.lineage_shapes import SharedBasis, StaleBasis, TraceNode
from kb.answers.shapes import Answer, DocumentDetails, Edge, EdgeEnd
from web.http.front import front

RUNG = 12  # documents named of one level
BASES, BASES_FULL = 3, 10
HOPS = 3
CROWDED = 300
"""Documents that cite one from which what its pages show is kept for the next reader."""


@dataclass(frozen=True, slots=True)
class Step(Answer):
    """One level of a ladder: the first documents that carry it on there, ``total`` of them in all; ``own``: the
    document itself stands on this level."""

    level: str
    label: str
    own: bool
    missing: bool
    total: int
    documents: tuple[TraceNode, ...]


@dataclass(frozen=True, slots=True)
class ProvedSteps(Answer):
    """Who carries a document on, level by level, with one sentence for each document named, by its id."""

    rungs: tuple[Step, ...]
    edges: dict[str, Edge]
    carried_on: bool
    truncated: bool


@dataclass(frozen=True, slots=True)
class ChangedGround(Answer):
    """A basis that was changed, without the sentences: ``touched`` by ``by`` (see ``StaleBasis``)."""

    hops: int
    touched: EdgeEnd
    by: EdgeEnd
    relation: str
    relation_label: str
    touched_on: str | None
    signed_after: bool | None
    chain: tuple[str, ...]

    @classmethod
    def of(cls, one: StaleBasis) -> ChangedGround:
        """``one``, the ends of its links named."""
        ends = {end.id: end for edge in one.edges for end in (edge.source, edge.target) if end is not None}
        return cls(
            hops=one.hops,
            touched=ends[one.touched],
            by=ends[one.by],
            relation=one.relation,
            relation_label=one.relation_label,
            touched_on=one.touched_on,
            signed_after=one.signed_after,
            chain=one.chain,
        )


@dataclass(frozen=True, slots=True)
class Standing(Answer):
    """What the page of a document says of its place in the network."""

    stale_bases: tuple[ChangedGround, ...]
    more_stale_bases: bool
    sharing_basis: tuple[SharedBasis, ...]


def crowded(found: DocumentDetails) -> bool:
    """Whether so many cite a document that its pages are worth keeping."""
    return found.cited_by > CROWDED


def ladder(ident: str, most: int) -> ProvedSteps:
    """Who carries a document on, level by level, at most ``most`` named of each level."""
    found = front().kb.ladder(ident)
    rungs = []
    named: set[str] = set()
    for rung in found.rungs:
        others = [node for node in rung.documents if node.id != found.start]
        named |= {node.id for node in others[:most]}
        rungs.append(
            Step(
                level=rung.level,
                label=rung.label,
                own=len(others) < len(rung.documents),
                missing=rung.missing,
                total=len(others),
                documents=tuple(others[:most]),
            )
        )
    edges: dict[str, Edge] = {}
    for edge in found.edges:
        if edge.source and edge.source.id in named:
            edges.setdefault(edge.source.id, edge)
    return ProvedSteps(tuple(rungs), edges, carried_on=len(named) > 0, truncated=found.truncated)


def board_of(found: DocumentDetails, opened: Sequence[str] = ()) -> Board:
    """The board of a document; of one that very many cite it is made once for each state of the base."""

    def made() -> Board:
        return front().kb.board(found.id, opened)

    key = ("board", found.id, *opened, found.status.day)
    board: Board = front().remember(key, made) if crowded(found) else made()
    return board


def standing(ident: str) -> Standing:
    """What the page of a document says of its place in the network: in short, without the sentences."""
    kb = front().kb
    bases = kb.stale_bases(ident, hops=HOPS, limit=BASES + 1)
    return Standing(
        stale_bases=tuple(ChangedGround.of(one) for one in bases[:BASES]),
        more_stale_bases=len(bases) > BASES,
        sharing_basis=tuple(kb.sharing_basis(ident, limit=BASES)),
    )
