"""Permalinks of the documents of one key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from kb.identity.key import Identity, year_of
from kb.identity.numbering import UNKNOWN, series_register, series_year
from kb.resolution.cluster import Cluster


def identity_of(key: str, made: Cluster) -> Identity:
    """The identity of one document of a key."""
    place, unit, organ, kind, ordinal = key.split("/")
    year = year_of(made.anchor) if made.series is None else series_year(made.series)
    scope = "" if ordinal == f"x-{made.scope}" else made.scope  # a blank number bears its text's digits already
    register = series_register(made.series)
    return Identity(place, unit, organ, kind, ordinal, year, made.anchor, made.series is not None, scope, "", register)


def slugs_of(key: str, found: Sequence[Cluster]) -> list[str]:
    """Permalinks of the documents of one key; where two would share one, each bears its date (or what is known of
    it), so that the plain one is free to lead to the document that had it first.

    A normative and an individual document of one ordinal and one day (63/2024/QĐ-UBND and 63/QĐ-UBND) are told apart
    by ``-cb`` (cá biệt) on the latter.
    """
    slugs = [identity_of(key, made).slug for made in found]
    markings: tuple[Callable[[str, Cluster], str], ...] = (
        lambda slug, made: f"{slug}@{made.anchor or (made.series or UNKNOWN).rstrip('?i')}",
        lambda slug, made: f"{slug}-cb" if made.series is None or made.series.endswith("i") else slug,
        lambda slug, made: f"{slug}-{made.scope}" if made.scope else slug,
    )
    for marked in markings:
        taken = Counter(slugs)
        slugs = [marked(slug, made) if taken[slug] > 1 else slug for slug, made in zip(slugs, found, strict=True)]
    return slugs
