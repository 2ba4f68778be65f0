"""All citations of one document, of one direction: sorted, narrowed, in pages and as files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from kb.answers.shapes import Answer, DocumentDetails, Edge
from web.drawing import columns, feed
from web.drawing.words import RELATIONS
from web.http import params
from web.http.answers import Around, answer, paging
from web.http.front import front
from web.views.document import find, moved
from web.views.lists import Listed, as_file, pages_of

blueprint = Blueprint("citations", __name__)
LIST_ROWS = 30
ORDERS = {"moi": "newest", "cu": "oldest", "van-ban": "text"}
ORDER_OF = {"den": "moi", "di": "van-ban"}
"""Orders of a list of citations as an address names them, and the one that each direction has by itself."""


@dataclass(frozen=True, slots=True)
class CitationList(Answer):
    """One page of the citations of one direction, narrowed to a relation, a province and a year where they are given;
    ``order``: newest, oldest, or as in the text. The counts by province and year are of documents, and
    narrowed by nothing."""

    document: DocumentDetails
    direction: str
    relation: str | None
    province: str | None
    year: str | None
    order: str
    total: int
    page: int
    pages: int
    per_page: int
    links: Around
    by_relation: dict[str, int]
    by_province: dict[str, int]
    by_year: dict[str, int]
    items: tuple[Edge, ...]


@blueprint.get("/vb/<path:ident>/dan")
def citation_list(ident: str) -> AnyResponse:
    """All citations of one direction (``chieu`` = den | di), of one relation (``quan_he``) and of documents of one
    province (``tinh``) and year (``nam``) where they are given, in pages, in an order (``xep``)."""
    elsewhere = moved(ident, "/dan")
    if elsewhere:
        return elsewhere
    found = find(ident)
    direction = params.one_of("chieu", ("den", "di"), "den")
    wanted = params.several_of("quan_he", RELATIONS)
    relation = wanted[0] if wanted else None
    province, year = params.text("tinh"), params.date("nam")
    order = params.one_of("xep", tuple(ORDERS), ORDER_OF[direction])
    side = "in" if direction == "den" else "out"
    narrowed: dict[str, Any] = {"relation": relation, "province": province, "year": year, "order": ORDERS[order]}
    file = as_file(citations_listed(found, side, **narrowed))
    if file is not None:
        return file
    number, size = params.page(), params.per_page(LIST_ROWS)
    edges = front().kb.citations(found.id, direction=side, **narrowed, page=number, per_page=size)
    place = paging(edges.total, number, size)
    data = CitationList(
        document=found,
        direction=direction,
        relation=relation,
        province=province,
        year=year,
        order=order,
        total=place.total,
        page=place.page,
        pages=place.pages,
        per_page=place.per_page,
        links=place.links,
        by_relation=edges.by_relation,
        by_province=front().kb.provinces_citing(found.id) if side == "in" else {},
        by_year=front().kb.years_linked(found.id, side),
        items=edges.items,
    )
    return place.links.add_to(answer("citations.html", data, document=found, orders=tuple(ORDERS)))


def citations_listed(found: DocumentDetails, direction: str, **narrowed: Any) -> Listed[Edge]:
    """The citations to (``in``) or of (``out``) a document, narrowed as ``KnowledgeBase.citations`` can."""

    def rows(number: int, size: int) -> tuple[Edge, ...]:
        edges = front().kb.citations(found.id, direction=direction, **narrowed, page=number, per_page=size)
        return edges.items

    return Listed("dan", found.office_citation, columns.EDGES, feed.of_edge, lambda: pages_of(rows))
