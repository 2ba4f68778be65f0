"""The processes that read texts for citations: none outlives the program that started it, however that ends."""

from __future__ import annotations

import multiprocessing
import os
import threading
from concurrent.futures import ProcessPoolExecutor


def reading_pool(workers: int) -> ProcessPoolExecutor:
    """A pool of ``workers`` processes of this machine.

    Spawned, not forked: a progress bar's thread must not be copied in the middle of its work.
    """
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_leave_with_parent)


def _leave_with_parent() -> None:
    """An idle worker of a killed program would wait for work for ever: each holds the others' queue open."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
