"""Sources beside the texts ("Nguồn"): the registers of the base, and the rows of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response

from kb.answers.shapes import Answer
from kb.errors import NotFoundError
from kb.knowledge.registers.row import Register, RegisterRow, RowRemark
from web.http import params
from web.http.answers import API, Around, answer, json_response, paging
from web.http.front import front
from web.http.problems import Problem
from web.views.document import find, moved_api

blueprint = Blueprint("sources", __name__)
ROWS = 50
REMARKS = 100  # shown on the page of a register; the API gives all that are kept


@dataclass(frozen=True, slots=True)
class Sources(Answer):
    """The registers of the base, and how many texts it holds."""

    registers: tuple[Register, ...]
    held: int


@dataclass(frozen=True, slots=True)
class RegisterPage(Answer):
    """One page of a register's rows; on the first what was remarked when it was read."""

    register: Register
    total: int
    page: int
    pages: int
    per_page: int
    links: Around
    items: tuple[RegisterRow, ...]
    remarks: tuple[RowRemark, ...]


@blueprint.get("/nguon")
def sources() -> Response:
    """What the base knows beside its texts, from whom and since when."""
    return answer("sources.html", Sources(front().kb.registers(), front().kb.stats()["held"]))


@blueprint.get("/nguon/<path:name>")
def source(name: str) -> Response:
    """The rows of one register, each with its document, in pages."""
    data = _page(name)
    return data.links.add_to(answer("source.html", data, remarks=data.remarks[:REMARKS]))


@blueprint.get(f"{API}/registers")
def registers() -> Response:
    return json_response({"items": [one.to_json() for one in front().kb.registers()]})


@blueprint.get(f"{API}/registers/<path:name>")
def register(name: str) -> Response:
    data = _page(name)
    return data.links.add_to(json_response(data.to_json()))


@blueprint.get(f"{API}/documents/<path:ident>/registers")
def of_document(ident: str) -> Any:
    """What registers say of a document, the newest register first."""
    elsewhere = moved_api(ident, "/registers")
    if elsewhere:
        return elsewhere
    found = find(ident)
    rows = front().kb.registers_about(found.id)
    return json_response({"id": found.id, "items": [row.to_json() for row in rows]})


def _page(name: str) -> RegisterPage:
    kb = front().kb
    number, size = params.page(), params.per_page(ROWS)
    try:
        one = kb.register(name)
    except NotFoundError as error:
        raise Problem(404, "no_such_register", error.words) from None
    place = paging(one.rows, number, size)
    return RegisterPage(
        register=one,
        total=place.total,
        page=place.page,
        pages=place.pages,
        per_page=place.per_page,
        links=place.links,
        items=kb.register_rows(name, page=number, per_page=size),
        remarks=kb.register_remarks(name) if number == 1 else (),
    )
