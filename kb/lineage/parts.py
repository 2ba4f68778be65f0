"""What happened to one part of a document, and who cites it: acts and citations whose pinpoint speaks of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from kb.answers import from_rows
from kb.answers.board_shapes import CitedPart
from kb.answers.shapes import Edge, PartHistory
from kb.authority.relations import ACTS
from kb.identity.articles import Articles, anchor_of
from kb.identity.asked_part import articles_of, speaks_of
from kb.reading.relations.pinpoints import Path, format_pinpoint
from kb.store.blocks import unpack
from kb.store.schema import citation, document, file, file_text

MOST = 200  # acts, and citations, that one answer gives
_LONGEST = 2000  # code points of a part's words


def history(connection: sa.Connection, row: Any, part: Path) -> PartHistory:
    """The history of one part; ``row`` is the document's, ``part`` the path of the part."""
    c = citation.c
    upon = sa.and_(c.dest_id == row.id, c.inverse.is_(False))
    some = sa.or_(c.pinpoint.is_not(None), sa.and_(c.whole.is_(True), c.relation.in_(ACTS)))
    acts, others = [], []
    query = sa.select(c.id, c.relation, c.pinpoint, c.effect_from, document.c.date)
    query = query.join(document, document.c.id == c.source_id).where(upon, some)
    for one in connection.execute(query):
        if one.pinpoint is not None and speaks_of(one.pinpoint, part) is None:
            continue
        if one.relation in ACTS:
            acts.append((one.effect_from or one.date or "9", one.id))
        else:
            others.append((one.date or "9", one.id))
    anchor, words = _place(connection, row.id, part)
    return PartHistory(
        document=from_rows.briefs(connection, [row.id])[0],
        pinpoint=format_pinpoint((part,)),
        anchor=anchor,
        words=words,
        acts=_edges(connection, [id_ for _, id_ in sorted(acts)[:MOST]]),
        citations=_edges(connection, [id_ for _, id_ in sorted(others)[:MOST]]),
        total=len(acts) + len(others),
    )


def cited_articles(connection: sa.Connection, row: Any) -> dict[str, CitedPart]:
    """How often each article of a document is spoken of from elsewhere, by the anchor of the article; the
    most cited first."""
    c = citation.c
    query = sa.select(c.pinpoint, c.source_id, c.relation.in_(ACTS).label("acts")).where(
        c.dest_id == row.id, c.pinpoint.is_not(None), c.inverse.is_(False), c.source_id != row.id
    )
    citing: dict[str, set[int]] = defaultdict(set)
    acting: dict[str, set[int]] = defaultdict(set)
    for one in connection.execute(query.distinct()):
        for article in articles_of(one.pinpoint):
            (acting if one.acts else citing)[article].add(one.source_id)
    told = [CitedPart(one, len(citing[one] | acting[one]), len(acting[one])) for one in {*citing, *acting}]
    told.sort(key=lambda part: (-part.citing, len(part.pinpoint), part.pinpoint))
    return {anchor_of(part.pinpoint): part for part in told}


def _edges(connection: sa.Connection, ids: Sequence[int]) -> tuple[Edge, ...]:
    """The edges of these citations, in their order."""
    found = from_rows.edges_by_row(connection, ids)
    return tuple(found[id_] for id_ in ids)


def _place(connection: sa.Connection, document_id: int, part: Path) -> tuple[str | None, str | None]:
    """The anchor of a part in the held text and its words; None where the text is not held or has no such part."""
    query = sa.select(file_text.c.text, file_text.c.blocks).join(file, file.c.id == file_text.c.file_id)
    held = connection.execute(query.where(file.c.document_id == document_id).order_by(file.c.name).limit(1)).first()
    if held is None:
        return None, None
    blocks = unpack(held.blocks)
    found = Articles(blocks).at(anchor_of(format_pinpoint((part,))))
    if found is None or not found.exact:
        return None, None
    block = blocks[found.part.block]
    return found.part.anchor, held.text[block.start : block.end][:_LONGEST]
