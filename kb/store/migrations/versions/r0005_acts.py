"""An act is kept with its extent and its days: columns of the citations, which are read anew from the held texts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"

_TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
_COLUMNS = (("whole", sa.Boolean()), ("part", _TEXT), ("effect_from", _TEXT), ("effect_to", _TEXT))


def upgrade() -> None:
    """Add the columns; they are filled where a text is read again."""
    for name, kind in _COLUMNS:
        op.add_column("citation", sa.Column(name, kind))
