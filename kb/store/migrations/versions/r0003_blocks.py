"""A text is kept with its structure; texts held so far have none until their files are read again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column."""
    op.add_column("file_text", sa.Column("blocks", sa.LargeBinary))
