"""The description of the API and the codes of its errors."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import orjson

from web.http import schemas

PROBLEMS: dict[str, int] = {
    "bad_parameter": 400,
    "bad_query": 400,
    "unparsable": 400,
    "bad_json": 400,
    "bad_encoding": 400,
    "no_text": 400,
    "control_character": 400,
    "bad_request": 400,
    "document_not_found": 404,
    "no_such_part": 404,
    "no_such_file": 404,
    "not_held": 404,
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


@cache
def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document: paths and prose of ``openapi.json``, the schemas of the answers made from their code.

    Parameters that operations share stand in each, for readers who do not follow references.
    """
    found: dict[str, Any] = orjson.loads(resources.files("web").joinpath("openapi.json").read_bytes())
    shared = found["components"].pop("parameters")
    for methods in found["paths"].values():
        for operation in methods.values():
            if "parameters" in operation:
                operation["parameters"] = [
                    shared[one["$ref"].rpartition("/")[2]] if "$ref" in one else one for one in operation["parameters"]
                ]
    found["components"]["schemas"] |= schemas.components()
    return found
