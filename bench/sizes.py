"""Building a base of real documents stage by stage, and searching it, at 600, 10,000 and 43,000 documents.

    CANCU_BENCH_SIZES=600,10000 python -m bench sizes

Sizes and what they are made of: ``bench/_real.py``. ``CANCU_BENCH_FOLDER`` keeps the bases (``kb600`` …) and takes
those that are there already; ``CANCU_BENCH_EACH`` queries of each kind (default 100), ``CANCU_BENCH_SEED`` another draw
of them. Each query is asked once of the index with facets and quotations of ten documents, and for their ids alone of
the two plain indexes; times are processor time. Whoosh is left out above 15,000 documents, where its index takes too
long to build. Floors: tantivy p95 ≤ 20 ms, suggestions p95 ≤ 10 ms.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench._measure import in_process, load, timed
from bench._real import SIZES
from bench.finding import FLOORS, first, measure, peers_of, queries
from indexer.build.ingest import rebuild
from indexer.search import Search, open_search
from kb.authority.fold import fold
from kb.service import KnowledgeBase

FLOOR, SUGGESTIONS_FLOOR = 20.0, 10.0  # milliseconds
_WHOOSH_MOST = 15_000
_STAGES = ("registers", "read", "links", "index")

Rows = dict[str, tuple[float, float, float, float]]


def built(size: int, folder: Path) -> Path:
    """The base of a size, made where there is none yet; tells what it cost."""
    kb = folder / f"kb{size}"
    if kb.exists():
        return kb
    told = in_process("bench._stages", str(size), str(folder / f"files{size}"), str(kb))
    texts, documents, characters = told["texts"], told["documents"], told["characters"]
    print(f"put in: {', '.join(f'{count} {name}' for name, count in told['put in'].items())}")
    print(
        f"{texts} texts of {characters / 1e6:.1f} million characters, {documents} documents, {told['wall']:.0f} s wall"
    )
    print(
        f"{'stage':10} {'processor s':>12} {'ms a text':>10} {'ms a document':>14} {'s a million':>12} {'peak MB':>8}"
    )
    for stage in _STAGES:
        seconds, peak = told["seconds"].get(stage, 0.0), told["megabytes"].get(stage, 0.0)
        each = 1e3 * seconds / texts, 1e3 * seconds / documents, 1e6 * seconds / characters
        print(f"{stage:10} {seconds:12.1f} {each[0]:10.1f} {each[1]:14.1f} {each[2]:12.2f} {peak:8.0f}")
    return kb


def typed(base: KnowledgeBase, count: int) -> list[str]:
    """What stands in the box after some keys: beginnings of titles, with and without diacritics, and of numbers."""
    found = []
    for one in base.documents(role="held", per_page=count):
        title, number = one.title or "", one.number or ""
        found += [title[:9], fold(title[:21]), number[:4], fold(number)]
    return [text for text in found if text.strip()]


def _print(name: str, rows: Rows, floors: bool = False) -> None:
    print(f"{name:24} {'first':>6} {'p50 ms':>8} {'p95':>8} {'p99':>8}")
    for kind, (share, *times) in rows.items():
        below = " below its floor" if floors and share < FLOORS[kind] else ""
        slow = f" over {FLOOR:.0f} ms" if floors and times[1] > FLOOR else ""
        print(f"  {kind:22} {share:6.3f} " + " ".join(f"{one:8.1f}" for one in times) + below + slow, flush=True)


def _suggestions(search: Search, base: KnowledgeBase, name: str) -> bool:
    asked: list[str] = typed(base, 100)
    ask: Callable[[Any], object] = search.suggest
    p50, p95, p99 = timed("suggestions", ask, asked).cpu
    print(f"  {'suggestions':22} {'':6} {p50:8.1f} {p95:8.1f} {p99:8.1f}  {name}", flush=True)
    return p95 <= SUGGESTIONS_FLOOR


def compared(size: int, kb: Path, folder: Path, each: int) -> bool:
    """Print what each engine answers and takes; whether the floors hold and no plain index is ahead."""
    base = KnowledgeBase.open(kb)
    known = queries(base, each)
    count = int(base.stats()["documents"])
    print(f"{count} documents, {len(known)} queries, {load()}")
    tantivy = open_search(base, kb)
    ours = measure(known, lambda query: first(tantivy, query))
    _print(type(tantivy.index).__name__, ours, floors=True)
    holds = _suggestions(tantivy, base, "floor 10 ms")
    with tempfile.TemporaryDirectory(dir=folder) as place:
        for peer in peers_of(base, Path(place)):
            theirs = measure(known, lambda query, peer=peer: set(peer.ask(query, 10)[:1]))  # type: ignore[misc]
            _print(peer.name, theirs)
            holds &= all(ours[kind][0] >= share for kind, (share, *_) in theirs.items())
    if count <= _WHOOSH_MOST:
        url = f"whoosh:{folder / f'whoosh{size}'}"
        if not (folder / f"whoosh{size}").exists():
            rebuild(kb, url=url)
        whoosh = open_search(base, kb, url)
        _print("Whoosh", measure(known, lambda query: first(whoosh, query)))
        _suggestions(whoosh, base, "")
        held = sum(file.stat().st_size for file in (folder / f"whoosh{size}").rglob("*") if file.is_file())
        print(f"  index of {held / 1e6:.0f} MB, texts of {base.characters_held() / 1e6:.0f} million characters")
    base.close()
    return holds and all(share >= FLOORS[kind] and p95 <= FLOOR for kind, (share, _, p95, _) in ours.items())


def main() -> int:
    sizes = [int(one) for one in os.environ.get("CANCU_BENCH_SIZES", ",".join(map(str, SIZES[:2]))).split(",")]
    each = int(os.environ.get("CANCU_BENCH_EACH", "100"))
    failed = False
    with tempfile.TemporaryDirectory(prefix="cancu-sizes-") as made:
        folder = Path(os.environ.get("CANCU_BENCH_FOLDER") or made)
        for size in sizes:
            print(f"\n{size}")
            failed |= not compared(size, built(size, folder), folder, each)
    return int(failed)
