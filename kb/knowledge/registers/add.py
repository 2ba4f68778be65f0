"""Putting a register in, renewing it and taking it out.

One transaction each: whatever moment the process is killed at, the base has the old register or the new one. What the
rows mean is decided afterwards (``kb.resolution.resolve``), from the keys noted in the same transaction. Rows that say
what they said before are not read again, so that a renewal costs what changed.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

import orjson
import sqlalchemy as sa

from kb.authority.fold import is_partial_date
from kb.errors import NotFoundError, RegisterError
from kb.knowledge.registers.cells import date_of
from kb.knowledge.registers.columns import Columns, Rows
from kb.knowledge.registers.read_again import read_again
from kb.knowledge.registers.report import LISTED, RegisterReport, RowChange, said, told
from kb.knowledge.registers.row_reader import REFUSALS, TWICE, Raw, Remark, raw_rows, read_row
from kb.reading import READER_VERSION
from kb.store.schema import dirty_key, register, register_row
from kb.store.sql import dumps, insert_missing, meta_value, set_meta, touch
from kb.store.store import Store
from messages import Message

LEFT = ""
_BUNDLED = "bundled_register:"
"""Before the name of a register that comes with the program, in the keys of ``meta``."""
_AT_ONCE = 2000
_KEPT_REMARKS = 1000
_SAID = (
    "number", "type", "date", "issuer", "title", "effect_from", "effect_to", "status", "status_words", "replaced_by",
    "amended_by", "subject",
)  # fmt: skip
"""Fields of which a report tells what they said before and say now."""


Progress = Callable[[str, int, int | None], None]
"""Called with the stage (``rows``), how many are done, and of how many (None: not known)."""


@dataclass(frozen=True, slots=True)
class Source:
    """A table to be taken for a register: the name and digest of its file, its rows, how they are read, and what its
    first row is counted as."""

    file: str
    sha256: str
    rows: Rows
    columns: Columns
    first: int = 1


@dataclass(frozen=True, slots=True)
class About:
    """What somebody says of a register: its ``name``, ``as_of`` (a date in any form), ``scope``, and the ``province``
    of issuers that name none. What is left open a renewal keeps. ``bundled``: the version of a register that comes with
    the program, None for one that somebody brings."""

    name: str
    as_of: str | None = None
    scope: str | None = None
    province: str | None = None
    bundled: str | None = None


@dataclass(slots=True)
class _Old:
    """The rows that the register has: row id and place by digest, and what is left of them while new ones come."""

    by_digest: dict[str, tuple[int, int]] = field(default_factory=dict)
    moved: list[dict[str, int]] = field(default_factory=list)
    unchanged: int = 0


def add(store: Store, about: About, source: Source, progress: Progress | None = None) -> RegisterReport:
    """Put a register in, or renew the one of its name. Call ``resolve`` afterwards.

    Raises ``RegisterError`` where no row can be read, or ``as_of`` is no date.
    """
    as_of = _day(about.as_of)
    read_again(store)
    known = _known(store, about.name)
    asked = known or {}
    province = about.province or asked.get("province")
    with tempfile.TemporaryFile() as spool:  # new rows wait here, so that memory does not grow with the register
        old = _Old(_digests(store, known["id"]) if known else {})
        new, remarks, refused = _read_all(source, about.name, province, old, spool, progress)
        if not new and not old.unchanged:
            raise _nothing(source, remarks)
        with store.writing() as connection:
            row: dict[str, Any] = {
                "name": about.name,
                "as_of": as_of or asked.get("as_of"),
                "scope": about.scope or asked.get("scope"),
                "province": province,
                "source": source.file,
                "sha256": source.sha256,
                "columns": dumps(source.columns.to_json()),
                "refused": dumps([list(remark) for remark in remarks[:_KEPT_REMARKS]]),
                "refused_rows": refused,
                "reader_version": READER_VERSION,
            }
            id_ = _write_register(connection, about.name, row, known["digest"] if known else None)
            changes = _Changes()
            _replace(connection, id_, old, _spooled(spool), changes)
            row |= _sums(connection, id_)
            connection.execute(register.update().where(register.c.id == id_).values(row))
            _note_bundled(connection, about.name, about.bundled)
            touch(connection)
    return RegisterReport(
        name=about.name,
        as_of=row["as_of"],
        scope=row["scope"],
        source=source.file,
        columns=source.columns.to_json(),
        rows=row["rows"],
        unchanged=old.unchanged,
        refused=refused,
        remarks=tuple(map(told, remarks[:LISTED])),
        **changes.told(),
    )


def remove(store: Store, name: str) -> int:
    """Take a register out; returns how many rows it had. Call ``resolve`` afterwards. Raises ``NotFoundError``."""
    with store.writing() as connection:
        id_ = connection.execute(sa.select(register.c.id).where(register.c.name == name)).scalar()
        if id_ is None:
            raise no_such(connection, name)
        mine = register_row.c.register_id == id_
        keys = connection.execute(sa.select(register_row.c.key).where(mine).distinct()).scalars()
        insert_missing(connection, dirty_key, [{"key": key} for key in keys])
        count = connection.execute(register_row.delete().where(mine)).rowcount
        connection.execute(register.delete().where(register.c.id == id_))
        _note_bundled(connection, name, None)
        touch(connection)
    return count


def bundled_version(store: Store, name: str) -> str | None:
    """The version of a bundled register that was last put in; ``LEFT`` where somebody took it out or put another one
    in its place, None where it never was there."""
    with store.reading() as connection:
        return meta_value(connection, _BUNDLED + name)


def _note_bundled(connection: sa.Connection, name: str, version: str | None) -> None:
    if version is not None or meta_value(connection, _BUNDLED + name) is not None:
        set_meta(connection, _BUNDLED + name, version or LEFT)


def no_such(connection: sa.Connection, name: str) -> NotFoundError:
    """The error for a register that is not there."""
    known = connection.execute(sa.select(register.c.name).order_by(register.c.name)).scalars()
    return NotFoundError(Message("kb.registers.no_such_register", name=name, known=", ".join(known) or "–"))


def _day(text: str | None) -> str | None:
    if not text:
        return None
    found = text if is_partial_date(text) else date_of(text)
    if found is None:
        raise RegisterError(Message("kb.registers.no_such_date", date=text))
    return found


def _nothing(source: Source, remarks: Sequence[Remark]) -> RegisterError:
    columns = ", ".join(f"{field}={head}" for field, head in source.columns.to_json().items())
    reason = said(remarks[0]) if remarks else "–"
    return RegisterError(Message("kb.registers.no_rows", source=source.file, columns=columns, reason=reason))


# -- reading -------------------------------------------------------------------------------------------------------


def _known(store: Store, name: str) -> dict[str, Any] | None:
    with store.reading() as connection:
        row = connection.execute(sa.select(register).where(register.c.name == name)).first()
        return dict(row._mapping) if row is not None else None


def _digests(store: Store, register_id: int) -> dict[str, tuple[int, int]]:
    one = register_row.c
    with store.reading() as connection:
        found = connection.execute(sa.select(one.digest, one.id, one.row).where(one.register_id == register_id))
        return {digest: (id_, row) for digest, id_, row in found}


def _read_all(
    source: Source, name: str, province: str | None, old: _Old, spool: IO[bytes], progress: Progress | None
) -> tuple[int, list[Remark], int]:
    """Read what the register does not have yet into ``spool``; returns how many rows, the first remarks, and how many
    rows were refused."""
    seen: dict[str, int] = {}
    remarks: list[Remark] = []
    refused = new = 0
    for done, raw in enumerate(raw_rows(source.rows(), source.columns, first=source.first, province=province), 1):
        if progress and done % _AT_ONCE == 0:
            progress("rows", done, None)
        known = old.by_digest.get(raw.digest)
        if (twin := seen.get(raw.digest)) is not None:
            found: Remark | None = Remark(raw.row, TWICE, str(twin))
        elif known is not None:
            found = None
            old.unchanged += 1
            if known[1] != raw.row:
                old.moved.append({"id_": known[0], "place": raw.row})
        else:
            found = _spool(raw, name, province, spool, remarks)
            new += found is None
        seen.setdefault(raw.digest, raw.row)
        if found is not None:
            refused += found.code in REFUSALS
            remarks.append(found) if len(remarks) < _KEPT_REMARKS else None
    for digest in seen:
        old.by_digest.pop(digest, None)
    spool.seek(0)
    return new, remarks, refused


def _spool(raw: Raw, name: str, province: str | None, spool: IO[bytes], remarks: list[Remark]) -> Remark | None:
    """Read one row and put it down, or say why it is refused."""
    read = read_row(raw, name, province)
    if isinstance(read, Remark):
        return read
    remarks.extend(read.remarks[: max(0, _KEPT_REMARKS - len(remarks))])
    spool.write(orjson.dumps(read.values) + b"\n")
    return None


def _spooled(spool: IO[bytes]) -> Iterator[dict[str, Any]]:
    for line in spool:
        yield orjson.loads(line)


# -- writing -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Changes:
    """What became of the rows, counted, and the first of each kind listed."""

    counts: dict[str, int] = field(default_factory=lambda: {"added": 0, "changed": 0, "removed": 0})
    listed: dict[str, list[RowChange]] = field(default_factory=lambda: defaultdict(list))

    def note(self, kind: str, row: dict[str, Any], before: dict[str, Any] | None = None) -> None:
        self.counts[kind] += 1
        if len(self.listed[kind]) >= LISTED:
            return
        names = [name for name in _SAID if before is not None and before[name] != row[name]]
        was, now = ({name: one[name] for name in names} if one else {} for one in (before, row))
        self.listed[kind].append(RowChange(row["row"], row["number"], row["date"], row["title"], was, now))

    def told(self) -> dict[str, Any]:
        return {**self.counts, **{f"{kind}_rows": tuple(self.listed[kind]) for kind in self.counts}}


def _write_register(connection: sa.Connection, name: str, row: dict[str, Any], digest: str | None) -> int:
    """Write what is said of a register; ``digest``: of the rows against which the new ones were read, None for none."""
    found = connection.execute(sa.select(register.c.id, register.c.digest).where(register.c.name == name)).first()
    if digest != (found.digest if found else None):
        raise RegisterError(Message("kb.registers.changed_meanwhile", name=name))
    if found is not None:
        return int(found.id)
    made = connection.execute(register.insert().values(**row, digest="", rows=0))
    assert made.inserted_primary_key is not None
    return int(made.inserted_primary_key[0])


def _replace(
    connection: sa.Connection, register_id: int, old: _Old, new: Iterator[dict[str, Any]], changes: _Changes
) -> None:
    """Write the new rows, in place of the old ones that they are the later form of, and delete what is left."""
    waiting = _left(connection, [id_ for id_, _ in old.by_digest.values()])
    keys: set[str] = set()
    inserts: list[dict[str, Any]] = []
    updates: list[dict[str, Any]] = []
    for row in new:
        keys.add(row["key"])
        before = _former(row, waiting)
        if before is None:
            changes.note("added", row)
            inserts.append({"register_id": register_id, **row})
        else:
            keys.add(before["key"])
            changes.note("changed", row, before)
            updates.append({"id_": before["id"], **row})
        if len(inserts) + len(updates) >= _AT_ONCE:
            _flush(connection, inserts, updates, keys)
    gone = [row for rows in waiting.values() for row in rows]
    for row in sorted(gone, key=lambda one: one["row"]):
        changes.note("removed", row)
        keys.add(row["key"])
    for at in range(0, len(gone), _AT_ONCE):
        some = [row["id"] for row in gone[at : at + _AT_ONCE]]
        connection.execute(register_row.delete().where(register_row.c.id.in_(some)))
    _flush(connection, inserts, updates, keys)
    if old.moved:
        place = register_row.update().where(register_row.c.id == sa.bindparam("id_")).values(row=sa.bindparam("place"))
        connection.execute(place, old.moved)


def _left(connection: sa.Connection, ids: Sequence[int]) -> dict[str, deque[dict[str, Any]]]:
    """The old rows of which no new one says the same, by key."""
    found: dict[str, deque[dict[str, Any]]] = defaultdict(deque)
    for at in range(0, len(ids), _AT_ONCE):
        some = sa.select(register_row).where(register_row.c.id.in_(ids[at : at + _AT_ONCE]))
        for row in connection.execute(some.order_by(register_row.c.row)):
            found[row.key].append(dict(row._mapping))
    return found


def _former(row: dict[str, Any], waiting: dict[str, deque[dict[str, Any]]]) -> dict[str, Any] | None:
    """The old row of which a new one is the later form: that of the same document, rather with the same date."""
    alike = waiting.get(row["key"])
    if not alike:
        return None
    chosen = next((one for one in alike if one["date"] == row["date"]), None)
    if chosen is None:
        chosen = next((one for one in alike if (one["date"] or "")[:4] == (row["date"] or "")[:4]), None)
    if chosen is not None:
        alike.remove(chosen)
    return chosen


def _flush(
    connection: sa.Connection, inserts: list[dict[str, Any]], updates: list[dict[str, Any]], keys: set[str]
) -> None:
    if inserts:
        connection.execute(register_row.insert(), inserts)
    if updates:
        names: dict[str, Any] = {name: sa.bindparam(name) for name in updates[0] if name != "id_"}
        connection.execute(register_row.update().where(register_row.c.id == sa.bindparam("id_")).values(names), updates)
    insert_missing(connection, dirty_key, [{"key": key} for key in sorted(keys)])
    inserts.clear()
    updates.clear()
    keys.clear()


def _sums(connection: sa.Connection, register_id: int) -> dict[str, Any]:
    """How many rows a register has, and the digest of what they say, whatever their order."""
    digest = hashlib.sha256()
    count = 0
    mine = sa.select(register_row.c.digest).where(register_row.c.register_id == register_id)
    for (one,) in connection.execute(mine.order_by(register_row.c.digest)):
        digest.update(one.encode())
        count += 1
    return {"rows": count, "digest": digest.hexdigest()[:24]}
