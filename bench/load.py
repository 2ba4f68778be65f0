"""The server under load: requests a second and p99 at 16 connections, heavy requests, slow connections, memory.

    python -m bench load

Starts ``cancu serve`` on loopback over the bundled samples (or the base at ``CANCU_BENCH_BASE``) and asks it from
processes of this machine, which take their share of its cores. Every connection comes from an address of its own
(``--proxies 1``), so that the limit for one client does not count, but for the heavy requests, which come from one.
``CANCU_BENCH_CODE`` serves with the code in another folder, for figures of an earlier version in the same run.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from bench._measure import PROJECT, load
from kb.service import KnowledgeBase

HOST = "127.0.0.1"
CONNECTIONS, SECONDS = 16, 5.0
HEAVY, SLOW, MIXED = 60, 150, int(os.environ.get("CANCU_BENCH_REQUESTS", "20000"))
FLOOR = 100.0
"""Milliseconds, p99 of ``/healthz`` while heavy requests are worked on."""
_BODY = "\n".join(f"Số: {n}/KH-UBND" for n in range(3400)).encode()


class Server:
    """A served base."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.port = process, port

    def memory(self) -> int:
        """MB of the server's processes together, what they share counted once."""
        total, todo = 0.0, [self.process.pid]
        while todo:
            pid = todo.pop()
            with suppress(OSError):
                todo += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
                lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
                total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024 / 1e6
        return round(total)


