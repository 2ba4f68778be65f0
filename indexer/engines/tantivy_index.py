"""The search index on tantivy, for a large collection on one machine; same answers as Whoosh's, many times faster."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from threading import RLock
from typing import Any

import tantivy
from tantivy import Occur, Order, Query

from indexer.engines.protocol import EXPANSIONS, FORMAT, busy, chosen_filters, unreadable, without
from indexer.engines.remarks import FolderRemark
from indexer.engines.tantivy_query import QueryMaker, Terms
from indexer.index_document import (
    FACETS,
    KEY_FIELDS,
    NO_DAY,
    TEXT_FIELDS,
    Hit,
    Hits,
    IndexDocument,
    Shown,
    Suggestion,
    counted,
    day_number,
    most_frequent,
    rounded,
)
from indexer.index_query import Plan
from indexer.words.analysis import keys_of, terms_of, title_prefix

_COMMIT_EVERY = 20_000  # documents in one step at most, so that a long build survives being killed
_HEAP_BYTES = 128_000_000
_TIES = 100  # documents looked at beyond a page, so that those of one score come in their order
_ORDERS = {"newest": ("day", Order.Desc), "oldest": ("day_or_end", Order.Asc), "most_cited": ("weight", Order.Desc)}


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    for name in TEXT_FIELDS:
        option = "position" if name == "pairs" else "freq"
        builder.add_text_field(name, tokenizer_name="whitespace", index_option=option)
    for name in KEY_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("day", "day_or_end", "weight", "tie"):
        builder.add_unsigned_field(name, fast=True)
    builder.add_text_field("stamp", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("packed", stored=True)
    builder.add_text_field(f"format_{FORMAT}", tokenizer_name="raw", index_option="basic")
    return builder.build()


class TantivyIndex(FolderRemark):
    """:class:`indexer.engines.protocol.SearchIndex` in a folder; safe for several threads of one process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = RLock()
        self._schema = _schema()
        try:
            self._index = tantivy.Index(self._schema, path=str(folder), reuse=True)
            self._index.register_tokenizer("whitespace", _by_white_space())
        except (ValueError, OSError) as error:
            raise unreadable(folder, error) from error
        self._meta = folder / "meta.json"
        self._seen: tuple[int, int] | None = None
        self._values: dict[str, frozenset[str]] = {}
        self._terms = Terms(self._schema, lambda field, key: 0)

    # -- writing -----------------------------------------------------------------------------------------------

    def _writer(self) -> Any:
        try:
            return self._index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        except ValueError as error:
            raise busy(self._folder) from error

    def update(self, documents: Iterable[IndexDocument], removed: Iterable[str] = ()) -> int:
        with self._lock:
            writer = self._writer()
            count = 0
            try:
                for id in removed:
                    writer.delete_documents_by_term("id", id)
                for document in documents:
                    writer.delete_documents_by_term("id", document.id)
                    writer.add_document(self._converted(document))
                    count += 1
                    if count % _COMMIT_EVERY == 0:
                        writer.commit()
                writer.commit()
            except BaseException:
                writer.rollback()
                raise
            finally:
                # Waiting also gives the lock back at once, not when the object happens to be collected.
                writer.wait_merging_threads()
        return count

    @staticmethod
    def _converted(document: IndexDocument) -> Any:
        terms = terms_of(document)
        made = tantivy.Document()
        for name in TEXT_FIELDS:
            made.add_text(name, " ".join(terms.placed(name)))
        for name, keys in keys_of(document, terms).items():
            for key in keys:
                made.add_text(name, key)
        for name in FACETS:
            for value in document.facet(name):
                made.add_text(name, value)
        day = day_number(document.date)
        made.add_unsigned("day", day)
        made.add_unsigned("day_or_end", day or NO_DAY)
        made.add_unsigned("weight", document.weight)
        made.add_unsigned("tie", document.tie)
        made.add_text("stamp", f"{document.id}\t{document.stamp}")
        made.add_bytes("packed", document.packed())
        return made

    def clear(self) -> None:
        self.remark(b"")
        with self._lock:
            writer = self._writer()
            try:
                writer.delete_all_documents()
                writer.commit()
            finally:
                writer.wait_merging_threads()

    # -- asking ------------------------------------------------------------------------------------------------

    def _searcher(self) -> Any:
        """A searcher on the last commit, by whichever process."""
        status = self._meta.stat()
        seen = (status.st_mtime_ns, status.st_ino)
        if seen != self._seen:
            self._index.reload()
            self._seen = seen
            self._values = {}
            self._terms = Terms(self._schema, self._index.searcher().doc_freq)
        return self._index.searcher()

    def _filtered(self, query: Any, filters: Mapping[str, Collection[str]]) -> Any:
        if not filters:
            return query
        chosen = [
            (Occur.Must, Query.const_score_query(Query.term_set_query(self._schema, name, sorted(values)), 0.0))
            for name, values in sorted(filters.items())
        ]
        return Query.boolean_query([(Occur.Must, query), *chosen])

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
        filters = chosen_filters(filters)
        with self._lock:
            searcher = self._searcher()
            make = QueryMaker(self._terms)
        query, matching = make.made(plan), make.made(plan, ranked=False)
        counts: dict[str, tuple[tuple[str, int], ...]] = {}
        free = [name for name in facets if name not in filters]
        counts.update(_counted(searcher, self._filtered(matching, filters), free))
        for facet in facets:
            if facet in filters:
                counts.update(_counted(searcher, self._filtered(matching, without(filters, facet)), [facet]))
        found = self._page(searcher, self._filtered(query, filters), sort, offset, limit)
        return Hits(found[0], tuple(found[1]), {name: counts[name] for name in facets})

    def _page(self, searcher: Any, query: Any, sort: str, offset: int, limit: int) -> tuple[int, list[Hit]]:
        """How many documents match, and one page of them."""
        if sort != "relevance":
            field, order = _ORDERS[sort]
            found = searcher.search(query, limit=max(1, limit), offset=offset, order_by_field=field, order=order)
            return found.count, [Hit(self._shown(searcher, address), 0.0) for _, address in found.hits[:limit]]
        window = offset + max(1, limit) + _TIES
        found = searcher.search(query, limit=window)
        if found.hits and found.hits[0][0] == found.hits[-1][0]:  # nothing ranks
            found = searcher.search(query, limit=window, order_by_field="tie", order=Order.Asc)
            page = [(0.0, address) for _, address in found.hits]
        else:
            ties = searcher.fast_field_values("tie", [address for _, address in found.hits])
            ranked = zip(found.hits, ties, strict=True)
            page = [hit for hit, _ in sorted(ranked, key=lambda one: (-rounded(one[0][0]), one[1]))]
        return found.count, [
            Hit(self._shown(searcher, address), rounded(score)) for score, address in page[offset : offset + limit]
        ]

    @staticmethod
    def _shown(searcher: Any, address: Any) -> Shown:
        return Shown.unpacked(bytes(searcher.doc(address).get_first("packed")))

    def values(self, facet: str) -> frozenset[str]:
        with self._lock:
            searcher = self._searcher()
            known = self._values.get(facet)
            if known is None:
                known = frozenset(term for term, _ in searcher.terms_with_prefix(facet, "", Query.all_query()))
                self._values[facet] = known
        return known

    def frequencies(self, field: str, keys: Collection[str]) -> dict[str, int]:
        with self._lock:
            searcher = self._searcher()
        return {key: count for key in keys if (count := int(searcher.doc_freq(field, key)))}

    def document(self, id: str) -> Shown | None:
        with self._lock:
            searcher = self._searcher()
        found = searcher.search(Query.term_query(self._schema, "id", id, "basic"), limit=1).hits
        return self._shown(searcher, found[0][1]) if found else None

    def suggest(self, typed: str, limit: int = 10, *, known: bool = False) -> list[Suggestion]:
        number, words = title_prefix(typed)
        field = "known_words" if known else "title_words"
        with self._lock:
            searcher = self._searcher()
        either = []
        if number:
            either.append((Occur.Should, self._beginning(searcher, "number", number)))
        if words:
            whole = [Query.term_query(self._schema, field, word, "basic") for word in words[:-1]]
            parts = [*whole, self._beginning(searcher, field, words[-1])]
            either.append((Occur.Should, Query.boolean_query([(Occur.Must, part) for part in parts])))
        if not either:
            return []
        found = searcher.search(Query.boolean_query(either), limit=limit, order_by_field="weight", count=False)
        shown = [self._shown(searcher, address) for _, address in found.hits]
        return [Suggestion(one.id, one.number, one.title, one.weight) for one in shown]

    def _beginning(self, searcher: Any, field: str, prefix: str) -> Any:
        terms = [term for term, _ in searcher.terms_with_prefix(field, prefix, limit=EXPANSIONS)]
        return Query.term_set_query(self._schema, field, terms) if terms else Query.empty_query()

    def stamps(self) -> dict[str, str]:
        with self._lock:
            searcher = self._searcher()
        terms = searcher.terms_with_prefix("stamp", "", Query.all_query())
        return dict(term.rsplit("\t", 1) for term, _ in terms)

    def count(self) -> int:
        with self._lock:
            return int(self._searcher().num_docs)

    def close(self) -> None:
        self._seen = None


def _by_white_space() -> Any:
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


def _counted(searcher: Any, query: Any, facets: Sequence[str]) -> dict[str, tuple[tuple[str, int], ...]]:
    """The values of each facet among the documents of ``query``, most frequent first, ties by value."""
    if not facets:
        return {}
    asked = {name: {"terms": {"field": name, "size": 10 * counted(name)}} for name in facets}
    answered = searcher.aggregate(query, asked)
    counts = {}
    for name in facets:
        values = ((one["key"], int(one["doc_count"])) for one in answered[name]["buckets"])
        counts[name] = most_frequent(values, counted(name))
    return counts
