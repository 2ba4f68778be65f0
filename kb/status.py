"""Status of a document as this knowledge base knows it: acts upon it that some held text states, never more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from kb.labels import relation_label
from kb.rows import edge_query
from kb.store.schema import citation, document
from kb.views import Status, StatusEvent

ACTS = ("repeals", "replaces", "suspends", "amends", "corrects")
"""Relations that bear on validity, gravest first."""

_CODES = {"repeals": "repealed", "replaces": "replaced", "suspends": "suspended", "amends": "amended"}
_LABELS = {
    "unknown": "Chưa rõ hiệu lực",
    "amended": "Đã được sửa đổi, bổ sung",
    "suspended": "Đã bị ngưng hiệu lực",
    "replaced": "Đã bị thay thế",
    "repealed": "Đã bị bãi bỏ",
}
_MOST_EVENTS = 100


def status_of(connection: sa.Connection, document_id: int, on: str | None = None) -> Status:
    """What the texts of the base say has happened to a document, up to the day ``on`` (ISO) or to today.

    Acts of unknown date count; those after ``on`` are left out. A partial repeal cannot be told from a whole one.
    """
    c = citation.c
    query = (
        edge_query()
        .add_columns(document.c.slug, document.c.number.label("by_number"), document.c.date.label("by_date"))
        .join(document, document.c.id == c.source_id)
        .where(c.dest_id == document_id, c.relation.in_(ACTS))
        .order_by(document.c.date, document.c.slug, c.start)
        .limit(_MOST_EVENTS)
    )
    found = connection.execute(query).all()
    return _status([row for row in found if not (on and row.by_date and row.by_date > on)], on)


def _status(rows: Sequence[Any], on: str | None) -> Status:
    events: dict[tuple[str, str], StatusEvent] = {}
    for row in rows:
        events.setdefault(
            (row.relation, row.slug),
            StatusEvent(
                relation=row.relation,
                relation_label=relation_label(row.relation, inverse=True),
                by=row.slug,
                by_number=row.by_number,
                date=row.by_date,
                sentence=row.sentence,
                file=row.file,
                line=row.line,
            ),
        )
    met = {relation for relation, _ in events}
    code = next((_CODES[act] for act in ACTS if act in met and act in _CODES), "unknown")
    when = f" tính đến {on}" if on else ""
    when_en = f" up to {on}" if on else ""
    if code == "unknown":
        note = f"Kho này không có văn bản nào nói về việc sửa đổi, thay thế hay bãi bỏ{when}; chưa rõ hiệu lực."
        note_en = f"No text in this base tells of its amendment, replacement or repeal{when_en}; validity unknown."
    else:
        note = f"Theo lời các văn bản có trong kho này{when}; có thể chỉ một phần, và có thể còn văn bản khác."
        note_en = f"As texts in this base say{when_en}; it may concern a part only, and there may be other acts."
    return Status(code, _LABELS[code], note, note_en, tuple(events.values()))
