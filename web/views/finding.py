"""Search as pages and API use it: one answer in plain data, with filters from the address."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from flask import request

from indexer.engines.protocol import SORTS
from indexer.index_document import FACETS
from indexer.query.language import QueryError
from indexer.search import MAX_RESULTS
from web.drawing.words import facet_value
from web.http import params
from web.http.front import front
from web.http.urls import here

PER_PAGE = 20
_MOST_FILTERS = 20


def chosen_filters() -> list[tuple[str, str]]:
    """The facet values that this request is narrowed to, in the order of ``FACETS``."""
    found = [
        (name, params.clean(value)[:120]) for name in FACETS for value in dict.fromkeys(request.args.getlist(name))
    ]
    return [(name, value) for name, value in found if value][:_MOST_FILTERS]


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a facet: several ids may be called alike (decisions of ministries and of committees)."""

    facet: str
    label: str
    values: tuple[str, ...]
    count: int
    chosen: bool
    link: str


def choices(facets: dict[str, list[dict[str, Any]]]) -> list[tuple[str, list[Choice]]]:
    """The facets as they are shown, each value with the address that chooses it or, where it is chosen, drops it."""
    chosen = chosen_filters()
    shown = []
    for name, values in facets.items():
        alike: dict[str, list[dict[str, Any]]] = {}
        for one in values:
            alike.setdefault(facet_value(name, one["value"]), []).append(one)
        lines = []
        for label, group in alike.items():
            ids = tuple(one["value"] for one in group)
            active = any((name, value) in chosen for value in ids)
            lines.append(
                Choice(
                    facet=name,
                    label=label,
                    values=ids,
                    count=sum(one["count"] for one in group),
                    chosen=active,
                    link=without(name, ids) if active else here("", **{name: ids}, page=None),
                )
            )
        if lines:
            shown.append((name, sorted(lines, key=lambda line: -line.count)))
    return shown


def dropping() -> list[tuple[str, str]]:
    """Labels of the chosen filters, each with the address without it."""
    alike: dict[tuple[str, str], list[str]] = {}
    for name, value in chosen_filters():
        alike.setdefault((name, facet_value(name, value)), []).append(value)
    return [(label, without(name, values)) for (name, label), values in alike.items()]


def without(name: str, values: Collection[str]) -> str:
    """This page's address without some values of one filter."""
    left = [one for one in request.args.getlist(name) if params.clean(one)[:120] not in values]
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
