"""What a keeper watches: counts and times of answers and the size of the base, in the form that Prometheus reads."""

from __future__ import annotations

import os
import struct
import time
from collections.abc import Iterable, Iterator

from flask import Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_COUNTED = ("documents", "held", "cited_only", "files", "citations", "registers")


class Metrics:
    """The measurements of one application since it was started."""

    def __init__(self) -> None:
        self._answers = Counter(
            "cancu_answers_total", "Answers given.", ("endpoint", "method", "status"), registry=None
        )
        self._seconds = Histogram(
            "cancu_answer_seconds", "How long an answer took.", ("endpoint",), buckets=_SECONDS, registry=None
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
        registry = CollectorRegistry()
        if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):  # one of several processes: what all of them counted
            AllProcesses(registry)
        else:
            registry.register(self._answers)
            registry.register(self._seconds)
        registry.register(_Base(stats, build))
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class AllProcesses(MultiProcessCollector):
    """What all processes counted, read from the files that they keep.

    A process that starts makes its files empty and gives them their form a moment later: then they are read again.
    """

    TRIES, EACH = 20, 0.05
    """So many times, and seconds between them."""

    def __init__(self, registry: CollectorRegistry, path: str | None = None) -> None:
        super().__init__(registry, path)  # type: ignore[no-untyped-call]

    def collect(self) -> Iterable[Metric]:
        """The counts of all processes together."""
        for _ in range(self.TRIES):
            try:
                return list(super().collect())  # type: ignore[no-untyped-call]
            except (struct.error, ValueError):
                time.sleep(self.EACH)
        return list(super().collect())  # type: ignore[no-untyped-call]


class _Base(Collector):
    """The base as it is at this moment: asked for anew each time, where answers are counted up."""

    def __init__(self, stats: dict[str, int], build: str) -> None:
        self._stats = stats
        self._build = build

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """What the base holds, and which build it is."""
        holds = GaugeMetricFamily("cancu_base", "What the knowledge base holds.", labels=("what",))
        for name in _COUNTED:
            holds.add_metric((name,), self._stats[name])
        yield holds
        is_build = GaugeMetricFamily("cancu_build_info", "Build of the base, by its id.", labels=("build",))
        is_build.add_metric((self._build,), 1)
        yield is_build
