"""tantivy's form of a plan.

What no document has is left out before tantivy sees it, and what stands in a plan twice is made once: of the hundreds
of terms of a typed title most cost more to be handed over than to be searched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tantivy import Occur, Query

from indexer.index_document import TEXT_FIELDS
from indexer.index_query import All, AtLeast, Both, Either, Ids, Plan, Ranked, Sequence, Term, Without, Worth

_MOST_TERMS = 20_000
"""Terms that are kept made, some hundred bytes each."""


class Terms:
    """The terms of one state of an index, made ready once; None for one that no document has."""

    def __init__(self, schema: Any, frequency: Callable[[str, str], int]) -> None:
        self.schema = schema
        self._frequency = frequency
        self._made: dict[tuple[str, str, float], Query | None] = {}

    def made(self, field: str, key: str, weight: float) -> Query | None:
        name = (field, key, weight)
        if name not in self._made:
            if len(self._made) >= _MOST_TERMS:
                self._made.clear()
            found = Query.term_query(self.schema, field, key, "freq" if weight else "basic")
            self._made[name] = weighted(found, weight) if self.has(field, key) else None
        return self._made.get(name)

    def has(self, field: str, key: str) -> bool:
        """Whether any document has a key; documents taken out lately may still count."""
        return bool(self._frequency(field, key))


class QueryMaker:
    """Makes the queries of one search."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._made: dict[tuple[int, bool], Query | None] = {}

    def made(self, plan: Plan, *, ranked: bool = True) -> Any:
        """The query of a plan; what only ranks is left out where nothing is ranked."""
        return self._query(plan, ranked) or Query.empty_query()

    def _query(self, plan: Plan, ranked: bool) -> Query | None:
        """None where no document can match. Parts are told apart by their identity, which the caller's plan keeps."""
        if type(plan) is Term:
            weight = plan.weight if ranked and plan.field in TEXT_FIELDS else 0.0
            return self._terms.made(plan.field, plan.key, weight)
        known = (id(plan), ranked)
        if known not in self._made:
            self._made[known] = self._single(plan, ranked)
        return self._made[known]

    def _single(self, plan: Plan, ranked: bool) -> Query | None:
        match plan:
            case Sequence(field=field, keys=keys, weight=weight):
                if not all(self._terms.has(field, key) for _, key in keys):
                    return None
                return weighted(Query.phrase_query(self._terms.schema, field, list(keys)), weight if ranked else 0.0)
            case Ids(ids=ids):
                return weighted(Query.term_set_query(self._terms.schema, "id", sorted(ids)), 0.0)
            case All():
                return weighted(Query.all_query(), 0.0)
            case Worth(part=part, score=score):
                found = self._query(part, False)
                return found and Query.const_score_query(found, score if ranked else 0.0)
            case Without(part=part):
                everything, found = weighted(Query.all_query(), 0.0), self._query(part, False)
                return everything if found is None else _but(everything, found)
            case _:
                return self._combined(plan, ranked)

    def _combined(self, plan: Plan, ranked: bool) -> Query | None:
        match plan:
            case AtLeast(count=count, parts=parts):
                some = self._some(parts, ranked)
                return Query.boolean_query(some, minimum_number_should_match=count) if len(some) >= count else None
            case Ranked(must=must, should=should):
                asked = self._query(must, ranked)
                adding = self._some(should, True) if ranked else []
                return Query.boolean_query([(Occur.Must, asked), *adding]) if asked and adding else asked
            case Both(parts=parts):
                return _all([self._query(part, ranked) for part in parts])
            case Either(parts=parts):
                some = self._some(parts, ranked)
                return some[0][1] if len(some) == 1 else Query.boolean_query(some) if some else None
            case _:
                raise AssertionError(plan)

    def _some(self, parts: Iterable[Plan], ranked: bool) -> list[tuple[Occur, Query]]:
        queries = [self._query(part, ranked) for part in parts]
        return [(Occur.Should, one) for one in queries if one is not None]


def _all(found: list[Query | None]) -> Query | None:
    must = [(Occur.Must, one) for one in found if one is not None]
    if len(must) < len(found):
        return None
    return must[0][1] if len(must) == 1 else Query.boolean_query(must)


def _but(everything: Query, found: Query) -> Query:
    return Query.boolean_query([(Occur.Must, everything), (Occur.MustNot, found)])


def weighted(query: Query, weight: float) -> Query:
    """A query whose score counts ``weight`` times; 0: not at all."""
    if not weight:
        return Query.const_score_query(query, 0.0)
    return query if weight == 1.0 else Query.boost_query(query, weight)
