"""Who is linked to a document, asked of the narrow rows of ``link`` (``kb.store.links``): how many do what, which are
the latest, and which citations say so; never of every citation of a law that thousands cite.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from kb.answers import from_rows
from kb.store.schema import citation, document, link
from kb.store.sql import pairs

_AT_ONCE = 5000
_TIES = 200
"""Documents of one day looked at to order them by their ids; of more the first put in are taken."""
_SORTED = 200
"""Citations of one document that are sorted by their places; more come in the order in which they were put in."""


class Latest(NamedTuple):
    """One of the latest documents that act on another by ``relation`` and stand alike (``link.stand``), ``total`` of
    them in all; ``rows`` citations say so."""

    source: int
    relation: str
    stand: str
    rows: int
    total: int


def latest(connection: sa.Connection, id_: int, most: int) -> list[Latest]:
    """Of the documents that act on one, by relation and stand: the ``most`` latest, and those of the last one's day."""
    ranked = sa.select(
        link.c.source_id,
        link.c.relation,
        link.c.stand,
        link.c.rows,
        sa.func.count().over(partition_by=(link.c.relation, link.c.stand)).label("total"),
        sa.func.rank().over(partition_by=_ALIKE, order_by=link.c.day.desc()).label("day_at"),
        sa.func.row_number().over(partition_by=_ALIKE, order_by=link.c.day.desc()).label("at"),
    ).where(link.c.dest_id == id_, link.c.source_id != id_)
    found = ranked.subquery()
    named = (found.c.source_id, found.c.relation, found.c.stand, found.c.rows, found.c.total)
    query = sa.select(*named).where(found.c.day_at <= most, found.c.at <= _TIES)
    return [Latest(*row) for row in connection.execute(query)]


_ALIKE = (link.c.relation, link.c.stand)


def stands(connection: sa.Connection, id_: int, relations: Sequence[str]) -> list[tuple[int, int]]:
    """How many documents act on one by these relations, each once, by where they stand: one of them, and their
    number."""
    query = sa.select(sa.func.min(link.c.source_id), sa.func.count(sa.distinct(link.c.source_id)))
    chosen = query.where(link.c.dest_id == id_, link.c.source_id != id_, link.c.relation.in_(relations))
    return [(one, count) for one, count in connection.execute(chosen.group_by(link.c.stand))]


def among(connection: sa.Connection, id_: int, relations: Sequence[str], ids: Collection[int]) -> set[int]:
    """Those of the documents ``ids`` that act on one by these relations."""
    query = sa.select(link.c.source_id).where(link.c.dest_id == id_, link.c.relation.in_(relations))
    return set(connection.execute(query.where(link.c.source_id.in_(sorted(ids)))).scalars())


def relations_between(
    connection: sa.Connection, sources: Collection[int], targets: Collection[int]
) -> set[tuple[int, str, int]]:
    """By what relations some documents act on others: source, relation, target."""
    query = sa.select(link.c.source_id, link.c.relation, link.c.dest_id)
    chosen = query.where(link.c.dest_id.in_(sorted(targets)), link.c.source_id.in_(sorted(set(sources))))
    return {(row.source_id, row.relation, row.dest_id) for row in connection.execute(chosen)}


def acted_on(connection: sa.Connection, id_: int, columns: Sequence[sa.ColumnElement[Any]]) -> Sequence[Any]:
    """The documents on which one acts, once for each ``relation``: ``columns`` of them, and how many citations
    (``rows``) say so."""
    query = sa.select(link.c.relation, link.c.rows, *columns).join(document, document.c.id == link.c.dest_id)
    return connection.execute(query.where(link.c.source_id == id_, link.c.dest_id != id_)).all()


def documents(
    connection: sa.Connection, ids: Collection[int], columns: Sequence[sa.ColumnElement[Any]]
) -> dict[int, Any]:
    """``columns`` of these documents, the first of which is the row's number."""
    found: dict[int, Any] = {}
    wanted = sorted(ids)
    for at in range(0, len(wanted), _AT_ONCE):
        rows = connection.execute(sa.select(*columns).where(document.c.id.in_(wanted[at : at + _AT_ONCE])))
        found |= {row[0]: row for row in rows}
    return found


