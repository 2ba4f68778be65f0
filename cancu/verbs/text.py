"""``cancu text``: the text of a file as it is read, to which all offsets refer."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cancu.progress import stages
from cancu.scan_bounds import limits_of, pages_of, scan_bounds
from cancu.terminal import Say, Terminal
from cancu.verb import FOUND, Verb


def _arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument("path", metavar=say("cancu.metavar.path"), type=Path, help=say("cancu.text.help_path"))
    scan_bounds(parser, say)


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    from corpus.worker import read_one

    with stages(terminal) as progress:
        sources = list(read_one(args.path, limits=limits_of(args), progress=pages_of(progress)))
    for source in sources:
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
                terminal.note(f"{source.name}: {notice.text(terminal.lang)}")
    return FOUND


VERB = Verb(
    name="text",
    arguments=_arguments,
    run=_run,
)
