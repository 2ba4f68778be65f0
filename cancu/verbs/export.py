"""``cancu export``: everything in the knowledge base, for other programs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cancu.output import write_whole
from cancu.terminal import Say, Terminal
from cancu.verb import FOUND, Verb, opened

FORMATS = ("jsonl", "csv", "graphml", "jsonld")


def _arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="jsonl",
        help=say("cancu.export.help_format"),
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar=say("cancu.metavar.file"),
        help=say("cancu.export.help_output"),
    )


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    from kb.answers.export import export

    pieces = export(opened(args, terminal).store, args.format)
    if args.output is None:
        for piece in pieces:
            sys.stdout.write(piece)
        return FOUND
    write_whole(args.output, (piece.encode("utf-8") for piece in pieces))
    terminal.wrote(args.output, args.format, as_json=args.json)
    return FOUND


VERB = Verb(
    name="export",
    arguments=_arguments,
    run=_run,
)
