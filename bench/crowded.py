"""The page of the most cited law beside a look-up of its number, at 100,000 documents: p95 within four times.

    python -m bench crowded

Everything is asked through the application (no network), page by page in turn, so that all meet the same moment of
the machine, after a first round in which what is kept for one state of the base is made. ``sql`` is how many
statements a page asks. ``CANCU_BENCH_SHARE`` and ``CANCU_BENCH_BASE`` as for ``lookup``.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench._generate import share, shared_base
from bench._measure import in_process, load, percentiles
from web.app import create_app

ROUNDS = int(os.environ.get("CANCU_BENCH_ROUNDS", "40"))
TIMES = 4.0
"""What p95 of the page's processor time may be of the look-up's."""
LOOKUP, PAGE = "look-up", "page"


def _pages(kb: Any) -> dict[str, str]:
    law = kb.most_cited(limit=1)[0]
    return {
        LOOKUP: f"/api/v1/lookup?number={law.number}",
        PAGE: law.url,
        "page in English": f"{law.url}?lang=en",
        "lineage": f"{law.url}/luoc-do",
        "bases": f"{law.url}/can-cu",
        "citations": f"{law.url}/dan",
        "citations, last page": f"{law.url}/dan?page={-(-law.cited_by // 20)}",
        "citations of one province": f"{law.url}/dan?tinh=ha-noi",
        "network": "/mang-luoi",
        "circles": "/mang-luoi?xem=vong",
        "home": "/",
    }


def measure(where: Path) -> int:
    app = create_app(where, requests_per_minute=0)
    front = app.extensions["cancu"]
    asked = 0

    def count(*_: Any) -> None:
        nonlocal asked
        asked += 1

    sa.event.listen(front.kb.store.engine, "before_cursor_execute", count)
    client = app.test_client()
    pages = _pages(front.kb)
    found: dict[str, dict[str, Any]] = {}
    for name, path in pages.items():
        began = time.process_time()
        answer = client.get(path)
        assert answer.status_code in (200, 300), (path, answer.status_code)
        print(f"{name}: {1e3 * (time.process_time() - began):.0f} ms", file=sys.stderr, flush=True)
        found[name] = {"first": 1e3 * (time.process_time() - began), "bytes": len(answer.data), "cpu": [], "wall": []}
    for _ in range(ROUNDS):
        for name, path in pages.items():
            asked, began, worked = 0, time.perf_counter(), time.process_time()
            client.get(path)
            found[name]["cpu"].append(1e3 * (time.process_time() - worked))
            found[name]["wall"].append(1e3 * (time.perf_counter() - began))
            found[name]["sql"] = asked
    law = front.kb.most_cited(limit=1)[0]
    for row in found.values():
        row["cpu"], row["wall"] = percentiles(row["cpu"]), percentiles(row["wall"])
    print(json.dumps({"pages": found, "cited_by": law.cited_by, "number": law.number}))
    return 0


def main() -> int:
    found = in_process("bench.crowded", str(shared_base()))
    print(f"{found['number']}, cited by {found['cited_by']:,} documents; {ROUNDS} rounds; {load()}")
    print(f"{'':26} {'sql':>4} {'first ms':>9}   cpu: {'p50':>7} {'p95':>7}   wall: {'p50':>7} {'p95':>7} {'bytes':>8}")
    for name, row in found["pages"].items():
        times = "          ".join(f"{row[kind][0]:7.1f} {row[kind][1]:7.1f}" for kind in ("cpu", "wall"))
        print(f"{name:26} {row['sql']:4} {row['first']:9.0f}        {times} {row['bytes']:8,}")
    ratio = found["pages"][PAGE]["cpu"][1] / found["pages"][LOOKUP]["cpu"][1]
    holds = ratio <= TIMES or share() < 1
    print(f"floor: the page costs at most {TIMES:g} look-ups, p95 of processor time: {ratio:.1f}: "
          f"{'holds' if holds else 'does not hold'}")  # fmt: skip
    return int(not holds)


if __name__ == "__main__":
    sys.exit(measure(Path(sys.argv[1])))
