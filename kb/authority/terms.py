"""Terms of the Party's Central Committee (``data/terms.json``): its numbers begin at 1 again with each."""

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


def _read() -> tuple[Term, ...]:
    required = {"id": load.word, "from": load.date, "match": load.examples, "no_match": load.examples}
    found = []
    for entry in load.entries(FILE, required, {"to": load.date}, key="id"):
        fields = load.frozen(entry)
        fields["start"], fields["end"] = fields.pop("from"), fields.pop("to", None)
        found.append(Term(**fields))
    return tuple(found)


TERMS: tuple[Term, ...] = _read()
_BY_ID = {term.id: term for term in TERMS}


def covers(term: str, date: str) -> bool:
    """Whether a day (ISO; a month or year counts where it lies wholly or in part within) is of the term with this
    ordinal; False for terms the table does not hold."""
    found = _BY_ID.get(term)
    if found is None:
        return False
    size = len(date)
    return found.start[:size] <= date and (found.end is None or date <= found.end[:size])


def at(date: str) -> set[str]:
    """The ordinals of the terms of which a day can be."""
    return {term.id for term in TERMS if covers(term.id, date)}
