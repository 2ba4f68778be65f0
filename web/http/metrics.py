"""What a keeper watches: counts and times of answers and the size of the base, in the form that Prometheus reads."""

from __future__ import annotations

import os
import time
from typing import Any

from flask import Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_LAST: dict[str, Any] = {"multiprocess_mode": "mostrecent"}  # of several processes the one that looked last
_COUNTED = ("documents", "held", "cited_only", "files", "citations", "registers")


class Metrics:
    """The measurements of one application since it was started."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._answers = Counter(
            "cancu_answers_total", "Answers given.", ("endpoint", "method", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "cancu_answer_seconds", "How long an answer took.", ("endpoint",), buckets=_SECONDS, registry=self._registry
        )
        self._base = Gauge("cancu_base", "What the knowledge base holds.", ("what",), registry=self._registry, **_LAST)
        self._build = Gauge(
            "cancu_build_info", "Build of the base, by its id.", ("build",), registry=self._registry, **_LAST
        )

    def began(self) -> None:
        """A request came in."""
        g.began = time.perf_counter()

    def answered(self, response: Response) -> Response:
        """Counts an answer; an address that leads nowhere is counted as such, whatever it is."""
        endpoint = request.endpoint or "none"
        method = request.method if request.method in ("GET", "HEAD", "POST", "OPTIONS") else "other"
        self._answers.labels(endpoint, method, str(response.status_code)).inc()
        if "began" in g:
            self._seconds.labels(endpoint).observe(time.perf_counter() - g.began)
        return response

    def told(self, stats: dict[str, int], build: str) -> Response:
        """All measurements, with those of the base as it is now."""
        for name in _COUNTED:
            self._base.labels(name).set(stats[name])
        self._build.clear()
        self._build.labels(build).set(1)
        registry = self._registry
        if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):  # one of several processes: what all of them counted
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
