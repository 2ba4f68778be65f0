"""Who is linked to whom: one row for each two documents and relation, kept by the database itself as citations are
written, linked and deleted.

A law is cited by a third of all texts. Its page asks how many do what, and which are the latest of them: that is read
from the narrow rows of ``link``, which bear what is asked of the linking document, instead of the citations joined with
the documents. Triggers keep them, as those of ``kb.store.tallies``; PostgreSQL moves them once for each statement.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

_LINKED = "{row}.source_id IS NOT NULL AND {row}.dest_id IS NOT NULL"
_OF_SOURCE = {
    "day": "coalesce({row}.date, '')",
    "year": "{row}.year",
    "province": "{row}.province",
    "type": "{row}.type",
    "stand": (
        "CASE WHEN {row}.place = 'tc' THEN 'tc' ELSE '' END || '|' || coalesce({row}.type, '') || '|' || "
        "coalesce({row}.body, '') || '|' || "
        "CASE WHEN substr({row}.unit, 3, 1) = ' ' THEN substr({row}.unit, 1, 2) "
        "ELSE coalesce(substr({row}.unit, 1, 5), '') END || '|' || "
        "CASE WHEN {row}.province IS NULL THEN '0' ELSE '1' END"
    ),
}
"""What a link says of the document that acts, as SQL of its row. Documents of one ``stand`` are of one rung: by
whether they are standards, by type, issuer and the kind of the unit ("Xã", "Thị t" of "Thị trấn"), and by whether a
province is known."""
_NAMES = ", ".join(_OF_SOURCE)
_COLUMNS = f'dest_id, relation, source_id, "rows", {_NAMES}'


def recount(connection: sa.Connection) -> None:
    """Count everything anew: for a base whose rows were written before there were links."""
    connection.exec_driver_sql("DELETE FROM link")
    counted = f"SELECT dest_id, relation, source_id, count(*) AS n FROM citation WHERE {_LINKED.format(row='citation')}"
    connection.exec_driver_sql(
        f"INSERT INTO link ({_COLUMNS}) SELECT dest_id, relation, source_id, n, {_filled()} "
        f"FROM ({counted} GROUP BY 1, 2, 3) AS counted LEFT JOIN document ON document.id = counted.source_id"
    )


def watch(connection: sa.Connection) -> None:
    """Set the triggers; those that are there are set anew."""
    for statement in (_on_server if connection.dialect.name == "postgresql" else _in_file)():
        connection.exec_driver_sql(statement)


def _filled() -> str:
    """What is said of the document that acts; of one that is not there yet nothing, until it is."""
    known = [value.format(row="document") for value in _OF_SOURCE.values()]
    empty = {"day", "stand"}
    return ", ".join(
        f"coalesce({value}, '')" if name in empty else value for name, value in zip(_OF_SOURCE, known, strict=True)
    )


def _in_file() -> Iterator[str]:
    """SQLite: one step for each row."""
    here = "dest_id = OLD.dest_id AND relation = OLD.relation AND source_id = OLD.source_id"
    less = f'UPDATE link SET "rows" = "rows" - 1 WHERE {here}; DELETE FROM link WHERE {here} AND "rows" = 0; '
    more = (
        f"INSERT INTO link ({_COLUMNS}) SELECT NEW.dest_id, NEW.relation, NEW.source_id, 1, {_filled()} "
        f"FROM (SELECT 1) LEFT JOIN document ON document.id = NEW.source_id WHERE {_LINKED.format(row='NEW')} "
        'ON CONFLICT (dest_id, relation, source_id) DO UPDATE SET "rows" = "rows" + 1; '
    )
    ends = ("dest_id", "relation", "source_id")
    moved = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in ends)
    conditions = {"INSERT": _LINKED.format(row="NEW"), "DELETE": _LINKED.format(row="OLD"), "UPDATE": moved}
    for event, work in {"INSERT": more, "DELETE": less, "UPDATE": less + more}.items():
        on = "UPDATE OF " + ", ".join(ends) if event == "UPDATE" else event
        yield from _trigger(f"link_{event.lower()}", on, "citation", conditions[event], work)
    old, new = ([value.format(row=row) for value in _OF_SOURCE.values()] for row in ("OLD", "NEW"))
    told = ", ".join(f"{name} = {value}" for name, value in zip(_OF_SOURCE, new, strict=True))
    changed = " OR ".join(f"({before}) IS NOT ({after})" for before, after in zip(old, new, strict=True))
    for event, condition in {"INSERT": "1", "UPDATE": changed}.items():
        work = f"UPDATE link SET {told} WHERE source_id = NEW.id; "
        yield from _trigger(f"link_document_{event.lower()}", event, "document", condition, work)


def _trigger(name: str, event: str, table: str, condition: str, work: str) -> Iterator[str]:
    yield f"DROP TRIGGER IF EXISTS {name}"
    yield f"CREATE TRIGGER {name} AFTER {event} ON {table} WHEN {condition} BEGIN {work}END"


def _on_server() -> Iterator[str]:
    """PostgreSQL: one step for each statement, over the rows before and after it."""
    counted = {
        row: f"SELECT dest_id, relation, source_id, {n} AS n FROM {row} WHERE {_LINKED.format(row=row)}"
        for row, n in (("was", -1), ("now", 1))
    }
    for event, rows in {"DELETE": ("was",), "INSERT": ("now",), "UPDATE": ("was", "now")}.items():
        summed = " UNION ALL ".join(counted[row] for row in rows)
        moved = f"SELECT dest_id, relation, source_id, sum(n) AS n FROM ({summed}) AS each GROUP BY 1, 2, 3"
        work = (
            f"INSERT INTO link ({_COLUMNS}) SELECT dest_id, relation, source_id, n, {_filled()} "
            f"FROM ({moved} HAVING sum(n) <> 0) AS moved LEFT JOIN document ON document.id = moved.source_id "
            'ON CONFLICT (dest_id, relation, source_id) DO UPDATE SET "rows" = link."rows" + EXCLUDED."rows"; '
        )
        gone = (
            "DELETE FROM link USING was WHERE link.dest_id = was.dest_id AND link.relation = was.relation "
            'AND link.source_id = was.source_id AND link."rows" = 0; '
        )
        yield from _function(f"link_{event.lower()}", event, "citation", work + (gone if "was" in rows else ""))
    told = ", ".join(f"{name} = {value.format(row='now')}" for name, value in _OF_SOURCE.items())
    before, after = (", ".join(value.format(row=row) for value in _OF_SOURCE.values()) for row in ("was", "now"))
    same = f"FROM was WHERE was.id = now.id AND ({before}) IS NOT DISTINCT FROM ({after})"
    for event, unless in {"INSERT": "", "UPDATE": f" AND NOT EXISTS (SELECT 1 {same})"}.items():
        work = f"UPDATE link SET {told} FROM now WHERE link.source_id = now.id{unless}; "
        yield from _function(f"link_document_{event.lower()}", event, "document", work)


_TABLES = {"DELETE": "OLD TABLE AS was", "INSERT": "NEW TABLE AS now", "UPDATE": "OLD TABLE AS was NEW TABLE AS now"}


def _function(name: str, event: str, table: str, work: str) -> Iterator[str]:
    body = f"BEGIN {work}RETURN NULL; END"
    yield f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ {body} $$ LANGUAGE plpgsql"
    yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
    yield (
        f"CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {_TABLES[event]} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    )
