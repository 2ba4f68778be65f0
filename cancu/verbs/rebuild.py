"""``cancu rebuild``: the links and the search index anew from the store."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from cancu.progress import stages
from cancu.terminal import Terminal
from cancu.verb import FOUND, Verb

ENGINES = ("whoosh", "tantivy")


def _arguments(parser: argparse.ArgumentParser, say: Callable[[str, str], str]) -> None:
    parser.add_argument(
        "--index",
        metavar=say("BỘ_MÁY|URL", "ENGINE|URL"),
        help=say(
            "whoosh, tantivy, hoặc URL của chỉ mục; mặc định là bộ máy đang dùng",
            "whoosh, tantivy, or the URL of an index; default the engine in use",
        ),
    )


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    from indexer.ingest import rebuild

    engine = args.index if args.index in ENGINES else None
    with stages(terminal) as progress:
        count = rebuild(args.kb, engine=engine, url=None if engine else args.index, progress=progress)
    if args.json:
        terminal.json({"indexed": count})
    else:
        terminal.out.print(terminal.say(f"Đã lập chỉ mục {count} văn bản.", f"{count} documents indexed."))
    return FOUND


VERB = Verb(
    name="rebuild",
    vi="dựng lại liên kết và chỉ mục tìm kiếm từ kho",
    en="build the links and the search index anew from the store",
    arguments=_arguments,
    run=_run,
)
