"""``cancu export``: everything in the knowledge base, for other programs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from cancu.terminal import Terminal
from cancu.verb import BAD_INPUT, FOUND, Verb

FORMATS = ("jsonl", "csv", "graphml", "jsonld")


def _arguments(parser: argparse.ArgumentParser, say: Callable[[str, str], str]) -> None:
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="jsonl",
        help=say(
            "jsonl; csv cho Excel (UTF-8 có BOM); graphml cho Gephi, yEd; jsonld dữ liệu liên kết (ELI)",
            "jsonl; csv for Excel (UTF-8 with BOM); graphml for Gephi, yEd; jsonld linked data (ELI)",
        ),
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar=say("TỆP", "FILE"),
        help=say("ghi vào tệp này thay vì in ra", "write to this file instead of printing"),
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
        terminal.complain(
            f"Không ghi được {args.output}: {error.strerror}. Hãy chọn nơi khác bằng --output.",
            f"{args.output} cannot be written: {error.strerror}. Choose another place with --output.",
        )
        return BAD_INPUT
    if args.json:
        terminal.json({"output": str(args.output), "format": args.format, "bytes": args.output.stat().st_size})
    else:
        terminal.note(f"Đã ghi {args.output}", f"Wrote {args.output}")
    return FOUND


VERB = Verb(
    name="export",
    vi="xuất toàn bộ kho: JSON Lines, CSV cho Excel, GraphML, JSON-LD",
    en="everything as JSON Lines, CSV for Excel, GraphML, JSON-LD",
    arguments=_arguments,
    run=_run,
)
