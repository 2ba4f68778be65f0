"""Terms of the Party's Central Committee (``data/terms.json``), whose numbers begin at 1 again with each, and of the
National Assembly, whose numbers bear theirs (QH15)."""

from __future__ import annotations

from dataclasses import dataclass

from kb.authority import load

FILE = load.DATA / "terms.json"


@dataclass(frozen=True, slots=True)
class Term:
    """One term (khóa). ``id``: its ordinal; ``start`` and ``end``: the days (ISO) on which the congress that elected it
    and the next one ended, ``end`` None for the present term."""

    id: str
    start: str
    end: str | None = None
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


def _read(section: str) -> tuple[Term, ...]:
    required = {"id": load.word, "from": load.date, "match": load.examples, "no_match": load.examples}
    found = []
    for entry in load.entries(FILE, required, {"to": load.date}, key="id", section=section):
        fields = load.frozen(entry)
        fields["start"], fields["end"] = fields.pop("from"), fields.pop("to", None)
        found.append(Term(**fields))
    return tuple(found)


TERMS: tuple[Term, ...] = _read("entries")
ASSEMBLIES: tuple[Term, ...] = _read("assemblies")
"""Terms of the National Assembly: ``start`` is the first day of its first session, ``end`` that of the next one's."""
_BY_ID = {term.id: term for term in TERMS}


def covers(term: str, date: str) -> bool:
    """Whether a day (ISO; a month or year counts where it lies wholly or in part within) is of the term with this
    ordinal; False for terms the table does not hold."""
    found = _BY_ID.get(term)
    return found is not None and _within(found, date)


def _within(term: Term, date: str) -> bool:
    size = len(date)
    return term.start[:size] <= date and (term.end is None or date <= term.end[:size])


def assemblies_at(date: str) -> set[str]:
    """The terms of the National Assembly of which a day (ISO, may be partial) can be; empty before the first known."""
    return {term.id for term in ASSEMBLIES if _within(term, date)}


def at(date: str) -> set[str]:
    """The ordinals of the terms of which a day can be."""
    return {term.id for term in TERMS if covers(term.id, date)}
