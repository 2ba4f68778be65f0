"""From rows of the store to the views that are handed out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import orjson
import sqlalchemy as sa

from kb.answers.labels import is_strong, issuer_name, level_of, office_citation, relation_label, type_name
from kb.answers.lineage_shapes import TraceNode
from kb.answers.shapes import DocumentBrief, Edge, EdgeEnd, HeldPage, TextCitation
from kb.answers.status import state_of, status_of
from kb.authority import provinces
from kb.store.citation_columns import SHOWN, told
from kb.store.schema import candidate, citation, document, file

_CHUNK = 5000


def url_of(slug: str) -> str:
    """The page of a document."""
    return f"/vb/{slug}"


def role_of(held: bool) -> str:
    """``held`` or ``cited_only``."""
    return "held" if held else "cited_only"


def document_rows(connection: sa.Connection, ids: Iterable[int]) -> dict[int, Any]:
    """Rows of the table ``document`` by id."""
    found: dict[int, Any] = {}
    wanted = sorted(set(ids))
    for at in range(0, len(wanted), _CHUNK):
        rows = connection.execute(sa.select(document).where(document.c.id.in_(wanted[at : at + _CHUNK])))
        found.update((row.id, row) for row in rows)
    return found


@lru_cache(maxsize=1024)
def province_now(name: str | None) -> str | None:
    """Today's unit for a province of old, None where it is central, unknown or unchanged."""
    if name is None:
        return None
    now = provinces.successor(name)
    return now if now != name else None


def brief_fields(row: Any, day: str | None = None) -> dict[str, Any]:
    """The fields that every answer about a document has; its status is that on ``day`` (ISO, default today)."""
    return {
        "id": row.slug,
        "url": url_of(row.slug),
        "number": row.number,
        "type": row.type,
        "type_name": type_name(row.type),
        "date": row.date,
        "body": row.body,
        "issuer": issuer_name(row.body, row.province, row.unit, row.issuer),
        "province": row.province,
        "province_now": province_now(row.province),
        "unit": row.unit,
        "title": row.title,
        "role": role_of(row.held),
        "office_citation": office_citation(
            type_id=row.type,
            number=row.number,
            date=row.date,
            body=row.body,
            province=row.province,
            unit=row.unit,
            title=row.title,
            named=row.issuer,
        ),
        "cited_by": row.cited_by,
        "cites": row.cites,
        "name_score": row.name_score,
        "status": status_of(row.validity, day),
    }


def brief(row: Any, day: str | None = None) -> DocumentBrief:
    """A document for a list; its status is that on ``day`` (ISO, default today)."""
    return DocumentBrief(**brief_fields(row, day))


_BRIEF = (
    "slug", "number", "type", "date", "body", "province", "unit", "title", "held", "cited_by", "cites", "name_score",
    "issuer", "validity",
)  # fmt: skip
_OF_BRIEF = sa.select(document.c.id, *(document.c[name] for name in _BRIEF))
_BRIEFS = _OF_BRIEF.where(document.c.id.in_(sa.bindparam("ids", expanding=True)))
_BRIEFS_BY_SLUG = _OF_BRIEF.where(document.c.slug.in_(sa.bindparam("slugs", expanding=True)))


def briefs(connection: sa.Connection, ids: Sequence[int], day: str | None = None) -> tuple[DocumentBrief, ...]:
    """Documents for a list, in the order asked for."""
    if not ids:
        return ()
    found = connection.execute(_BRIEFS, {"ids": list(ids)})
    made = {row.id: brief(row, day) for row in found}
    return tuple(made[id_] for id_ in ids if id_ in made)


def briefs_by_slug(connection: sa.Connection, slugs: Iterable[str]) -> dict[str, DocumentBrief]:
    """Documents for a list by their ids, those that are here."""
    found = connection.execute(_BRIEFS_BY_SLUG, {"slugs": list(set(slugs))})
    return {row.slug: brief(row) for row in found}


def _edge_ends(connection: sa.Connection, ids: Iterable[int]) -> dict[int, EdgeEnd]:
    """Ends of edges by document row."""
    d = document.c
    query = sa.select(d.id, d.slug, d.number, d.title, d.date, d.province, d.held, d.validity)
    wanted = sorted(set(ids))
    found: dict[int, EdgeEnd] = {}
    for at in range(0, len(wanted), _CHUNK):
        for id_, slug, number, title, date, province, held, validity in connection.execute(
            query.where(d.id.in_(wanted[at : at + _CHUNK]))
        ):
            state = state_of(validity)
            found[id_] = EdgeEnd(slug, url_of(slug), number, title, date, province, role_of(held), state)
    return found


