"""``cancu ingest``: files and folders into the knowledge base, with a report of what became of each."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import corpus
from cancu.progress import stages
from cancu.terminal import Terminal
from cancu.verb import BAD_INPUT, FOUND, Verb, positive

if TYPE_CHECKING:
    from indexer.build.ingest import IngestReport

SAMPLES = Path(corpus.__file__).parent / "samples"
SHOWN_NAMES = 20  # of the files gone from the disk; the rest is counted


def _arguments(parser: argparse.ArgumentParser, say: Callable[[str, str], str]) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "paths",
        metavar=say("TỆP", "PATH"),
        nargs="*",
        default=[],
        type=Path,
        help=say("tệp hoặc thư mục", "files or folders"),
    )
    what.add_argument(
        "--samples", action="store_true", help=say("bộ văn bản kèm theo phần mềm", "the bundled collection")
    )
    parser.add_argument(
        "--province",
        metavar=say("TÊN", "NAME"),
        help=say("tỉnh của văn bản, dùng khi chính văn bản không nêu", "the documents' province where they name none"),
    )
    parser.add_argument(
        "--remove-missing",
        action="store_true",
        help=say(
            "đưa ra khỏi kho các tệp không còn trong thư mục", "take files out that are gone from the ingested folders"
        ),
    )
    parser.add_argument(
        "--index",
        metavar="URL",
        help=say("chỉ mục tìm kiếm (whoosh:…, tantivy:…)", "the search index (whoosh:…, tantivy:…)"),
    )
    parser.add_argument(
        "--jobs",
        type=positive,
        metavar="N",
        help=say("số tiến trình; mặc định là số nhân của máy", "number of processes; default all cores"),
    )


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    from indexer.build.ingest import ingest

    with stages(terminal) as progress:
        report = ingest(
            [SAMPLES] if args.samples else args.paths,
            args.kb,
            workers=args.jobs,
            progress=progress,
            province=args.province,
            index=args.index,
            remove_missing=args.remove_missing,
        )
    if args.json:
        terminal.json(report.to_json())
    else:
        _show(report, terminal)
    return BAD_INPUT if report.failed else FOUND


def _show(report: IngestReport, terminal: Terminal) -> None:
    say = terminal.say
    for warned in report.warned:
        for notice in warned.notices:
            terminal.warn(f"{warned.name}: {notice.vi}", f"{warned.name}: {notice.en}")
    for failure in report.failed:
        terminal.complain(f"{failure.name}: {failure.notice.vi}", f"{failure.name}: {failure.notice.en}")
    for name in report.missing[:SHOWN_NAMES]:
        terminal.warn(f"{name}: không còn trong thư mục, vẫn giữ trong kho", f"{name}: gone from its folder, kept here")
    if len(report.missing) > SHOWN_NAMES:
        rest = len(report.missing) - SHOWN_NAMES
        terminal.warn(f"… và {rest} tệp nữa", f"… and {rest} more")
    counts = [
        (say("mới", "added"), len(report.added)),
        (say("đã đổi", "changed"), len(report.changed)),
        (say("không đổi", "unchanged"), len(report.unchanged)),
        (say("bị từ chối", "refused"), len(report.failed)),
    ]
    if report.removed:
        counts.append((say("đã bỏ", "removed"), len(report.removed)))
    terminal.out.print(say("Tệp: ", "Files: ") + ", ".join(f"{count} {name}" for name, count in counts))
    links = report.links
    terminal.out.print(
        say(
            f"Viện dẫn: {report.citations} đọc mới; liên kết: {links.resolved} xác định, {links.ambiguous} mơ hồ, "
            f"{links.unresolved} chưa rõ",
            f"Citations: {report.citations} read; links: {links.resolved} resolved, {links.ambiguous} ambiguous, "
            f"{links.unresolved} unresolved",
        )
    )
    terminal.out.print(
        say(
            f"Văn bản: {len(links.added)} mới trong đồ thị, {len(links.newly_held)} nay có toàn văn, "
            f"{len(links.merged)} được gộp, {links.unknown_province} viện dẫn chưa rõ tỉnh",
            f"Documents: {len(links.added)} new in the graph, {len(links.newly_held)} now with full text, "
            f"{len(links.merged)} merged, {links.unknown_province} citations without a known province",
        )
    )
    took = sum(report.seconds.values())
    terminal.out.print(say(f"Thời gian: {took:.1f} giây", f"Time: {took:.1f} s"))


VERB = Verb(
    name="ingest",
    vi="đưa tệp, thư mục vào kho; chỉ đọc lại tệp đã đổi",
    en="put files and folders into the knowledge base; only what changed is read again",
    arguments=_arguments,
    run=_run,
)
