"""What the knowledge base answers about lineage: plain, frozen data like that of ``kb.answers.shapes``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from kb.answers.fields import (
    Body,
    Date,
    Id,
    Issuer,
    Level,
    Number,
    Province,
    Relation,
    RelationLabel,
    Role,
    Title,
    Truncated,
    TypeId,
    TypeName,
    Url,
)
from kb.answers.shapes import Answer, DocumentBrief, Edge
from messages.facts import Fact


@dataclass(frozen=True, slots=True)
class TraceNode(Answer):
    """A document in a lineage. ``depth`` is the number of steps from the start: negative upwards (towards what it
    stands on), positive downwards (what stands on it), 0 the start itself."""

    id: Id
    url: Url
    number: Number
    type: TypeId
    type_name: TypeName
    date: Date
    body: Body
    issuer: Issuer
    province: Province
    title: Title
    role: Role
    level: Level
    depth: Annotated[int, Fact("Steps from the start: negative upwards, positive downwards.", -1)]


@dataclass(frozen=True, slots=True)
class Trace(Answer):
    """A lineage: ``up`` goes from a document to what it cites, ``down`` to what cites it.

    ``truncated`` is True where a node had more neighbours than the bound; ``cycles`` are lists of ids.
    """

    start: Id
    direction: Annotated[str, Fact("Which way was gone.", "up", values=("up", "down", "both"))]
    depth: Annotated[int, Fact("How many steps were gone at most.", 3)]
    relations: Annotated[tuple[str, ...], Fact("The relations followed; empty for all.", [])]
    strong_only: Annotated[bool, Fact("True where weak relations were left out.", False)]
    nodes: Annotated[tuple[TraceNode, ...], Fact("The documents.")]
    edges: Annotated[tuple[Edge, ...], Fact("The citations that link them.")]
    cycles: Annotated[tuple[tuple[str, ...], ...], Fact("Groups of ids that stand on each other.", [])]
    truncated: Truncated


@dataclass(frozen=True, slots=True)
class Rung(Answer):
    """One level of an implementation ladder: ``level`` as in ``TraceNode``; ``missing`` where no document of the base
    carries the decision on at this level although one at a lower level does or could."""

    level: Level
    label: Annotated[str, Fact("The level in Vietnamese.", "Tỉnh, thành phố")]
    documents: Annotated[tuple[TraceNode, ...], Fact("Who carries the decision on at this level.", [])]
    missing: Annotated[bool, Fact("True where nobody does, although a lower level does or could.", False)]


@dataclass(frozen=True, slots=True)
class Ladder(Answer):
    """Who carries a decision on, level by level from its own downwards; ``edges`` are the proof."""

    start: Id
    rungs: Annotated[tuple[Rung, ...], Fact("The levels, from the document's own downwards.")]
    edges: Annotated[tuple[Edge, ...], Fact("The citations that prove it.")]
    truncated: Truncated


@dataclass(frozen=True, slots=True)
class Chain(Answer):
    """The shortest chain of links between two documents: ids in order, and one edge for each step (which may run
    either way). Both are empty where there is none."""

    nodes: Annotated[tuple[str, ...], Fact("Ids from one end to the other; empty where there is no chain.", [])]
    edges: Annotated[tuple[Edge, ...], Fact("One citation for each step, which may run either way.", [])]


@dataclass(frozen=True, slots=True)
class StaleBasis(Answer):
    """A document that stands, in ``hops`` steps, on one that was touched: ``relation`` (repeals, replaces, suspends,
    amends) by the document ``by`` of the day ``touched_on``.

    ``chain`` are ids from the stale document to the touched one; ``edges`` the links of the chain and the act itself,
    each with its sentence. ``signed_after``: it is younger than the act, so it was signed on a basis already changed;
    None where a date is missing."""

    document: Annotated[DocumentBrief, Fact("The document that stands on it.")]
    hops: Annotated[int, Fact("In how many steps.", 1)]
    touched: Annotated[str, Fact("Id of the document that was changed.", "tw/cp/2014/nd/24")]
    by: Annotated[str, Fact("Id of the document that changed it.", "tw/cp/2020/nd/107")]
    relation: Relation
    relation_label: RelationLabel
    touched_on: Annotated[str | None, Fact("Date of the act (ISO).", "2020-09-14")]
    signed_after: Annotated[bool | None, Fact("Whether the document is younger than the act.", True)]
    chain: Annotated[tuple[str, ...], Fact("Ids from the document to the changed one.", [])]
    edges: Annotated[tuple[Edge, ...], Fact("The citations of the chain, then the act itself.")]


@dataclass(frozen=True, slots=True)
class SharedBasis(Answer):
    """Another document that stands on the same ones: ``basis`` are the ids of what both stand on."""

    document: Annotated[DocumentBrief, Fact("A document on the same bases.")]
    basis: Annotated[tuple[str, ...], Fact("Ids of what both stand on.", ["tw/cp/2014/nd/24"])]


@dataclass(frozen=True, slots=True)
class Circle(Answer):
    """Documents that stand on each other: the first of them, their number, and one way round: ``nodes`` are ids, the
    last the same as the first, ``edges`` one link for each step."""

    documents: Annotated[tuple[DocumentBrief, ...], Fact("The first documents of the group.")]
    total: Annotated[int, Fact("How many it has.", 2)]
    nodes: Annotated[tuple[str, ...], Fact("Ids of one way round; the last is the first.", [])]
    edges: Annotated[tuple[Edge, ...], Fact("One citation for each step.")]


@dataclass(frozen=True, slots=True)
class Change(Answer):
    """Something that became of a document: ``relation`` says what ``by`` did to it, from ``day`` on; ``recorded`` is
    the day on which this base learned of it. ``standing``: held documents that stand on the document,
    ``standing_total`` of them in all."""

    document: Annotated[DocumentBrief, Fact("The document of which this is told.")]
    relation: Relation
    relation_label: RelationLabel
    by: Annotated[DocumentBrief | None, Fact("The document that acts; null where this base does not have it.")]
    by_id: Annotated[str, Fact("Its id, or its number where it is not here.", "tw/cp/2025/nd/78")]
    day: Annotated[str | None, Fact("The day (ISO) from which it counts, or the acting document's.", "2025-04-01")]
    recorded: Annotated[str, Fact("The day (ISO) on which this base learned of it.", "2026-01-15")]
    standing: Annotated[tuple[DocumentBrief, ...], Fact("Held documents that stand on the document.", [])]
    standing_total: Annotated[int, Fact("How many there are.", 2)]
