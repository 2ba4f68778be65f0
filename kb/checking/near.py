"""Which document a citation may mean that bears a number no source has, or another document's number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import DamerauLevenshtein

from kb.authority import laws
from kb.checking.draft import Cited, Draft
from kb.checking.sources import Known
from kb.identity.key import CENTRAL, Identity, identify_citation
from kb.identity.numbering import NumberParts, is_full, number_parts
from kb.identity.title_likeness import same_title, tell_apart, title_words
from kb.lookup.neighbours import Neighbour
from messages import Message, Pair

_ENOUGH = 12
"""Dated documents of a register and year that must be known before an ordinal is held against them."""
_AGAINST = 3
"""Of them, how many must contradict it."""
_SLACK = 1.25
"""How far beyond the highest ordinal known another one may lie, since sources do not know every document."""
_TITLE_ALONE = 9
"""Words with which a title tells a document though neither date nor number is its own."""
_OF_ONE_DAY = 60
"""Ordinals of one register and day do not lie further apart."""
_YEAR_END = "12-15"
"""A register known up to this day of December is known to its end, give or take its last numbers."""
_WORDS_TOLD = 5
"""Words that a title must have to tell a document."""


@dataclass(frozen=True, slots=True)
class Likely:
    """The document that is likely meant; ``agrees``: what of the citation is its, in words; ``sure``: both its date and
    its title are, or its title and nearly its number; ``by_day``: its date alone is, which some other number's may be
    as well (a ministry's own register of decrees)."""

    known: Known
    agrees: Pair
    sure: bool
    by_day: bool = False


def likely(draft: Draft, one: Cited) -> Likely | None:
    """The document of another number whose date and title a citation has; None where there is none, or several, or
    where the number's own document has them."""
    identity = identify_citation(one.citation, draft.own) if one.by_number else None
    if identity is None or identity.year is None:
        return None
    if _fits_its_number(one):  # which may be a misprint that another text has too
        return _by_slip(draft, one, identity)
    beside = _beside(draft, one, identity)
    found = _by_title(draft, one, identity, beside) or _by_date(draft, one, identity, beside)
    return found or _by_slip(draft, one, identity)


def _beside(draft: Draft, one: Cited, identity: Identity) -> list[Neighbour]:
    """The documents of its register and, where date and title tell of one, of its day, but for those it may mean."""
    neighbours = draft.sources.neighbours(identity, _years(identity))
    carries = _carries_year(one.citation.number)
    beside = [
        other for other in neighbours if other.ordinal != identity.ordinal and _carries_year(other.number) is carries
    ]
    if one.citation.date and one.citation.title:
        beside += draft.sources.namesakes(identity, one.citation.date)
    own = {brief.id for brief in (*one.found.candidates, *([one.found.document] if one.found.document else []))}
    return [other for other in beside if other.id not in own]


def _by_slip(draft: Draft, one: Cited, identity: Identity) -> Likely | None:
    """The document that is a slip of a digit, of the year or of the type from a number that no text bears."""
    slip = draft.sources.slip(identity, one.citation)
    known = draft.sources.known(slip.id) if slip is not None else None
    if slip is None or known is None:
        return None
    return Likely(known, _agrees(slip.agrees), slip.sure, by_day=slip.agrees == "date" and not slip.sure)


def _by_title(draft: Draft, one: Cited, identity: Identity, beside: Sequence[Neighbour]) -> Likely | None:
    """The document that has the title: with the date it is that one; with nearly the number and no date as well."""
    date = one.citation.date
    undated = date is None or not is_full(date)
    titled = [other for other in beside if _titled(one.citation.title, other.title)]
    both = [other for other in titled if not undated and other.date == date]
    close = [other for other in titled if _one_slip(identity, other)]
    alone = titled if one.known is None and len(title_words(one.citation.title)) >= _TITLE_ALONE else []
    for found, sure, agrees in ((both, True, "date_title"), (close, undated, "title"), (alone, False, "title")):
        known = _one(draft, found)
        if known is not None:
            return Likely(known, _agrees(agrees), sure and not _twin(identity, found, one.citation.title))
    return None


def _twin(identity: Identity, found: Sequence[Neighbour], title: str | None) -> bool:
    """Whether a title is only the beginning of that of a document whose number is next to the cited one: of one day and
    nearly one title there are twins (51/2016 and 52/2016/NĐ-CP)."""
    return any(
        other.ordinal.isdigit() and identity.ordinal.isdigit()
        and abs(int(other.ordinal) - int(identity.ordinal)) <= _NEXT
        and title_words(title) != title_words(other.title)
        for other in found
    )  # fmt: skip


_NEXT = 5


def _by_date(draft: Draft, one: Cited, identity: Identity, beside: Sequence[Neighbour]) -> Likely | None:
    """The document of the day whose number is one slip away, where that of the citation is out of the day's order or
    far from it."""
    date = one.citation.date
    if one.known is not None or not identity.ordinal.isdigit():
        return None
    same_day = [other for other in beside if date and other.date == date and _one_slip(identity, other)]
    if not _out_of_order(identity, beside, date):
        same_day = [other for other in same_day if abs(int(other.ordinal) - int(identity.ordinal)) > _OF_ONE_DAY]
    known = _one(draft, [other for other in same_day if not _other_title(one, other)])
    return Likely(known, _agrees("date"), False, by_day=True) if known is not None else None


def _other_title(one: Cited, other: Neighbour) -> bool:
    """Whether a citation's title is not that of a document."""
    return bool(one.citation.title and other.title) and not _overlaps(str(one.citation.title), str(other.title))


def beyond_register(draft: Draft, one: Cited) -> Neighbour | None:
    """The last known document of a central register, where the citation's ordinal lies so far beyond it that there can
    be no such number in that year; None elsewhere."""
    if not one.by_number or one.known is not None:
        return None
    identity = identify_citation(one.citation, draft.own)
    if identity is None or identity.year is None or identity.place != CENTRAL or not identity.ordinal.isdigit():
        return None
    if one.statute:
        return _beyond_laws(one, identity)
    carries = _carries_year(one.citation.number)
    neighbours = draft.sources.neighbours(identity, (identity.year,))
    dated = [other for other in neighbours if _dated(other) and _carries_year(other.number) is carries]
    if len(dated) < _ENOUGH:
        return None
    last = max(dated, key=lambda other: int(other.ordinal))
    if int(identity.ordinal) <= int(last.ordinal) * _SLACK + _ENOUGH:
        return None
    return last if _out_of_order(identity, dated, one.citation.date) or _year_is_over(draft, identity, last) else None


def _carries_year(number: str | None) -> bool:
    """Whether a number carries its year: normative acts and others are numbered apart (66/2015/QĐ-TTg, 411/QĐ-TTg)."""
    parts = number_parts(number or "")
    return parts is not None and parts.year is not None


def _beyond_laws(one: Cited, identity: Identity) -> Neighbour | None:
    """The last law of a term of the National Assembly, where a number lies beyond it, or where laws of earlier years
    have higher numbers or laws of later years lower ones: they are numbered through."""
    if one.citation.type != "luat" or (one.citation.date is not None and len(one.citation.date) > len("2024")):
        return None
    parts = number_parts(one.citation.number or "")
    term = [(law, found) for law in laws.LAWS if (found := _of_term(law, parts)) is not None]
    if parts is None or parts.year is None or len(term) < _ENOUGH or one.citation.number in _amending():
        return None
    ordinal = int(identity.ordinal)
    against = sum(_in_disorder(found - ordinal, law.issued[:4], parts.year) for law, found in term)
    last, highest = max(term, key=lambda pair: pair[1])
    if against < _AGAINST and ordinal <= highest * _SLACK + _ENOUGH:
        return None
    return Neighbour(last.id, str(highest), last.number, last.date, last.name)


def _in_disorder(further: int, year: str, own_year: str) -> bool:
    """Whether a higher number is of an earlier year, or a lower one of a later."""
    return (further > 0 and year < own_year) or (further < 0 and year > own_year)


def _of_term(law: laws.Law, parts: NumberParts | None) -> int | None:
    """The ordinal of a law of the term in a number, None for a law of another."""
    other = number_parts(law.number or "") if law.type in ("luat", "bo-luat") else None
    same = other is not None and parts is not None and other.organs == parts.organs and other.ordinal.isdigit()
    return int(other.ordinal) if same and other is not None else None


@cache
def _amending() -> frozenset[str]:
    return frozenset(number for law in laws.LAWS for number in law.amended_by)


def _fits_its_number(one: Cited) -> bool:
    """Whether the number's own document is known and has the date or, without one, the title that is given."""
    if one.known is None:
        return False
    stated, title = one.known.date, one.citation.title
    if stated is not None and one.citation.date and not stated.value.startswith(one.citation.date):
        return False
    titles = [other.value for other in one.known.every("title")]
    return not title or not titles or any(_overlaps(title, other) for other in titles)


def _overlaps(one: str, other: str) -> bool:
    a, b = title_words(one), title_words(other)
    return min(len(a), len(b)) < _WORDS_TOLD or len(a & b) * 3 >= min(len(a), len(b))


def _titled(title: str | None, other: str | None) -> bool:
    return len(title_words(title)) >= _WORDS_TOLD and same_title(title, other) and not tell_apart(title, other)


def _one(draft: Draft, found: Iterable[Neighbour]) -> Known | None:
    ids = {other.id for other in found}
    return draft.sources.known(ids.pop()) if len(ids) == 1 else None


def _years(identity: Identity) -> tuple[str, ...]:
    """The year of the number and that of the date, where they differ."""
    years = {identity.year, identity.date[:4] if identity.date else None} - {None}
    return tuple(sorted(str(year) for year in years))


def _one_slip(identity: Identity, other: Neighbour) -> bool:
    """Whether two ordinals differ by one digit put in, left out, changed or swapped."""
    return DamerauLevenshtein.distance(identity.ordinal, other.ordinal) == 1


def _dated(other: Neighbour) -> bool:
    return other.ordinal.isdigit() and other.date is not None and is_full(other.date)


def _out_of_order(identity: Identity, beside: Iterable[Neighbour], date: str | None) -> bool:
    """Whether documents of the register contradict an ordinal on its day: ordinals rise with dates."""
    if date is None or not is_full(date) or not identity.ordinal.isdigit():
        return False
    ordinal = int(identity.ordinal)
    against = sum(
        (other.date > date and int(other.ordinal) < ordinal) or (other.date < date and int(other.ordinal) > ordinal)
        for other in beside
        if _dated(other) and other.date is not None and other.date[:4] == date[:4]
    )
    return against >= _AGAINST


def out_of_order(draft: Draft, one: Cited, date: str) -> bool:
    """Whether the dates of other documents of a number's register contradict its date."""
    identity = identify_citation(one.citation, draft.own) if one.by_number else None
    if identity is None or identity.year is None:
        return False
    carries = _carries_year(one.citation.number)
    beside = [
        other
        for other in draft.sources.neighbours(identity, (identity.year,))
        if other.ordinal != identity.ordinal and _carries_year(other.number) is carries
    ]
    return _out_of_order(identity, beside, date)


def _year_is_over(draft: Draft, identity: Identity, last: Neighbour) -> bool:
    """Whether the sources know the register up to the end of the year."""
    if last.date is None or last.date[5:] < _YEAR_END:
        return False
    return draft.day is None or draft.day[:4] > last.date[:4]


def _agrees(name: str) -> Pair:
    said = Message.of("kb.check.agrees", name, {})
    return Pair(said.vi, said.en)
