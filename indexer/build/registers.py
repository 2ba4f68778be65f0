"""Registers into the knowledge base: from files that somebody brings, and those that come with the program."""

from __future__ import annotations

import hashlib
import itertools
import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import corpus
from corpus.rows import RowFile, RowTable, read_rows
from kb.authority import laws
from kb.authority import types as types_of
from kb.errors import RegisterError
from kb.knowledge.registers.add import LEFT, About, Progress, Source
from kb.knowledge.registers.cells import Cell
from kb.knowledge.registers.columns import FIELDS, Columns, columns_of
from kb.knowledge.registers.report import RegisterReport, told
from kb.knowledge.registers.row import RegisterRow, RowRemark
from kb.knowledge.registers.row_reader import Remark, raw_rows, read_row
from kb.service import KnowledgeBase
from messages import Message

BUNDLED = Path(corpus.__file__).parent / "registers"
_TRIED = 100  # rows read to show what a choice of columns makes of a file
_SHOWN = 3
_LAW_TABLE = "law table"
"""Stands in place of a file of rows where the law table is the register."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would give as a register: by field the head of its column and what the first rows give in it, and
    the remarks on the first rows."""

    columns: dict[str, str]
    examples: dict[str, tuple[str, ...]]
    sheet: str
    remarks: tuple[RowRemark, ...]


def source_of(
    path: str | os.PathLike[str],
    *,
    columns: Mapping[str, str] | None = None,
    head: int | None = None,
    sheet: str | None = None,
) -> tuple[Source, RowTable]:
    """A file to be taken for a register, and which of its tables.

    ``columns`` and ``head``: see ``columns_of``; ``sheet``: name of a sheet, by default the first that has a column of
    numbers. Raises ``Refused`` for a file that cannot be read, ``RegisterError`` where no table fits.
    """
    file = read_rows(path)
    error: RegisterError | None = None
    for table in _chosen(file, sheet):
        try:
            told = columns_of(table.rows, columns, head=head)
        except RegisterError as found:
            error = error or found
            continue
        return Source(Path(file.name).name, file.sha256, table.rows, told, table.first), table
    assert error is not None
    raise error


def _chosen(file: RowFile, sheet: str | None) -> Sequence[RowTable]:
    if sheet is None:
        return file.tables
    found = [table for table in file.tables if table.name == sheet]
    if not found:
        known = ", ".join(table.name for table in file.tables)
        raise RegisterError(Message("indexer.build.no_such_sheet", sheet=sheet, known=known))
    return found


def preview(source: Source, sheet: str = "", province: str | None = None) -> Preview:
    """What the first rows of a file would give."""
    rows = itertools.islice(raw_rows(source.rows(), source.columns, first=source.first, province=province), _TRIED)
    remarks: list[RowRemark] = []
    examples: dict[str, list[str]] = {field: [] for field in source.columns.to_json()}
    for raw in rows:
        read = read_row(raw, "", province)
        if isinstance(read, Remark):
            remarks.append(told(read))
            continue
        remarks.extend(map(told, read.remarks))
        for field, said in examples.items():
            value = read.values.get(field) or raw.words[field]
            if value and len(said) < _SHOWN and value not in said:
                said.append(value)
    seen = {field: tuple(said) for field, said in examples.items()}
    return Preview(source.columns.to_json(), seen, sheet, tuple(remarks))


# -- what comes with the program -----------------------------------------------------------------------------------


def load_bundled(base: KnowledgeBase, progress: Progress | None = None) -> tuple[RegisterReport, ...]:
    """Put in the registers that come with the program, where they were not put in yet or are newer now; what somebody
    took out stays out. Call ``resolve`` afterwards. Returns what was put in."""
    reports = []
    for about, source in _bundled():
        if base.bundled_version(about.name) not in (LEFT, about.bundled):
            reports.append(base.add_register(about, source, progress))
    return tuple(reports)


def _bundled() -> Iterator[tuple[About, Source]]:
    for facts in sorted(BUNDLED.glob("*.toml")):
        told = tomllib.loads(facts.read_text(encoding="utf-8"))
        source = _law_table() if told["rows"] == _LAW_TABLE else source_of(BUNDLED / told["rows"])[0]
        yield About(told["name"], told.get("as_of"), told["scope"], bundled=_version(source, told)), source


def _version(source: Source, told: Mapping[str, str]) -> str:
    said = "\x1f".join((source.sha256, *told.values()))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _law_table() -> Source:
    """The law table as a register: codes, laws and ordinances with a number, those of old included."""
    rows: list[list[Cell]] = [
        [
            law.number,
            types_of.by_id(law.type).words[0],
            law.date or "",
            law.name,
            law.effective or "",
            law.valid_to or "",
            "; ".join(later.number for later in laws.replaced_by(law) if later.number),
            "; ".join(law.amended_by),
        ]
        for law in laws.LAWS
        if law.number
    ]
    heads = ("number", "type", "date", "title", "effect_from", "effect_to", "replaced_by", "amended_by")
    columns = Columns(heads, 0, {field: at for at, field in enumerate(heads) if field in FIELDS}, {})
    return Source(laws.FILE.name, hashlib.sha256(laws.FILE.read_bytes()).hexdigest(), lambda: iter(rows), columns)


def export_rows(rows: Iterator[RegisterRow]) -> Iterator[dict[str, str]]:
    """Rows of a register by the names of its fields, as ``register add`` reads them again."""
    for row in rows:
        yield {
            "number": row.number or "",
            "type": types_of.by_id(row.type).words[0] if row.type else "",
            "date": row.date or "",
            "issuer": row.issuer or "",
            "title": row.title or "",
            "effect_from": row.effect_from or "",
            "effect_to": row.effect_to or "",
            "status": row.status_words or row.status or "",
            "replaced_by": "; ".join(row.replaced_by),
            "amended_by": "; ".join(row.amended_by),
            "subject": row.subject or "",
        }
