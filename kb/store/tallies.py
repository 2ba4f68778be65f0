"""Counts over the whole base, kept by the database itself: each row written, changed or deleted moves them.

Triggers do it, so that no statement can forget to; a page that shows counts reads some hundred rows of ``tally``
instead of every citation. PostgreSQL moves them once for each statement, SQLite for each row.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from kb.store import schema

_CITATION = (
    "{row}.kind || '|' || {row}.status || '|' || coalesce({row}.relation, '') || '|' || "
    "CASE WHEN substr(coalesce({row}.key, ''), 1, 2) = 'x/' THEN '1' ELSE '0' END"
)
_DOCUMENT = (
    "CASE WHEN {row}.held THEN '1' ELSE '0' END || '|' || coalesce({row}.type, '') || '|' || "
    "coalesce({row}.province, '')"
)
COUNTED = {"citation": _CITATION, "document": _DOCUMENT, "finding": "{row}.kind", "file": "'1'"}
"""Table → what its rows have in common that are counted together, as SQL of the row; parts are joined by ``|``:
of a citation kind, status, relation and whether its place is unknown; of a document held, type and province."""


def of(connection: sa.Connection, table: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """The counts of a table: the parts that rows have in common, and how many they are."""
    t = schema.tally.c
    for value, rows in connection.execute(sa.select(t.value, t.rows).where(t.of == table, t.rows > 0)):
        yield tuple(value.split("|")), rows


def recount(connection: sa.Connection) -> None:
    """Count everything anew: for a base whose rows were written before there were counts."""
    connection.execute(schema.tally.delete())
    for name, value in COUNTED.items():
        connection.exec_driver_sql(
            f'INSERT INTO tally ("of", value, "rows") '
            f"SELECT '{name}', {value.format(row=name)}, count(*) FROM {name} GROUP BY 2"
        )


def watch(connection: sa.Connection) -> None:
    """Set the triggers; those that are there are set anew."""
    server = connection.dialect.name == "postgresql"
    for name, value in COUNTED.items():
        for statement in (_on_server if server else _in_file)(name, value):
            connection.exec_driver_sql(statement)


_ADD = (
    'INSERT INTO tally ("of", value, "rows") {rows} ON CONFLICT ("of", value) DO UPDATE SET "rows" = tally."rows" + {n}'
)


def _in_file(name: str, value: str) -> Iterator[str]:
    """SQLite: one step for each row, and none for a change that moves no count."""
    old, new = value.format(row="OLD"), value.format(row="NEW")
    steps = {"DELETE": [(old, -1)], "INSERT": [(new, 1)], "UPDATE": [(old, -1), (new, 1)]}
    for event, moves in steps.items():
        condition = f"WHEN {old} <> {new} " if event == "UPDATE" else ""
        work = "; ".join(_ADD.format(rows=f"VALUES ('{name}', {said}, {by})", n=by) for said, by in moves)
        yield f"DROP TRIGGER IF EXISTS tally_{name}_{event.lower()}"
        yield f"CREATE TRIGGER tally_{name}_{event.lower()} AFTER {event} ON {name} {condition}BEGIN {work}; END"


def _on_server(name: str, value: str) -> Iterator[str]:
    """PostgreSQL: one step for each statement, over the rows before and after it."""
    before = f"SELECT {value.format(row='was')} AS value, -1 AS n FROM was"
    after = f"SELECT {value.format(row='now')} AS value, 1 AS n FROM now"
    both = {"DELETE": (before,), "INSERT": (after,), "UPDATE": (before, after)}
    tables = {"DELETE": "OLD TABLE AS was", "INSERT": "NEW TABLE AS now"}
    tables["UPDATE"] = " ".join(tables.values())
    for event, parts in both.items():
        trigger = f"tally_{name}_{event.lower()}"
        moved = f"({' UNION ALL '.join(parts)}) AS moved GROUP BY value HAVING sum(n) <> 0"
        moved = f"SELECT '{name}', value, sum(n) FROM {moved}"
        work = _ADD.format(rows=moved, n='EXCLUDED."rows"')
        body = f"BEGIN {work}; RETURN NULL; END"
        yield f"CREATE OR REPLACE FUNCTION {trigger}() RETURNS trigger AS $$ {body} $$ LANGUAGE plpgsql"
        yield f"DROP TRIGGER IF EXISTS {trigger} ON {name}"
        yield (
            f"CREATE TRIGGER {trigger} AFTER {event} ON {name} REFERENCING {tables[event]} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {trigger}()"
        )
