"""``cancu export``: everything in the knowledge base, for other programs."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from cancu.terminal import Say, Terminal
from cancu.verb import BAD_INPUT, FOUND, Verb

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
    from kb.service import KnowledgeBase

    pieces = export(KnowledgeBase.open(args.kb).store, args.format)
    if args.output is None:
        for piece in pieces:
            sys.stdout.write(piece)
        return FOUND
    partial = args.output.with_name(args.output.name + ".part")
    try:
        # the file appears under its name only when it is whole
        with open(partial, "w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
        os.replace(partial, args.output)
    except OSError as error:
        partial.unlink(missing_ok=True)
        terminal.complain(terminal.say("cancu.export.cannot_write", output=args.output, strerror=error.strerror))
        return BAD_INPUT
    if args.json:
        terminal.json({"output": str(args.output), "format": args.format, "bytes": args.output.stat().st_size})
    else:
        terminal.note(terminal.say("cancu.export.wrote", output=args.output))
    return FOUND


VERB = Verb(
    name="export",
    arguments=_arguments,
    run=_run,
)
