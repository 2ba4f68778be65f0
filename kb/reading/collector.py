"""No garbage collection while a text is read."""

from __future__ import annotations

import gc
from threading import Lock


class _Uncollected:
    """A context in which the garbage collector rests, shared by all threads: it is as it was when the last one leaves.

    A reading makes no cycles and keeps what it makes until its end, so that a collector would only walk through it
    again and again, a sixth of the time of a text with 500,000 citations.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._inside = 0
        self._collects = False

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._collects = gc.isenabled()
                gc.disable()
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside and self._collects:
                gc.enable()


uncollected = _Uncollected()
