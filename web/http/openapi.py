"""The description of the API and the codes of its errors."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import orjson

from indexer import facets
from indexer.index_document import FACETS
from web.http import schemas
from web.http.answers import NOW

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


LISTS = ("citations", "changes", "search", "registers", "register", "staleDocuments", "orphans", "mostCited", "circles")
"""Operations that give a list, which is had as CSV and Atom, too."""
JSON = {"application/json", "application/problem+json"}
_COMMON = {"400": "BadParameter", "414": "AddressTooLong", "429": "TooManyRequests", "431": "HeadersTooLarge"}
_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


@cache
def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document: paths and prose of ``openapi.json``, the schemas of the answers made from their code,
    the values of filters from their vocabularies, and what all operations have in common.

    Parameters that operations share stand in each, for readers who do not follow references.
    """
    found: dict[str, Any] = orjson.loads(resources.files("web").joinpath("openapi.json").read_bytes())
    shared = found["components"].pop("parameters")
    for path, methods in found["paths"].items():
        for operation in methods.values():
            parameters = [
                shared[one["$ref"].rpartition("/")[2]] if "$ref" in one else one for one in operation["parameters"]
            ]
            if operation["operationId"] == "search":
                parameters = [_of_facet(one) if one["name"] in FACETS else one for one in parameters]
            if operation["operationId"] in LISTS:
                parameters.append(shared["format"])
                _had_in_other_forms(operation["responses"]["200"]["content"])
            operation["parameters"] = parameters if path in NOW else [*parameters, shared["lang"]]
            for status, name in _COMMON.items():
                operation["responses"].setdefault(status, {"$ref": f"#/components/responses/{name}"})
    found["components"]["schemas"] |= schemas.components()
    _with_examples(found)
    return found


def _with_examples(found: dict[str, Any]) -> None:
    """Puts an example to each answer (``examples.json``, written by ``tools/api_examples.py``)."""
    examples = orjson.loads(resources.files("web").joinpath("examples.json").read_bytes())
    for methods in found["paths"].values():
        for operation in methods.values():
            for status, example in examples["operations"].get(operation["operationId"], {}).items():
                content = operation["responses"][status].get("content", {})
                for media in content.keys() & JSON:
                    content[media]["example"] = example
    for name, example in examples["shared"].items():
        found["components"]["responses"][name]["content"]["application/problem+json"]["example"] = example


def _of_facet(parameter: dict[str, Any]) -> dict[str, Any]:
    """A filter by a facet: any number of the ids that there are."""
    values = list(facets.vocabulary(parameter["name"]))
    items: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": 200}
    if values:
        items = {"type": "string", "enum": values}
    elif parameter["name"] in facets.SHAPES:
        items = {"type": "string", "pattern": f"^{facets.SHAPES[parameter['name']].pattern}$"}
    return {**parameter, "schema": {"type": "array", "items": items, "maxItems": 20}, "explode": True}


def _had_in_other_forms(content: dict[str, Any]) -> None:
    for media in ("text/csv", "application/atom+xml"):
        content[media] = {"schema": {"type": "string"}}


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
