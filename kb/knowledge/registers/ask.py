"""What the registers of a base say, by document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

import orjson
import sqlalchemy as sa

from kb.knowledge.registers.row import RegisterRow
from kb.store.schema import document, register, register_row

_AT_ONCE = 5000
_OWN = (
    "row", "number", "type", "date", "issuer", "title", "effect_from", "effect_to", "status", "status_words",
    "replaced_by", "amended_by", "subject", "body", "province", "unit",
)  # fmt: skip


def rows_query() -> sa.Select[Any]:
    """Rows of registers with what ``row_of`` takes of them; the newest register first, then in the order of rows."""
    r, one = register.c, register_row.c
    return (
        sa.select(r.name.label("register"), r.as_of, r.scope, document.c.slug, *(one[name] for name in _OWN))
        .join(register, r.id == one.register_id)
        .outerjoin(document, document.c.id == one.document_id)
        .order_by(r.as_of.is_(None), r.as_of.desc(), r.name, one.row)
    )


def row_of(found: Any) -> RegisterRow:
    """A row of ``rows_query`` as it is handed out."""
    values = {name: getattr(found, name) for name in _OWN}
    for name in ("replaced_by", "amended_by"):
        values[name] = tuple(orjson.loads(values[name] or "[]"))
    return RegisterRow(found.register, found.as_of, found.scope, document=found.slug, **values)


def rows_about(connection: sa.Connection, document_id: int) -> tuple[RegisterRow, ...]:
    """What registers say of the document with this row, the newest register first."""
    return rows_about_all(connection, (document_id,)).get(document_id, ())


def rows_about_all(connection: sa.Connection, ids: Collection[int]) -> dict[int, tuple[RegisterRow, ...]]:
    """The same of several documents, by row; a document that no register has is left out."""
    found: dict[int, list[RegisterRow]] = defaultdict(list)
    wanted = sorted(ids)
    for at in range(0, len(wanted), _AT_ONCE):
        query = rows_query().add_columns(register_row.c.document_id)
        for row in connection.execute(query.where(register_row.c.document_id.in_(wanted[at : at + _AT_ONCE]))):
            found[row.document_id].append(row_of(row))
    return {id_: tuple(rows) for id_, rows in found.items()}
