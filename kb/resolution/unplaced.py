"""Citations whose province no evidence gives: candidates from all provinces, a link only through a twin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass

import sqlalchemy as sa

from kb.identity.numbering import UNKNOWN, is_full
from kb.identity.title_likeness import same_title
from kb.resolution.cluster import Cluster, Mention
from kb.store.schema import citation, document, file


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document of a known place that a citation of an unknown one may mean; ``titles`` as citations and its own
    header give them."""

    id: int
    anchor: str | None
    series: str | None
    titles: tuple[str, ...]


def elsewhere_of(
    connection: sa.Connection, keys: Sequence[str], dates: Collection[str | None]
) -> dict[str, list[Candidate]]:
    """Documents of known places by the key without the place; titles are told of those of one of the full ``dates``
    only, since nothing else is told by its title."""
    tails = [tail_of(key) for key in keys]
    found: dict[str, list[Candidate]] = defaultdict(list)
    rows = connection.execute(
        sa.select(document.c.id, document.c.key_without_place, document.c.key_date, document.c.series)
        .where(document.c.key_without_place.in_(tails), document.c.place != UNKNOWN)
        .order_by(document.c.slug)
    ).all()
    dated = [row.id for row in rows if row.key_date is not None and is_full(row.key_date) and row.key_date in dates]
    titles = _titles(connection, dated) if dated else {}
    for id_, tail, anchor, series in rows:
        found[tail].append(Candidate(id_, anchor, series, tuple(sorted(titles.get(id_, ())))))
    return found


def tail_of(key: str) -> str:
    """A key without the place."""
    return key.partition("/")[2]


def _titles(connection: sa.Connection, ids: Sequence[int]) -> dict[int, set[str]]:
    """The titles given to documents of known places, straight from the texts: a document's own row is settled later."""
    c, f = citation.c, file.c
    given: dict[int, set[str]] = defaultdict(set)
    for id_, title in connection.execute(
        sa.select(c.target_id, c.title)
        .where(c.target_id.in_(ids), c.title.is_not(None), ~c.key.startswith(f"{UNKNOWN}/"))
        .distinct()
    ):
        given[id_].add(title)
    for id_, title in connection.execute(
        sa.select(f.document_id, f.title).where(f.document_id.in_(ids), f.title.is_not(None))
    ):
        given[id_].add(title)
    return given


def without_place(
    mentions: Sequence[Mention], elsewhere: Sequence[Candidate], twins: Mapping[int, Set[int]]
) -> tuple[list[Cluster], list[tuple[Mention, int, str]], list[tuple[Mention, str, list[int]]]]:
    """Mentions whose province no evidence gives: (documents of their own, links by a twin, ambiguous ones).

    A twin in the same text that names its province decides (``twins``: by text the documents that such citations mean
    there); without one the candidates of all provinces are kept.
    """
    by_text: dict[str, list[Mention]] = defaultdict(list)  # copies of one file are one text
    for mention in sorted(mentions, key=lambda m: (m.scope, not m.own, m.date or "", m.id)):
        by_text[mention.scope].append(mention)
    own: list[Cluster] = []
    linked: list[tuple[Mention, int, str]] = []
    ambiguous: list[tuple[Mention, str, list[int]]] = []
    for group in by_text.values():
        if any(mention.own for mention in group):
            own.append(_held(group))
            continue
        loose = []
        for mention in group:
            fitting, method = _fitting(mention, elsewhere, twins.get(mention.file, set()))
            if method:
                linked.append((mention, fitting[0], method))
            elif fitting:
                ambiguous.append((mention, "province_unknown", fitting))
            else:
                loose.append(mention)
        own.extend(_known_here_only(loose))
    return own, linked, ambiguous


def _fitting(mention: Mention, elsewhere: Sequence[Candidate], twins: Set[int]) -> tuple[list[int], str]:
    """(the only document that evidence tells, by which evidence), or (all that fit, "")."""
    fitting = [known.id for known in elsewhere if _fits(mention, known)]
    if len(twins) == 1 and twins <= set(fitting):
        return list(twins), "twin_in_document"
    alike = [known.id for known in elsewhere if _is_the_same(mention, known)]
    return fitting, "title_and_date" if len(alike) == 1 and fitting == alike else ""


def _held(mentions: Sequence[Mention]) -> Cluster:
    """The document whose own header gives no province: whatever its text cites by that number is itself."""
    head = next(mention for mention in mentions if mention.own)
    made = Cluster(head.date, scope=head.scope, series=head.series)
    for mention in mentions:
        made.add(mention, "own_header" if mention.own else "twin_in_document")
    return made


def _known_here_only(mentions: Sequence[Mention]) -> list[Cluster]:
    """Documents of which only one text knows: one for each series, or for each date where there is none."""
    made: dict[tuple[str | None, str | None], Cluster] = {}
    for mention in mentions:
        told_apart = (mention.series, None if mention.series else mention.date)
        one = made.setdefault(told_apart, Cluster(mention.date, scope=mention.scope, series=mention.series))
        one.add(mention, "undated" if mention.date is None else "province_unknown")
    return list(made.values())


def twins_of(connection: sa.Connection, tail: str, files: Sequence[int]) -> dict[int, set[int]]:
    """Per text the documents that other citations of the same number, of a known province, mean there."""
    found: dict[int, set[int]] = defaultdict(set)
    c = citation.c
    rows = connection.execute(
        sa.select(c.file_id, c.target_id)
        .where(c.key_without_place == tail, c.file_id.in_(files))
        .where(c.target_id.is_not(None), ~c.key.startswith(f"{UNKNOWN}/"))
        .distinct()
    )
    for file_id, target in rows:
        found[file_id].add(target)
    return found


def _is_the_same(mention: Mention, known: Candidate) -> bool:
    """The same number, unit and full date, and the same title: no two provinces have that in common."""
    dated = mention.date is not None and is_full(mention.date) and mention.date == known.anchor
    return dated and any(same_title(mention.title, title) for title in known.titles)


def _fits(mention: Mention, known: Candidate) -> bool:
    if mention.series is not None or known.series is not None:
        if (
            mention.date
            and known.anchor
            and is_full(mention.date)
            and is_full(known.anchor)
            and mention.date != known.anchor
        ):
            return False
        return (mention.series or "")[:4] == (known.series or "")[:4]
    one, other = mention.date, known.anchor
    return not one or not other or one.startswith(other) or other.startswith(one)
