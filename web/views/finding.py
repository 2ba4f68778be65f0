"""Search as pages and API use it: one answer in plain data, with filters from the address."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from flask import request

from indexer.engines.protocol import SORTS
from indexer.facets import UnknownValue, id_of, name_of
from indexer.index_document import FACETS
from indexer.query.language import QueryError
from indexer.search import MAX_PER_PAGE, MAX_RESULTS
from indexer.search_result import SearchResult
from kb.answers.shapes import Answer, DocumentBrief
from messages import Message, Pair
from web.drawing import columns, feed
from web.drawing.words import facet_value, heading, lang
from web.http import params
from web.http.front import front
from web.http.problems import Problem
from web.http.urls import here
from web.views.lists import Listed

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


def status_day() -> str | None:
    """The day (ISO) of which the facet "status" is asked, None for today."""
    return params.day("status_on")


def choices(found: SearchResult) -> list[tuple[str, list[Choice]]]:
    """The facets as they are shown, each value with the address that chooses it or, where it is chosen, drops it."""
    chosen = chosen_filters()
    shown = []
    for name, values in found.facets.items():
        alike: dict[str, list[tuple[str, int]]] = {}
        for value, count in values:
            alike.setdefault(found.named.get(value) or facet_value(name, value), []).append((value, count))
        lines = []
        for label, group in alike.items():
            ids = tuple(value for value, _ in group)
            known = {*ids, *(id_of(name, value) for value in ids)}
            active = any((name, value) in chosen for value in known)
            lines.append(
                Choice(
                    facet=name,
                    label=label,
                    values=ids,
                    count=sum(count for _, count in group),
                    chosen=active,
                    link=without(name, known) if active else here("", **{name: ids}, page=None),
                )
            )
        if lines:
            shown.append((name, sorted(lines, key=lambda line: -line.count)))
    return shown


def dropping() -> list[tuple[str, str]]:
    """Labels of the chosen filters, each with the address without it."""
    alike: dict[tuple[str, str], list[str]] = {}
    for name, value in chosen_filters():
        alike.setdefault((name, _called(name, value)), []).append(value)
    return [(label, without(name, values)) for (name, label), values in alike.items()]


def _called(name: str, value: str) -> str:
    """What a chosen value is called, by whichever of its ids."""
    if name == "implements":
        brief = front().kb.briefs([value]).get(value)
        return Message("web.results.implements", number=heading(brief) if brief else value).text(lang())
    return facet_value(name, name_of(name, value))


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
    """What the box found, in the order ``sort``; ``kind`` as ``indexer.search_result.SearchResult`` has it."""

    result: SearchResult
    sort: str

    @property
    def kind(self) -> str:
        return self.result.kind

    def to_json(self) -> dict[str, Any]:
        return {**self.result.to_json(), "sort": self.sort}


def find(query: str) -> Found | WrongQuery:
    """What the box finds for ``query``, on the page and in the order that this request asks for.

    Raises the 400 problem for a filter that no document can have.
    """
    number, size = params.number("page", 1, most=MAX_RESULTS), params.per_page(PER_PAGE)
    sort = params.one_of("sort", SORTS, SORTS[0])
    try:
        return Found(_search(query, number, size, sort), sort)
    except QueryError as error:
        return WrongQuery(query, Fault("bad_query", error.vi, error.en, error.at))


def _search(query: str, number: int, size: int, sort: str, *, quote: bool = True) -> SearchResult:
    filters: dict[str, tuple[str, ...]] = {}
    for name, value in chosen_filters():
        filters[name] = (*filters.get(name, ()), value)
    try:
        return front().search(
            query, filters=filters, page=number, per_page=size, sort=sort, status_on=status_day(), quote=quote
        )
    except UnknownValue as error:
        raise Problem(400, "bad_parameter", error, parameter=error.facet) from None


def listed(query: str) -> Listed[DocumentBrief]:
    """The documents that ``query`` finds under the filters of this request, in its order."""
    sort = params.one_of("sort", SORTS, SORTS[0])

    def rows() -> Iterator[DocumentBrief]:
        number = 1
        while number <= MAX_RESULTS // MAX_PER_PAGE:
            try:
                found = _search(query, number, MAX_PER_PAGE, sort, quote=False)
            except QueryError as error:
                raise Problem(400, "bad_query", Pair(error.vi, error.en), parameter="q", position=error.at) from None
            if found.kind in ("document", "chooser"):
                yield from found.lookup.matches if found.lookup else ()
                return
            yield from (item.document for item in found.items)
            if number * MAX_PER_PAGE >= found.total:
                return
            number += 1

    title = Message("web.results.feed", query=query or "*").text(lang())
    return Listed("tim", title, columns.DOCUMENTS, feed.of_document, rows)


def first_of(query: str, sort: str, most: int) -> tuple[DocumentBrief, ...]:
    """The first documents of an answer in the order ``sort``."""
    found = front().search(query, per_page=most, sort=sort)
    return tuple(item.document for item in found.items)
