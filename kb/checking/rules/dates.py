"""Rules on the date of a cited document: against its number, the sources, the draft's own day, and itself."""

from __future__ import annotations

from collections.abc import Iterator

from kb.authority import issuers
from kb.checking.draft import Cited, Draft, Raised
from kb.checking.rules.form import DATED
from kb.checking.rules.issuers_named import related
from kb.checking.sources import Known, backing, certain, citation_of
from kb.checking.tail import dates_with_their_word
from kb.checking.weight import weighed
from kb.checking.words import dated
from kb.identity.key import CENTRAL, identify_citation
from kb.identity.numbering import number_parts
from kb.knowledge.statements import Statement
from kb.reading.repair.digit_votes import DOUBTFUL_DATE, READING
from messages import Pair


def year_of_number(draft: Draft) -> Iterator[Raised]:
    """A number that carries its year was signed in that year."""
    for one in draft.others:
        date = draft.date_of(one)
        parts = number_parts(one.citation.number or "")
        if date and parts and parts.year and not date.startswith(parts.year):
            yield Raised("date_year", {"number": one.named, "date": dated(date)}, one, suggestion=_standing(one.known))


def against_sources(draft: Draft) -> Iterator[Raised]:
    """The date is another than the sources have; where one source alone has that, it is only doubtful."""
    for one in draft.others:
        date = draft.date_of(one)
        if date is None or _year_conflicts(one, date) or _shared(draft, one) or _of_something_else(draft, one):
            continue
        against = _contradicting(draft, one, date)
        if against is not None:
            code = weighed(draft, one, date, *against)
            if code is not None:
                yield _other_date(code, one, date, *against)


def _of_something_else(draft: Draft, one: Cited) -> bool:
    """Whether the year behind a law's name is later than the draft: then it is that of a plan or a budget ("thực hiện
    Pháp lệnh ưu đãi người có công năm 2020")."""
    year = one.citation.date or ""
    return one.citation.kind == "named" and len(year) == len("2020") and year > str(draft.until or "9")[:4]


def _shared(draft: Draft, one: Cited) -> bool:
    """Whether a number has its date from a later one of its list ("các Công điện số 217, 218 và 222 ngày 19/11"): that
    may be the last one's alone."""
    if not one.by_number or draft.tail(one).date is not None:
        return False
    behind = draft.cited[one.index + 1 : one.index + _LIST]
    return any(draft.tail(other).date is not None and other.citation.date == one.citation.date for other in behind)


_LIST = 12
"""Citations behind a number among which the one may stand that gives its list the date."""


def _contradicting(draft: Draft, one: Cited, date: str) -> tuple[Known, Statement] | None:
    """The document that is meant by a number, and the date that the sources have of it, where that is another."""
    if one.found.method == "other_date_known":
        candidates = [brief for brief in one.found.candidates if _same_year(brief.number, one.citation.number)]
        meant = [draft.sources.known(brief.id) for brief in candidates]
    else:
        meant = [one.known or _same_number(draft, one)]
    dates = [(known, known.date) for known in meant if known is not None and known.date is not None]
    others = [pair for pair in dates if not _agree(date, pair[1].value) and not _year_conflicts(one, pair[1].value)]
    return _strongest(others) if others and len(others) == len(dates) else None


def _same_year(number: str | None, other: str | None) -> bool:
    """Whether two numbers carry the same year, or none: 01/2010/TT-BTC is not 01/2011/TT-BTC of another day."""
    parts = [number_parts(one or "") for one in (number, other)]
    return len({part.year if part is not None else None for part in parts}) == 1


def _same_number(draft: Draft, one: Cited) -> Known | None:
    """The one document of a central organ that bears the very number in the year of the citation's date: such an organ
    numbers its papers once a year."""
    identity = identify_citation(one.citation, draft.own) if one.by_number else None
    if identity is None or identity.place != CENTRAL or identity.year is None:
        return None
    same = {
        other.id
        for other in draft.sources.neighbours(identity, (identity.year,))
        if other.number == one.citation.number
    }
    return draft.sources.known(same.pop()) if len(same) == 1 else None


def after_draft(draft: Draft) -> Iterator[Raised]:
    """A draft cites nothing younger than itself."""
    for one in draft.others:
        date = draft.date_of(one)
        if draft.day and date and date[: len(draft.day)] > draft.day and not _of_something_else(draft, one):
            values = {"number": one.named, "date": dated(date), "own_date": dated(draft.day)}
            yield Raised("date_after_draft", values, one)


def impossible(draft: Draft) -> Iterator[Raised]:
    """A day that no calendar has (31/9, 30/02, 32/13), of a cited document or elsewhere in the draft."""
    told: set[int] = set()
    for one in draft.others:
        printed = draft.tail(one).date if one.by_number else None
        if printed is not None and printed.iso is None:
            told.add(printed.start)
            if _with_mark(one, printed.year):
                continue
            values = {"number": one.named, "date": draft.text[printed.start : printed.end]}
            place = draft.place(printed.start, printed.end)
            yield Raised("date_impossible", values, one, place=place, suggestion=_standing(one.known))
    for printed in dates_with_their_word(draft.folded):
        if printed.iso is None and printed.start not in told:
            shown = " ".join(draft.text[printed.start : printed.end].split())
            place = draft.place(printed.start, printed.end)
            yield Raised("date_none", {"date": shown}, place=place, about=shown)


