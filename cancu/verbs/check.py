"""``cancu check``: the citations of a draft, before it is signed."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from cancu.terminal import Terminal
from cancu.verb import FOUND, NOTHING, Verb

if TYPE_CHECKING:
    from corpus.source_text import SourceText
    from kb.checking.check import CheckReport

MARKS = {"error": ("✗", "red"), "warning": ("!", "yellow"), "info": ("i", "cyan")}


def _arguments(parser: argparse.ArgumentParser, say: Callable[[str, str], str]) -> None:
    parser.add_argument("path", metavar=say("TỆP", "FILE"), type=Path, help=say("dự thảo cần kiểm tra", "the draft"))
    parser.add_argument(
        "--province",
        metavar=say("TÊN", "NAME"),
        help=say("tỉnh của dự thảo, dùng khi dự thảo không nêu", "the draft's province where it names none"),
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
        hints = Hints(province=args.province, page_starts=source.page_starts, attributes=source.attributes)
        report = check(base, read(source.text, hints))
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
            say(
                f": {report.citations} viện dẫn, {report.checked} đối chiếu được với kho",
                f": {report.citations} citations, {report.checked} compared with the knowledge base",
            ),
        )
    )
    for problem in report.problems:
        mark, style = MARKS[problem.severity]
        where = say(f"dòng {problem.line}", f"line {problem.line}")
        out.print(Text.assemble((f"{mark} ", style), (where, "dim"), f"  {say(problem.message, problem.message_en)}"))
    for one in report.not_checked:
        where = say(f"dòng {one.line}", f"line {one.line}")
        raw = one.number or " ".join(one.raw.split())
        out.print(Text.assemble(("? ", "dim"), (where, "dim"), f"  {raw}: {say(one.message, one.message_en)}"))
    for notice in source.notices:
        terminal.warn(notice.vi, notice.en)
    if source.unread_pages:
        pages = ", ".join(map(str, source.unread_pages))
        terminal.warn(f"Các trang không đọc được, chưa kiểm tra: {pages}", f"Pages not read and not checked: {pages}")
    if report.passed:
        out.print(
            say(
                "Không thấy chỗ nào phải sửa trong những gì đối chiếu được.",
                "Nothing to mend in what could be compared.",
            ),
            style="green",
        )


VERB = Verb(
    name="check",
    vi="kiểm tra viện dẫn của dự thảo trước khi ký",
    en="check the citations of a draft before it is signed",
    arguments=_arguments,
    run=_run,
)
