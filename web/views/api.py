"""The JSON API, version 1. What it takes and gives is declared at each view."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from messages import Message
from web.drawing.words import RELATIONS
from web.http import params
from web.http.answers import API, add_link, json_response, paging
from web.http.front import front
from web.http.operations import Gives, Operations, Parameter, record, reference, several
from web.http.parameters import (
    ID,
    LIMIT,
    NUMBER,
    PAGE,
    SEVERAL_RELATIONS,
    STATUS_ON,
    STRONG_ONLY,
    TEXT,
    choice,
    per_page,
    text_of,
    whole,
)
from web.http.problems import Problem
from web.http.urls import permalink
from web.views.citations import citations_listed
from web.views.document import find as find_document
from web.views.document import moved_api
from web.views.lists import as_file
from web.views.reading import held_text
from web.views.standing import HOPS

blueprint = Operations("api", __name__)
STATUS = {"ok": 200, "multiple": 300, "not_found": 404, "unparsable": 400}


@blueprint.operation(
    f"{API}/lookup",
    "lookup",
    takes=(
        NUMBER,
        Parameter("province", TEXT, "province_of_lookup"),
        Parameter("date", TEXT),
        Parameter("issuer", TEXT, "issuer_of_lookup"),
        STATUS_ON,
    ),
    gives={
        200: Gives("Lookup", "lookup_one"),
        300: Gives("Lookup", "lookup_several"),
        404: Gives("Lookup", "lookup_none"),
    },
    refuses={400: "lookup_wrong"},
)
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


@blueprint.operation(
    f"{API}/documents/<path:id>",
    "document",
    takes=(ID, STATUS_ON),
    gives={200: Gives("Document", "document")},
)
def document(id: str) -> AnyResponse:
    elsewhere = moved_api(id)
    if elsewhere:
        return elsewhere
    found = find_document(id, params.day("status_on"))
    response = json_response(found.to_json())
    add_link(response, "alternate", permalink(found.id), "text/html")
    return response


@blueprint.operation(
    f"{API}/documents/<path:id>/citations",
    "citations",
    takes=(
        ID,
        Parameter("direction", choice("in", "out"), "direction_of_citations"),
        Parameter("relation", reference("Relation"), "relation_of_citations"),
        STRONG_ONLY,
        Parameter("province", TEXT, "province_of_citations"),
        PAGE,
        per_page(50),
    ),
    gives={200: Gives("EdgePage", "citations")},
    lists=True,
)
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
    return paged(edges.to_json(), number, size)


@blueprint.operation(
    f"{API}/documents/<path:id>/text",
    "text",
    takes=(ID, Parameter("file", text_of(1000))),
    gives={200: Gives("Text", "text")},
)
def text(id: str) -> AnyResponse:
    """The held text with its structure and its citations; ``file`` chooses among several files."""
    elsewhere = moved_api(id, "/text")
    if elsewhere:
        return elsewhere
    found = find_document(id)
    return json_response(held_text(found.id, params.text("file", limit=1000)).to_json())


@blueprint.operation(
    f"{API}/documents/<path:id>/articles/<pinpoint>",
    "article",
    takes=(ID, Parameter("pinpoint", TEXT, example="dieu-5")),
    gives={200: Gives("PartHistory", "part_history")},
)
def article(id: str, pinpoint: str) -> AnyResponse:
    """What happened to one part of a document, and who cites it."""
    elsewhere = moved_api(id, f"/articles/{quote(pinpoint)}")
    if elsewhere:
        return elsewhere
    found = front().kb.part(find_document(id).id, pinpoint)
    if found is None:
        raise Problem(400, "bad_parameter", Message("web.problem.no_such_part", words=pinpoint), parameter="pinpoint")
    return json_response(found.to_json())


@blueprint.operation(
    f"{API}/documents/<path:id>/trace",
    "trace",
    takes=(
        ID,
        Parameter("direction", {**choice("up", "down", "both"), "default": "both"}, "direction_of_trace"),
        Parameter("depth", whole(3, most=6)),
        Parameter("relation", SEVERAL_RELATIONS, "relation_of_trace", many=True),
        STRONG_ONLY,
    ),
    gives={200: Gives("Trace", "trace")},
)
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


@blueprint.operation(
    f"{API}/documents/<path:id>/ladder",
    "ladder",
    takes=(ID,),
    gives={200: Gives("Ladder", "ladder")},
)
def ladder(id: str) -> AnyResponse:
    """Who carries a document on, level by level, with the missing levels."""
    elsewhere = moved_api(id, "/ladder")
    return elsewhere or json_response(front().kb.ladder(find_document(id).id).to_json())


@blueprint.operation(
    f"{API}/documents/<path:id>/stale",
    "stale",
    takes=(
        ID,
        Parameter("direction", choice("up", "down"), "direction_of_stale"),
        Parameter("hops", whole(HOPS, most=HOPS)),
        LIMIT,
    ),
    gives={
        200: Gives(
            record(id=TEXT, direction={"enum": ["up", "down"]}, items=several("StaleBasis")),
            "stale",
        )
    },
)
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


@blueprint.operation(
    f"{API}/documents/<path:id>/shared",
    "shared",
    takes=(ID, LIMIT),
    gives={200: Gives(record(id=TEXT, items=several("SharedBasis")), "shared")},
)
def shared(id: str) -> AnyResponse:
    """Documents on the same bases."""
    elsewhere = moved_api(id, "/shared")
    if elsewhere:
        return elsewhere
    found = find_document(id)
    items = front().kb.sharing_basis(found.id, limit=params.number("limit", 20, most=100))
    return json_response({"id": found.id, "items": [one.to_json() for one in items]})


def paged(body: dict[str, Any], number: int, size: int, most: int | None = None) -> Response:
    """A list with its links; ``most`` is how far its pages reach."""
    place = paging(min(body["total"], most or body["total"]), number, size)
    pages = place.to_json()
    response = json_response({**{k: v for k, v in body.items() if k not in pages}, **pages, "total": body["total"]})
    return place.links.add_to(response)
