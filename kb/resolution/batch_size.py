"""How much is looked at together, so that memory does not grow with the base."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from kb.store.sql import pairs

MENTIONS_AT_ONCE = 20_000
"""Citations looked at together, if of more than one key or document: a law is cited by a third of all texts."""


def as_many_as_fit(connection: sa.Connection, column: sa.Column[Any], wanted: Sequence[Any]) -> Sequence[Any]:
    """The first of the keys or documents, as many as are looked at together; ``column`` tells whose a citation is."""
    counted = sa.select(column, sa.func.count()).where(column.in_(wanted)).group_by(column)
    counts = pairs(connection.execute(counted))
    total = 0
    for at, one in enumerate(wanted):
        total += counts.get(one, 0)
        if at and total > MENTIONS_AT_ONCE:
            return wanted[:at]
    return wanted
