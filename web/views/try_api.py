"""A page to try the API on: choose an operation, fill in its parameters, see the call and the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import orjson
from flask import Blueprint, Response, current_app, request

from kb.answers.shapes import Answer
from web.http import openapi, params
from web.http.answers import answer
from web.http.front import front

blueprint = Blueprint("try_api", __name__)
MOST_SHOWN = 40_000
"""Characters of an answer that are shown."""

_TEXT = "text"
_LONGEST = 60  # characters of the name of an operation


@dataclass(frozen=True, slots=True)
class Field(Answer):
    """One parameter as a form asks for it; ``choices`` where it is one of a few."""

    name: str
    required: bool
    says: str
    says_vi: str
    choices: tuple[str, ...]
    value: str


@dataclass(frozen=True, slots=True)
class Called(Answer):
    """A call and what it answered; ``cut``: the answer goes on."""

    address: str
    body: str | None
    status: int
    headers: tuple[tuple[str, str], ...]
    answer: str
    cut: bool


@dataclass(frozen=True, slots=True)
class Trial(Answer):
    """The page: the operations, the chosen one with its fields, and the call if one was made."""

    operations: tuple[str, ...]
    operation: str
    method: str
    path: str
    fields: tuple[Field, ...]
    takes_text: bool
    called: Called | None


@blueprint.route("/thu-api", methods=("GET", "POST"))
def page() -> Response:
    """``op`` chooses the operation; ``goi`` = 1 calls it with the fields that are filled in."""
    described = {
        one["operationId"]: (path, method, one)
        for path, methods in openapi.document()["paths"].items()
        for method, one in methods.items()
    }
    given = request.values
    name = params.clean(given.get("op", ""))[:_LONGEST]
    chosen = name if name in described else next(iter(described))
    path, method, operation = described[chosen]
    fields = tuple(_field(one, given) for one in operation["parameters"])
    called = _called(path, method, fields, given.get(_TEXT, "")) if given.get("goi") == "1" else None
    data = Trial(tuple(described), chosen, method.upper(), path, fields, method == "post", called)
    summaries = {name: one for name, (_, _, one) in described.items()}
    return answer("try_api.html", data, summaries=summaries, text=given.get(_TEXT, ""))


def _field(parameter: dict[str, Any], given: Any) -> Field:
    schema = parameter["schema"]
    choices = schema.get("enum") or schema.get("items", {}).get("enum") or ()
    return Field(
        name=parameter["name"],
        required=parameter.get("required", False),
        says=parameter["description"],
        says_vi=parameter["x-vi"],
        choices=tuple(map(str, choices)),
        value=params.clean(given.get(parameter["name"], ""))[: front().settings.query_length],
    )


def _called(path: str, method: str, fields: tuple[Field, ...], text: str) -> Called:
    """Makes the call as any client would, and keeps what can be shown of its answer."""
    query = []
    for one in fields:
        place = f"{{{one.name}}}"
        if place in path:
            path = path.replace(place, quote(one.value, safe="/@-._~:+,"))
        elif one.value:
            query.append((one.name, one.value))
    address = path + ("?" + urlencode(query) if query else "")
    body = {"text": text} if method == "post" else None
    environ = {"REMOTE_ADDR": request.remote_addr or "127.0.0.1", "HTTP_HOST": request.host}
    answered = current_app.test_client().open(address, method=method.upper(), json=body, environ_overrides=environ)
    shown = answered.get_data(as_text=True) if _is_text(answered.mimetype) else ""
    kept = ("Content-Type", "ETag", "Link", "Retry-After")
    headers = tuple((name, value) for name, value in answered.headers.items() if name in kept)
    said = orjson.dumps(body).decode() if body else None
    return Called(address, said, answered.status_code, headers, shown[:MOST_SHOWN], len(shown) > MOST_SHOWN)


def _is_text(mimetype: str | None) -> bool:
    return mimetype is not None and (mimetype.startswith("text/") or mimetype.endswith(("json", "xml")))
