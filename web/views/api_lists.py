"""Operations of the API over the whole base: chains, lists, the search, counts, and the description itself."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response

from indexer.search import MAX_RESULTS
from messages import Pair
from web.http import openapi, params
from web.http.answers import API, json_response
from web.http.front import front
from web.http.operations import Gives, Operations, Parameter, View, page_of, record, reference, several
from web.http.parameters import (
    FILTERS,
    LONGEST_QUERY,
    PAGE,
    PAGE_OF_LIST,
    STATUS_ON,
    STRONG_ONLY,
    TEXT,
    per_page,
    text_of,
    whole,
)
from web.http.problems import Problem
from web.views.api import STATUS, paged
from web.views.finding import WrongQuery, chosen_filters, find
from web.views.finding import listed as finding_listed
from web.views.lists import as_file
from web.views.network import chain_between, listed, listing

blueprint = Operations("api_lists", __name__)


@blueprint.operation(
    f"{API}/chain",
    "chain",
    takes=(
        Parameter("from", text_of(LONGEST_QUERY), required=True),
        Parameter("to", text_of(LONGEST_QUERY), required=True),
        STRONG_ONLY,
    ),
    gives={
        200: Gives("Between", "chain"),
        300: Gives("Between", "chain_several"),
        404: Gives("Between", "chain_none"),
    },
)
def chain() -> Response:
    """The shortest chain between two documents; 300 where an end is several, 404 where it is none."""
    for name in ("from", "to"):
        params.text(name, limit=front().settings.query_length, required=True)
    found = chain_between("from", "to", "strong_only")
    ends = [end for end in (found.start, found.end) if end is not None]
    status = max(STATUS[end.status] if end.status != "unparsable" else 404 for end in ends)
    return json_response(found.to_json(), status)


def _of_whole_base(name: str, operation: str, component: str) -> Callable[[View], View]:
    """Declares the list ``name`` over the whole base."""
    return blueprint.operation(
        f"{API}/{name}",
        operation,
        defaults={"name": name},
        takes=(PAGE_OF_LIST, per_page(20)),
        gives={200: Gives(page_of(component), "page_of_list")},
        lists=True,
    )


@_of_whole_base("stale", "staleDocuments", "StaleBasis")
@_of_whole_base("orphans", "orphans", "Brief")
@_of_whole_base("most-cited", "mostCited", "Brief")
@_of_whole_base("circles", "circles", "Circle")
def whole_base(name: str) -> Response:
    """A list over the whole base, in pages."""
    file = as_file(listed(name))
    if file is not None:
        return file
    found = listing(name, params.per_page(20))
    return found.links.add_to(json_response(found.to_json()))


@blueprint.operation(
    f"{API}/search",
    "search",
    takes=(
        Parameter("q", TEXT, "q_of_search"),
        *FILTERS,
        STATUS_ON,
        PAGE,
        per_page(20),
        Parameter("sort", reference("Sort")),
    ),
    gives={200: Gives("Search", "search")},
    refuses={400: "search_wrong"},
    lists=True,
)
def search() -> Response:
    required = not chosen_filters()
    query = params.pasted("q", limit=front().settings.query_length) or params.text("q", required=required) or ""
    file = as_file(finding_listed(query))
    if file is not None:
        return file
    found = find(query)
    if isinstance(found, WrongQuery):
        error = found.error
        raise Problem(400, "bad_query", Pair(error.vi, error.en), parameter="q", position=error.at)
    if found.kind in ("text", "near"):
        return paged(found.to_json(), found.result.page, found.result.per_page, most=MAX_RESULTS)
    return json_response(found.to_json())


@blueprint.operation(
    f"{API}/suggest",
    "suggest",
    takes=(
        Parameter("q", TEXT, "q_of_suggest", required=True),
        Parameter("limit", whole(10, most=50), "limit_of_suggest"),
    ),
    gives={200: Gives(record(query=TEXT, items=several("Brief")), "suggestions")},
)
def suggest() -> Response:
    """Completions of a number or a title."""
    prefix = params.pasted("q", limit=front().settings.query_length) or params.text("q", required=True) or ""
    found = front().search.suggest(prefix, limit=params.number("limit", 10, most=50))
    return json_response({"query": prefix, "items": [one.to_json() for one in found]})


@blueprint.operation(
    f"{API}/stats",
    "stats",
    gives={200: Gives("Stats", "stats")},
)
def stats() -> Response:
    return json_response({"build_id": front().build_id, "reader_version": front().reader_version, **front().kb.stats()})


@blueprint.operation(
    f"{API}/openapi.json",
    "openapi",
    gives={200: Gives({"type": "object"}, "description")},
)
def description() -> Response:
    return json_response(openapi.document())
