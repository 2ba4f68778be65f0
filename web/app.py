"""The application factory: what is shared by every page and every answer."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from indexer.search import open_search
from kb.errors import KnowledgeBaseError
from kb.reading import READER_VERSION
from kb.service import KnowledgeBase
from messages import Message
from web.drawing import words
from web.http import answers, openapi, params
from web.http.front import Front, front
from web.http.problems import Problem
from web.http.settings import Settings
from web.http.urls import asked
from web.views import (
    api,
    api_lists,
    api_sent,
    bases_block,
    changes,
    citations,
    document,
    drafts,
    home,
    lineage,
    machines,
    network,
    pages,
    review,
    scan_line,
    sources,
    try_api,
)

LONGEST_ADDRESS = 4096
BYTES_OF_ONE = 2048
"""Bytes of a text that take as long to read as a look-up with everything around it."""
COSTS = {"trace": 4.0, "whole_base": 8.0, "chain": 4.0, "results": 2.0, "search": 2.0}
"""What other requests than plain ones weigh, by the name of their view."""
_PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
_AS_GET = {"HEAD": "GET"}


def create_app(where: str | Path, **settings: Any) -> Flask:
    """The web application over the knowledge base at ``where`` (a folder or a database URL).

    ``settings`` are the fields of :class:`web.http.settings.Settings`. Raises ``KnowledgeBaseError`` where there is no
    knowledge base, ``TypeError`` for a setting that does not exist.
    """
    return build(open_front(where, **settings))


def open_front(where: str | Path, **settings: Any) -> Front:
    """The knowledge base at ``where`` with its search, as the pages and the assistant's tools need them."""
    chosen = Settings(**settings)
    base = KnowledgeBase.open(where)
    return Front(base, open_search(base, where, chosen.index), READER_VERSION, chosen, where)


def build(made: Front) -> Flask:
    """The application over an open front."""
    app = Flask(__name__)
    app.extensions["cancu"] = made
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False  # one address, one page
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.config["MAX_CONTENT_LENGTH"] = made.settings.extract_bytes * 4  # a form triples the bytes of Vietnamese text
    app.config["MAX_FORM_MEMORY_SIZE"] = made.settings.extract_bytes * 4
    words.register(app)
    app.register_blueprint(home.blueprint)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(scan_line.blueprint)  # before the documents, whose addresses hold slashes
    app.register_blueprint(document.blueprint)
    app.register_blueprint(citations.blueprint)
    app.register_blueprint(lineage.blueprint)
    app.register_blueprint(network.blueprint)
    app.register_blueprint(drafts.blueprint)
    app.register_blueprint(changes.blueprint)
    app.register_blueprint(bases_block.blueprint)
    app.register_blueprint(api.blueprint)
    app.register_blueprint(api_lists.blueprint)
    app.register_blueprint(api_sent.blueprint)
    app.register_blueprint(sources.blueprint)
    app.register_blueprint(machines.blueprint)
    app.register_blueprint(try_api.blueprint)
    app.register_blueprint(review.blueprint)
    app.before_request(made.metrics.began)
    app.before_request(_admit)
    app.after_request(made.metrics.answered)
    app.after_request(answers.finish)
    app.register_error_handler(Problem, answers.problem_response)
    app.register_error_handler(KnowledgeBaseError, _base_problem)
    app.register_error_handler(HTTPException, _http_problem)
    app.register_error_handler(Exception, _unforeseen)
    app.wsgi_app = answers.Doorway(app.wsgi_app)  # type: ignore[method-assign]
    if find_spec("mcp") and find_spec("a2wsgi"):  # the extra of that name
        from web.assistant.mounted import Mounted
        from web.assistant.server import assistant

        app.wsgi_app = Mounted(app.wsgi_app, assistant(made))  # type: ignore[method-assign]
    if made.settings.proxies:
        hops = made.settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _admit() -> Response | None:
    """Language, fair use, sane addresses; answers 304 before any work is done."""
    g.lang = "en" if request.args.get("lang") == "en" else "vi"
    if request.path.startswith("/static/"):
        return None
    if len(asked()) > LONGEST_ADDRESS:
        raise Problem(414, "address_too_long", Message("web.problem.address_too_long"))
    if "\x00" in request.path or any("\x00" in value for _, value in request.args.items(multi=True)):
        raise Problem(400, "control_character", Message("web.problem.nul_character"))
    wait = front().limiter.wait(request.remote_addr or "?", _cost()) if request.path not in answers.NOW else 0
    if wait:
        raise Problem(
            429,
            "too_many_requests",
            Message("web.problem.too_fast", wait=wait),
            headers={"Retry-After": str(wait)},
            retry_after=wait,
        )
    _understood()
    return answers.not_modified()


def _understood() -> None:
    """Refuses a call of the API with a parameter that it does not know, or that it takes once and is given twice."""
    if request.url_rule is None or not request.path.startswith(answers.API):
        return
    known = openapi.parameters().get(
        (_PLACE.sub(r"{\1}", request.url_rule.rule), _AS_GET.get(request.method, request.method))
    )
    if known is None:
        return
    for name in request.args:
        if name not in known:
            words = Message("web.problem.unknown_parameter", name=name[:60], listed=", ".join(known))
            raise Problem(400, "bad_parameter", words, parameter=name[:60])
        if known[name].get("type") != "array" and len(request.args.getlist(name)) > 1:
            words = Message("web.problem.given_twice", name=name)
            raise Problem(400, "bad_parameter", words, parameter=name)
        params.as_described(name, known[name])


def _cost() -> float:
    """What a request weighs beside a look-up: a text that is sent by its length, a list over the whole base by its
    work."""
    if request.method == "POST":
        return 1 + (request.content_length or 0) / BYTES_OF_ONE
    return COSTS.get((request.endpoint or "").rpartition(".")[2], 1)


def _http_problem(error: HTTPException) -> Response:
    """Errors that Flask itself finds (unknown route, wrong method, body too large) in the same form as ours."""
    status = error.code or 500
    if status < 400 and error.response is not None:
        return error.response  # type: ignore[return-value]
    kilobytes = front().settings.extract_bytes // 1024
    known = {
        404: ("not_found", Message("web.problem.no_page", path=request.path)),
        405: ("method_not_allowed", Message("web.problem.no_method", method=request.method)),
        413: ("too_large", Message("web.problem.too_large", most=kilobytes)),
    }
    code, words = known.get(status, ("bad_request", Message("web.problem.bad_request")))
    headers = {"Allow": ", ".join(sorted(error.valid_methods or ()))} if hasattr(error, "valid_methods") else {}
    return answers.problem_response(Problem(status, code, words, headers=headers))


def _base_problem(error: KnowledgeBaseError) -> Response:
    """What the knowledge base or its index says is wrong with itself: for the keeper of this service to put right."""
    current_app.logger.error("%s: %s", request.path, error)
    return answers.problem_response(Problem(503, "unavailable", error))


def _unforeseen(error: Exception) -> Response:
    """Anything else is our mistake: logged in full for the keeper, said plainly to the reader."""
    current_app.logger.exception("unforeseen error at %s", request.path, exc_info=error)
    return answers.problem_response(Problem(500, "server_error", Message("web.problem.server_error")))
