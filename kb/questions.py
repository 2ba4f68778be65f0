"""Questions about lineage that need more than one document: ladders, chains, stale bases, orphans, shared bases."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from kb import graph, rows
from kb.authority.relations import STRONG
from kb.labels import relation_label
from kb.status import ACTS, acts_on
from kb.store.schema import citation, document
from kb.views import Chain, DocumentBrief, Edge, Ladder, Rung, SharedBasis, StaleBasis, TraceNode

LEVELS = ("central", "province", "department", "district", "commune")
"""Levels of an implementation ladder, highest first."""

_LEVEL_NAMES = {
    "central": "Trung ương",
    "province": "Tỉnh, thành phố",
    "department": "Sở, ngành",
    "district": "Huyện, quận",
    "commune": "Xã, phường",
    "party": "Cơ quan Đảng",
    "standard": "Tiêu chuẩn",
    "unknown": "Chưa rõ cấp",
}
_DISTRICT_ABOLISHED = "2025-07-01"
_CARRYING = ("implements", "based_on", "guides", "promulgated_by")
_TOUCHING = tuple(act for act in ACTS if act != "corrects")


def _stated(connection: sa.Connection, citations: list[int]) -> tuple[Edge, ...]:
    """Edges by citation rows, in the order of files and places."""
    found: list[Any] = []
    wanted = sorted(set(citations))
    for at in range(0, len(wanted), 5000):
        found += connection.execute(rows.edge_query().where(citation.c.id.in_(wanted[at : at + 5000])))
    found.sort(key=lambda row: (row.file, row.start))
    return rows.edges(connection, found)


def ladder(connection: sa.Connection, start: Any, depth: int = 4) -> Ladder:
    """Who carries the decision ``start`` (a document row) on, by level, and which levels are missing.

    A level is missing where it lies below the decision's own and nothing of that level carries it on. The district
    level is left out for decisions since its abolition (2025-07-01) and where a province's department or commune
    carries on without it.
    """
    found = graph.neighbourhood(connection, start.id, direction="down", depth=depth, relations=_CARRYING)
    documents = rows.document_rows(connection, found.graph.nodes)
    by_level: dict[str, list[TraceNode]] = defaultdict(list)
    for node in sorted(found.graph.nodes, key=lambda n: (found.graph.nodes[n]["depth"], documents[n].slug)):
        shown = rows.trace_node(documents[node], found.graph.nodes[node]["depth"])
        by_level[shown.level].append(shown)
    own = rows.trace_node(start, 0).level
    top = LEVELS.index(own) if own in LEVELS else 0
    rungs = []
    for at, level in enumerate(LEVELS):
        held = by_level.pop(level, [])
        optional = level == "district" and (start.date is None or start.date >= _DISTRICT_ABOLISHED or not held)
        if held or (at > top and not optional):
            rungs.append(Rung(level, _LEVEL_NAMES[level], tuple(held), not held))
    rungs += [Rung(level, _LEVEL_NAMES[level], tuple(nodes), False) for level, nodes in sorted(by_level.items())]
    stated = [data["citation"] for _, _, data in found.graph.edges(data=True)]
    return Ladder(start.slug, tuple(rungs), _stated(connection, stated), found.truncated)


def chain(connection: sa.Connection, one: Any, other: Any, *, strong_only: bool = False) -> Chain:
    """The shortest chain of links between two documents (rows), each link whichever way it runs."""
    relations = tuple(sorted(STRONG)) if strong_only else None
    ids = graph.shortest_chain(connection, one.id, other.id, relations=relations)
    if ids is None:
        return Chain((), ())
    documents = rows.document_rows(connection, ids)
    steps = [_link(connection, a, b, relations) for a, b in pairwise(ids)]
    edges = rows.edges(connection, steps)
    return Chain(tuple(documents[id_].slug for id_ in ids), edges)


def _link(connection: sa.Connection, one: int, other: int, relations: tuple[str, ...] | None) -> Any:
    """The row of one link between two documents, a strong relation first."""
    c = citation.c
    either = sa.or_(sa.and_(c.source_id == one, c.dest_id == other), sa.and_(c.source_id == other, c.dest_id == one))
    query = rows.edge_query().where(either)
    if relations is not None:
        query = query.where(c.relation.in_(relations))
    strength = sa.case((c.relation.in_(sorted(STRONG)), 0), else_=1)
    return connection.execute(query.order_by(strength, c.file_id, c.start).limit(1)).one()


def stale(
    connection: sa.Connection, touched: Any | None = None, *, hops: int = 3, limit: int = 200
) -> tuple[StaleBasis, ...]:
    """Documents that stand, by one to ``hops`` steps, on one that was repealed, replaced, suspended or amended.

    ``touched`` (a document row) restricts to what stands on that one; without it the whole base is looked at.
    """
    if touched is not None:
        targets = [touched.id]
    else:
        c = citation.c
        touching = sa.select(c.dest_id).where(c.relation.in_(_TOUCHING), c.source_id.is_not(None))
        query = sa.select(document.c.id).where(document.c.id.in_(touching)).order_by(document.c.slug)
        targets = list(connection.execute(query).scalars())
    acts: dict[int, list[tuple[int, str]]] = {}
    for at in range(0, len(targets), 2000):
        for target, found in acts_on(connection, targets[at : at + 2000]).items():
            grave = [(act.actor.id, act.relation) for act in found if act.relation in _TOUCHING]
            if grave:
                acts[target] = grave
    return tuple(_stale_view(connection, one) for one in graph.stale(connection, acts, hops=hops, limit=limit))


def _stale_view(connection: sa.Connection, one: graph.Stale) -> StaleBasis:
    documents = rows.document_rows(connection, [*one.chain, one.by])
    links = [_link(connection, a, b, graph.STANDING) for a, b in pairwise(one.chain)]
    links.append(_link(connection, one.by, one.touched, (one.relation,)))
    date, act_date = documents[one.document].date, documents[one.by].date
    return StaleBasis(
        document=rows.brief(documents[one.document]),
        hops=one.hops,
        touched=documents[one.touched].slug,
        by=documents[one.by].slug,
        relation=one.relation,
        relation_label=relation_label(one.relation, inverse=True),
        touched_on=act_date,
        signed_after=date > act_date if date and act_date else None,
        chain=tuple(documents[id_].slug for id_ in one.chain),
        edges=rows.edges(connection, links),
    )


def most_cited(
    connection: sa.Connection, *, type_id: str | None = None, province: str | None = None, limit: int = 20
) -> tuple[DocumentBrief, ...]:
    """Documents that most others have a certain link to."""
    d = document.c
    query = sa.select(d.id).where(d.cited_by > 0).order_by(d.cited_by.desc(), d.slug).limit(limit)
    if type_id:
        query = query.where(d.type == type_id)
    if province:
        query = query.where(d.province == province)
    return rows.briefs(connection, connection.execute(query).scalars().all())


def orphans(
    connection: sa.Connection, *, type_id: str | None = "ke-hoach", limit: int = 200
) -> tuple[DocumentBrief, ...]:
    """Held documents (plans by default) in whose text no legal basis was found: no link that carries lineage."""
    d, c = document.c, citation.c
    standing = sa.select(c.source_id).where(c.relation.in_(graph.STANDING), c.source_id.is_not(None))
    query = sa.select(d.id).where(d.held, d.id.not_in(standing)).order_by(d.slug).limit(limit)
    if type_id:
        query = query.where(d.type == type_id)
    return rows.briefs(connection, connection.execute(query).scalars().all())


def sharing_basis(connection: sa.Connection, start: Any, limit: int = 50) -> tuple[SharedBasis, ...]:
    """Held documents that stand on the same documents as ``start`` (a row), those with most in common first."""
    c = citation.c
    mine = set(
        connection.execute(
            sa.select(c.dest_id).where(c.source_id == start.id, c.relation.in_(graph.STANDING), c.dest_id.is_not(None))
        ).scalars()
    )
    found = connection.execute(
        sa.select(c.source_id, c.dest_id)
        .join(document, document.c.id == c.source_id)
        .where(
            c.dest_id.in_(sorted(mine)),
            c.relation.in_(graph.STANDING),
            c.source_id != start.id,
            document.c.held,
        )
        .distinct()
    )
    shared: dict[int, set[int]] = defaultdict(set)
    for source, dest in found:
        shared[source].add(dest)
    documents = rows.document_rows(connection, {*shared, *mine})
    best = sorted(shared, key=lambda id_: (-len(shared[id_]), documents[id_].slug))[:limit]
    return tuple(
        SharedBasis(rows.brief(documents[id_]), tuple(sorted(documents[x].slug for x in shared[id_]))) for id_ in best
    )
