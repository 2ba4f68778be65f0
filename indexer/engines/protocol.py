"""The search index behind one protocol: Whoosh for one office, tantivy for a large collection, OpenSearch for many
machines.

The index holds nothing that the store does not: it can be deleted and built anew at any time. A process killed at any
moment leaves an index that answers, and that the next update completes by the stamps of its documents.

What a local engine adds: updates are committed in steps, each there whole or not at all; one process writes, a second
is told so; it keeps the texts, to quote from them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from indexer.index_document import FACETS, Hits, IndexDocument, Shown, Suggestion
from indexer.index_query import Plan
from kb.errors import KnowledgeBaseError
from messages import Message

ENGINES = ("whoosh", "tantivy")
"""The local engines: an index of theirs is a folder."""
SORTS = ("relevance", "newest", "oldest", "most_cited")
FORMAT = "5"
"""Changes whenever the terms or fields change; an index of another format is built anew."""


EXPANSIONS = 1_000
"""Words that a prefix stands for, at most."""


class IndexUnusable(KnowledgeBaseError):
    """The index cannot be opened (damaged, another format, another engine); ``cancu rebuild`` makes it anew."""


class IndexUnreachable(IndexUnusable):
    """The cluster that holds the index gave no answer, or not a whole one, in time."""


class IndexBusy(KnowledgeBaseError):
    """Another process is writing to the index."""


def chosen_filters(filters: Mapping[str, Collection[str]] | None) -> dict[str, Collection[str]]:
    """The filters that narrow anything: those with a value."""
    return {name: values for name, values in (filters or {}).items() if values}


def without(filters: Mapping[str, Collection[str]], facet: str) -> dict[str, Collection[str]]:
    """The filters that the values of ``facet`` are counted under: all others, so that another value can be chosen."""
    return {name: values for name, values in filters.items() if name != facet}


def unreadable(folder: Path, reason: object) -> IndexUnusable:
    """The index in ``folder`` is damaged or of another format."""
    return IndexUnusable(Message("indexer.engines.cannot_read", folder=folder, reason=reason))


def busy(folder: Path) -> IndexBusy:
    """Another process holds the lock of the index in ``folder``."""
    return IndexBusy(Message("indexer.engines.locked", folder=folder))


class SearchIndex(Protocol):
    """What every engine does alike; one contract test suite holds them to it."""

    def update(self, documents: Iterable[IndexDocument], removed: Iterable[str] = ()) -> int:
        """Add the documents (in place of those with the same id) and take out the ids ``removed``.

        ``documents`` is consumed lazily; memory does not grow with its length. Returns how many were added. Raises
        ``IndexBusy`` where another process is writing (local engines), ``IndexUnreachable`` where the cluster does not
        take them: what it took stays, and the next update need not send it again.
        """

    def clear(self) -> None:
        """Take everything out."""

    def search(
        self,
        plan: Plan,
        *,
        filters: Mapping[str, Collection[str]] | None = None,
        facets: Sequence[str] = FACETS,
        offset: int = 0,
        limit: int = 20,
        sort: str = "relevance",
    ) -> Hits:
        """The documents ``plan`` finds, best first; those of one score in an order that is the same in every engine.

        ``filters``: facet → values, any of which a document must have. ``sort``: one of ``SORTS``.
        """

    def values(self, facet: str) -> frozenset[str]:
        """Every value that some document has of a facet."""

    def frequencies(self, field: str, keys: Collection[str]) -> dict[str, int]:
        """How many documents have each of the keys in ``field``, of those that any has; documents taken out lately may
        still count."""

    def document(self, id: str) -> Shown | None:
        """What the index keeps of one document; on a cluster without its text."""

    def suggest(self, typed: str, limit: int = 10, *, known: bool = False) -> list[Suggestion]:
        """Documents whose number begins, or whose title has words that begin, with what was typed; most cited first.

        ``known``: the words may also be those of type, number, issuer, place and year.
        """

    def stamps(self) -> dict[str, str]:
        """Id → stamp of every document in the index."""

    def remark(self, said: bytes) -> None:
        """Leave a short remark with the index; it goes with what it was left with when that is cleared or replaced."""

    def remarked(self) -> bytes:
        """The last remark; empty where there is none."""

    def count(self) -> int:
        """Number of documents in the index."""

    def close(self) -> None:
        """Give files back. The index must not be used afterwards."""