@contextmanager
def served(where: Path, code: Path) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "cancu", "serve", "--kb", str(where), "--port", str(port), "--proxies", "1"]
    process = subprocess.Popen(command, cwd=code, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        until = time.monotonic() + 60
        while asked(port, "/healthz")[0] != 200:
            assert time.monotonic() < until and process.poll() is None, "the server does not start"
            time.sleep(0.2)
        yield Server(process, port)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def asked(port: int, path: str, body: bytes | None = None, client: str = "10.0.0.1") -> tuple[int, float, int]:
    """Status (0: no answer), milliseconds and bytes of one request on a connection of its own."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection(HOST, port, timeout=150)
    try:
        headers = {"X-Forwarded-For": client, "Content-Type": "text/plain"}
        connection.request("POST" if body else "GET", path, body, headers)
        answer = connection.getresponse()
        size = len(answer.read())
        return answer.status, 1e3 * (time.perf_counter() - began), size
    except OSError:
        return 0, 1e3 * (time.perf_counter() - began), 0
    finally:
        connection.close()


def hammered(
    port: int, paths: list[str], seconds: float, most: int = 10**9
) -> tuple[float, float, float, Counter[int]]:
    """Requests a second, p50 and p99 in milliseconds, and how many answers had which status (0: no answer)."""
    times: list[float] = []
    statuses: Counter[int] = Counter()
    lock = threading.Lock()
    until = time.perf_counter() + seconds

    def client(number: int) -> None:
        chance = random.Random(number)
        connection = http.client.HTTPConnection(HOST, port, timeout=60)
        mine: list[float] = []
        seen: Counter[int] = Counter()
        while time.perf_counter() < until and len(mine) < most // CONNECTIONS:
            began = time.perf_counter()
            address = f"10.{number}.{chance.randrange(250)}.{chance.randrange(250)}"
            try:
                connection.request("GET", chance.choice(paths), headers={"X-Forwarded-For": address})
                answer = connection.getresponse()
                answer.read()
                status = answer.status
            except (OSError, http.client.HTTPException):
                connection.close()  # the next request opens it anew
                status = 0
            mine.append(1e3 * (time.perf_counter() - began))
            seen[status] += 1
        connection.close()
        with lock:
            times.extend(mine)
            statuses.update(seen)

    began = time.perf_counter()
    threads = [threading.Thread(target=client, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    times.sort()
    return len(times) / took, times[len(times) // 2], times[int(0.99 * len(times))], statuses


def heavy(server: Server) -> tuple[float, float, Counter[int], int]:
    """p99 and slowest ``/healthz`` while heavy requests come in at once, their statuses, the longest answer."""
    found: list[tuple[int, float, int]] = []
    threads = [
        threading.Thread(target=lambda: found.append(asked(server.port, "/api/v1/extract", _BODY, "10.9.9.9")))
        for _ in range(HEAVY)
    ]
    for thread in threads:
        thread.start()
    times = []
    began = time.perf_counter()
    while any(thread.is_alive() for thread in threads) or time.perf_counter() - began < 3:
        times.append(asked(server.port, "/healthz", client="10.8.8.8")[1])
        time.sleep(0.02)
    times.sort()
    statuses = Counter(status for status, _, _ in found)
    return times[int(0.99 * len(times))], times[-1], statuses, max(size for _, _, size in found)


def slow(server: Server) -> tuple[int, float, int]:
    """While connections drip a byte a second: how many of twenty look-ups are answered, the slowest (ms); and how many
    of the connections are dropped within 40 seconds."""
    dripping = []
    for _ in range(SLOW):
        one = socket.create_connection((HOST, server.port), timeout=5)
        one.sendall(b"POST /api/v1/extract HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n\r\n")
        dripping.append(one)
    answers = [asked(server.port, "/api/v1/lookup?number=76/NQ-CP") for _ in range(20)]
    dropped: set[int] = set()
    until = time.monotonic() + 40
    while time.monotonic() < until and len(dropped) < SLOW:
        for at, one in enumerate(dripping):
            if at not in dropped:
                try:
                    one.sendall(b"x")
                except OSError:
                    dropped.add(at)
        time.sleep(1)
    for one in dripping:
        one.close()
    return sum(status == 200 for status, _, _ in answers), max(ms for _, ms, _ in answers), len(dropped)


def _paths(where: Path) -> dict[str, list[str]]:
    base = KnowledgeBase.open(where)
    found = base.documents(role="held", per_page=60)
    base.close()
    numbers = [quote(one.number) for one in found if one.number]
    words = ("kế hoạch", "phòng chống dịch", "cải cách hành chính", "ủy ban nhân dân tỉnh", "đầu tư công", "giáo dục")
    return {
        "hello (/robots.txt)": ["/robots.txt"],
        "lookup": [f"/api/v1/lookup?number={number}" for number in numbers],
        "search": [f"/api/v1/search?q={quote(word)}" for word in words],
        "document page": [f"/vb/{quote(one.id)}" for one in found],
    }


def mixed_paths(where: Path) -> list[str]:
    """Addresses of all kinds."""
    return [path for chosen in _paths(where).values() for path in chosen]


def measure(where: Path, code: Path) -> dict[str, object]:
    """All figures of one server."""
    paths = _paths(where)
    said: dict[str, object] = {}
    with served(where, code) as server:
        for name, chosen in paths.items():
            hammered(server.port, chosen, 1.0)
            rate, p50, p99, statuses = hammered(server.port, chosen, SECONDS)
            said[name] = f"{rate:8.0f}/s   p50 {p50:7.1f} ms   p99 {p99:7.1f} ms   {dict(statuses)}"
            print(f"{name:24} {said[name]}", flush=True)
        before = server.memory()
        p99, worst, statuses, longest = heavy(server)
        said["healthz_p99"] = p99
        print(f"{HEAVY} heavy requests: /healthz p99 {p99:.0f} ms, slowest {worst:.0f}; {dict(statuses)}, "
              f"longest answer {longest / 1e6:.1f} MB; memory {before} → {server.memory()} MB", flush=True)  # fmt: skip
        answered, worst, dropped = slow(server)
        print(f"{SLOW} slow connections: {answered} of 20 look-ups answered, slowest {worst:.0f} ms; {dropped} dropped")
        some = mixed_paths(where)
        steps = [server.memory()]
        for _ in range(4):
            hammered(server.port, some, 600, MIXED // 4)
            steps.append(server.memory())
        print(f"{MIXED} mixed requests: memory {' → '.join(map(str, steps))} MB; {load()}", flush=True)
    return said


def main() -> int:
    given = os.environ.get("CANCU_BENCH_BASE")
    code = Path(os.environ.get("CANCU_BENCH_CODE", PROJECT))
    with tempfile.TemporaryDirectory() as folder:
        where = Path(given) if given else Path(folder) / "kb"
        if given is None:
            command = [sys.executable, "-m", "cancu", "ingest", "--samples", "--no-registers", "--kb", str(where)]
            subprocess.run(command, check=True, cwd=code, stdout=subprocess.DEVNULL)
        said = measure(where, code)
    p99 = float(json.dumps(said["healthz_p99"]))
    print(f"floor: /healthz p99 ≤ {FLOOR:g} ms under heavy requests: {'holds' if p99 <= FLOOR else 'does not hold'}")
    return int(p99 > FLOOR)
