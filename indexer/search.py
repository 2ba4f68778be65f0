"""One box: a number in any shape leads to its document, everything else is searched in titles and texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from indexer.engines import location
from indexer.engines.opening import open_index
from indexer.engines.protocol import SORTS, IndexUnusable, SearchIndex
from indexer.index_document import FACETS
from indexer.query import plan
from indexer.query.language import FieldIs, Node, QueryError, Words, parse
from indexer.query.plan import Note
from indexer.snippets import Piece, Quoter
from kb.answers.shapes import DocumentBrief, LookupResult
from kb.lookup import number_query
from kb.service import KnowledgeBase
from messages import Message

_YEAR = re.compile(r"(?:19|20)\d\d\Z")

MAX_PER_PAGE = 100
MAX_RESULTS = 10_000
"""How far pages reach."""


@dataclass(frozen=True, slots=True)
class Item:
    """One document of a result, with the stretch of its text that shows why it was found."""

    document: DocumentBrief
    snippet: tuple[Piece, ...]
    score: float

    def to_json(self) -> dict[str, Any]:
        pieces = [[words, found] for words, found in self.snippet]
        return {**self.document.to_json(), "snippet": pieces, "score": round(self.score, 3)}


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What the box answers. ``kind``:

    ``document``: the query is the number of one document; ``chooser``: of several, in ``lookup``; ``near``: of none,
    ``lookup`` has near misses (digits exact, letters alike), to be labelled as such; ``text``: a page of ``items``.
    ``facets``: name → ``(value, count)``; ``notes`` say how the query was understood.
    """

    query: str
    kind: str
    total: int
    page: int
    per_page: int
    document: DocumentBrief | None = None
    lookup: LookupResult | None = None
    items: tuple[Item, ...] = ()
    facets: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    def to_json(self) -> dict[str, Any]:
        facets = {
            name: [{"value": value, "count": count} for value, count in values] for name, values in self.facets.items()
        }
        return {
            "query": self.query,
            "kind": self.kind,
            "total": self.total,
            "page": self.page,
            "per_page": self.per_page,
            "document": self.document.to_json() if self.document else None,
            "lookup": self.lookup.to_json() if self.lookup else None,
            "items": [item.to_json() for item in self.items],
            "facets": facets,
            "notes": [note.to_json() for note in self.notes],
        }


def search(
    base: KnowledgeBase,
    index: SearchIndex,
    query: str,
    *,
    filters: Mapping[str, Collection[str]] | None = None,
    page: int = 1,
    per_page: int = 20,
    sort: str = "relevance",
) -> SearchResult:
    """Answer one query.

    Args:
        filters: facet (of ``indexer.index_document.FACETS``) → values; a query with filters is always full text.
        page: from 1. per_page: at most ``MAX_PER_PAGE``.
        sort: one of ``indexer.engines.protocol.SORTS``; counts for full text only.
    Raises:
        QueryError: where the query cannot be understood, with the offset.
        ValueError: for a facet or an order that does not exist.
    """
    filters = {name: values for name, values in (filters or {}).items() if values}
    if unknown := set(filters) - set(FACETS):
        raise ValueError(f"no facet {sorted(unknown)[0]!r}; there are {', '.join(FACETS)}")
    if sort not in SORTS:
        raise ValueError(f"no order {sort!r}; there are {', '.join(SORTS)}")
    query = unicodedata.normalize("NFC", query).strip()
    page, per_page = max(1, page), max(1, min(per_page, MAX_PER_PAGE))
    try:
        node: Node | None = parse(query)
        error = None
    except QueryError as raised:
        node, error = None, raised
    if not filters and _may_be_number(node):
        found = _by_number(base, query, page, per_page)
        if found is not None:
            return found
    if error is not None:
        raise error
    assert node is not None
    planned = plan.make(node, _Links(base))
    offset = min((page - 1) * per_page, MAX_RESULTS)
    hits = index.search(planned.plan, filters=filters, offset=offset, limit=per_page, sort=sort)
    briefs = base.briefs(hit.document.id for hit in hits.hits)
    quoter = Quoter(planned.marked)
    items = tuple(
        Item(briefs[hit.document.id], quoter.quote(hit.document.text), hit.score)
        for hit in hits.hits
        if hit.document.id in briefs
    )
    return SearchResult(
        query, "text", hits.total, page, per_page, items=items, facets=hits.facets, notes=tuple(planned.notes)
    )


