"""``cancu ingest``: files and folders into the knowledge base, with a report of what became of each."""

from __future__ import annotations

import argparse
import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import corpus
from cancu.progress import stages
from cancu.scan_bounds import limits_of, scan_bounds
from cancu.terminal import Say, Terminal
from cancu.verb import BAD_INPUT, FOUND, Verb, index_url, positive

if TYPE_CHECKING:
    from indexer.build.report import IngestReport

SAMPLES = Path(corpus.__file__).parent / "samples"
SHOWN_NAMES = 20  # of the files gone from the disk; the rest is counted


def _arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "paths",
        metavar=say("cancu.metavar.path"),
        nargs="*",
        default=[],
        type=Path,
        help=say("cancu.options.paths"),
    )
    what.add_argument("--samples", action="store_true", help=say("cancu.ingest.help_samples"))
    parser.add_argument(
        "--province",
        metavar=say("cancu.metavar.name"),
        help=say("cancu.options.province"),
    )
    parser.add_argument(
        "--remove-missing",
        action="store_true",
        help=say("cancu.ingest.help_remove_missing"),
    )
    parser.add_argument("--follow-links", action="store_true", help=say("cancu.ingest.help_follow_links"))
    parser.add_argument(
        "--no-registers",
        action="store_true",
        default=os.environ.get("CANCU_BUNDLED_REGISTERS") == "0",
        help=say("cancu.ingest.help_no_registers"),
    )
    index_url(parser, say)
    parser.add_argument("--dask", metavar="URL", help=say("cancu.ingest.help_dask"))
    parser.add_argument(
        "--jobs",
        type=positive,
        metavar="N",
        help=say("cancu.options.jobs"),
    )
    scan_bounds(parser, say)
    parser.add_argument("--unread", action="store_true", help=say("cancu.ingest.help_unread"))


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    from indexer.build.dask_cluster import dask_workers
    from indexer.build.ingest import ingest

    with ExitStack() as stack:
        executor, places = stack.enter_context(dask_workers(args.dask)) if args.dask else (None, None)
        progress = stack.enter_context(stages(terminal))
        report = ingest(
            [SAMPLES] if args.samples else args.paths,
            args.kb,
            workers=args.jobs,
            executor=executor,
            places=places,
            progress=progress,
            province=args.province,
            index=args.index,
            remove_missing=args.remove_missing,
            registers=not args.no_registers,
            limits=limits_of(args),
            unread=args.unread,
            follow=args.follow_links,
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
            terminal.warn(f"{warned.name}: {notice.text(terminal.lang)}")
    for failure in report.failed:
        terminal.complain(f"{failure.name}: {failure.notice.text(terminal.lang)}")
    for name in report.missing[:SHOWN_NAMES]:
        terminal.warn(terminal.say("cancu.ingest.gone", name=name))
    if len(report.missing) > SHOWN_NAMES:
        rest = len(report.missing) - SHOWN_NAMES
        terminal.warn(terminal.say("cancu.ingest.more", rest=rest))
    counts = [
        (say("cancu.ingest.added"), len(report.added)),
        (say("cancu.ingest.changed"), len(report.changed)),
        (say("cancu.ingest.unchanged"), len(report.unchanged)),
        (say("cancu.ingest.refused"), len(report.failed)),
    ]
    if report.removed:
        counts.append((say("cancu.ingest.removed"), len(report.removed)))
    terminal.out.print(say("cancu.ingest.files") + ", ".join(f"{count} {name}" for name, count in counts))
    for name, rows in report.registers.items():
        terminal.out.print(say("cancu.ingest.register", name=name, rows=rows))
    links = report.links
    terminal.out.print(
        say(
            "cancu.ingest.citations",
            citations=report.citations,
            resolved=links.resolved,
            ambiguous=links.ambiguous,
            unresolved=links.unresolved,
        )
    )
    terminal.out.print(
        say(
            "cancu.ingest.documents",
            added=len(links.added),
            newly_held=len(links.newly_held),
            merged=len(links.merged),
            unknown_province=links.unknown_province,
        )
    )
    took = sum(report.seconds.values())
    terminal.out.print(say("cancu.ingest.time", took=took))


VERB = Verb(
    name="ingest",
    arguments=_arguments,
    run=_run,
    writes=lambda _: True,
)
