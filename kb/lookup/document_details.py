"""All that is known of one document: its properties, status, raw forms, files, evidence and warnings."""

from __future__ import annotations

from collections import Counter
from typing import Any

import orjson
import sqlalchemy as sa

from kb.answers import from_rows
from kb.answers.labels import office_date
from kb.answers.shapes import DocumentDetails, HeldFile, KnownField, Told, Variant, Vote
from kb.answers.status import status_with_history
from kb.authority import laws
from kb.findings import review_list
from kb.identity.key import law_of
from kb.knowledge.known import known
from kb.knowledge.statements import FieldKnown, Statement
from kb.store.schema import candidate, citation, file
from messages import LANGUAGES, Message, Pair, day


def document_details(connection: sa.Connection, row: Any, day: str | None = None) -> DocumentDetails:
    """Everything known of the document of a row of the table ``document``; its status is that on ``day`` (ISO, default
    today)."""
    evidence = {
        name: tuple(Vote(value, count, own) for value, count, own in votes)
        for name, votes in orjson.loads(row.evidence).items()
    }
    held = connection.execute(sa.select(file).where(file.c.document_id == row.id).order_by(file.c.name)).all()
    files = tuple(_held_file(one) for one in held)
    possible = connection.execute(
        sa.select(sa.func.count()).select_from(candidate).where(candidate.c.document_id == row.id)
    ).scalar()
    return DocumentDetails(
        **from_rows.brief_fields(row, day) | {"status": status_with_history(connection, row.id, row.validity, day)},
        variants=_variants(connection, row.id),
        files=files,
        evidence=evidence,
        known=_known(connection, row.id),
        possible=possible or 0,
        warnings=(
            *_law_warnings(row.slug),
            *_name_warnings(row.name_score),
            *review_list.of_document(connection, row.id),
        ),
    )


def _known(connection: sa.Connection, document_id: int) -> dict[str, KnownField]:
    """What is known of the document by property, each with its source and what disagrees."""
    about = known(connection, [document_id])[document_id]
    return {name: KnownField(*_told(one.winner), _others(one)) for name, one in about.fields.items()}


def _others(one: FieldKnown) -> tuple[Told, ...]:
    return tuple(Told(*_told(statement)) for statement in one.disagreeing)


def _told(statement: Statement) -> tuple[str, str, str]:
    return statement.value, statement.source.text("vi"), statement.source.text("en")


def _name_warnings(score: float | None) -> tuple[dict[str, str], ...]:
    """That some citations were linked to a document by their name alone."""
    if score is None:
        return ()
    evidence = Message("kb.labels.joined_by_title", score=score)
    return (_warning("joined_by_title", Message("kb.document.joined_by_title", evidence=evidence)),)


def _law_warnings(slug: str) -> tuple[dict[str, str], ...]:
    """That a law was replaced or amended, as the authority file knows it: a law may not be held here at all."""
    law = law_of(slug)
    if law is None:
        return ()
    found = []
    following = [
        Message(
            "kb.document.in_force_from",
            name=newer.number or Pair(newer.name, f"“{newer.name}”"),
            date=_day(newer.begins),
        )
        for newer in laws.newer(law)
    ]
    if following:
        listed = Pair(*(", ".join(one.text(lang) for one in following) for lang in LANGUAGES))
        found.append(_warning("newer_law", Message("kb.document.newer_law", laws=listed)))
    if law.amended_by:
        found.append(_warning("amended_law", Message("kb.document.amended_law", laws=", ".join(law.amended_by))))
    return tuple(found)


def _day(date: str) -> Pair:
    return Pair(office_date(date), day(date))


def _warning(code: str, said: Message) -> dict[str, str]:
    return {"code": code, "vi": said.vi, "en": said.en}


def _held_file(row: Any) -> HeldFile:
    pages = from_rows.held_pages(row.pages)
    return HeldFile(
        name=row.name,
        format=row.format,
        sha256=row.sha256,
        characters=row.characters,
        pages=len(pages),
        unread_pages=tuple(page.number for page in pages if page.how == "unread"),
        notices=tuple(orjson.loads(row.notices)),
    )


def _variants(connection: sa.Connection, document_id: int) -> tuple[Variant, ...]:
    """Raw forms in which a document was cited, most frequent first."""
    c = citation.c
    counts: Counter[str] = Counter()
    repairs: dict[str, tuple[dict[str, str], ...]] = {}
    found = connection.execute(
        sa.select(c.raw, c.repairs, sa.func.count())
        .where(c.target_id == document_id, c.kind != "back_reference")
        .group_by(c.raw, c.repairs)
        .order_by(c.raw, c.repairs.nulls_first())
    )
    for raw, repaired, count in found:
        counts[raw] += count
        if repaired and raw not in repairs:
            repairs[raw] = tuple(orjson.loads(repaired))
    return tuple(
        Variant(raw, count, repairs.get(raw, ()))
        for raw, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
