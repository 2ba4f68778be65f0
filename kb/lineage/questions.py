"""Questions about lineage that need more than one document: ladders, chains, cycles, orphans, shared bases."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from kb.answers import from_rows
from kb.answers.labels import level_name
from kb.answers.lineage_shapes import Chain, Circle, Ladder, Rung, SharedBasis, TraceNode
from kb.answers.shapes import DocumentBrief
from kb.authority import reforms
from kb.authority.relations import STRONG
from kb.lineage import graph
from kb.store.schema import citation, document, file

LEVELS = ("central", "province", "department", "district", "commune")
"""Levels of an implementation ladder, highest first."""

_CARRYING = ("implements", "based_on", "guides", "promulgated_by")
_COMMON = 1000
"""Links looked at for shared bases: those of the rarest bases first. That two plans stand on a law on which thousands
stand says nothing of them."""
_CIRCLE = 12
"""Documents named of one circle."""


def ladder(connection: sa.Connection, start: Any, depth: int = 4) -> Ladder:
    """Who carries the decision ``start`` (a document row) on, by level, and which levels are missing.

    A level is missing where it lies below the decision's own and nothing of that level carries it on. The district
    level is left out for decisions since its abolition (2025-07-01) and where a province's department or commune
    carries on without it.
    """
    found = graph.neighbourhood(connection, start.id, direction="down", depth=depth, relations=_CARRYING)
    documents = from_rows.document_rows(connection, found.graph.nodes)
    by_level: dict[str, list[TraceNode]] = defaultdict(list)
    for node in sorted(found.graph.nodes, key=lambda n: (found.graph.nodes[n]["depth"], documents[n].slug)):
        shown = from_rows.trace_node(documents[node], found.graph.nodes[node]["depth"])
        by_level[shown.level].append(shown)
    own = from_rows.trace_node(start, 0).level
    top = LEVELS.index(own) if own in LEVELS else 0
    rungs = []
    for at, level in enumerate(LEVELS):
        held = by_level.pop(level, [])
        optional = level == "district" and (start.date is None or reforms.is_so("no_districts", start.date) or not held)
        if held or (at > top and not optional):
            rungs.append(Rung(level, level_name(level), tuple(held), not held))
    rungs += [Rung(level, level_name(level), tuple(nodes), False) for level, nodes in sorted(by_level.items())]
    stated = [data["citation"] for _, _, data in found.graph.edges(data=True)]
    return Ladder(start.slug, tuple(rungs), tuple(from_rows.edges_by_row(connection, stated).values()), found.truncated)


def chain(connection: sa.Connection, one: Any, other: Any, *, strong_only: bool = False) -> Chain:
    """The shortest chain of links between two documents (rows), each link whichever way it runs."""
    relations = tuple(sorted(STRONG)) if strong_only else None
    ids = graph.shortest_chain(connection, one.id, other.id, relations=relations)
    if ids is None:
        return Chain((), ())
    documents = from_rows.document_rows(connection, ids)
    steps = [link(connection, a, b, relations, either_way=True) for a, b in pairwise(ids)]
    edges = from_rows.edges(connection, steps)
    return Chain(tuple(documents[id_].slug for id_ in ids), edges)


def link(
    connection: sa.Connection, one: int, other: int, relations: tuple[str, ...] | None, *, either_way: bool = False
) -> Any:
    """The row of one link from ``one`` to ``other`` (row ids), a strong relation first; of one of ``relations`` where
    they are given; with ``either_way`` also one that runs back. Raises ``NoResultFound`` where there is none."""
    c = citation.c
    wanted = sa.and_(c.source_id == one, c.dest_id == other)
    if either_way:
        wanted = sa.or_(wanted, sa.and_(c.source_id == other, c.dest_id == one))
    query = from_rows.edge_query().where(wanted)
    if relations is not None:
        query = query.where(c.relation.in_(relations))
    strength = sa.case((c.relation.in_(sorted(STRONG)), 0), else_=1)
    return connection.execute(query.order_by(strength, file.c.name, c.start).limit(1)).one()


def most_cited(
    connection: sa.Connection,
    *,
    type_id: str | None = None,
    province: str | None = None,
    limit: int = 20,
    offset: int = 0,
) -> tuple[DocumentBrief, ...]:
    """Documents that most others have a certain link to."""
    d = document.c
    query = sa.select(d.id).where(d.cited_by > 0).order_by(d.cited_by.desc(), d.slug).limit(limit).offset(offset)
    if type_id:
        query = query.where(d.type == type_id)
    if province:
        query = query.where(d.province == province)
    return from_rows.briefs(connection, connection.execute(query).scalars().all())


def orphans(
    connection: sa.Connection, *, type_id: str | None = "ke-hoach", limit: int = 200, offset: int = 0
) -> tuple[DocumentBrief, ...]:
    """Held documents (plans by default) in whose text no legal basis was found: no link that carries lineage."""
    d, c = document.c, citation.c
    standing = sa.exists().where(c.source_id == d.id, c.relation.in_(graph.STANDING))
    query = sa.select(d.id).where(d.held, ~standing).order_by(d.slug).limit(limit).offset(offset)
    if type_id:
        query = query.where(d.type == type_id)
    return from_rows.briefs(connection, connection.execute(query).scalars().all())


def sharing_basis(connection: sa.Connection, start: Any, limit: int = 50) -> tuple[SharedBasis, ...]:
    """Held documents that stand on the same documents as ``start`` (a row), those with most in common first.

    Bases on which very many stand are left out (see ``_COMMON``).
    """
    c, d = citation.c, document.c
    standing = c.relation.in_(graph.STANDING)
    mine: list[int] = []
    room = _COMMON
    bases = sa.select(d.id, d.cited_by).where(d.id.in_(sa.select(c.dest_id).where(c.source_id == start.id, standing)))
    for base, cited_by in connection.execute(bases.order_by(d.cited_by, d.slug)):
        room -= cited_by
        if room >= 0:
            mine.append(base)
    found = connection.execute(
        sa.select(c.source_id, c.dest_id)
        .join(document, d.id == c.source_id)
        .where(c.dest_id.in_(mine), standing, c.source_id != start.id, d.held)
        .distinct()
    )
    shared: dict[int, set[int]] = defaultdict(set)
    for source, dest in found:
        shared[source].add(dest)
    documents = from_rows.document_rows(connection, {*shared, *mine})
    best = sorted(shared, key=lambda id_: (-len(shared[id_]), documents[id_].slug))[:limit]
    return tuple(
        SharedBasis(from_rows.brief(documents[id_]), tuple(sorted(documents[x].slug for x in shared[id_])))
        for id_ in best
    )


def circles(connection: sa.Connection, limit: int = 20, offset: int = 0) -> tuple[Circle, ...]:
    """Groups of documents that stand on each other by strong relations, the largest first."""
    groups, links = graph.circles(connection)
    documents = from_rows.document_rows(connection, {node for group in groups for node in group})
    slug = {id_: row.slug for id_, row in documents.items()}
    ordered = sorted((sorted(group, key=slug.__getitem__) for group in groups), key=lambda g: (-len(g), slug[g[0]]))
    return tuple(_circle(connection, group, links, documents) for group in ordered[offset : offset + limit])


def _circle(connection: sa.Connection, group: list[int], links: Any, documents: dict[int, Any]) -> Circle:
    """One group with the shortest way round from its first document, among ``links`` (a directed graph)."""
    import networkx as nx

    ordered = sorted(links.subgraph(group).edges, key=lambda pair: (documents[pair[0]].slug, documents[pair[1]].slug))
    within = nx.DiGraph(ordered)
    first = group[0]
    round_ = min((nx.shortest_path(within, after, first) for after in within.successors(first)), key=len)
    steps = [link(connection, one, other, tuple(sorted(STRONG))) for one, other in pairwise([first, *round_])]
    return Circle(
        documents=tuple(from_rows.brief(documents[id_]) for id_ in group[:_CIRCLE]),
        total=len(group),
        nodes=tuple(documents[id_].slug for id_ in [first, *round_]),
        edges=from_rows.edges(connection, steps),
    )
