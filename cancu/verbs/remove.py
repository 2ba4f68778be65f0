"""``cancu remove``: take files out of the knowledge base."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from cancu.progress import stages
from cancu.terminal import Terminal
from cancu.verb import FOUND, NOTHING, Verb


def _arguments(parser: argparse.ArgumentParser, say: Callable[[str, str], str]) -> None:
    parser.add_argument(
        "what",
        metavar=say("TỆP|ID", "FILE|ID"),
        nargs="+",
        help=say(
            "tên tệp như lúc đưa vào, hoặc ID của văn bản (mọi tệp của nó)",
            "a file's name as it was ingested, or a document's id (all its files)",
        ),
    )


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    from indexer.build.ingest import IngestReport, bring_index_up_to_date
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
            bring_index_up_to_date(base, args.kb, None, IngestReport(), progress)
    if args.json:
        terminal.json({"removed": removed, "unknown": unknown})
    else:
        for name in removed:
            terminal.out.print(terminal.say(f"Đã bỏ {name}", f"Removed {name}"))
    for word in unknown:
        terminal.complain(
            f"Không có tệp hay văn bản có toàn văn nào tên “{word}” trong kho.",
            f"The knowledge base holds no file or document “{word}”.",
        )
    return NOTHING if unknown else FOUND


VERB = Verb(
    name="remove",
    vi="đưa một tệp ra khỏi kho; văn bản còn được viện dẫn thì vẫn có trang",
    en="take a file out; a document that others still cite keeps its page",
    arguments=_arguments,
    run=_run,
)
