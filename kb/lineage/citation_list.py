"""The citations to and of one document, narrowed and in pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from kb.answers import from_rows
from kb.answers.shapes import EdgePage
from kb.authority.relations import STRONG
from kb.lineage import linked
from kb.store.schema import candidate, citation, document, file, link
from kb.store.sql import pairs

ORDERS = ("text", "newest", "oldest")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which citations are asked for (``KnowledgeBase.citations``); ``ends``: what the other end must be, by column."""

    direction: str
    relation: str | None
    strong_only: bool
    possible: bool
    ends: Mapping[str, str | None]
    order: str
    page: int
    per_page: int

    @property
    def skipped(self) -> int:
        """Citations on the pages before."""
        return (self.page - 1) * self.per_page


def edge_page(connection: sa.Connection, row: Any, asked: Asked) -> EdgePage:
    """One page of the citations to or of the document of a row."""
    if asked.direction == "in" and not asked.possible:
        chosen = _chosen_links(row.id, asked)
        counts = linked.counted(connection, *chosen)
        if asked.order != "text":
            if asked.relation:
                chosen.append(link.c.relation == asked.relation)
            newest = asked.order == "newest"
            found: Sequence[Any] = linked.by_day(
                connection, chosen, newest=newest, offset=asked.skipped, size=asked.per_page
            )
            return _page(connection, found, counts, asked)
    else:
        counts = _counted(connection, _chosen(row, asked))
    return _page(connection, _placed(connection, row, asked), counts, asked)


def _page(connection: sa.Connection, rows: Sequence[Any], counts: dict[str, int], asked: Asked) -> EdgePage:
    total = counts.get(asked.relation, 0) if asked.relation else sum(counts.values())
    return EdgePage(from_rows.edges(connection, rows), total, asked.page, asked.per_page, counts)


def _chosen_links(id_: int, asked: Asked) -> list[sa.ColumnElement[bool]]:
    """The links to a document that are asked for, of whatever relation."""
    chosen: list[sa.ColumnElement[bool]] = [link.c.dest_id == id_]
    if asked.strong_only:
        chosen.append(link.c.relation.in_(sorted(STRONG)))
    return chosen + [link.c[name] == value for name, value in asked.ends.items() if value]


def _chosen(row: Any, asked: Asked) -> sa.ColumnElement[bool]:
    """The same of citations."""
    c = citation.c
    condition = _all_of(row, asked)
    if asked.strong_only:
        condition = sa.and_(condition, c.relation.in_(sorted(STRONG)))
    kept = [document.c[name] == value for name, value in asked.ends.items() if value]
    if kept:
        condition = sa.and_(condition, sa.exists().where(document.c.id == _other_end(asked), *kept))
    return condition


def _other_end(asked: Asked) -> sa.Column[Any]:
    return citation.c.source_id if asked.direction == "in" else citation.c.dest_id


def _counted(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> dict[str, int]:
    relation = citation.c.relation
    counts = connection.execute(sa.select(relation, sa.func.count()).where(condition).group_by(relation))
    return dict(sorted(pairs(counts).items(), key=lambda item: (-item[1], item[0])))


def _placed(connection: sa.Connection, row: Any, asked: Asked) -> Sequence[Any]:
    """The rows of a page, in the order of the texts, or by the day of the other end."""
    query = from_rows.edge_query().where(_chosen(row, asked))
    if asked.relation:
        query = query.where(citation.c.relation == asked.relation)
    if asked.order != "text":
        end = document.alias("other_end")
        day = end.c.date.desc() if asked.order == "newest" else end.c.date
        query = query.outerjoin(end, end.c.id == _other_end(asked)).order_by(day.nulls_last(), end.c.slug)
    query = query.order_by(file.c.name, citation.c.start)
    return connection.execute(query.offset(asked.skipped).limit(asked.per_page)).all()


def _all_of(row: Any, asked: Asked) -> sa.ColumnElement[bool]:
    """Which citations are meant, before anything narrows them."""
    c = citation.c
    if asked.possible:
        return c.id.in_(sa.select(candidate.c.citation_id).where(candidate.c.document_id == row.id))
    if asked.direction == "in":
        into: sa.ColumnElement[bool] = c.dest_id == row.id
        return into
    open_ = sa.and_(
        c.file_id.in_(sa.select(file.c.id).where(file.c.document_id == row.id)),
        c.dest_id.is_(None),
        c.parent.is_(None),
        c.status.in_(("ambiguous", "unresolved")),
        c.kind != "back_reference",
    )
    return sa.or_(c.source_id == row.id, open_)
