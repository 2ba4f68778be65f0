"""Serving: the WSGI server, and what arrives at it off the wire.

An address with raw UTF-8 bytes, as many tools and people write it, is read as the same address percent-encoded;
waitress by itself refuses it.
"""

from __future__ import annotations

import re
from typing import Any

import waitress
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer, MultiSocketServer

THREADS = 8
LARGEST_BODY = 24 << 20  # bytes of a request that are taken in at all; the pages themselves accept less
_RAW = re.compile(rb"[\x80-\xff]")


class _Parser(HTTPRequestParser):  # type: ignore[misc]
    def parse_header(self, header_plus: bytes) -> None:
        line, end, rest = header_plus.partition(b"\r\n")
        super().parse_header(_RAW.sub(lambda byte: b"%%%02X" % byte[0][0], line) + end + rest)


class _Channel(HTTPChannel):  # type: ignore[misc]
    parser_class = _Parser


def create_server(app: Any, host: str, port: int) -> BaseWSGIServer | MultiSocketServer:
    """A server of ``app`` that listens; ``run()`` answers. Raises ``OSError`` where the port cannot be had."""
    server = waitress.create_server(
        app, host=host, port=port, threads=THREADS, ident="cancu", max_request_body_size=LARGEST_BODY
    )
    listening = server.map.values() if isinstance(server, MultiSocketServer) else [server]
    for one in listening:
        if isinstance(one, BaseWSGIServer):
            one.channel_class = _Channel
    return server
