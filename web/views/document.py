"""The page of one document: who it is, its text, who stands on it, what it stands on, its lineage, its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import orjson
from flask import Blueprint, Response, current_app, redirect
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from messages import Message
from web.drawing import lineage, marking
from web.drawing.words import RELATIONS, WEAK
from web.http import csv_tables, params
from web.http.answers import API, add_link, answer, download, paging
from web.http.front import front
from web.http.problems import Problem, missing_document, withdrawn_document
from web.http.urls import document_link, here, permalink
from web.views.standing import standing

blueprint = Blueprint("document", __name__)
GROUP_ROWS, SECTION_ROWS = 6, 12  # rows of one relation, and of all, before the reader is sent to the full list
LIST_ROWS = 30


def find(ident: str) -> Any:
    """What is known of ``ident``, NFC; raises the 404 problem where there is none, 410 where there was one."""
    found = front().kb.document(params.clean(ident))
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
    found = find(ident)
    document = found.to_json()
    weak = params.flag("yeu", True)
    wide = params.flag("rong", False)
    held = document["role"] == "held"
    trace = front().kb.trace(found.id, direction="both", depth=2, strong_only=not wide).to_json()
    data: dict[str, Any] = {
        "document": document,
        "incoming": relations(found.id, "in", weak) | {"by_province": front().kb.provinces_citing(found.id)},
        "outgoing": relations(found.id, "out", weak),
        "lineage": trace,
        "standing": standing(found.id),
        "links": {
            "self": permalink(found.id),
            "bases": f"{permalink(found.id)}/can-cu",
            "citations": f"/api/v1/documents/{found.id}/citations",
            "text": f"{permalink(found.id)}/tai-ve/van-ban.txt" if held else None,
        },
    }
    response = answer(
        "document.html",
        data,
        document=document,
        weak=weak,
        wide=wide,
        text=_text(found.id, data["incoming"]["total"] + data["outgoing"]["total"]) if held else None,
        drawing=lineage.draw(trace),
    )
    add_link(response, "canonical", permalink(found.id))
    return response


@blueprint.get("/vb/<path:ident>/dan")
def citation_list(ident: str) -> AnyResponse:
    """All citations of one direction (``chieu`` = den | di), of one relation (``quan_he``) and of documents of one
    province (``tinh``) where they are given, in pages."""
    elsewhere = moved(ident, "/dan")
    if elsewhere:
        return elsewhere
    found = find(ident)
    direction = params.one_of("chieu", ("den", "di"), "den")
    wanted = params.several_of("quan_he", RELATIONS)
    relation = wanted[0] if wanted else None
    province = params.text("tinh")
    number, size = params.page(), params.per_page(LIST_ROWS)
    edges = front().kb.citations(
        found.id,
        direction="in" if direction == "den" else "out",
        relation=relation,
        province=province,
        page=number,
        per_page=size,
    )
    data = {
        "document": found.to_json(),
        "direction": direction,
        "relation": relation,
        "province": province,
        **paging(edges.total, number, size),
        "by_relation": edges.to_json()["by_relation"],
        "items": [edge.to_json() for edge in edges.items],
    }
    response = answer("citations.html", data, document=data["document"])
    for rel in ("next", "prev"):
        add_link(response, rel, data["links"][rel])
    return response


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


def relations(ident: str, direction: str, weak: bool) -> dict[str, Any]:
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
        edges = kb.citations(ident, direction=direction, relation=name, page=1, per_page=rows)
        groups.append(
            {
                "relation": name,
                "strong": name not in WEAK,
                "total": edges.total,
                "edges": [edge.to_json() for edge in edges.items],
            }
        )
        room -= len(edges.items)
    return {
        "total": sum(counts.values()),
        "weak": sum(counts.get(name, 0) for name in WEAK),
        "by_relation": counts,
        "groups": groups,
    }


def _text(ident: str, listed: int) -> dict[str, Any] | None:
    """The part of the held text that this request asks for (``dong`` = a line, ``phan`` = a part), beside
    ``listed`` citations."""
    view = front().kb.text_of(ident)
    if view is None:
        return None
    citations = sorted((one.to_json() for one in view.citations), key=lambda one: (one["start"], -one["end"]))
    budget = marking.budget_beside(listed)
    cut = front().remember(
        (ident, view.sha256), lambda: marking.parts(view.text, tuple(one["start"] for one in citations), budget)
    )
    line = params.number("dong", 0, least=1, most=10**9)
    index = marking.part_of_line(cut, line) if line else params.number("phan", 1, most=10**6) - 1
    if index >= len(cut):
        raise Problem(
            404,
            "no_such_part",
            Message("web.problem.no_part", parts=len(cut)),
            parameter="phan",
        )
    part = cut[index]
    shown = [one for one in citations if one["end"] > part.start and one["start"] < part.end]
    return {
        "view": view,
        "part": part,
        "index": index + 1,
        "parts": len(cut),
        "prev": here("noi-dung", phan=index, dong=None) if index else None,
        "next": here("noi-dung", phan=index + 2, dong=None) if index + 1 < len(cut) else None,
        "last_line": cut[-1].last,
        "citations": len(citations),
        "lines": marking.lines(view.text, part, shown, {page.start: page.number for page in view.pages}, _card(shown)),
    }


def _card(citations: Sequence[Mapping[str, Any]]) -> marking.Card:
    """Marks a citation as a link with a card that opens on hover and focus."""
    known = front().kb.briefs({one["target"] for one in citations if one["target"]})
    targets = {ident: brief.to_json() for ident, brief in known.items()}
    template = current_app.jinja_env.get_template("_card.html")

    def card(citation: Mapping[str, Any], words: Markup, first: bool, last: bool) -> Markup:
        target = targets.get(citation["target"])
        return Markup(template.render(citation=citation, words=words, first=first, last=last, target=target))

    return card


def _every_edge(ident: str, direction: str) -> list[dict[str, Any]]:
    kb, found, number = front().kb, [], 1
    while True:
        edges = kb.citations(ident, direction=direction, page=number, per_page=100)
        found += [edge.to_json() for edge in edges.items]
        if not edges.items or len(found) >= edges.total:
            return found
        number += 1


def _plain_text(found: Any, name: str) -> Response:
    view = front().kb.text_of(found.id)
    if view is None:
        raise Problem(404, "not_held", Message("web.problem.not_held"))
    return download(view.text.encode("utf-8", "replace"), "text/plain", name)


def _csv(direction: str) -> Callable[[Any, str], Response]:
    return lambda found, name: download(
        csv_tables.spreadsheet(_every_edge(found.id, direction), csv_tables.EDGES), "text/csv", name
    )


def _jsonl(direction: str) -> Callable[[Any, str], Response]:
    def make(found: Any, name: str) -> Response:
        body = b"".join(orjson.dumps(edge) + b"\n" for edge in _every_edge(found.id, direction))
        return download(body, "application/jsonl", name)

    return make


DOWNLOADS: dict[str, Callable[[Any, str], Response]] = {
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
