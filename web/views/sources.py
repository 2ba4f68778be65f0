"""Sources beside the texts ("Nguồn"): the registers of the base, and the rows of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response

from kb.answers.shapes import Answer
from kb.errors import NotFoundError
from kb.knowledge.registers.row import Register, RegisterRow, RowRemark
from messages import Message
from web.drawing import columns, feed
from web.drawing.words import lang
from web.http import params
from web.http.answers import API, Around, answer, json_response, paging
from web.http.front import front
from web.http.operations import Gives, Operations, Parameter, page_of, record, reference, several
from web.http.parameters import ID, PAGE, PART_OF_ADDRESS, TEXT, per_page
from web.http.problems import Problem
from web.views.document import find, moved_api
from web.views.lists import Listed, as_file, pages_of

blueprint = Operations("sources", __name__)
ROWS = 50
_LONGEST_NAME = 300
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
    return as_file(_listed()) or answer("sources.html", Sources(front().kb.registers(), front().kb.stats()["held"]))


@blueprint.get("/nguon/<path:name>")
def source(name: str) -> Response:
    """The rows of one register, each with its document, in pages."""
    file = as_file(_rows_listed(name))
    if file is not None:
        return file
    data = _page(name)
    return data.links.add_to(answer("source.html", data, remarks=data.remarks[:REMARKS]))


@blueprint.operation(
    f"{API}/registers",
    "registers",
    gives={200: Gives(record(items=several("Register")), "registers")},
    lists=True,
)
def registers() -> Response:
    return as_file(_listed()) or json_response({"items": [one.to_json() for one in front().kb.registers()]})


@blueprint.operation(
    f"{API}/registers/<path:name>",
    "register",
    takes=(
        Parameter("name", PART_OF_ADDRESS, "name_of_register", example="Bộ pháp điển"),
        PAGE,
        per_page(ROWS),
    ),
    gives={
        200: Gives(
            page_of(
                "RegisterRow",
                register=reference("Register"),
                total={"type": "integer"},
                pages={"type": "integer"},
                remarks=several("RegisterRemark"),
            ),
            "register",
        )
    },
    shares={404: "NoSuchRegister"},
    lists=True,
)
def register(name: str) -> Response:
    file = as_file(_rows_listed(name))
    if file is not None:
        return file
    data = _page(name)
    return data.links.add_to(json_response(data.to_json()))


@blueprint.operation(
    f"{API}/documents/<path:id>/registers",
    "document_registers",
    takes=(ID,),
    gives={200: Gives(record(id=TEXT, items=several("RegisterRow")), "rows_of_registers")},
)
def of_document(id: str) -> Any:
    """What registers say of a document, the newest register first."""
    elsewhere = moved_api(id, "/registers")
    if elsewhere:
        return elsewhere
    found = find(id)
    rows = front().kb.registers_about(found.id)
    return json_response({"id": found.id, "items": [row.to_json() for row in rows]})


def _listed() -> Listed[Register]:
    title = Message("web.sources.title").text(lang())
    return Listed("nguon", title, columns.SOURCES, feed.of_register, front().kb.registers)


def _rows_listed(name: str) -> Listed[RegisterRow]:
    kb = front().kb
    _known(name)
    return Listed(
        "nguon",
        name,
        columns.REGISTER,
        feed.of_register_row,
        lambda: pages_of(lambda number, size: kb.register_rows(name, page=number, per_page=size)),
    )


def _known(name: str) -> Register:
    """The register of this name; raises the 404 problem where there is none."""
    try:
        return front().kb.register(name[:_LONGEST_NAME])
    except NotFoundError as error:
        raise Problem(404, "no_such_register", error.words) from None


def _page(name: str) -> RegisterPage:
    kb = front().kb
    number, size = params.page(), params.per_page(ROWS)
    one = _known(name)
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
