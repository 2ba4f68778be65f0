"""A document's lineage on pages of its own: the board, as a picture to keep, and what happened to one of its parts."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kb.answers.board_shapes import Board, HistoryEvent
from kb.answers.shapes import Answer, DocumentBrief, DocumentDetails, Edge
from messages import Message
from web.drawing import board_picture
from web.drawing.words import lang
from web.http import params
from web.http.answers import Around, add_link, answer, download, kept, paging
from web.http.front import front
from web.http.problems import Problem
from web.http.urls import document_link, here, part_link, permalink, public_link
from web.views.document import find, moved
from web.views.standing import board_of, crowded

blueprint = Blueprint("lineage", __name__)
MOST_OPENED = 12
PART_ROWS = 30


@dataclass(frozen=True, slots=True)
class BoardPage(Answer):
    """The lineage of a document, rung by rung; ``opened`` are the ids of the documents opened on it."""

    document: DocumentDetails
    board: Board
    history: tuple[HistoryEvent, ...]
    opened: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartPage(Answer):
    """What happened to a part of a document, then who else cites it: one page of both together."""

    document: DocumentBrief
    pinpoint: str
    anchor: str | None
    words: str | None
    total: int
    page: int
    pages: int
    per_page: int
    links: Around
    acts: tuple[Edge, ...]
    citations: tuple[Edge, ...]


def opened_here() -> tuple[str, ...]:
    """The documents that this request opens (``mo``, repeated), each once."""
    return tuple(dict.fromkeys(map(params.clean, request.args.getlist("mo"))))[:MOST_OPENED]


@blueprint.get("/vb/<path:ident>/luoc-do")
def board(ident: str) -> AnyResponse:
    """The board: what the document stands on, what stands on it, what changed it; ``mo`` opens a document on it."""
    elsewhere = moved(ident, "/luoc-do")
    if elsewhere:
        return elsewhere
    found = find(ident)
    return kept(lambda: _board(found)) if crowded(found) else _board(found)


def _board(found: DocumentDetails) -> AnyResponse:
    opened = opened_here()
    data = BoardPage(found, board_of(found, opened), front().kb.history(found), opened)

    def board_at(still: list[str], anchor: str) -> str:
        return here(anchor, mo=still or None)

    def address(box: board_picture.Box) -> str:
        return f"#{box.anchor}" if box.anchor else document_link(box.document.id)

    picture = board_picture.draw(data.board, lang())
    response = answer(
        "board.html", data, document=found, picture=picture, W=board_picture, board_at=board_at, address=address
    )
    return add_link(response, "canonical", permalink(found.id) + "/luoc-do")


@blueprint.get("/vb/<path:ident>/tai-ve/luoc-do.svg")
def picture(ident: str) -> AnyResponse:
    """The board as a picture that stands alone."""
    elsewhere = moved(ident, "/tai-ve/luoc-do.svg")
    if elsewhere:
        return elsewhere
    found = find(ident)
    drawn = board_picture.draw(board_of(found), lang())
    name = found.id.replace("/", "-").replace("@", "-") + "-luoc-do.svg"

    def address(box: board_picture.Box) -> str:
        return public_link(box.document.id)

    made = render_template("board.svg", picture=drawn, document=found, W=board_picture, address=address)
    return download(made.encode(), "image/svg+xml", name)


@blueprint.get("/vb/<path:ident>/dieu/<words>")
def part(ident: str, words: str) -> AnyResponse:
    """What happened to a part ("dieu-5", "khoản 2 Điều 5"), and who cites it, each with its sentence."""
    elsewhere = moved(ident, f"/dieu/{words}")
    if elsewhere:
        return elsewhere
    found = find(ident)
    history = front().kb.part(found.id, params.clean(words))
    if history is None:
        raise Problem(404, "no_such_part", Message("web.problem.no_such_part", words=params.clean(words)[:100]))
    number, size = params.page(), params.per_page(PART_ROWS)
    changed = len(history.acts)
    place = paging(changed + len(history.citations), number, size)
    first, last = (place.page - 1) * size, place.page * size
    data = PartPage(
        document=history.document,
        pinpoint=history.pinpoint,
        anchor=history.anchor,
        words=history.words,
        total=history.total,
        page=place.page,
        pages=place.pages,
        per_page=place.per_page,
        links=place.links,
        acts=history.acts[first:last],
        citations=history.citations[max(0, first - changed) : max(0, last - changed)],
    )
    response = answer("part.html", data, document=found)
    return place.links.add_to(add_link(response, "canonical", part_link(found.id, history.pinpoint)))
