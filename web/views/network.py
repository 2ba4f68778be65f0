"""What the graph answers: who carries a document on, whether what it stands on still stands, and the whole network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from kb.answers.lineage_shapes import Chain, SharedBasis, StaleBasis
from kb.answers.shapes import Answer, DocumentDetails, LookupResult
from messages import Message
from web.drawing import columns, feed
from web.drawing.columns import NamedStale
from web.drawing.words import lang
from web.http import params
from web.http.answers import Around, add_link, answer, kept
from web.http.csv_tables import Columns
from web.http.front import front
from web.http.urls import here, permalink
from web.views.document import find, moved
from web.views.lists import Listed, as_file
from web.views.standing import BASES_FULL, HOPS, RUNG, ProvedSteps, crowded, ladder

blueprint = Blueprint("network", __name__)
OVERVIEW, PER_PAGE = 6, 20
MOST_PAGES = 50
MOST_CIRCLES = 60
MOST_IN_FILE = 1_000


@dataclass(frozen=True, slots=True)
class Bases(Answer):
    """The place of one document in the network, with the sentences."""

    document: DocumentDetails
    ladder: ProvedSteps
    stale_bases: tuple[StaleBasis, ...]
    standing_on_it: tuple[StaleBasis, ...]
    sharing_basis: tuple[SharedBasis, ...]


@dataclass(frozen=True, slots=True)
class Beginning(Answer):
    """The first entries of a list over the whole base; ``address`` is the list's in this page's address."""

    address: str
    items: tuple[Answer, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Overview(Answer):
    """The beginnings of all lists, by name."""

    lists: dict[str, Beginning]


@dataclass(frozen=True, slots=True)
class Listing(Answer):
    """One page of a list. There is no total: it would cost more than the list."""

    page: int
    per_page: int
    links: Around
    items: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class NamedListing(Answer):
    """The same with the name of the list."""

    list: str
    page: int
    per_page: int
    links: Around
    items: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class ChainEnd(Answer):
    """The document that an id or a number in any shape means: ``id`` and no ``lookup``, or ``lookup`` where it is not
    one document."""

    query: str
    status: str
    id: str | None
    lookup: LookupResult | None


@dataclass(frozen=True, slots=True)
class ChainBetween(Answer):
    """The shortest chain between two ends; None where an end is missing or not one document."""

    start: ChainEnd | None
    end: ChainEnd | None
    strong_only: bool
    chain: Chain | None

    def to_json(self) -> dict[str, Any]:
        found = Answer.to_json(self)
        return {"from": found.pop("start"), "to": found.pop("end"), **found}


@blueprint.get("/vb/<path:ident>/can-cu")
def bases(ident: str) -> AnyResponse:
    """The ladder, stale bases and shared bases of one document, with the sentences."""
    elsewhere = moved(ident, "/can-cu")
    if elsewhere:
        return elsewhere
    found = find(ident)
    return kept(lambda: _bases(found)) if crowded(found) else _bases(found)


def _bases(found: DocumentDetails) -> AnyResponse:
    kb = front().kb
    data = Bases(
        document=found,
        ladder=ladder(found.id, RUNG),
        stale_bases=tuple(kb.stale_bases(found.id, hops=HOPS, limit=BASES_FULL)),
        standing_on_it=tuple(kb.stale(found.id, hops=HOPS, limit=BASES_FULL)),
        sharing_basis=tuple(kb.sharing_basis(found.id, limit=BASES_FULL)),
    )
    named = kb.briefs(basis for one in data.sharing_basis for basis in one.basis)
    response = answer("bases.html", data, document=found, named=named)
    add_link(response, "canonical", permalink(found.id) + "/can-cu")
    return response


def _most_cited(limit: int, offset: int) -> Sequence[Answer]:
    return front().kb.most_cited(limit=limit, offset=offset)


def _orphans(limit: int, offset: int) -> Sequence[Answer]:
    return front().kb.orphans(limit=limit, offset=offset)


def _stale(limit: int, offset: int) -> Sequence[Answer]:
    return front().kb.stale(hops=HOPS, limit=limit, offset=offset)


def _circles(limit: int, offset: int) -> Sequence[Answer]:
    every: Sequence[Answer] = front().remember(("circles",), lambda: front().kb.circles(limit=MOST_CIRCLES))
    return every[offset : offset + limit]


LISTS: dict[str, Callable[[int, int], Sequence[Answer]]] = {
    "stale": _stale,
    "orphans": _orphans,
    "most-cited": _most_cited,
    "circles": _circles,
}
"""Lists over the whole base by name: each gives ``limit`` entries after ``offset``."""
NAMES = {"can-cu-cu": "stale", "khong-can-cu": "orphans", "dan-nhieu": "most-cited", "vong": "circles"}
"""The same as addresses say them."""


def listing(name: str, size: int) -> Listing:
    """One page (``page``) of a list, with the links to those around it."""
    number = params.number("page", 1, most=MOST_PAGES)
    items = LISTS[name](size + 1, (number - 1) * size)
    more = len(items) > size and number < MOST_PAGES
    links = Around(here(page=number + 1) if more else None, here(page=number - 1) if number > 1 else None)
    return Listing(number, size, links, tuple(items[:size]))


def listed(name: str) -> Listed[Any]:
    """A list over the whole base, from its beginning as far as its pages reach."""
    shape, entry = FILES.get(name, (columns.DOCUMENTS, feed.of_document))

    def rows() -> Sequence[Any]:
        found = LISTS[name](MOST_IN_FILE, 0)
        return _with_names(found) if name == "stale" else found

    title = Message("web.network.title").text(lang())
    return Listed(name, title, shape, entry, rows)


FILES: dict[str, tuple[Columns[Any], Callable[[Any], feed.Entry]]] = {
    "stale": (columns.STALE, feed.of_stale),
    "circles": (columns.CIRCLES, feed.of_circle),
}
"""The columns and entries of lists that are not of documents alone."""


def _with_names(found: Sequence[Any]) -> list[NamedStale]:
    named = front().kb.briefs(id for one in found for id in (one.touched, one.by))
    return [NamedStale(one, named.get(one.touched), named.get(one.by)) for one in found]


@blueprint.get("/mang-luoi")
def network() -> AnyResponse:
    """The whole network: what stands on changed ground, plans without a basis, the most cited, circles; ``xem`` is one
    of them in pages."""
    chosen = params.one_of("xem", ("", *NAMES), "")
    if not chosen:
        return kept(_overview)
    file = as_file(listed(NAMES[chosen]))
    if file is not None:
        return file
    found = listing(NAMES[chosen], params.per_page(PER_PAGE))
    data = NamedListing(NAMES[chosen], found.page, found.per_page, found.links, found.items)
    return found.links.add_to(answer("network.html", data, chosen=chosen, names=NAMES))


def _overview() -> Response:
    lists = {}
    for address, name in NAMES.items():
        items = LISTS[name](OVERVIEW + 1, 0)
        lists[name] = Beginning(address, tuple(items[:OVERVIEW]), len(items) > OVERVIEW)
    return answer("network.html", Overview(lists), chosen=None, names=NAMES)


def end_of_chain(name: str) -> ChainEnd | None:
    """The end that the parameter ``name`` means; None where nothing was given."""
    query = params.text(name, limit=front().settings.query_length)
    if query is None:
        return None
    kb = front().kb
    known = kb.document(query.removeprefix("/vb/")) if "/" in query else None
    if known is not None:
        return ChainEnd(query, "ok", known.id, None)
    found = kb.lookup(query)
    if found.status == "ok":
        return ChainEnd(query, found.status, found.matches[0].id, None)
    return ChainEnd(query, found.status, None, found)


def chain_between(one: str, other: str, strong: str) -> ChainBetween:
    """The shortest chain between the documents that the parameters ``one`` and ``other`` mean."""
    first, last = end_of_chain(one), end_of_chain(other)
    strong_only = params.flag(strong, False)
    chain = None
    if first and last and first.id and last.id:
        chain = front().kb.chain(first.id, last.id, strong_only=strong_only)
    return ChainBetween(first, last, strong_only, chain)


@blueprint.get("/mang-luoi/chuoi")
def chain() -> Response:
    """How two documents hang together (``tu``, ``den``; ``manh=1`` by strong relations only)."""
    data = chain_between("tu", "den", "manh")
    named = front().kb.briefs(data.chain.nodes if data.chain else ())
    return answer("chain.html", data, named=named, chosen_link=_chosen)


def _chosen(name: str, ident: str) -> str:
    """This page with one end settled."""
    return here(**{name: ident})
