"""The description of the API, made from what the views declare, and the codes of its errors."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import orjson

from messages import Message
from web.http import schemas
from web.http.answers import NOW
from web.http.operations import DECLARED, Operation, answer_words, snake
from web.http.parameters import FORMAT_OF_LIST, LANG

PROBLEMS: dict[str, int] = {
    "bad_parameter": 400,
    "bad_query": 400,
    "unparsable": 400,
    "bad_json": 400,
    "bad_encoding": 400,
    "no_text": 400,
    "no_reviewer": 401,
    "wrong_seal": 403,
    "no_such_doubt": 404,
    "control_character": 400,
    "bad_request": 400,
    "document_not_found": 404,
    "no_such_part": 404,
    "no_such_file": 404,
    "not_held": 404,
    "no_picture": 404,
    "not_found": 404,
    "document_withdrawn": 410,
    "method_not_allowed": 405,
    "too_large": 413,
    "address_too_long": 414,
    "unsupported_type": 415,
    "unreadable_file": 422,
    "no_comments": 422,
    "too_many_requests": 429,
    "server_error": 500,
    "busy": 503,
    "unavailable": 503,
}
"""Every error code with its HTTP status."""


JSON = {"application/json", "application/problem+json"}
_SHARED = {
    301: "Merged",
    304: "NotModified",
    400: "BadParameter",
    404: "NoSuchDocument",
    410: "Withdrawn",
    414: "AddressTooLong",
    429: "TooManyRequests",
    431: "HeadersTooLarge",
}
"""Answers that are the same wherever they are given, by status: components of ``openapi.json``."""
_EVERYWHERE = (400, 414, 429, 431)
_OF_DOCUMENT = (301, 404, 410)
_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_WITH_BODY = {415: "other_content_type"}


@cache
def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document: the operations as their views declare them (``web.http.operations``), the schemas of
    the answers made from their code, the rest from ``openapi.json``.

    Parameters that operations share stand in each, for readers who do not follow references.
    """
    found: dict[str, Any] = orjson.loads(resources.files("web").joinpath("openapi.json").read_bytes())
    components = found.pop("components")
    _say(found["info"], components)
    found["paths"] = {}
    for (path, method), operation in DECLARED.items():
        found["paths"].setdefault(path, {})[method.lower()] = _described(operation)
    found["components"] = components
    components["schemas"] |= schemas.components()
    _with_examples(found)
    return found


def _say(info: dict[str, Any], components: dict[str, Any]) -> None:
    """Puts the words to the API itself and to what its operations share."""
    of_api = Message("web.answer.api_summary"), Message("web.answer.api_description")
    info |= {"summary": of_api[0].en, "description": of_api[1].en, "x-vi": f"{of_api[0].vi}. {of_api[1].vi}"}
    for name, response in components["responses"].items():
        response |= answer_words(snake(name))
    components["headers"]["ETag"] |= answer_words("etag")


def _described(operation: Operation) -> dict[str, Any]:
    said = operation.says
    takes = [*operation.takes, *([FORMAT_OF_LIST] if operation.lists else [])]
    if operation.path not in NOW:
        takes.append(LANG)
    found: dict[str, Any] = {
        "operationId": operation.name,
        "summary": said.en,
        "x-vi": said.vi,
        "parameters": [one.described(operation.path) for one in takes],
    }
    if operation.body:
        content = {media: {"schema": schema} for media, schema in operation.body.items()}
        found["requestBody"] = {"required": True, "content": content}
    return found | {"responses": _responses(operation)}


def _responses(operation: Operation) -> dict[str, Any]:
    """All answers of an operation by status: what it gives, what it refuses in its own words, and what it shares with
    others."""
    tagged = operation.method == "GET" and operation.path not in NOW
    found: dict[int, Any] = {}
    for status, gives in operation.gives.items():
        content = gives.content()
        if operation.lists and status == 200:
            content |= {media: {"schema": {"type": "string"}} for media in ("text/csv", "application/atom+xml")}
        found[status] = {**answer_words(gives.words), "content": content}
        if tagged:
            found[status]["headers"] = {"ETag": {"$ref": "#/components/headers/ETag"}}
    refuses = {**(_WITH_BODY if operation.body else {}), **operation.refuses}
    found |= {status: {**answer_words(words), "content": dict(_PROBLEM)} for status, words in refuses.items()}
    common = [*_EVERYWHERE, *([304] if tagged else []), *(_OF_DOCUMENT if "{id}" in operation.path else [])]
    for status, name in ({status: _SHARED[status] for status in common} | dict(operation.shares)).items():
        found.setdefault(status, {"$ref": f"#/components/responses/{name}"})
    return {str(status): found[status] for status in sorted(found)}


def _with_examples(found: dict[str, Any]) -> None:
    """Puts an example to each answer (``examples.json``, written by ``tools/api_examples.py``)."""
    examples = orjson.loads(resources.files("web").joinpath("examples.json").read_bytes())
    for methods in found["paths"].values():
        for operation in methods.values():
            for status, example in examples["operations"].get(operation["operationId"], {}).items():
                content = operation["responses"][status].get("content", {})
                for media in content.keys() & JSON:
                    content[media] = {**content[media], "example": example}
    for name, example in examples["shared"].items():
        found["components"]["responses"][name]["content"]["application/problem+json"]["example"] = example


def _followed(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema, or the shared one that it refers to."""
    reference: str | None = schema.get("$ref")
    found: dict[str, Any] = document()["components"]["schemas"][reference.rpartition("/")[2]] if reference else schema
    return found


@cache
def parameters() -> dict[tuple[str, str], dict[str, dict[str, Any]]]:
    """By path and method of each operation its query parameters, each with its schema."""
    return {
        (path, method.upper()): {
            one["name"]: _followed(one["schema"]) for one in operation["parameters"] if one["in"] == "query"
        }
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    }
