"""The graph of documents: bounded neighbourhoods from the store as ``networkx.MultiDiGraph``, and what is asked of it.

An edge runs from the document that acts (cites, implements, amends) to the one acted upon. Upwards means along the
edges, from a plan to what it stands on; downwards against them, to what stands on it. Only certain links are edges:
ambiguous citations never enter the graph. Neighbourhoods are read level by level with a bound on neighbours, so that
memory does not grow with the base.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from kb.authority.relations import RELATIONS, STRONG
from kb.store.schema import citation, document, file
from kb.store.sql import pairs

if TYPE_CHECKING:
    import networkx as nx

PER_NODE = 40
"""Neighbours followed from one document in one direction."""
MAX_NODES = 250
"""Documents in one answer."""
PER_LINK = 8
"""Citations shown of one link where more say the same of the same two documents."""
_CHUNK = 400
_STEP = 50
_MANY = 4
"""A document with this many times the neighbours that are kept is read by itself."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Documents around a start. ``graph``: nodes are document rows with ``depth`` (negative upwards), edges carry
    ``citation`` (row), ``relation``; ``truncated``: some neighbours were left out."""

    graph: nx.MultiDiGraph
    truncated: bool


def wanted_relations(relations: Iterable[str] | None, strong_only: bool) -> tuple[str, ...] | None:
    """The relations to follow; None for all."""
    chosen = set(relations) if relations else None
    if strong_only:
        chosen = (chosen & STRONG) if chosen is not None else set(STRONG)
    return tuple(sorted(chosen)) if chosen is not None else None


@dataclass(frozen=True, slots=True)
class Link:
    """What ``count`` citations say alike: ``source`` acts on ``target`` by ``relation``; ``citation`` is the first."""

    source: int
    target: int
    relation: str
    citation: int
    count: int


def neighbours(
    connection: sa.Connection, nodes: Sequence[int], *, up: bool, relations: tuple[str, ...] | None, limit: int
) -> tuple[list[Link], bool]:
    """Links from ``nodes`` one step up or down, and whether some were left out because a node has more than ``limit``
    neighbours. Strong relations are kept first.

    Documents with few neighbours are read together; of those with very many only as much as is kept. What thousands
    of texts say alike ("Luật A sửa đổi Luật B") is one link.
    """
    degree = document.c.cites if up else document.c.cited_by
    many = set(
        connection.execute(sa.select(document.c.id).where(document.c.id.in_(nodes), degree > limit * _MANY)).scalars()
    )
    rows = _links_of(connection, nodes, many, up=up, relations=relations, limit=limit)
    rows.sort(key=lambda row: (row[0], row[2] not in STRONG, row[2] if row[0] in many else "", row[1], row[3]))
    kept: list[Link] = []
    seen: dict[int, set[int]] = defaultdict(set)
    truncated = bool(many)
    for node, other, relation, first, count in rows:
        if other not in seen[node] and len(seen[node]) >= limit:
            truncated = True
            continue
        seen[node].add(other)
        kept.append(Link(*((node, other) if up else (other, node)), relation, first, count))
    return kept, truncated


def _links_of(
    connection: sa.Connection,
    nodes: Sequence[int],
    many: Collection[int],
    *,
    up: bool,
    relations: tuple[str, ...] | None,
    limit: int,
) -> list[tuple[int, int, str, int, int]]:
    """What links ``nodes`` one step up or down: node, neighbour, relation, first citation, how many say it. Of those
    with ``many`` neighbours as much is read as may be kept."""
    c = citation.c
    here, there = (c.source_id, c.dest_id) if up else (c.dest_id, c.source_id)
    query = sa.select(here, there, c.relation, sa.func.min(c.id), sa.func.count()).where(there.is_not(None))
    query = query.group_by(here, c.relation, there)
    if relations is not None:
        query = query.where(c.relation.in_(relations))
    rows: list[tuple[int, int, str, int, int]] = []
    few = [node for node in nodes if node not in many]
    for at in range(0, len(few), _CHUNK):
        rows += [tuple(row) for row in connection.execute(query.where(here.in_(few[at : at + _CHUNK])))]
    for node in sorted(many):
        for strong in (True, False):
            of_class = c.relation.in_(sorted(STRONG)) if strong else c.relation.not_in(sorted(STRONG))
            found = connection.execute(
                query.where(here == node, of_class).order_by(here, c.relation, there).limit(limit * 3)
            )
            rows += [tuple(row) for row in found]
    return rows


_KEY = ("source", "relation", "target")
_OF_LINK = (
    sa.select(citation.c.source_id, citation.c.dest_id, citation.c.id, citation.c.relation)
    .where(
        citation.c.source_id == sa.bindparam("source"),
        citation.c.relation == sa.bindparam("relation"),
        citation.c.dest_id == sa.bindparam("target"),
    )
    .order_by(citation.c.id)
    .limit(PER_LINK)
)


def _statements(connection: sa.Connection, links: Collection[Link]) -> list[tuple[int, int, int, str]]:
    """The citations to show of each link as (source, target, citation row, relation): all of them up to ``PER_LINK``;
    where there are more, the first, those in the texts of the documents themselves, and then others."""
    c = citation.c
    rows = {link.citation: (link.source, link.target, link.citation, link.relation) for link in links}
    repeated = {(link.source, link.relation, link.target): 1 for link in links if link.count > 1}
    many = sorted({end for link in links if link.count > PER_LINK for end in (link.source, link.target)})
    query = sa.select(c.source_id, c.dest_id, c.id, c.relation).order_by(c.id)
    found: list[sa.Row[Any]] = []
    for at in range(0, len(many), _CHUNK):
        held = sa.select(file.c.id).where(file.c.document_id.in_(many[at : at + _CHUNK]))
        found += connection.execute(query.where(c.file_id.in_(held)))
    for key in repeated:  # one by one: a list of all keys would not be looked up in the index
        found += connection.execute(_OF_LINK, dict(zip(_KEY, key, strict=True)))
    for row in found:
        key = (row.source_id, row.relation, row.dest_id)
        if row.id not in rows and repeated.get(key, PER_LINK) < PER_LINK:
            repeated[key] += 1
            rows[row.id] = tuple(row)
    return [rows[row] for row in sorted(rows)]


def _one_level(
    connection: sa.Connection,
    graph: nx.MultiDiGraph[int],
    level: Sequence[int],
    *,
    up: bool,
    relations: tuple[str, ...] | None,
    limit: int,
    room: int,
    step: int,
) -> tuple[list[Link], bool]:
    """Add the neighbours of ``level`` to the graph as far as it has ``room``; returns the links to those that are in
    it, and whether some were left out."""
    kept: list[Link] = []
    truncated = False
    for at in range(0, len(level), _STEP):
        if graph.number_of_nodes() >= room:
            return kept, True
        found, cut = neighbours(connection, level[at : at + _STEP], up=up, relations=relations, limit=limit)
        truncated = truncated or cut
        for link in found:
            other = link.target if up else link.source
            if other not in graph and graph.number_of_nodes() >= room:
                truncated = True
                continue
            if other not in graph:
                graph.add_node(other, depth=-step if up else step)
            kept.append(link)
    return kept, truncated


def neighbourhood(
    connection: sa.Connection,
    start: int,
    *,
    direction: str = "both",
    depth: int = 3,
    relations: tuple[str, ...] | None = None,
    per_node: int = PER_NODE,
    max_nodes: int = MAX_NODES,
) -> Neighbourhood:
    """What ``start`` stands on (``up``), what stands on it (``down``), or ``both``, to ``depth`` steps.

    Lineage goes straight: upwards only up, downwards only down, so that a sibling is no ancestor. Of citations that
    say the same of the same two documents at most ``PER_LINK`` are edges.
    """
    import networkx as nx

    graph = nx.MultiDiGraph()
    graph.add_node(start, depth=0)
    links: dict[tuple[int, int, str], Link] = {}
    truncated = False
    for up in (True, False):
        if direction == ("down" if up else "up"):
            continue
        room = graph.number_of_nodes() + max_nodes // (2 if direction == "both" else 1)
        level = [start]
        seen = {start}
        for step in range(1, depth + 1):
            found, cut = _one_level(
                connection, graph, level, up=up, relations=relations, limit=per_node, room=room, step=step
            )
            truncated = truncated or cut
            links |= {(link.source, link.target, link.relation): link for link in found}
            level = sorted({link.target if up else link.source for link in found} - seen)
            seen.update(level)
            if not level:
                break
    for source, target, row, relation in _statements(connection, links.values()):
        graph.add_edge(source, target, key=row, citation=row, relation=relation)
    return Neighbourhood(graph, truncated)


def cycles(graph: nx.DiGraph, limit: int = 20) -> list[list[int]]:
    """Groups of documents that stand on each other, each as a list of nodes, largest first."""
    import networkx as nx

    found = [sorted(group) for group in nx.strongly_connected_components(graph) if len(group) > 1]
    return sorted(found, key=lambda group: (-len(group), group))[:limit]


def circles(connection: sa.Connection) -> tuple[list[list[int]], nx.DiGraph]:
    """Groups of documents of the whole base that stand on each other by strong relations, largest first; and the links
    among which they were found."""
    import networkx as nx

    c, one, other = citation.c, document.alias(), document.alias()
    query = (
        sa.select(c.source_id, c.dest_id)
        .join(one, one.c.id == c.source_id)
        .join(other, other.c.id == c.dest_id)
        .where(c.relation.in_(sorted(STRONG)), c.source_id != c.dest_id, one.c.cited_by > 0, other.c.cites > 0)
        .distinct()
    )
    links = [(source, dest) for source, dest in connection.execute(query)]
    while True:  # nearly every document is the beginning or the end of all its lineages: those are on no circle
        sources, dests = {source for source, _ in links}, {dest for _, dest in links}
        inner = [(source, dest) for source, dest in links if source in dests and dest in sources]
        if len(inner) == len(links):
            break
        links = inner
    graph = nx.DiGraph(links)
    return cycles(graph, limit=len(links)), graph


def shortest_chain(
    connection: sa.Connection,
    one: int,
    other: int,
    *,
    relations: tuple[str, ...] | None = None,
    max_depth: int = 8,
    max_nodes: int = 20000,
) -> list[int] | None:
    """The shortest chain of links between two documents, in whatever direction each link runs; None where there is
    none within ``max_depth`` steps (or ``max_nodes`` documents looked at)."""
    if one == other:
        return [one]
    came: tuple[dict[int, int | None], dict[int, int | None]] = ({one: None}, {other: None})
    fronts = [[one], [other]]
    for _ in range(max_depth):
        side = 0 if len(fronts[0]) <= len(fronts[1]) else 1
        following: list[int] = []
        for source, target in sorted(_step(connection, fronts[side], relations)):
            for here, there in ((source, target), (target, source)):
                if here in came[side] and there not in came[side]:
                    came[side][there] = here
                    following.append(there)
        meeting = sorted(set(following) & set(came[1 - side]))
        if meeting:
            return _joined(came, meeting[0])
        fronts[side] = sorted(following)
        if not following or len(came[0]) + len(came[1]) > max_nodes:
            return None
    return None


def _step(connection: sa.Connection, nodes: Sequence[int], relations: tuple[str, ...] | None) -> set[tuple[int, int]]:
    c = citation.c
    found: set[tuple[int, int]] = set()
    for at in range(0, len(nodes), _CHUNK):
        chunk = nodes[at : at + _CHUNK]
        for column in (c.source_id, c.dest_id):
            query = sa.select(c.source_id, c.dest_id).where(
                column.in_(chunk), c.source_id.is_not(None), c.dest_id.is_not(None)
            )
            if relations is not None:
                query = query.where(c.relation.in_(relations))
            found.update((source, dest) for source, dest in connection.execute(query.distinct()))
    return found


def _joined(came: tuple[dict[int, int | None], dict[int, int | None]], meeting: int) -> list[int]:
    chain: list[int] = []
    node: int | None = meeting
    while node is not None:
        chain.append(node)
        node = came[0][node]
    chain.reverse()
    node = came[1][meeting]
    while node is not None:
        chain.append(node)
        node = came[1][node]
    return chain


def whole(connection: sa.Connection) -> nx.MultiDiGraph:
    """The whole graph. For exports and measurement; memory grows with the base."""
    import networkx as nx

    graph = nx.MultiDiGraph()
    c = citation.c
    rows = connection.execute(
        sa.select(c.source_id, c.dest_id, c.id, c.relation)
        .where(c.source_id.is_not(None), c.dest_id.is_not(None))
        .order_by(c.id)
    )
    for source, target, row, relation in rows:
        graph.add_edge(source, target, key=row, citation=row, relation=relation)
    return graph


@dataclass(frozen=True, slots=True)
class Stale:
    """A document that stands, in ``hops`` steps, on ``touched``, which ``by`` touched. ``chain`` are document rows from
    the stale one to the touched one."""

    document: int
    hops: int
    touched: int
    by: int
    relation: str
    chain: tuple[int, ...]


STANDING = tuple(sorted(relation.id for relation in RELATIONS if relation.strong and not relation.acts))
"""Relations by which a document stands on another."""


def stale(
    connection: sa.Connection, acts: dict[int, list[tuple[int, str]]], *, hops: int = 3, limit: int = 500
) -> list[Stale]:
    """Everything that stands on the touched documents, by one to ``hops`` steps; at most ``limit``.

    ``acts``: for each touched document who touched it and how, gravest first. Those who acted do not count as
    standing on what they ended. The answer keeps the order of ``acts``, nearer ones first, then that of the ids.
    """
    found: list[Stale] = []
    for touched, by_whom in acts.items():
        by, relation = by_whom[0]
        actors = {actor for actor, _ in by_whom}
        chains: dict[int, tuple[int, ...]] = {touched: (touched,)}
        level = [touched]
        for step in range(1, hops + 1):
            links, _ = neighbours(connection, level, up=False, relations=STANDING, limit=PER_NODE)
            level = []
            for link in _by_slug(connection, links):
                if link.source in chains or link.source in actors:
                    continue
                chains[link.source] = (link.source, *chains[link.target])
                found.append(Stale(link.source, step, touched, by, relation, chains[link.source]))
                level.append(link.source)
            if len(found) >= limit:
                return found[:limit]
    return found


def _by_slug(connection: sa.Connection, links: Sequence[Link]) -> list[Link]:
    """``links`` in the order of their ends' ids: row numbers depend on the order in which texts were put in."""
    ends = sorted({end for link in links for end in (link.source, link.target)})
    slugs: dict[int, str] = {}
    for at in range(0, len(ends), _CHUNK):
        chunk = document.c.id.in_(ends[at : at + _CHUNK])
        slugs.update(pairs(connection.execute(sa.select(document.c.id, document.c.slug).where(chunk))))
    return sorted(links, key=lambda link: (slugs[link.source], slugs[link.target], link.relation))
