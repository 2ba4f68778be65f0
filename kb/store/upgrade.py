"""The layout of a base: made new, told from others, and brought up to date step by step.

What no text can give again (``kb.store.schema``) is carried over by the steps of ``kb.store.migrations``. The derived
tables are renamed along where a step says so; where their columns are still others than today's, they are made anew
and every text is read again (``kb.resolution.reread.finish``). An upgrade is one transaction: a process that is killed
in the middle leaves the base as it was, and the next opening does it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import sqlalchemy as sa

from kb.errors import KnowledgeBaseError
from kb.store import alike, content, links, schema, tallies
from kb.store.sql import WITHDRAWN, insert_missing, meta_value, set_meta, touch
from kb.store.to_index import note_changed
from messages import Message

LAYOUT = "schema"
"""The key of ``meta`` under which a base says its layout: the id of the last step, and a digest in version 0.1.0."""

UNREAD = "to_read_again"
"""The key of ``meta`` that is set while texts have still to be read again after an upgrade."""

_OF_0_1_0 = "d40d4310"
_STEPS = Path(__file__).parent / "migrations"


@cache
def newest() -> str:
    """The layout of this version: the id of the last step, with which the name of its module begins."""
    return _layouts()[-1]


@cache
def _layouts() -> tuple[str, ...]:
    """The ids of all steps, in order: told by their names, for alembic is slow to load and rarely needed."""
    return tuple(sorted(path.stem[1:].partition("_")[0] for path in (_STEPS / "versions").glob("r[0-9]*.py")))


def create(connection: sa.Connection) -> None:
    """Make the tables of an empty base."""
    schema.metadata.create_all(connection)
    connection.execute(schema.meta.insert(), [{"key": LAYOUT, "value": newest()}, {"key": "generation", "value": "0"}])
    _watch(connection)
    content.recount(connection)
    _stamp(connection, newest())


def _watch(connection: sa.Connection) -> None:
    """Have the database keep its counts."""
    tallies.watch(connection)
    alike.watch(connection)
    links.watch(connection)


def _recount(connection: sa.Connection) -> None:
    """Count anew all that is kept up by difference."""
    tallies.recount(connection)
    alike.recount(connection)
    links.recount(connection)
    content.recount(connection)


def is_current(connection: sa.Connection) -> bool:
    """Whether a base has the layout of this version."""
    return meta_value(connection, LAYOUT) == newest()


def check(connection: sa.Connection) -> None:
    """Raises ``KnowledgeBaseError`` for a base that this version cannot bring up to date."""
    layout = meta_value(connection, LAYOUT)
    if layout == _OF_0_1_0:
        return
    if layout in _layouts():
        return
    if layout is not None and layout.isdigit() and len(layout) == len(newest()):
        raise KnowledgeBaseError(Message("kb.store.newer_layout", layout=layout, newest=newest()))
    raise KnowledgeBaseError(Message("kb.store.unknown_layout", layout=layout))


def upgrade(connection: sa.Connection) -> None:
    """Bring a base of an older layout up to date, inside the caller's transaction. Does nothing to a current one.

    Raises ``KnowledgeBaseError`` where it cannot be.
    """
    from alembic import command
    from alembic.config import Config

    if is_current(connection):  # another process was faster
        return
    check(connection)
    if meta_value(connection, LAYOUT) == _OF_0_1_0:
        _stamp(connection, "0001")
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
    command.upgrade(config, "head")
    if not _derived_fit(connection):
        derive_anew(connection)
    _watch(connection)
    _recount(connection)
    set_meta(connection, LAYOUT, newest())
    touch(connection)


def derive_anew(connection: sa.Connection) -> None:
    """Empty the derived tables, in today's layout, and have every text read again.

    Ids that were given out are withdrawn until a document bears them again.
    """
    slugs = connection.execute(sa.text("SELECT slug FROM document")).scalars().all()
    insert_missing(connection, schema.redirect, [{"old": slug, "new": WITHDRAWN} for slug in slugs])
    for table in schema.DERIVED:
        table.drop(connection, checkfirst=True)
        table.create(connection)
    connection.execute(schema.file.update().values(reader_version="", document_id=None))
    connection.execute(schema.register_row.update().values(document_id=None))
    keys = sa.select(schema.register_row.c.key).distinct()
    connection.execute(schema.dirty_key.insert().from_select(["key"], keys))
    set_meta(connection, UNREAD, "1")
    note_changed(connection, slugs)
    _watch(connection)
    _recount(connection)


def _derived_fit(connection: sa.Connection) -> bool:
    found = sa.inspect(connection)
    return all(
        found.has_table(table.name)
        and {column["name"] for column in found.get_columns(table.name)} == {column.name for column in table.columns}
        for table in schema.DERIVED
    )


def _stamp(connection: sa.Connection, layout: str) -> None:
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    MigrationContext.configure(connection).stamp(ScriptDirectory(str(_STEPS)), layout)