def by_end(connection: sa.Connection, id_: int, name: str, *, incoming: bool) -> dict[str, int]:
    """How many documents act on one (``incoming``), or are acted on by it, by their ``year``, ``province`` or
    ``type``."""
    if incoming:
        query = sa.select(link.c[name], sa.func.count(sa.distinct(link.c.source_id))).where(link.c.dest_id == id_)
        known = query.where(link.c[name].is_not(None)).group_by(link.c[name])
    else:
        ends = sa.select(link.c.dest_id).where(link.c.source_id == id_)
        query = sa.select(document.c[name], sa.func.count()).where(document.c.id.in_(ends))
        known = query.where(document.c[name].is_not(None)).group_by(document.c[name])
    return pairs(connection.execute(known))


def counted(connection: sa.Connection, *chosen: sa.ColumnElement[bool]) -> dict[str, int]:
    """How many citations of each relation the chosen links have, most first."""
    query = sa.select(link.c.relation, sa.func.sum(link.c.rows)).where(*chosen).group_by(link.c.relation)
    found = {relation: int(rows) for relation, rows in connection.execute(query)}
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def by_day(
    connection: sa.Connection, chosen: Sequence[sa.ColumnElement[bool]], *, newest: bool, offset: int, size: int
) -> list[Any]:
    """A page of the citations of the chosen links of one document (rows of ``from_rows.edge_query``): by the day of the
    document that acts, what has none last, then by its id and the places in the texts."""
    if size < 1:
        return []
    sources: dict[int, int] = defaultdict(int)
    relations: set[str] = set()
    for one in _in_order(connection, chosen, newest, offset + size):
        sources[one.source_id] += one.rows
        relations.add(one.relation)
        dest = one.dest_id
    wanted: dict[int, tuple[int, int]] = {}
    for source, count in sources.items():
        first, last = max(0, offset), min(count, offset + size)
        if first < last:
            wanted[source] = first, last
        offset -= count
    if not wanted:
        return []
    c = citation.c
    query = from_rows.edge_query().where(c.dest_id == dest, c.relation.in_(sorted(relations)))
    few = [source for source in wanted if sources[source] <= _SORTED]
    placed = sorted(connection.execute(query.where(c.source_id.in_(few))), key=lambda row: (row.file, row.start))
    found: list[Any] = []
    for source, (first, last) in wanted.items():
        if sources[source] <= _SORTED:
            found += [row for row in placed if row.source_id == source][first:last]
        else:
            said = query.where(c.source_id == source).order_by(c.id)
            found += connection.execute(said.offset(first).limit(last - first))
    return found


def _in_order(
    connection: sa.Connection, chosen: Sequence[sa.ColumnElement[bool]], newest: bool, most: int
) -> list[Any]:
    """The first ``most`` of the chosen links by day."""
    day = link.c.day.desc() if newest else link.c.day
    dated = [*chosen, link.c.day > ""]
    last = connection.execute(sa.select(link.c.day).where(*dated).order_by(day).offset(most - 1).limit(1)).scalar()
    if last is not None:
        dated.append(link.c.day >= last if newest else link.c.day <= last)
    found: list[Any] = []
    for some in (dated, [*chosen, link.c.day == ""]):
        query = sa.select(link.c.dest_id, link.c.source_id, link.c.relation, link.c.rows)
        query = query.join(document, document.c.id == link.c.source_id).where(*some)
        found += connection.execute(query.order_by(day, document.c.slug, link.c.relation).limit(most - len(found)))
        if len(found) >= most:
            break
    return found


def first_citation(connection: sa.Connection, source: int, relation: str, dest: int) -> int:
    """The row of the citation by which one document acts on another that was put in first."""
    found: int = connection.execute(_FIRST, {"by": source, "how": relation, "of": dest}).scalar_one()
    return found


_FIRST = sa.select(sa.func.min(citation.c.id)).where(
    citation.c.source_id == sa.bindparam("by"),
    citation.c.relation == sa.bindparam("how"),
    citation.c.dest_id == sa.bindparam("of"),
)
