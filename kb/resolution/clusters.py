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
from dataclasses import dataclass, field

from kb.authority.terms import covers
from kb.identity.key import INDIVIDUAL, LATER
from kb.identity.numbering import UNSTATED, is_full, is_slip, series_register, series_term, series_year
from kb.identity.title_likeness import SAME_TITLE, in_words, same_title, title_score

_NEAR_TITLE = 0.6
"""Share of the words that two titles have in common where the dates differ by a slip (chosen on plans)."""
_COMPARED = 12
"""Mentions of a date whose titles are compared with those of another date: more say nothing new."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of a key: a citation, with ``own`` a held document's header, with ``listed`` a register's row.

    ``file`` tells which text it stands in, ``scope`` that text's eight hex digits, ``cited_on`` the citing
    document's date, ``series`` is ``Identity.series``, ``sentence`` where it stands, for one without date and title;
    ``weight``: how many citations alike it stands for, of which text and ``cited_on`` play no part (see ``mentions``).
    """

    id: int
    own: bool
    file: int
    date: str | None
    title: str | None
    scope: str
    cited_on: str | None = None
    series: str | None = None
    sentence: str | None = None
    weight: int = 1
    listed: bool = False

    @property
    def cited(self) -> bool:
        """Whether it is a citation."""
        return not self.own and not self.listed


@dataclass(slots=True)
class Cluster:
    """One document of a key. ``anchor``: the date that tells it from others (full, partial or None); ``scope``: set
    where only one text can tell what is meant; ``series`` as of its mentions."""

    anchor: str | None
    scope: str = ""
    series: str | None = None
    members: list[tuple[Mention, str]] = field(default_factory=list)
    dates: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    texts: set[int] = field(default_factory=set)
    """The texts in which it is mentioned (``Mention.file``)."""

    def add(self, mention: Mention, method: str) -> None:
        """Take a mention in; ``method`` says by which rule."""
        self.members.append((mention, method))
        self.texts.add(mention.file)
        if mention.date:
            self.dates.add(mention.date)
        if mention.title:
            self.titles.add(mention.title)

    def has_date(self, date: str | None) -> bool:
        """Whether a date is one that mentions of this document give, but for a slip."""
        return date is not None and any(_dates_agree(date, own) for own in self.dates)

    def has_title(self, title: str | None) -> bool:
        """Whether a title agrees with one under which this document is mentioned."""
        return title is not None and any(same_title(title, own) for own in self.titles)

    def is_told_by(self, sentence: str | None) -> bool:
        """Whether a sentence says a title under which this document is mentioned."""
        return sentence is not None and any(in_words(sentence, own) for own in self.titles)


@dataclass(frozen=True, slots=True)
class Clusters:
    """The documents of one key and the mentions that could not be given to one: (mention, method, candidates)."""

    found: tuple[Cluster, ...]
    ambiguous: tuple[tuple[Mention, str, tuple[Cluster, ...]], ...]


Open = tuple[Mention, str, tuple[Cluster, ...]]
"""A mention that could not be given to one document, the rule that says so, and the documents it may mean."""


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
        return _by_date(_without_year(mentions, found), others)
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
    ambiguous = _join_undated(_by_text(mentions), lives)
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


def _dates_agree(one: str, other: str) -> bool:
    if is_full(one) and is_full(other):
        return one == other or is_slip(one, other)
    return one.startswith(other) or other.startswith(one)


def _same_document(one: Sequence[Mention], other: Sequence[Mention], a: str, b: str) -> bool:
    """Rule 2, for the mentions of two full dates."""
    best = max((title_score(x.title, y.title) for x in one[:_COMPARED] for y in other[:_COMPARED]), default=0.0)
    if best >= SAME_TITLE and a[:4] == b[:4]:
        return True
    return best >= _NEAR_TITLE and is_slip(a, b)


def _by_text(mentions: Sequence[Mention]) -> dict[str, list[Mention]]:
    grouped: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        grouped[mention.scope].append(mention)
    return grouped


def _by_date(mentions: Sequence[Mention], others: Sequence[Cluster]) -> Clusters:
    """Rules 2 to 5; ``others`` are documents of the key's yearly series, which an undated mention may mean too."""
    full: dict[str, list[Mention]] = defaultdict(list)
    partial: dict[str, list[Mention]] = defaultdict(list)
    undated = _by_text([mention for mention in mentions if mention.date is None])
    for mention in mentions:
        if mention.date is None:
            continue
        if is_full(mention.date):
            full[mention.date].append(mention)
        else:
            partial[mention.date].append(mention)
    clusters = _merge_dates(full)
    ambiguous = _join_partial(partial, clusters)
    known = [*others, *clusters]
    ambiguous += _join_undated(undated, known)
    return Clusters(tuple(known[len(others) :]), tuple(ambiguous))


