"""``cancu remove``: take files out of the knowledge base."""

from __future__ import annotations

import argparse

from cancu.progress import stages
from cancu.terminal import Say, Terminal
from cancu.verb import FOUND, NOTHING, Verb, index_url


def _arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "what",
        metavar=say("cancu.metavar.file_or_id"),
        nargs="+",
        help=say("cancu.remove.help_what"),
    )
    index_url(parser, say)


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    from indexer.build.ingest import bring_index_up_to_date
    from indexer.build.report import IngestReport
    from kb.service import KnowledgeBase

    base = KnowledgeBase.open(args.kb)
    removed, unknown = [], []
    for word in args.what:
        names = [word] if base.remove(word) else [name for name in base.files_of(word) if base.remove(name)]
        removed += names
        if not names:
            unknown.append(word)
    if removed:
        with stages(terminal) as progress:
            base.resolve(progress)
            bring_index_up_to_date(base, args.kb, args.index, IngestReport(), progress)
    if args.json:
        terminal.json({"removed": removed, "unknown": unknown})
    else:
        for name in removed:
            terminal.out.print(terminal.say("cancu.remove.removed", name=name))
    for word in unknown:
        terminal.complain(terminal.say("cancu.remove.unknown", word=word))
    return NOTHING if unknown else FOUND


VERB = Verb(
    name="remove",
    arguments=_arguments,
    run=_run,
    writes=lambda _: True,
)
