"""Operations of the API upon what is sent in: the citations of a text, the check of a draft, the bases block."""

from __future__ import annotations

from flask import Response

from web.http import params
from web.http.answers import API, json_response
from web.http.operations import Gives, Operations, Parameter, record, reference, several
from web.http.parameters import (
    BYTES,
    DOCX,
    DRAFT_SENT,
    PAGE,
    TEXT,
    TEXT_SENT,
    choice,
    per_page,
    text_of,
)
from web.views import bases_block
from web.views.checking import MOST_PER_PAGE, PER_PAGE, check_text, submitted_text
from web.views.drafts import check_call

blueprint = Operations("api_sent", __name__)


@blueprint.operation(
    f"{API}/extract",
    "extract",
    takes=(
        Parameter("province", TEXT, "province_of_extract"),
        PAGE,
        per_page(PER_PAGE, MOST_PER_PAGE, "per_page_of_extract"),
    ),
    body={"application/json": TEXT_SENT, "text/plain": TEXT},
    gives={200: Gives("Extract", "extract")},
    refuses={
        400: "extract_no_text",
        413: "extract_too_large",
        503: "extract_busy",
    },
)
def extract() -> Response:
    """The citations of a text, in pages: a long one has thousands."""
    size = params.number("per_page", PER_PAGE, most=MOST_PER_PAGE)
    return json_response(check_text(*submitted_text(), params.page(), size).to_json())


@blueprint.operation(
    f"{API}/bases-block",
    "basesBlock",
    takes=(
        Parameter(
            "document", {"type": "array", "items": TEXT, "maxItems": 60}, "document_of_bases_block", True, many=True
        ),
        Parameter("type", TEXT, "type_of_bases_block"),
        Parameter("issuer", TEXT, "issuer_of_bases_block"),
        Parameter("province", TEXT, "province_of_bases_block"),
    ),
    gives={200: Gives("BasesBlock", "bases_block")},
)
def bases() -> Response:
    """The bases block made of chosen documents."""
    return bases_block.call()


@blueprint.operation(
    f"{API}/check",
    "check",
    takes=(
        Parameter("format", {"type": "string", **choice("json", "html", "csv", "sarif", "docx")}),
        Parameter("name", text_of(200), "name_of_check"),
        Parameter("province", TEXT, "province_of_check"),
    ),
    body=DRAFT_SENT,
    gives={
        200: Gives(
            {"anyOf": [reference("CheckReport"), record(drafts=several("CheckReport"))]},
            "check",
            {
                "text/html": TEXT,
                "text/csv": TEXT,
                "application/sarif+json": {"type": "object"},
                DOCX: BYTES,
            },
        )
    },
    refuses={
        400: "check_no_text",
        413: "check_too_large",
        422: "check_unreadable",
        503: "check_busy",
    },
)
def check() -> Response:
    """The report on a draft that is sent as text, as JSON, as a form or as the bytes of a file."""
    return check_call()
