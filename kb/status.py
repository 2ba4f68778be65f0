"""Status of a document as this knowledge base knows it: acts upon it that some held text states, never more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from kb.authority import issuers, types
from kb.labels import relation_label
from kb.rows import document_rows, edge_query
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


def can_act_on(actor: Any, target: Any) -> bool:
    """Whether one document can bear on another's validity: no act ends or changes a higher one.

    Both are rows of the table ``document``. A local document cannot act on a central one, a Party paper not on a
    State one, and of two normative ones the actor must not be of lower rank (Luật 64/2025/QH15, Điều 4 and 58).
    A sentence that says otherwise was read wrongly.
    """
    if target.place == "tw" and actor.place != "tw":
        return False
    ranks = [_rank(row.type) for row in (actor, target)]
    if ranks[0] is not None and ranks[1] is not None:
        return ranks[0] <= ranks[1]
    return _is_party(actor.body) == _is_party(target.body)


@lru_cache(maxsize=1024)
def _rank(type_id: str | None) -> int | None:
    return types.by_id(type_id).rank if type_id else None


@lru_cache(maxsize=4096)
def _is_party(body: str | None) -> bool:
    return body is not None and issuers.is_party(body.split("+")[0])


def acts_on(connection: sa.Connection, targets: Sequence[int]) -> dict[int, list[tuple[Any, str]]]:
    """For each of these documents the acts upon it that can be: (row of the acting document, relation), gravest
    first."""
    found: dict[int, list[tuple[Any, str]]] = defaultdict(list)
    c = citation.c
    rows = connection.execute(
        sa.select(c.dest_id, c.source_id, c.relation)
        .where(c.dest_id.in_(targets), c.source_id.is_not(None), c.relation.in_(ACTS))
        .distinct()
    ).all()
    known = document_rows(connection, {x for row in rows for x in (row.dest_id, row.source_id)})
    for dest, source, relation in rows:
        if can_act_on(known[source], known[dest]):
            found[dest].append((known[source], relation))
    for acts in found.values():
        acts.sort(key=lambda act: (ACTS.index(act[1]), act[0].date or "9", act[0].slug))
    return found


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
    possible = {row.id for row, _ in acts_on(connection, [document_id]).get(document_id, ())}
    found = [row for row in connection.execute(query) if row.source_id in possible]
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
