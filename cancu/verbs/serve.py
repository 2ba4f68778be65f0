"""``cancu serve``: the pages and the JSON API of a knowledge base."""

from __future__ import annotations

import argparse
import errno
import os
import secrets
import socket
import tempfile
from pathlib import Path

from cancu.terminal import Say, Terminal
from cancu.verb import BAD_INPUT, FOUND, Verb, index_url, port, positive, public_url

HOST = "127.0.0.1"  # this machine only, unless the user says otherwise
PORT = 8000
COUNTS = "PROMETHEUS_MULTIPROC_DIR"
"""Where prometheus_client finds the folder through which processes add their counts up."""
BACKLOG = 1024  # connections that wait to be taken, while all processes are busy


def _arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument("--host", default=HOST, metavar=say("cancu.metavar.address"), help=f"{HOST}")
    parser.add_argument("--port", type=port, default=PORT, metavar="N", help=f"{PORT}")
    parser.add_argument(
        "--workers",
        type=positive,
        metavar="N",
        help=say("cancu.serve.help_workers"),
    )
    index_url(parser, say)
    parser.add_argument(
        "--proxies",
        type=int,
        default=0,
        metavar="N",
        help=say("cancu.serve.help_proxies"),
    )
    public_url(parser, say)
    parser.add_argument("--allow-edit", action="store_true", help=say("cancu.serve.help_allow_edit"))
    parser.add_argument("--edit-token", metavar=say("cancu.metavar.token"), help=say("cancu.serve.help_edit_token"))


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    from web.app import open_front
    from web.serving.supervisor import Supervisor

    token = args.edit_token or secrets.token_urlsafe(12) if args.allow_edit else None
    settings = {
        "index": args.index, "proxies": args.proxies, "public_url": args.public_url, "edit_token": token,
    }  # fmt: skip
    open_front(args.kb, **settings).kb.close()  # what is wrong with the base is said here, not by each process
    try:
        listening = _listening(args.host, args.port)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL) and not _no_host(error):
            raise
        terminal.complain(
            terminal.say("cancu.serve.port_taken", port=args.port, host=args.host, strerror=error.strerror)
        )
        return BAD_INPUT

    def tell() -> None:
        url = f"http://{args.host}:{args.port}/"
        if args.json:
            terminal.json({"url": url} | ({"edit_token": token} if token else {}))
        else:
            terminal.out.print(terminal.say("cancu.serve.serving", url=url))
            if token:
                terminal.out.print(terminal.say("cancu.serve.editing", url=f"{url}chat-luong", token=token))
        terminal.out.file.flush()

    with listening, tempfile.TemporaryDirectory(prefix="cancu-") as folder:
        os.environ[COUNTS] = folder
        shared = {"apart": True, "heavy": 1, "buckets": str(Path(folder) / "buckets"), "secret": secrets.token_hex()}
        workers = args.workers or os.cpu_count() or 1
        Supervisor(listening, args.kb, settings | shared, workers).run(started=tell)
    return FOUND


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens there; raises ``OSError`` where that cannot be."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    made = socket.socket(family, kind, protocol)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(BACKLOG)
    except OSError:
        made.close()
        raise
    return made


def _no_host(error: OSError) -> bool:
    return isinstance(error, socket.gaierror)


VERB = Verb(
    name="serve",
    arguments=_arguments,
    run=_run,
)
