"""The citations of a text that is not stored, against the base: the same rules as for stored ones, nothing written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from kb.answers.from_rows import brief, briefs
from kb.answers.shapes import Resolved
from kb.authority.terms import covers
from kb.identity.key import Identity, identify_own
from kb.identity.numbering import UNKNOWN, UNSTATED, series_term
from kb.identity.of_text import identify_all
from kb.identity.programme_names import name_in, name_key
from kb.identity.title_likeness import same_title
from kb.model import Citation, Reading
from kb.resolution.name_joins import Join, NameOnly, join_names
from kb.store.schema import document


def resolve_reading(connection: sa.Connection, reading: Reading) -> list[Resolved]:
    """For each citation of ``reading``, in its order, the document of the base that it means."""
    identities = [stated.identity for stated in identify_all(reading.citations, reading.own)]
    joins = _joins(connection, reading, identities)
    known = _documents(connection, [identity for identity in identities if identity is not None])
    dates = _dates_in_text(reading.citations, identities)
    found: list[Resolved] = []
    for n, (citation, identity) in enumerate(zip(reading.citations, identities, strict=True)):
        if citation.kind == "back_reference":
            antecedent = citation.parent if citation.parent is not None and citation.parent < n else None
            found.append(
                Resolved(n, "unresolved", "no_antecedent", None, (), None)
                if antecedent is None
                else _same(found[antecedent], n)
            )
        elif n in joins:
            found.append(_joined(connection, n, joins[n]))
        elif identity is None:
            found.append(Resolved(n, "unresolved", "not_a_number", None, (), None))
        else:
            found.append(_resolved(n, citation, identity, known, dates.get(identity.key, set())))
    return found


def _same(antecedent: Resolved, n: int) -> Resolved:
    return Resolved(n, antecedent.status, "antecedent", antecedent.document, antecedent.candidates, antecedent.new_id)


def _joins(connection: sa.Connection, reading: Reading, identities: Sequence[Identity | None]) -> dict[int, Join]:
    """What the programmes that are cited by name alone mean, by the index of the citation."""
    here = identify_own(reading.own, "").place
    cited_on = reading.own.day if reading.own else None
    names = []
    for n, (citation, identity) in enumerate(zip(reading.citations, identities, strict=True)):
        title = name_in(citation.title) if citation.kind == "named" and not citation.number else None
        if identity is not None and title is not None and citation.title is not None:
            key = name_key(title, identity.place, identity.unit)
            names.append(NameOnly(n, 0, key, citation.title, identity.organ, here, cited_on))
    return join_names(connection, names) if names else {}


def _joined(connection: sa.Connection, n: int, join: Join) -> Resolved:
    if join.target is None:
        return Resolved(n, "ambiguous", join.method, None, briefs(connection, join.choice), None)
    meant = briefs(connection, (join.target,))[0]
    return Resolved(n, "resolved", join.method, meant, (), meant.id, join.score)


def _documents(connection: sa.Connection, identities: Sequence[Identity]) -> dict[str, list[Any]]:
    """Documents of the base by key; for citations of an unknown place by the key without the place."""
    bases = sorted({identity.key for identity in identities})
    tails = sorted({identity.tail for identity in identities if identity.place == UNKNOWN})
    known: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(
        sa.select(document)
        .where(sa.or_(document.c.base.in_(bases), document.c.tail.in_(tails)))
        .order_by(document.c.slug)
    ):
        known[row.base].append(row)
        if row.place != UNKNOWN:
            known[f"{UNKNOWN}/{row.tail}"].append(row)
    return known


def _dates_in_text(citations: Sequence[Citation], identities: Sequence[Identity | None]) -> dict[str, set[str]]:
    """Full dates that the text itself gives for each key."""
    dates: dict[str, set[str]] = defaultdict(set)
    for citation, identity in zip(citations, identities, strict=True):
        if identity is not None and citation.date and len(citation.date) == 10:
            dates[identity.key].add(citation.date)
    return dates


def _resolved(n: int, citation: Citation, identity: Identity, known: dict[str, list[Any]], dates: set[str]) -> Resolved:
    term = series_term(identity.series)
    rows = [
        row
        for row in known.get(identity.key, ())
        if (covers(term, row.date) if term and row.date else _same_series(row.series, identity.series))
    ]
    date, method = citation.date, "key" if identity.single else "date"
    if date is None and not identity.single and len(dates) == 1:
        date, method = next(iter(dates)), "twin_in_document"
    new_id = identity.slug if identity.year or identity.single else None
    if not rows:
        return Resolved(n, "unresolved", "not_in_base", None, (), new_id)
    if identity.life == "?":
        method = "only_one_known" if len(rows) == 1 else "several_known"
        return Resolved(n, "ambiguous", method, None, tuple(brief(row) for row in rows), None)
    if identity.place == UNKNOWN:
        alike = [row for row in rows if date and row.date == date and same_title(citation.title, row.title)]
        if len(alike) == len(rows) == 1:
            return Resolved(n, "resolved", "title_and_date", brief(rows[0]), (), rows[0].slug)
        return Resolved(n, "ambiguous", "province_unknown", None, tuple(brief(row) for row in rows), None)
    fitting = rows
    if identity.register == UNSTATED and len(rows) > 1:
        dated = [row for row in rows if date and row.date and _fits(row.date, date)]
        titled = [row for row in rows if same_title(citation.title, row.title)]
        fitting, method = (dated, "date") if len(dated) == 1 else (titled, "title")
        if len(fitting) != 1:
            return Resolved(n, "ambiguous", "type_not_stated", None, tuple(brief(row) for row in rows), None)
    if not identity.single:
        fitting = [row for row in rows if not date or (row.date and _fits(row.date, date))]
    if date is None and not identity.single:
        titled = [row for row in rows if same_title(citation.title, row.title)]
        if len(titled) != 1:
            method = "only_one_known" if len(rows) == 1 else "several_known"
            return Resolved(n, "ambiguous", method, None, tuple(brief(row) for row in rows), None)
        fitting, method = titled, "title"
    if len(fitting) == 1:
        return Resolved(n, "resolved", method, brief(fitting[0]), (), fitting[0].slug)
    if fitting:
        return Resolved(n, "ambiguous", "several_dates", None, tuple(brief(row) for row in fitting), None)
    return Resolved(n, "unresolved", "other_date_known", None, tuple(brief(row) for row in rows), new_id)


def _same_series(known: str | None, asked: str | None) -> bool:
    if asked is None:
        return known is None or known.endswith("i")
    if known is None:
        return False
    return known == asked or (asked.endswith("?") and known[:4] == asked[:4])


def _fits(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
