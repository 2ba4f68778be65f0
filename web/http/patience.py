"""Connections of waitress that are dropped when their request does not come in: slow ones must not be held for ever.

waitress takes a request in whole before a thread works on it, so that slow clients keep nobody waiting; but it never
drops one that sends a byte now and then, and takes no new connections beyond its bound.
"""

from __future__ import annotations

import time
from typing import Any

from waitress.channel import HTTPChannel

FIRST = 20.0
"""Seconds within which a request has to come in, however short."""
PACE = 16 * 1024
"""Bytes that a long one has to bring in each second beyond them."""


class PatientChannel(HTTPChannel):  # type: ignore[misc]
    """One connection."""

    def __init__(self, *args: Any, **given: Any) -> None:
        self._began: float | None = time.monotonic()
        self._came = 0
        super().__init__(*args, **given)

    def received(self, data: bytes) -> bool:
        """What came in. waitress keeps an unfinished request in ``request``."""
        if self._began is None:
            self._began, self._came = time.monotonic(), 0
        self._came += len(data)
        taken: bool = super().received(data)
        if self.request is None:
            self._began = None
        return taken

    def readable(self) -> bool:
        """Asked at least once a second, for each connection."""
        if self._began is not None and time.monotonic() - self._began > FIRST + self._came / PACE:
            self.will_close = True
        return bool(super().readable())
