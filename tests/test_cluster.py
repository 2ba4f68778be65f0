"""The search index on three OpenSearch nodes of this machine: what every index owes, what a cluster adds, and what
happens when nodes are killed."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from index_contract import *  # noqa: F403
from index_contract import DOCUMENTS, FOREST, NINH_THUAN, RANKED, found, scored

from indexer.engines.opening import open_index, replacing
from indexer.engines.protocol import IndexUnreachable, IndexUnusable, SearchIndex
from indexer.index_document import IndexDocument
from indexer.index_query import All, Both, Plan, Term
from tools.cluster import opensearch
from tools.cluster.opensearch import CannotStart, Cluster

pytest.importorskip("opensearchpy", reason="needs the client: pip install 'cancu[cluster]'")


@pytest.fixture(scope="module")
def nodes() -> Iterator[Cluster]:
    """Three nodes; no test of this module but the last ones, which have their own, may kill one."""
    try:
        with opensearch.cluster(3) as made:
            yield made
    except CannotStart as error:
        pytest.skip(f"no OpenSearch cluster here: {error}")


@pytest.fixture(scope="module")
def engine() -> str:
    return "opensearch"


@pytest.fixture(scope="module")
def new_url(nodes: Cluster) -> Callable[[], str]:
    numbers = itertools.count()
    return lambda: f"opensearch:{nodes.nodes}/test-{next(numbers)}"


# -- what a cluster adds -----------------------------------------------------------------------------------------------


def concrete(nodes: Cluster, url: str) -> list[str]:
    """The indexes of the cluster that belong to an index URL."""
    rows = nodes.ask(f"/_cat/indices/{url.rpartition('/')[2]}-*?format=json")
    return sorted(row["index"] for row in rows)  # type: ignore[attr-defined]


@pytest.mark.parametrize("parts", ["", "?shards=3"])
@pytest.mark.parametrize("plan", RANKED)
def test_it_scores_as_one_machine_does_however_many_parts_it_has(
    plan: Plan, parts: str, new_url: Callable[[], str], tmp_path: Path
) -> None:
    assert scored(new_url() + parts, plan) == scored(f"tantivy:{tmp_path}", plan)


def test_no_text_lies_in_the_cluster(index: SearchIndex, nodes: Cluster) -> None:
    shown = index.document(NINH_THUAN)
    assert shown is not None and shown.text == ""
    whole = nodes.ask("/test-0/_search?size=100&docvalue_fields=packed,stamp,id")
    assert "Kế hoạch cải cách" in str(whole) and "Nâng cao năng lực" not in str(whole)


def test_a_rebuild_leaves_no_gap(own: SearchIndex, own_url: str, nodes: Cluster) -> None:
    reader = open_index(own_url, create=False)
    with replacing(own_url) as new:
        new.update(DOCUMENTS[:2])
        assert new.count() == 2
        assert len(found(reader, All())) == 4, "until the new one is full the old one answers"
        own.update([IndexDocument(id="meanwhile", title="mới")])
        assert reader.count() == 5
    assert len(found(reader, All())) == 2, "an index that was open follows"
    assert len(concrete(nodes, own_url)) == 1, "the old one is deleted"
    reader.close()


def test_a_rebuild_that_fails_changes_nothing(own: SearchIndex, own_url: str, nodes: Cluster) -> None:
    with pytest.raises(ValueError, match="the store went away"), replacing(own_url) as new:
        new.update(DOCUMENTS[:1])
        raise ValueError("the store went away")
    assert own.count() == 4
    with replacing(own_url) as new:
        new.update(DOCUMENTS[:3])
    assert own.count() == 3
    assert len(concrete(nodes, own_url)) == 1, "what the failed one left is gone too"


def test_what_a_killed_update_left_out_the_next_one_sends(own: SearchIndex) -> None:
    many = [IndexDocument(id=f"n/{n}", title=f"kế hoạch số {n}", stamp=str(n)) for n in range(1_200)]

    def killed() -> Iterator[IndexDocument]:
        yield from many[:1_100]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        own.update(killed())
    held = own.stamps()
    assert 500 <= len(held) - len(DOCUMENTS) <= 1_100
    assert own.update(one for one in many if held.get(one.id) != one.stamp) == 1_200 + len(DOCUMENTS) - len(held)
    assert own.stamps() == {one.id: one.stamp for one in (*DOCUMENTS, *many)}
    assert own.search(Term("title", "1199")).total == 1


def test_another_format_and_what_is_not_there_are_told(new_url: Callable[[], str], nodes: Cluster) -> None:
    url = new_url()
    with pytest.raises(IndexUnusable, match="no search index") as caught:
        open_index(url, create=False)
    assert "cancu rebuild" in caught.value.vi
    made = open_index(url)
    made._cluster.client.indices.put_mapping(index=concrete(nodes, url)[0], body={"_meta": {"format": "0"}})  # type: ignore[attr-defined]
    made.close()
    with pytest.raises(IndexUnusable, match="cancu rebuild"):
        open_index(url)
    with replacing(url) as new:
        new.update(DOCUMENTS)
    assert open_index(url, create=False).count() == 4


# -- what happens when nodes are killed; these come last, for they leave the cluster with one node -----------------------


def test_the_elected_manager_is_killed_in_the_middle_of_searching_and_writing(own_url: str, nodes: Cluster) -> None:
    index = open_index(own_url)
    index.update(DOCUMENTS)
    nodes.wait_until_whole()
    asked: list[tuple[float, list[str]]] = []
    stop = threading.Event()

    def search() -> None:
        reader = open_index(own_url, create=False)
        while not stop.is_set():
            began = time.monotonic()
            ids = found(reader, Both((Term("folded", "hoach"), Term("type", "plan"))))
            asked.append((time.monotonic() - began, ids))
        reader.close()

    def documents() -> Iterator[IndexDocument]:
        for n in range(3_000):
            if n == 1_000:
                nodes.kill(nodes.elected())
            yield IndexDocument(id=f"n/{n}", title=f"số {n}", stamp=str(n))

    searching = threading.Thread(target=search)
    searching.start()
    try:
        assert index.update(documents()) == 3_000
    finally:
        stop.set()
        searching.join()
    assert {frozenset(ids) for _, ids in asked} == {frozenset({NINH_THUAN, FOREST, DOCUMENTS[2].id})}
    assert len(asked) > 10 and max(seconds for seconds, _ in asked) < 8
    assert index.stamps() == {one.id: one.stamp for one in DOCUMENTS} | {f"n/{n}": str(n) for n in range(3_000)}
    index.close()


def test_a_cluster_that_does_not_answer_is_told_in_time(
    own: SearchIndex, own_url: str, nodes: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    from indexer.engines import opensearch_cluster

    monkeypatch.setattr(opensearch_cluster, "WRITING_SECONDS", 2.0)
    monkeypatch.setattr(opensearch_cluster, "ASKING_SECONDS", 2.0)
    for name in [name for name, process in nodes.processes.items() if process.poll() is None]:
        nodes.kill(name)
    calls: list[Callable[[], object]] = [
        lambda: own.search(All()),
        lambda: own.update([IndexDocument(id="x")]),
        lambda: open_index(own_url, create=False),
    ]
    for call in calls:
        began = time.monotonic()
        with pytest.raises(IndexUnreachable) as caught:
            call()
        assert time.monotonic() - began < 5
        assert "không trả lời" in caught.value.vi and "no whole answer" in caught.value.en
        assert "\n" not in caught.value.en and "object at" not in caught.value.en
