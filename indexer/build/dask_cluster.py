"""The workers of a Dask cluster as an executor that reads files (:mod:`indexer.build.elsewhere`)."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from indexer.build.elsewhere import ExecutorLost
from messages import Message

_CONNECT_SECONDS = 15
_WORKER_SECONDS = 60
_RETRIES = 2  # of a file whose task failed; the work of a lost worker is done again besides
_LOOKED_SECONDS = 5.0  # between two looks at how many workers there are


@contextmanager
def dask_workers(address: str) -> Iterator[tuple[Executor, Callable[[], int]]]:
    """An executor on the cluster whose scheduler is at ``address`` (``tcp://host:8786``), and how many files it has
    places for at the moment. What is still on its way when the block is left is cancelled.

    Raises:
        ExecutorLost: where the scheduler, or any worker, cannot be reached, with what to do.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise ExecutorLost(Message("indexer.build.no_dask")) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is told in our words
    try:
        client = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise ExecutorLost(Message("indexer.build.no_scheduler", address=address)) from error
    try:
        try:
            client.wait_for_workers(1, timeout=_WORKER_SECONDS)
        except TimeoutError as error:
            raise ExecutorLost(Message("indexer.build.no_workers", address=address)) from error
        executor = client.get_executor(pure=False, retries=_RETRIES)
        yield executor, _Places(client)
        executor.shutdown(wait=False)
    finally:
        client.close(timeout=_CONNECT_SECONDS)


class _Places:
    """How many files the workers of a cluster can read at once; looked up again every few seconds."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._looked = -_LOOKED_SECONDS
        self._count = 0

    def __call__(self) -> int:
        now = time.monotonic()
        if now - self._looked >= _LOOKED_SECONDS:
            try:
                self._count = sum(self._client.nthreads().values())
            except (OSError, TimeoutError):
                self._count = 0
            self._looked = now
        return self._count
