"""PostgreSQL, three OpenSearch nodes and a Dask cluster on this machine: the search index as every engine owes it and
what a cluster adds; the same exports, answers and pages as one machine gives; and what happens when parts are killed."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from index_contract import *  # noqa: F403
from index_contract import DOCUMENTS, FOREST, NINH_THUAN, RANKED, found, scored
from kb_fixtures import export_text
from whole_cluster import *  # noqa: F403
from whole_cluster import Databases

from cancu.cli import main
from indexer.build import dask_cluster, elsewhere
from indexer.build.dask_cluster import dask_workers
from indexer.build.elsewhere import ExecutorLost
from indexer.build.ingest import ingest, rebuild
from indexer.engines.opening import open_index, replacing
from indexer.engines.opensearch_index import OpenSearchIndex
from indexer.engines.protocol import IndexUnreachable, IndexUnusable, SearchIndex
from indexer.index_document import IndexDocument
from indexer.index_query import All, Both, Plan, Term
from kb.errors import KnowledgeBaseError
from kb.service import KnowledgeBase
from tools.cluster import dask, opensearch
from tools.cluster.opensearch import Cluster
from web.app import create_app


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


# -- the whole, beside one machine -------------------------------------------------------------------------------------

QUERIES = (
    "cải cách hành chính",
    "ke hoach thuc hien",
    '"cải cách hành chính"',
    "luật đất đai",
    "quyết định ninh thuận",
    "kế hoạch -2021",
    "dẫn:2395/QĐ-UBND",
    "được_dẫn_bởi:34/KH-SKHCN",
    "loại:kế_hoạch năm:2020..2024",
    'tỉnh:"ninh thuận" chính',
    "kế hoạch thực hiện nghị quyết của hội đồng nhân dân tỉnh ninh thuận về một số chính sách hỗ trợ phát triển nông nghiệp"
    " bền vững giảm nghèo đa chiều xây dựng nông thôn mới đào tạo nghề cho lao động giai đoạn 2021 2025",
    "chuyển đổi số hoặc năng lực cạnh tranh không có ở đâu cả",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a base and its index lie."""

    kb: str
    index: str


@pytest.fixture(scope="module")
def whole(databases: Databases, nodes: Cluster, workers: dask.Workers, samples: Path) -> Place:
    """The bundled collection, read by two Dask workers into PostgreSQL and OpenSearch; tests must not change it."""
    place = Place(databases.new(), f"opensearch:{nodes.nodes}/whole")
    assert main(["ingest", str(samples), "--kb", place.kb, "--index", place.index, "--dask", workers.address]) == 0
    return place


def test_the_exports_are_those_of_one_machine(whole: Place, sample_kb: Path) -> None:
    one, other = KnowledgeBase.open(sample_kb), KnowledgeBase.open(whole.kb)
    for form in ("jsonl", "csv", "graphml", "jsonld"):
        assert export_text(one.store, form) == export_text(other.store, form), form
    other.close()


_SCORE = re.compile(r'"score": [0-9.]+')  # the engines reckon with more or fewer digits


def test_searches_and_pages_are_those_of_one_machine_from_the_standby_too(
    whole: Place, databases: Databases, sample_kb: Path
) -> None:
    one = create_app(sample_kb).test_client()
    others = [create_app(kb, index=whole.index).test_client() for kb in (whole.kb, databases.follower_of(whole.kb))]
    searches = [f"/api/v1/search?q={quote(query)}&per_page=10" for query in QUERIES]
    filtered = ["/api/v1/search?q=k%E1%BA%BF&type=ke-hoach", "/api/v1/search?role=held&sort=newest"]
    pages = [f"/vb/{document.id}" for document in KnowledgeBase.open(sample_kb).documents()]
    for path in (*searches, *filtered, "/", "/chat-luong", "/api/v1/suggest?q=ke%20hoach", *pages[::4]):
        expected = one.get(path)
        assert expected.status_code == 200, path
        for other in others:
            assert _SCORE.sub("", other.get(path).text) == _SCORE.sub("", expected.text), path


