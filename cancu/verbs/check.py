"""``cancu check``: drafts, before they are signed."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from cancu.output import write_whole
from cancu.terminal import Say, Terminal
from cancu.verb import BAD_INPUT, FOUND, NOTHING, Verb, opened
from corpus.errors import Refused

if TYPE_CHECKING:
    from kb.checking.report import CheckFinding
    from kb.checking.silence import Silence
    from kb.service import KnowledgeBase
    from web.reports.draft import CheckedDraft

MARKS = {"error": ("✗", "red"), "warning": ("!", "yellow"), "note": ("i", "cyan")}
SHOWN_LINES = 6  # of the places of one finding
STDIN = Path("-")
FORMS = ("text", "json", "html", "csv", "sarif", "docx")


def _arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "paths", metavar=say("cancu.metavar.path"), nargs="+", type=Path, help=say("cancu.check.help_paths")
    )
    parser.add_argument("--province", metavar=say("cancu.metavar.name"), help=say("cancu.check.help_province"))
    parser.add_argument("--format", choices=FORMS, default="text", help=say("cancu.check.help_format"))
    parser.add_argument(
        "-o", "--output", type=Path, metavar=say("cancu.metavar.file"), help=say("cancu.check.help_output")
    )
    parser.add_argument("--only", action="append", default=[], metavar="CODE", help=say("cancu.check.help_only"))
    parser.add_argument("--ignore", action="append", default=[], metavar="CODE", help=say("cancu.check.help_ignore"))
    parser.add_argument(
        "--baseline", type=Path, metavar=say("cancu.metavar.file"), help=say("cancu.check.help_baseline")
    )


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    from kb.checking.silence import FILE, left_out, read_silences

    base = opened(args, terminal)
    silences = [*left_out(args.only, args.ignore), *_baseline(args.baseline), *read_silences(Path(args.kb) / FILE)]
    drafts: list[CheckedDraft] = []
    refused = 0
    for step in _drafts(args.paths, base, args.province, silences):
        if isinstance(step, Refused):
            refused += 1
            terminal.complain(f"{step.name}: {step.notice.text(terminal.lang)}")
            continue
        drafts.append(step)
        if args.json:
            terminal.json(step.to_json())
        elif args.format == "text":
            _show(step, terminal)
    if drafts and not args.json and args.format != "text":
        _write(args, drafts, terminal)
    if refused:
        return BAD_INPUT
    return FOUND if all(draft.report.passed for draft in drafts) else NOTHING


def _baseline(path: Path | None) -> tuple[Silence, ...]:
    from kb.checking.silence import accepted_before
    from kb.errors import KnowledgeBaseError
    from messages import Message

    if path is None:
        return ()
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise KnowledgeBaseError(Message("cancu.check.no_baseline", path=str(path), error=str(error))) from None
    return accepted_before(told if isinstance(told, list) else [told])


def _drafts(
    paths: Sequence[Path], base: KnowledgeBase, province: str | None, silences: Sequence[Silence]
) -> Iterator[CheckedDraft | Refused]:
    """Every draft of the files and folders (``-``: standard input) checked, and what could not be read."""
    with tempfile.TemporaryDirectory() as folder:
        taken = Path(folder) / "-"
        if STDIN in paths:
            taken.write_bytes(sys.stdin.buffer.read())
        for step in _files([taken if path == STDIN else path for path in paths]):
            if isinstance(step, Refused):
                yield step
                continue
            yield from _checked(step, base, province, silences, name="-" if step == taken else None)


def _files(paths: Iterable[Path]) -> Iterator[Path | Refused]:
    """The files to be checked; what silences findings beside them is no draft."""
    from corpus.walk import walk
    from kb.checking.silence import FILE

    return (step for step in walk(paths) if isinstance(step, Refused) or step.name != FILE)


def _checked(
    path: Path, base: KnowledgeBase, province: str | None, silences: Sequence[Silence], name: str | None
) -> Iterator[CheckedDraft | Refused]:
    """The drafts in one file. ``name``: what to call it instead of its path."""
    from corpus.worker import read_many
    from kb.checking.silence import FILE, read_silences
    from web.reports.draft import checked

    beside = [*read_silences(path.parent / FILE), *silences]
    for read in read_many([path]):
        for source in read.sources:
            data = path.read_bytes() if source.format == "docx" else None
            source = replace(source, name=name) if name else source
            yield checked(base, source, province=province, silences=beside, data=data, path=path)
        if read.refused:
            yield Refused(read.refused.notice, name) if name else read.refused


def _write(args: argparse.Namespace, drafts: Sequence[CheckedDraft], terminal: Terminal) -> None:
    """The report as a file, or on standard output where none is named and it is no Word document."""
    from web.reports.files import report_file

    made = report_file(args.format, drafts, terminal.lang)
    target: Path | None = args.output
    if target is None and args.format == "docx":
        target = Path(drafts[0].name).with_suffix(".checked.docx")
    if target is None:
        sys.stdout.buffer.write(made)
        return
    write_whole(target, [made])
    terminal.wrote(target, args.format, as_json=False)


def _show(draft: CheckedDraft, terminal: Terminal) -> None:
    say, out, report = terminal.say, terminal.out, draft.report
    _summary(draft, terminal)
    for finding in report.findings:
        if finding.silenced is None:
            _finding(finding, terminal)
    for source in report.coverage:
        out.print(Text.assemble(("· ", "dim"), (source.text(terminal.lang), "dim")))
    for notice in draft.source.notices:
        terminal.warn(notice.text(terminal.lang))
    if draft.source.unread_pages:
        pages = ", ".join(map(str, draft.source.unread_pages))
        terminal.warn(terminal.say("cancu.check.pages_not_read", pages=pages))
    if report.passed:
        out.print(say("cancu.check.passed"), style="green")


def _summary(draft: CheckedDraft, terminal: Terminal) -> None:
    """How many citations, how many of each verdict, and how many findings were silenced."""
    from kb.checking.report import verdict_name

    summary = draft.report.summary
    counted = [f"{count} {verdict_name(one, terminal.lang)}" for one, count in summary.verdicts.items() if count]
    compared = terminal.say("cancu.check.compared", count=summary.citations, documents=summary.documents)
    silenced = terminal.say("cancu.check.silenced", count=summary.silenced) if summary.silenced else ""
    said = f" ({', '.join(counted)})" if counted else ""
    terminal.out.print(Text.assemble((draft.source.name, "bold"), compared, said, silenced))


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
