"""A token bucket per client address: fair use without accounts."""

from __future__ import annotations

import hashlib
import math
import mmap
import os
import struct
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Bucket = tuple[float, float]
"""Tokens left, and when that was so."""


class RateLimiter:
    """Lets ``burst`` requests through at once and ``per_minute`` on average, for each key.

    Memory is bounded: only the ``keep`` most recently seen keys are remembered; a forgotten key starts with a full
    bucket. ``clock`` gives seconds and only needs to be monotonic. With ``shared`` buckets several processes hold one
    limit together.
    """

    def __init__(
        self,
        per_minute: int,
        burst: int,
        *,
        keep: int = 10_000,
        clock: Callable[[], float] = time.monotonic,
        shared: SharedBuckets | None = None,
    ) -> None:
        self.rate = per_minute / 60
        self.burst = max(1, burst)
        self._clock = clock
        self._buckets: OwnBuckets | SharedBuckets = shared or OwnBuckets(keep)

    def wait(self, key: str, cost: float = 1.0) -> int:
        """0 when the request may pass (and is counted), else the whole seconds after which to try again. ``cost``: how
        many plain requests it weighs; one that weighs more than the burst takes all of it."""
        if self.rate <= 0:
            return 0
        cost = min(cost, self.burst)
        with self._buckets.held(key) as bucket:
            now = self._clock()
            tokens, seen = bucket.value or (float(self.burst), now)
            tokens = min(self.burst, tokens + max(0.0, now - seen) * self.rate)
            passes = tokens >= cost
            bucket.value = (tokens - cost if passes else tokens, now)
        return 0 if passes else max(1, math.ceil((cost - tokens) / self.rate))


class Held:
    """A bucket while one request looks at it; ``value`` is None for one that is not remembered."""

    __slots__ = ("value",)

    def __init__(self, value: Bucket | None) -> None:
        self.value = value


class OwnBuckets:
    """The buckets of one process."""

    def __init__(self, keep: int) -> None:
        self._keep = keep
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, Bucket | None] = OrderedDict()

    @contextmanager
    def held(self, key: str) -> Iterator[Held]:
        """The bucket of a key, for one thread at a time."""
        with self._lock:
            one = Held(self._buckets.pop(key, None))
            yield one
            self._buckets[key] = one.value
            if len(self._buckets) > self._keep:
                self._buckets.popitem(last=False)


class SharedBuckets:
    """Buckets in a file that several processes of one machine have in their memory.

    A key has one place, by its digest; where two keys meet there, the later one starts with a full bucket. A place is
    locked through the file, so that the lock of a process that was killed goes with it.
    """

    PLACES = 1 << 15
    _FORM = struct.Struct("<Qdd")  # digest of the key, tokens, when

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        size = self.PLACES * self._FORM.size
        if os.fstat(self._file).st_size != size:
            os.ftruncate(self._file, size)
        self._memory = mmap.mmap(self._file, size)
        self._lock = threading.Lock()

    @contextmanager
    def held(self, key: str) -> Iterator[Held]:
        """The bucket of a key, for one thread of one process at a time."""
        import fcntl  # not on Windows, where one process serves

        digest = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest())
        at = digest % self.PLACES * self._FORM.size
        with self._lock:
            fcntl.lockf(self._file, fcntl.LOCK_EX, self._FORM.size, at)
            try:
                whose, *value = self._FORM.unpack_from(self._memory, at)
                one = Held((value[0], value[1]) if whose == digest else None)
                yield one
                if one.value is not None:
                    self._FORM.pack_into(self._memory, at, digest, *one.value)
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN, self._FORM.size, at)
