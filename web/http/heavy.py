"""Bounded places for what costs a second rather than a millisecond, so that light requests are never kept waiting."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

from messages import Message
from web.http.problems import Problem

Tool = TypeVar("Tool")


class Places(Generic[Tool]):
    """At most ``count`` at work at once, and ``waiting`` more who wait their turn for ``seconds``.

    Each place has a tool of its own, made by ``make`` when first needed and used by one request at a time.
    """

    def __init__(self, count: int, waiting: int, seconds: float, make: Callable[[], Tool]) -> None:
        self._free: SimpleQueue[Tool | None] = SimpleQueue()
        for _ in range(count):
            self._free.put(None)
        self._admitted = threading.BoundedSemaphore(count + waiting)
        self._seconds = seconds
        self._make = make

    @contextmanager
    def taken(self) -> Iterator[Tool]:
        """One place, with its tool. Raises the 503 problem where too many wait already, or none gets free in time."""
        if not self._admitted.acquire(blocking=False):
            raise self._busy()
        try:
            try:
                tool = self._free.get(timeout=self._seconds)
            except Empty:
                raise self._busy() from None
            try:
                if tool is None:
                    tool = self._make()
                yield tool
            finally:
                self._free.put(tool)
        finally:
            self._admitted.release()

    def _busy(self) -> Problem:
        wait = max(1, round(self._seconds / 4))
        return Problem(
            503, "busy", Message("web.problem.busy", wait=wait), headers={"Retry-After": str(wait)}, retry_after=wait
        )
