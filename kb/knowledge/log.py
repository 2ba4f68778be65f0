"""What became known and when: each act upon a document and each document that carries out another is noted once, with
the state of the base in which it was first known, so that "what is new since then" can be told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from kb.store.schema import build, change, citation, document
from kb.store.sql import insert_missing, meta_value

FOLLOWED = ("implements", "guides")
"""Relations that are noted beside acts: who carries a document out, and who guides it."""
GENERATION = "generation"


def note(connection: sa.Connection, found: Iterable[tuple[str, str, str, str | None]]) -> None:
    """Note what became known: (id of the document, relation, id of the one that acts, the day from which it counts)."""
    generation, today = int(meta_value(connection, GENERATION) or 0), dt.date.today().isoformat()
    rows: list[dict[str, Any]] = [
        {"document": id_, "relation": relation, "by": by, "day": day, "generation": generation, "recorded": today}
        for id_, relation, by, day in found
    ]
    if not rows:
        return
    insert_missing(connection, change, rows)
    c = change.c
    same = sa.and_(
        c.document == sa.bindparam("of"), c.relation == sa.bindparam("what"), c.by == sa.bindparam("who"),
        sa.func.coalesce(c.day, "") != sa.func.coalesce(sa.bindparam("now"), ""),
    )  # fmt: skip
    told = [{"of": r["document"], "what": r["relation"], "who": r["by"], "now": r["day"]} for r in rows]
    connection.execute(change.update().where(same).values(day=sa.bindparam("now")), told)


def note_followers(connection: sa.Connection, file_ids: Sequence[int]) -> None:
    """Note who carries out and guides what, as these texts say."""
    c, source, dest = citation.c, document.alias("source"), document.alias("dest")
    rows = connection.execute(
        sa.select(dest.c.slug, c.relation, source.c.slug)
        .join(source, source.c.id == c.source_id)
        .join(dest, dest.c.id == c.dest_id)
        .where(c.file_id.in_(file_ids), c.relation.in_(FOLLOWED))
        .distinct()
        .order_by(dest.c.slug, c.relation, source.c.slug)
    )
    note(connection, ((*row, None) for row in rows))  # its day is that of the document itself


def remember_build(connection: sa.Connection, build_id: str) -> None:
    """Note that the base had this content (``Store.content_id``) up to now."""
    generation = int(meta_value(connection, GENERATION) or 0)
    connection.execute(build.delete().where(build.c.id == build_id))
    row = {"id": build_id, "generation": generation, "recorded": dt.date.today().isoformat()}
    connection.execute(build.insert(), [row])


def generation_of(connection: sa.Connection, build_id: str) -> int | None:
    """The state of the base in which it had this content, None for one that is not remembered."""
    return connection.execute(sa.select(build.c.generation).where(build.c.id == build_id)).scalar()