def _may_be_number(node: Node | None) -> bool:
    """Bare words, "số:…", or what is no query at all ("Số: 2395/QĐ-UBND" as it stands in documents)."""
    return node is None or isinstance(node, Words) or (isinstance(node, FieldIs) and node.field == "number")


def _by_number(base: KnowledgeBase, query: str, page: int, per_page: int) -> SearchResult | None:
    """The answer where the query is a document number; None where it is words.

    Without a code, a number that is no document's and could be a year ("kế hoạch 2022 ninh thuận") is words too.
    """
    taken = number_query.parse(query)
    if taken is None:
        return None
    found = base.lookup(query)
    if found.status == "ok":
        return SearchResult(query, "document", 1, page, per_page, document=found.matches[0], lookup=found)
    if found.status == "multiple":
        total = max(found.total, len(found.matches))
        return SearchResult(query, "chooser", total, page, per_page, lookup=found)
    has_code = taken.standard is not None or any(mark in taken.normalized for mark in "/-")
    if found.status == "not_found" and (has_code or (found.suggestions and not _YEAR.match(taken.ordinal))):
        return SearchResult(query, "near", 0, page, per_page, lookup=found)
    return None


class _Links:
    """The fields ``dẫn:`` and ``được_dẫn_bởi:`` from the links of the store (``indexer.query.plan.Links``)."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base

    def citing(self, number: str) -> frozenset[str]:
        return self._base.citing(self._ids(number))

    def cited_by(self, number: str) -> frozenset[str]:
        return self._base.cited_by(self._ids(number))

    def _ids(self, number: str) -> list[str]:
        return [match.id for match in self._base.lookup(number).matches]


class Search:
    """:func:`search` over one base and its index, for a server: follows a rebuild to the new index."""

    def __init__(self, base: KnowledgeBase, where: str | Path, url: str | None = None) -> None:
        self._base = base
        self._where = where
        self._given = url
        self._open: tuple[str, SearchIndex] | None = None
        self._lock = Lock()

    @property
    def index(self) -> SearchIndex:
        """The index in use.

        Raises:
            IndexUnusable: where there is none yet, with what to do.
        """
        url = self._given or location.current(self._where)
        if url is None:
            raise IndexUnusable(Message("indexer.engines.none_yet", where=self._where))
        with self._lock:
            if self._open is None or self._open[0] != url:
                # The old one may still be answering another thread: it is left to be collected, not closed.
                self._open = (url, open_index(url, create=False))
            return self._open[1]

    def __call__(
        self,
        query: str,
        *,
        filters: Mapping[str, Collection[str]] | None = None,
        page: int = 1,
        per_page: int = 20,
        sort: str = "relevance",
    ) -> SearchResult:
        return search(self._base, self.index, query, filters=filters, page=page, per_page=per_page, sort=sort)

    def suggest(self, typed: str, limit: int = 10) -> list[DocumentBrief]:
        """The documents that what was typed so far may mean: those whose number it is, in any shape, then those whose
        number or title begins like it, most cited first."""
        found = self._base.lookup(typed)
        known = [one.id for one in (*found.matches, *found.suggestions)]
        begun = [one.id for one in self.index.suggest(typed, limit)]
        ids = list(dict.fromkeys([*known, *begun]))[:limit]
        briefs = self._base.briefs(ids)
        return [briefs[id] for id in ids if id in briefs]


def open_search(base: KnowledgeBase, where: str | Path, url: str | None = None) -> Search:
    """The search over ``base``; ``url`` of its index, None for the one beside the base at ``where``."""
    return Search(base, where, url)
