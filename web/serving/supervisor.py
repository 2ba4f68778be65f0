"""The process that watches over those that answer: starts them, replaces one that died or grew, ends them in order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from messages import CancuError, Message
from web.serving import worker

GRACE = 15.0
"""Seconds that requests at work have to be finished when the server ends."""
MOST_MEMORY = 1 << 30
"""Bytes of memory from which a process is replaced by a fresh one."""
_LOOK = 5.0
"""Seconds between two looks at the memory."""
_TOO_SOON, _TOO_OFTEN = 10.0, 5
"""A process that ends by itself within so many seconds cannot start; after so many of them in a row none will."""


class CannotStart(CancuError):
    """The processes end as soon as they are started."""


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    since: float


class Supervisor:
    """``count`` processes on one listening socket, over the knowledge base at ``where``."""

    def __init__(self, listening: socket.socket, where: str | Path, settings: dict[str, Any], count: int) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._given = (listening, where, settings)
        self._count = count
        self._workers: list[_Worker] = []
        self._ending = False
        self._failed = 0

    def run(self, started: Callable[[], None] = lambda: None) -> None:
        """Serve until SIGTERM or SIGINT. Raises ``CannotStart`` where no process stays alive."""
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, self._asked_to_end)
        try:
            self._workers = [self._start() for _ in range(self._count)]
            started()
            while not self._ending:
                with suppress(InterruptedError, KeyboardInterrupt):
                    wait([one.process.sentinel for one in self._workers], timeout=_LOOK)
                if not self._ending:
                    self._look()
        finally:
            self._end()

    def _asked_to_end(self, _signal: int, _frame: Any) -> None:
        if not self._ending:
            self._ending = True
            raise KeyboardInterrupt  # ends the wait at once

    def _start(self) -> _Worker:
        process = self._context.Process(target=worker.run, args=self._given, name="cancu-worker")
        process.start()
        return _Worker(process, time.monotonic())

    def _look(self) -> None:
        """Replace what died; ask what grew too large to end, which replaces it the next time."""
        for at, one in enumerate(self._workers):
            if one.process.is_alive():
                if _memory(one.process.pid) > MOST_MEMORY:
                    one.process.terminate()
                continue
            by_itself = one.process.exitcode != -signal.SIGKILL
            soon = by_itself and time.monotonic() - one.since < _TOO_SOON
            self._failed = self._failed + 1 if soon else 0
            if self._failed >= _TOO_OFTEN:
                raise CannotStart(Message("cancu.serve.cannot_start"))
            self._workers[at] = self._start()

    def _end(self) -> None:
        until = time.monotonic() + GRACE
        for one in self._workers:
            one.process.terminate()
        for one in self._workers:
            one.process.join(max(0.0, until - time.monotonic()))
            if one.process.is_alive():
                one.process.kill()


def _memory(pid: int | None) -> int:
    """Bytes of memory that a process has to itself and shares; 0 where the system does not say."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
