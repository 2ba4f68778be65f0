"""``cancu rebuild``: the search index anew from the store, on request the readings too."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from cancu.progress import stages
from cancu.terminal import Say, Terminal
from cancu.verb import FOUND, Verb

if TYPE_CHECKING:
    from kb.resolution.reread import RereadReport

ENGINES = ("whoosh", "tantivy")


def _arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "--index",
        metavar=say("cancu.metavar.engine"),
        default=os.environ.get("CANCU_INDEX") or None,
        help=say("cancu.rebuild.help_index"),
    )
    parser.add_argument(
        "--reread",
        choices=("changed", "all"),
        help=say("cancu.rebuild.help_reread"),
    )


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    from indexer.build.ingest import rebuild
    from kb.service import KnowledgeBase

    reread: RereadReport | None = None
    if args.reread:
        with stages(terminal) as progress:
            reread = KnowledgeBase.open(args.kb).reread(every=args.reread == "all", progress=progress)
    engine = args.index if args.index in ENGINES else None
    with stages(terminal) as progress:
        count = rebuild(args.kb, engine=engine, url=None if engine else args.index, progress=progress)
    if args.json:
        terminal.json({"indexed": count, "reread": reread.to_json() if reread else None})
    else:
        if reread:
            _show(reread, terminal)
        terminal.out.print(terminal.say("cancu.rebuild.indexed", count=count))
    return FOUND


def _show(report: RereadReport, terminal: Terminal) -> None:
    for one in report.files:
        terminal.out.print(
            terminal.say("cancu.rebuild.file", name=one.name, gained=one.gained, lost=one.lost, changed=one.changed)
        )
    terminal.out.print(
        terminal.say(
            "cancu.rebuild.reread", read=report.read, gained=report.gained, lost=report.lost, changed=report.changed
        )
    )


VERB = Verb(
    name="rebuild",
    arguments=_arguments,
    run=_run,
    writes=lambda _: True,
)
