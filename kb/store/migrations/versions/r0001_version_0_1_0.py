"""The layout of version 0.1.0, which marked its bases in another way; every later step begins here."""

from __future__ import annotations

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Nothing: bases of this layout were made by version 0.1.0 itself."""
