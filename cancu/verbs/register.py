"""``cancu register``: lists of documents that an office or a ministry keeps, put in, renewed, shown and taken out."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cancu.options import common
from cancu.output import Table, write_whole
from cancu.progress import stages
from cancu.terminal import Say, Terminal
from cancu.verb import FOUND, NOTHING, Verb, index_url, opened
from messages import pick

if TYPE_CHECKING:
    from indexer.build.registers import Preview
    from kb.knowledge.registers.report import RegisterReport, RowChange
    from kb.knowledge.registers.row import RegisterRow, RowRemark
    from kb.service import KnowledgeBase

FORMATS = ("csv", "jsonl")
SHOWN = 20  # remarks and changed rows that are printed; the rest is counted
_ROWS = 20  # rows that ``show`` prints unless told otherwise


def _arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    acts = parser.add_subparsers(
        dest="act", metavar=say("cancu.metavar.act"), required=True, title=say("cancu.corrections.acts")
    )
    add = acts.add_parser("add", help=say("cancu.register.help_add"))
    _of_add(add, say)
    listed = acts.add_parser("list", help=say("cancu.register.help_list"))
    show = acts.add_parser("show", help=say("cancu.register.help_show"))
    show.add_argument("--limit", type=_count, default=_ROWS, metavar="N", help=say("cancu.register.help_limit"))
    remove = acts.add_parser("remove", help=say("cancu.register.help_remove"))
    export = acts.add_parser("export", help=say("cancu.register.help_export"))
    export.add_argument("--format", choices=FORMATS, default="csv", help=say("cancu.register.help_format"))
    export.add_argument("--output", type=Path, metavar=say("cancu.metavar.file"), help=say("cancu.export.help_output"))
    for one in (show, remove, export):
        one.add_argument("name", metavar=say("cancu.metavar.name"), help=say("cancu.register.help_which"))
    for one in (add, remove):
        index_url(one, say)
    for one in (add, listed, show, remove, export):
        common(one, say, default=False)


def _of_add(add: argparse.ArgumentParser, say: Say) -> None:
    add.add_argument("file", metavar=say("cancu.metavar.file"), type=Path, help=say("cancu.register.help_file"))
    add.add_argument("--name", metavar=say("cancu.metavar.name"), help=say("cancu.register.help_name"))
    add.add_argument("--as-of", metavar=say("cancu.metavar.date"), help=say("cancu.register.help_as_of"))
    add.add_argument("--scope", metavar=say("cancu.metavar.value"), help=say("cancu.register.help_scope"))
    add.add_argument("--province", metavar=say("cancu.metavar.name"), help=say("cancu.register.help_province"))
    add.add_argument(
        "--columns",
        nargs="+",
        type=_column,
        default=[],
        metavar=say("cancu.metavar.column"),
        help=say("cancu.register.help_columns"),
    )
    add.add_argument("--head", type=_count, metavar="N", help=say("cancu.register.help_head"))
    add.add_argument("--sheet", metavar=say("cancu.metavar.name"), help=say("cancu.register.help_sheet"))
    add.add_argument("--dry-run", action="store_true", help=say("cancu.register.help_dry_run"))


def _count(words: str) -> int:
    number = int(words)
    if number < 0:
        raise ValueError(words)
    return number


def _column(words: str) -> tuple[str, str]:
    field, equals, column = words.partition("=")
    if not equals:
        raise ValueError(words)
    return field.strip(), column.strip()


def _run(args: argparse.Namespace, terminal: Terminal) -> int:

    if args.act == "add":
        return _add(args, terminal)
    base = opened(args, terminal)
    if args.act == "list":
        return _list(base, args, terminal)
    if args.act == "show":
        return _show(base, args, terminal)
    if args.act == "export":
        return _export(base, args, terminal)
    return _remove(base, args, terminal)


# -- add -----------------------------------------------------------------------------------------------------------


def _add(args: argparse.Namespace, terminal: Terminal) -> int:
    from indexer.build.registers import preview, source_of
    from kb.knowledge.registers.add import About
    from kb.service import KnowledgeBase

    source, table = source_of(args.file, columns=dict(args.columns), head=args.head, sheet=args.sheet)
    seen = preview(source, table.name, args.province)
    if args.dry_run:
        if args.json:
            terminal.json(_preview_json(seen))
        else:
            _print_preview(seen, terminal)
            _print_remarks(seen.remarks, len(seen.remarks), terminal)
        return FOUND
    base = KnowledgeBase.open(args.kb, create=True)
    about = About(args.name or args.file.name.partition(".")[0], args.as_of, args.scope, args.province)
    with stages(terminal) as progress:
        report = base.add_register(about, source, progress)
        _bring_up_to_date(base, args, progress)
    if args.json:
        terminal.json(report.to_json())
    else:
        _print_preview(seen, terminal)
        _print_report(report, terminal)
    return FOUND


def _bring_up_to_date(base: KnowledgeBase, args: argparse.Namespace, progress: Any) -> None:
    from indexer.build.ingest import bring_index_up_to_date
    from indexer.build.report import IngestReport

    base.resolve(progress)
    bring_index_up_to_date(base, args.kb, args.index, IngestReport(), progress)


def _preview_json(seen: Preview) -> dict[str, Any]:
    return {
        "sheet": seen.sheet,
        "columns": seen.columns,
        "examples": {field: list(said) for field, said in seen.examples.items()},
        "remarks": [remark.to_json() for remark in seen.remarks],
    }


def _print_preview(seen: Preview, terminal: Terminal) -> None:
    """The columns as they were understood, with what stands in them."""
    title = terminal.say("cancu.register.columns") + (f" ({seen.sheet})" if seen.sheet else "")
    table = Table(title=title, title_justify="left", header_style="bold")
    for column in ("field", "column", "examples"):
        table.add_column(terminal.say(pick("cancu.register.head", column)), overflow="fold")
    for field, head in seen.columns.items():
        table.add_row(_named(field, terminal), head, " · ".join(one[:60] for one in seen.examples[field]))
    terminal.out.print(table)


def _named(field: str, terminal: Terminal) -> str:
    return f"{terminal.say(pick('kb.registers.field', field))} ({field})"


def _print_report(report: RegisterReport, terminal: Terminal) -> None:
    terminal.out.print(
        terminal.say(
            "cancu.register.report",
            name=report.name,
            rows=report.rows,
            added=report.added,
            changed=report.changed,
            removed=report.removed,
            unchanged=report.unchanged,
            refused=report.refused,
        )
    )
    if report.changed or report.removed or report.unchanged:
        for kind, count, rows in (
            ("added", report.added, report.added_rows),
            ("changed", report.changed, report.changed_rows),
            ("removed", report.removed, report.removed_rows),
        ):
            _print_changes(kind, count, rows, terminal)
    _print_remarks(report.remarks, report.refused, terminal)


def _print_changes(kind: str, count: int, rows: Sequence[RowChange], terminal: Terminal) -> None:
    for row in rows[:SHOWN]:
        words = terminal.say(pick("cancu.register.change", kind), row=row.row, number=row.number, date=row.date or "–")
        details = "; ".join(
            f"{_named(field, terminal)}: {before if before is not None else '–'} → {row.after[field] or '–'}"
            for field, before in row.before.items()
        )
        terminal.out.print(words + (f": {details}" if details else f": {row.title}" if row.title else ""))
    if count > SHOWN:
        terminal.out.print(terminal.say("cancu.register.more_rows", rest=count - SHOWN))


def _print_remarks(remarks: Sequence[RowRemark], refused: int, terminal: Terminal) -> None:
    for remark in sorted(remarks, key=lambda one: one.code == "twice")[:SHOWN]:  # what to mend comes first
        words = remark.text(terminal.lang)
        terminal.warn(terminal.say("cancu.register.remark", row=remark.row, words=words))
    rest = max(refused, len(remarks)) - SHOWN
    if rest > 0:
        terminal.warn(terminal.say("cancu.register.more_remarks", rest=rest))


# -- list, show, remove, export ------------------------------------------------------------------------------------


def _list(base: KnowledgeBase, args: argparse.Namespace, terminal: Terminal) -> int:
    found = base.registers()
    if args.json:
        terminal.json([one.to_json() for one in found])
    elif found:
        table = Table(header_style="bold")
        for column in ("name", "as_of", "rows", "refused", "scope", "source"):
            table.add_column(terminal.say(pick("cancu.register.head", column)), overflow="fold")
        for one in found:
            table.add_row(one.name, one.as_of or "–", str(one.rows), str(one.refused), one.scope or "–", one.source)
        terminal.out.print(table)
    else:
        terminal.out.print(terminal.say("cancu.register.none"))
    return FOUND if found else NOTHING


def _show(base: KnowledgeBase, args: argparse.Namespace, terminal: Terminal) -> int:
    one = base.register(args.name)
    rows = base.register_rows(args.name, per_page=args.limit) if args.limit else ()
    remarks = base.register_remarks(args.name)
    if args.json:
        told = {"first_rows": [row.to_json() for row in rows], "remarks": [remark.to_json() for remark in remarks]}
        terminal.json(one.to_json() | told)
        return FOUND
    say = terminal.say
    states = ", ".join(f"{say(pick('kb.registers.state', state))} {count}" for state, count in one.states.items())
    terminal.out.print(say("cancu.register.about", name=one.name, as_of=one.as_of or "–", scope=one.scope or "–"))
    terminal.out.print(
        say("cancu.register.counts", rows=one.rows, placed=one.placed, refused=one.refused, source=one.source)
    )
    if states:
        terminal.out.print(say("cancu.register.states", states=states))
    if rows:
        terminal.out.print(_rows_table(rows, terminal))
    _print_remarks(remarks, one.refused, terminal)
    return FOUND


def _rows_table(rows: Sequence[RegisterRow], terminal: Terminal) -> Table:
    table = Table(header_style="bold")
    for column in ("row", "number", "date", "issuer", "title", "status", "document"):
        table.add_column(terminal.say(pick("cancu.register.head", column)), overflow="fold")
    for row in rows:
        state = terminal.say(pick("kb.registers.state", row.status)) if row.status else row.status_words or ""
        table.add_row(
            str(row.row), row.number or "", row.date or "", row.issuer or row.body or "", row.title or "", state,
            row.document or "",
        )  # fmt: skip
    return table


def _remove(base: KnowledgeBase, args: argparse.Namespace, terminal: Terminal) -> int:
    rows = base.remove_register(args.name)
    with stages(terminal) as progress:
        _bring_up_to_date(base, args, progress)
    if args.json:
        terminal.json({"removed": args.name, "rows": rows})
    else:
        terminal.out.print(terminal.say("cancu.register.removed", name=args.name, rows=rows))
    return FOUND


def _export(base: KnowledgeBase, args: argparse.Namespace, terminal: Terminal) -> int:
    base.register(args.name)
    pieces = _pieces(base, args.name, args.format)
    if args.output is None:
        for piece in pieces:
            sys.stdout.write(piece)
        return FOUND
    write_whole(args.output, (piece.encode("utf-8") for piece in pieces))
    terminal.wrote(args.output, args.format, as_json=args.json)
    return FOUND


def _pieces(base: KnowledgeBase, name: str, form: str) -> Iterator[str]:
    """A register as CSV that Excel opens as it is (UTF-8 with a mark), or as JSON Lines."""
    import orjson

    from indexer.build.registers import export_rows

    rows = export_rows(base.all_register_rows(name))
    if form == "jsonl":
        for row in rows:
            yield orjson.dumps(row).decode() + "\n"
        return
    yield "\ufeff"
    for at, row in enumerate(rows):
        line = io.StringIO()
        writer = csv.writer(line, lineterminator="\r\n")
        if not at:
            writer.writerow(row)
        writer.writerow(row.values())
        yield line.getvalue()


VERB = Verb(
    name="register",
    arguments=_arguments,
    run=_run,
    writes=lambda args: args.act == "remove" or (args.act == "add" and not args.dry_run),
)
