"""The JSON API, version 1. What it takes and gives is written down in ``openapi.json``."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from indexer.search import MAX_RESULTS
from messages import Message, Pair
from web.drawing.words import RELATIONS
from web.http import openapi, params
from web.http.answers import API, add_link, json_response, paging
from web.http.front import front
from web.http.problems import Problem
from web.http.urls import permalink
from web.views import bases_block
from web.views.checking import MOST_PER_PAGE, PER_PAGE, check_text, submitted_text
from web.views.citations import citations_listed
from web.views.document import find as find_document
from web.views.document import moved_api
from web.views.drafts import check_call
from web.views.finding import WrongQuery, chosen_filters, find
from web.views.finding import listed as finding_listed
from web.views.lists import as_file
from web.views.network import chain_between, listed, listing
from web.views.reading import held_text
from web.views.standing import HOPS

blueprint = Blueprint("api", __name__)
STATUS = {"ok": 200, "multiple": 300, "not_found": 404, "unparsable": 400}


@blueprint.get(f"{API}/lookup")
def lookup() -> Response:
    """200 one document, 300 several, 404 none (with near misses), 400 where it is no number at all."""
    number = params.text("number", limit=front().settings.query_length, required=True) or ""
    result = front().kb.lookup(
        number,
        province=params.text("province"),
        date=params.date("date"),
        issuer=params.text("issuer"),
        status_on=params.day("status_on"),
    )
    body = result.to_json()
    if result.status == "unparsable":
        raise Problem(
            400,
            "unparsable",
            Message("web.problem.no_number", number=number),
            parameter="number",
            **{name: value for name, value in body.items() if name != "status"},
        )
    response = json_response(body, STATUS[result.status])
    if result.status == "ok":
        add_link(response, "canonical", permalink(result.matches[0].id))
    return response


@blueprint.get(f"{API}/documents/<path:id>")
def document(id: str) -> AnyResponse:
    elsewhere = moved_api(id)
    if elsewhere:
        return elsewhere
    found = find_document(id, params.day("status_on"))
    response = json_response(found.to_json())
    add_link(response, "alternate", permalink(found.id), "text/html")
    return response


@blueprint.get(f"{API}/documents/<path:id>/citations")
def citations(id: str) -> AnyResponse:
    """Citations to (``in``) or of (``out``) a document, in pages."""
    elsewhere = moved_api(id, "/citations")
    if elsewhere:
        return elsewhere
    found = find_document(id)
    direction = params.one_of("direction", ("in", "out"), "in")
    wanted = params.several_of("relation", RELATIONS)
    if len(wanted) > 1:
        raise Problem(400, "bad_parameter", Message("web.problem.one_relation"), parameter="relation")
    relation = wanted[0] if wanted else None
    strong, province = params.flag("strong_only", False), params.text("province")
    file = as_file(citations_listed(found, direction, relation=relation, province=province, strong_only=strong))
    if file is not None:
        return file
    number, size = params.page(), params.per_page(50)
    edges = front().kb.citations(
        found.id,
        direction=direction,
        relation=relation,
        strong_only=strong,
        province=province,
        page=number,
        per_page=size,
    )
    return _paged(edges.to_json(), number, size)


@blueprint.get(f"{API}/documents/<path:id>/text")
def text(id: str) -> AnyResponse:
    """The held text with its structure and its citations; ``file`` chooses among several files."""
    elsewhere = moved_api(id, "/text")
    if elsewhere:
        return elsewhere
    found = find_document(id)
    return json_response(held_text(found.id, params.text("file", limit=1000)).to_json())


@blueprint.get(f"{API}/documents/<path:id>/articles/<pinpoint>")
def article(id: str, pinpoint: str) -> AnyResponse:
    """What happened to one part of a document, and who cites it."""
    elsewhere = moved_api(id, f"/articles/{quote(pinpoint)}")
    if elsewhere:
        return elsewhere
    found = front().kb.part(find_document(id).id, pinpoint)
    if found is None:
        raise Problem(400, "bad_parameter", Message("web.problem.no_such_part", words=pinpoint), parameter="pinpoint")
    return json_response(found.to_json())


@blueprint.get(f"{API}/documents/<path:id>/trace")
def trace(id: str) -> AnyResponse:
    """Lineage: nodes and edges, each edge with its sentence and place."""
    elsewhere = moved_api(id, "/trace")
    if elsewhere:
        return elsewhere
    found = find_document(id)
    relations = params.several_of("relation", RELATIONS)
    made = front().kb.trace(
        found.id,
        direction=params.one_of("direction", ("up", "down", "both"), "both"),
        depth=params.number("depth", 3, most=front().settings.trace_depth),
        relations=relations or None,
        strong_only=params.flag("strong_only", False),
    )
    return json_response(made.to_json())


@blueprint.get(f"{API}/documents/<path:id>/ladder")
def ladder(id: str) -> AnyResponse:
    """Who carries a document on, level by level, with the missing levels."""
    elsewhere = moved_api(id, "/ladder")
    return elsewhere or json_response(front().kb.ladder(find_document(id).id).to_json())


@blueprint.get(f"{API}/documents/<path:id>/stale")
def stale(id: str) -> AnyResponse:
    """What a document stands on that was changed (``up``), or what stands on it although it was (``down``)."""
    elsewhere = moved_api(id, "/stale")
    if elsewhere:
        return elsewhere
    found = find_document(id)
    direction = params.one_of("direction", ("up", "down"), "up")
    ask = front().kb.stale_bases if direction == "up" else front().kb.stale
    items = ask(found.id, hops=params.number("hops", HOPS, most=HOPS), limit=params.number("limit", 20, most=100))
    return json_response({"id": found.id, "direction": direction, "items": [one.to_json() for one in items]})


@blueprint.get(f"{API}/documents/<path:id>/shared")
def shared(id: str) -> AnyResponse:
    """Documents on the same bases."""
    elsewhere = moved_api(id, "/shared")
    if elsewhere:
        return elsewhere
    found = find_document(id)
    items = front().kb.sharing_basis(found.id, limit=params.number("limit", 20, most=100))
    return json_response({"id": found.id, "items": [one.to_json() for one in items]})


@blueprint.get(f"{API}/chain")
def chain() -> Response:
    """The shortest chain between two documents; 300 where an end is several, 404 where it is none."""
    for name in ("from", "to"):
        params.text(name, limit=front().settings.query_length, required=True)
    found = chain_between("from", "to", "strong_only")
    ends = [end for end in (found.start, found.end) if end is not None]
    status = max(STATUS[end.status] if end.status != "unparsable" else 404 for end in ends)
    return json_response(found.to_json(), status)


@blueprint.get(f"{API}/stale", defaults={"name": "stale"})
@blueprint.get(f"{API}/orphans", defaults={"name": "orphans"})
@blueprint.get(f"{API}/most-cited", defaults={"name": "most-cited"})
@blueprint.get(f"{API}/circles", defaults={"name": "circles"})
def whole_base(name: str) -> Response:
    """A list over the whole base, in pages."""
    file = as_file(listed(name))
    if file is not None:
        return file
    found = listing(name, params.per_page(20))
    return found.links.add_to(json_response(found.to_json()))


@blueprint.get(f"{API}/search")
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
        return _paged(found.to_json(), found.result.page, found.result.per_page, most=MAX_RESULTS)
    return json_response(found.to_json())


@blueprint.get(f"{API}/suggest")
def suggest() -> Response:
    """Completions of a number or a title."""
    prefix = params.pasted("q", limit=front().settings.query_length) or params.text("q", required=True) or ""
    found = front().search.suggest(prefix, limit=params.number("limit", 10, most=50))
    return json_response({"query": prefix, "items": [one.to_json() for one in found]})


@blueprint.post(f"{API}/extract")
def extract() -> Response:
    """The citations of a text, in pages: a long one has thousands."""
    size = params.number("per_page", PER_PAGE, most=MOST_PER_PAGE)
    return json_response(check_text(*submitted_text(), params.page(), size).to_json())


@blueprint.get(f"{API}/bases-block")
def bases() -> Response:
    """The bases block made of chosen documents."""
    return bases_block.call()


@blueprint.post(f"{API}/check")
def check() -> Response:
    """The report on a draft that is sent as text, as JSON, as a form or as the bytes of a file."""
    return check_call()


@blueprint.get(f"{API}/stats")
def stats() -> Response:
    return json_response({"build_id": front().build_id, "reader_version": front().reader_version, **front().kb.stats()})


@blueprint.get(f"{API}/openapi.json")
def description() -> Response:
    return json_response(openapi.document())


def _paged(body: dict[str, Any], number: int, size: int, most: int | None = None) -> Response:
    """A list with its links; ``most`` is how far its pages reach."""
    place = paging(min(body["total"], most or body["total"]), number, size)
    pages = place.to_json()
    response = json_response({**{k: v for k, v in body.items() if k not in pages}, **pages, "total": body["total"]})
    return place.links.add_to(response)
