"""What the graph answers: who carries a document on, whether what it stands on still stands, and the whole network."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from web.http import params
from web.http.answers import add_link, answer
from web.http.front import front
from web.http.urls import here, permalink
from web.views.document import find, moved
from web.views.standing import BASES_FULL, HOPS, RUNG_FULL, ladder

blueprint = Blueprint("network", __name__)
OVERVIEW, PER_PAGE = 6, 20
MOST_PAGES = 50
MOST_CIRCLES = 60


@blueprint.get("/vb/<path:ident>/can-cu")
def bases(ident: str) -> AnyResponse:
    """The ladder, stale bases and shared bases of one document, with the sentences."""
    elsewhere = moved(ident, "/can-cu")
    if elsewhere:
        return elsewhere
    found = find(ident)
    kb = front().kb
    data = {
        "document": found.to_json(),
        "ladder": ladder(found.id, RUNG_FULL),
        "stale_bases": [one.to_json() for one in kb.stale_bases(found.id, hops=HOPS, limit=BASES_FULL)],
        "standing_on_it": [one.to_json() for one in kb.stale(found.id, hops=HOPS, limit=BASES_FULL)],
        "sharing_basis": [one.to_json() for one in kb.sharing_basis(found.id, limit=BASES_FULL)],
    }
    named = _named(basis for one in data["sharing_basis"] for basis in one["basis"])
    response = answer("bases.html", data, document=data["document"], named=named)
    add_link(response, "canonical", permalink(found.id) + "/can-cu")
    return response


def _named(idents: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Documents by id, to be called by their numbers."""
    return {ident: brief.to_json() for ident, brief in front().kb.briefs(idents).items()}


def _most_cited(limit: int, offset: int) -> list[dict[str, Any]]:
    return [one.to_json() for one in front().kb.most_cited(limit=limit, offset=offset)]


def _orphans(limit: int, offset: int) -> list[dict[str, Any]]:
    return [one.to_json() for one in front().kb.orphans(limit=limit, offset=offset)]


def _stale(limit: int, offset: int) -> list[dict[str, Any]]:
    return [one.to_json() for one in front().kb.stale(hops=HOPS, limit=limit, offset=offset)]


def _circles(limit: int, offset: int) -> list[dict[str, Any]]:
    every = front().remember(("circles",), lambda: [one.to_json() for one in front().kb.circles(limit=MOST_CIRCLES)])
    return list(every[offset : offset + limit])


LISTS: dict[str, Callable[[int, int], list[dict[str, Any]]]] = {
    "stale": _stale,
    "orphans": _orphans,
    "most-cited": _most_cited,
    "circles": _circles,
}
"""Lists over the whole base by name: each gives ``limit`` entries after ``offset``."""
NAMES = {"can-cu-cu": "stale", "khong-can-cu": "orphans", "dan-nhieu": "most-cited", "vong": "circles"}
"""The same as addresses say them."""


def listing(name: str, size: int) -> dict[str, Any]:
    """One page (``page``) of a list, with the links to those around it. There is no total: it would cost more than the
    list."""
    number = params.number("page", 1, most=MOST_PAGES)
    items = LISTS[name](size + 1, (number - 1) * size)
    more = len(items) > size and number < MOST_PAGES
    links = {"next": here(page=number + 1) if more else None, "prev": here(page=number - 1) if number > 1 else None}
    return {"page": number, "per_page": size, "links": links, "items": items[:size]}


@blueprint.get("/mang-luoi")
def network() -> Response:
    """The whole network: what stands on changed ground, plans without a basis, the most cited, circles; ``xem`` is one
    of them in pages."""
    chosen = params.one_of("xem", ("", *NAMES), "")
    if not chosen:
        lists = {}
        for address, name in NAMES.items():
            items = LISTS[name](OVERVIEW + 1, 0)
            lists[name] = {"address": address, "items": items[:OVERVIEW], "more": len(items) > OVERVIEW}
        return answer("network.html", {"lists": lists}, chosen=None, names=NAMES)
    data = {"list": NAMES[chosen], **listing(NAMES[chosen], params.per_page(PER_PAGE))}
    response = answer("network.html", data, chosen=chosen, names=NAMES)
    for rel in ("next", "prev"):
        add_link(response, rel, data["links"][rel])
    return response


def end_of_chain(name: str) -> dict[str, Any] | None:
    """The document that the parameter ``name`` means, an id or a number in any shape: ``{query, status, id, lookup}``,
    ``id`` None where it is not one document. None where nothing was given."""
    query = params.text(name, limit=front().settings.query_length)
    if query is None:
        return None
    kb = front().kb
    known = kb.document(query.removeprefix("/vb/")) if "/" in query else None
    if known is not None:
        return {"query": query, "status": "ok", "id": known.id, "lookup": None}
    found = kb.lookup(query)
    ident = found.matches[0].id if found.status == "ok" else None
    return {"query": query, "status": found.status, "id": ident, "lookup": found.to_json() if ident is None else None}


def chain_between(one: str, other: str, strong: str) -> dict[str, Any]:
    """The shortest chain between the documents that the parameters ``one`` and ``other`` mean: ``{from, to,
    strong_only, chain}``; ``chain`` is None where an end is missing or not one document."""
    ends = end_of_chain(one), end_of_chain(other)
    strong_only = params.flag(strong, False)
    chain = None
    if all(end and end["id"] for end in ends):
        first, last = (end["id"] for end in ends if end)
        chain = front().kb.chain(first, last, strong_only=strong_only).to_json()
    return {"from": ends[0], "to": ends[1], "strong_only": strong_only, "chain": chain}


@blueprint.get("/mang-luoi/chuoi")
def chain() -> Response:
    """How two documents hang together (``tu``, ``den``; ``manh=1`` by strong relations only)."""
    data = chain_between("tu", "den", "manh")
    named = _named(data["chain"]["nodes"] if data["chain"] else ())
    return answer("chain.html", data, named=named, chosen_link=_chosen)


def _chosen(name: str, ident: str) -> str:
    """This page with one end settled."""
    return here(**{name: ident})
