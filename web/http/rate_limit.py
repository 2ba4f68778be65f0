"""A token bucket per client address: fair use without accounts."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable


class RateLimiter:
    """Lets ``burst`` requests through at once and ``per_minute`` on average, for each key.

    Memory is bounded: only the ``keep`` most recently seen keys are remembered; a forgotten key starts with a full
    bucket. ``clock`` gives seconds and only needs to be monotonic.
    """

    def __init__(
        self, per_minute: int, burst: int, *, keep: int = 10_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.rate = per_minute / 60
        self.burst = max(1, burst)
        self._keep = keep
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, key: str) -> int:
        """0 when the request may pass (and is counted), else the whole seconds after which to try again."""
        if self.rate <= 0:
            return 0
        with self._lock:
            now = self._clock()
            tokens, seen = self._buckets.pop(key, (float(self.burst), now))
            tokens = min(self.burst, tokens + (now - seen) * self.rate)
            passes = tokens >= 1
            self._buckets[key] = (tokens - 1 if passes else tokens, now)
            if len(self._buckets) > self._keep:
                self._buckets.popitem(last=False)
        return 0 if passes else max(1, math.ceil((1 - tokens) / self.rate))
