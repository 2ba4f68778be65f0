"""``cancu corrections``: reviewed fixes, kept as data and laid over every reading."""

from __future__ import annotations

import argparse
import datetime
import getpass
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from cancu.options import common
from cancu.progress import stages
from cancu.terminal import Terminal
from cancu.verb import BAD_INPUT, FOUND, NOTHING, Verb, positive
from kb.store.corrections import COLUMNS, KINDS, Correction

if TYPE_CHECKING:
    from kb.resolution.review import CorrectionReport

HEADS = {
    "kind": ("Loại", "Kind"),
    "subject": ("Đối tượng", "Subject"),
    "value": ("Giá trị", "Value"),
    "author": ("Người duyệt", "Author"),
    "date": ("Ngày", "Date"),
    "reason": ("Lý do", "Reason"),
}


def _arguments(parser: argparse.ArgumentParser, say: Callable[[str, str], str]) -> None:
    acts = parser.add_subparsers(dest="act", metavar=say("VIỆC", "ACT"), required=True, title=say("việc", "acts"))
    add = acts.add_parser("add", help=say("thêm một sửa đổi đã duyệt", "add a reviewed fix"))
    add.add_argument("kind", metavar=say("LOẠI", "KIND"), choices=KINDS, help=", ".join(KINDS))
    add.add_argument(
        "subject",
        metavar=say("ĐỐI_TƯỢNG", "SUBJECT"),
        help=say(
            "TỆP@VỊ_TRÍ của viện dẫn, TỆP cho phần đầu của nó, hoặc ID văn bản (merge)",
            "FILE@START of a citation, FILE for its own header, or a document's id (merge)",
        ),
    )
    add.add_argument(
        "value",
        metavar=say("GIÁ_TRỊ", "VALUE"),
        nargs="?",
        default="",
        help=say("giá trị đúng, “-” là không có", "the right value, “-” for none"),
    )
    add.add_argument("--reason", required=True, metavar=say("LÝ_DO", "WHY"), help=say("lý do", "why it is right"))
    add.add_argument(
        "--author", metavar=say("TÊN", "NAME"), help=say("người duyệt; mặc định là tài khoản", "default your account")
    )
    listed = acts.add_parser("list", help=say("liệt kê", "list them"))
    remove = acts.add_parser("remove", help=say("bỏ một sửa đổi theo số thứ tự", "take one out by its number"))
    remove.add_argument("number", type=positive, metavar="N", help=say("số thứ tự trong danh sách", "as listed"))
    apply = acts.add_parser(
        "apply", help=say("lấy các sửa đổi từ tệp TSV", "make the fixes of a TSV those of the knowledge base")
    )
    apply.add_argument(
        "file",
        metavar=say("TỆP", "FILE"),
        nargs="?",
        type=Path,
        help=say("mặc định là corrections.tsv trong kho", "default corrections.tsv in the knowledge base"),
    )
    for one in (add, listed, remove, apply):
        common(one, say, default=False)


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    from indexer.build.ingest import IngestReport, bring_index_up_to_date
    from kb.service import KnowledgeBase

    base = KnowledgeBase.open(args.kb)
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
        bring_index_up_to_date(base, args.kb, None, IngestReport(), progress)
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
            table.add_column(terminal.say(*HEADS[column]), overflow="fold")
        for number, one in enumerate(found, 1):
            table.add_row(str(number), *one.to_json().values())
        terminal.out.print(table)
    else:
        terminal.out.print(terminal.say("Chưa có sửa đổi nào.", "There are no corrections."))
    return FOUND if found else NOTHING


def _show(report: CorrectionReport, terminal: Terminal) -> None:
    for missed in report.missed:
        where = f"{missed.correction['kind']} {missed.correction['subject']}"
        terminal.complain(f"{where}: {missed.vi}", f"{where}: {missed.en}")
    terminal.out.print(
        terminal.say(
            f"{report.corrections} sửa đổi, {report.files} tệp xem lại, {report.citations} viện dẫn khác bản đọc, "
            f"{report.links.relinked} viện dẫn đổi đích",
            f"{report.corrections} corrections, {report.files} files looked at anew, {report.citations} citations "
            f"other than read, {report.links.relinked} with another target",
        )
    )


VERB = Verb(
    name="corrections",
    vi="các sửa đổi đã duyệt, lưu như dữ liệu và áp dụng ở mọi lần đọc",
    en="reviewed fixes, kept as data and laid over every reading",
    arguments=_arguments,
    run=_run,
)
