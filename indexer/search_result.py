"""What the search box answers: documents found with their quotations, facets and notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from indexer import facets
from indexer.query.plan import Note
from indexer.snippets import Piece
from kb.answers.labels import facet_value
from kb.answers.shapes import DocumentBrief, LookupResult


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
