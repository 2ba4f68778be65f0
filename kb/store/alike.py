"""Citations that say the same of the same document, counted by the database itself as they are written, linked and
deleted.

A law is cited by a third of all texts, mostly in the same words. Whoever needs what all citations of a document say
reads some hundred rows of ``alike`` instead of each citation, so that one more text costs no look at all the others.
Triggers keep the counts, as those of ``kb.store.tallies``; PostgreSQL moves them once for each statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import orjson
import sqlalchemy as sa

from kb.store.schema import alike

_COUNTED = "{row}.target_id IS NOT NULL AND {row}.kind <> 'back_reference'"
_AT_ONCE = 500


class Alike(NamedTuple):
    """What citations have in common that are counted together (columns of ``citation``), and how many they are."""

    target_id: int
    rows: int
    key: str | None
    series: str | None
    status: str
    method: str
    known_by: str | None
    name_key: str | None
    name_score: float | None
    number: str | None
    type: str | None
    date: str | None
    body: str | None
    province: str | None
    unit: str | None
    title: str | None
    issuer: str | None
    votes: int
    confidence: float


_PARTS = Alike._fields[2:]


def of_documents(connection: sa.Connection, ids: Sequence[int]) -> Iterator[Alike]:
    """What the citations of these documents say, in a stable order."""
    a = alike.c
    for at in range(0, len(ids), _AT_ONCE):
        query = sa.select(a.target_id, a.rows, a.said).where(a.target_id.in_(ids[at : at + _AT_ONCE]))
        found = (Alike(row.target_id, row.rows, *orjson.loads(row.said)) for row in connection.execute(query))
        yield from sorted(found, key=lambda one: [(part is not None, part) for part in one])


def recount(connection: sa.Connection) -> None:
    """Count everything anew: for a base whose rows were written before there were counts."""
    connection.execute(alike.delete())
    said, counted = _said(connection, "citation"), _COUNTED.format(row="citation")
    connection.exec_driver_sql(
        'INSERT INTO alike (target_id, said, "rows") '
        f"SELECT target_id, {said}, count(*) FROM citation WHERE {counted} GROUP BY 1, 2"
    )


def watch(connection: sa.Connection) -> None:
    """Set the triggers; those that are there are set anew."""
    for statement in (_on_server if connection.dialect.name == "postgresql" else _in_file)(connection):
        connection.exec_driver_sql(statement)


def _said(connection: sa.Connection, row: str) -> str:
    """What a row says, as one text in SQL."""
    parts = ", ".join(f'{row}."{name}"' for name in _PARTS)
    return f"json_build_array({parts})::text" if connection.dialect.name == "postgresql" else f"json_array({parts})"


def _in_file(connection: sa.Connection) -> Iterator[str]:
    """SQLite: one step for each row."""
    old, new = ((_said(connection, row), _COUNTED.format(row=row)) for row in ("OLD", "NEW"))
    here = f"target_id = OLD.target_id AND said = {old[0]}"
    less = (
        f'UPDATE alike SET "rows" = "rows" - 1 WHERE {here} AND {old[1]}; '
        f'DELETE FROM alike WHERE {here} AND "rows" = 0; '
    )
    more = (
        f'INSERT INTO alike (target_id, said, "rows") SELECT NEW.target_id, {new[0]}, 1 WHERE {new[1]} '
        'ON CONFLICT (target_id, said) DO UPDATE SET "rows" = alike."rows" + 1; '
    )
    moved = f"({old[1]} OR {new[1]}) AND NOT (OLD.target_id IS NEW.target_id AND {old[0]} = {new[0]})"
    steps = {"DELETE": (old[1], less), "INSERT": (new[1], more), "UPDATE": (moved, less + more)}
    for event, (condition, work) in steps.items():
        yield f"DROP TRIGGER IF EXISTS alike_{event.lower()}"
        yield f"CREATE TRIGGER alike_{event.lower()} AFTER {event} ON citation WHEN {condition} BEGIN {work}END"


def _on_server(connection: sa.Connection) -> Iterator[str]:
    """PostgreSQL: one step for each statement, over the rows before and after it."""
    parts = {
        row: f"SELECT target_id, {_said(connection, row)} AS said, {n} AS n FROM {row} WHERE {_COUNTED.format(row=row)}"
        for row, n in (("was", -1), ("now", 1))
    }
    tables = {"DELETE": "OLD TABLE AS was", "INSERT": "NEW TABLE AS now"}
    tables["UPDATE"] = " ".join(tables.values())
    for event, rows in {"DELETE": ("was",), "INSERT": ("now",), "UPDATE": ("was", "now")}.items():
        trigger = f"alike_{event.lower()}"
        moved = f"({' UNION ALL '.join(parts[row] for row in rows)}) AS moved GROUP BY 1, 2 HAVING sum(n) <> 0"
        gone = 'DELETE FROM alike USING was WHERE alike.target_id = was.target_id AND alike."rows" = 0; '
        work = (
            f'INSERT INTO alike (target_id, said, "rows") SELECT target_id, said, sum(n) FROM {moved} '
            'ON CONFLICT (target_id, md5(said)) DO UPDATE SET "rows" = alike."rows" + EXCLUDED."rows"; '
        )
        body = f"BEGIN {work}{gone if 'was' in rows else ''}RETURN NULL; END"
        yield f"CREATE OR REPLACE FUNCTION {trigger}() RETURNS trigger AS $$ {body} $$ LANGUAGE plpgsql"
        yield f"DROP TRIGGER IF EXISTS {trigger} ON citation"
        yield (
            f"CREATE TRIGGER {trigger} AFTER {event} ON citation REFERENCING {tables[event]} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {trigger}()"
        )
