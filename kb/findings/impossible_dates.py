"""Citations that cannot be as the dates stand: of a document younger than the citing one, or of one ended before.

They hang on what is known of the document cited, its date and the act that ended it. Both stand in its row
(``document.date``, ``document.ended``); while neither changes, a citation is looked at only when its own text is, so
that one more citation of a law costs no look at all the others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence, Set
from typing import Any

import orjson
import sqlalchemy as sa

from kb.authority import relations
from kb.authority.fold import begins, ends
from kb.identity.key import law_of
from kb.lineage.status import acts_on
from kb.reading.header.closing import CONSOLIDATED
from kb.store.schema import citation, document, file, finding
from kb.store.sql import dumps, pairs

KINDS = ("repealed_before", "target_younger")
"""The findings of this module."""
_LEANING = ("based_on", "implements", "promulgated_by")
_SLOWEST_EFFECT = dt.timedelta(days=183)
"""Most acts begin 45 days after they are signed, many of the National Assembly's half a year (Luật 64/2025/QH15, Điều
53): what is cited between signing and effect is cited rightly."""


def note_ends(connection: sa.Connection, ids: Sequence[int]) -> set[int]:
    """Write down the act that ended each of these documents: [day from which it surely did, day to tell, relation,
    number, permalink] of the earliest of full date that ends the whole; returns those for which it changed."""
    d = document.c
    before = pairs(connection.execute(sa.select(d.id, d.ended).where(d.id.in_(ids))))
    acts = acts_on(connection, ids)
    updates = []
    for id_, was in before.items():
        ending = [
            (*_ended(act.actor), act.relation, act.actor.number or act.actor.slug, act.actor.slug)
            for act in acts.get(id_, ())
            if act.relation in relations.ENDS and not act.partial and act.actor.date and len(act.actor.date) == 10
        ]
        now = dumps(min(ending)) if ending else None
        if now != was:
            updates.append({"row": id_, "ended_by": now})
    if updates:
        connection.execute(
            document.update().where(d.id == sa.bindparam("row")).values(ended=sa.bindparam("ended_by")), updates
        )
    return {update["row"] for update in updates}


def _ended(actor: Any) -> tuple[str, str]:
    """The day from which an act surely ended another (ISO), and the day to tell: that of its effect by the law table;
    elsewhere the day it was signed, after which it may take months to begin."""
    law = law_of(actor.slug)
    if law is not None:
        return law.begins, law.begins
    signed = dt.date.fromisoformat(actor.date)
    return (signed + _SLOWEST_EFFECT).isoformat(), actor.date


def again(connection: sa.Connection, targets: Set[int], citing: Set[int]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Forget these findings of citations of ``targets`` and of those in texts of ``citing``, and find them anew."""
    if not targets and not citing:
        return
    texts = connection.execute(sa.select(file.c.id).where(file.c.document_id.in_(sorted(citing)))).scalars().all()
    old = sa.or_(finding.c.document_id.in_(sorted(targets)), finding.c.file_id.in_(texts))
    connection.execute(finding.delete().where(finding.c.kind.in_(KINDS), old))
    yield from of_citations(
        connection, sa.or_(citation.c.target_id.in_(sorted(targets)), citation.c.file_id.in_(texts))
    )


def of_citations(connection: sa.Connection, chosen: sa.ColumnElement[bool]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(kind, what to record) for the chosen citations."""
    c, d, f = citation.c, document.c, file.c
    own = document.alias()
    given = sa.func.coalesce(c.date, d.date)
    leaning = sa.and_(c.relation.in_(_LEANING), c.parent.is_(None), d.ended.is_not(None))
    rows = connection.execute(
        sa.select(
            c.id, c.file_id, c.target_id, c.number, f.date.label("own_date"), given.label("given"),
            sa.case((leaning, d.ended)).label("ended"), own.c.slug.label("own_slug"), own.c.type.label("own_type"),
        )
        .select_from(citation)
        .join(file, f.id == c.file_id)
        .join(document, d.id == c.target_id)
        .join(own, own.c.id == f.document_id)
        .where(chosen, c.kind != "back_reference", f.date.is_not(None), f.document_id != c.target_id)
        .where(sa.or_(given > f.date, leaning))
    )  # fmt: skip
    for row in rows:
        where = {"file_id": row.file_id, "citation_id": row.id, "document_id": row.target_id, "number": row.number}
        if row.given and begins(row.given) > ends(row.own_date):
            yield "target_younger", where | {"date": row.given, "own_date": row.own_date}
        if row.ended is not None:
            surely, ended_on, relation, by, slug = orjson.loads(row.ended)
            if row.own_date >= surely and row.own_slug != slug and row.own_type != CONSOLIDATED:
                # a consolidated text reprints what the documents it joins stood on in their time
                yield "repealed_before", where | {"relation": relation, "by": by, "date": ended_on}
