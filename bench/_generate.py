"""A large knowledge base made by drawing, to measure with: as many documents and citations as asked for.

    python -m bench._generate FOLDER [DOCUMENTS [CITATIONS]]

Everything is drawn from a seed (``bench._world``), each document gets a text and its reading (``bench._readings``),
and the rows are written as resolution would leave them (``bench._rows``).
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from bench._measure import PROJECT
from bench._rows import fill
from bench._world import CITATIONS, DOCUMENTS, world
from kb.store.store import DATABASE


def share() -> float:
    """``CANCU_BENCH_SHARE``: the part of the full size to measure with; floors are held at 1 only."""
    return float(os.environ.get("CANCU_BENCH_SHARE", "1"))


@lru_cache(maxsize=1)
def shared_base() -> Path:
    """The base that this run's benchmarks share, made in a process of its own at the first call and deleted at the
    end; ``CANCU_BENCH_BASE`` names a folder to keep it in."""
    kept = os.environ.get("CANCU_BENCH_BASE")
    where = Path(kept) if kept else Path(tempfile.mkdtemp(prefix="cancu-bench-"))
    if not kept:
        atexit.register(shutil.rmtree, where, True)
    if not (where / DATABASE).exists():
        sizes = (str(round(size * share())) for size in (DOCUMENTS, CITATIONS))
        subprocess.run([sys.executable, "-m", "bench._generate", str(where), *sizes], check=True, cwd=PROJECT)
    return where


def main(arguments: Sequence[str]) -> int:
    where = Path(arguments[0])
    sizes = [int(size) for size in arguments[1:3]]
    made = world(*sizes)
    fill(where, made)
    print(
        f"generated: {sum(one.held for one in made.documents):,} texts, {len(made.documents):,} documents, "
        f"{sum(map(len, made.stated)):,} citations, {(where / DATABASE).stat().st_size / 1e6:.0f} MB, "
        f"{sum(os.times()[:2]):.0f} s of processor time",
        flush=True,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
