"""The index of programmes' names: which names have to be looked at again when what bears one changes."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from kb.store import schema
from kb.store.sql import insert_missing

ANYWHERE = "x/|"
"""How the keys of names begin whose place no evidence gives (``kb.identity.key.UNKNOWN``)."""


def keys_of(connection: sa.Connection, file_id: int) -> set[str]:
    """The keys of the names that a text bears or cites."""
    found: set[str] = set()
    for column, row in (
        (schema.citation.c.name_key, schema.citation.c.file_id),
        (schema.file.c.name_key, schema.file.c.id),
    ):
        query = sa.select(column).where(row == file_id, column.is_not(None)).distinct()
        found.update(key for key in connection.execute(query).scalars() if key)
    return found


def wake(connection: sa.Connection, keys: Collection[str]) -> None:
    """Have the names without a number looked at again that meet under these keys, also those without a place."""
    if not keys:
        return
    wanted = {*keys, *(ANYWHERE + key.partition("|")[2] for key in keys)}
    c = schema.citation.c
    affected = connection.execute(
        sa.select(c.key)
        .where(c.name_key.in_(sorted(wanted)), c.kind == "named", c.number.is_(None), c.key.is_not(None))
        .distinct()
    ).scalars()
    insert_missing(connection, schema.dirty_key, [{"key": key} for key in affected])
