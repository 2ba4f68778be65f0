"""What the views stand on: the knowledge base, its search, and what identifies this build."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from flask import current_app

from corpus.limits import MIB, Limits
from corpus.worker import Reader
from indexer.search import Search
from kb.service import KnowledgeBase
from web.http.apart import Apart, Here, Work
from web.http.heavy import Places
from web.http.metrics import Metrics
from web.http.rate_limit import RateLimiter, SharedBuckets
from web.http.settings import Settings

Made = TypeVar("Made")
HEAVY_WAITING, HEAVY_SECONDS = 8, 30.0
"""How many heavy requests may wait for a place, and how long (seconds): most of a server's threads stay free for what
is light."""


HEALTH_SECONDS = 1.0
"""For how long an answer about health holds: whoever watches asks often, and most when the machine has much to do."""
HEALTH_OLDEST = 10.0
"""An answer older than this says nothing of now: whoever asks waits for a new one, so that a base that hangs shows."""


class Lately:
    """An answer that is given again for ``seconds``, whoever asks; one thread makes it, the others take the last unless
    it is older than ``oldest`` seconds."""

    def __init__(self, seconds: float, oldest: float) -> None:
        self._seconds, self._oldest = seconds, oldest
        self._lock = threading.Lock()
        self._last: tuple[float, Any] | None = None

    def asked(self, make: Callable[[], Made]) -> Made:
        """What ``make`` gives, or gave just now."""
        if not self._within(self._seconds) and self._lock.acquire(blocking=not self._within(self._oldest)):
            try:
                if not self._within(self._seconds):  # somebody may have made it meanwhile
                    self._last = (time.monotonic(), make())
            finally:
                self._lock.release()
        assert self._last is not None
        made: Made = self._last[1]
        return made

    def _within(self, seconds: float) -> bool:
        return self._last is not None and time.monotonic() - self._last[0] < seconds


@dataclass(frozen=True, slots=True)
class Tools:
    """What one heavy request works with: ``read`` the file that was sent, ``work`` on its text."""

    read: Reader
    work: Work


def _draft_limits(settings: Settings) -> Limits:
    """Bounds for one file that is sent: smaller than for files of one's own, for somebody is waiting."""
    return Limits(
        file_bytes=settings.draft_bytes,
        stream_bytes=settings.draft_bytes,
        member_bytes=settings.draft_bytes,
        text_chars=settings.draft_text_bytes,
        members=100,
        pages=200,
        seconds=60.0,
        page_seconds=30.0,
        scan_seconds=45.0,
        memory_bytes=1536 * MIB,
    )


class Front:
    """The open knowledge base and the search over it, shared by all requests."""

    def __init__(
        self,
        knowledge_base: KnowledgeBase,
        search: Search,
        reader_version: str,
        settings: Settings,
        where: str | Path = "",
    ) -> None:
        self.kb = knowledge_base
        self.search = search
        self.reader_version = reader_version
        self.settings = settings
        self.metrics = Metrics()
        self.health = Lately(HEALTH_SECONDS, HEALTH_OLDEST)
        buckets = SharedBuckets(settings.buckets) if settings.buckets else None
        self.limiter = RateLimiter(settings.requests_per_minute, settings.burst, shared=buckets)

        def tools() -> Tools:
            work = Apart(where) if settings.apart else Here(knowledge_base)
            return Tools(Reader(_draft_limits(settings)), work)

        self.heavy = Places(settings.heavy, HEAVY_WAITING, HEAVY_SECONDS, tools)
        self._remembered: OrderedDict[tuple[Any, ...], Any] = OrderedDict()

    @property
    def build_id(self) -> str:
        return self.kb.build_id

    def remember(
        self, key: tuple[Any, ...], make: Callable[[], Any], worth: Callable[[Any], bool] = lambda made: True
    ) -> Any:
        """What ``make`` gives, kept for the next request as long as the knowledge base stays the same, if it is
        ``worth`` it.

        Only for small results: the last 256 are kept. Two threads may both make the same one; either is right.
        """
        key = (self.build_id, *key)
        if key not in self._remembered:
            made = make()
            if not worth(made):
                return made
            self._remembered[key] = made
            while len(self._remembered) > 256:
                self._remembered.popitem(last=False)
            return made
        return self._remembered[key]

    @cached_property
    def code_id(self) -> str:
        """Digest of the templates, styles and code of the pages: a new release must not answer with old tags."""
        digest = hashlib.sha256(self.reader_version.encode())
        here = Path(__file__).parent.parent
        for path in sorted(here.rglob("*")):
            if path.suffix in {".py", ".html", ".css", ".js", ".json", ".svg"}:
                digest.update(path.read_bytes())
        return digest.hexdigest()[:12]


def front() -> Front:
    """The front of the application that answers this request."""
    found: Front = current_app.extensions["cancu"]
    return found
