"""What the knowledge base answers about lineage: plain, frozen data like that of ``kb.answers.shapes``."""

from __future__ import annotations

from dataclasses import dataclass

from kb.answers.shapes import Answer, DocumentBrief, Edge


@dataclass(frozen=True, slots=True)
class TraceNode(Answer):
    """A document in a lineage. ``depth`` is the number of steps from the start: negative upwards (towards what it
    stands on), positive downwards (what stands on it), 0 the start itself."""

    id: str
    url: str
    number: str | None
    type: str | None
    type_name: str | None
    date: str | None
    body: str | None
    issuer: str | None
    province: str | None
    title: str | None
    role: str
    level: str
    """central | province | department | district | commune | party | standard | unknown: the issuer's rung."""
    depth: int


@dataclass(frozen=True, slots=True)
class Trace(Answer):
    """A lineage: ``up`` goes from a document to what it cites, ``down`` to what cites it.

    ``truncated`` is True where a node had more neighbours than the bound; ``cycles`` are lists of ids.
    """

    start: str
    direction: str
    depth: int
    relations: tuple[str, ...]
    strong_only: bool
    nodes: tuple[TraceNode, ...]
    edges: tuple[Edge, ...]
    cycles: tuple[tuple[str, ...], ...]
    truncated: bool


@dataclass(frozen=True, slots=True)
class Rung(Answer):
    """One level of an implementation ladder: ``level`` as in ``TraceNode``; ``missing`` where no document of the base
    carries the decision on at this level although one at a lower level does or could."""

    level: str
    label: str
    documents: tuple[TraceNode, ...]
    missing: bool


@dataclass(frozen=True, slots=True)
class Ladder(Answer):
    """Who carries a decision on, level by level from its own downwards; ``edges`` are the proof."""

    start: str
    rungs: tuple[Rung, ...]
    edges: tuple[Edge, ...]
    truncated: bool


@dataclass(frozen=True, slots=True)
class Chain(Answer):
    """The shortest chain of links between two documents: ids in order, and one edge for each step (which may run
    either way). Both are empty where there is none."""

    nodes: tuple[str, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class StaleBasis(Answer):
    """A document that stands, in ``hops`` steps, on one that was touched: ``relation`` (repeals, replaces, suspends,
    amends) by the document ``by`` of the day ``touched_on``.

    ``chain`` are ids from the stale document to the touched one; ``edges`` the links of the chain and the act itself,
    each with its sentence. ``signed_after``: it is younger than the act, so it was signed on a basis already changed;
    None where a date is missing."""

    document: DocumentBrief
    hops: int
    touched: str
    by: str
    relation: str
    relation_label: str
    touched_on: str | None
    signed_after: bool | None
    chain: tuple[str, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class SharedBasis(Answer):
    """Another document that stands on the same ones: ``basis`` are the ids of what both stand on."""

    document: DocumentBrief
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Circle(Answer):
    """Documents that stand on each other: the first of them, their number, and one way round: ``nodes`` are ids, the
    last the same as the first, ``edges`` one link for each step."""

    documents: tuple[DocumentBrief, ...]
    total: int
    nodes: tuple[str, ...]
    edges: tuple[Edge, ...]
