"""The rows of registers read anew by the reader of today, from the words that are kept of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
import sqlalchemy as sa

from kb.authority import types
from kb.knowledge.registers.columns import DATES, FIELDS
from kb.knowledge.registers.row_reader import Raw, Read, read_row
from kb.reading import READER_VERSION
from kb.store.schema import dirty_key, register, register_row
from kb.store.sql import insert_missing
from kb.store.store import Store

_AT_ONCE = 2000
_DERIVED = ("number", "type", "body", "province", "unit", "key", "key_without_place", "series")


def read_again(store: Store) -> None:
    """Read every register that another version of the reader read; one transaction for each. Call ``resolve``
    afterwards. A row that the reader of today cannot read stays as it is."""
    stale = register.c.reader_version != READER_VERSION
    with store.reading() as connection:
        if connection.execute(sa.select(register.c.id).where(stale).limit(1)).first() is None:
            return
    with store.writing() as connection:
        for one in connection.execute(sa.select(register).where(stale).order_by(register.c.id)).all():
            last = 0
            while rows := _next(connection, one.id, last):
                last = rows[-1].id
                _again(connection, one, rows)
            done = register.update().where(register.c.id == one.id).values(reader_version=READER_VERSION)
            connection.execute(done)


def _next(connection: sa.Connection, register_id: int, last: int) -> Sequence[Any]:
    one = register_row.c
    query = sa.select(register_row).where(one.register_id == register_id, one.id > last)
    return connection.execute(query.order_by(one.id).limit(_AT_ONCE)).all()


def _again(connection: sa.Connection, of: Any, rows: Sequence[Any]) -> None:
    updates: list[dict[str, Any]] = []
    keys: set[str] = set()
    for row in rows:
        read = read_row(_raw(row), of.name, of.province)
        if not isinstance(read, Read):
            continue
        now = {name: read.values[name] for name in _DERIVED}
        if now != {name: getattr(row, name) for name in _DERIVED}:
            updates.append({"id_": row.id, **now})
            keys.update((row.key, now["key"]))
    if updates:
        values: dict[str, Any] = {name: sa.bindparam(name) for name in _DERIVED}
        connection.execute(
            register_row.update().where(register_row.c.id == sa.bindparam("id_")).values(values), updates
        )
        insert_missing(connection, dirty_key, [{"key": key} for key in sorted(keys)])


def _raw(row: Any) -> Raw:
    """What a row said, as far as it is kept."""
    words = dict.fromkeys(FIELDS, "")
    for field in FIELDS:
        words[field] = getattr(row, field, None) or ""
    words["type"] = types.by_id(row.type).words[0] if row.type else ""
    words["status"] = row.status_words or ""
    for field in ("replaced_by", "amended_by"):
        words[field] = "; ".join(orjson.loads(words[field] or "[]"))
    return Raw(row.row, words, {field: getattr(row, field) for field in DATES}, row.digest)
