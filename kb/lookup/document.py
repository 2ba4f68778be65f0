"""The full view of one document: its properties, status, raw forms, files, evidence and warnings."""

from __future__ import annotations

from collections import Counter
from typing import Any

import orjson
import sqlalchemy as sa

from kb.answers import from_rows
from kb.answers.labels import joined_by_title, office_date
from kb.answers.shapes import DocumentView, FileView, Variant, Vote
from kb.authority import laws
from kb.findings import in_words
from kb.identity.key import law_of
from kb.lineage.status import status_of
from kb.store.schema import candidate, citation, file


def document_view(connection: sa.Connection, row: Any) -> DocumentView:
    """Everything known of the document of a row of the table ``document``."""
    evidence = {
        name: tuple(Vote(value, count, own) for value, count, own in votes)
        for name, votes in orjson.loads(row.evidence).items()
    }
    held = connection.execute(sa.select(file).where(file.c.document_id == row.id).order_by(file.c.name)).all()
    files = tuple(_file_view(one) for one in held)
    possible = connection.execute(
        sa.select(sa.func.count()).select_from(candidate).where(candidate.c.document_id == row.id)
    ).scalar()
    return DocumentView(
        **from_rows.brief_fields(row),
        status=status_of(connection, row.id),
        variants=_variants(connection, row.id),
        files=files,
        evidence=evidence,
        possible=possible or 0,
        warnings=(
            *_law_warnings(row.slug),
            *_name_warnings(row.name_score),
            *in_words.of_document(connection, row.id),
        ),
    )


def _name_warnings(score: float | None) -> tuple[dict[str, str], ...]:
    """That some citations were linked to a document by their name alone."""
    if score is None:
        return ()
    vi = f"Có chỗ dẫn chỉ nêu tên, không nêu số: {joined_by_title(score)}."
    en = f"Some citations give its name only, no number: {joined_by_title(score, 'en')}."
    return ({"code": "joined_by_title", "vi": vi, "en": en},)


def _law_warnings(slug: str) -> tuple[dict[str, str], ...]:
    """That a law was replaced or amended, as the authority file knows it: a law may not be held here at all."""
    law = law_of(slug)
    if law is None:
        return ()
    found = []
    following = [(one.number or one.name, one.begins) for one in laws.newer(law)]
    if following:
        vi = ", ".join(f"{name} (hiệu lực từ {office_date(begins)})" for name, begins in following)
        en = ", ".join(f"{name} (in force from {begins})" for name, begins in following)
        found.append({"code": "newer_law", "vi": f"Đã có luật mới hơn: {vi}.", "en": f"There is a newer law: {en}."})
    if law.amended_by:
        names = ", ".join(law.amended_by)
        vi = f"Đã được sửa đổi, bổ sung bởi: {names}."
        found.append({"code": "amended_law", "vi": vi, "en": f"Amended by: {names}."})
    return tuple(found)


def _file_view(row: Any) -> FileView:
    pages = from_rows.page_views(row.pages)
    return FileView(
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
