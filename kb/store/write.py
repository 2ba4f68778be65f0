"""The rows of one text and its reading: written whole, forgotten whole."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

import sqlalchemy as sa

from kb.identity.key import identify_own
from kb.identity.of_text import Stated, identify_all
from kb.identity.programme_names import name_in, name_key
from kb.model import Citation, Hints, OwnIdentity, Reading
from kb.reading.header.title_case import sentence_case
from kb.reading.issuers.named import issuer_named
from kb.store import content, schema
from kb.store.blocks import pack
from kb.store.citation_columns import to_row
from kb.store.corrections import Correction, overlay
from kb.store.names import keys_of, wake
from kb.store.source import SourceLike
from kb.store.sql import dumps, insert_missing

SENTENCE = 700
"""Longest sentence kept with a citation, in characters; of a longer one the part around the citation is kept."""


def sentence_window(text: str, citation: Citation) -> tuple[int, int]:
    """Span of the words to keep with a citation: its sentence, or the part of it around the citation."""
    start, end = citation.sentence or (0, 0)
    if not (start <= citation.start and citation.end <= end):
        start, end = max(0, citation.start - SENTENCE), min(len(text), citation.end + SENTENCE)
        start = text.rfind("\n", start, citation.start) + 1 or start
        line_end = text.find("\n", citation.end, end)
        end = line_end if line_end >= 0 else end
    if end - start <= SENTENCE:
        return start, end
    room = max(0, SENTENCE - (citation.end - citation.start)) // 2
    left, right = max(start, citation.start - room), min(end, citation.end + room)
    if left > start:
        blank = text.find(" ", left, citation.start)
        left = blank + 1 if blank >= 0 else left
    if right < end:
        blank = text.rfind(" ", citation.end, right)
        right = blank if blank >= 0 else right
    return left, right


def corrections_for(connection: sa.Connection, name: str) -> tuple[Correction, ...]:
    """The corrections that speak of citations or the header of one file."""
    table = schema.correction
    rows = connection.execute(
        sa.select(table)
        .where(sa.or_(table.c.subject == name, table.c.subject.startswith(name + "@", autoescape=True)))
        .order_by(table.c.id)
    )
    return tuple(Correction(row.kind, row.subject, row.value, row.author, row.date, row.reason) for row in rows)


def forget_file(connection: sa.Connection, file_id: int) -> None:
    """Delete a file's rows and note the keys it bore on."""
    content.move(connection, file_id, -1)
    keys = connection.execute(
        sa.select(schema.citation.c.key)
        .where(schema.citation.c.file_id == file_id, schema.citation.c.key.is_not(None))
        .distinct()
    ).scalars()
    own = connection.execute(sa.select(schema.file.c.key).where(schema.file.c.id == file_id)).scalars()
    insert_missing(connection, schema.dirty_key, [{"key": key} for key in {*keys, *own}])
    wake(connection, keys_of(connection, file_id))
    ends: set[int] = set()
    for column in (schema.citation.c.source_id, schema.citation.c.dest_id):
        ends.update(
            connection.execute(
                sa.select(column).where(schema.citation.c.file_id == file_id, column.is_not(None)).distinct()
            ).scalars()
        )
    insert_missing(connection, schema.dirty_document, [{"document_id": end} for end in sorted(ends)])
    mine = sa.select(schema.citation.c.id).where(schema.citation.c.file_id == file_id)
    connection.execute(schema.candidate.delete().where(schema.candidate.c.citation_id.in_(mine)))
    for table, column in (
        (schema.finding, schema.finding.c.file_id),
        (schema.citation, schema.citation.c.file_id),
        (schema.file_text, schema.file_text.c.file_id),
        (schema.dirty_file, schema.dirty_file.c.file_id),
        (schema.file, schema.file.c.id),
    ):
        connection.execute(table.delete().where(column == file_id))


