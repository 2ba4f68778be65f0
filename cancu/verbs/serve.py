"""``cancu serve``: the pages and the JSON API of a knowledge base."""

from __future__ import annotations

import argparse
import errno
from collections.abc import Callable

from cancu.terminal import Terminal
from cancu.verb import BAD_INPUT, FOUND, Verb, positive

HOST = "127.0.0.1"  # this machine only, unless the user says otherwise
PORT = 8000
THREADS = 8
LARGEST_BODY = 1 << 20  # bytes of a request that are taken in at all; the pages themselves accept less


def _arguments(parser: argparse.ArgumentParser, say: Callable[[str, str], str]) -> None:
    parser.add_argument("--host", default=HOST, metavar=say("ĐỊA_CHỈ", "ADDRESS"), help=f"{HOST}")
    parser.add_argument("--port", type=positive, default=PORT, metavar="N", help=f"{PORT}")
    parser.add_argument(
        "--index",
        metavar="URL",
        help=say("chỉ mục tìm kiếm (whoosh:…, tantivy:…)", "the search index (whoosh:…, tantivy:…)"),
    )
    parser.add_argument(
        "--proxies",
        type=int,
        default=0,
        metavar="N",
        help=say("số máy chủ trung gian đáng tin phía trước", "number of trusted reverse proxies in front"),
    )


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    import waitress

    from web import create_app

    app = create_app(args.kb, index=args.index, proxies=args.proxies)
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
            f"Không mở được cổng {args.port} trên {args.host} ({error.strerror}). Hãy chọn cổng khác bằng --port.",
            f"Port {args.port} on {args.host} cannot be opened ({error.strerror}). Choose another with --port.",
        )
        return BAD_INPUT
    url = f"http://{args.host}:{args.port}/"
    if args.json:
        terminal.json({"url": url})
    else:
        terminal.out.print(
            terminal.say(f"Mở trang tra cứu tại {url} (Ctrl+C để dừng)", f"Serving at {url} (Ctrl+C stops it)")
        )
    terminal.out.file.flush()
    server.run()
    return FOUND


VERB = Verb(
    name="serve",
    vi="mở trang tra cứu và API JSON",
    en="serve the pages and the JSON API",
    arguments=_arguments,
    run=_run,
)
