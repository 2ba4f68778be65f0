"""What the mentions of one key mean, whether they stand in stored texts or in a pasted one: the one place where it is
decided. A pure function; what it needs of the base it is given.

In order: a reviewed correction, a name that joins a numbered document (``name_joins``), then the rules of ``clusters``,
or those of ``unplaced`` where no evidence gives the province.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from kb.identity.numbering import UNKNOWN
from kb.resolution.by_hand import Forced
from kb.resolution.cluster import Cluster, Mention
from kb.resolution.clusters import cluster
from kb.resolution.name_joins import Join
from kb.resolution.permalinks import slugs_of
from kb.resolution.unplaced import Candidate, without_place


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """For a key whose province is not known: ``known``, the documents of known places with the rest of the key, and by
    text ``twins``, those of them that other citations of that text mean."""

    known: Sequence[Candidate]
    twins: Mapping[int, Set[int]]


@dataclass(frozen=True, slots=True)
class Made:
    """A document of the key. ``heir``: the row of the one that a correction says it is."""

    cluster: Cluster
    slug: str
    heir: int | None


@dataclass(frozen=True, slots=True)
class Linked:
    """A mention that means a document of another key, or one that a correction names; ``score``: see ``Join``."""

    mention: Mention
    target: int
    method: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Undecided:
    """A mention that may mean several documents: rows, or documents of this key."""

    mention: Mention
    method: str
    choice: tuple[int | Cluster, ...]


@dataclass(slots=True)
class Decision:
    """What the mentions of one key mean."""

    made: list[Made] = field(default_factory=list)
    linked: list[Linked] = field(default_factory=list)
    undecided: list[Undecided] = field(default_factory=list)


def stage(key: str) -> int:
    """When a key is decided: keys of a known place first (0), since a citation of an unknown one (2) looks among their
    documents; among them numbers before names (1), since a programme cited by name may be a numbered document."""
    if key.startswith(f"{UNKNOWN}/"):
        return 2
    return 1 if "/x-" in key else 0


def decide(
    key: str,
    mentions: Sequence[Mention],
    *,
    forced: Forced,
    joins: Mapping[int, Join],
    elsewhere: Elsewhere | None = None,
) -> Decision:
    """What each mention of a key means; ``joins`` by citation, ``elsewhere`` for a key without a place."""
    decision = Decision()
    left: list[Mention] = []
    for mention in mentions:
        by_hand = forced.splits.get((mention.file, mention.id)) if mention.cited else None
        join = joins.get(mention.id) if mention.cited else None
        if by_hand is not None:
            decision.linked.append(Linked(mention, by_hand, "correction"))
        elif join is None:
            left.append(mention)
        elif join.target is None:
            decision.undecided.append(Undecided(mention, join.method, join.choice))
        else:
            decision.linked.append(Linked(mention, join.target, join.method, join.score))
    if elsewhere is None:
        clusters = cluster(left)
        found: Sequence[Cluster] = clusters.found
        decision.undecided.extend(Undecided(*one) for one in clusters.ambiguous)
    else:
        found, linked, ambiguous = without_place(left, elsewhere.known, elsewhere.twins)
        decision.linked.extend(Linked(*one) for one in linked)
        decision.undecided.extend(Undecided(mention, method, tuple(choice)) for mention, method, choice in ambiguous)
    slugs = slugs_of(key, found)
    decision.made = [Made(one, slug, forced.merges.get(slug)) for one, slug in zip(found, slugs, strict=True)]
    return decision


def status_of(method: str) -> str:
    """The status of a mention that makes a document: of an undated one only its own text can tell what is meant."""
    return "unresolved" if method == "undated" else "resolved"
