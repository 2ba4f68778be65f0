"""A file of rows (a table, a workbook, JSON Lines) as rows of cells, for lists that are kept as such.

Unlike ``corpus.read``, which makes a text, this keeps what the cells are: dates and figures of a workbook stay what
they are.
"""

from __future__ import annotations

import datetime
import gzip
import hashlib
import io
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from corpus.bytes.detect import kind_of
from corpus.bytes.encoding import decode
from corpus.errors import Refused
from corpus.formats.delimited import delimited_rows
from corpus.formats.legacy_word import kind_of_ole
from corpus.formats.package import office_kind
from corpus.formats.sheet import Value, sheet_rows
from corpus.limits import DEFAULT, MIB, Limits
from corpus.notices import refused
from corpus.source_text import Notice
from corpus.walk import refusal_of, shown

Cell = str | float | datetime.date
"""What stands in a cell; an empty one is ""."""
_DELIMITED = ("csv", "tsv", "txt")
_SHEETS = ("xlsx", "ods", "xls")


@dataclass(frozen=True, slots=True)
class RowTable:
    """One table: its name (of the sheet; "" where a file is one table). Its rows come anew each time they are asked
    for; ``first``: what the first of them is counted as, 0 where it stands on no line of the file."""

    name: str
    rows: Callable[[], Iterator[Sequence[Cell]]]
    first: int = 1


@dataclass(frozen=True, slots=True)
class RowFile:
    """A file of rows: its name, the digest of its bytes, its tables that hold anything, and what to say of it."""

    name: str
    sha256: str
    tables: tuple[RowTable, ...]
    notices: tuple[Notice, ...] = ()


def read_rows(path: str | os.PathLike[str], *, limits: Limits = DEFAULT) -> RowFile:
    """The rows of a .csv, .tsv, .xlsx, .xls, .ods or .jsonl file, which may be gzipped.

    In JSON Lines the first row is made of the names of the fields. Raises ``Refused``.
    """
    path = Path(path)
    name = shown(path)
    try:
        if path.exists() and not path.is_file():
            raise refused("not_regular")
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise refused("too_large", size=-(-size // MIB), limit=limits.file_bytes // MIB)
        data = path.read_bytes()
    except OSError as error:
        raise refusal_of(error, path) from None
    try:
        return _rows_of(data, name, limits)
    except Refused as refusal:
        refusal.name = refusal.name or name
        raise


def _rows_of(data: bytes, name: str, limits: Limits) -> RowFile:
    sha256 = hashlib.sha256(data).hexdigest()
    kind = _kind(data, name)
    if kind == "gzip":
        data = _unpacked(data, limits)
        kind = _kind(data, name.removesuffix(".gz"))
    if not data.strip(b" \t\r\n\0"):
        raise refused("empty")
    if kind == "encrypted":
        raise refused("encrypted")
    if kind in _SHEETS:
        sheets = sheet_rows(data, limits)
        tables = tuple(RowTable(sheet, _again(rows)) for sheet, rows in sheets)
        return RowFile(name, sha256, _filled(tables))
    if kind == "jsonl":
        decoded = decode(data)
        return RowFile(name, sha256, _filled((RowTable("", _of_objects(decoded.text), 0),)), decoded.notices)
    if kind in _DELIMITED:
        _, notices = delimited_rows(data, limits)
        return RowFile(name, sha256, _filled((RowTable("", lambda: delimited_rows(data, limits)[0]),)), notices)
    raise refused("no_rows", kind=kind)


def _kind(data: bytes, name: str) -> str:
    kind = kind_of(data[:8192], name)
    if kind == "zip":
        return office_kind(data) or kind
    return kind_of_ole(data) if kind == "ole" else kind


def _unpacked(data: bytes, limits: Limits) -> bytes:
    try:
        with gzip.open(io.BytesIO(data)) as packed:
            whole = packed.read(limits.file_bytes + 1)
    except (OSError, EOFError):
        raise refused("damaged_document") from None
    if len(whole) > limits.file_bytes:
        raise refused("too_large", size=-(-len(whole) // MIB), limit=limits.file_bytes // MIB)
    return whole


def _filled(tables: tuple[RowTable, ...]) -> tuple[RowTable, ...]:
    """The tables that hold anything. Raises ``Refused`` where none does."""
    found = tuple(table for table in tables if any(any(row) for row in table.rows()))
    if not found:
        raise refused("no_text")
    return found


def _again(rows: Sequence[Sequence[Value]]) -> Callable[[], Iterator[Sequence[Cell]]]:
    return lambda: ([_cell(value) for value in row] for row in rows)


def _cell(value: Any) -> Cell:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, bool | datetime.time | datetime.timedelta) or value is None:
        return "" if value is None else str(value)
    return value if isinstance(value, datetime.date | int | float | str) else str(value)


def _of_objects(text: str) -> Callable[[], Iterator[Sequence[Cell]]]:
    """The rows of JSON Lines: the names of the fields, then their values. Raises ``Refused`` for anything else."""
    names: dict[str, None] = {}
    for _, found in _objects(text):
        names.update(dict.fromkeys(found))
    heads = list(names)

    def rows() -> Iterator[Sequence[Cell]]:
        yield heads
        for _, found in _objects(text):
            yield [_flat(found.get(name)) for name in heads]

    return rows


def _objects(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(io.StringIO(text.removeprefix("\ufeff")), 1):
        if not line.strip():
            continue
        try:
            found = orjson.loads(line)
        except orjson.JSONDecodeError:
            found = None
        if not isinstance(found, dict):
            raise refused("no_json_line", line=number)
        yield number, found


def _flat(value: Any) -> Cell:
    """A value of JSON as a cell; the items of a list are parted by semicolons."""
    if isinstance(value, list):
        return "; ".join(str(_flat(item)) for item in value)
    if isinstance(value, dict):
        return orjson.dumps(value).decode()
    return _cell(value)
