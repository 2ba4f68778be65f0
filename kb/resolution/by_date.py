"""Parting the mentions of a key by their dates: rules 2 to 5 of ``kb.resolution.clusters``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kb.identity.numbering import is_full, is_slip
from kb.identity.title_likeness import SAME_TITLE, title_score
from kb.resolution.cluster import Cluster, Clusters, Mention, Open, not_after

_NEAR_TITLE = 0.6
"""Share of the words that two titles have in common where the dates differ by a slip (chosen on plans)."""
_COMPARED = 12
"""Mentions of a date whose titles are compared with those of another date: more say nothing new."""


def _same_document(one: Sequence[Mention], other: Sequence[Mention], a: str, b: str) -> bool:
    """Rule 2, for the mentions of two full dates."""
    near = is_slip(a, b)
    if a[:4] != b[:4] and not near:
        return False  # whatever the titles: of most pairs of dates they need not be compared
    best = max((title_score(x.title, y.title) for x in one[:_COMPARED] for y in other[:_COMPARED]), default=0.0)
    if best >= SAME_TITLE and a[:4] == b[:4]:
        return True
    return best >= _NEAR_TITLE and near


def by_text(mentions: Sequence[Mention]) -> dict[str, list[Mention]]:
    """The mentions of each text, by its scope."""
    grouped: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        grouped[mention.scope].append(mention)
    return grouped


def by_date(mentions: Sequence[Mention], others: Sequence[Cluster]) -> Clusters:
    """Rules 2 to 5; ``others`` are documents of the key's yearly series, which an undated mention may mean too."""
    full: dict[str, list[Mention]] = defaultdict(list)
    partial: dict[str, list[Mention]] = defaultdict(list)
    undated = by_text([mention for mention in mentions if mention.date is None])
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
    ambiguous += join_undated(undated, known)
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


def join_undated(undated: dict[str, list[Mention]], clusters: list[Cluster]) -> list[Open]:
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
