"""``cancu rebuild``: the search index anew from the store, on request the readings too."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from cancu.progress import stages
from cancu.terminal import Terminal
from cancu.verb import FOUND, Verb

if TYPE_CHECKING:
    from kb.resolution.reread import RereadReport

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
    parser.add_argument(
        "--reread",
        choices=("changed", "all"),
        help=say(
            "đọc lại toàn văn trong kho: chỉ bản đọc của phiên bản cũ (changed) hay tất cả (all)",
            "read the held texts anew: those read by an older version (changed), or all",
        ),
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
        terminal.out.print(terminal.say(f"Đã lập chỉ mục {count} văn bản.", f"{count} documents indexed."))
    return FOUND


def _show(report: RereadReport, terminal: Terminal) -> None:
    for one in report.files:
        terminal.out.print(
            terminal.say(
                f"{one.name}: thêm {one.gained}, mất {one.lost}, đổi {one.changed} viện dẫn",
                f"{one.name}: {one.gained} citations gained, {one.lost} lost, {one.changed} changed",
            )
        )
    terminal.out.print(
        terminal.say(
            f"Đọc lại {report.read} văn bản: thêm {report.gained}, mất {report.lost}, đổi {report.changed} viện dẫn.",
            f"{report.read} texts read anew: {report.gained} citations gained, {report.lost} lost, "
            f"{report.changed} changed.",
        )
    )


VERB = Verb(
    name="rebuild",
    vi="dựng lại liên kết và chỉ mục tìm kiếm từ kho",
    en="build the links and the search index anew from the store",
    arguments=_arguments,
    run=_run,
)
