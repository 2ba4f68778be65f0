"""One view, two forms: the page for people and its JSON twin for programs, with everything HTTP around them."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import orjson
from flask import Response, current_app, g, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kb.answers.shapes import Answer
from kb.answers.status import today
from web.http.front import front
from web.http.problems import Problem
from web.http.urls import asked, here

API = "/api/v1"
LONGEST_SHOWN = 300
"""Characters of an address that an error tells again, at most."""

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
NOW = ("/healthz", "/metrics")
"""Answers about the moment, never kept."""

SECURITY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_RAW = re.compile(r"[^\x21-\x7e]")
_LINK_SAFE = "/?&=%+,@:~-._!$'()*"
_COMPRESSIBLE = (
    "text/",
    "application/json",
    "application/problem+json",
    "application/ld+json",
    "application/atom+xml",
    "image/svg+xml",
)


class Doorway:
    """WSGI layer in front of the routes: ``/vb/….json`` is ``/vb/…`` asked for as JSON (``/index.json`` the home
    page's twin), and raw bytes in a query are percent-encoded, which Werkzeug takes for granted."""

    def __init__(self, app: Any) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        environ["QUERY_STRING"] = _RAW.sub(lambda byte: f"%{ord(byte[0]):02X}", environ.get("QUERY_STRING", ""))
        path = environ.get("PATH_INFO", "")
        if path.endswith(".json") and not path.startswith((API + "/", "/static/")):
            environ["PATH_INFO"] = "/" if path == "/index.json" else path.removesuffix(".json")
            environ["cancu.json"] = True
        return self._app(environ, start_response)


def wants_json() -> bool:
    """Whether this request is to be answered as JSON: by its address, or by what it accepts."""
    if request.environ.get("cancu.json") or request.path.startswith(API) or request.args.get("dang") == "json":
        return True
    accept = request.accept_mimetypes
    return accept.best_match(("text/html", "application/json")) == "application/json"


def json_response(data: Any, status: int = 200, mimetype: str = "application/json") -> Response:
    body = orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    return Response(body, status=status, mimetype=mimetype)


def add_link(response: Response, rel: str, target: str | None, mimetype: str | None = None) -> Response:
    """One RFC 8288 ``Link`` header; nothing where there is no target."""
    if target:
        kind = f'; type="{mimetype}"' if mimetype else ""
        response.headers.add("Link", f'<{quote(target, safe=_LINK_SAFE)}>; rel="{rel}"{kind}')
    return response


def answer(template: str, data: Answer, *, status: int = 200, **context: Any) -> Response:
    """The page made from ``template``, or ``data`` itself as JSON. ``context`` is for the template only."""
    if wants_json():
        response = json_response(data.to_json(), status)
    else:
        response = Response(render_template(template, data=data, **context), status=status, mimetype="text/html")
        twin = "/index.json" if request.path == "/" else request.path + ".json"
        query = "?" + request.query_string.decode("ascii", "replace") if request.query_string else ""
        if request.method in ("GET", "HEAD"):
            add_link(response, "alternate", twin + query, "application/json")
    return response


def kept(make: Callable[[], AnyResponse]) -> AnyResponse:
    """What ``make`` answered to this very address before, as long as base and day stay the same: for pages that tell of
    very many documents, whose making costs many look-ups."""

    def parts() -> tuple[bytes, int, list[tuple[str, str]]]:
        made = make()
        return made.get_data(), made.status_code, list(made.headers)

    body, status, headers = front().remember(("answer", request.host_url, asked(), wants_json(), today()), parts)
    return Response(body, status, headers)


def download(body: bytes, mimetype: str, filename: str) -> Response:
    """``body`` as a file to be saved; ``filename`` must be ASCII."""
    response = Response(body, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


@dataclass(frozen=True, slots=True)
class Around(Answer):
    """Addresses of the pages around one of a list; None where there is none."""

    next: str | None
    prev: str | None

    def add_to(self, response: Response) -> Response:
        """The same as ``Link`` headers."""
        add_link(response, "next", self.next)
        return add_link(response, "prev", self.prev)


@dataclass(frozen=True, slots=True)
class Paging(Answer):
    """Which page of a list this is, and how to go on."""

    total: int
    page: int
    pages: int
    per_page: int
    links: Around


def paging(total: int, page: int, per_page: int) -> Paging:
    """Page ``page`` of a list of ``total`` entries."""
    pages = max(1, -(-total // per_page))
    after = here(page=page + 1) if page < pages else None
    before = here(page=min(page - 1, pages)) if page > 1 else None
    return Paging(total, page, pages, per_page, Around(after, before))


def problem_response(problem: Problem) -> Response:
    lang = g.get("lang", "vi")
    if wants_json():
        body = problem.to_json(asked()[:LONGEST_SHOWN], lang)
        response = json_response(body, problem.status, "application/problem+json")
    else:
        page = render_template("error.html", problem=problem, detail=problem.text(lang), title=problem.title(lang))
        response = Response(page, status=problem.status, mimetype="text/html")
    response.headers.extend(problem.headers)
    response.headers["Cache-Control"] = "no-store"
    return response


def entity_tag() -> str:
    """Strong tag of what this GET will answer: the base's build, the day, the code, the address, form and coding."""
    build = current_app.extensions["cancu"].build_id
    parts = (
        build,
        today(),  # a status is that of a day
        current_app.extensions["cancu"].code_id,
        current_app.extensions["cancu"].settings.public_url or "",
        asked(),
        "json" if wants_json() else "html",
        "gzip" if _accepts_gzip() else "identity",
    )
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _accepts_gzip() -> bool:
    return request.accept_encodings.quality("gzip") > 0


def not_modified() -> Response | None:
    """304 where the client already holds this very answer."""
    if request.method not in ("GET", "HEAD") or request.path.startswith(("/static/", *NOW)):
        return None
    g.etag = entity_tag()
    if request.if_none_match.contains_weak(g.etag):
        return Response(status=304)
    return None


def finish(response: Response) -> Response:
    """What every answer carries: safety, caching, origin rules, the build it was made from; then compression."""
    front = current_app.extensions["cancu"]
    for name, value in SECURITY.items():
        response.headers.setdefault(name, value)
    response.headers["X-Cancu-Build"] = front.build_id
    response.headers["X-Cancu-Reader"] = front.reader_version
    response.vary.update(("Accept", "Accept-Encoding"))
    if request.path.startswith("/static/"):
        response.headers["Cache-Control"] = f"public, max-age={front.settings.max_age}"
    elif "etag" in g and response.status_code in (200, 300, 301, 303, 304, 404):
        if response.status_code in (200, 300, 304):
            response.set_etag(g.etag)
        response.headers.setdefault("Cache-Control", f"public, max-age={front.settings.max_age}")
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    if request.method in ("GET", "HEAD", "OPTIONS"):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After, X-Cancu-Build, X-Cancu-Reader"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Max-Age"] = "86400"
    return _compressed(response)


def _compressed(response: Response) -> Response:
    if (
        response.direct_passthrough
        or not _accepts_gzip()
        or response.content_encoding
        or not (response.mimetype or "").startswith(_COMPRESSIBLE)
        or len(response.get_data()) < 1024
    ):
        return response
    response.set_data(gzip.compress(response.get_data(), 6, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return response
