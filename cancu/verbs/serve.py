"""``cancu serve``: the pages and the JSON API of a knowledge base."""

from __future__ import annotations

import argparse
import errno
import secrets

from cancu.terminal import Say, Terminal
from cancu.verb import BAD_INPUT, FOUND, Verb, index_url, port, public_url

HOST = "127.0.0.1"  # this machine only, unless the user says otherwise
PORT = 8000


def _arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument("--host", default=HOST, metavar=say("cancu.metavar.address"), help=f"{HOST}")
    parser.add_argument("--port", type=port, default=PORT, metavar="N", help=f"{PORT}")
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
    from web import create_app
    from web.http.wire import create_server

    token = args.edit_token or secrets.token_urlsafe(12) if args.allow_edit else None
    app = create_app(args.kb, index=args.index, proxies=args.proxies, public_url=args.public_url, edit_token=token)
    try:
        server = create_server(app, args.host, args.port)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL):
            raise
        terminal.complain(
            terminal.say("cancu.serve.port_taken", port=args.port, host=args.host, strerror=error.strerror)
        )
        return BAD_INPUT
    url = f"http://{args.host}:{args.port}/"
    if args.json:
        terminal.json({"url": url} | ({"edit_token": token} if token else {}))
    else:
        terminal.out.print(terminal.say("cancu.serve.serving", url=url))
        if token:
            terminal.out.print(terminal.say("cancu.serve.editing", url=f"{url}chat-luong", token=token))
    terminal.out.file.flush()
    server.run()
    return FOUND


VERB = Verb(
    name="serve",
    arguments=_arguments,
    run=_run,
)
