"""``cancu corrections``: reviewed fixes, kept as data and laid over every reading."""

from __future__ import annotations

import argparse
import datetime
import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from cancu.options import common
from cancu.output import Table
from cancu.progress import stages
from cancu.terminal import Say, Terminal
from cancu.verb import BAD_INPUT, FOUND, NOTHING, Verb, index_url, opened, positive
from kb.store.corrections import COLUMNS, KINDS, Correction
from messages import pick

if TYPE_CHECKING:
    from kb.resolution.review import CorrectionReport


def _arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    acts = parser.add_subparsers(
        dest="act", metavar=say("cancu.metavar.act"), required=True, title=say("cancu.corrections.acts")
    )
    add = acts.add_parser("add", help=say("cancu.corrections.help_add"))
    add.add_argument("kind", metavar=say("cancu.metavar.kind"), choices=KINDS, help=", ".join(KINDS))
    add.add_argument(
        "subject",
        metavar=say("cancu.metavar.subject"),
        help=say("cancu.corrections.help_subject"),
    )
    add.add_argument(
        "value",
        metavar=say("cancu.metavar.value"),
        nargs="?",
        default="",
        help=say("cancu.corrections.help_value"),
    )
    add.add_argument(
        "--reason", required=True, metavar=say("cancu.metavar.why"), help=say("cancu.corrections.help_reason")
    )
    add.add_argument("--author", metavar=say("cancu.metavar.name"), help=say("cancu.corrections.help_author"))
    listed = acts.add_parser("list", help=say("cancu.corrections.help_list"))
    remove = acts.add_parser("remove", help=say("cancu.corrections.help_remove"))
    remove.add_argument("number", type=positive, metavar="N", help=say("cancu.corrections.help_number"))
    apply = acts.add_parser("apply", help=say("cancu.corrections.help_apply"))
    apply.add_argument(
        "file",
        metavar=say("cancu.metavar.file"),
        nargs="?",
        type=Path,
        help=say("cancu.corrections.help_file"),
    )
    for one in (add, remove, apply):
        index_url(one, say)
    for one in (add, listed, remove, apply):
        common(one, say, default=False)


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    from indexer.build.ingest import bring_index_up_to_date
    from indexer.build.report import IngestReport

    base = opened(args, terminal)
    if args.act == "list":
        return _list(base.corrections(), args.json, terminal)
    if args.act == "add":
        author = args.author or getpass.getuser()
        day = datetime.date.today().isoformat()
        report = base.add_correction(Correction(args.kind, args.subject, args.value, author, day, args.reason))
    elif args.act == "remove":
        report = base.remove_correction(args.number)
    else:
        report = base.apply_corrections(args.file)
    with stages(terminal) as progress:
        bring_index_up_to_date(base, args.kb, args.index, IngestReport(), progress)
    if args.json:
        terminal.json(report.to_json())
    else:
        _show(report, terminal)
    return BAD_INPUT if report.missed else FOUND


def _list(found: tuple[Correction, ...], as_json: bool, terminal: Terminal) -> int:
    if as_json:
        terminal.json([one.to_json() for one in found])
    elif found:
        table = Table(header_style="bold")
        table.add_column("#", justify="right")
        for column in COLUMNS:
            table.add_column(terminal.say(pick("cancu.corrections.column", column)), overflow="fold")
        for number, one in enumerate(found, 1):
            table.add_row(str(number), *one.to_json().values())
        terminal.out.print(table)
    else:
        terminal.out.print(terminal.say("cancu.corrections.none"))
    return FOUND if found else NOTHING


def _show(report: CorrectionReport, terminal: Terminal) -> None:
    for missed in report.missed:
        where = f"{missed.correction['kind']} {missed.correction['subject']}"
        terminal.complain(f"{where}: {missed.text(terminal.lang)}")
    terminal.out.print(
        terminal.say(
            "cancu.corrections.report",
            corrections=report.corrections,
            files=report.files,
            citations=report.citations,
            relinked=report.links.relinked,
        )
    )


VERB = Verb(
    name="corrections",
    arguments=_arguments,
    run=_run,
    writes=lambda args: args.act != "list",
)
