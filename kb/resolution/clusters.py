"""Which mentions of one key are one document: a pure function of the mentions, whatever their order.

A key (``Identity.key``) leaves open which year and date are meant. Rules, in order:

1. A number that carries its year, a standard, a named document, or a dated number of a central organ is one document
   for each year (``Mention.series``); differing dates are a finding.
2. Full dates part the rest. Two dates of one number and year are one document only where the titles agree, or agree
   nearly and the dates differ by a slip; otherwise two (two registers exist: the Committee's and the Chairman's).
3. A partial date joins the only document it fits; where it fits several it is ambiguous.
   A province formed anew within the year begins at 1 again: its earlier and its later life are two series.
4. A mention without any date (or of an unknown life) joins a document only on evidence: the same text dates this
   number elsewhere, the titles agree with one document only, or its sentence says the title of one only. Otherwise
   it keeps its candidates, also when only one is known; a row of a register is then a document of its own.
5. Nothing known: the mentions of one text form a document of their own, year unknown.
6. Laws and resolutions of the National Assembly are two series of one code. A mention without a type word joins the
   one whose date it gives, else the one that the same text or the title tells, else the only one known; two known and
   nothing to tell them, or another date than that of the only one, leave it open.
7. Party numbers begin at 1 again with each term: an undated one whose term the sentence names is the one of that term.
8. A number with its year (63/2024/QĐ-UBND) and the same ordinal without (63/QĐ-UBND) are two series, unless day and
   title agree: then the year was left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from kb.authority.terms import covers
from kb.identity.key import INDIVIDUAL, LATER
from kb.identity.numbering import UNSTATED, is_full, series_register, series_term, series_year
from kb.resolution.by_date import by_date, by_text, join_undated
from kb.resolution.cluster import Cluster, Clusters, Mention, Open


def cluster(mentions: Sequence[Mention]) -> Clusters:
    """Part the mentions of one key into documents."""
    by_series: dict[str | None, list[Mention]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda m: (m.date or "", m.scope, not m.own, m.id)):
        by_series[mention.series].append(mention)
    found: list[Cluster] = []
    ambiguous: list[Open] = []
    for series in sorted(by_series, key=_turn):
        _take(_decide(series, by_series[series], found), found, ambiguous)
    return Clusters(tuple(found), tuple(ambiguous))


def _turn(series: str | None) -> tuple[int, str]:
    """When the mentions of a series are decided: those that need no others first."""
    if series is None:
        return 3, ""
    if series.endswith(UNSTATED):
        return 4, series
    if series_term(series) is not None:
        return 2, series
    return int(_is_individual(series)), series


def _decide(series: str | None, mentions: Sequence[Mention], found: Sequence[Cluster]) -> Clusters:
    """The documents that the mentions of one series add to those found, which may take some of them in."""
    if series is None:
        others = [one for one in found if _is_individual(one.series) or series_term(one.series)]
        return by_date(_without_year(mentions, found), others)
    if series.endswith(UNSTATED):
        return (_without_type if series_register(series) else _without_life)(mentions, series, found)
    if series_term(series) is not None:
        return _of_term(mentions, series, found)
    return _one_series(_without_year(mentions, found) if _is_individual(series) else mentions, series)


def _take(part: Clusters, found: list[Cluster], ambiguous: list[Open]) -> None:
    found.extend(part.found)
    ambiguous.extend(part.ambiguous)


def _is_individual(series: str | None) -> bool:
    """Whether a series is that of an organ's individual documents of a year."""
    return series is not None and series.endswith(INDIVIDUAL)


def _without_year(mentions: Sequence[Mention], found: Sequence[Cluster]) -> list[Mention]:
    """Rule 8: the mentions left when those are given away that only leave out the year of a number found."""
    left = []
    for mention in mentions:
        normative = [
            one
            for one in found
            if mention.date is not None
            and is_full(mention.date)
            and mention.date == one.anchor
            and series_year(one.series) == mention.date[:4]
            and not _is_individual(one.series)
        ]
        agrees = len(normative) == 1 and normative[0].has_title(mention.title)
        if agrees:
            normative[0].add(mention, "own_header" if mention.own else "title")
        else:
            left.append(mention)
    return left


