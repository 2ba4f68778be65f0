"""Which documents a search index has to take anew: those that changed since a state of the base.

Whatever changes a document, or takes it out, lists its id in ``to_index`` with the state (``meta.generation``) in which
it did. A write raises the state when it ends, so that what it changed bears the state before it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from kb.store.schema import to_index
from kb.store.sql import meta_value

GENERATION = "generation"


def generation(connection: sa.Connection) -> int:
    """The state of the base: a number that grows with every write."""
    return int(meta_value(connection, GENERATION) or 0)


def note_changed(connection: sa.Connection, slugs: Collection[str]) -> None:
    """Note the ids of documents that changed, came or went."""
    if not slugs:
        return
    connection.execute(to_index.delete().where(to_index.c.slug == sa.bindparam("of")), [{"of": one} for one in slugs])
    now = generation(connection)
    connection.execute(to_index.insert(), [{"slug": slug, "changed": now} for slug in sorted(slugs)])


def changed_since(connection: sa.Connection, state: int) -> Sequence[str]:
    """The ids of all documents that changed, came or went from this state on, sorted."""
    query = sa.select(to_index.c.slug).where(to_index.c.changed >= state).order_by(to_index.c.slug)
    return connection.execute(query).scalars().all()