def _kept_hints(hints: Hints, source: SourceLike) -> dict[str, Any]:
    """What was known of a text from outside it, as far as it stands in no column of its own."""
    kept: dict[str, Any] = {"province": hints.province, "attributes": dict(source.attributes)}
    if hints.doubts or hints.places:  # a scan
        kept["doubts"] = [astuple(doubt) for doubt in hints.doubts]
        kept["places"] = [astuple(place) for place in hints.places]
    return kept


def write_file(
    connection: sa.Connection,
    source: SourceLike,
    reading: Reading,
    hints: Hints,
    corrections: Sequence[Correction],
) -> int:
    """Insert a file's rows as read, with its corrections laid over; returns the file's row id."""
    corrected = overlay(source.name, reading, corrections)
    own = corrected.own
    identity = identify_own(own, source.sha256)
    titled = name_in(own.title) if own else None
    result = connection.execute(
        schema.file.insert().values(
            name=source.name,
            sha256=source.sha256,
            format=source.format,
            characters=len(source.text),
            reader_version=reading.version,
            hints=dumps(_kept_hints(hints, source)),
            pages=dumps([[p.number, p.start, p.end, p.how, p.confidence] for p in source.pages]),
            notices=dumps([{"code": n.code, "vi": n.vi, "en": n.en} for n in source.notices]),
            own=dumps(own.to_json()) if own else None,
            own_original=dumps(reading.own.to_json()) if reading.own and reading.own != own else None,
            own_corrected=reading.own != own,
            key=identity.key,
            key_without_place=identity.tail,
            scope=identity.scope,
            series=identity.series,
            date=own.day if own else None,
            title=_shown_title(own, source.text),
            name_key=name_key(titled, identity.place, identity.unit) if titled else None,
        )
    )
    file_id: int = result.inserted_primary_key[0]  # type: ignore[index]
    connection.execute(schema.file_text.insert().values(file_id=file_id, text=source.text, blocks=pack(source.blocks)))
    following = _starts_after(corrected.citations, len(source.text))
    stated = identify_all(corrected.citations, own, corrected.rejected)
    rows = [
        citation_row(
            file_id,
            n,
            source.text,
            citation,
            stated[n],
            following[n],
            corrected.originals.get(n),
            n in corrected.rejected,
        )
        for n, citation in enumerate(corrected.citations)
    ]
    if rows:
        connection.execute(schema.citation.insert(), rows)
    keys = sorted({row["key"] for row in rows if row["key"]} | {identity.key})
    insert_missing(connection, schema.dirty_key, [{"key": key} for key in keys])
    insert_missing(connection, schema.dirty_file, [{"file_id": file_id}])
    content.move(connection, file_id, 1)
    return file_id


def _shown_title(own: OwnIdentity | None, text: str) -> str | None:
    """The title of a header in sentence case, as its text writes the words elsewhere."""
    return sentence_case(own.title, text) if own and own.title else None


def _starts_after(citations: Sequence[Citation], length: int) -> list[int]:
    """For each citation where the next one begins."""
    starts = sorted(citation.start for citation in citations)
    out = []
    for citation in citations:
        at = bisect_left(starts, citation.end)
        out.append(starts[at] if at < len(starts) else length)
    return out


def citation_row(
    file_id: int,
    n: int,
    text: str,
    citation: Citation,
    stated: Stated,
    until: int,
    original: dict[str, Any] | None,
    rejected: bool,
) -> dict[str, Any]:
    """One row of the table ``citation``, not yet resolved."""
    identity = stated.identity
    titled = name_in(citation.title) if identity and citation.kind in ("number", "named") else None
    return {
        "file_id": file_id,
        "position": n,
        **to_row(citation, text, sentence_window(text, citation)),
        "issuer": issuer_named(text, (citation.start, citation.end), until, citation.body) if citation.body else None,
        "original": dumps(original) if original else None,
        "key": identity.key if identity else None,
        "key_without_place": identity.tail if identity else None,
        "series": identity.series if identity else None,
        "known_by": stated.by,
        "status": "rejected" if rejected else "unresolved",
        "method": "correction" if rejected else "",
        "votes": 0,
        "name_key": name_key(titled, identity.place, identity.unit) if identity and titled else None,
    }
