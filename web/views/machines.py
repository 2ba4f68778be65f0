"""What machines ask for beside documents: the index of the API, health, measurements, and what search engines read."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree

from flask import Response, current_app

from kb.errors import KnowledgeBaseError
from messages import Message
from web.drawing.words import lang
from web.http import openapi
from web.http.answers import API, json_response
from web.http.front import front
from web.http.operations import Gives, Operations
from web.http.parameters import TEXT
from web.http.problems import Problem
from web.http.urls import public_link, whole_address

blueprint = Operations("machines", __name__)
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
IN_SITEMAP = 500 * 20
"""Documents of one sitemap; a sitemap may have 50,000."""

PAGES = ("/", "/tra-cuu", "/kiem-tra", "/mang-luoi", "/thay-doi", "/nguon", "/gioi-thieu")
ElementTree.register_namespace("", SITEMAP)


@blueprint.operation(
    API,
    "index",
    gives={200: Gives("Index", "index")},
)
def index() -> Response:
    """What the API answers: each operation with its address."""
    described = openapi.document()
    operations = [
        {"operation": one["operationId"], "method": method.upper(), "path": path, "summary": one["summary"]}
        for path, methods in described["paths"].items()
        for method, one in methods.items()
    ]
    links = {"description": f"{API}/openapi.json", "try": "/thu-api", "health": "/healthz", "metrics": "/metrics"}
    info = {"title": described["info"]["title"], "version": described["info"]["version"]}
    return json_response({**info, "build_id": front().build_id, "links": links, "operations": operations})


@blueprint.operation(
    "/healthz",
    "health",
    gives={
        200: Gives("Health", "health_ok"),
        503: Gives("Health", "health_unavailable"),
    },
)
def health() -> Response:
    """200 while the store answers, with what is ready; 503 where it does not."""
    ready, build_id = front().health.asked(_ready)
    status = "ok" if all(ready.values()) else "degraded" if ready["store"] else "unavailable"
    body = {"status": status, "build_id": build_id, "ready": ready}
    return json_response(body, 200 if ready["store"] else 503)


def _ready() -> tuple[dict[str, bool], str | None]:
    """What answers now, and which build the base is."""
    builds: list[str] = []
    ready = {
        "store": _answers(lambda: builds.append(front().kb.build_id)),
        "index": _answers(lambda: front().search.index.count()),
    }
    return ready, builds[0] if builds else None


def _answers(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except KnowledgeBaseError as error:  # said in full to the keeper, as a yes or no to whoever watches
        current_app.logger.warning("not ready: %s", error)
        return False
    return True


@blueprint.operation(
    "/metrics",
    "metrics",
    gives={200: Gives({}, "measurements", {"text/plain": TEXT})},
)
def metrics() -> Response:
    """Counts and times of answers, and the size of the base, as Prometheus reads them."""
    return front().metrics.told(front().kb.stats(), front().build_id)


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """The box of these pages for a browser's own (OpenSearch 1.1)."""
    root = ElementTree.Element("OpenSearchDescription", xmlns=OPENSEARCH)
    told = {"ShortName": "Cancu", "Description": Message("web.base.description").text(lang()), "InputEncoding": "UTF-8"}
    for name, text in told.items():
        ElementTree.SubElement(root, name).text = text
    image = ElementTree.SubElement(root, "Image", width="16", height="16", type="image/svg+xml")
    image.text = whole_address("/static/mark.svg")
    for kind, form in (("text/html", ""), ("application/atom+xml", "&dang=atom")):
        ElementTree.SubElement(root, "Url", type=kind, template=whole_address("/tim") + "?q={searchTerms}" + form)
    return _xml(root, "application/opensearchdescription+xml")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """The pages and the sitemaps of the documents."""
    count = -(-front().kb.stats()["documents"] // IN_SITEMAP)
    root = ElementTree.Element(f"{{{SITEMAP}}}sitemapindex")
    for number in range(count + 1):
        one = ElementTree.SubElement(root, f"{{{SITEMAP}}}sitemap")
        ElementTree.SubElement(one, f"{{{SITEMAP}}}loc").text = whole_address(f"/sitemap-{number}.xml")
    return _xml(root, "application/xml")


@blueprint.get("/sitemap-<int:number>.xml")
def sitemap_part(number: int) -> Response:
    """The pages (0), or a part of the documents (from 1)."""
    steps = IN_SITEMAP // 500
    if number == 0:
        links = [whole_address(path) for path in PAGES]
    else:
        first = (number - 1) * steps + 1
        links = []
        for page in range(first, first + steps):
            found = front().kb.documents(page=page, per_page=500)
            links += [public_link(one.id) for one in found]
            if len(found) < 500:
                break
    if not links:
        raise Problem(404, "not_found", Message("web.problem.no_page", path=f"/sitemap-{number}.xml"))
    root = ElementTree.Element(f"{{{SITEMAP}}}urlset")
    for link in links:
        one = ElementTree.SubElement(root, f"{{{SITEMAP}}}url")
        ElementTree.SubElement(one, f"{{{SITEMAP}}}loc").text = link
    return _xml(root, "application/xml")


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """The mark, under the address that is asked for unasked."""
    return current_app.send_static_file("mark.ico")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Documents may be found by others; lists and the API need not be walked."""
    lines = ("User-agent: *", "Disallow: /tim", "Disallow: /api/", f"Sitemap: {whole_address('/sitemap.xml')}", "")
    return Response("\n".join(lines), mimetype="text/plain")


def _xml(root: ElementTree.Element, mimetype: str) -> Response:
    return Response(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True), mimetype=mimetype)
