"""A PostgreSQL server for the tests: the one that ``CANCU_TEST_POSTGRES`` names, or one of its own for the session."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
import sqlalchemy as sa

VARIABLE = "CANCU_TEST_POSTGRES"
"""SQLAlchemy URL of a database whose user may create others, as in ``postgresql+psycopg://me@127.0.0.1/postgres``."""
_FORMS = (
    "encoding 'UTF8' locale_provider icu icu_locale 'vi' locale 'C.UTF-8'",  # sorts as Vietnamese does
    "encoding 'UTF8'",
)


def _programs() -> Path | None:
    """The folder of ``initdb`` and ``postgres``, None where the server is not installed."""
    if found := shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    return installed[-1].parent if installed else None


@contextmanager
def _own_server(programs: Path) -> Iterator[str]:
    """The URL of a server in a new folder on a free port of this machine; stopped at the end, or with this process."""
    folder = Path(tempfile.mkdtemp(prefix="cancu-postgres-"))
    as_user: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
        as_user = ["--reuid", "postgres", "--regid", "postgres", "--clear-groups"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = folder / "data"
    make = [programs / "initdb", "-D", data, "-U", "cancu", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    options = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "fsync": "off"}
    serve = [programs / "postgres", "-D", data, *(f"--{name}={value}" for name, value in options.items())]
    server = None
    try:
        for command in (make, serve):
            whole = [str(word) for word in ("setpriv", *as_user, "--pdeathsig", "QUIT", *command)]
            with open(folder / "log", "ab") as log:
                server = subprocess.Popen(whole, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
            if command is make and server.wait(timeout=120):
                pytest.fail(f"initdb failed: {(folder / 'log').read_text()[-2000:]}")
        url = f"postgresql+psycopg://cancu@127.0.0.1:{port}/postgres"
        for _ in range(150):
            try:
                with sa.create_engine(url).connect():
                    break
            except sa.exc.OperationalError:
                assert server is not None and server.poll() is None, (folder / "log").read_text()[-2000:]
                time.sleep(0.2)
        yield url
    finally:
        if server is not None:
            server.terminate()
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[], str]]:
    """Gives the URL of a new empty database each time it is called; all are dropped at the end.

    Skips where there is no driver, no ``CANCU_TEST_POSTGRES`` and no server installed.
    """
    pytest.importorskip("psycopg", reason="needs the driver: pip install psycopg[binary]")
    given = os.environ.get(VARIABLE)
    programs = _programs()
    if not given and (programs is None or shutil.which("setpriv") is None):
        pytest.skip(f"needs a PostgreSQL server: set {VARIABLE} to its URL, or apt-get install postgresql")
    with nullcontext(given) if given or programs is None else _own_server(programs) as url:
        admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        made: list[str] = []

        def new() -> str:
            name = f"cancu_test_{uuid.uuid4().hex[:12]}"
            with admin.connect() as connection:
                for form in _FORMS:
                    try:
                        connection.exec_driver_sql(f"create database {name} template template0 {form}")
                        break
                    except sa.exc.DBAPIError:
                        if form is _FORMS[-1]:
                            raise
            made.append(name)
            return sa.engine.make_url(url).set(database=name).render_as_string(hide_password=False)

        yield new
        with admin.connect() as connection:
            for name in made:
                connection.exec_driver_sql(f"drop database if exists {name} with (force)")
        admin.dispose()
