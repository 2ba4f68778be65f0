"""What was put into a base, as one short name: the same wherever the content is, whatever the order in which it came.

The digests of all files are summed up, and each write moves the sum by difference, so that neither a page nor a write
has to look at every file. Registers and corrections are few and are looked at as they are.
"""

from __future__ import annotations

import hashlib

import sqlalchemy as sa

from kb.store import schema
from kb.store.sql import meta_value, set_meta

SUM = "content"
"""The key of ``meta`` under which the sum of the files' digests stands."""

_BITS = 256


def move(connection: sa.Connection, file_id: int, sign: int) -> None:
    """Add (1) a file that was written, or take off (-1) one that is about to go."""
    total = int(meta_value(connection, SUM) or "0", 16) + sign * _sum(connection, schema.file.c.id == file_id)
    set_meta(connection, SUM, f"{total % (1 << _BITS):x}")


def recount(connection: sa.Connection) -> None:
    """Sum up all files anew: for a base that was written before there was a sum, or by other means."""
    set_meta(connection, SUM, f"{_sum(connection, sa.true()) % (1 << _BITS):x}")


def _sum(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> int:
    f = schema.file.c
    rows = connection.execute(sa.select(f.name, f.sha256, f.reader_version).where(condition))
    return sum(int.from_bytes(hashlib.sha256("\x1f".join(row).encode()).digest()) for row in rows)


def content_id(connection: sa.Connection) -> str:
    """Sixteen hex digits: of the files by name, content and reader version, of registers and corrections, and of
    whether links are unfinished."""
    digest = hashlib.sha256((meta_value(connection, SUM) or "0").encode())
    wrong, listed = schema.correction.c, schema.register.c
    corrections = sa.select(wrong.kind, wrong.subject, wrong.value).order_by(wrong.kind, wrong.subject, wrong.value)
    for row in connection.execute(corrections):
        digest.update("\x1f".join(row).encode() + b"\x1d")
    said = (listed.name, listed.as_of, listed.scope, listed.digest, listed.reader_version)
    for one in connection.execute(sa.select(*said).order_by(listed.name)):
        digest.update("\x1f".join(value or "" for value in one).encode() + b"\x1c")
    digest.update(str(unfinished(connection)).encode())
    return digest.hexdigest()[:16]


def unfinished(connection: sa.Connection) -> bool:
    """Whether links have still to be brought up to date with what was put in or taken out."""
    tables = (schema.dirty_key, schema.dirty_file, schema.dirty_document)
    return any(connection.execute(sa.select(table).limit(1)).first() is not None for table in tables)
