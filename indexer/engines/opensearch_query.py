"""A plan as OpenSearch's query language has it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from indexer.index_document import TEXT_FIELDS
from indexer.index_query import All, AtLeast, Both, Either, Ids, Plan, Ranked, Term, Without, Worth
from indexer.index_query import Sequence as Run
from indexer.words.analysis import HOLE

_TERMS = 10_000  # values in one list: a cluster refuses 65,536 (index.max_terms_count)

Asked = dict[str, Any]
EVERYTHING: Asked = {"match_all": {}}
NOTHING: Asked = {"match_none": {}}


def query(plan: Plan) -> Asked:
    """The query that finds and scores what ``plan`` does."""
    match plan:
        case Term(field=field, key=key, weight=weight):
            if not weight or field not in TEXT_FIELDS:
                return unscored({"term": {field: key}})
            return {"term": {field: {"value": key, "boost": weight}}}
        case Run(field=field, keys=keys, weight=weight):
            return {"match_phrase": {field: {"query": _spaced(keys), "analyzer": "phrase", "boost": weight}}}
        case Ids(ids=ids):
            return unscored(one_of("id", ids))
        case All():
            return unscored(EVERYTHING)
        case Without(part=part):
            return {"bool": {"filter": [EVERYTHING], "must_not": [query(part)]}}
        case _:
            return _combined(plan)


def _combined(plan: Both | Either | Ranked | AtLeast | Worth) -> Asked:
    match plan:
        case Ranked(must=must, should=should):
            return {"bool": {"must": [query(must)], "should": [query(part) for part in should]}}
        case Worth(part=part, score=score):
            return {"constant_score": {"filter": query(part), "boost": score}}
        case Both(parts=parts):
            return {"bool": {"must": [query(part) for part in parts]}}
        case Either(parts=parts):
            return _at_least(1, [*_merged(parts)])
        case AtLeast(count=count, parts=parts):
            return _at_least(count, [query(part) for part in parts])


def _at_least(count: int, parts: list[Asked]) -> Asked:
    return {"bool": {"should": parts, "minimum_should_match": count}} if len(parts) >= count else NOTHING


def _merged(parts: tuple[Plan, ...]) -> Iterable[Asked]:
    """The alternatives; those that only differ in the value of one field (a span of years) as one list of values."""
    values: dict[str, list[str]] = {}
    for part in parts:
        if isinstance(part, Term) and not part.weight:
            values.setdefault(part.field, []).append(part.key)
        else:
            yield query(part)
    for field, keys in values.items():
        yield unscored(one_of(field, keys))


def _spaced(keys: tuple[tuple[int, str], ...]) -> str:
    """The keys of a run as words, each in its place, with a hole where there is none."""
    words = [HOLE] * (keys[-1][0] + 1)
    for place, key in keys:
        words[place] = key
    return " ".join(words)


def unscored(asked: Asked) -> Asked:
    """What ``asked`` finds, without score."""
    return {"bool": {"filter": [asked]}}


def one_of(field: str, values: Iterable[str]) -> Asked:
    """Documents that have one of the values, however many these are."""
    ordered = sorted(values)
    lists: list[Asked] = [
        {"terms": {field: ordered[at : at + _TERMS]}} for at in range(0, max(1, len(ordered)), _TERMS)
    ]
    return lists[0] if len(lists) == 1 else _at_least(1, lists)


def filtered(filters: Mapping[str, Collection[str]]) -> Asked:
    """Documents that have one of the values of each facet."""
    if not filters:
        return EVERYTHING
    return {"bool": {"filter": [one_of(name, values) for name, values in sorted(filters.items())]}}
