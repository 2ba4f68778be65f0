"""Sixteen clients for a minute while an ingest runs: requests a second, p50 and p99 before, during and after it, and
whether any answer is an error.

    python -m bench serving_ingest

Serves a base of the bundled samples (a copy of the one at ``CANCU_BENCH_BASE``), asks it as ``bench.load`` does (pages,
look-ups and searches mixed) and meanwhile ingests texts made of the samples, each with a number of its own.
The ingest is ended when the clients are done. ``CANCU_BENCH_SECONDS``: how long they ask while it runs (default 60; a
quarter of it before and after).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bench._measure import PROJECT, load
from bench.load import CONNECTIONS, Server, hammered, mixed_paths, served
from kb.service import KnowledgeBase

SECONDS = float(os.environ.get("CANCU_BENCH_SECONDS", "60"))
COPIES = 40
"""Texts made of each sample."""
_OWN = re.compile(r"(?m)^(.*?Số:\s*)\d+")
_ERRORS = range(500, 600)


def more_texts(folder: Path) -> int:
    """Writes texts like the samples, each with a number of its own; how many."""
    made = 0
    for path in sorted((PROJECT / "corpus" / "samples").rglob("*.txt")):
        text = path.read_text(encoding="utf-8")
        for copy in range(COPIES):
            made += 1
            (folder / f"{path.stem}-{copy}.txt").write_text(_OWN.sub(rf"\g<1>{5000 + made}", text, count=1), "utf-8")
    return made


def processor_seconds(server: Server) -> float:
    """Processor time of the server's processes."""
    total, todo = 0.0, [server.process.pid]
    while todo:
        pid = todo.pop()
        try:
            todo += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def asked(name: str, server: Server, paths: list[str], seconds: float) -> Counter[int]:
    """Asks for so long and prints the figures; how many answers had which status."""
    began, worked = time.perf_counter(), processor_seconds(server)
    rate, p50, p99, statuses = hammered(server.port, paths, seconds)
    cores = (processor_seconds(server) - worked) / (time.perf_counter() - began)
    print(f"{name:10} {rate:7.0f}/s   p50 {p50:7.1f} ms   p99 {p99:7.1f} ms   {cores:.1f} cores   {dict(statuses)}",
          flush=True)  # fmt: skip
    return statuses


def main() -> int:
    given = os.environ.get("CANCU_BENCH_BASE")
    with tempfile.TemporaryDirectory() as scratch:
        where, texts = Path(scratch) / "kb", Path(scratch) / "texts"
        texts.mkdir()
        cancu = [sys.executable, "-m", "cancu"]
        if given:
            shutil.copytree(given, where)
        else:
            command = [*cancu, "ingest", "--samples", "--no-registers", "--kb", str(where)]
            subprocess.run(command, check=True, cwd=PROJECT, stdout=subprocess.DEVNULL)
        made, paths = more_texts(texts), mixed_paths(where)
        base = KnowledgeBase.open(where)
        before = base.stats()["files"]
        base.close()
        print(f"{CONNECTIONS} clients, {made} texts to ingest; {load()}")
        with served(where, PROJECT) as server:
            statuses = asked("before", server, paths, SECONDS / 4)
            command = [*cancu, "ingest", str(texts), "--kb", str(where), "--jobs", "1"]
            with (Path(scratch) / "ingest.log").open("wb") as log:
                ingest = subprocess.Popen(command, cwd=PROJECT, stdout=log, stderr=log)
                try:
                    statuses += asked("during", server, paths, SECONDS)
                    code = ingest.poll()
                finally:
                    ingest.terminate()
                    ingest.wait()
            statuses += asked("after", server, paths, SECONDS / 4)
        base = KnowledgeBase.open(where)
        print(f"{base.stats()['files'] - before:,} texts were ingested"
              + (" while the clients asked" if code is None else ": all, before the clients were done"))  # fmt: skip
        base.close()
        if code:
            print((Path(scratch) / "ingest.log").read_text("utf-8", "replace")[-2000:])
    errors = sum(count for status, count in statuses.items() if status in _ERRORS or status == 0)
    print(f"floor: no error: {'holds' if not errors and not code else f'{errors} errors, ingest {code}'}")
    return int(bool(errors or code))
