"""Who is linked to whom, in narrow rows (``kb.store.upgrade`` fills them), and an index of citations of parts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"

_TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_PART = sa.text("pinpoint IS NOT NULL")
_OF_PART = ("dest_id", "pinpoint", "source_id", "relation", "inverse")


def upgrade() -> None:
    """Add table and index; citations of an older form get theirs when they are made anew."""
    connection = op.get_bind()
    op.create_table(
        "link",
        sa.Column("dest_id", _LONG, primary_key=True),
        sa.Column("relation", _TEXT, primary_key=True),
        sa.Column("source_id", _LONG, primary_key=True),
        sa.Column("rows", _LONG, nullable=False),
        sa.Column("day", _TEXT, nullable=False),
        *(sa.Column(name, _TEXT) for name in ("year", "province", "type")),
        sa.Column("stand", _TEXT, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("link_latest", "link", ["dest_id", "relation", "stand", "day", "source_id", "rows"])
    op.create_index("link_day", "link", ["dest_id", "day"])
    op.create_index("link_source", "link", ["source_id", "relation"])
    if {column["name"] for column in sa.inspect(connection).get_columns("citation")} >= set(_OF_PART):
        op.create_index("citation_part", "citation", list(_OF_PART), sqlite_where=_PART, postgresql_where=_PART)
