"""What ``make serve`` runs: see that the port is free, read a folder into its knowledge base, serve it.

    python tools/serve.py CORPUS KB PORT

Exit codes are those of ``cancu``.
"""

from __future__ import annotations

import socket
import sys

from cancu.cli import main as cancu
from cancu.verb import BAD_INPUT, FOUND, USAGE

HOST = "127.0.0.1"


def trouble(port: str) -> str | None:
    """What is wrong with a port as it was written, in both languages and in make's words; None where nothing is."""
    if not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535):
        return f"PORT={port}: cần một số từ 1 đến 65535 / a number from 1 to 65535 is needed: make serve PORT=8080"
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does: a port just left is free
        try:
            one.bind((HOST, int(port)))
            one.listen()  # two may bind one port with this option, but only one listens
        except OSError as error:
            reason = error.strerror
            return f"PORT={port}: không mở được ({reason}) / cannot be opened ({reason}): make serve PORT=8080"
    return None


def main() -> int:
    corpus, kb, port = sys.argv[1:]
    if wrong := trouble(port):
        print(wrong, file=sys.stderr)
        return USAGE
    taken = cancu(["ingest", corpus, "--kb", kb])
    if taken not in (FOUND, BAD_INPUT):  # bad input: some files were not read, and were named; the rest is served
        return taken
    return cancu(["serve", "--kb", kb, "--port", port])


if __name__ == "__main__":
    sys.exit(main())
