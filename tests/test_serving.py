"""The server under load: slow connections are dropped, heavy work runs apart, limits hold for all processes together,
a process that dies comes back."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from kb_fixtures import build, cite, plan, put
from test_cli_serve import free_port, get, running

from kb.errors import KnowledgeBaseError
from kb.service import KnowledgeBase
from messages import Message
from web.app import create_app
from web.http import patience, wire
from web.http.apart import Apart
from web.http.problems import Problem
from web.http.rate_limit import RateLimiter, SharedBuckets


def children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


# -- slow connections ------------------------------------------------------------------------------------------


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a server that waits a second for a request, beside the pace of a long one."""
    monkeypatch.setattr(patience, "FIRST", 1.0)

    def hello(_: Any, start: Any) -> list[bytes]:
        start("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    server = wire.create_server(hello, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield int(server.effective_port)
    server.close()


@pytest.mark.parametrize(
    "beginning",
    [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\n", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n\r\n"],
)
def test_a_connection_that_only_drips_is_dropped_and_others_are_served(patient: int, beginning: bytes) -> None:
    dripping = [socket.create_connection(("127.0.0.1", patient)) for _ in range(150)]
    for one in dripping:
        one.sendall(beginning)
    with socket.create_connection(("127.0.0.1", patient), timeout=5) as quick:
        quick.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert quick.recv(100).startswith(b"HTTP/1.0 200")
    until = time.monotonic() + 20
    left = set(dripping)
    while left and time.monotonic() < until:
        for one in list(left):
            try:
                one.sendall(b"x" if beginning else b"")
                one.settimeout(0.001)
                if one.recv(100) in (b"",):
                    left.remove(one)
            except TimeoutError:
                pass
            except OSError:
                left.remove(one)
        time.sleep(0.2)
    assert not left
    for one in dripping:
        one.close()


def test_a_long_request_that_keeps_its_pace_is_taken(patient: int) -> None:
    with socket.create_connection(("127.0.0.1", patient), timeout=10) as one:
        one.sendall(b"POST / HTTP/1.0\r\nContent-Length: 100000\r\n\r\n")
        for _ in range(10):
            time.sleep(0.2)  # two seconds in all, at 50 kB a second
            one.sendall(b"x" * 10_000)
        assert one.recv(100).startswith(b"HTTP/1.0 200")


# -- limits ----------------------------------------------------------------------------------------------------


def test_processes_hold_one_limit_for_a_client_together(tmp_path: Path) -> None:
    path = str(tmp_path / "buckets")
    one, other = (RateLimiter(60, 5, clock=lambda: 100.0, shared=SharedBuckets(path)) for _ in range(2))
    assert [limiter.wait("10.0.0.1") for limiter in (one, other, one, other, one)] == [0] * 5
    assert one.wait("10.0.0.1") == other.wait("10.0.0.1") == 1
    assert other.wait("10.0.0.2") == 0


def test_a_request_weighs_what_it_costs(tmp_path: Path) -> None:
    now = [0.0]
    for shared in (None, SharedBuckets(str(tmp_path / "buckets"))):
        limiter = RateLimiter(60, 10, clock=lambda: now[0], shared=shared)
        assert limiter.wait("a", 8) == 0
        assert limiter.wait("a", 8) == 6  # two are left, one comes back each second
        assert limiter.wait("a", 1) == 0
        assert limiter.wait("b", 1000) == 0 and limiter.wait("b", 1) == 1  # more than there can be: all there is
        now[0] += 1000


def test_a_long_text_weighs_more_than_a_look_up(sample_kb: Path) -> None:
    client = create_app(sample_kb, requests_per_minute=60, burst=40).test_client()
    text = "Căn cứ Quyết định số 2395/QĐ-UBND ngày 24/12/2021 của UBND tỉnh Ninh Thuận.\n" * 400
    answers = [client.post("/api/v1/extract", data=text.encode(), content_type="text/plain") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert int(answers[2].headers["Retry-After"]) > 5
    assert client.get("/healthz").status_code == 200


# -- heavy work ------------------------------------------------------------------------------------------------


def count(base: KnowledgeBase, more: int) -> tuple[int, int]:
    return int(base.stats()["held"]) + more, os.getpid()


def fail(_: KnowledgeBase, how: str) -> None:
    if how == "words":
        raise KnowledgeBaseError(Message("kb.store.no_document", id="x"))
    if how == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)


def test_work_apart_answers_fails_and_dies_in_words(sample_kb: Path) -> None:
    work = Apart(sample_kb, seconds=60)
    try:
        answer, process = work(count, 1000)
        assert answer > 1000 and process != os.getpid()
        with pytest.raises(KnowledgeBaseError, match="x"):
            work(fail, "words")
        assert work(count, 0)[1] == process, "an error ends no process"
        with pytest.raises(Problem) as died:
            work(fail, "die")
        assert (died.value.status, died.value.code) == (503, "busy")
        assert work(count, 0)[1] != process
        work._seconds = 1.0
        with pytest.raises(Problem, match="more than 1 seconds"):
            work(fail, "sleep")
        work._seconds = 60.0
        assert work(count, 0)[0] > 0
    finally:
        work.close()


@pytest.fixture(scope="module")
def apart(sample_kb: Path) -> FlaskClient:
    return create_app(sample_kb, requests_per_minute=0, apart=True, heavy=1).test_client()


def test_a_text_with_hundreds_of_citations_is_answered_in_pages(apart: FlaskClient) -> None:
    text = "\n".join(f"Số: {n}/KH-UBND" for n in range(1, 451)).encode()
    pages = [
        apart.post(f"/api/v1/extract?per_page=200&page={page}", data=text, content_type="text/plain").get_json()
        for page in (1, 2, 3, 4)
    ]
    assert [len(one["citations"]) for one in pages] == [200, 200, 50, 0]
    assert {(one["total"], one["pages"], sum(one["counts"].values())) for one in pages} == {(450, 3, 450)}
    starts = [one["start"] for page in pages for one in page["citations"]]
    assert starts == sorted(set(starts)) and len(starts) == 450
    page = apart.post("/tra-cuu", data={"text": text.decode()}).get_data(as_text=True)
    assert "450" in page and page.count('<th scope="row"') == 200
    table = apart.post("/tra-cuu", data={"text": text.decode(), "dang": "csv"}).get_data(as_text=True)
    assert table.count("\n") == 451


def test_a_draft_is_checked_apart(apart: FlaskClient, samples: Path) -> None:
    data = (samples / "tw-76-nq-cp-2021.txt").read_bytes()
    told = apart.post("/api/v1/check?name=a.txt", data=data, content_type="application/octet-stream")
    assert told.status_code == 200 and told.get_json()["citations"]


# -- processes -------------------------------------------------------------------------------------------------


def test_a_worker_that_is_killed_comes_back_and_all_end_when_asked(sample_kb: Path, project: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "cancu", "serve", "--kb", str(sample_kb), "--port", str(port), "--workers", "2"]
    with running(command, project) as process:
        url = f"http://127.0.0.1:{port}"
        assert get(f"{url}/healthz", process)[0] == 200

        def workers() -> list[int]:
            names = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in children(process.pid)}
            return [pid for pid, name in names.items() if b"spawn_main" in name]

        before = workers()
        assert len(before) == 2
        os.kill(before[0], signal.SIGKILL)
        assert json.loads(get(f"{url}/api/v1/lookup?number=2395/qd-ubnd", process)[1])["status"] == "ok"
        until = time.monotonic() + 30
        while len(now := [pid for pid in workers() if pid != before[0]]) < 2:
            assert time.monotonic() < until, "no worker came back"
            time.sleep(0.2)
        for _ in range(4):
            assert get(f"{url}/healthz", process)[0] == 200
        process.send_signal(signal.SIGTERM)
        _, complaints = process.communicate(timeout=40)
        assert process.returncode == 0 and "Traceback" not in complaints
        assert not any(Path(f"/proc/{pid}").exists() for pid in now)


def test_processes_measure_the_base_as_it_is_now(tmp_path: Path, project: Path) -> None:
    """One build, also after the base has changed; and a library's warnings are nothing for a keeper's eyes."""
    base = build(tmp_path / "kb", [("a.txt", plan("1/KH-UBND", "2022-06-01"), [cite("24/2014/NĐ-CP", "2014-04-04")])])
    port = free_port()
    command = [sys.executable, "-m", "cancu", "serve", "--kb", str(tmp_path / "kb"), "--port", str(port)]
    with running(command, project) as process:
        for held in (1, 2):
            status, answer = get(f"http://127.0.0.1:{port}/metrics", process)
            told = answer.decode()
            assert status == 200, told
            assert f'cancu_base{{what="held"}} {held}.0' in told
            assert re.findall(r'cancu_build_info\{build="(\w+)"\}', told) == [base.build_id]
            assert "cancu_answers_total" in told or held == 1
            put(base, [("b.txt", plan("2/KH-UBND", "2022-06-01"), [])])
            base.resolve()
        process.send_signal(signal.SIGTERM)
        assert "Warning" not in process.communicate(timeout=40)[1]
