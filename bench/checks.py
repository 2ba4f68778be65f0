"""The check of a draft: one of thirty pages from the command line and in a server, and ten at once beside look-ups.

    CANCU_BENCH_KB=cancu-kb python -m bench checks

Without ``CANCU_BENCH_KB`` a base of the five seed plans and the bundled registers is made. Floors: 3 s of processor
time from the command line, 1 s in a running server; of ten checks at once each gets its report, and the 99th
percentile of look-ups beside them is at most half a second.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from bench._measure import PROJECT
from bench.reading import SHARED

PAGE = 2_400
"""Code points of a page as Decree 30/2020/NĐ-CP sets it."""
LONG, PASTED = 30 * PAGE, 52_000
AT_ONCE = 10
COMMAND, SERVER, BESIDE = 3.0, 1.0, 0.5
NUMBERS = ("2395/QĐ-UBND", "30/2020/NĐ-CP", "63/2010/NĐ-CP", "72/2025/QH15", "57-NQ/TW", "02/2017/TT-VPCP")


def main() -> int:
    plans = SHARED / "corpus" / "plans"
    if not plans.is_dir():
        print(f"skipped: the folder of real documents is not at {SHARED} (set CANCU_SHARED)")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        base = Path(os.environ.get("CANCU_BENCH_KB") or _base(Path(folder) / "kb"))
        draft = Path(folder) / "draft.txt"
        draft.write_text(_draft(plans, LONG), encoding="utf-8")
        held = [_command(base, draft) <= COMMAND]
        server, port = _served(base)
        try:
            held += _in_server(port, _draft(plans, PASTED), draft.read_text(encoding="utf-8"))
        finally:
            server.terminate()
            server.wait()
    return 0 if all(held) else 1


def _base(where: Path) -> Path:
    _cancu("--kb", str(where), "ingest", str(SHARED / "corpus" / "seeds"))
    return where


def _draft(plans: Path, length: int) -> str:
    """A long plan: the head and the bases of one, and the parts of others behind them."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(plans.glob("web__*KH-UBND*"))]
    return (texts[0] + "\n\n".join(text[len(text) // 4 :] for text in texts[1:]))[:length]


def _cancu(*args: str) -> float:
    """Processor time in seconds of one run of the command, its children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "cancu", *args], cwd=PROJECT, stdout=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _command(base: Path, draft: Path) -> float:
    began = time.perf_counter()
    worked = min(_cancu("--kb", str(base), "check", str(draft)) for _ in range(2))
    wall = (time.perf_counter() - began) / 2
    print(f"command line, {LONG:,} characters: {worked:.2f} s processor, {wall:.2f} s wall (floor {COMMAND:g} s)")
    return worked


def _served(base: Path) -> tuple[subprocess.Popen[bytes], int]:
    """A server of its own process on a free port, once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    args = [sys.executable, "-m", "cancu", "--kb", str(base), "serve", "--port", str(port), "--proxies", "1"]
    server = subprocess.Popen(args, cwd=PROJECT, stdout=subprocess.DEVNULL)
    for _ in range(300):
        with suppress(OSError):
            if _asked(port, "GET", "/healthz")[0] == 200:
                break
        time.sleep(0.1)
    return server, port


def _asked(port: int, method: str, path: str, body: bytes = b"") -> tuple[int, float, bytes]:
    """Status, seconds and body of one request."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        address = f"10.0.{random.randrange(256)}.{random.randrange(1, 255)}"  # the limit of one client is not met
        headers = {"Content-Type": "text/plain; charset=utf-8", "X-Forwarded-For": address}
        connection.request(method, path, body=body, headers=headers)
        response = connection.getresponse()
        content = response.read()
        return response.status, time.perf_counter() - began, content
    finally:
        connection.close()


def _in_server(port: int, pasted: str, long: str) -> list[bool]:
    times = {}
    for name, text in (("30 pages", long), (f"{PASTED:,} characters pasted", pasted)):
        runs = [_asked(port, "POST", "/api/v1/check", text.encode()) for _ in range(3)]
        times[name] = min(seconds for _, seconds, _ in runs)
        cited = json.loads(runs[-1][2])["summary"]["citations"]
        print(f"in a server, {name}: {times[name]:.2f} s, {cited} citations (floor {SERVER:g} s)")
    alone = _lookups(port, 200, threading.Event())
    over, statuses = threading.Event(), []
    threads = [
        threading.Thread(target=lambda: statuses.append(_asked(port, "POST", "/api/v1/check", long.encode())))
        for _ in range(AT_ONCE)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    beside: list[float] = []
    asking = threading.Thread(target=lambda: beside.extend(_lookups(port, 100_000, over)))
    asking.start()
    for thread in threads:
        thread.join()
    whole = time.perf_counter() - began
    over.set()
    asking.join()
    answered = sum(status == 200 for status, _, _ in statuses)
    print(f"{AT_ONCE} checks of 30 pages at once: {answered} reports in {whole:.1f} s")
    for name, told in (("alone", alone), ("beside them", beside)):
        p50, p99 = (1e3 * sorted(told)[min(len(told) - 1, int(len(told) * part))] for part in (0.5, 0.99))
        print(f"look-ups {name}: p50 {p50:.0f} ms, p99 {p99:.0f} ms ({len(told)})")
    p99 = sorted(beside)[int(len(beside) * 0.99)] if beside else BESIDE + 1
    return [times["30 pages"] <= SERVER, answered == AT_ONCE, p99 <= BESIDE]


def _lookups(port: int, most: int, over: threading.Event) -> Sequence[float]:
    chance, times = random.Random(2395), []
    while len(times) < most and not over.is_set():
        _, seconds, _ = _asked(port, "GET", f"/api/v1/lookup?q={quote(chance.choice(NUMBERS))}")
        times.append(seconds)
    return times
