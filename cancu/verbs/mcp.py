"""``cancu mcp``: the questions of this command line for AI assistants, over the Model Context Protocol."""

from __future__ import annotations

import argparse
import socket
from contextlib import closing

from cancu.terminal import Say, Terminal
from cancu.verb import BAD_INPUT, FOUND, Verb, index_url, port

HOST = "127.0.0.1"


def _arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument("--http", type=port, metavar="N", help=say("cancu.mcp.help_http"))
    index_url(parser, say)


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    try:
        import mcp  # noqa: F401  # an extra of its own: it brings a web server of another kind
    except ImportError:
        terminal.complain(terminal.say("cancu.mcp.not_installed"))
        return BAD_INPUT
    from web.app import open_front
    from web.assistant.server import assistant

    if args.http is not None:
        with closing(socket.socket()) as place:
            try:
                place.bind((HOST, args.http))
            except OSError as error:
                reason = error.strerror
                terminal.complain(terminal.say("cancu.serve.port_taken", port=args.http, host=HOST, strerror=reason))
                return BAD_INPUT
    server = assistant(open_front(args.kb, index=args.index), terminal.lang)
    if args.http is None:
        server.run("stdio")
    else:
        terminal.note(terminal.say("cancu.mcp.serving", url=f"http://{HOST}:{args.http}/mcp"))
        server.run("streamable-http", host=HOST, port=args.http, json_response=True, stateless_http=True)
    return FOUND


VERB = Verb(
    name="mcp",
    arguments=_arguments,
    run=_run,
)
