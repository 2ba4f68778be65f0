"""Tracing at 100,000 documents and 1,000,000 citations (issue floors: depth 4 both ways p95 ≤ 50 ms, memory ≤ 300 MB).

    python -m bench graph

Traces of documents drawn at random and of the most cited ones, beside one row read by its key and beside networkx on
the whole graph in memory, which must give the same documents at the same depths wherever nothing was left out. Then
storing and resolving more documents on top of that base and on an empty one: time a document, and memory at one share
and at four times as many. ``CANCU_BENCH_SHARE`` and ``CANCU_BENCH_BASE`` as in ``bench/lookup.py``; with the latter,
the documents added are put into a copy.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

import networkx as nx
import sqlalchemy as sa

from bench._generate import share, shared_base
from bench._measure import in_process, load, peak, printed_json, table, timed
from bench._readings import reading
from bench._world import world
from kb.lineage import graph
from kb.service import KnowledgeBase
from kb.store.schema import document
from kb.store.store import DATABASE

P95, MEMORY = 50.0, 300.0
"""Milliseconds of processor time; MB."""
QUERIES = 500
DEPTH = 4
_MORE = (1000, 4000)
"""Documents put on top to see what time and memory depend on."""
_TRACES = ("trace, any document", "trace, strong only", "trace, the 500 most cited")


def _chosen(base: KnowledgeBase) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Documents at random, and the most cited."""
    d = document.c
    with base.store.reading() as connection:
        last = connection.execute(sa.select(sa.func.max(d.id))).scalar() or 0
        chance = random.Random(2395)
        wanted = chance.sample(range(1, last + 1), min(last, QUERIES * 11 // 10))
        some = [tuple(row) for row in connection.execute(sa.select(d.id, d.slug).where(d.id.in_(wanted)))]
        top = connection.execute(sa.select(d.id, d.slug).order_by(d.cited_by.desc(), d.id).limit(QUERIES))
        chance.shuffle(some)
        return some[:QUERIES], [tuple(row) for row in top]


def traces(where: Path) -> int:
    """Time of the traces and memory of a process that does nothing else."""
    base = KnowledgeBase.open(where)
    some, top = _chosen(base)
    plain = sqlite3.connect(where / DATABASE)
    sizes = [(len(one.nodes), len(one.edges)) for one in (base.trace(slug, depth=DEPTH) for _, slug in some[:100])]
    times = [
        timed(
            "one query by its key (baseline)",
            lambda slug: plain.execute("SELECT * FROM document WHERE slug = ?", (slug,)).fetchone(),
            [slug for _, slug in some],
        ),
        timed(_TRACES[0], lambda slug: base.trace(slug, depth=DEPTH), [slug for _, slug in some]),
        timed(_TRACES[1], lambda slug: base.trace(slug, depth=DEPTH, strong_only=True), [slug for _, slug in some]),
        timed(_TRACES[2], lambda slug: base.trace(slug, depth=DEPTH), [slug for _, slug in top]),
        timed("document page", base.document, [slug for _, slug in some]),
    ]
    nodes, edges = (sum(column) / len(sizes) for column in zip(*sizes, strict=True))
    return printed_json(times=times, peak=peak(), nodes=nodes, edges=edges)


def whole(where: Path) -> int:
    """networkx with the whole graph in memory: the same answers, at what cost."""
    base = KnowledgeBase.open(where)
    some, top = _chosen(base)
    began = time.process_time()
    with base.store.reading() as connection:
        full = graph.whole(connection)
        full.add_nodes_from(row for row, _ in (*some, *top))
        loading = time.process_time() - began
        back = full.reverse(copy=False)
        same = compared = 0
        for row, _ in (*some, *top):
            for up in (True, False):
                view = graph.neighbourhood(connection, row, direction="up" if up else "down", depth=DEPTH)
                if view.truncated:
                    continue
                compared += 1
                expected = nx.single_source_shortest_path_length(full if up else back, row, cutoff=DEPTH)
                same += expected == {node: abs(depth) for node, depth in view.graph.nodes(data="depth")}
    rows = [row for row, _ in some[:50]]
    times = [timed("networkx, whole graph in memory", lambda row: _both_ways(full, back, row), rows, warm=0)]
    return printed_json(times=times, peak=peak(), seconds=loading, compared=compared, same=same)


def _both_ways(full: nx.MultiDiGraph, back: nx.MultiDiGraph, row: int) -> int:
    return sum(len(nx.single_source_shortest_path_length(side, row, cutoff=DEPTH)) for side in (full, back))


def put(where: Path, seed: int, count: int) -> int:
    """Store and resolve ``count`` more documents."""
    made = world(count, 10 * count, seed)
    readings = [reading(made, row) for row, one in enumerate(made.documents) if one.held]
    before = peak()
    base = KnowledgeBase.open(where, create=True)
    began = time.process_time()
    for source, read in readings:
        base.put(source, read)
    stored = time.process_time()
    base.resolve()
    ended = time.process_time()
    return printed_json(
        times=[], put=1e3 * (stored - began) / count, resolve=1e3 * (ended - stored) / count, peak=peak(), before=before
    )


def _growing(where: Path) -> None:
    print(f"\n{'storing and resolving':32} {'documents':>9} {'ms each':>8} {'and':>8} {'peak MB':>8}")
    with tempfile.TemporaryDirectory(prefix="cancu-bench-") as name:
        full = Path(name) / "full"
        shutil.copytree(where, full)
        for label, folder in (("into an empty base", None), ("on top of the generated base", full)):
            for seed, count in enumerate(_MORE, start=1):
                target = folder or Path(name) / f"empty{count}"
                found = in_process("bench.graph", "put", str(target), str(seed), str(count))
                print(
                    f"{label:32} {count:9,} {found['put']:8.2f} {found['resolve']:8.2f} "
                    f"{found['peak']:8.0f}   {found['peak'] - found['before']:.0f} MB more than before the first"
                )


def main() -> int:
    where = shared_base()
    found = in_process("bench.graph", "traces", str(where))
    full = in_process("bench.graph", "whole", str(where))
    table([*found["times"], *full["times"]])
    print(
        f"a trace has {found['nodes']:.0f} documents and {found['edges']:.0f} statements on average; memory of the "
        f"process after all of them: {found['peak']:.0f} MB; networkx: {full['peak']:.0f} MB and "
        f"{full['seconds']:.1f} s to load; {load()}"
    )
    print(f"same documents at the same depths as networkx: {full['same']} of {full['compared']} traces not cut short")
    _growing(where)
    worst = max(row["cpu"][1] for row in found["times"] if row["name"] in _TRACES)
    right = full["same"] == full["compared"]
    holds = share() < 1 or (worst <= P95 and found["peak"] <= MEMORY)
    print(
        f"floors: p95 of processor time ≤ {P95:g} ms, worst {worst:.1f} ms; memory ≤ {MEMORY:g} MB, "
        f"{found['peak']:.0f} MB: {'hold' if holds and right else 'do not hold'}"
    )
    return int(not (holds and right))


if __name__ == "__main__":
    what, folder, *numbers = sys.argv[1:]
    if what == "put":
        sys.exit(put(Path(folder), *map(int, numbers)))
    sys.exit((traces if what == "traces" else whole)(Path(folder)))
