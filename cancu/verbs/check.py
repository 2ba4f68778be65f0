"""``cancu check``: the citations of a draft, before it is signed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from cancu.terminal import Say, Terminal
from cancu.verb import FOUND, NOTHING, Verb

if TYPE_CHECKING:
    from corpus.source_text import SourceText
    from kb.checking.check import CheckReport

MARKS = {"error": ("✗", "red"), "warning": ("!", "yellow"), "info": ("i", "cyan")}


def _arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument("path", metavar=say("cancu.metavar.file"), type=Path, help=say("cancu.check.help_path"))
    parser.add_argument(
        "--province",
        metavar=say("cancu.metavar.name"),
        help=say("cancu.check.help_province"),
    )


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    from corpus.worker import read_one
    from kb.checking.check import check
    from kb.model import Hints
    from kb.reading import read
    from kb.service import KnowledgeBase

    base = KnowledgeBase.open(args.kb)
    passed = True
    for source in read_one(args.path):
        hints = Hints(args.province, source.page_starts, source.attributes, source.blocks)
        report = check(base, read(source.text, hints), source.text)
        passed = passed and report.passed
        if args.json:
            terminal.json({"document": source.name, **report.to_json(), "unread_pages": list(source.unread_pages)})
        else:
            _show(source, report, terminal)
    return FOUND if passed else NOTHING


def _show(source: SourceText, report: CheckReport, terminal: Terminal) -> None:
    say, out = terminal.say, terminal.out
    out.print(
        Text.assemble(
            (source.name, "bold"),
            say("cancu.check.compared", count=report.citations, checked=report.checked),
        )
    )
    for problem in report.problems:
        mark, style = MARKS[problem.severity]
        where = say("cancu.check.line", line=problem.line)
        out.print(Text.assemble((f"{mark} ", style), (where, "dim"), f"  {problem.text(terminal.lang)}"))
    for one in report.not_checked:
        where = say("cancu.check.line", line=one.line)
        raw = one.number or f"“{' '.join(one.raw.split())}”"
        out.print(Text.assemble(("? ", "dim"), (where, "dim"), f"  {raw}: {one.text(terminal.lang)}"))
    for notice in source.notices:
        terminal.warn(notice.text(terminal.lang))
    if source.unread_pages:
        pages = ", ".join(map(str, source.unread_pages))
        terminal.warn(terminal.say("cancu.check.pages_not_read", pages=pages))
    if report.passed:
        out.print(
            say("cancu.check.passed"),
            style="green",
        )


VERB = Verb(
    name="check",
    arguments=_arguments,
    run=_run,
)
