"""Search as pages and API use it: one answer in plain data, with filters from the address."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request

from indexer.engines.protocol import SORTS
from indexer.index_document import FACETS
from indexer.query.language import QueryError
from indexer.search import MAX_RESULTS, SearchResult
from kb.answers.shapes import Answer, DocumentBrief
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


def choices(facets: Mapping[str, Sequence[tuple[str, int]]]) -> list[tuple[str, list[Choice]]]:
    """The facets as they are shown, each value with the address that chooses it or, where it is chosen, drops it."""
    chosen = chosen_filters()
    shown = []
    for name, values in facets.items():
        alike: dict[str, list[tuple[str, int]]] = {}
        for value, count in values:
            alike.setdefault(facet_value(name, value), []).append((value, count))
        lines = []
        for label, group in alike.items():
            ids = tuple(value for value, _ in group)
            active = any((name, value) in chosen for value in ids)
            lines.append(
                Choice(
                    facet=name,
                    label=label,
                    values=ids,
                    count=sum(count for _, count in group),
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


@dataclass(frozen=True, slots=True)
class NoQuery(Answer):
    """Nothing was asked."""

    query: str = ""
    kind: str = "none"


@dataclass(frozen=True, slots=True)
class Fault(Answer):
    """What is wrong with a query, in both languages; ``at`` is the offset of the character where it goes wrong."""

    code: str
    vi: str
    en: str
    at: int

    def text(self, lang: str = "vi") -> str:
        """The words in ``lang`` (``vi`` or ``en``)."""
        return self.en if lang == "en" else self.vi


@dataclass(frozen=True, slots=True)
class WrongQuery(Answer):
    """A query that cannot be understood."""

    query: str
    error: Fault
    kind: str = "error"

    def to_json(self) -> dict[str, Any]:
        return {"query": self.query, "kind": self.kind, "error": self.error.to_json()}


@dataclass(frozen=True, slots=True)
class Found(Answer):
    """What the box found, in the order ``sort``; ``kind`` as ``indexer.search.SearchResult`` has it."""

    result: SearchResult
    sort: str

    @property
    def kind(self) -> str:
        return self.result.kind

    def to_json(self) -> dict[str, Any]:
        return {**self.result.to_json(), "sort": self.sort}


def find(query: str) -> Found | WrongQuery:
    """What the box finds for ``query``, on the page and in the order that this request asks for."""
    number, size = params.number("page", 1, most=MAX_RESULTS), params.per_page(PER_PAGE)
    sort = params.one_of("sort", SORTS, SORTS[0])
    filters: dict[str, tuple[str, ...]] = {}
    for name, value in chosen_filters():
        filters[name] = (*filters.get(name, ()), value)
    try:
        found = front().search(query, filters=filters, page=number, per_page=size, sort=sort)
    except QueryError as error:
        return WrongQuery(query, Fault("bad_query", error.vi, error.en, error.at))
    return Found(found, sort)


def first_of(query: str, sort: str, most: int) -> tuple[DocumentBrief, ...]:
    """The first documents of an answer in the order ``sort``."""
    found = front().search(query, per_page=most, sort=sort)
    return tuple(item.document for item in found.items)
