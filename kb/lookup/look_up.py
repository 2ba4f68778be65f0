"""The answer to a query in the box: by number, by the name of a law, or by a day where it gives neither."""

from __future__ import annotations

import sqlalchemy as sa

from kb.answers import from_rows
from kb.answers.shapes import LookupResult
from kb.authority import provinces
from kb.lookup import matches, named_laws, number_query, of_day
from kb.lookup.warning_messages import warning_json


def look_up(
    connection: sa.Connection,
    query: str,
    *,
    province: str | None = None,
    date: str | None = None,
    issuer: str | None = None,
    status_on: str | None = None,
) -> LookupResult:
    """What ``KnowledgeBase.lookup`` says; its arguments are told there."""
    number = number_query.parse(query)
    laws = () if number else named_laws.named(query)
    day = None if number or laws else of_day.parse(query)
    place = province_named(province) if province else None
    if number:
        normalized, found = (
            number.normalized,
            matches.find(connection, number, province=place, date=date, issuer=issuer),
        )
    elif laws:
        normalized, found = laws[-1].name, named_laws.find(connection, laws, date)
    elif day:
        normalized, found = query.strip(), of_day.find(connection, day)
    else:
        return LookupResult(query, None, "unparsable", (), (), ())
    briefs = from_rows.briefs(connection, found.matches, status_on)
    suggestions = from_rows.briefs(connection, found.suggestions, status_on)
    if number and found.status == "ok" and briefs[0].number:
        normalized = briefs[0].number  # as its texts write it
    warnings = warning_json(found.warnings)
    return LookupResult(query, normalized, found.status, briefs, suggestions, warnings, found.total)


def province_named(words: str) -> str:
    """The name of a province from its name in any spelling or its permalink part; other words as they are."""
    return provinces.by_slug(words) or provinces.find(words) or words
