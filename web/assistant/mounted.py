"""The tools beside the pages: one address of the web application that speaks the protocol over HTTP."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable
from typing import Any

from a2wsgi import ASGIMiddleware
from mcp.server import MCPServer
from mcp.server.transport_security import TransportSecuritySettings

ADDRESS = "/mcp"
_START_SECONDS = 10.0


class Mounted:
    """WSGI layer: requests for ``/mcp`` go to the assistant's server, all others to ``app``.

    Every request stands alone and is answered as JSON: no session is kept. The server lives on an event loop in a
    thread of its own, which ends with the process.
    """

    def __init__(self, app: Callable[..., Iterable[bytes]], server: MCPServer) -> None:
        self._app = app
        # Hosts are not checked: the tools tell strangers no more than the API does, which is open to all.
        hosts = TransportSecuritySettings(enable_dns_rebinding_protection=False)
        self._starlette = server.streamable_http_app(
            streamable_http_path=ADDRESS, json_response=True, stateless_http=True, transport_security=hosts
        )
        self._loop = asyncio.new_event_loop()
        self._lock = threading.Lock()
        self._inside: ASGIMiddleware | None = None

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != ADDRESS:
            return self._app(environ, start_response)
        return self._started()(environ, start_response)  # type: ignore[arg-type]

    def _started(self) -> ASGIMiddleware:
        """The server, started with the first request that is for it."""
        with self._lock:
            if self._inside is None:
                ready = threading.Event()
                threading.Thread(target=self._run, args=(ready,), daemon=True, name="mcp").start()
                if not ready.wait(_START_SECONDS):
                    raise RuntimeError("the server for assistants did not start")
                self._inside = ASGIMiddleware(self._starlette, loop=self._loop)  # type: ignore[arg-type]
            return self._inside

    def _run(self, ready: threading.Event) -> None:
        async def live() -> None:
            async with self._starlette.router.lifespan_context(self._starlette):
                ready.set()
                await asyncio.Event().wait()

        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(live())
