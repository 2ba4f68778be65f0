"""``cancu serve``: the pages and the JSON API of a knowledge base."""

from __future__ import annotations

import argparse
import errno

from cancu.terminal import Say, Terminal
from cancu.verb import BAD_INPUT, FOUND, Verb, index_url, port, public_url

HOST = "127.0.0.1"  # this machine only, unless the user says otherwise
PORT = 8000
THREADS = 8
LARGEST_BODY = 24 << 20  # bytes of a request that are taken in at all; the pages themselves accept less


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


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    import waitress

    from web import create_app

    app = create_app(args.kb, index=args.index, proxies=args.proxies, public_url=args.public_url)
    try:
        server = waitress.create_server(
            app,
            host=args.host,
            port=args.port,
            threads=THREADS,
            ident="cancu",
            max_request_body_size=LARGEST_BODY,
        )
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL):
            raise
        terminal.complain(
            terminal.say("cancu.serve.port_taken", port=args.port, host=args.host, strerror=error.strerror)
        )
        return BAD_INPUT
    url = f"http://{args.host}:{args.port}/"
    if args.json:
        terminal.json({"url": url})
    else:
        terminal.out.print(terminal.say("cancu.serve.serving", url=url))
    terminal.out.file.flush()
    server.run()
    return FOUND


VERB = Verb(
    name="serve",
    arguments=_arguments,
    run=_run,
)
