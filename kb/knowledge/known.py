"""What is known of documents: their statements, gathered from own text, registers, law table and citing texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import orjson
import sqlalchemy as sa

from kb.authority import issuer_words, issuers, laws, types
from kb.authority.fold import fold
from kb.identity.key import law_of
from kb.identity.numbering import series_year
from kb.knowledge.registers.ask import rows_about_all
from kb.knowledge.registers.row import RegisterRow
from kb.knowledge.statements import (
    FIELDS,
    LAW_TABLE,
    OWN,
    REGISTER,
    Evidence,
    FieldKnown,
    Known,
    Source,
    Statement,
    citing,
    ranked,
)
from kb.reading.header.title_case import sentence_case, shouted
from kb.store.schema import citation, document, file

Votes = dict[str, list[list[Any]]]
"""By field [value, number of texts, whether the own header says so], best first: ``document.evidence``."""

_VOTED = ("number", "type", "date", "body", "issuer", "province", "unit", "title", "effect_from")
_CHUNK = 2000
_YEARS_APART = 1  # a number of the last days of a year may be signed in the next; more is a slip
_MOST_EVIDENCE = 3


def known(connection: sa.Connection, ids: Iterable[int]) -> dict[int, Known]:
    """What is known of these documents (rows of the table ``document``), by id."""
    found: dict[int, Known] = {}
    wanted = sorted(set(ids))
    d = document.c
    for at in range(0, len(wanted), _CHUNK):
        rows = connection.execute(
            sa.select(d.id, d.slug, d.held, d.key_date, d.series, d.evidence).where(d.id.in_(wanted[at : at + _CHUNK]))
        ).all()
        registered = rows_about_all(connection, [row.id for row in rows])
        found |= {row.id: gather(row, orjson.loads(row.evidence), registered.get(row.id, ())) for row in rows}
    return found


def gather(row: Any, votes: Votes, registered: Sequence[RegisterRow] = ()) -> Known:
    """The same of one row of the table ``document`` (``slug``, ``key_date``, ``series``) with its votes and what
    registers say of it, the newest first."""
    by_field: dict[str, list[Statement]] = defaultdict(list)
    told = (*_own(votes), *_registered(registered), *_of_law(row.slug))
    dates = frozenset(one.value for one in told if one.field == "date")
    for statement in (*told, *_of_citations(row, votes, dates)):
        by_field[statement.field].append(statement)
    bodies = by_field["body"]
    if bodies:
        by_field["issuer"] = [one for one in by_field["issuer"] if not _of_another(bodies[0].value, one.value)]
    fields = {name: ranked(by_field[name]) for name in FIELDS}
    if (title := fields["title"]) is not None:
        kind = fields["type"]
        fields["title"] = _shown_title(title, kind.winner.value if kind else None)
    return Known(row.slug, {name: one for name, one in fields.items() if one is not None})


def _shown_title(title: FieldKnown, type_id: str | None) -> FieldKnown:
    """The title as it is shown: in sentence case where it is printed in capitals, as the others write its words, and of
    a law with the word that says what it is."""
    shown = sentence_case(title.winner.value, "\n".join(one.value for one in title.others if not shouted(one.value)))
    word = types.by_id(type_id).words[0] if type_id in laws.TYPES else None
    if word and not fold(shown).startswith(fold(word)):
        shown = f"{word} {shown}"
    return replace(title, winner=replace(title.winner, value=shown))


def _of_another(body: str, issuer: str) -> bool:
    """Whether a source names a ministry as the issuer of a number that is the Quốc hội's, the Chính phủ's: it tells who
    drafted the text, or is a slip."""
    named = issuer_words.at(fold(issuer), 0)
    return named is not None and (issuers.level(body), issuers.level(named[1])) == ("central", "ministry")


def _own(votes: Votes) -> Iterator[Statement]:
    for name in _VOTED:
        for value, texts, own in votes.get(name, ()):
            if own:
                yield Statement(name, value, Source(OWN, texts))


def _registered(rows: Sequence[RegisterRow]) -> Iterator[Statement]:
    for row in rows:
        source = Source(REGISTER, name=row.register, as_of=row.as_of)
        for name in FIELDS:
            value = getattr(row, name)
            if value:
                yield Statement(name, value, source)


def _of_law(slug: str) -> Iterator[Statement]:
    law = law_of(slug)
    if law is None:
        return
    told = {"number": law.number, "type": law.type, "date": law.date, "title": law.name, "effect_from": law.begins}
    for name, value in told.items():
        if value:
            yield Statement(name, value, Source(LAW_TABLE))


def _of_citations(row: Any, votes: Votes, told: frozenset[str]) -> Iterator[Statement]:
    for name in _VOTED:
        given = [(value, texts) for value, texts, own in votes.get(name, ()) if not own]
        if name == "date":
            given = _dates(row, given, told)
        yield from citing(name, given)


def _dates(row: Any, given: Sequence[tuple[str, int]], told: frozenset[str]) -> list[tuple[str, int]]:
    """The dates that citing texts give: that of the document's key first, by which it is told from another of its
    number, unless no text gives it but better sources (``told``); else those of the number's year, and none that is
    years away from it ("33/2003/QĐ-BQP ngày 07/4/2023")."""
    key_date, year = row.key_date, series_year(row.series)
    if year:
        given = [one for one in given if _near(one[0], year)]
    if key_date and (year is None or _near(key_date, year)):
        texts = sum(count for value, count in given if value == key_date)
        first = [(key_date, max(texts, 1))] if texts or key_date not in told else []
        return [*first, *(one for one in given if one[0] != key_date)]
    if year:
        return sorted(given, key=lambda one: not one[0].startswith(year))
    return list(given)


def _near(date: str, year: str) -> bool:
    return abs(int(date[:4]) - int(year)) <= _YEARS_APART


def evidence(connection: sa.Connection, document_id: int, statement: Statement) -> tuple[Evidence, ...]:
    """The first sentences of citing texts that say what ``statement`` says of a document."""
    column = citation.c.get(statement.field)
    if column is None:
        return ()
    rows = connection.execute(
        sa.select(file.c.name, citation.c.line, citation.c.sentence, document.c.slug)
        .join(file, file.c.id == citation.c.file_id)
        .outerjoin(document, document.c.id == file.c.document_id)
        .where(citation.c.target_id == document_id, column == statement.value, citation.c.votes > 0)
        .order_by(file.c.name, citation.c.start)
        .limit(_MOST_EVIDENCE)
    )
    return tuple(Evidence(row.name, row.line, row.sentence, row.slug) for row in rows)
