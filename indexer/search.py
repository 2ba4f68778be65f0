"""One box: a number in any shape leads to its document, everything else is searched in titles and texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import Any

from rapidfuzz.fuzz import ratio

from indexer import facets
from indexer.engines import location
from indexer.engines.opening import open_index
from indexer.engines.protocol import SORTS, IndexUnusable, SearchIndex
from indexer.index_document import FACETS, Hit, Hits, Shown
from indexer.index_query import Plan
from indexer.query import plan
from indexer.query.language import MAX_LENGTH, And, FieldIs, Node, Words, parse
from indexer.query.nearest import nearest
from indexer.query.plan import Note
from indexer.searched_text import remembered
from indexer.snippets import WIDTH, Piece, Quoter
from indexer.words.analysis import facts_of, one_spelling
from kb.answers.labels import facet_value
from kb.answers.shapes import DocumentBrief, LookupResult
from kb.answers.status import today
from kb.authority.fold import fold
from kb.lookup import number_query
from kb.service import KnowledgeBase
from messages import Message

MAX_PER_PAGE = 100
_MOST_WORDS = 0.6
"""Share of the words that the best of the rest have."""
_LONG_TITLE, _SAME_TITLE = 8, 90.0  # words, and how far it is the same (percent)
_SENTENCES = 5  # that cite a document, looked at for its quotation
_WORD = re.compile(r"[a-z0-9]+")
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
    ``lookup`` has near misses (digits exact, letters alike, or a digit off and said to be), to be labelled as such, and
    ``items`` what full text finds; ``text``: a page of ``items``, above them, in ``lookup``, the documents that a name
    or a number within the words means, None where they mean none. ``total`` counts the items, of a chooser the
    documents to choose from. ``facets``: name → ``(value, count)``, ``named`` what the documents
    among the values are called; ``notes`` say how the query was understood; ``did_you_mean``: the query with the words
    that no document has replaced by the nearest ones of the index.
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
    did_you_mean: str | None = None
    named: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        counted = {
            name: [self._told(name, value, count) for value, count in values] for name, values in self.facets.items()
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
            "facets": counted,
            "notes": [note.to_json() for note in self.notes],
            "did_you_mean": self.did_you_mean,
        }

    def _told(self, facet: str, value: str, count: int) -> dict[str, Any]:
        label = self.named.get(value) or facet_value(facet, value)
        return {"value": value, "id": facets.id_of(facet, value), "label": label, "count": count}


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
    query = unicodedata.normalize("NFC", query).strip()
    page, per_page = max(1, page), max(1, min(per_page, MAX_PER_PAGE))
    node = parse(query) if query or not filters else And(())
    looked = _WORDS_ALONE if filters else _looked_up(base, query, node)
    if looked.found is not None and looked.kind in ("document", "chooser"):
        total = max(looked.found.total, len(looked.found.matches))
        only = looked.found.matches[0] if looked.kind == "document" else None
        return SearchResult(query, looked.kind, total, page, per_page, document=only, lookup=looked.found)
    planned = plan.make(node, _Links(base))
    filters = facets.chosen(index, _with_documents(base, filters), day)
    asked = _Asked(base, index, filters, min((page - 1) * per_page, MAX_RESULTS), per_page, sort)
    hits = _found(asked, node, planned)
    if asked.sort == "relevance" and page == 1:
        hits = _its_own_title_first(hits, query)
    looked = _unless_title(looked, hits, query)
    items = _items(base, hits, Quoter(planned.marked if quote else ()))
    counts = facets.told(hits.facets, day)
    return SearchResult(
        query,
        looked.kind,
        hits.total,
        page,
        per_page,
        lookup=looked.found,
        items=items,
        facets=counts,
        notes=(*planned.notes, *_cut_short(query)),
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


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which page of an answer is asked for, of which index, under which filters, in which order."""

    base: KnowledgeBase
    index: SearchIndex
    filters: Mapping[str, Collection[str]]
    offset: int
    limit: int
    sort: str

    def of(self, asked: Plan) -> Hits:
        found = self.index.search(asked, filters=self.filters, offset=self.offset, limit=self.limit, sort=self.sort)
        return replace(found, hits=_with_texts(self.base, found.hits))


