"""A PostgreSQL server on loopback, and a hot standby of it: each in a new folder, stopped with the block."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from tools.cluster.opensearch import CannotStart, free_ports

_MAKING_SECONDS = 120
_STARTING_SECONDS = 60
_STOPPING_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. ``url``: SQLAlchemy URL of its database ``postgres``; ``port``: where it listens."""

    url: str
    port: int

    def of(self, other_url: str) -> str:
        """The URL of the same database, as another server's URL has it, on this one."""
        return sa.engine.make_url(other_url).set(port=self.port).render_as_string(hide_password=False)


def programs() -> Path | None:
    """The folder of ``initdb`` and ``postgres``, None where the server is not installed or cannot be started here."""
    if shutil.which("setpriv") is None:
        return None
    if found := shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    return installed[-1].parent if installed else None


@contextmanager
def server() -> Iterator[Server]:
    """A new server whose user ``cancu`` may do all. Raises ``CannotStart`` where it cannot be started, with why."""
    with _folder() as folder:
        options = ("-U", "cancu", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync")
        _make(folder, "initdb", "-D", str(folder / "data"), *options)
        with _running(folder) as made:
            yield made


@contextmanager
def standby(primary: Server) -> Iterator[Server]:
    """A hot standby of ``primary``, made by ``pg_basebackup``."""
    with _folder() as folder:
        source = ("-h", "127.0.0.1", "-p", str(primary.port), "-U", "cancu")
        _make(folder, "pg_basebackup", *source, "-D", str(folder / "data"), "-R", "-X", "stream", "--no-sync")
        with _running(folder) as made:
            yield made


def wait_until_replayed(primary: Server, follower: Server) -> None:
    """Wait until the standby shows all that the primary has written so far."""
    with sa.create_engine(primary.url, poolclass=sa.NullPool).connect() as connection:
        written = connection.execute(sa.text("select pg_current_wal_lsn()")).scalar_one()
    until = time.monotonic() + _STARTING_SECONDS
    with sa.create_engine(follower.url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT").connect() as connection:
        replayed = sa.text("select pg_last_wal_replay_lsn() >= cast(:written as pg_lsn)")
        while not connection.execute(replayed, {"written": written}).scalar_one():
            assert time.monotonic() < until, "the standby does not follow"
            time.sleep(0.05)


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="cancu-postgres-"))
    try:
        if os.geteuid() == 0:  # the server refuses to run as root
            shutil.chown(folder, "postgres", "postgres")
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _started(folder: Path, program: str, *arguments: str) -> subprocess.Popen[bytes]:
    """A program of PostgreSQL, as its own user where this one is root; it ends with this process."""
    found = programs()
    if found is None:
        raise CannotStart("needs a PostgreSQL server: apt-get install postgresql")
    as_user = ["--reuid", "postgres", "--regid", "postgres", "--clear-groups"] if os.geteuid() == 0 else []
    command = ["setpriv", *as_user, "--pdeathsig", "QUIT", str(found / program), *arguments]
    with open(folder / "log", "ab") as log:
        return subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def _make(folder: Path, program: str, *arguments: str) -> None:
    if _started(folder, program, *arguments).wait(timeout=_MAKING_SECONDS):
        raise CannotStart(f"{program} failed: {_said(folder)}")


@contextmanager
def _running(folder: Path) -> Iterator[Server]:
    (port,) = free_ports(1)
    options = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "fsync": "off"}
    serve = ["-D", str(folder / "data"), *(f"--{name}={value}" for name, value in options.items())]
    process = _started(folder, "postgres", *serve)
    try:
        url = f"postgresql+psycopg://cancu@127.0.0.1:{port}/postgres"
        _wait_for(url, process, folder)
        yield Server(url, port)
    finally:
        process.send_signal(signal.SIGQUIT)  # at once: nothing of it is wanted any more
        try:
            process.wait(timeout=_STOPPING_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(url: str, process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + _STARTING_SECONDS
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    while True:
        try:
            with engine.connect():
                return
        except sa.exc.OperationalError:
            if process.poll() is not None or time.monotonic() > until:
                raise CannotStart(f"the server does not answer: {_said(folder)}") from None
            time.sleep(0.2)


def _said(folder: Path) -> str:
    return (folder / "log").read_text(errors="replace").strip()[-600:]
