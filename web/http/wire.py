"""Serving: the WSGI server, and what arrives at it off the wire.

An address with raw UTF-8 bytes, as many tools and people write it, is read as the same address percent-encoded;
waitress by itself refuses it.
"""

from __future__ import annotations

import logging
import re
import socket
from typing import Any

import waitress
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer, MultiSocketServer

from web.http.patience import PatientChannel

THREADS = 16
LARGEST_BODY = 24 << 20  # bytes of a request that are taken in at all; the pages themselves accept less
CONNECTIONS = 2_000
"""Connections that one process holds at once; idle ones cost some kilobytes each."""
IDLE = 30
"""Seconds after which a connection is closed on which nothing is asked or taken."""
_RAW = re.compile(rb"[\x80-\xff]")


class _Parser(HTTPRequestParser):  # type: ignore[misc]
    def parse_header(self, header_plus: bytes) -> None:
        line, end, rest = header_plus.partition(b"\r\n")
        super().parse_header(_RAW.sub(lambda byte: b"%%%02X" % byte[0][0], line) + end + rest)


class _Channel(PatientChannel):
    parser_class = _Parser


def create_server(
    app: Any, host: str = "", port: int = 0, *, listening: socket.socket | None = None, proxies: int = 0
) -> BaseWSGIServer | MultiSocketServer:
    """A server of ``app`` that listens; ``run()`` answers. Raises ``OSError`` where the port cannot be had.

    ``listening``: a socket that listens already, instead of ``host`` and ``port``; ``proxies``: as the application's
    setting of that name, which alone says whose headers are believed (waitress would take them away from it).
    """
    where: dict[str, Any] = {"sockets": [listening]} if listening else {"host": host, "port": port}
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a line for every request that waits its turn
    server = waitress.create_server(
        app,
        **where,
        threads=THREADS,
        ident="cancu",
        max_request_body_size=LARGEST_BODY,
        connection_limit=CONNECTIONS,
        channel_timeout=IDLE,
        cleanup_interval=5,
        asyncore_use_poll=True,
        clear_untrusted_proxy_headers=not proxies,
    )
    listeners = server.map.values() if isinstance(server, MultiSocketServer) else [server]
    for one in listeners:
        if isinstance(one, BaseWSGIServer):
            one.channel_class = _Channel
    return server
