"""What the library's front answers about registers, and how they are put in and taken out."""

from __future__ import annotations

from collections.abc import Iterator

import orjson
import sqlalchemy as sa

from kb.knowledge.registers import add
from kb.knowledge.registers.ask import row_of, rows_about, rows_query
from kb.knowledge.registers.report import RegisterReport, told
from kb.knowledge.registers.row import Register, RegisterRow, RowRemark
from kb.knowledge.registers.row_reader import Remark
from kb.store.schema import document, register, register_row
from kb.store.sql import pairs
from kb.store.store import Store

_AT_ONCE = 1000


class Registers:
    """The registers of a base; a part of ``kb.service.KnowledgeBase``."""

    store: Store

    def add_register(
        self, about: add.About, source: add.Source, progress: add.Progress | None = None
    ) -> RegisterReport:
        """Put a register in, or renew the one of its name, in one transaction. Call ``resolve`` afterwards.

        Raises ``RegisterError`` where no row can be read as a document, or its date is none.
        """
        return add.add(self.store, about, source, progress)

    def remove_register(self, name: str) -> int:
        """Take a register out; returns how many rows it had. Call ``resolve`` afterwards. Raises ``NotFoundError``."""
        return add.remove(self.store, name)

    def bundled_version(self, name: str) -> str | None:
        """The version of a bundled register that was last put in; "" where somebody took it out, None where it never
        was there."""
        return add.bundled_version(self.store, name)

    def registers(self) -> tuple[Register, ...]:
        """The registers, by name."""
        with self.store.reading() as connection:
            names = connection.execute(sa.select(register.c.name).order_by(register.c.name)).scalars().all()
            return tuple(_register(connection, name) for name in names)

    def register(self, name: str) -> Register:
        """One register. Raises ``NotFoundError`` where there is none."""
        with self.store.reading() as connection:
            self._known_register(connection, name)
            return _register(connection, name)

    def register_remarks(self, name: str) -> tuple[RowRemark, ...]:
        """What was remarked on the rows of a register when it was read, the first thousand. Raises ``NotFoundError``
        where there is none."""
        with self.store.reading() as connection:
            self._known_register(connection, name)
            found = connection.execute(sa.select(register.c.refused).where(register.c.name == name)).scalar_one()
            return tuple(told(Remark(*remark)) for remark in orjson.loads(found))

    def _known_register(self, connection: sa.Connection, name: str) -> int:
        id_ = connection.execute(sa.select(register.c.id).where(register.c.name == name)).scalar()
        if id_ is None:
            raise add.no_such(connection, name)
        return int(id_)

    def register_rows(self, name: str, *, page: int = 1, per_page: int = 100) -> tuple[RegisterRow, ...]:
        """Rows of a register, in the order of its file. Raises ``NotFoundError`` where there is none."""
        with self.store.reading() as connection:
            id_ = self._known_register(connection, name)
            query = rows_query().where(register_row.c.register_id == id_)
            found = connection.execute(query.offset((max(1, page) - 1) * per_page).limit(per_page))
            return tuple(row_of(row) for row in found)

    def all_register_rows(self, name: str) -> Iterator[RegisterRow]:
        """All rows of a register, read as they are taken. Raises ``NotFoundError`` where there is none."""
        page = 1
        while found := self.register_rows(name, page=page, per_page=_AT_ONCE):
            yield from found
            page += 1

    def registers_about(self, id: str) -> tuple[RegisterRow, ...]:
        """What registers say of the document with this id, the newest register first."""
        with self.store.reading() as connection:
            row = connection.execute(sa.select(document.c.id).where(document.c.slug == id)).scalar()
            return rows_about(connection, row) if row is not None else ()


def _register(connection: sa.Connection, name: str) -> Register:
    one = connection.execute(sa.select(register).where(register.c.name == name)).one()
    rows = register_row.c
    mine = rows.register_id == one.id
    placed = sa.select(sa.func.count()).select_from(register_row).where(mine, rows.document_id.is_not(None))
    states = sa.select(rows.status, sa.func.count()).where(mine, rows.status.is_not(None)).group_by(rows.status)
    return Register(
        name=one.name,
        as_of=one.as_of,
        scope=one.scope,
        source=one.source,
        columns=orjson.loads(one.columns),
        rows=one.rows,
        placed=connection.execute(placed).scalar() or 0,
        refused=one.refused_rows,
        states=dict(sorted(pairs(connection.execute(states)).items())),
    )
