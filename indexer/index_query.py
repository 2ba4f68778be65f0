"""A query as an index evaluates it: terms of index fields, combined.

``indexer.query.plan`` makes a ``Plan`` from the tree of a query; it knows nothing of Vietnamese or of any engine.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """Documents that have ``key`` in ``field``, scored by BM25 times ``weight`` (0: no score)."""

    field: str
    key: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Sequence:
    """Documents that have the keys of ``field`` at the given distances: ``(offset, key)``, the first offset 0."""

    field: str
    keys: tuple[tuple[int, str], ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Ids:
    """The documents with these ids, without score."""

    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class All:
    """Every document, without score."""


@dataclass(frozen=True, slots=True)
class Both:
    """Documents that all ``parts`` find; scores add up."""

    parts: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Documents that some part finds; scores add up. Without parts: none."""

    parts: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Documents that ``part`` does not find, without score."""

    part: Plan


@dataclass(frozen=True, slots=True)
class Ranked:
    """Documents that ``must`` finds; what ``should`` finds only adds to the score."""

    must: Plan
    should: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Documents that ``count`` of the ``parts`` find, or more; scores of those add up."""

    count: int
    parts: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Worth:
    """Documents that ``part`` finds, each with the same score."""

    part: Plan
    score: float


Plan = Term | Sequence | Ids | All | Both | Either | Without | Ranked | AtLeast | Worth
