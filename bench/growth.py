"""What grows with the base, and what must not: look-up, the page of a document, one document more, memory.

    python -m bench growth

The sizes of ``CANCU_BENCH_SIZES`` (documents, ten citations each; default 10000,100000), each in a process of its own
on a copy of a drawn base; ``CANCU_BENCH_BASES=FOLDER`` keeps the bases (``FOLDER/base-SIZE``) for the next run. A page
is asked for right after a document more was put in, when nothing that was remembered holds any longer.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import sqlalchemy as sa

from bench._measure import PROJECT, in_process, load, peak, printed_json, timed
from bench.adding import _added, _cited
from kb.service import KnowledgeBase
from kb.store.schema import document
from kb.store.store import DATABASE
from web.app import create_app

_QUERIES, _PAGES = 300, 200
_TIMES_FLAT = 2.0
"""What the largest base may cost, times the smallest."""


def measure(where: Path) -> int:
    """The figures of one base, which is changed."""
    base = KnowledgeBase.open(where)
    d = document.c
    with base.store.reading() as connection:
        last = connection.execute(sa.select(sa.func.max(d.id))).scalar() or 0
        some = random.Random(2395).sample(range(1, last + 1), min(last, 2 * _QUERIES))
        rows = connection.execute(sa.select(d.number, d.slug).where(d.id.in_(some), d.number.is_not(None))).all()
    random.Random(93).shuffle(rows)
    lookup = timed("look-up", base.lookup, [row.number for row in rows[:_QUERIES]])
    top, others, many = _cited(base)
    adding = _added(base, 0, [*top, *others])
    client = create_app(where, requests_per_minute=0, index=f"whoosh:{where}/index").test_client()

    def page(slug: str) -> None:
        assert client.get(f"/vb/{slug}").status_code == 200

    pages = timed("page after a write", page, [row.slug for row in rows[:_PAGES]], warm=1)
    return printed_json(times=[lookup, pages], adding=statistics.median(adding), many=many, peak=peak(), last=last)


def _made(folder: Path, size: int) -> Path:
    where = folder / f"base-{size}"
    if not (where / DATABASE).exists():
        command = [sys.executable, "-m", "bench._generate", str(where), str(size), str(10 * size)]
        subprocess.run(command, check=True, cwd=PROJECT)
    return where


def main() -> int:
    sizes = [int(size) for size in os.environ.get("CANCU_BENCH_SIZES", "10000,100000").split(",")]
    found = []
    with tempfile.TemporaryDirectory(prefix="cancu-bench-") as name:
        kept = Path(os.environ.get("CANCU_BENCH_BASES", name))
        print(f"{'documents':>10} {'look-up p50':>12} {'p99':>7} {'page p50':>9} {'p95':>7} {'one more':>9} {'MB':>5}")
        for size in sizes:
            where = Path(name) / "kb"
            shutil.copytree(_made(kept, size), where)
            one = in_process("bench.growth", str(where))
            shutil.rmtree(where)
            (lookup, _, lookup_99), (page, page_95, _) = (row["cpu"] for row in one["times"])
            found.append((lookup_99, page_95, one["adding"]))
            print(f"{size:10,} {lookup:12.2f} {lookup_99:7.2f} {page:9.1f} {page_95:7.1f} {one['adding']:9.0f} "
                  f"{one['peak']:5.0f}   ({one['many']:,} citations of the five most cited)", flush=True)  # fmt: skip
    flat = all(after <= _TIMES_FLAT * before for before, after in zip(found[0], found[-1], strict=True))
    print(f"processor time in milliseconds; at most {_TIMES_FLAT:g} times as much: {flat}; {load()}")
    return int(not flat)


if __name__ == "__main__":
    sys.exit(measure(Path(sys.argv[1])))