def _with_texts(base: KnowledgeBase, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits, each with its text: what an index does not keep is in the store."""
    lacking = [hit.document.id for hit in hits if hit.document.role == "held" and not hit.document.text]
    texts = base.held_texts(lacking) if lacking else {}
    return tuple(
        replace(hit, document=replace(hit.document, text=remembered(texts[hit.document.id])))
        if hit.document.id in texts
        else hit
        for hit in hits
    )


def _found(asked: _Asked, node: Node, planned: plan.Planned) -> Hits:
    """The documents that have all words; where none has, those that have most, with a note of what is missing."""
    hits = asked.of(planned.plan)
    for share in (_MOST_WORDS, 0.0):
        rest = None if hits.total else plan.rest_of(node, planned, share)
        if rest is not None:
            hits = asked.of(rest)
    if hits.hits and planned.asked and (lacking := _lacking(hits.hits[0].document, planned)):
        said = Message("indexer.query.missing", words=", ".join(f"“{word}”" for word in lacking))
        planned.notes.append(plan.note("missing", said))
    return hits


def _its_own_title_first(hits: Hits, query: str) -> Hits:
    """The page with the documents first whose title is the query, word for word."""
    asked = fold(query)
    ordered = sorted(hits.hits, key=lambda hit: fold(hit.document.title or "") != asked)
    return replace(hits, hits=tuple(ordered))


def _unless_title(looked: _Looked, hits: Hits, query: str) -> _Looked:
    """What looking up said, but where the query is the title found, give or take a slip: then a number within it is no
    other document asked for."""
    if not looked.among_words or not hits.hits or len(query.split()) < _LONG_TITLE:
        return looked
    same = ratio(fold(hits.hits[0].document.title or ""), fold(query)) >= _SAME_TITLE
    return _WORDS_ALONE if same else looked


def _cut_short(query: str) -> list[Note]:
    said = Message("indexer.query.cut_short", most=MAX_LENGTH)
    return [plan.note("cut_short", said)] if len(query) > MAX_LENGTH else []


def _meant(query: str, planned: plan.Planned, index: SearchIndex) -> str | None:
    """The query with words that no document has replaced by the nearest of the index; None where there are none."""
    slips = nearest(planned.asked, index.frequencies)
    return " ".join(slips.get(word, word) for word in query.split()) if slips else None


def _lacking(shown: Shown, planned: plan.Planned) -> list[str]:
    """The words asked for that a document has in no form."""
    own = facts_of(shown)
    text = set(_WORD.findall(fold(f"{shown.title or ''} {shown.text}")))
    having = {*own, *map(one_spelling, text)}
    return [
        one.shown
        for one in planned.asked
        if not planned.place.issuperset(key for key, _ in one.spoken)
        and not any(having.issuperset(form) for form in (tuple(key for key, _ in one.spoken), *one.others))
    ]


def _items(base: KnowledgeBase, hits: Hits, quoter: Quoter) -> tuple[Item, ...]:
    """What was found, each with its quotation: of a document that is only cited from the sentences that cite it."""
    ids = [hit.document.id for hit in hits.hits]
    briefs = base.briefs(ids)
    cited = base.citing_sentences([hit.document.id for hit in hits.hits if not hit.document.text], _SENTENCES)
    return tuple(
        Item(briefs[hit.document.id], _quoted(hit.document, cited, quoter), hit.score)
        for hit in hits.hits
        if hit.document.id in briefs
    )


def _quoted(shown: Shown, cited: Mapping[str, tuple[str, ...]], quoter: Quoter) -> tuple[Piece, ...]:
    if shown.text:
        return quoter.quote(shown.text)
    sentences = cited.get(shown.id, ())
    quoted = [quoter.quote(sentence) for sentence in sentences]
    best = max(quoted, key=lambda pieces: sum(len(words) for words, found in pieces if found), default=())
    if best or not sentences or not quoter.asked:
        return best
    return ((" ".join(sentences[0].split())[:WIDTH], False),)


@dataclass(frozen=True, slots=True)
class _Looked:
    """What looking a query up says of it: the ``kind`` of the answer, and what was found, None for words;
    ``among_words``: a number that stands within the words."""

    kind: str
    found: LookupResult | None
    among_words: bool = False


_WORDS_ALONE = _Looked("text", None)


def _looked_up(base: KnowledgeBase, query: str, node: Node) -> _Looked:
    """What the query means as a number or as the name of a law.

    Only bare words and ``số:…`` are looked up, never what could not be understood. Where the words may mean something
    else too (``number_query.Query.certain``), the documents of that number stand above what full text finds.
    """
    if not isinstance(node, Words) and not (isinstance(node, FieldIs) and node.field == "number"):
        return _WORDS_ALONE
    typed = query if isinstance(node, Words) else node.value
    taken = number_query.parse(typed)
    found = base.lookup(typed)
    if taken is None:  # the name of a law: its versions stand above what full text finds
        return _Looked("text", found) if found.matches else _WORDS_ALONE
    if found.matches:
        certain = "document" if found.status == "ok" else "chooser"
        return _Looked(certain if taken.certain else "text", found, among_words=not taken.certain)
    near = taken.certain and (taken.has_code or found.suggestions)
    return _Looked("near", found) if near else _WORDS_ALONE


class _Links:
    """The fields ``dẫn:`` and ``được_dẫn_bởi:`` from the links of the store (``indexer.query.plan.Links``)."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base

    def cited_by(self, number: str) -> frozenset[str]:
        return self._base.cited_by(self.ids(number))

    def ids(self, number: str) -> list[str]:
        return [match.id for match in self._base.lookup(number).matches]


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
