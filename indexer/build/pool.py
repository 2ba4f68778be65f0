"""The processes that read texts for citations: none outlives the program that started it, however that ends."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from typing import Any

_READY = ["indexer.build.extraction", "kb.reading.reader"]
"""What the workers need, imported once for all of them: its patterns take a second to make."""


def reading_pool(workers: int) -> Executor:
    """A pool of ``workers`` processes of this machine; this process itself where it may share no memory with others."""
    try:
        context = _context()
        context.Lock()
    except OSError:  # no /dev/shm or no local sockets, as in some containers and under some service managers
        return InThisProcess()
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_with_parent)


def _context() -> BaseContext:
    """Workers are forked by a process of one thread that has imported what they need.

    Not by this one: a progress bar's thread must not be copied in the middle of its work. That process looks for
    packages where they are installed, never in the folder one stands in.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_READY)
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        forkserver.ensure_running()
    finally:
        if before is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = before
    return context


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
