"""The search index on Whoosh: commits, locks and postings are Whoosh's, queries are evaluated in ``whoosh_snapshot``.

Comfortable up to some ten thousand documents; beyond that ``tantivy:`` answers by the same protocol.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from threading import RLock

import numpy as np
from whoosh import index as whoosh_index
from whoosh.codec.whoosh3 import W3Codec
from whoosh.writing import IndexWriter, LockError

from indexer.engines.protocol import EXPANSIONS, FORMAT, busy, chosen_filters, unreadable, without
from indexer.engines.remarks import FolderRemark
from indexer.engines.whoosh_fields import encoded, schema
from indexer.engines.whoosh_snapshot import Snapshot, head_of
from indexer.engines.whoosh_unpickling import install
from indexer.index_document import (
    FACETS,
    NO_DAY,
    TEXT_FIELDS,
    Hit,
    Hits,
    IndexDocument,
    Shown,
    Suggestion,
    rounded,
)
from indexer.index_query import Plan
from indexer.words.analysis import keys_of, terms_of, title_prefix

install()
_COMMIT_EVERY = 5_000  # documents in one step at most, so that a long build survives being killed
_POOL_MB = 256  # postings held before they are spilled to disk


class WhooshIndex(FolderRemark):
    """:class:`indexer.engines.protocol.SearchIndex` in a folder; safe for several threads of one process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = RLock()
        self._snapshot: Snapshot | None = None
        try:
            if whoosh_index.exists_in(folder):
                self._index = whoosh_index.open_dir(folder)
            else:
                self._index = whoosh_index.create_in(folder, schema())
        except Exception as error:  # Whoosh meets damage with whatever its unpickling happens to raise
            raise unreadable(folder, error) from error
        if self._index.schema != schema():
            raise unreadable(folder, f"format is not {FORMAT}")

    # -- writing -----------------------------------------------------------------------------------------------

    def update(self, documents: Iterable[IndexDocument], removed: Iterable[str] = ()) -> int:
        with self._lock:
            writer = self._writer()
            count = 0
            try:
                snapshot = self._current()
                for id in removed:
                    if id in snapshot.places:
                        writer.delete_document(snapshot.places[id])
                fresh: set[str] = set()
                for document in documents:
                    if len(fresh) >= _COMMIT_EVERY or document.id in fresh:
                        writer.commit(merge=False)
                        writer = self._writer()
                        snapshot = self._current()
                        fresh.clear()
                    if document.id in snapshot.places:
                        writer.delete_document(snapshot.places[document.id])
                    self._add(writer, document)
                    fresh.add(document.id)
                    count += 1
                writer.commit()
            except BaseException:
                # A commit that failed (no room on the disk) has to give the lock back too.
                if not writer.is_closed:
                    writer.cancel()
                raise
        return count

    def _writer(self) -> IndexWriter:
        try:
            return self._index.writer(limitmb=_POOL_MB, codec=W3Codec(compression=0))
        except LockError as error:
            raise busy(self._folder) from error

    def _add(self, writer: IndexWriter, document: IndexDocument) -> None:
        terms = terms_of(document)
        writer.add_document(
            head=head_of(document, terms),
            packed=zlib.compress(document.packed(), 1),
            **{name: terms.placed(name) for name in TEXT_FIELDS},
            **keys_of(document, terms),
        )

    def clear(self) -> None:
        self.remark(b"")
        with self._lock:
            self._drop_snapshot()
            try:
                self._index.close()
                self._index = whoosh_index.create_in(self._folder, schema())
            except LockError as error:
                raise busy(self._folder) from error

    # -- asking ------------------------------------------------------------------------------------------------

    def _current(self) -> Snapshot:
        """The snapshot of the last commit, by whichever process."""
        generation = self._index.latest_generation()
        if self._snapshot is None or self._snapshot.generation != generation:
            self._drop_snapshot()
            try:
                self._index = self._index.refresh()
                self._snapshot = Snapshot(self._index.reader(), generation)
            except Exception as error:  # as where it is opened
                raise unreadable(self._folder, f"{type(error).__name__}: {error}") from error
        return self._snapshot

    def _drop_snapshot(self) -> None:
        if self._snapshot is not None:
            self._snapshot.reader.close()
            self._snapshot = None

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
            snapshot = self._current()
            mask, scores = snapshot.evaluate(plan)
            mask = mask & snapshot.live
            chosen = snapshot.filtered(mask, filters)
            counts = {}
            for facet in facets:
                others = without(filters, facet)
                counts[facet] = snapshot.facet_counts(
                    facet, snapshot.filtered(mask, others) if facet in filters else chosen
                )
            places = np.flatnonzero(chosen)
            ranks = np.zeros(snapshot.size) if scores is None else scores
            keys = {
                "relevance": -np.round(ranks, 3),
                "newest": -snapshot.days,
                "oldest": np.where(snapshot.days > 0, snapshot.days, NO_DAY),
                "most_cited": -snapshot.weights,
            }
            page = places[np.lexsort((snapshot.order[places], keys[sort][places]))][offset : offset + limit]
            hits = tuple(Hit(self._shown(snapshot, int(place)), rounded(ranks[place])) for place in page)
        return Hits(len(places), hits, counts)

    @staticmethod
    def _shown(snapshot: Snapshot, place: int) -> Shown:
        return Shown.unpacked(zlib.decompress(snapshot.packed(place)))

    def values(self, facet: str) -> frozenset[str]:
        with self._lock:
            return frozenset(self._current().column(facet)[0])

    def frequencies(self, field: str, keys: Collection[str]) -> dict[str, int]:
        with self._lock:
            reader = self._current().reader
            return {key: count for key in keys if (count := int(reader.doc_frequency(field, encoded(key))))}

    def document(self, id: str) -> Shown | None:
        with self._lock:
            snapshot = self._current()
            place = snapshot.places.get(id)
            return None if place is None else self._shown(snapshot, place)

    def suggest(self, typed: str, limit: int = 10, *, known: bool = False) -> list[Suggestion]:
        number, words = title_prefix(typed)
        field = "known_words" if known else "title_words"
        with self._lock:
            snapshot = self._current()
            mask = np.zeros(snapshot.size, dtype=bool)
            if number:
                mask |= self._beginning(snapshot, "number", number)
            if words:
                titles = self._beginning(snapshot, field, words[-1])
                for word in words[:-1]:
                    found = snapshot.postings(field, word)[:, 0].astype(np.int32)
                    whole = np.zeros(snapshot.size, dtype=bool)
                    whole[found] = True
                    titles &= whole
                mask |= titles
            places = np.flatnonzero(mask & snapshot.live)
            best = places[np.lexsort((snapshot.order[places], -snapshot.weights[places]))][:limit]
            heads = [snapshot.heads[place] for place in best]
        return [Suggestion(head[0], head[4], head[5], head[3]) for head in heads if head is not None]

    @staticmethod
    def _beginning(snapshot: Snapshot, field: str, prefix: str) -> np.ndarray:
        mask = np.zeros(snapshot.size, dtype=bool)
        for count, term in enumerate(snapshot.reader.expand_prefix(field, prefix)):
            if count >= EXPANSIONS:
                break
            mask[snapshot.postings(field, term.decode("utf-8"))[:, 0].astype(np.int32)] = True
        return mask

    def stamps(self) -> dict[str, str]:
        with self._lock:
            return {head[0]: head[1] for head in self._current().heads if head is not None}

    def count(self) -> int:
        with self._lock:
            return int(self._current().live.sum())

    def close(self) -> None:
        with self._lock:
            self._drop_snapshot()
            self._index.close()
