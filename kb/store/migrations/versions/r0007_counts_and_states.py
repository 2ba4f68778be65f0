"""Row numbers of 64 bits, counts that the database keeps, a log of changed documents, and the sum of what was put in
(``kb.store.upgrade`` fills them)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"

_TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WIDENED = {
    "file": ("id", "document_id"),
    "file_text": ("file_id",),
    "citation": ("id", "file_id", "target_id", "source_id", "dest_id"),
    "candidate": ("citation_id", "document_id"),
    "document": ("id",),
    "dirty_file": ("file_id",),
    "dirty_document": ("document_id",),
    "finding": ("id", "document_id", "file_id", "citation_id"),
    "correction": ("id",),
}


def upgrade() -> None:
    """Add the tables; widen the numbers on a server (SQLite's are wide)."""
    op.create_table(
        "tally",
        *(sa.Column(name, _TEXT, primary_key=True) for name in ("of", "value")),
        sa.Column("rows", _LONG, nullable=False),
    )
    op.create_table("to_index", sa.Column("slug", _TEXT, primary_key=True), sa.Column("changed", _LONG, nullable=False))
    op.create_index("to_index_changed", "to_index", ["changed"])
    op.drop_index("document_ordinal", "document")
    op.create_index("document_ordinal", "document", ["ordinal", "kind", "organ", "province", "year", "date"])
    op.create_index("document_bearing", "document", ["ordinal", "cited_by", "id"])
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    for table, columns in _WIDENED.items():
        alterations = ", ".join(f"ALTER COLUMN {column} TYPE BIGINT" for column in columns)
        connection.exec_driver_sql(f"ALTER TABLE {table} {alterations}")
        if "id" in columns:
            sequence = connection.execute(sa.select(sa.func.pg_get_serial_sequence(table, "id"))).scalar()
            if sequence:
                connection.exec_driver_sql(f"ALTER SEQUENCE {sequence} AS BIGINT")
