"""The status of a document on a day in words, with its source; of one document also its history with the sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from kb.answers.labels import relation_label, state_label, status_label
from kb.answers.shapes import Status, StatusEvent
from kb.knowledge.validity import Act, StatusOn, Validity, load, status_on
from kb.store.schema import citation, document, file
from kb.store.sql import pairs
from messages import Message, Pair

_MOST_TELLERS = 20
"""Citations looked at for the sentence that tells of an act."""


def today() -> str:
    """The day (ISO) for which a status is given where no other is asked for."""
    return dt.date.today().isoformat()


def status_of(validity: str | None, day: str | None = None) -> Status:
    """The status of a document (``document.validity``) on a day (ISO, default today), without its history."""
    return _status(validity, day or today())


@lru_cache(maxsize=8192)
def _status(validity: str | None, day: str) -> Status:
    return _answer(status_on(load(validity), day), ())


def state_of(validity: str | None, day: str | None = None) -> str:
    """The state alone (one of the seven)."""
    return status_on(load(validity), day or today()).state


def status_with_history(connection: sa.Connection, document_id: int, kept: str | None, day: str | None) -> Status:
    """The same with all acts upon the document, each with the sentence that tells of it, where a held text does."""
    validity = load(kept)
    return _answer(status_on(validity, day or today()), _events(connection, document_id, validity))


def _answer(found: StatusOn, events: Iterable[StatusEvent]) -> Status:
    note, act, source = _note(found), found.act, found.source
    return Status(
        code=found.code,
        label=status_label(found.code),
        note=note.vi,
        note_en=note.en,
        state=found.state,
        state_label=state_label(found.state),
        day=found.day,
        since=found.since,
        by=act.by if act else None,
        by_number=act.by_number if act else None,
        source=source.text("vi") if source else None,
        source_en=source.text("en") if source else None,
        coming=tuple(_event(one, None) for one in found.coming),
        events=tuple(events),
    )


def _note(found: StatusOn) -> Message:
    """What the status rests on, in a sentence: by which document, from which day, and who says so."""
    source, act = found.source, found.act
    if source is None:
        said = Message("kb.status.nothing_known")
    elif act is not None and act.day:
        said = Message("kb.status.by_from", by=act.by_number or act.by, day=act.day, source=_of(act))
    elif act is not None and act.signed:
        said = Message("kb.status.by_signed", by=act.by_number or act.by, day=act.signed, source=_of(act))
    elif act is not None:
        said = Message("kb.status.by", by=act.by_number or act.by, source=_of(act))
    elif found.since:
        said = Message("kb.status.since", day=found.since, source=source.message)
    else:
        said = Message("kb.status.said", source=source.message)
    if not found.coming:
        return said
    first = found.coming[0]
    label = relation_label(first.relation, inverse=True), relation_label(first.relation, inverse=True, lang="en")
    return Message(
        "kb.status.coming", said=said, day=first.since or "", act=Pair(*label), by=first.by_number or first.by
    )


def _of(act: Act) -> Message:
    """Who tells of an act: the acting document itself, or others."""
    return Message("kb.status.itself") if act.source.kind == "own" else act.source.message


def _events(connection: sa.Connection, document_id: int, validity: Validity) -> list[StatusEvent]:
    """All acts upon a document, each with a sentence that tells of it: of the acting document's own text before
    others. They are looked up act by act, for thousands of texts may say that a law was amended."""
    slugs = {act.by for act in validity.acts}
    actors = pairs(connection.execute(sa.select(document.c.slug, document.c.id).where(document.c.slug.in_(slugs))))
    told: dict[tuple[str, str, bool], Any] = {}
    for by, relation in {(act.by, act.relation): None for act in validity.acts if act.by in actors}:
        asked = {"by": actors[by], "how": relation, "of": document_id}
        rows = [*connection.execute(_BY_ITSELF, asked), *connection.execute(_BY_OTHERS, asked)]
        rows.sort(key=lambda row: (row.stated_id != actors[by], row.name, row.start))
        for row in rows:
            told.setdefault((by, relation, row.whole), row)
    return [
        _event(act, told.get((act.by, act.relation, act.whole)) or told.get((act.by, act.relation, not act.whole)))
        for act in validity.acts
    ]


def _tellers(*which: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """The first citations that tell of one act (``how``) of one document (``by``) upon another (``of``)."""
    c, where = citation.c, document.alias("stated_in")
    whole = sa.func.coalesce(c.whole, False).label("whole")
    told = (c.source_id == sa.bindparam("by"), c.relation == sa.bindparam("how"), c.dest_id == sa.bindparam("of"))
    return (
        sa.select(
            c.sentence,
            c.line,
            c.start,
            file.c.name,
            where.c.id.label("stated_id"),
            where.c.slug.label("stated_in"),
            whole,
        )
        .join(file, file.c.id == c.file_id)
        .join(where, where.c.id == file.c.document_id)
        .where(*told, *which)
        .order_by(c.id)
        .limit(_MOST_TELLERS)
    )


_OWN_TEXTS = sa.select(file.c.id).where(file.c.document_id == sa.bindparam("by"))
_BY_ITSELF = _tellers(citation.c.file_id.in_(_OWN_TEXTS))
_BY_OTHERS = _tellers()


def _event(act: Act, row: Any | None) -> StatusEvent:
    return StatusEvent(
        relation=act.relation,
        relation_label=relation_label(act.relation, inverse=True),
        by=act.by,
        by_number=act.by_number,
        date=act.signed,
        partial=not act.whole,
        effect_from=act.day,
        effect_to=act.until,
        source=_of(act).vi,
        source_en=_of(act).en,
        sentence=row.sentence if row else None,
        file=row.name if row else None,
        line=row.line if row else None,
        stated_in=row.stated_in if row else None,
    )
