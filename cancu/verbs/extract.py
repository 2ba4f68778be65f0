"""``cancu extract``: the citations of files, without a knowledge base."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from cancu.terminal import Terminal
from cancu.verb import BAD_INPUT, FOUND, Verb

if TYPE_CHECKING:
    from corpus.model import Notice

AHEAD = 4  # files in work for each process: enough to keep it busy, few enough to keep memory flat


@dataclass(frozen=True, slots=True)
class Extracted:
    """What became of one path: the documents in it as JSON lines, and why it or a part of it was refused."""

    path: str
    lines: tuple[str, ...]
    refused: tuple[Notice, ...]


def _arguments(parser: argparse.ArgumentParser, say: Callable[[str, str], str]) -> None:
    parser.add_argument(
        "paths", metavar=say("TỆP", "PATH"), nargs="+", type=Path, help=say("tệp hoặc thư mục", "files or folders")
    )
    parser.add_argument(
        "--jsonl",
        action="store_true",
        help=say("mỗi văn bản một dòng JSON (như --json)", "one JSON object a document and line (same as --json)"),
    )
    parser.add_argument(
        "--province",
        metavar=say("TÊN", "NAME"),
        help=say("tỉnh của văn bản, dùng khi chính văn bản không nêu", "the documents' province where they name none"),
    )
    parser.add_argument(
        "--jobs",
        type=int,
        default=os.cpu_count() or 1,
        metavar="N",
        help=say("số tiến trình; mặc định là số nhân của máy", "number of processes; default all cores"),
    )


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    refused = 0
    found: Iterable[Extracted] = extract(args.paths, province=args.province, jobs=args.jobs)
    with terminal.progress("Đang đọc", "Reading") as advance:
        for one in found:
            for line in one.lines:
                if args.jsonl or args.json:
                    sys.stdout.write(line + "\n")
                else:
                    _show(json.loads(line), terminal)
            for notice in one.refused:
                refused += 1
                terminal.complain(f"{one.path}: {notice.vi}", f"{one.path}: {notice.en}")
            advance()
    return BAD_INPUT if refused else FOUND


def extract(paths: Iterable[Path], *, province: str | None = None, jobs: int = 1) -> Iterator[Extracted]:
    """Read files and folders on ``jobs`` processes and yield what was found in each, in the order of the paths."""
    from corpus.model import Refused
    from corpus.walk import walk

    steps = walk(paths)
    if jobs <= 1:
        for step in steps:
            yield _refusal(step) if isinstance(step, Refused) else extract_one(step, province)
        return
    with ProcessPoolExecutor(jobs) as pool:
        waiting: deque[Extracted | Future[Extracted]] = deque()
        for step in steps:
            waiting.append(_refusal(step) if isinstance(step, Refused) else pool.submit(extract_one, step, province))
            if len(waiting) > jobs * AHEAD:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())


def extract_one(path: Path, province: str | None = None) -> Extracted:
    """Read one file. Never raises: a file that cannot be read is the answer's ``refused``."""
    from corpus.model import Refused
    from corpus.read import read_path
    from kb.model import Hints
    from kb.reading import read

    lines = []
    try:
        for source in read_path(path):
            starts = tuple(page.start for page in source.pages)
            reading = read(source.text, Hints(province=province, page_starts=starts, attributes=source.attributes))
            answer = {
                "document": source.name,
                "self": reading.own.to_json() if reading.own else None,
                "citations": [citation.to_json(source.text) for citation in reading.citations],
                "reader": {
                    "format": source.format,
                    "pages": len(source.pages),
                    "unread_pages": list(source.unread_pages),
                    "warnings": [notice.code for notice in source.notices],
                },
            }
            lines.append(json.dumps(answer, ensure_ascii=False))
    except Refused as refused:
        return Extracted(str(path), tuple(lines), (refused.notice,))
    return Extracted(str(path), tuple(lines), ())


def _result(step: Extracted | Future[Extracted]) -> Extracted:
    return step.result() if isinstance(step, Future) else step


def _refusal(refused: Any) -> Extracted:
    return Extracted("", (), (refused.notice,))


def _show(document: dict[str, Any], terminal: Terminal) -> None:
    own = document["self"] or {}
    title = " · ".join(str(own[key]) for key in ("number", "date", "body", "province") if own.get(key))
    table = Table(
        title=f"{document['document']}" + (f"\n{title}" if title else ""), title_justify="left", header_style="bold"
    )
    for vi, en in (
        ("Dòng", "Line"), ("Số, ký hiệu", "Number"), ("Ngày", "Date"), ("Cơ quan", "Issuer"),
        ("Tỉnh", "Province"), ("Quan hệ", "Relation"), ("Nguyên văn", "As printed"),
    ):  # fmt: skip
        table.add_column(terminal.say(vi, en), overflow="fold")
    for citation in document["citations"]:
        table.add_row(
            str(citation["line"]),
            citation["number"] or "",
            citation["date"] or "",
            citation["body"] or "",
            citation["province"] or "",
            citation["relation"],
            " ".join(citation["text"].split()),
        )
    terminal.out.print(table)


VERB = Verb(
    name="extract",
    vi="đọc tệp và in các viện dẫn tìm được, không cần kho dữ liệu",
    en="read files and print the citations found; needs no knowledge base",
    arguments=_arguments,
    run=_run,
)
