"""What the views stand on: the knowledge base, its search, and what identifies this build."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from flask import current_app

from corpus.limits import MIB, Limits
from corpus.worker import Reader
from indexer.search import Search
from kb.service import KnowledgeBase
from web.http.heavy import Places
from web.http.metrics import Metrics
from web.http.rate_limit import RateLimiter
from web.http.settings import Settings

HEAVY, HEAVY_WAITING, HEAVY_SECONDS = 2, 3, 20.0
"""Drafts checked at once, how many more may wait, and how long (seconds): three of the server's eight threads stay free
for what is light."""


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
        memory_bytes=1024 * MIB,
    )


class Front:
    """The open knowledge base and the search over it, shared by all requests."""

    def __init__(self, knowledge_base: KnowledgeBase, search: Search, reader_version: str, settings: Settings) -> None:
        self.kb = knowledge_base
        self.search = search
        self.reader_version = reader_version
        self.settings = settings
        self.limiter = RateLimiter(settings.requests_per_minute, settings.burst)
        self.heavy = Places(HEAVY, HEAVY_WAITING, HEAVY_SECONDS, lambda: Reader(_draft_limits(settings)))
        self.metrics = Metrics()
        self._remembered: OrderedDict[tuple[Any, ...], Any] = OrderedDict()

    @property
    def build_id(self) -> str:
        return self.kb.build_id

    def remember(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """What ``make`` gives, kept for the next request as long as the knowledge base stays the same.

        Only for small results: the last 256 are kept. Two threads may both make the same one; either is right.
        """
        key = (self.build_id, *key)
        if key not in self._remembered:
            made = make()
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
