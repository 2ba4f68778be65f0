"""Rules on the date of a cited document: against its number, the sources, the draft's own day, and itself."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checking.draft import Cited, Draft, Raised
from kb.checking.sources import Known, Stated, citation_of
from kb.checking.words import dated
from kb.identity.numbering import number_parts


def year_of_number(draft: Draft) -> Iterator[Raised]:
    """A number that carries its year was signed in that year."""
    for one in draft.others:
        date = one.citation.date
        parts = number_parts(one.citation.number or "")
        if date and parts and parts.year and not date.startswith(parts.year):
            yield Raised("date_year", {"number": one.named, "date": dated(date)}, one, suggestion=_standing(one.known))


def against_sources(draft: Draft) -> Iterator[Raised]:
    """The date is another than the sources have; where one text alone has that, it is only doubtful."""
    for one in draft.others:
        date = one.citation.date
        if not date or _year_conflicts(one):
            continue
        if one.found.method == "other_date_known":
            near = [draft.sources.known(brief.id) for brief in one.found.candidates]
            dates = [(known, known.date) for known in near if known is not None and known.date is not None]
            if dates:
                yield _other_date(one, date, *_strongest(dates))
        elif one.known is not None and one.known.date is not None and not _agree(date, one.known.date.value):
            yield _other_date(one, date, one.known, one.known.date)


def after_draft(draft: Draft) -> Iterator[Raised]:
    """A draft cites nothing younger than itself."""
    for one in draft.others:
        date = one.citation.date
        if draft.day and date and date[: len(draft.day)] > draft.day:
            values = {"number": one.named, "date": dated(date), "own_date": dated(draft.day)}
            yield Raised("date_after_draft", values, one)


def _strongest(dates: list[tuple[Known, Stated]]) -> tuple[Known, Stated]:
    return min(dates, key=lambda pair: (not pair[1].certain, -pair[1].texts, pair[1].value))


def _other_date(one: Cited, date: str, known: Known, stated: Stated) -> Raised:
    values = {"number": one.named, "date": dated(date), "known": dated(stated.value)}
    code = "date_other" if stated.certain else "date_doubtful"
    return Raised(code, values, one, evidence=(stated.evidence(known.id),), suggestion=citation_of(known))


def _standing(known: Known | None) -> str | None:
    return citation_of(known) if known is not None else None


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _year_conflicts(one: Cited) -> bool:
    parts = number_parts(one.citation.number or "")
    return bool(parts and parts.year and one.citation.date and not one.citation.date.startswith(parts.year))


RULES = (year_of_number, against_sources, after_draft)
