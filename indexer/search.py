"""One box: a number in any shape leads to its document, everything else is searched in titles and texts."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from pathlib import Path
from threading import Lock

from indexer import facets
from indexer.engines import location
from indexer.engines.opening import open_index
from indexer.engines.protocol import SORTS, IndexUnusable, SearchIndex
from indexer.index_document import FACETS
from indexer.page import Asked, found, items, its_own_title_first
from indexer.query import plan, ranking
from indexer.query.language import MAX_LENGTH, And, Node, Words, parse
from indexer.query.looked_up import WORDS_ALONE, StoredLinks, looked_up, unless_title
from indexer.query.nearest import nearest
from indexer.query.plan import Note
from indexer.search_result import SearchResult
from indexer.snippets import Quoter
from kb.answers.shapes import DocumentBrief
from kb.answers.status import today
from kb.service import KnowledgeBase
from messages import Message

MAX_PER_PAGE = 100
MAX_RESULTS = 10_000
"""How far pages reach."""


def search(
    base: KnowledgeBase,
    index: SearchIndex,
    query: str,
    *,
    filters: Mapping[str, Collection[str]] | None = None,
    page: int = 1,
    per_page: int = 20,
    sort: str = "relevance",
    status_on: str | None = None,
    quote: bool = True,
) -> SearchResult:
    """Answer one query.

    Args:
        filters: facet (of ``indexer.index_document.FACETS``) → values, or their ids; of ``implements`` ids or numbers
            of documents. A query with filters is always full text, and may be empty: all that they let through.
        page: from 1. per_page: at most ``MAX_PER_PAGE``.
        sort: one of ``indexer.engines.protocol.SORTS``; counts for full text only.
        status_on: the day (ISO, default today) of which the facet ``status`` speaks.
        quote: whether the items come with a quotation.
    Raises:
        QueryError (``indexer.query.language``): where the query cannot be understood, with the offset.
        UnknownValue (``indexer.facets``): for a value that its facet does not have.
        ValueError: for a facet or an order that does not exist.
    """
    filters, day = _checked(filters, sort), status_on or today()
    page, per_page = max(1, page), max(1, min(per_page, MAX_PER_PAGE))
    typed = unicodedata.normalize("NFC", query).strip()
    query, node, notes = _read(typed, parse(typed) if typed or not filters else And(()), index)
    looked = WORDS_ALONE if filters else looked_up(base, query, node)
    if looked.found is not None and looked.kind in ("document", "chooser"):
        total = max(looked.found.total, len(looked.found.matches))
        only = looked.found.matches[0] if looked.kind == "document" else None
        return SearchResult(typed, looked.kind, total, page, per_page, document=only, lookup=looked.found)
    planned = plan.make(node, StoredLinks(base))
    filters = facets.chosen(index, _with_documents(base, filters), day)
    asked = Asked(base, index, filters, min((page - 1) * per_page, MAX_RESULTS), per_page, sort)
    hits = found(asked, node, planned)
    if asked.sort == "relevance" and page == 1:
        hits = its_own_title_first(hits, query)
    looked = unless_title(looked, hits, query)
    shown = items(base, hits, Quoter(planned.marked if quote else ()))
    counts = facets.told(hits.facets, day)
    return SearchResult(
        typed,
        looked.kind,
        hits.total,
        page,
        per_page,
        lookup=looked.found,
        items=shown,
        facets=counts,
        notes=(*notes, *planned.notes, *_cut_short(query)),
        did_you_mean=_meant(query, planned, index) if isinstance(node, Words) else None,
        named=_called(base, counts.get("implements", ())),
    )


def _checked(filters: Mapping[str, Collection[str]] | None, sort: str) -> dict[str, Collection[str]]:
    chosen = {name: values for name, values in (filters or {}).items() if values}
    if unknown := set(chosen) - set(FACETS):
        raise ValueError(f"no facet {sorted(unknown)[0]!r}; there are {', '.join(FACETS)}")
    if sort not in SORTS:
        raise ValueError(f"no order {sort!r}; there are {', '.join(SORTS)}")
    return chosen


def _read(typed: str, node: Node, index: SearchIndex) -> tuple[str, Node, list[Note]]:
    """A query as it is answered: bare words with what was typed in Telex read, and a note of that, where no document
    has any of it as it was typed."""
    if not isinstance(node, Words) or (read := ranking.telex_read(node.text)) is None:
        return typed, node, []
    words = zip(node.text.split(), read.split(), strict=True)
    changed = {ranking.syllable_of(word) for word, other in words if word != other}
    if index.frequencies("folded", changed):
        return typed, node, []
    told = plan.note("telex", Message("indexer.query.telex", typed=typed, read=read))
    return read, Words(read, 0, len(read)), [told]


def _with_documents(base: KnowledgeBase, filters: Mapping[str, Collection[str]]) -> dict[str, Collection[str]]:
    """The filters with documents by their ids where they were asked for by a number."""
    asked = dict(filters)
    if "implements" in asked:
        ids: list[str] = []
        for value in asked["implements"]:
            matches = () if base.briefs([value]) else base.lookup(value).matches
            ids += [one.id for one in matches] or [value]
            if not matches and not base.briefs([value]):
                raise facets.UnknownValue("implements", value)
        asked["implements"] = ids
    return asked


def _called(base: KnowledgeBase, values: Collection[tuple[str, int]]) -> dict[str, str]:
    """What the documents that are values of a facet are called."""
    return base.names([value for value, _ in values]) if values else {}


def _cut_short(query: str) -> list[Note]:
    said = Message("indexer.query.cut_short", most=MAX_LENGTH)
    return [plan.note("cut_short", said)] if len(query) > MAX_LENGTH else []


def _meant(query: str, planned: plan.Planned, index: SearchIndex) -> str | None:
    """The query with words that no document has replaced by the nearest of the index; None where there are none."""
    slips = nearest(planned.asked, index.frequencies)
    return " ".join(slips.get(word, word) for word in query.split()) if slips else None


class Search:
    """:func:`search` over one base and its index, for a server: follows a rebuild to the new index."""

    def __init__(self, base: KnowledgeBase, where: str | Path, url: str | None = None) -> None:
        self._base = base
        self.where = where
        self._given = url
        self._open: tuple[str, SearchIndex] | None = None
        self._lock = Lock()

    @property
    def index(self) -> SearchIndex:
        """The index in use.

        Raises:
            IndexUnusable: where there is none yet, with what to do.
        """
        url = self._given or location.current(self.where)
        if url is None:
            raise IndexUnusable(Message("indexer.engines.none_yet", where=self.where))
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
        status_on: str | None = None,
        quote: bool = True,
    ) -> SearchResult:
        """The answer to one query (:func:`search`)."""
        return search(
            self._base,
            self.index,
            query,
            filters=filters,
            page=page,
            per_page=per_page,
            sort=sort,
            status_on=status_on,
            quote=quote,
        )

    def suggest(self, typed: str, limit: int = 10) -> list[DocumentBrief]:
        """The documents that what was typed so far may mean: those whose number or law it is, in any shape, then those
        whose number or title begins like it, then those that type, number, issuer, place or year tell of too; the most
        cited first."""
        found = self._base.lookup(typed)
        known = [one.id for one in (*found.matches, *found.suggestions)]
        begun = [one.id for one in self.index.suggest(typed, limit)]
        ids = list(dict.fromkeys([*known, *begun]))[:limit]
        if len(ids) < limit:
            told = [one.id for one in self.index.suggest(typed, limit, known=True)]
            ids = list(dict.fromkeys([*ids, *told]))[:limit]
        briefs = self._base.briefs(ids)
        return [briefs[id] for id in ids if id in briefs]


def open_search(base: KnowledgeBase, where: str | Path, url: str | None = None) -> Search:
    """The search over ``base``; ``url`` of its index, None for the one beside the base at ``where``."""
    return Search(base, where, url)
