"""One process of the server: the application behind waitress, on a socket that others listen on as well."""

from __future__ import annotations

import os
import signal
import socket
import threading
from multiprocessing import parent_process
from pathlib import Path
from typing import Any

from web.app import create_app
from web.http.wire import create_server


def run(listening: socket.socket, where: str | Path, settings: dict[str, Any]) -> None:
    """Answer requests until the process is asked to end (SIGTERM); those at work are finished first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches every process; the one above asks us to end
    signal.signal(signal.SIGTERM, _leave)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    app = create_app(where, **settings)
    create_server(app, listening=listening, proxies=settings.get("proxies", 0)).run()


def _leave(_signal: int, _frame: Any) -> None:
    raise SystemExit(0)


def _leave_with_parent() -> None:
    """Nobody watches over a worker whose supervisor was killed."""
    above = parent_process()
    if above is not None:
        above.join()
        os._exit(1)
