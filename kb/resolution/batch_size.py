"""How much is looked at together, so that memory does not grow with the base."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from kb.store.schema import LOOSE, alike, citation, document
from kb.store.sql import pairs

MENTIONS_AT_ONCE = 20_000
"""Citations looked at together, if of more than one key or document: a law is cited by a third of all texts. Those that
are counted by the database count as one."""


def keys_that_fit(connection: sa.Connection, wanted: Sequence[str]) -> Sequence[str]:
    """The first of the keys, as many as are looked at together."""
    of_key = sa.select(document.c.key, sa.func.count()).join(alike, alike.c.target_id == document.c.id)
    counts = Counter(
        _counts(connection, sa.select(citation.c.key, sa.func.count()).where(LOOSE), citation.c.key, wanted)
    )
    counts.update(_counts(connection, of_key, document.c.key, wanted))
    return _fitting(counts, wanted)


def documents_that_fit(connection: sa.Connection, wanted: Sequence[int]) -> Sequence[int]:
    """The first of the documents, as many as are looked at together."""
    target = alike.c.target_id
    return _fitting(_counts(connection, sa.select(target, sa.func.count()), target, wanted), wanted)


def _counts(
    connection: sa.Connection, query: sa.Select[Any], column: sa.Column[Any], wanted: Sequence[Any]
) -> dict[Any, int]:
    return pairs(connection.execute(query.where(column.in_(wanted)).group_by(column)))


def _fitting(counts: dict[Any, int], wanted: Sequence[Any]) -> Sequence[Any]:
    total = 0
    for at, one in enumerate(wanted):
        total += counts.get(one, 0)
        if at and total > MENTIONS_AT_ONCE:
            return wanted[:at]
    return wanted
