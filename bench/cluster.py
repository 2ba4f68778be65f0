"""One machine beside a cluster: SQLite, tantivy, processes; PostgreSQL, three OpenSearch nodes, two Dask workers.

The same documents go into both; exports and the first ten answers are compared, time is given by stage, and the elected
manager of the search cluster is killed in the middle of searching and of a rebuild. All servers run on this machine, so
the figures say what the parts cost, not what more machines would bring. Needs Java, Maven and PostgreSQL.

``CANCU_BENCH_DOCUMENTS`` is how many documents (default 600).
"""

from __future__ import annotations

import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench.ingest import _copies, sources
from indexer.build.dask_cluster import dask_workers
from indexer.build.ingest import ingest, rebuild
from indexer.build.report import IngestReport
from indexer.search import Search, open_search
from kb.answers.export import export
from kb.service import KnowledgeBase
from tools.cluster import dask, opensearch, postgresql

_DOCUMENTS = int(os.environ.get("CANCU_BENCH_DOCUMENTS") or 600)
_QUERIES = 100
_KILLED_AT = 20  # queries before the manager is killed


def _told(name: str, report: IngestReport) -> None:
    count = len(report.added)
    stages = ", ".join(f"{stage} {count / seconds:.1f}" for stage, seconds in report.seconds.items() if seconds)
    print(
        f"{name:30} {count} documents, {sum(report.seconds.values()):.0f} s; documents a second: {stages}", flush=True
    )


def _queries(base: KnowledgeBase) -> list[str]:
    """Words of titles, whole titles, and phrases, of documents spread over the base."""
    titles = [one.title for one in base.documents() if one.title and len(one.title.split()) > 6]
    chosen = titles[:: max(1, len(titles) // _QUERIES)][:_QUERIES]
    made = []
    for number, title in enumerate(chosen):
        words = title.split()
        made.append((" ".join(words[1:5]), title, f'"{" ".join(words[2:5])}"', f"loại:kế_hoạch {words[3]}")[number % 4])
    return made


def _answers(search: Search, queries: list[str]) -> tuple[list[Any], list[float]]:
    """Kind, total and first ten ids of each query, and how long it took, in milliseconds."""
    answers, times = [], []
    for query in queries:
        began = time.perf_counter()
        found = search(query, per_page=10)
        times.append((time.perf_counter() - began) * 1000)
        answers.append((found.kind, found.total, [item.document.id for item in found.items]))
    return answers, times


def _spread(times: list[float]) -> str:
    ordered = sorted(times)
    return f"p50 {statistics.median(ordered):.0f} ms, p95 {ordered[int(len(ordered) * 0.95)]:.0f} ms"


def _while(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def _manager_killed_in_search(nodes: opensearch.Cluster, search: Search, queries: list[str], right: list[Any]) -> None:
    answers, times = [], []
    for number, query in enumerate(queries * 2):
        if number == _KILLED_AT:
            nodes.kill(nodes.elected())
        found, took = _answers(search, [query])
        answers += found
        times += took
    wrong = sum(answer != expected for answer, expected in zip(answers, right * 2, strict=True))
    print(f"manager killed in {len(answers)} searches: {wrong} wrong answers, longest {max(times):.0f} ms")


def _manager_killed_in_rebuild(
    nodes: opensearch.Cluster, kb: str, index: str, search: Search, queries: list[str], right: list[Any]
) -> None:
    moments: list[float] = []
    longest: list[float] = []
    done = threading.Event()

    def progress(stage: str, count: int, _: int | None) -> None:
        moments.append(time.perf_counter())
        if stage == "index" and count == _DOCUMENTS // 2:
            nodes.kill(nodes.elected())

    def ask() -> None:
        while not done.is_set():
            found, took = _answers(search, queries[:1])
            longest.extend(took)
            assert found == right[:1]

    asking = _while(ask)
    began = time.perf_counter()
    count = rebuild(kb, url=index, progress=progress)
    moments.append(time.perf_counter())
    done.set()
    asking.join()
    gap = max(after - before for before, after in pairwise(moments))
    wrong = sum(answer != expected for answer, expected in zip(_answers(search, queries)[0], right, strict=True))
    print(
        f"manager killed in a rebuild: {count} documents in {time.perf_counter() - began:.0f} s, longest standstill"
        f" {gap:.1f} s; {len(longest)} searches meanwhile, longest {max(longest):.0f} ms; {wrong} wrong answers after"
    )


def main() -> int:
    texts = [file.read_text(encoding="utf-8") for file in sources()]
    with tempfile.TemporaryDirectory(prefix="cancu-bench-") as name:
        folder = _copies(Path(name) / "in", texts, _DOCUMENTS)
        alone = Path(name) / "kb"
        _told("SQLite + tantivy + 2 processes", ingest([folder], alone, workers=2, index=f"tantivy:{name}/index"))
        with opensearch.cluster(3) as nodes, postgresql.server() as database:
            index = f"opensearch:{nodes.nodes}/bench"
            with dask.workers(2) as workers, dask_workers(workers.address) as (executor, places):
                report = ingest([folder], database.url, index=index, executor=executor, places=places)
            _told("PostgreSQL + OpenSearch + Dask", report)
            return _compared(alone, f"tantivy:{name}/index", database.url, index, nodes)


def _compared(alone: Path, local: str, kb: str, index: str, nodes: opensearch.Cluster) -> int:
    one, other = KnowledgeBase.open(alone), KnowledgeBase.open(kb)
    same = all(a == b for a, b in zip_longest(export(one.store, "jsonl"), export(other.store, "jsonl")))
    queries = _queries(one)
    here, there = open_search(one, alone, local), open_search(other, kb, index)
    _answers(here, queries), _answers(there, queries)  # once, for what is loaded at the first
    (right, fast), (found, slow) = _answers(here, queries), _answers(there, queries)
    equal = sum(a == b for a, b in zip(right, found, strict=True))
    print(f"exports equal: {same}; totals and first ten answers equal: {equal} of {len(queries)}")
    print(f"search, one machine: {_spread(fast)}; cluster: {_spread(slow)}")
    documents = one.stats()["documents"]
    with other.store.reading() as connection:
        size = connection.execute(sa.text("select pg_database_size(current_database())")).scalar_one()
    (part,) = nodes.ask("/_cat/indices/bench-*?format=json&bytes=b")  # type: ignore[misc]
    print(
        f"bytes: PostgreSQL {size / _DOCUMENTS / 1000:.0f} kB a document held; OpenSearch"
        f" {int(part['pri.store.size']) / documents / 1000:.1f} kB a document ({documents}) and copy"
    )
    _manager_killed_in_search(nodes, there, queries, found)
    for name, process in nodes.processes.items():
        if process.poll() is not None:
            nodes.start(name)
    began = time.perf_counter()
    nodes.wait_until_whole()
    print(f"the killed node is back and the cluster whole after {time.perf_counter() - began:.0f} s")
    _manager_killed_in_rebuild(nodes, kb, index, there, queries, found)
    return 0 if same and equal == len(queries) else 1
