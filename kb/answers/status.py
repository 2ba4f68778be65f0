"""The status of a document on a day in words, with its source; of one document also its history with the sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from kb.answers.labels import relation_label, state_label, status_label
from kb.answers.shapes import Status, StatusEvent
from kb.authority.relations import ACTS
from kb.knowledge.validity import Act, StatusOn, Validity, load, status_on
from kb.store.schema import citation, document, file
from messages import Message, Pair

_MOST_SENTENCES = 400


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
    c, actor, where = citation.c, document.alias("actor"), document.alias("stated_in")
    whole = sa.func.coalesce(c.whole, False).label("whole")
    rows = connection.execute(
        sa.select(actor.c.slug, c.relation, c.sentence, c.line, file.c.name, where.c.slug.label("stated_in"), whole)
        .join(actor, actor.c.id == c.source_id)
        .join(file, file.c.id == c.file_id)
        .join(where, where.c.id == file.c.document_id)
        .where(c.dest_id == document_id, c.relation.in_(ACTS))
        .order_by(file.c.document_id != c.source_id, file.c.name, c.start)
        .limit(_MOST_SENTENCES)
    )
    told: dict[tuple[str, str, bool], Any] = {}
    for row in rows:
        told.setdefault((row.slug, row.relation, row.whole), row)
    return [
        _event(act, told.get((act.by, act.relation, act.whole)) or told.get((act.by, act.relation, not act.whole)))
        for act in validity.acts
    ]


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