def _one_series(mentions: Sequence[Mention], series: str) -> Clusters:
    """Rule 1."""
    own_dates = sorted({m.date for m in mentions if m.own and m.date and is_full(m.date)})
    if len(own_dates) < 2:
        whole = Cluster(own_dates[0] if own_dates else _day_of_most(mentions, series), series=series)
        for mention in mentions:
            whole.add(mention, "own_header" if mention.own else "key")
        return Clusters((whole,), ())
    found = {date: Cluster(date, series=series) for date in own_dates}
    ambiguous = []
    for mention in mentions:
        if mention.date in found:
            found[mention.date].add(mention, "own_header" if mention.own else "date")
        elif mention.own:
            found[own_dates[0]].add(mention, "own_header")
        else:
            ambiguous.append((mention, "own_headers_differ", tuple(found.values())))
    return Clusters(tuple(found.values()), tuple(ambiguous))


def _day_of_most(mentions: Sequence[Mention], year: str) -> str | None:
    """The day that most mentions give, rather one that a register gives, rather one of the number's year."""
    days: Counter[str] = Counter()
    listed: set[str] = set()
    for mention in mentions:
        if mention.date and is_full(mention.date):
            days[mention.date] += mention.weight
            if mention.listed:
                listed.add(mention.date)
    ranked = sorted(days, key=lambda day: (day not in listed, day[:4] != year, -days[day], day))
    return ranked[0] if ranked else None


def _without_life(mentions: Sequence[Mention], series: str, found: Sequence[Cluster]) -> Clusters:
    """Rule 3, for a number of the year in which its province was formed anew, where no date tells of which life."""
    lives = [one for one in found if one.series is not None and one.series.rstrip(LATER) == series.rstrip(UNSTATED)]
    known = len(lives)
    ambiguous = join_undated(by_text(mentions), lives)
    for made in lives[known:]:
        made.series = series
    return Clusters(tuple(lives[known:]), tuple(ambiguous))


def _without_type(mentions: Sequence[Mention], series: str, found: Sequence[Cluster]) -> Clusters:
    """Rule 6: acts of the legislature cited without a type word, beside the law and the resolution of that number."""
    acts = [one for one in found if series_year(one.series) == series_year(series)]
    if not acts:
        return _one_series(mentions, series_year(series) or "")
    ambiguous = []
    for mention in mentions:
        meant, method = _act_meant(mention, acts)
        if mention.own:
            (meant or acts[0]).add(mention, "own_header")
        elif meant is not None:
            meant.add(mention, method)
        else:
            ambiguous.append((mention, "type_not_stated", tuple(acts)))
    return Clusters((), tuple(ambiguous))


def _act_meant(mention: Mention, acts: Sequence[Cluster]) -> tuple[Cluster | None, str]:
    """The act that a mention without a type word means, and what tells it; None where nothing does."""
    dated = [act for act in acts if act.has_date(mention.date)]
    if len(dated) == 1:
        return dated[0], "date"
    others = [act for act in acts if not (mention.date and act.dates)]  # no date speaks for or against
    twins = [act for act in acts if mention.file in act.texts]
    if len(twins) == 1 and twins[0] in others:
        return twins[0], "twin_in_document"
    titled = [act for act in acts if act.has_title(mention.title)]
    if len(titled) == 1:
        return titled[0], "title"
    return (others[0], "key") if len(acts) == len(others) == 1 else (None, "")


def _of_term(mentions: Sequence[Mention], series: str, found: Sequence[Cluster]) -> Clusters:
    """Rule 7: the document of that term, made where none is known."""
    term = series_term(series) or ""
    within = [one for one in found if one.anchor and covers(term, one.anchor)]
    if len(within) > 1:
        return Clusters((), tuple((mention, "several_known", tuple(within)) for mention in mentions))
    meant = within[0] if within else Cluster(None, series=series)
    for mention in mentions:
        meant.add(mention, "own_header" if mention.own else "party_term")
    return Clusters(() if within else (meant,), ())