def _with_mark(one: Cited, year: str) -> bool:
    """Whether a year is that of the number with a footnote's mark behind it ("140/2018/NĐ-CP ngày 08/10/20181")."""
    parts = number_parts(one.citation.number or "")
    marked = parts is not None and parts.year is not None and year[:-1] == parts.year
    return marked and year[-1] != "0"


def ill_formed(draft: Draft) -> Iterator[Raised]:
    """A date of another form than "ngày 05/8/2025" or "ngày 05 tháng 8 năm 2025"."""
    for one in draft.others:
        printed = draft.tail(one).date if one.by_number else None
        if printed is None or printed.iso is None:
            continue
        shown = draft.text[printed.start : printed.end]
        place = draft.place(printed.start, printed.end)
        right = dated(printed.iso)
        if printed.short_year:
            values = {"number": one.named, "date": shown, "right": right}
            yield Raised("date_short_year", values, one, place=place, suggestion=right.vi)
        elif not printed.has_word:
            values = {"number": one.named, "date": shown}
            yield Raised("date_without_word", values, one, place=place, suggestion=right.vi)
        elif printed.lacks_zero and draft.draft_class in DATED:
            values = {"number": one.named, "date": shown, "right": right}
            yield Raised("date_zero", values, one, place=place, suggestion=right.vi, together="")


def two_dates(draft: Draft) -> Iterator[Raised]:
    """Two days for one number of one issuer in one draft, which the sources do not tell apart."""
    groups: dict[tuple[str, ...], list[Cited]] = {}
    for one in draft.others:
        date = draft.date_of(one) or ""
        if one.by_number and len(date) == len("2021-12-24") and not _year_conflicts(one, date):
            groups.setdefault(_same_document(one), []).append(one)
    for group in groups.values():
        dates = list(dict.fromkeys(str(draft.date_of(one)) for one in group))
        if len(dates) < 2 or _told_apart(group):
            continue
        for one in group:
            values = {"number": one.named, "dates": _listed(dates)}
            yield Raised("date_two", values, one, together=one.named, suggestion=_standing(group[0].known))


def _told_apart(group: list[Cited]) -> bool:
    """Whether the sources tell citations of one number apart, or have its date for certain: then that is told."""
    known = {one.known.id: one.known for one in group if one.known is not None}
    stated = next(iter(known.values())).date if len(known) == 1 else None
    return len(known) > 1 or (stated is not None and certain(stated))


def before_issuer(draft: Draft) -> Iterator[Raised]:
    """A date on which the organ in the number did not exist."""
    for one in draft.others:
        date = draft.date_of(one)
        parts = number_parts(one.citation.number or "")
        if parts is None or not date or len(date) < 10:
            continue
        for code in (one.citation.body or "").split("+"):
            issuer = issuers.by_code(code)
            if (
                issuer is not None
                and not issuer.existed(date)
                and issuer.level in _LIVES
                and _is_said(draft, one, code)
            ):
                values = {"number": one.named, "date": dated(date), "issuer": issuer.name, "life": _life(issuer)}
                yield Raised("date_issuer", values, one)


def _is_said(draft: Draft, one: Cited, code: str) -> bool:
    """Whether the words behind a number do not name quite another organ, which a code like that of an old one is of."""
    named = draft.tail(one).issuer
    return named is None or related(code, named[2])


_LIVES = ("central", "ministry", "general")
"""Levels whose organs' first and last days are known well enough."""


def _life(issuer: issuers.Issuer) -> Pair:
    began, ended = issuer.valid_from or "…", issuer.valid_to or "…"
    return Pair(f"{began} – {ended}", f"{began} – {ended}")


def _same_document(one: Cited) -> tuple[str, ...]:
    citation = one.citation
    return (str(citation.number), str(citation.body), str(citation.province), str(citation.unit))


def _listed(dates: list[str]) -> Pair:
    both = [dated(date) for date in dates]
    return Pair(", ".join(one.vi for one in both), ", ".join(one.en for one in both))


def _strongest(dates: list[tuple[Known, Statement]]) -> tuple[Known, Statement]:
    return min(dates, key=lambda pair: (not certain(pair[1]), -pair[1].count, pair[1].value))


def _other_date(code: str, one: Cited, date: str, known: Known, stated: Statement) -> Raised:
    said = stated.source.message
    values = {"number": one.named, "date": dated(date), "known": dated(stated.value), "source": Pair(said.vi, said.en)}
    return Raised(code, values, one, evidence=(backing(stated, known.id),), suggestion=citation_of(known))


def _standing(known: Known | None) -> str | None:
    return citation_of(known) if known is not None else None


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _year_conflicts(one: Cited, date: str) -> bool:
    parts = number_parts(one.citation.number or "")
    return bool(parts and parts.year and not date.startswith(parts.year))


def unsure_reading(draft: Draft) -> Iterator[Raised]:
    """A date on a scan whose digits two recognisers read differently."""
    for one in draft.others:
        if DOUBTFUL_DATE in one.citation.notes and one.citation.date is not None:
            seen = [note.removeprefix(READING) for note in one.citation.notes if note.startswith(READING)]
            values = {"number": one.named, "date": dated(one.citation.date), "seen": ", ".join(seen) or "-"}
            yield Raised("date_unsure", values, one)


RULES = (unsure_reading, impossible, ill_formed, year_of_number, against_sources, two_dates, after_draft, before_issuer)
