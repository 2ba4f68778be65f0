"""The stored mentions of some keys, for a question that must be answered quickly however often they are cited.

Keys that few texts cite come mention by mention. One that is cited very often comes in short: what its documents' rows
tell of them (date, titles, own headers) stands for all its mentions. What other texts say bears on the answer by dates
and titles only, so this differs from looking at each mention only where a title is too rare to be kept as evidence, or
where what the new text says gives other texts' undated citations a document.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import orjson
import sqlalchemy as sa

from kb.identity.numbering import is_full
from kb.resolution import mentions
from kb.resolution.changes import Held
from kb.resolution.cluster import Mention
from kb.store.schema import citation, document

MOST_OF_A_KEY = 1_000
"""Mentions of one key that are looked at one by one: some 15 ms; a plan's own decisions have a few dozen."""
MOST_AT_ONCE = 10_000
"""The same of all keys together: some 150 ms."""

_COUNT = sa.select(sa.func.count()).select_from(
    sa.select(citation.c.id).where(citation.c.key == sa.bindparam("key")).limit(sa.bindparam("most")).subquery()
)


def load(connection: sa.Connection, keys: Sequence[str], one_by_one: Collection[int]) -> mentions.Mentions:
    """The mentions of these keys, of those cited very often in short; ``one_by_one``: see ``mentions.load``."""
    counts = {
        key: connection.execute(_COUNT, {"key": key, "most": MOST_OF_A_KEY + 1}).scalar_one() for key in sorted(keys)
    }
    few: list[str] = []
    room = MOST_AT_ONCE
    for key in sorted(counts, key=lambda one: (counts[one], one)):
        room -= counts[key]
        if counts[key] <= MOST_OF_A_KEY and room >= 0:
            few.append(key)
    loaded = mentions.load(connection, few, one_by_one)
    many = sorted(set(keys) - set(few))
    if many:
        _load_in_short(connection, many, loaded)
        mentions.load_headers(connection, many, loaded)
        mentions.load_registers(connection, many, loaded)
    return loaded


def _load_in_short(connection: sa.Connection, keys: Sequence[str], loaded: mentions.Mentions) -> None:
    d = document.c
    rows = connection.execute(
        sa.select(d.id, d.key, d.key_date, d.series, d.evidence)
        .where(d.key.in_(keys), sa.or_(d.key_date.is_not(None), d.scope == ""))  # others are known to one text only
        .order_by(d.id)
    )
    ids = itertools.count(-1, -1)  # no citation has such an id
    for row in rows:
        for date, title, weight in _told(row.key_date, row.series, orjson.loads(row.evidence)):
            mention = Mention(next(ids), False, -row.id, date, title, "", None, row.series, weight=weight)
            loaded.by_key[row.key].append(mention)
            loaded.before[mention.id] = Held(row.id, "resolved", "")


def _told(
    anchor: str | None, series: str | None, evidence: dict[str, Any]
) -> Iterator[tuple[str | None, str | None, int]]:
    """What citations tell of a document: dates and titles, each with the number of texts."""
    titles = [title for title, _, _ in evidence.get("title", ())]
    texts = sum(count for _, count, _ in evidence.get("date", ()))
    for title in titles or [None]:
        yield anchor, title, max(1, texts)
    for date, count, _ in evidence.get("date", ()):
        # where the date decides which document is meant, only a title tells that another date is a slip in this one
        if date != anchor and (series is not None or (titles and is_full(date))):
            yield date, titles[0] if titles else None, max(1, count)
