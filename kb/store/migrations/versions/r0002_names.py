"""Columns with opaque names or two meanings are renamed; nothing is read again, and no id changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_COLUMNS = (
    ("file", "base", "key"),
    ("file", "tail", "key_without_place"),
    ("citation", "base", "key"),
    ("citation", "tail", "key_without_place"),
    ("citation", "n", "position"),
    ("document", "base", "key"),
    ("document", "tail", "key_without_place"),
    ("document", "anchor", "key_date"),
    ("dirty_base", "base", "key"),
)
_INDEXES = (
    ("file", "file_base", "file_key", ["key"]),
    ("citation", "citation_base", "citation_key", ["key", "series", "file_id"]),
    ("document", "document_base", "document_key", ["key"]),
    ("document", "document_tail", "document_key_without_place", ["key_without_place"]),
)


def upgrade() -> None:
    """Rename the columns, the indexes made of them, and the table of keys that resolution has to look at."""
    for table, old, new in _COLUMNS:
        op.alter_column(table, old, new_column_name=new, existing_type=sa.Text())
    for table, old, new, columns in _INDEXES:
        op.drop_index(old, table)
        op.create_index(new, table, columns)
    op.rename_table("dirty_base", "dirty_key")
