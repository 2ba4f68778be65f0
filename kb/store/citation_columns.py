"""A citation in the store: the columns of its fields, a citation as a row, and a row as a citation again.

Made from the one definition (``kb.model.CITATION``): a field of plain type has a column of that type; tuples are JSON,
null where they are empty; of a span the words are kept, and where they begin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from kb.model import CITATION, NOT_KNOWN, Citation, Repair, Span

TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
"""Texts compare by code point in every database, so that answers come in one order."""

CUE_START, HIGHLIGHT = "cue_start", "highlight"
"""Where the words of ``cue`` begin in the text, and where the citation begins in the words of ``sentence``."""

_LONGEST_CUE = 200
_TYPES: dict[Any, tuple[Any, bool]] = {}  # the column's type by the field's, and whether it may be null
for _plain, _sql in ((str, TEXT), (int, sa.Integer()), (float, sa.Float()), (bool, sa.Boolean())):
    _TYPES |= {_plain: (_sql, False), _plain | None: (_sql, True)}
_PLAIN = {name: fact.column for name, fact in CITATION.items() if fact.type in _TYPES}
_JSON: dict[str, Callable[[Any], Any]] = {
    name: (lambda item: Repair(**item)) if fact.type == tuple[Repair, ...] else str
    for name, fact in CITATION.items()
    if fact.type in (tuple[Repair, ...], tuple[str, ...])
}
SHOWN = tuple(fact.column for fact in CITATION.values())
"""The columns that answers are made from, in the order of the fields."""


def columns() -> Iterator[sa.Column[Any]]:
    """The columns of a citation's fields."""
    for name, fact in CITATION.items():
        sql, nullable = _TYPES.get(fact.type, (TEXT, name != "sentence"))
        yield sa.Column(fact.column, sql, nullable=nullable)
    yield sa.Column(CUE_START, sa.Integer)
    yield sa.Column(HIGHLIGHT, sa.Integer, nullable=False)


def to_row(citation: Citation, text: str, sentence: Span) -> dict[str, Any]:
    """The fields of a citation of ``text`` by column; ``sentence`` is the span of the words to keep with it."""
    row = {column: getattr(citation, name) for name, column in _PLAIN.items()}
    for name in _JSON:
        values = [item.to_json() if isinstance(item, Repair) else item for item in getattr(citation, name)]
        row[name] = orjson.dumps(values).decode() if values else None
    row["cue"] = text[slice(*citation.cue)][:_LONGEST_CUE] if citation.cue else None
    row[CUE_START] = citation.cue[0] if citation.cue else None
    row["sentence"] = text[slice(*sentence)]
    row[HIGHLIGHT] = citation.start - sentence[0]
    return row


def from_row(row: sa.Row[Any]) -> Citation:
    """The citation of a row; its sentence is as much of it as was kept."""
    fields = {name: getattr(row, column) for name, column in _PLAIN.items()}
    for name, item in _JSON.items():
        kept = getattr(row, name)
        fields[name] = tuple(item(one) for one in orjson.loads(kept)) if kept else ()
    fields["cue"] = (row.cue_start, row.cue_start + len(row.cue)) if row.cue is not None else None
    left = row.start - row.highlight
    fields["sentence"] = (left, left + len(row.sentence))
    return Citation(**fields)


def told(row: sa.Row[Any]) -> dict[str, Any]:
    """The fields of a row by column as users are given them; ``cue`` and ``sentence`` are words."""
    fields = {column: getattr(row, column) for column in SHOWN}
    if not fields.pop("province_known"):
        fields["province"] = NOT_KNOWN
    fields["confidence"] = round(fields["confidence"], 3)
    for name in _JSON:
        fields[name] = tuple(orjson.loads(fields[name])) if fields[name] else ()
    return fields
