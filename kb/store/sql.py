"""Helpers of the store: JSON columns, values of the base as a whole, rows that may be there already, redirects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
import sqlalchemy as sa

from kb.store import schema


def dumps(value: Any) -> str:
    """Compact JSON with stable key order as given."""
    return orjson.dumps(value).decode()


def meta_value(connection: sa.Connection, key: str) -> str | None:
    """A value of the base as a whole, None where it is not set."""
    return connection.execute(sa.select(schema.meta.c.value).where(schema.meta.c.key == key)).scalar()


def set_meta(connection: sa.Connection, key: str, value: str) -> None:
    """Remember a value of the base as a whole."""
    connection.execute(schema.meta.delete().where(schema.meta.c.key == key))
    connection.execute(schema.meta.insert().values(key=key, value=value))


def touch(connection: sa.Connection) -> None:
    """Note that the content changed."""
    value = sa.cast(sa.cast(schema.meta.c.value, sa.Integer) + 1, sa.Text)
    connection.execute(schema.meta.update().where(schema.meta.c.key == "generation").values(value=value))


def pairs(result: Iterable[Any]) -> dict[Any, Any]:
    """A result of two columns as a dict, in the result's order."""
    return {row[0]: row[1] for row in result}


def insert_missing(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows whose key is not there yet."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as pg_insert

        connection.execute(pg_insert(table).on_conflict_do_nothing(), rows)
    else:
        from sqlalchemy.dialects.sqlite import insert as sqlite_insert

        connection.execute(sqlite_insert(table).on_conflict_do_nothing(), rows)


WITHDRAWN = ""
"""What a permalink leads to whose document was taken out and has no heir."""


def add_withdrawn(connection: sa.Connection, slug: str) -> None:
    """Remember that there was a document at ``slug``."""
    connection.execute(schema.redirect.delete().where(schema.redirect.c.old == slug))
    connection.execute(schema.redirect.insert().values(old=slug, new=WITHDRAWN))


def add_redirect(connection: sa.Connection, old: str, new: str) -> None:
    """Let ``old`` and everything that led to it lead to ``new``."""
    connection.execute(schema.redirect.update().where(schema.redirect.c.new == old).values(new=new))
    connection.execute(schema.redirect.delete().where(schema.redirect.c.old.in_((old, new))))
    connection.execute(schema.redirect.insert().values(old=old, new=new))
