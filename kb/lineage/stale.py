"""Stale bases: what stands on a document that was repealed, replaced, suspended or amended, seen from either end."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from kb.answers import from_rows
from kb.answers.labels import relation_label
from kb.answers.lineage_shapes import StaleBasis
from kb.answers.status import today
from kb.authority.relations import RELATIONS, by_id
from kb.knowledge.validity import gravity, load
from kb.lineage import graph, linked
from kb.lineage.questions import link
from kb.store.schema import citation, document
from kb.store.sql import pairs

_TOUCHING = tuple(relation.id for relation in RELATIONS if relation.leaves != "unknown")  # not what only corrects
_CHUNK = 100


def _acts(connection: sa.Connection, targets: Sequence[int]) -> dict[int, list[tuple[int, str]]]:
    """For each of these documents that was touched by today who touched it and how, gravest first, in the order
    given.

    Told by what is kept of it (``document.validity``), of the acts that a text tells of: a law that thousands of texts
    say was amended costs no look at those texts.
    """
    d, now = document.c, today()
    kept = pairs(connection.execute(sa.select(d.id, d.validity).where(d.id.in_(targets), d.validity.is_not(None))))
    acts = {
        target: [act for act in load(kept[target]).acts if act.relation in _TOUCHING and act.counts_on(now)]
        for target in targets
        if target in kept
    }
    slugs = {act.by for some in acts.values() for act in some}
    rows = pairs(connection.execute(sa.select(d.slug, d.id).where(d.slug.in_(slugs))))
    told = linked.relations_between(connection, rows.values(), acts)
    found = {}
    for target, some in acts.items():
        some.sort(key=lambda act: (gravity(act.leaves), act.signed or "9", act.by, act.relation))
        who = [(rows[act.by], act.relation) for act in some if act.by in rows]
        by_texts = [(by, relation) for by, relation in who if (by, relation, target) in told]
        if by_texts:  # registers and the law table tell of more
            found[target] = by_texts
    return found


def stale(
    connection: sa.Connection, touched: Any | None = None, *, hops: int = 3, limit: int = 200, offset: int = 0
) -> tuple[StaleBasis, ...]:
    """Documents that stand, by one to ``hops`` steps, on one that was repealed, replaced, suspended or amended.

    ``touched`` (a document row) restricts to what stands on that one; without it the whole base is looked at, in the
    order of the touched documents' ids, as far as ``limit`` entries after ``offset`` need.
    """
    if touched is not None:
        targets = [touched.id]
    else:
        c = citation.c
        touching = sa.select(c.dest_id).where(c.relation.in_(_TOUCHING), c.source_id.is_not(None))
        stood_on = sa.exists().where(
            c.dest_id == document.c.id, c.relation.in_(graph.STANDING), c.source_id.is_not(None)
        )
        query = sa.select(document.c.id).where(document.c.id.in_(touching), stood_on).order_by(document.c.slug)
        targets = list(connection.execute(query).scalars())
    found: list[graph.Stale] = []
    most = offset + limit
    for at in range(0, len(targets), _CHUNK):
        acts = _acts(connection, targets[at : at + _CHUNK])
        found += graph.stale(connection, acts, hops=hops, limit=most - len(found))
        if len(found) >= most:
            break
    return tuple(_stale_basis(connection, one) for one in found[offset:most])


def stale_bases(connection: sa.Connection, start: Any, *, hops: int = 3, limit: int = 50) -> tuple[StaleBasis, ...]:
    """What ``start`` (a document row) stands on, by one to ``hops`` steps, that was repealed, replaced, suspended or
    amended: nearest first. What ``start`` changed itself is no stale basis of it.
    """
    import networkx as nx

    around = graph.neighbourhood(connection, start.id, direction="up", depth=hops, relations=graph.STANDING).graph
    slugs = {id_: row.slug for id_, row in from_rows.document_rows(connection, around.nodes).items()}
    links = sorted({(slugs[one], slugs[other], one, other) for one, other in around.edges()})
    upwards = nx.DiGraph([(one, other) for _, _, one, other in links])
    found: list[graph.Stale] = []
    for touched, who in _acts(connection, sorted(set(around.nodes) - {start.id}, key=slugs.__getitem__)).items():
        actors = {actor for actor, _ in who}
        if start.id in actors:
            continue
        free = upwards.subgraph(set(upwards.nodes) - actors)
        if nx.has_path(free, start.id, touched):
            chain = tuple(nx.shortest_path(free, start.id, touched))
            if len(chain) - 1 <= hops:
                found.append(graph.Stale(start.id, len(chain) - 1, touched, *who[0], chain))
    found.sort(key=lambda one: (one.hops, gravity(by_id(one.relation).leaves), slugs[one.touched]))
    return tuple(_stale_basis(connection, one) for one in found[:limit])


def _stale_basis(connection: sa.Connection, one: graph.Stale) -> StaleBasis:
    documents = from_rows.document_rows(connection, [*one.chain, one.by])
    links = [link(connection, a, b, graph.STANDING) for a, b in pairwise(one.chain)]
    links.append(link(connection, one.by, one.touched, (one.relation,)))
    date, act_date = documents[one.document].date, documents[one.by].date
    return StaleBasis(
        document=from_rows.brief(documents[one.document]),
        hops=one.hops,
        touched=documents[one.touched].slug,
        by=documents[one.by].slug,
        relation=one.relation,
        relation_label=relation_label(one.relation, inverse=True),
        touched_on=act_date,
        signed_after=date > act_date if date and act_date else None,
        chain=tuple(documents[id_].slug for id_ in one.chain),
        edges=from_rows.edges(connection, links),
    )
