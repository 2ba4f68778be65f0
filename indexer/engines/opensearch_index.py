"""The search index on an OpenSearch cluster, for a collection past one machine: any node may fail, and any number of
web machines see one index.

Terms come ready made, as for the other engines; the cluster only splits them at blanks, so that all answer alike. It
holds no texts: quotations come from the store. A step is not all or nothing, as with a local engine: each document
carries its stamp, and the next ingest sends what is not there yet.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import orjson

from indexer.engines.opensearch_cluster import Address, Cluster
from indexer.engines.opensearch_query import EVERYTHING, NOTHING, Asked, filtered, query, unscored
from indexer.engines.protocol import FORMAT, chosen_filters, without
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
from indexer.index_query import Ids, Plan
from indexer.words.analysis import HOLE, keys_of, terms_of, title_prefix

_BULK_BYTES, _BULK_DOCUMENTS = 4_000_000, 500  # in one request; one is under way while the next is made
_TIES = 100  # documents looked at beyond a page, so that those of one score come in their order
_DEEPEST = 11_000  # documents from the first that a page may reach, ties included
_LONGEST_KEY = 8_000  # characters; Lucene refuses 32,766 bytes
_LONGEST_TITLE = 4_000
_ORDERS: dict[str, list[dict[str, str]]] = {
    "relevance": [{"_score": "desc"}, {"tie": "asc"}],
    "newest": [{"day": "desc"}, {"tie": "asc"}],
    "oldest": [{"day_or_end": "asc"}, {"tie": "asc"}],
    "most_cited": [{"weight": "desc"}, {"tie": "asc"}],
}
_SCANNED = 5_000  # documents, or values, in one answer when all are gone through
_MOST_VALUES = 60_000  # of one facet in one answer: a cluster refuses 65,536 (search.max_buckets)
_VALUES_SECONDS = 5.0  # for which the values of a facet are remembered


def _form(shards: int) -> dict[str, Any]:
    """Settings and fields of an index. What is shown lies in columns: no other copy of a document is kept."""
    text = {"type": "text", "analyzer": "ready", "index_options": "freqs"}
    key = {"type": "keyword", "doc_values": False, "ignore_above": _LONGEST_KEY}
    fields: dict[str, dict[str, Any]] = {name: dict(text) for name in TEXT_FIELDS}
    fields["pairs"]["index_options"] = "positions"
    fields |= {name: dict(key) for name in KEY_FIELDS}
    fields |= {name: {"type": "keyword", "ignore_above": _LONGEST_KEY} for name in (*FACETS, "id")}
    fields |= {name: {"type": "long", "index": False} for name in ("day", "day_or_end", "weight")}
    fields["tie"] = {"type": "long"}  # indexed: whoever goes through all in this order skips what is behind
    fields |= {name: {"type": "keyword", "index": False} for name in ("stamp", "packed")}
    blanks = {"type": "whitespace", "max_token_length": _LONGEST_KEY}
    analysis = {
        "tokenizer": {"blanks": blanks},
        "filter": {"holes": {"type": "stop", "stopwords": [HOLE]}},
        "analyzer": {
            "ready": {"type": "custom", "tokenizer": "blanks"},
            "phrase": {"type": "custom", "tokenizer": "blanks", "filter": ["holes"]},
        },
    }
    return {
        "settings": {
            "number_of_shards": shards,
            "auto_expand_replicas": "0-1",  # a second copy of each part as soon as there is a second node
            "refresh_interval": "30s",  # an update ends with a refresh of its own
            "codec": "best_compression",
            "max_result_window": _DEEPEST,
            "analysis": analysis,
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": {"format": FORMAT},
            "_source": {"enabled": False},
            "properties": fields,
        },
    }


class OpenSearchIndex:
    """:class:`indexer.engines.protocol.SearchIndex` on a cluster; safe for several threads and processes."""

    def __init__(self, cluster: Cluster, name: str | None = None) -> None:
        self._cluster = cluster
        self._name = name or cluster.address.name
        self._shards = cluster.address.shards if name else cluster.shards()
        self._values: dict[str, tuple[float, frozenset[str]]] = {}

    @classmethod
    def opened(cls, address: Address, *, create: bool) -> OpenSearchIndex:
        """The index at ``address``; with ``create`` an empty one is made where there is none.

        Raises:
            IndexUnusable: where there is none, or one of another format; ``IndexUnreachable`` where no node answers.
        """
        cluster = Cluster(address)
        if create and not cluster.in_use():
            cluster.adopt(cluster.create(_form(address.shards)))
        cluster.check()
        return cls(cluster)

    @classmethod
    @contextmanager
    def replacing(cls, address: Address) -> Iterator[OpenSearchIndex]:
        """An empty index that takes the place of the one at ``address`` when the block is left without an error."""
        cluster = Cluster(address)
        name = cluster.create(_form(address.shards))
        index = cls(cluster, name)
        try:
            yield index
            cluster.refresh(name)
            cluster.adopt(name)
        finally:
            index.close()

    # -- writing -----------------------------------------------------------------------------------------------

    def update(self, documents: Iterable[IndexDocument], removed: Iterable[str] = ()) -> int:
        count = 0
        with _Sender(self._cluster, self._name) as sender:
            for id in removed:
                sender.add(orjson.dumps({"delete": {"_id": _key(id)}}))
            for document in documents:
                sender.add(orjson.dumps({"index": {"_id": _key(document.id)}}), _converted(document))
                count += 1
        self._cluster.refresh(self._name)
        return count

    def clear(self) -> None:
        self._cluster.adopt(self._cluster.create(_form(self._shards)))

    # -- asking ------------------------------------------------------------------------------------------------

    def _asked(self, body: dict[str, Any], alike: str = "") -> Any:
        """The whole answer to a search. ``alike``: what is the same in searches that must see the same copies."""
        params: dict[str, Any] = {
            "allow_partial_search_results": "false",
            "cancel_after_time_interval": "8s",
            "preference": hashlib.blake2b(alike.encode("utf-8", "replace"), digest_size=8).hexdigest(),
        }
        if self._shards > 1:  # words are as rare as in the whole, not as in a part
            params["search_type"] = "dfs_query_then_fetch"
        body = {"stored_fields": "_none_", "docvalue_fields": ["packed"], **body}
        answer = self._cluster.asked(
            self._cluster.client.search, index=self._name, body=orjson.dumps(body), params=params
        )
        if answer["timed_out"] or answer["_shards"]["failed"]:
            raise self._cluster.unreachable(answer["_shards"])
        return answer

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
        ranked = sort == "relevance"
        body: dict[str, Any] = {
            "query": query(plan),
            "sort": _ORDERS[sort],
            "from": 0 if ranked else offset,
            "size": offset + limit + _TIES if ranked else limit,
            "track_total_hits": True,
            "aggs": {name: _counting(name, without(filters, name)) for name in facets},
        }
        if filters:
            body["post_filter"] = filtered(filters)
        answer = self._asked(body, repr(plan))
        found = [(rounded(hit["sort"][0] if ranked else 0.0), hit) for hit in answer["hits"]["hits"]]
        if ranked:
            found.sort(key=lambda one: (-one[0], one[1]["sort"][1]))
            found = found[offset : offset + limit]
        counts = {
            name: most_frequent(((one["key"], one["doc_count"]) for one in found["values"]["buckets"]), counted(name))
            for name, found in answer.get("aggregations", {}).items()
        }
        hits = tuple(Hit(_shown(hit), score) for score, hit in found)
        return Hits(answer["hits"]["total"]["value"], hits, {name: counts[name] for name in facets})

    def values(self, facet: str) -> frozenset[str]:
        known = self._values.get(facet)
        if known is None or known[0] < time.monotonic() - _VALUES_SECONDS:
            known = self._values[facet] = (time.monotonic(), frozenset(self._all_values(facet)))
        return known[1]

    def _all_values(self, facet: str) -> Iterator[str]:
        sources: dict[str, Any] = {"size": _SCANNED, "sources": [{"value": {"terms": {"field": facet}}}]}
        while True:
            body = {"query": EVERYTHING, "size": 0, "aggs": {"values": {"composite": sources}}}
            page = self._asked(body)["aggregations"]["values"]
            yield from (one["key"]["value"] for one in page["buckets"])
            if len(page["buckets"]) < _SCANNED:
                return
            sources["after"] = page["after_key"]

    def frequencies(self, field: str, keys: Collection[str]) -> dict[str, int]:
        filters = {key: {"term": {field: key}} for key in keys}
        if not filters:
            return {}
        body = {"query": EVERYTHING, "size": 0, "aggs": {"counted": {"filters": {"filters": filters}}}}
        buckets = self._asked(body)["aggregations"]["counted"]["buckets"]
        return {key: int(one["doc_count"]) for key, one in buckets.items() if one["doc_count"]}

    def document(self, id: str) -> Shown | None:
        found = self._asked({"query": query(Ids(frozenset([id]))), "size": 1})["hits"]["hits"]
        return _shown(found[0]) if found else None

    def suggest(self, typed: str, limit: int = 10, *, known: bool = False) -> list[Suggestion]:
        number, words = title_prefix(typed)
        field = "known_words" if known else "title_words"
        either: list[dict[str, Any]] = [{"prefix": {"number": number}}] if number else []
        if words:
            whole = [{"term": {field: word}} for word in words[:-1]]
            either.append({"bool": {"filter": [*whole, {"prefix": {field: words[-1]}}]}})
        asked = unscored({"bool": {"should": either}}) if either else NOTHING
        found = self._asked({"query": asked, "sort": _ORDERS["most_cited"], "size": limit, "track_total_hits": False})
        shown = [_shown(hit) for hit in found["hits"]["hits"]]
        return [Suggestion(one.id, one.number, one.title, one.weight) for one in shown]

    def stamps(self) -> dict[str, str]:
        self._cluster.refresh(self._name)
        found: dict[str, str] = {}
        after: dict[str, Any] = {}
        while True:
            page = self._asked(
                {
                    "query": EVERYTHING,
                    "docvalue_fields": ["id", "stamp"],
                    "sort": [{"tie": "asc"}],
                    "size": _SCANNED,
                    "track_total_hits": False,
                    **after,
                }
            )["hits"]["hits"]
            found.update((hit["fields"]["id"][0], hit["fields"].get("stamp", [""])[0]) for hit in page)
            if len(page) < _SCANNED:
                return found
            after = {"search_after": page[-1]["sort"]}

    def remark(self, said: bytes) -> None:
        body = {"_meta": {"format": FORMAT, "remark": said.decode()}}
        self._cluster.written(self._cluster.client.indices.put_mapping, index=self._name, body=body)

    def remarked(self) -> bytes:
        found = self._cluster.asked(self._cluster.client.indices.get_mapping, index=self._name)
        (said,) = (about["mappings"].get("_meta", {}).get("remark", "") for about in found.values())
        return str(said).encode()

    def count(self) -> int:
        return self._count(EVERYTHING)

    def _count(self, asked: Asked) -> int:
        client = self._cluster.client
        return int(self._cluster.asked(client.count, index=self._name, body={"query": asked})["count"])

    def close(self) -> None:
        self._cluster.client.close()


class _Sender:
    """Sends what is added in requests of bounded size, in order; one is under way while the next is put together."""

    def __init__(self, cluster: Cluster, index: str) -> None:
        self._cluster = cluster
        self._index = index
        self._waiting: list[tuple[bytes, ...]] = []
        self._bytes = 0
        self._thread = ThreadPoolExecutor(1)
        self._under_way: Future[None] | None = None

    def __enter__(self) -> _Sender:
        return self

    def add(self, *lines: bytes) -> None:
        self._waiting.append(lines)
        self._bytes += sum(map(len, lines))
        if self._bytes >= _BULK_BYTES or len(self._waiting) >= _BULK_DOCUMENTS:
            self._hand_over()

    def _hand_over(self) -> None:
        if self._under_way is not None:
            self._under_way.result()
        self._under_way = self._thread.submit(self._cluster.send, self._index, self._waiting)
        self._waiting, self._bytes = [], 0

    def __exit__(self, kind: object, *_: object) -> None:
        with self._thread:
            if kind is None:
                self._hand_over()
                assert self._under_way is not None
                self._under_way.result()


def _key(id: str) -> str:
    """The key of a document in the cluster, which takes 512 bytes at most."""
    return hashlib.blake2b(id.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _converted(document: IndexDocument) -> bytes:
    terms = terms_of(document)
    day = day_number(document.date)
    made: dict[str, Any] = {name: " ".join(terms.placed(name)) for name in TEXT_FIELDS}
    made.update(keys_of(document, terms))
    made.update({name: list(document.facet(name)) for name in FACETS})
    made.update(day=day, day_or_end=day or NO_DAY, weight=document.weight, tie=document.tie, stamp=document.stamp)
    made["packed"] = replace(document, text="", title=(document.title or "")[:_LONGEST_TITLE] or None).packed().decode()
    return orjson.dumps(made)


def _shown(hit: dict[str, Any]) -> Shown:
    return Shown.unpacked(hit["fields"]["packed"][0].encode())


def _counting(facet: str, filters: Mapping[str, Collection[str]]) -> dict[str, Any]:
    values = {"terms": {"field": facet, "size": min(10 * counted(facet), _MOST_VALUES)}}
    return {"filter": filtered(filters), "aggs": {"values": values}}
