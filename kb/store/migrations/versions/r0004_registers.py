"""Registers: lists of documents that an office or a ministry keeps. Older bases have none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"

_TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_REGISTER = ("source", "sha256", "columns", "digest", "refused", "reader_version")
_ROW = (
    "number", "type", "date", "issuer", "title", "effect_from", "effect_to", "status", "status_words", "replaced_by",
    "amended_by", "subject", "body", "province", "unit",
)  # fmt: skip


def upgrade() -> None:
    """Add the two tables."""
    op.create_table(
        "register",
        sa.Column("id", _LONG, primary_key=True),
        sa.Column("name", _TEXT, nullable=False, unique=True),
        *(sa.Column(name, _TEXT) for name in ("as_of", "scope", "province")),
        *(sa.Column(name, _TEXT, nullable=False) for name in _REGISTER),
        sa.Column("rows", _LONG, nullable=False),
        sa.Column("refused_rows", _LONG, nullable=False),
    )
    op.create_table(
        "register_row",
        sa.Column("id", _LONG, primary_key=True),
        sa.Column("register_id", _LONG, nullable=False),
        sa.Column("row", _LONG, nullable=False),
        sa.Column("digest", _TEXT, nullable=False),
        *(sa.Column(name, _TEXT) for name in _ROW),
        *(sa.Column(name, _TEXT, nullable=False) for name in ("key", "key_without_place", "scope")),
        sa.Column("series", _TEXT),
        sa.Column("document_id", _LONG),
    )
    op.create_index("register_row_place", "register_row", ["register_id", "row"])
    op.create_index("register_row_key", "register_row", ["key"])
    op.create_index("register_row_document", "register_row", ["document_id"])
