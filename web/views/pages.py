"""Home, results, a number's address, paste-and-check, quality review, about."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from indexer.engines.protocol import SORTS
from indexer.search import MAX_RESULTS
from kb.errors import KnowledgeBaseError
from web.http import csv_tables, openapi, params
from web.http.answers import add_link, answer, download, json_response, paging, wants_json
from web.http.front import front
from web.http.urls import document_link
from web.views.checking import check_text, submitted_text
from web.views.finding import choices, dropping, find, first_of

blueprint = Blueprint("pages", __name__)
NEWEST, EXAMPLES = 8, 3
PLANS, CITED = "loại:kế_hoạch vai_trò:toàn_văn", "vai_trò:được_dẫn"


@blueprint.get("/")
def home() -> Response:
    stats = front().kb.stats()
    newest, cited, warnings = [], [], []
    try:
        newest = first_of(PLANS, "newest", NEWEST)
        cited = first_of(CITED, "most_cited", EXAMPLES)
    except KnowledgeBaseError as error:  # numbers can be looked up without an index; say what to do about the rest
        warnings = [{"code": "unavailable", "vi": error.vi, "en": error.en}]
    data = {"stats": stats, "newest": newest, "most_cited": cited, "warnings": warnings}
    return answer("home.html", data, counts=stats)


@blueprint.get("/tim")
def results() -> AnyResponse:
    """A number that is one document leads there; everything else is a list with facets."""
    query = params.text("q", limit=front().settings.query_length)
    if query is None:
        return answer("results.html", {"query": "", "kind": "none"}, query="")
    found = find(query)
    if found["kind"] == "document" and not wants_json():
        return redirect(document_link(found["document"]["id"]), 303)
    data: dict[str, Any] = {"query": query, **found}
    if found["kind"] == "text":
        data |= paging(min(found["total"], MAX_RESULTS), found["page"], found["per_page"]) | {"total": found["total"]}
    response = answer(
        "results.html", data, query=query, facets=choices(found.get("facets", {})), dropping=dropping(), sorts=SORTS
    )
    for rel in ("next", "prev"):
        add_link(response, rel, data.get("links", {}).get(rel))
    return response


@blueprint.get("/so/<path:number>")
def by_number(number: str) -> AnyResponse:
    """``/so/2395/QĐ-UBND``: to the one document, or a chooser (300), or near misses (404)."""
    query = params.clean(number)[: front().settings.query_length]
    result = front().kb.lookup(query, province=params.text("tinh"), date=params.date("ngay"))
    if result.status == "ok" and not wants_json():
        return redirect(document_link(result.matches[0].id), 303)
    found = result.to_json()
    if wants_json():
        return json_response(found, {"ok": 200, "multiple": 300, "not_found": 404, "unparsable": 400}[result.status])
    kind = "chooser" if result.status == "multiple" else "near"
    data = {"query": query, "kind": kind, "lookup": found, "total": result.total or len(result.matches), "facets": {}}
    return answer("results.html", data, status=300 if kind == "chooser" else 404, query=query)


@blueprint.route("/tra-cuu", methods=("GET", "POST"))
def paste() -> AnyResponse:
    """Paste a paragraph or a whole preamble: every citation found, which document it is, what is doubtful."""
    if request.method == "GET":
        return answer("check.html", {"citations": None}, pasted="", province=None)
    text, province = submitted_text()
    data = check_text(text, province)
    if request.form.get("dang") == "csv":
        return download(csv_tables.spreadsheet(data["citations"], csv_tables.CHECKED), "text/csv", "cancu-tra-cuu.csv")
    return answer("check.html", data, pasted=text, province=province)


@blueprint.get("/chat-luong")
def quality() -> Response:
    """Doubts to review, by kind; each leads to its line."""
    kind = params.text("loai", limit=60)
    number, size = params.page(), params.per_page(40)
    found = front().kb.findings(kind=kind, page=number, per_page=size)
    data = {
        "kind": kind,
        **paging(found.total, number, size),
        **{key: value for key, value in found.to_json().items() if key in ("counts", "items")},
    }
    known = front().kb.briefs(one.document for one in found.items if one.document)
    response = answer("quality.html", data, named={ident: brief.to_json() for ident, brief in known.items()})
    for rel in ("next", "prev"):
        add_link(response, rel, data["links"][rel])
    return response


@blueprint.get("/gioi-thieu")
def about() -> Response:
    return answer("about.html", {"api": openapi.document(), "build": front().build_id}, problems=openapi.PROBLEMS)


@blueprint.get("/robots.txt")
def robots() -> Response:
    return Response("User-agent: *\nDisallow: /tim\nDisallow: /api/\n", mimetype="text/plain")
