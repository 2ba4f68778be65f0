"""What reviewed corrections decide about identity: documents merged, citations given to another document."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from kb.store.schema import citation, correction, document, file


@dataclass(frozen=True, slots=True)
class Forced:
    """What reviewed corrections decide: ``merges`` old slug → document row, ``splits`` (file, citation) → row."""

    merges: dict[str, int]
    splits: dict[tuple[int, int], int]


def forced_by_hand(connection: sa.Connection) -> Forced:
    """What the corrections of the base decide; those whose document is not there have no effect."""
    rows = connection.execute(
        sa.select(correction.c.kind, correction.c.subject, correction.c.value)
        .where(correction.c.kind.in_(("merge", "split")))
        .order_by(correction.c.id)
    ).all()
    if not rows:
        return Forced({}, {})
    ids = {
        slug: id_
        for id_, slug in connection.execute(
            sa.select(document.c.id, document.c.slug).where(document.c.slug.in_({row.value for row in rows}))
        )
    }
    merges = {row.subject: ids[row.value] for row in rows if row.kind == "merge" and row.value in ids}
    splits: dict[tuple[int, int], int] = {}
    for row in rows:
        if row.kind == "split" and row.value in ids:
            name, _, start = row.subject.rpartition("@")
            found = connection.execute(
                sa.select(citation.c.file_id, citation.c.id)
                .join(file, file.c.id == citation.c.file_id)
                .where(file.c.name == name, citation.c.start == int(start))
            ).first()
            if found:
                splits[(found.file_id, found.id)] = ids[row.value]
    return Forced(merges, splits)
