"""The life of a document as a timeline: issued, in force, what was done to it, what it did to others, the consolidated
texts that hold it, and its end.
"""

from __future__ import annotations

import sqlalchemy as sa

from kb.answers import from_rows
from kb.answers.board_shapes import HistoryEvent
from kb.answers.labels import relation_label
from kb.answers.shapes import DocumentBrief, DocumentDetails, StatusEvent
from kb.answers.status import today
from kb.authority.fold import begins
from kb.authority.relations import ACTS
from kb.store.schema import citation, document

MOST = 40
"""Other documents of one timeline on which it acts, or that consolidate it."""
_VERSION = "consolidates"
_DAYS = ("issued", "effect_from", "effect_to")
_ORDER = {"issued": 0, "effect_from": 1, "own_act": 2, "act": 3, "version": 4, "effect_to": 5}


def history(connection: sa.Connection, id_: int, about: DocumentDetails) -> tuple[HistoryEvent, ...]:
    """The timeline of the document of this row, of which ``about`` tells; earliest first, what has no day last."""
    now = today()
    slugs = {event.by for event in about.status.events}
    rows = connection.execute(sa.select(document).where(document.c.slug.in_(slugs)))
    named = {row.slug: from_rows.brief(row) for row in rows}
    events = [_upon(event, named.get(event.by), now) for event in about.status.events]
    events += _own_days(about, now)
    events += _linked(connection, id_, about, now)
    return tuple(sorted(events, key=lambda event: (event.day is None, event.day or "", _ORDER[event.kind])))


def _upon(event: StatusEvent, by: DocumentBrief | None, now: str) -> HistoryEvent:
    day = event.effect_from or event.date
    return HistoryEvent(
        day=day,
        kind="act",
        coming=_coming(day, now),
        relation=event.relation,
        relation_label=event.relation_label,
        partial=event.partial,
        document=by,
        source=event.source,
        source_en=event.source_en,
        sentence=event.sentence,
        stated_in=event.stated_in,
        line=event.line,
    )


def _own_days(about: DocumentDetails, now: str) -> list[HistoryEvent]:
    """The days on which it was issued, came into force and ends, as far as sources tell."""
    found = []
    for kind in _DAYS:
        known = about.known.get("date" if kind == "issued" else kind)
        day = known.value if known else about.date if kind == "issued" else None
        if day:
            source, source_en = (known.source, known.source_en) if known else (None, None)
            found.append(HistoryEvent(day, kind, _coming(day, now), source=source, source_en=source_en))
    return found


def _linked(connection: sa.Connection, id_: int, about: DocumentDetails, now: str) -> list[HistoryEvent]:
    """What it did to others (from its own first day on), and the consolidated texts that hold it."""
    c = citation.c
    does = sa.and_(c.source_id == id_, c.relation.in_(ACTS))
    held_by = sa.and_(c.dest_id == id_, c.relation == _VERSION)
    first = sa.func.min(c.id).label("first")
    links = connection.execute(
        sa.select(c.relation, c.source_id, c.dest_id, first, sa.func.max(c.effect_from).label("day"))
        .where(sa.or_(does, held_by), c.dest_id.is_not(None), c.source_id.is_not(None), c.source_id != c.dest_id)
        .group_by(c.relation, c.source_id, c.dest_id)
        .order_by(first)
        .limit(MOST)
    ).all()
    others = from_rows.document_rows(connection, {end for link in links for end in (link.source_id, link.dest_id)})
    edges = from_rows.edges_by_row(connection, [link.first for link in links])
    begun = about.known["effect_from"].value if "effect_from" in about.known else about.date
    found = []
    for link in links:
        own, edge = link.source_id == id_, edges[link.first]
        other = from_rows.brief(others[link.dest_id if own else link.source_id])
        day = (link.day or begun) if own else other.date
        found.append(
            HistoryEvent(
                day=day,
                kind="own_act" if own else "version",
                coming=_coming(day, now),
                relation=link.relation,
                relation_label=relation_label(link.relation, inverse=not own),
                partial=own and edge.whole is False,
                document=other,
                sentence=edge.sentence,
                stated_in=edge.stated_in.id,
                line=edge.line,
            )
        )
    return found


def _coming(day: str | None, now: str) -> bool:
    return day is not None and begins(day) > now
