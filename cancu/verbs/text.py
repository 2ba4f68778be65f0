"""``cancu text``: the text of a file as it is read, to which all offsets refer."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from cancu.terminal import Terminal
from cancu.verb import FOUND, Verb


def _arguments(parser: argparse.ArgumentParser, say: Callable[[str, str], str]) -> None:
    parser.add_argument("path", metavar=say("TỆP", "PATH"), type=Path, help=say("tệp cần đọc", "the file to read"))


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    from corpus.worker import read_one

    for source in read_one(args.path):
        if args.json:
            terminal.json(
                {
                    "document": source.name,
                    "format": source.format,
                    "sha256": source.sha256,
                    "text": source.text,
                    "pages": [
                        {"number": p.number, "start": p.start, "end": p.end, "how": p.how, "confidence": p.confidence}
                        for p in source.pages
                    ],
                    "warnings": [notice.text(terminal.lang) for notice in source.notices],
                }
            )
        else:
            sys.stdout.write(source.text)
            for notice in source.notices:
                terminal.note(f"{source.name}: {notice.vi}", f"{source.name}: {notice.en}")
    return FOUND


VERB = Verb(
    name="text",
    vi="in văn bản như đã đọc, vị trí ký tự tính theo đó",
    en="print the text as read, to which offsets refer",
    arguments=_arguments,
    run=_run,
)