def test_a_standby_takes_no_writes_and_says_so(whole: Place, databases: Databases, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("KẾ HOẠCH\nCăn cứ Quyết định số 9/QĐ-UBND ngày 01/02/2020", encoding="utf-8")
    with pytest.raises(KnowledgeBaseError) as caught:
        ingest([tmp_path], databases.follower_of(whole.kb), workers=1, index=whole.index)
    assert "read-only" in caught.value.en and "máy chủ chính" in caught.value.vi and "\n" not in caught.value.en


def test_two_web_servers_show_one_state(
    databases: Databases, nodes: Cluster, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(databases.new(), f"opensearch:{nodes.nodes}/served")
    put_in(folder, place, 3)
    with served(place) as first, served(place) as second:
        assert [hits(address, "trồng rừng") for address in (first, second)] == [3, 3]
        with monkeypatch.context() as patched:  # a later ingest sends what changed, and compares no stamps
            patched.setattr(OpenSearchIndex, "stamps", None)
            put_in(folder, place, 5)
        assert [hits(address, "trồng rừng") for address in (first, second)] == [5, 5]
        assert rebuild(place.kb, url=place.index) > 5
        assert [hits(address, "trồng rừng") for address in (first, second)] == [5, 5]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty plans that cite each other's decisions."""
    made = tmp_path_factory.mktemp("plans")
    for n in range(1, 61):
        (made / f"plan-{n:02}.txt").write_text(PLAN.format(n=n, before=max(1, n - 1)), encoding="utf-8")
    return made


PLAN = """UBND TỈNH NINH THUẬN
Số: {n}/KH-UBND
Ninh Thuận, ngày 06 tháng 5 năm 2022

KẾ HOẠCH
Trồng rừng đợt {n}

Căn cứ Kế hoạch số {before}/KH-UBND ngày 06/5/2022 của UBND tỉnh Ninh Thuận;
Thực hiện Quyết định số {n}00/QĐ-UBND ngày 24/12/2021 của UBND tỉnh Ninh Thuận, tỉnh ban hành kế hoạch này.
"""


@pytest.fixture(scope="module")
def alone(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The export of the sixty plans, read on one machine."""
    where = tmp_path_factory.mktemp("alone") / "kb"
    ingest([folder], where, workers=1)
    return export_text(KnowledgeBase.open(where).store, "jsonl")


def put_in(folder: Path, place: Place, count: int) -> None:
    """Put the first plans of the folder in."""
    files = sorted(folder.iterdir())[:count]
    assert not ingest(files, place.kb, workers=1, index=place.index).failed


@contextmanager
def served(place: Place) -> Iterator[str]:
    """The address of a ``cancu serve`` process; ended with the block."""
    (port,) = opensearch.free_ports(1)
    command = [sys.executable, "-m", "cancu", "serve", "--kb", place.kb, "--index", place.index, "--port", str(port)]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None and process.stdout.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)
        process.stdout.close()


def hits(address: str, query: str) -> int:
    """How many documents a server finds."""
    with urllib.request.urlopen(f"{address}/api/v1/search?q={quote(query)}", timeout=60) as answer:
        return int(json.loads(answer.read())["total"])


# -- what happens when parts are killed ----------------------------------------------------------------------------------


def test_a_worker_killed_in_the_middle_costs_nothing(
    databases: Databases, nodes: Cluster, workers: dask.Workers, folder: Path, alone: str
) -> None:
    place = Place(databases.new(), f"opensearch:{nodes.nodes}/worker-killed")
    done = 0

    def progress(stage: str, count: int, _: int | None) -> None:
        nonlocal done
        if stage == "read" and count == 10:
            workers.kill_worker()
            done = count

    with dask_workers(workers.address) as (executor, places):
        report = ingest([folder], place.kb, index=place.index, executor=executor, places=places, progress=progress)
    assert (done, len(report.added), report.failed) == (10, 60, [])
    assert export_text(KnowledgeBase.open(place.kb).store, "jsonl") == alone


def test_when_no_worker_is_left_that_is_told_and_what_was_read_is_kept(
    databases: Databases, nodes: Cluster, workers: dask.Workers, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(databases.new(), f"opensearch:{nodes.nodes}/workers-lost")
    monkeypatch.setattr(elsewhere, "FILE_SECONDS", 4.0)

    def progress(stage: str, count: int, _: int | None) -> None:
        while stage == "read" and count == 10 and workers.workers:
            workers.kill_worker()

    with pytest.raises(ExecutorLost) as caught, dask_workers(workers.address) as (executor, places):
        ingest([folder], place.kb, index=place.index, executor=executor, places=places, progress=progress)
    assert "chạy lại" in caught.value.vi
    assert len(KnowledgeBase.open(place.kb).file_names()) >= 10


def test_a_scheduler_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="needs Dask: pip install 'cancu[cluster]'")
    monkeypatch.setattr(dask_cluster, "_CONNECT_SECONDS", 1)
    (port,) = opensearch.free_ports(1)
    with pytest.raises(ExecutorLost, match=f"127.0.0.1:{port}"), dask_workers(f"tcp://127.0.0.1:{port}"):
        pass


def test_the_ingesting_process_is_killed_in_the_middle_of_a_batch(
    databases: Databases, nodes: Cluster, folder: Path, alone: str
) -> None:
    place = Place(databases.new(), f"opensearch:{nodes.nodes}/client-killed")
    command = [sys.executable, "-m", "cancu", "ingest", str(folder), "--kb", place.kb, "--index", place.index]
    KnowledgeBase.open(place.kb, create=True).close()
    for files in (8, 40):
        process = subprocess.Popen([*command, "--jobs", "1"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        watcher = KnowledgeBase.open(place.kb)
        until = time.monotonic() + 60
        while len(watcher.file_names()) < files and process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        process.kill()
        process.wait()
        watcher.close()
    assert main(command[3:]) == 0
    assert export_text(KnowledgeBase.open(place.kb).store, "jsonl") == alone
    index = open_index(place.index, create=False)
    assert index.search(Term("title", "rung")).total == 60
    index.close()


# These come last, for they leave the cluster without nodes.


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
