"""The parameters that operations of the API take; how each is read is in ``web.http.params``."""

from __future__ import annotations

from typing import Any

from indexer import facets
from indexer.index_document import FACETS
from web.http.operations import Parameter, Schema, reference

TEXT: Schema = {"type": "string"}
LONGEST_QUERY = 400


def text_of(most: int) -> Schema:
    """The schema of words of at most so many code points."""
    return {"type": "string", "maxLength": most}


def whole(default: int, *, most: int | None = None) -> Schema:
    """The schema of a whole number from 1."""
    bounds: dict[str, Any] = {"type": "integer", "minimum": 1, "maximum": most, "default": default}
    return {name: value for name, value in bounds.items() if value is not None}


def choice(*values: str) -> Schema:
    """The schema of one of a few; the first is meant where none is given."""
    return {"enum": list(values), "default": values[0]}


def per_page(default: int, most: int = 100, words: str = "") -> Parameter:
    """How many entries one page has."""
    return Parameter("per_page", whole(default, most=most), words)


PART_OF_ADDRESS: Schema = {"type": "string", "minLength": 1, "pattern": r"^(?!\.{1,2}$)"}
"""The schema of a part of an address: clients take ``.`` and ``..`` out of one."""
ID = Parameter("id", PART_OF_ADDRESS)
STATUS_ON = Parameter("status_on", {"type": "string", "format": "date"})
STRONG_ONLY = Parameter("strong_only", choice("0", "1"))
PAGE = Parameter("page", whole(1))
PAGE_OF_LIST = Parameter("page", whole(1, most=50))
LIMIT = Parameter("limit", whole(20, most=100))
NUMBER = Parameter("number", text_of(LONGEST_QUERY), required=True)
FORMAT_OF_LIST = Parameter("format", {"type": "string", **choice("json", "csv", "atom")}, "format_of_list")
LANG = Parameter("lang", {"type": "string", **choice("vi", "en")})
BYTES: Schema = {"type": "string", "format": "binary"}
_WORDS: Schema = {"type": "string", "minLength": 1, "pattern": "\\S"}
_SENT: dict[str, Schema] = {"text": _WORDS, "province": {"type": ["string", "null"]}}
TEXT_SENT: Schema = {"type": "object", "properties": _SENT, "required": ["text"]}
"""The schema of a text that is sent as JSON."""
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DRAFT_SENT: dict[str, Schema] = {
    "application/json": TEXT_SENT,
    "text/plain": TEXT,
    "multipart/form-data": {
        "type": "object",
        "properties": {"file": {**BYTES, "minLength": 1}, **_SENT},
        "anyOf": [{"required": ["file"]}, {"required": ["text"]}],
    },
    "application/octet-stream": BYTES,
    "application/pdf": BYTES,
    DOCX: BYTES,
}
"""What a draft is sent as: by media type its schema."""
SEVERAL_RELATIONS: Schema = {"type": "array", "items": reference("Relation")}


def of_facet(name: str) -> Parameter:
    """A filter by a facet of the search: any number of the ids that there are."""
    values = list(facets.vocabulary(name))
    items: Schema = {"type": "string", "minLength": 1, "maxLength": 200}
    if values:
        items = {"type": "string", "enum": values}
    elif name in facets.SHAPES:
        items = {"type": "string", "pattern": f"^{facets.SHAPES[name].pattern}$"}
    own = {"type", "province", "issuer", "relation"}  # of which other operations say other things
    words = f"{name}_of_search" if name in own else ""
    return Parameter(name, {"type": "array", "items": items, "maxItems": 20}, words, many=True)


FILTERS = tuple(of_facet(name) for name in FACETS)
