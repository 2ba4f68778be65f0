"""Search as pages and API use it: one answer in plain data, with filters from the address."""

from __future__ import annotations

from typing import Any

from flask import request

from indexer.index import SORTS
from indexer.model import FACETS
from indexer.query import QueryError
from indexer.search import MAX_RESULTS
from web import params
from web.front import front
from web.urls import here

PER_PAGE = 20
_MOST_FILTERS = 20


def chosen_filters() -> list[tuple[str, str]]:
    """The facet values that this request is narrowed to, in the order of ``FACETS``."""
    found = [
        (name, params.clean(value)[:120]) for name in FACETS for value in dict.fromkeys(request.args.getlist(name))
    ]
    return [(name, value) for name, value in found if value][:_MOST_FILTERS]


def without_filter(name: str, value: str) -> str:
    """This page's address without one of its filters."""
    left = [one for one in request.args.getlist(name) if params.clean(one)[:120] != value]
    return here("", **{name: left}, page=None)


def find(query: str) -> dict[str, Any]:
    """What the box finds for ``query``, as ``indexer.search.SearchResult`` with its order. ``kind``:

    ``document`` (the number of one document: ``document``), ``chooser`` (of several: ``lookup``), ``near`` (of none:
    ``lookup`` with suggestions), ``text`` (``items``, ``total``, ``facets``, ``notes``) or ``error`` (``error`` with
    both languages and the offset ``at``).
    """
    number, size = params.number("page", 1, most=MAX_RESULTS), params.per_page(PER_PAGE)
    sort = params.one_of("sort", SORTS, SORTS[0])
    filters: dict[str, tuple[str, ...]] = {}
    for name, value in chosen_filters():
        filters[name] = (*filters.get(name, ()), value)
    try:
        found = front().search(query, filters=filters, page=number, per_page=size, sort=sort)
    except QueryError as error:
        return {"kind": "error", "error": {"code": "bad_query", "vi": error.vi, "en": error.en, "at": error.at}}
    return {**found.to_json(), "sort": sort}


def first_of(query: str, sort: str, most: int) -> list[dict[str, Any]]:
    """The first documents of an answer in the order ``sort``."""
    found = front().search(query, per_page=most, sort=sort)
    return [item.document.to_json() for item in found.items]
