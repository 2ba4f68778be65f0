"""An index of documents by their day, which a query of a date alone asks for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the index; documents of an older form get theirs when they are made anew."""
    if {column["name"] for column in sa.inspect(op.get_bind()).get_columns("document")} >= {"date", "held", "cited_by"}:
        op.create_index("document_day", "document", ["date", "held", "cited_by"])
