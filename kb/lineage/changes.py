"""What changed since a day or a state of the base: what was amended, ended or carried out, and who stands on it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from kb.answers import from_rows
from kb.answers.labels import relation_label
from kb.answers.lineage_shapes import Change
from kb.authority.fold import is_partial_date
from kb.errors import NotFoundError
from kb.knowledge.log import generation_of
from kb.lineage.graph import STANDING
from kb.store.schema import change, citation, document
from messages import Message

_SHOWN = 6
"""Documents shown of those that stand on one that changed."""


def changes(
    connection: sa.Connection,
    since: str,
    *,
    of: int | None = None,
    body: str | None = None,
    held: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> tuple[Change, ...]:
    """What counts from the day ``since`` (ISO, may be partial) on, or became known after the base had the content
    ``since`` (a build id), latest first.

    ``of``: only of the document of this row; ``body``: only of documents whose issuer has this code; ``held``: only of
    those on which a held text stands. Raises ``NotFoundError`` for what is neither a day nor a remembered build.
    """
    c, d, actor = change.c, document.c, document.alias("actor")
    day = sa.func.coalesce(c.day, actor.c.date)
    query = (
        sa.select(document, c.relation, c.by, c.recorded, day.label("day"))
        .join(document, d.slug == c.document)
        .outerjoin(actor, actor.c.slug == c.by)
        .where(_later(connection, since, day))
    )
    if of is not None:
        query = query.where(d.id == of)
    if body is not None:
        query = query.where(d.body == body)
    if held:
        query = query.where(sa.exists(_standing_on(d.id)))
    in_order = query.order_by(day.desc().nulls_last(), c.document, c.relation, c.by)
    rows = connection.execute(in_order.limit(limit).offset(offset)).all()
    named = sa.select(document).where(d.slug.in_({row.by for row in rows}))
    actors = {row.slug: from_rows.brief(row) for row in connection.execute(named)}
    return tuple(_change(connection, row, actors.get(row.by)) for row in rows)


def _later(connection: sa.Connection, since: str, day: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    if is_partial_date(since):
        return day >= since
    generation = generation_of(connection, since)
    if generation is None:
        raise NotFoundError(Message("kb.store.no_build", build=since))
    return change.c.generation >= generation


def _standing_on(id_: Any) -> sa.Select[Any]:
    c, source = citation.c, document.alias("source")
    return (
        sa.select(source.c.id)
        .join(citation, c.source_id == source.c.id)
        .where(c.dest_id == id_, c.relation.in_(STANDING), source.c.held)
        .distinct()
    )


def _change(connection: sa.Connection, row: Any, by: Any) -> Change:
    standing = connection.execute(_standing_on(row.id)).scalars().all()
    shown = sorted(from_rows.document_rows(connection, standing).values(), key=lambda one: one.slug)[:_SHOWN]
    return Change(
        document=from_rows.brief(row),
        relation=row.relation,
        relation_label=relation_label(row.relation, inverse=True),
        by=by,
        by_id=row.by,
        day=row.day,
        recorded=row.recorded,
        standing=tuple(from_rows.brief(one) for one in shown),
        standing_total=len(standing),
    )
