"""Counts of citations that say the same of the same document (``kb.store.upgrade`` fills them), and an index of those
that linking looks at one by one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"

_TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_LOOSE = sa.text(
    "(target_id IS NULL OR status <> 'resolved' OR method IN ('', 'correction') OR kind = 'back_reference' "
    "OR series IS NULL OR rtrim(series, '?') <> series OR (name_key IS NOT NULL AND number IS NULL))"
)
_READ_BY_IT = {"target_id", "status", "method", "kind", "series", "name_key", "number"}


def upgrade() -> None:
    """Add table and index; citations of an older form get theirs when they are made anew."""
    connection = op.get_bind()
    server = connection.dialect.name == "postgresql"
    op.create_table(
        "alike",
        sa.Column("target_id", _LONG, primary_key=not server, nullable=False),
        sa.Column("said", _TEXT, primary_key=not server, nullable=False),
        sa.Column("rows", _LONG, nullable=False),
        sqlite_with_rowid=False,
    )
    if server:
        op.create_index("alike_said", "alike", ["target_id", sa.text("md5(said)")], unique=True)
    if {column["name"] for column in sa.inspect(connection).get_columns("citation")} >= _READ_BY_IT:
        op.create_index("citation_loose", "citation", ["key"], sqlite_where=_LOOSE, postgresql_where=_LOOSE)
