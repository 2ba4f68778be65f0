"""The page of one document: who it is, its text, who stands on it, what it stands on, its lineage, its files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

import orjson
from flask import Blueprint, Response, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from kb.answers.board_shapes import Board, CitedPart, HistoryEvent
from kb.answers.shapes import Answer, DocumentDetails, Edge, Variant
from kb.answers.status import today
from kb.checking.bases_block import basis_of
from kb.knowledge.registers.row import RegisterRow
from messages import Message
from web.drawing import columns
from web.drawing.flow import budget_beside
from web.drawing.words import RELATIONS, WEAK
from web.http import csv_tables, params
from web.http.answers import API, add_link, answer, download, kept
from web.http.front import front
from web.http.problems import Problem, missing_document, withdrawn_document
from web.http.urls import document_link, permalink, public_link
from web.views.reading import asked_for, cited_articles, held_text, here_in_text, opening
from web.views.standing import Standing, board_of, crowded, standing

blueprint = Blueprint("document", __name__)
_PLACES = ("tai", "dong", "phan")  # parameters that name a place in the text
MOST_ARTICLES = 10  # articles named of those that others cite
GROUP_ROWS, SECTION_ROWS = 6, 12  # rows of one relation, and of all, before the reader is sent to the full list

Maker = Callable[[DocumentDetails, str], Response]
"""Makes a download of a document, under a file name."""


@dataclass(frozen=True, slots=True)
class Group(Answer):
    """The first citations of one relation, ``total`` of them in all."""

    relation: str
    strong: bool
    total: int
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Relations(Answer):
    """The citations of one direction by relation; ``weak`` counts those of weak relations."""

    total: int
    weak: int
    by_relation: dict[str, int]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Incoming(Relations):
    """The same of those to a document, with the provinces that cite it."""

    by_province: dict[str, int]


@dataclass(frozen=True, slots=True)
class Addresses(Answer):
    """Where the parts of a document are; ``text`` is None where it is not held."""

    self: str
    bases: str
    citations: str
    text: str | None


@dataclass(frozen=True, slots=True)
class DocumentPage(Answer):
    """The page of one document."""

    document: DocumentDetails
    incoming: Incoming
    outgoing: Relations
    history: tuple[HistoryEvent, ...]
    lineage: Board
    standing: Standing
    articles: tuple[CitedPart, ...]
    registers: tuple[RegisterRow, ...]
    links: Addresses


@dataclass(frozen=True, slots=True)
class Shown:
    """What a document's page shows beside its text, whoever asks: its data, the forms in which it is cited, and the
    line that names it as a basis."""

    data: DocumentPage
    variants: tuple[Variant, ...]
    basis: str | None


def find(ident: str, status_on: str | None = None) -> DocumentDetails:
    """What is known of ``ident``, NFC, its status that on a day (ISO, default today); raises the 404 problem where
    there is none, 410 where there was one."""
    found: DocumentDetails | None = front().remember(
        ("details", params.clean(ident), status_on or today()),
        lambda: front().kb.document(params.clean(ident), status_on=status_on),
        worth=lambda made: made is not None and crowded(made),
    )
    if found is None and front().kb.withdrawn(params.clean(ident)):
        raise withdrawn_document(params.clean(ident)[:200])
    if found is None:
        raise missing_document(params.clean(ident)[:200])
    return found


def moved(ident: str, tail: str = "") -> AnyResponse | None:
    """301 to the document into which the one at ``ident`` was merged."""
    new = front().kb.redirect(params.clean(ident))
    return redirect(document_link(new).replace(permalink(new), permalink(new) + tail, 1), 301) if new else None


@blueprint.get("/vb/<path:ident>")
def page(ident: str) -> AnyResponse:
    elsewhere = moved(ident)
    if elsewhere:
        return elsewhere
    found = find(ident, params.day("ngay"))
    if any(name in request.args for name in _PLACES):
        return redirect(here_in_text(found.id), 302)
    return kept(lambda: _page(found)) if crowded(found) else _page(found)


def _page(found: DocumentDetails) -> AnyResponse:
    weak = params.flag("yeu", True)
    made = about(found, weak)
    total = made.data.incoming.total + made.data.outgoing.total
    response = answer(
        "document.html",
        made.data,
        document=found,
        weak=weak,
        text=opening(held_text(found.id), budget_beside(total)) if found.role == "held" else None,
        variants=made.variants,
        basis=made.basis,
        linked=_linked(found.id),
    )
    add_link(response, "canonical", permalink(found.id))
    return response


def about(found: DocumentDetails, weak: bool) -> Shown:
    """What the page of a document shows beside its text; of one that very many cite it is made once a day for each
    state of the base."""
    if not crowded(found):
        return _about(found, weak)
    shown: Shown = front().remember(("page", found.id, weak, found.status.day), lambda: _about(found, weak))
    return shown


def _about(found: DocumentDetails, weak: bool) -> Shown:
    data = DocumentPage(
        document=found,
        incoming=_incoming(found.id, weak),
        outgoing=relations(found.id, "out", weak),
        history=front().kb.history(found),
        lineage=board_of(found),
        standing=standing(found.id),
        articles=tuple(cited_articles(found.id).values())[:MOST_ARTICLES],
        registers=front().kb.registers_about(found.id),
        links=Addresses(
            permalink(found.id),
            bases=f"{permalink(found.id)}/can-cu",
            citations=f"/api/v1/documents/{found.id}/citations",
            text=f"{permalink(found.id)}/tai-ve/van-ban.txt" if found.role == "held" else None,
        ),
    )
    return Shown(data, told_apart(found.variants), basis_of(front().kb, found.id))


def _linked(ident: str) -> Markup:
    """A document in ELI terms for machines that read the page; nothing in it can end the element that holds it."""
    data = front().kb.linked_data(ident) | {"url": public_link(ident)}
    return Markup(orjson.dumps(data).decode().replace("<", "\\u003c"))


@blueprint.get("/vb/<path:ident>/noi-dung")
def text(ident: str) -> AnyResponse:
    """The text as it is read, in parts: the one with an anchor (``tai``), a line (``dong``), or the ``phan``-th."""
    elsewhere = moved(ident, "/noi-dung")
    if elsewhere:
        return elsewhere
    found = find(ident)
    held = held_text(found.id)
    return answer("reading.html", held, document=found, text=asked_for(held))


@blueprint.get("/vb/<path:ident>/tai-ve/<name>")
def file(ident: str, name: str) -> AnyResponse:
    """Downloads: the text as held, the citations of and to the document as CSV for Excel and as JSON Lines."""
    elsewhere = moved(ident, f"/tai-ve/{name}")
    if elsewhere:
        return elsewhere
    maker = DOWNLOADS.get(name)
    if maker is None:
        raise Problem(404, "no_such_file", Message("web.problem.no_download", name=name))
    found = find(ident)
    return maker(found, found.id.replace("/", "-").replace("@", "-") + "-" + name)


def _incoming(ident: str, weak: bool) -> Incoming:
    """The citations to a document."""
    found = relations(ident, "in", weak)
    by_province = front().kb.provinces_citing(ident)
    return Incoming(found.total, found.weak, found.by_relation, found.groups, by_province=by_province)


def told_apart(variants: Sequence[Variant]) -> tuple[Variant, ...]:
    """The forms in which a document is cited that differ in more than where a line ends; what says nothing besides its
    number is left out."""
    found: dict[str, Variant] = {}
    for one in variants:
        words = " ".join(one.raw.replace("*", "").split())
        words = words.replace("- ", "-").replace("/ ", "/")
        kept = found.get(words.casefold())
        count = one.count + (kept.count if kept else 0)
        repairs = tuple(fix for fix in one.repairs if fix["before"].split() != fix["after"].split())
        found[words.casefold()] = Variant(kept.raw if kept else words, count, kept.repairs if kept else repairs)
    return tuple(sorted(found.values(), key=lambda one: -one.count)) if len(found) > 1 else ()


def relations(ident: str, direction: str, weak: bool) -> Relations:
    """The citations to (``in``) or of (``out``) a document by relation, the strong ones first."""
    kb = front().kb
    counts = dict(kb.citations(ident, direction=direction, page=1, per_page=1).by_relation)
    groups = []
    room = SECTION_ROWS
    for name in RELATIONS:
        total = counts.get(name, 0)
        if not total or (not weak and name in WEAK):
            continue
        rows = max(2, min(GROUP_ROWS, room))
        edges = kb.citations(ident, direction=direction, relation=name, order="newest", page=1, per_page=rows)
        groups.append(Group(name, strong=name not in WEAK, total=edges.total, edges=edges.items))
        room -= len(edges.items)
    weak_total = sum(counts.get(name, 0) for name in WEAK)
    return Relations(sum(counts.values()), weak_total, counts, tuple(groups))


def _every_edge(ident: str, direction: str) -> list[Edge]:
    kb, number = front().kb, 1
    found: list[Edge] = []
    while True:
        edges = kb.citations(ident, direction=direction, page=number, per_page=100)
        found += edges.items
        if not edges.items or len(found) >= edges.total:
            return found
        number += 1


def _plain_text(found: DocumentDetails, name: str) -> Response:
    return download(held_text(found.id).text.encode("utf-8", "replace"), "text/plain", name)


def _csv(direction: str) -> Maker:
    return lambda found, name: download(
        csv_tables.spreadsheet(_every_edge(found.id, direction), columns.headed(columns.EDGES)), "text/csv", name
    )


def _jsonl(direction: str) -> Maker:
    def make(found: DocumentDetails, name: str) -> Response:
        body = b"".join(orjson.dumps(edge.to_json()) + b"\n" for edge in _every_edge(found.id, direction))
        return download(body, "application/jsonl", name)

    return make


DOWNLOADS: dict[str, Maker] = {
    "van-ban.txt": _plain_text,
    "dan-boi.csv": _csv("in"),
    "dan-den.csv": _csv("out"),
    "dan-boi.jsonl": _jsonl("in"),
    "dan-den.jsonl": _jsonl("out"),
}


def moved_api(ident: str, tail: str = "") -> AnyResponse | None:
    """301 inside the API for a document that was merged into another."""
    new = front().kb.redirect(params.clean(ident))
    return redirect(f"{API}/documents/{quote(new)}{tail}", 301) if new else None