def _merge_dates(full: dict[str, list[Mention]]) -> list[Cluster]:
    """Clusters of full dates; the anchor is the date most texts give, of an own header first, then of a register."""
    dates = sorted(full)
    parent = {date: date for date in dates}

    def root(date: str) -> str:
        while parent[date] != date:
            date = parent[date]
        return date

    for i, one in enumerate(dates):
        for other in dates[i + 1 :]:
            if root(one) != root(other) and _same_document(full[one], full[other], one, other):
                parent[root(other)] = root(one)
    groups: dict[str, list[str]] = defaultdict(list)
    for date in dates:
        groups[root(date)].append(date)
    clusters = []
    for group in groups.values():
        anchor = min(group, key=lambda date: (*_told_by(full[date]), -_texts(full[date]), date))
        made = Cluster(anchor)
        for date in group:
            for mention in full[date]:
                method = "own_header" if mention.own else ("date" if date == anchor else "title_and_date_slip")
                made.add(mention, method)
        clusters.append(made)
    return clusters


def _told_by(mentions: Sequence[Mention]) -> tuple[bool, bool]:
    """Less for what an own header says, then for what a register says."""
    return not any(one.own for one in mentions), not any(one.listed for one in mentions)


def _texts(mentions: Sequence[Mention]) -> int:
    """In how many texts these mentions stand."""
    return sum({mention.file: mention.weight for mention in mentions}.values())


def _join_partial(partial: dict[str, list[Mention]], clusters: list[Cluster]) -> list[Open]:
    """Rule 3: a month joins a day, a year joins a month or a day, where there is one only."""
    ambiguous = []
    for date in sorted(partial, key=lambda d: (-len(d), d)):
        fitting = [c for c in clusters if any(known.startswith(date) for known in c.dates)]
        if not fitting:
            made = Cluster(date)
            clusters.append(made)
            fitting = [made]
        for mention in partial[date]:
            if len(fitting) == 1:
                fitting[0].add(mention, "own_header" if mention.own else "partial_date")
                continue
            if not mention.cited:  # a held text, or a row of a register, is a document of its own, never one of several
                made = Cluster(date, scope=mention.scope)
                made.add(mention, "own_header" if mention.own else "partial_date")
                clusters.append(made)
                continue
            twins = [c for c in fitting if mention.file in c.texts]
            if len(twins) == 1:
                twins[0].add(mention, "twin_in_document")
            else:
                ambiguous.append((mention, "several_dates", tuple(fitting)))
    return ambiguous


def _join_undated(undated: dict[str, list[Mention]], clusters: list[Cluster]) -> list[Open]:
    """Rules 4 and 5; what they make is added to ``clusters``."""
    dated = tuple(clusters)
    ambiguous: list[Open] = []
    for scope in sorted(undated):
        loose: list[Mention] = []
        unsure: list[Open] = []
        for mention in undated[scope]:
            meant, method = ((), "") if mention.own else _told_by_evidence(mention, dated)
            if method:
                meant[0].add(mention, method)
            elif meant and not mention.listed:
                unsure.append((mention, "only_one_known" if len(meant) == 1 else "several_known", meant))
            else:
                loose.append(mention)
        if loose:
            made = _undated(scope, loose)
            clusters.append(made)
            if any(m.own for m in loose):  # the text's own number, undated in its header and in its body
                unsure = _take_own(made, unsure)
        ambiguous.extend(unsure)
    return ambiguous


def _take_own(held: Cluster, unsure: Sequence[Open]) -> list[Open]:
    """What is left in doubt when the undated mentions of a held text's own number are given to it."""
    left = []
    for one in unsure:
        if one[0].date is None:
            held.add(one[0], "twin_in_document")
        else:
            left.append(one)
    return left


def _told_by_evidence(mention: Mention, dated: Sequence[Cluster]) -> tuple[tuple[Cluster, ...], str]:
    """Rule 4: (the only document that evidence tells, by which evidence), or (all that it may mean, "")."""
    possible = tuple(one for one in dated if not_after(one.anchor, mention.cited_on))
    twins = tuple(one for one in dated if mention.file in one.texts)
    if len(twins) == 1:
        return twins, "twin_in_document"
    titled = tuple(one for one in possible if one.has_title(mention.title))
    if len(titled) == 1:
        return titled, "title"
    told = tuple(one for one in possible if one.is_told_by(mention.sentence))
    if len(told) == 1:
        return told, "title_in_sentence"
    return twins or possible, ""


def _undated(scope: str, mentions: Sequence[Mention]) -> Cluster:
    """Rule 5: a document of which only one text knows."""
    made = Cluster(None, scope=scope)
    for mention in mentions:
        made.add(mention, "own_header" if mention.own else "undated")
    return made


def not_after(anchor: str | None, cited_on: str | None) -> bool:
    """A document cannot be cited before it exists."""
    return not (anchor and cited_on) or anchor[: len(cited_on)] <= cited_on[: len(anchor)]
