"""The processes that read texts for citations: none outlives the program that started it, however that ends."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import Any


def reading_pool(workers: int) -> Executor:
    """A pool of ``workers`` processes of this machine; this process itself where it may not share memory with others.

    Spawned, not forked: a progress bar's thread must not be copied in the middle of its work.
    """
    context = multiprocessing.get_context("spawn")
    try:
        context.Lock()
    except OSError:  # no /dev/shm that can be written, as in some containers and under some service managers
        return InThisProcess()
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_with_parent)


class InThisProcess(Executor):
    """Does the work at once, where it is handed over."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:
            done.set_exception(error)
        return done


def _leave_with_parent() -> None:
    """An idle worker of a killed program would wait for work for ever: each holds the others' queue open."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
