"""What goes into a search index and what comes out of it, whichever engine holds it: plain data."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson

FACETS = ("type", "province", "issuer", "level", "year", "period", "role", "status", "relation", "implements")
"""The properties counted beside every result. A document has one value of each at most, but any number of relations
and of documents that it implements."""

FACET_VALUES = 100
"""Values of one facet that an answer counts, at most: the most frequent."""

HISTORY_VALUES = 65_000
"""Values of ``status`` that an engine counts: it holds histories, from which the status on a day is told."""

TEXT_FIELDS = ("folded", "exact", "words", "pairs", "title", "title_exact", "title_pairs", "facts")
"""Fields of terms that rank (``indexer.words.analysis.Terms``); ``pairs`` has positions."""

KEY_FIELDS = ("id", "number", "issuer_words", "title_words", "known_words", "codes", "cites")
"""Fields of keys that match whole, without weight."""


NO_DAY = 99_999_999
"""Stands for an unknown day where the oldest come first."""


def day_number(date: str | None) -> int:
    """An ISO date as YYYYMMDD, 0 where unknown; a partial date counts as its beginning."""
    return int(((date or "").replace("-", "") + "00000000")[:8])


def rounded(score: float) -> float:
    """A score as documents are ordered by: engines reckon with more or fewer digits."""
    return round(float(score), 3)


def most_frequent(counts: Iterable[tuple[str, int]], most: int = FACET_VALUES) -> tuple[tuple[str, int], ...]:
    """The values of a facet as an answer gives them: most frequent first, ties by value, ``most`` at most."""
    return tuple(sorted(counts, key=lambda item: (-item[1], item[0]))[:most])


def counted(facet: str) -> int:
    """How many values of a facet an engine counts, at most."""
    return HISTORY_VALUES if facet == "status" else FACET_VALUES


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """One document as the index takes it.

    ``text`` is what is searched (the repaired text), empty for a document that is only cited; ``type`` the word for
    its type ("Quyết định"); ``issuer`` the body as shown, ``issuer_names`` what else it is called; ``role`` ``held``
    or ``cited_only``; ``level`` the issuer's rung; ``period`` the years that it is for; ``status`` its history
    (``indexer.facets``); ``relations`` those of this document to the documents it cites, ``cites`` the ids of these;
    ``implements`` the ids of those that it implements; ``weight`` the number of documents that cite this one. ``stamp``
    changes whenever anything here does.
    """

    id: str
    number: str | None = None
    title: str | None = None
    text: str = ""
    type: str | None = None
    province: str | None = None
    issuer: str | None = None
    date: str | None = None
    year: str | None = None
    role: str = "held"
    relations: tuple[str, ...] = ()
    issuer_names: tuple[str, ...] = ()
    weight: int = 0
    stamp: str = ""
    level: str | None = None
    period: str | None = None
    status: str | None = None
    implements: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()

    def facet(self, name: str) -> tuple[str, ...]:
        """The values of one facet; empty where unknown."""
        if name in ("relation", "implements"):
            return self.relations if name == "relation" else self.implements
        value = getattr(self, name)
        return (value,) if value else ()

    @property
    def tie(self) -> int:
        """Orders documents of one score, alike in every engine."""
        return int.from_bytes(hashlib.blake2b(self.id.encode("utf-8", "surrogatepass"), digest_size=7).digest())

    def packed(self) -> bytes:
        """What the index keeps to show the document without the store: a line of what is known of it, and its text."""
        kept = (self.id, self.number, self.title, self.type, self.province, self.issuer, self.date, self.year)
        head = orjson.dumps([*kept, self.role, self.weight, self.issuer_names])
        return head + b"\n" + self.text.encode()


@dataclass(frozen=True, slots=True)
class Shown:
    """What the index keeps of a document, to show it in a list and to quote from it; ``kept``: its text as bytes, of
    which mostly the beginning is looked at."""

    id: str
    number: str | None
    title: str | None
    type: str | None
    province: str | None
    issuer: str | None
    date: str | None
    year: str | None
    role: str
    weight: int
    issuer_names: tuple[str, ...] = ()
    kept: bytes = b""

    @classmethod
    def unpacked(cls, packed: bytes) -> Shown:
        """What ``IndexDocument.packed`` made."""
        head, _, text = packed.partition(b"\n")
        known: list[Any] = [*orjson.loads(head), text]
        return cls(*known)

    @property
    def text(self) -> str:
        """Its whole text; empty for a document that is only cited."""
        return self.kept.decode()

    def beginning(self, size: int) -> str:
        """The first ``size`` characters of its text, or some more."""
        return self.kept[: 4 * size].decode(errors="ignore")


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found; ``score`` is comparable within one answer only."""

    document: Shown
    score: float


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of an answer. ``total`` counts all that match; ``facets``: name → ``(value, count)``, most first.

    A facet's counts leave that facet's own filter out, so that a reader sees what choosing another value would give.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion of what was typed: a document by its number or its title."""

    id: str
    number: str | None
    title: str | None
    weight: int
