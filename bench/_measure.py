"""Measuring queries one by one: wall and processor time, percentiles, and the memory of the process."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds a query, wall and processor time."""

    name: str
    count: int
    wall: tuple[float, float, float]
    """p50, p95, p99."""
    cpu: tuple[float, float, float]


def timed(name: str, ask: Callable[[Any], object], queries: Sequence[Any], warm: int = 20) -> Times:
    """Ask every query once, after ``warm`` that do not count. Processor time is what a floor is held against: on a
    machine that others use, wall time measures them as well."""
    for query in queries[:warm]:
        ask(query)
    wall, cpu = [], []
    for query in queries:
        began, worked = time.perf_counter(), time.process_time()
        ask(query)
        cpu.append(1e3 * (time.process_time() - worked))
        wall.append(1e3 * (time.perf_counter() - began))
    return Times(name, len(queries), percentiles(wall), percentiles(cpu))


def percentiles(values: Sequence[float]) -> tuple[float, float, float]:
    """p50, p95 and p99."""
    ranked = sorted(values)
    p50, p95, p99 = (ranked[min(len(ranked) - 1, int(share * len(ranked)))] for share in (0.5, 0.95, 0.99))
    return p50, p95, p99


def peak() -> float:
    """Highest memory of this process so far, in MB (10^6 bytes).

    From ``/proc`` where there is one: ``getrusage`` counts the parent's memory at the start in.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def in_process(module: str, *arguments: str) -> Any:
    """What ``python -m module …`` prints as its last line, as JSON: a process of its own, so that its memory is its
    own."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=PROJECT)
    return json.loads(done.stdout.splitlines()[-1])


def printed_json(**found: Any) -> int:
    """Hand a result to ``in_process``."""
    found["times"] = [asdict(one) for one in found["times"]]
    print(json.dumps(found))
    return 0


def table(rows: Sequence[dict[str, Any]]) -> None:
    """Print times as a table."""
    print(f"{'':32} {'queries':>7} {'p50 ms':>8} {'p95':>8} {'p99':>8}   wall: {'p50':>7} {'p95':>8} {'p99':>8}")
    for row in rows:
        cpu, wall = (" ".join(f"{value:8.2f}" for value in row[name]) for name in ("cpu", "wall"))
        print(f"{row['name']:32} {row['count']:7} {cpu}        {wall}")


def load() -> str:
    """How busy the machine is."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
