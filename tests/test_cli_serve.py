"""Serving: the address is printed, it answers, it ends when asked, and a taken port is said."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PATIENCE = 60.0  # seconds until a server must answer


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def get(url: str, process: subprocess.Popen[str]) -> tuple[int, bytes]:
    """Status and body, as soon as the server answers."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()
        except OSError:
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.1)


@contextmanager
def running(command: list[str], cwd: Path, **environment: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def test_serve_answers_people_and_programs_and_ends_when_asked(sample_kb: Path, project: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "cancu", "serve", "--kb", str(sample_kb), "--port", str(port)]
    with running(command, project) as process:
        status, page = get(f"http://127.0.0.1:{port}/", process)
        assert status == 200 and 'lang="vi"' in page.decode("utf-8")
        status, body = get(f"http://127.0.0.1:{port}/api/v1/lookup?number=2395/qd-ubnd", process)
        assert (status, json.loads(body)["status"]) == (200, "ok")
        again = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=60)
        assert again.returncode == 3
        assert str(port) in again.stderr and "--port" in again.stderr
        process.send_signal(signal.SIGINT)
        said, complaints = process.communicate(timeout=30)
        assert process.returncode == 0
        assert f"http://127.0.0.1:{port}/" in said
        assert "Traceback" not in complaints


@pytest.fixture
def made(project: Path) -> Path:
    if not (project / ".venv" / "bin" / "cancu").exists():
        pytest.skip("make serve runs in .venv, which is not set up here")
    return project


def test_make_serve_names_what_it_refused_and_serves_the_rest(made: Path, samples: Path, tmp_path: Path) -> None:
    folder = tmp_path / "my plans"
    folder.mkdir()
    (folder / "empty.txt").touch()
    (folder / "plan.txt").write_bytes((samples / "tw-76-nq-cp-2021.txt").read_bytes())
    for reports in ("1 mới", "1 không đổi"):
        port = free_port()
        command = ["sh", "tools/serve.sh", str(folder), str(port)]
        with running(command, made, KB=str(tmp_path / "kb")) as process:
            assert get(f"http://127.0.0.1:{port}/vb/tw/cp/2021/nq/76", process)[0] == 200
            process.send_signal(signal.SIGINT)
            said, complaints = process.communicate(timeout=30)
            assert reports in said
            assert "empty.txt" in complaints


def test_make_serve_of_a_folder_that_is_not_there(project: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        ["sh", "tools/serve.sh", str(tmp_path / "nowhere"), "1"],
        cwd=project,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 3
    assert "nowhere" in done.stderr and "CORPUS=" in done.stderr


@pytest.mark.parametrize("port", ["0", "65536", "99999", "-1", "http", ""])
def test_make_serve_says_which_ports_there_are(made: Path, samples: Path, tmp_path: Path, port: str) -> None:
    kb = tmp_path / "kb"
    done = subprocess.run(
        ["sh", "tools/serve.sh", str(samples), port],
        cwd=made,
        env={**os.environ, "KB": str(kb)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert "PORT=" in done.stderr and "65535" in done.stderr and "--port" not in done.stderr
    assert not kb.exists()


def test_make_serve_sees_a_taken_port_before_it_reads(made: Path, samples: Path, tmp_path: Path) -> None:
    kb = tmp_path / "kb"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run(
            ["sh", "tools/serve.sh", str(samples), str(taken.getsockname()[1])],
            cwd=made,
            env={**os.environ, "KB": str(kb)},
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode == 2
    assert "make serve PORT=" in done.stderr
    assert not kb.exists()


def test_the_server_ends_with_make(made: Path, samples: Path, tmp_path: Path) -> None:
    port = free_port()
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "plan.txt").write_bytes((samples / "tw-76-nq-cp-2021.txt").read_bytes())
    # the environment counts as set up: what is asked here is who hears the signal
    command = ["make", "-o", ".venv/.run", "serve", f"CORPUS={folder}", f"PORT={port}", f"KB={tmp_path / 'kb'}"]
    with running(command, made) as process:
        assert get(f"http://127.0.0.1:{port}/healthz", process)[0] == 200
        process.terminate()
        process.communicate(timeout=30)  # returns when the last that holds these pipes is gone
        with socket.socket() as again:
            again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            again.bind(("127.0.0.1", port))
            again.listen()
