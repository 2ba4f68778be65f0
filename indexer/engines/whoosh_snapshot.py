"""One committed state of the Whoosh index, ready to be asked: columns and posting lists as NumPy arrays.

Facets need every match counted, and Whoosh's own matchers take microseconds per document and term where an array
takes nanoseconds; so Whoosh is asked for whole posting lists, which are kept between queries up to a bound.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.reading import IndexReader, TermNotFound

from indexer.engines.whoosh_fields import encoded
from indexer.index_document import FACETS, TEXT_FIELDS, IndexDocument, counted, day_number, most_frequent
from indexer.index_query import All, AtLeast, Both, Either, Ids, Plan, Ranked, Sequence, Term, Without, Worth
from indexer.words.analysis import Terms

_CACHE_BYTES = 64_000_000
_K1, _B = 1.2, 0.75  # of BM25; tantivy has the same

Array = np.ndarray[Any, np.dtype[Any]]
Found = tuple[Array, Array | None]
"""Which documents match (a mask), and their scores (None: no scores)."""


def head_of(document: IndexDocument, terms: Terms) -> tuple[Any, ...]:
    """What every search needs of every document: the columns of :class:`Snapshot`."""
    values = tuple(document.facet(name) for name in FACETS)
    lengths = tuple(len(terms.placed(name)) for name in TEXT_FIELDS)
    facts = (document.id, document.stamp, document.date or "", document.weight, document.number, document.title)
    return (*facts, values, lengths, document.tie)


def _kept_length(length: int) -> int:
    """The length of a field as tantivy keeps it in one byte: exact up to 39, then in eighths of powers of two."""
    beyond = length - 24
    if beyond < 16:
        return length
    shift = beyond.bit_length() - 4
    return 24 + (beyond >> shift << shift)


class Snapshot:
    """A reader and what was read from it. Not safe for several threads at once."""

    def __init__(self, reader: IndexReader, generation: int) -> None:
        self.reader = reader
        self.generation = generation
        self.size: int = reader.doc_count_all()
        self._leaves = [(leaf, base) for leaf, base in reader.leaf_readers()]
        self._cache: OrderedDict[tuple[str, str, bool], Array] = OrderedDict()
        self._cached_bytes = 0
        self.heads: list[tuple[Any, ...] | None] = [None] * self.size
        for leaf, base in self._leaves:
            for number, stored in leaf.iter_docs():
                self.heads[base + number] = stored["head"]
        self.places = {head[0]: place for place, head in enumerate(self.heads) if head is not None}
        self.live = np.array([head is not None for head in self.heads], dtype=bool)
        self._known_norms: dict[str, Array] = {}
        self._columns: dict[str, tuple[list[str], Array, Array]] = {}

    def packed(self, place: int) -> bytes:
        """The stored form of one document."""
        value: bytes = self.reader.stored_fields(place)["packed"]
        return value

    def column(self, facet: str) -> tuple[list[str], Array, Array]:
        """The values of a facet; and, one entry for each value of each document, the document and the value."""
        known = self._columns.get(facet)
        if known is not None:
            return known
        at = FACETS.index(facet)
        numbers: dict[str, int] = {}
        places, codes = [], []
        for place, head in enumerate(self.heads):
            for value in head[6][at] if head is not None else ():
                places.append(place)
                codes.append(numbers.setdefault(value, len(numbers)))
        column = (list(numbers), np.array(places, dtype=np.int32), np.array(codes, dtype=np.int32))
        self._columns[facet] = column
        return column

    @cached_property
    def order(self) -> Array:
        """What orders documents of one score."""
        return np.array([head[8] if head else 0 for head in self.heads], dtype=np.int64)

    @cached_property
    def days(self) -> Array:
        """Dates as YYYYMMDD, 0 where unknown; a partial date counts as its beginning."""
        days = (day_number(head[2]) if head else 0 for head in self.heads)
        return np.fromiter(days, dtype=np.int64, count=self.size)

    @cached_property
    def weights(self) -> Array:
        return np.fromiter((head[3] if head else 0 for head in self.heads), dtype=np.int64, count=self.size)

    def facet_mask(self, facet: str, wanted: Collection[str]) -> Array:
        """Documents with any of the wanted values."""
        values, places, codes = self.column(facet)
        chosen = np.array([value in wanted for value in values], dtype=bool)
        mask = np.zeros(self.size, dtype=bool)
        if len(values):
            mask[places[chosen[codes]]] = True
        return mask

    def facet_counts(self, facet: str, mask: Array) -> tuple[tuple[str, int], ...]:
        """The values of a facet among the documents of ``mask``, most frequent first, ties by value."""
        values, places, codes = self.column(facet)
        counts = np.bincount(codes[mask[places]], minlength=len(values)).tolist()
        found = ((value, count) for value, count in zip(values, counts, strict=True) if count)
        return most_frequent(found, counted(facet))

    def filtered(self, mask: Array, filters: Mapping[str, Collection[str]]) -> Array:
        for facet, wanted in filters.items():
            mask = mask & self.facet_mask(facet, wanted)
        return mask

    def postings(self, field: str, key: str, *, placed: bool = False) -> Array:
        """The posting list of a key, in order of documents: columns ``document, count``; with ``placed`` one number
        for each occurrence, ``document << 32 | position``."""
        name = (field, key, placed)
        found = self._cache.get(name)
        if found is not None:
            self._cache.move_to_end(name)
            return found
        found = self._placed(field, key) if placed else self._counted(field, key)
        self._cache[name] = found
        self._cached_bytes += found.nbytes
        while self._cached_bytes > _CACHE_BYTES and len(self._cache) > 1:
            self._cached_bytes -= self._cache.popitem(last=False)[1].nbytes
        return found

    def _counted(self, field: str, key: str) -> Array:
        pairs: list[tuple[int, float]] = []
        for leaf, base in self._leaves:
            try:
                matcher = leaf.postings(field, encoded(key))
            except TermNotFound:
                continue
            while matcher.is_active():
                pairs.append((base + matcher.id(), matcher.weight()))
                matcher.next()
        return np.array(pairs, dtype=np.float64).reshape(-1, 2)

    def _placed(self, field: str, key: str) -> Array:
        places: list[int] = []
        values: list[bytes] = []
        for leaf, base in self._leaves:
            try:
                matcher = leaf.postings(field, encoded(key))
            except TermNotFound:
                continue
            while matcher.is_active():
                places.append(base + matcher.id())
                values.append(matcher.value())
                matcher.next()
        counts = np.fromiter((len(value) // 4 for value in values), dtype=np.int64, count=len(values))
        documents = np.repeat(np.array(places, dtype=np.int64), counts)
        return (documents << 32) + np.frombuffer(b"".join(values), dtype=np.uint32).astype(np.int64)

    def evaluate(self, plan: Plan) -> Found:
        """The documents a plan finds. Deleted documents may be in the mask of a negation: see :attr:`live`."""
        match plan:
            case Term(field=field, key=key, weight=weight):
                if field in FACETS:
                    return self.facet_mask(field, (key,)), None
                found = self.postings(field, key)
                return self._scored(field, found[:, 0].astype(np.int32), found[:, 1], weight)
            case Sequence(field=field, keys=keys, weight=weight):
                return self._sequence(field, keys, weight)
            case Ids(ids=ids):
                mask = np.zeros(self.size, dtype=bool)
                mask[[self.places[id] for id in ids if id in self.places]] = True
                return mask, None
            case Worth(part=part, score=score):
                mask = self.evaluate(part)[0]
                return mask, mask * score
            case AtLeast(count=count, parts=parts):
                return self._at_least(count, parts)
            case All():
                return np.ones(self.size, dtype=bool), None
            case Without(part=part):
                return ~self.evaluate(part)[0], None
            case Ranked(must=must, should=should):
                mask, scores = self.evaluate(must)
                for part in should:
                    scores = _sum(scores, self.evaluate(part)[1])
                return mask, scores
            case Both(parts=parts):
                return self._joined(parts, np.ones(self.size, dtype=bool), np.logical_and)
            case Either(parts=parts):
                return self._joined(parts, np.zeros(self.size, dtype=bool), np.logical_or)

    def _joined(self, parts: tuple[Plan, ...], mask: Array, join: Any) -> Found:
        scores = None
        for part in parts:
            other, more = self.evaluate(part)
            mask, scores = join(mask, other), _sum(scores, more)
        return mask, scores

    def _at_least(self, count: int, parts: tuple[Plan, ...]) -> Found:
        scores, times = None, np.zeros(self.size, dtype=np.int32)
        for part in parts:
            mask, more = self.evaluate(part)
            times, scores = times + mask, _sum(scores, more)
        return times >= count, scores

    def _sequence(self, field: str, keys: tuple[tuple[int, str], ...], weight: float) -> Found:
        (_, first), *rest = keys
        found = self.postings(field, first, placed=True)
        rarity = sum(self._rarity(len(self.postings(field, key))) for _, key in keys)
        for offset, key in rest:
            if not len(found):
                break
            found = np.intersect1d(found, self.postings(field, key, placed=True) - offset, assume_unique=True)
        places, counts = np.unique(found >> 32, return_counts=True)
        return self._scored(field, places, counts, weight, rarity)

    def _rarity(self, frequency: int) -> float:
        """BM25's weight of a term that so many documents have."""
        return math.log(1 + (self.size - frequency + 0.5) / (frequency + 0.5))

    def _scored(self, field: str, places: Array, counts: Array, weight: float, rarity: float | None = None) -> Found:
        """``rarity``: that of the terms in a run, which the engines add up; None: of the one term found."""
        mask = np.zeros(self.size, dtype=bool)
        mask[places] = True
        if not weight or field not in TEXT_FIELDS:
            return mask, None
        scores = np.zeros(self.size)
        rarity = self._rarity(len(places)) if rarity is None else rarity
        saturation = counts * (_K1 + 1) / (counts + self._norms(field)[places])
        scores[places] = weight * rarity * saturation
        return mask, scores

    def _norms(self, field: str) -> Array:
        """BM25's length norm of each document, by the length of a field as tantivy keeps it."""
        known = self._known_norms.get(field)
        if known is None:
            at = TEXT_FIELDS.index(field)
            lengths = [head[7][at] if head else 0 for head in self.heads]
            kept = np.array([_kept_length(length) for length in lengths], dtype=np.float64)
            known = _K1 * (1 - _B + _B * kept / max(1.0, sum(lengths) / max(1, self.size)))
            self._known_norms[field] = known
        return known


def _sum(left: Array | None, right: Array | None) -> Array | None:
    if left is None or right is None:
        return left if right is None else right
    return left + right
