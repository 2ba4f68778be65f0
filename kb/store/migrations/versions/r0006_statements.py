"""What is known of a document: its issuer's words, what bears on its status (before: only what ended it), and relations
that rank or time forbid; and a log of what became known when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"

_TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables of the log. The derived tables are of another layout now and are made anew from the held texts."""
    op.create_table(
        "change",
        *(sa.Column(name, _TEXT, primary_key=True) for name in ("document", "relation", "by")),
        sa.Column("day", _TEXT),
        sa.Column("generation", _LONG, nullable=False),
        sa.Column("recorded", _TEXT, nullable=False),
    )
    op.create_index("change_day", "change", ["day"])
    op.create_index("change_generation", "change", ["generation"])
    op.create_table(
        "build",
        sa.Column("id", _TEXT, primary_key=True),
        sa.Column("generation", _LONG, nullable=False),
        sa.Column("recorded", _TEXT, nullable=False),
    )
