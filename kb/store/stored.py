"""A held text and its reading, out of the store again as they were put in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
import sqlalchemy as sa

from corpus.blocks import Block, Doubt, LinePlace
from kb.model import Citation, Hints, OwnIdentity, Reading, Repair
from kb.store import schema
from kb.store.blocks import unpack
from kb.store.citation_columns import from_row


@dataclass(frozen=True, slots=True)
class StoredPage:
    """One page, as the store needs it."""

    number: int
    start: int
    end: int
    how: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class StoredNotice:
    """One notice, as the store needs it."""

    code: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A text as it was put in."""

    name: str
    text: str
    format: str
    sha256: str
    pages: tuple[StoredPage, ...]
    notices: tuple[StoredNotice, ...]
    attributes: dict[str, str]
    blocks: tuple[Block, ...] = ()


def stored_source(connection: sa.Connection, file_id: int) -> tuple[StoredSource, Hints]:
    """The text of a file with what was known of it from outside; raises ``NoResultFound`` for an unknown row."""
    file, text = schema.file, schema.file_text
    row = connection.execute(
        sa.select(file, text.c.text, text.c.blocks).join(text, text.c.file_id == file.c.id).where(file.c.id == file_id)
    ).one()
    given = orjson.loads(row.hints)
    pages = tuple(StoredPage(*page) for page in orjson.loads(row.pages))
    source = StoredSource(
        name=row.name,
        text=row.text,
        format=row.format,
        sha256=row.sha256,
        pages=pages,
        notices=tuple(StoredNotice(**notice) for notice in orjson.loads(row.notices)),
        attributes=given["attributes"],
        blocks=unpack(row.blocks),
    )
    hints = Hints(
        province=given["province"],
        page_starts=tuple(page.start for page in pages),
        attributes=given["attributes"],
        blocks=source.blocks,
        doubts=tuple(Doubt(start, end, sure, tuple(said)) for start, end, sure, said in given.get("doubts", ())),
        places=tuple(LinePlace(*place) for place in given.get("places", ())),
    )
    return source, hints


def own_from_json(value: str | None) -> OwnIdentity | None:
    """A document's header from its stored form."""
    if value is None:
        return None
    fields = orjson.loads(value)
    fields["repairs"] = tuple(Repair(**repair) for repair in fields.get("repairs", ()))
    return OwnIdentity(**fields)


def stored_reading(connection: sa.Connection, file_id: int) -> Reading:
    """The reading of a file as it was put in, before corrections; raises ``NoResultFound`` for an unknown row."""
    file = schema.file.c
    head = connection.execute(
        sa.select(file.own, file.own_original, file.own_corrected, file.reader_version).where(file.id == file_id)
    ).one()
    own = own_from_json(head.own_original if head.own_corrected else head.own)
    rows = connection.execute(
        sa.select(schema.citation).where(schema.citation.c.file_id == file_id).order_by(schema.citation.c.position)
    )
    return Reading(own, tuple(_as_read(row) for row in rows), head.reader_version)


def _as_read(row: sa.Row[Any]) -> Citation:
    """The citation of a row before corrections."""
    found = from_row(row)
    if row.relation_read:
        found = found._replace(relation=row.relation_read)
    if not row.original:
        return found
    original = orjson.loads(row.original)
    return found._replace(**original | {"notes": tuple(original["notes"])})
