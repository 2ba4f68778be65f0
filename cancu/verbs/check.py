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
    from kb.checking.report import CheckFinding, Report

MARKS = {"error": ("✗", "red"), "warning": ("!", "yellow"), "note": ("i", "cyan")}
SHOWN_LINES = 6  # of the places of one finding


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
        report = check(base, read(source.text, hints), source.text, source.blocks)
        passed = passed and report.passed
        if args.json:
            terminal.json({"document": source.name, **report.to_json(), "unread_pages": list(source.unread_pages)})
        else:
            _show(source, report, terminal)
    return FOUND if passed else NOTHING


def _show(source: SourceText, report: Report, terminal: Terminal) -> None:
    say, out = terminal.say, terminal.out
    _summary(source.name, report, terminal)
    for finding in report.findings:
        _finding(finding, terminal)
    for source_ in report.coverage:
        out.print(Text.assemble(("· ", "dim"), (source_.text(terminal.lang), "dim")))
    for notice in source.notices:
        terminal.warn(notice.text(terminal.lang))
    if source.unread_pages:
        pages = ", ".join(map(str, source.unread_pages))
        terminal.warn(terminal.say("cancu.check.pages_not_read", pages=pages))
    if report.passed:
        out.print(say("cancu.check.passed"), style="green")


def _summary(name: str, report: Report, terminal: Terminal) -> None:
    """How many citations, and how many of each verdict."""
    from kb.checking.report import verdict_name

    counted = [f"{count} {verdict_name(one, terminal.lang)}" for one, count in report.summary.verdicts.items() if count]
    compared = terminal.say("cancu.check.compared", count=report.summary.citations, documents=report.summary.documents)
    terminal.out.print(Text.assemble((name, "bold"), compared, f" ({', '.join(counted)})" if counted else ""))


def _finding(finding: CheckFinding, terminal: Terminal) -> None:
    """One finding: its mark, its lines, what is wrong, on what evidence, what should stand there."""
    say, out = terminal.say, terminal.out
    mark, style = MARKS[finding.severity]
    lines = list(dict.fromkeys(str(place.line) for place in finding.places))
    shown = ", ".join(lines[:SHOWN_LINES]) + (", …" if len(lines) > SHOWN_LINES else "")
    where = say("cancu.check.line", line=shown)
    out.print(
        Text.assemble((f"{mark} ", style), (where, "dim"), f"  {finding.text(terminal.lang)} ", (finding.code, "dim"))
    )
    for one in finding.evidence:
        quoted = f" “{' '.join(one.sentence.split())}”" if one.sentence else ""
        out.print(Text.assemble(f"    {one.text(terminal.lang)}", (quoted, "dim")))
    if finding.suggestion:
        out.print(Text.assemble("    → ", (finding.suggestion, "bold")))


VERB = Verb(
    name="check",
    arguments=_arguments,
    run=_run,
)