def trace_node(row: Any, depth: int) -> TraceNode:
    """A document in a lineage."""
    return TraceNode(
        id=row.slug,
        url=url_of(row.slug),
        number=row.number,
        type=row.type,
        type_name=type_name(row.type),
        date=row.date,
        body=row.body,
        issuer=issuer_name(row.body, row.province, row.unit, row.issuer),
        province=row.province,
        title=row.title,
        role=role_of(row.held),
        level="standard" if row.place == "tc" else level_of(row.body, row.unit, row.province),
        depth=depth,
    )


_LINKS = ("id", "position", "highlight", "status", "method", "name_score", "target_id", "source_id", "dest_id")


def edge_query() -> sa.Select[Any]:
    """All that an edge needs, to which the caller adds its condition. A text whose links are unfinished (its run was
    killed, or is under way) is no document yet, and states nothing."""
    columns = [citation.c[name] for name in (*_LINKS, *SHOWN)]
    told_in = sa.select(*columns, file.c.name.label("file"), file.c.document_id.label("stated_in"))
    linked = sa.and_(file.c.id == citation.c.file_id, file.c.document_id.is_not(None))
    return told_in.join(file, linked)


def edges(connection: sa.Connection, rows: Sequence[Any]) -> tuple[Edge, ...]:
    """Edges for rows of ``edge_query``, in their order."""
    open_ = [row.id for row in rows if row.status == "ambiguous"]
    choices = candidate_slugs(connection, open_)
    ids = {x for row in rows for x in (row.source_id, row.dest_id, row.stated_in, row.target_id) if x is not None}
    ends = _edge_ends(connection, ids)
    made = []
    for row in rows:
        source, target = row.source_id, row.dest_id
        if source is None and target is None:  # ambiguous, or a document that names itself: ends as far as known
            source, target = row.stated_in, row.target_id
        made.append(
            Edge(
                source=ends.get(source),
                target=ends.get(target),
                candidates=choices.get(row.id, ()),
                status=row.status,
                method=row.method,
                score=row.name_score,
                cited=told(row),
                relation_label=relation_label(row.relation),
                strong=is_strong(row.relation),
                highlight=(row.highlight, row.highlight + row.end - row.start),
                stated_in=ends[row.stated_in],
                file=row.file,
                index=row.position,
            )
        )
    return tuple(made)


def edges_by_row(connection: sa.Connection, citations: Iterable[int]) -> dict[int, Edge]:
    """Edges by rows of the table ``citation``, in the order of files and of places in them."""
    rows: list[Any] = []
    wanted = sorted(set(citations))
    for at in range(0, len(wanted), _CHUNK):
        rows += connection.execute(edge_query().where(citation.c.id.in_(wanted[at : at + _CHUNK])))
    rows.sort(key=lambda row: (row.file, row.start))
    return dict(zip((row.id for row in rows), edges(connection, rows), strict=True))


def candidate_slugs(connection: sa.Connection, citations: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Ids of the possible documents by citation row."""
    found: dict[int, list[str]] = {}
    for at in range(0, len(citations), _CHUNK):
        rows = connection.execute(
            sa.select(candidate.c.citation_id, document.c.slug)
            .join(document, document.c.id == candidate.c.document_id)
            .where(candidate.c.citation_id.in_(citations[at : at + _CHUNK]))
            .order_by(document.c.slug)
        )
        for citation_id, slug in rows:
            found.setdefault(citation_id, []).append(slug)
    return {citation_id: tuple(slugs) for citation_id, slugs in found.items()}


def text_citation(row: Any, target: str | None, choices: tuple[str, ...]) -> TextCitation:
    """One citation of a held text (a row of the table ``citation``)."""
    return TextCitation(
        index=row.position,
        cited=told(row),
        relation_label=relation_label(row.relation),
        target=target,
        candidates=choices,
        status=row.status,
        method=row.method,
        score=row.name_score,
    )


def held_pages(pages: str) -> tuple[HeldPage, ...]:
    """Pages of a held text from their stored form."""
    return tuple(HeldPage(*page) for page in orjson.loads(pages))
