"""Citations that cannot be as the dates stand: of a document younger than the citing one, or of one ended before.

They hang on what is known of the document cited, its date and the act that ended it. Both stand in its row
(``document.date``, ``document.validity``); while neither changes, a citation is looked at only when its own text is, so
that one more citation of a law costs no look at all the others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Set
from typing import Any

import sqlalchemy as sa

from kb.authority.fold import begins, ends
from kb.identity.numbering import is_full
from kb.knowledge.validity import Act, load, status_on
from kb.reading.header.closing import CONSOLIDATED
from kb.store.schema import citation, document, file, finding

KINDS = ("repealed_before", "target_younger")
"""The findings of this module."""
_LEANING = ("based_on", "implements", "promulgated_by")
_SLOWEST_EFFECT = dt.timedelta(days=183)
"""Most acts begin 45 days after they are signed, many of the National Assembly's half a year (Luật 64/2025/QH15, Điều
53): what is cited between signing and effect is cited rightly."""


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
    leaning = sa.and_(c.relation.in_(_LEANING), c.parent.is_(None), d.validity.is_not(None))
    rows = connection.execute(
        sa.select(
            c.id, c.file_id, c.target_id, c.number, f.date.label("own_date"), given.label("given"),
            sa.case((leaning, d.validity)).label("validity"),
            own.c.slug.label("own_slug"), own.c.type.label("own_type"),
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
        # a consolidated text reprints what the documents it joins stood on in their time
        if row.validity is not None and is_full(row.own_date) and row.own_type != CONSOLIDATED:
            act = status_on(load(row.validity), row.own_date).act
            if act is not None and act in load(row.validity).ends and act.by != row.own_slug:
                yield from _ended(act, row.own_date, where)


def _ended(act: Act, day: str, where: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """That a document was ended before a day on which it is leant on, where that is sure."""
    told = act.day or act.signed
    if is_full(told) and day >= (act.day or _surely(told)):
        yield "repealed_before", where | {"relation": act.relation, "by": act.by_number or act.by, "date": told}


def _surely(signed: str) -> str:
    """The day from which an act that was signed on a day surely counts, where no text tells from which it does."""
    return (dt.date.fromisoformat(signed) + _SLOWEST_EFFECT).isoformat()
