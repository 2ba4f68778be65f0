"""A Dask scheduler and its workers on loopback, each a process of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.cluster.opensearch import free_ports


@dataclass(slots=True)
class Workers:
    """A running scheduler and its workers. ``address``: of the scheduler."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]

    def kill_worker(self) -> None:
        """``kill -9`` of one worker."""
        worker = self.workers.pop()
        worker.kill()
        worker.wait()


@contextmanager
def workers(count: int = 2) -> Iterator[Workers]:
    """A scheduler with ``count`` workers of one thread each; all are ended when the block is left."""
    (port,) = free_ports(1)
    folder = Path(tempfile.mkdtemp(prefix="cancu-dask-"))
    address = f"tcp://127.0.0.1:{port}"

    def start(module: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{module}", *arguments, "--no-dashboard"]
        with open(folder / "log", "ab") as log:
            return subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    place = ("--host", "127.0.0.1")
    made = Workers(address, start("dask_scheduler", *place, "--port", str(port)), [])
    try:
        own = ("--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
        made.workers += [start("dask_worker", address, *place, *own) for _ in range(count)]
        yield made
    finally:
        for process in [*made.workers, made.scheduler]:
            process.kill()
            process.wait()
        shutil.rmtree(folder, ignore_errors=True)
