"""``cancu extract``: the citations of files, without a knowledge base."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cancu.output import Table
from cancu.progress import stages
from cancu.scan_bounds import PageProgress, limits_of, pages_of, scan_bounds
from cancu.terminal import Say, Terminal
from cancu.verb import BAD_INPUT, FOUND, Verb, positive
from corpus.errors import Refused
from corpus.limits import DEFAULT, Limits
from corpus.source_text import Notice, SourceText
from messages import pick

AHEAD = 4  # texts in work for each process: enough to keep it busy, few enough to keep memory flat


@dataclass(frozen=True, slots=True)
class Extracted:
    """What became of one document: its JSON line, or why it was refused."""

    name: str
    line: str | None
    refused: Notice | None


def _arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "paths", metavar=say("cancu.metavar.path"), nargs="+", type=Path, help=say("cancu.options.paths")
    )
    parser.add_argument(
        "--jsonl",
        action="store_true",
        help=say("cancu.extract.help_jsonl"),
    )
    parser.add_argument(
        "--province",
        metavar=say("cancu.metavar.name"),
        help=say("cancu.options.province"),
    )
    parser.add_argument(
        "--jobs",
        type=positive,
        default=os.cpu_count() or 1,
        metavar="N",
        help=say("cancu.options.jobs"),
    )
    scan_bounds(parser, say)


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    refused = 0
    with stages(terminal) as progress:
        limits = limits_of(args)
        pages = pages_of(progress)
        found = extract(args.paths, province=args.province, jobs=args.jobs, limits=limits, pages=pages)
        for done, one in enumerate(found, 1):
            if one.refused:
                refused += 1
                terminal.complain(f"{one.name}: {one.refused.text(terminal.lang)}")
            elif one.line and (args.jsonl or args.json):
                sys.stdout.write(one.line + "\n")
            elif one.line:
                _show(json.loads(one.line), terminal)
            progress("read", done, None)
    return BAD_INPUT if refused else FOUND


def extract(
    paths: Iterable[Path],
    *,
    province: str | None = None,
    jobs: int = 1,
    limits: Limits = DEFAULT,
    pages: PageProgress | None = None,
) -> Iterator[Extracted]:
    """Read files and folders on ``jobs`` processes and yield what was found, in the order of the paths.

    A file that cannot be read is an answer of its own with ``refused``; nothing is raised for it.
    """
    from indexer.build.pool import reading_pool

    waiting: deque[Extracted | Future[Extracted]] = deque()
    with reading_pool(jobs) as pool:
        for step in _texts(paths, jobs, limits, pages):
            waiting.append(
                Extracted(step.name, None, step.notice)
                if isinstance(step, Refused)
                else pool.submit(read_source, step, province)
            )
            if len(waiting) > jobs * AHEAD:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())


def read_source(source: SourceText, province: str | None = None) -> Extracted:
    """The exchange format of one text: own identity, citations, acts, references to itself, how the file was read."""
    from kb.model import Hints
    from kb.reading import read
    from kb.reading.acts.told import acts_told

    hints = Hints(province, source.page_starts, source.attributes, source.blocks, source.doubts)
    reading = read(source.text, hints)
    answer = {
        "document": source.name,
        "self": reading.own.to_json() if reading.own else None,
        "citations": [citation.to_json(source.text) for citation in reading.citations],
        "acts": [act.to_json() for act in acts_told(reading.citations, reading.own)],
        "internal": [one.to_json() for one in reading.internal],
        "reader": {
            "format": source.format,
            "pages": len(source.pages),
            "unread_pages": list(source.unread_pages),
            "warnings": [{"code": notice.code, "vi": notice.vi, "en": notice.en} for notice in source.notices],
        },
    }
    return Extracted(source.name, json.dumps(answer, ensure_ascii=False), None)


def _texts(
    paths: Iterable[Path], jobs: int, limits: Limits, pages: PageProgress | None
) -> Iterator[SourceText | Refused]:
    """The texts of all files, and in their places what could not be read."""
    from corpus.walk import walk
    from corpus.worker import read_many

    refusals: deque[tuple[int, Refused]] = deque()  # with the number of files that come before

    def files() -> Iterator[Path]:
        given = 0
        for step in walk(paths):
            if isinstance(step, Refused):
                refusals.append((given, step))
            else:
                given += 1
                yield step

    finished = 0
    for read in read_many(files(), workers=jobs, limits=limits, progress=pages):
        while refusals and refusals[0][0] <= finished:
            yield refusals.popleft()[1]
        yield from read.sources
        if read.refused:
            yield read.refused
        finished += read.done
    while refusals:
        yield refusals.popleft()[1]


def _result(step: Extracted | Future[Extracted]) -> Extracted:
    return step.result() if isinstance(step, Future) else step


def _show(document: dict[str, Any], terminal: Terminal) -> None:
    from kb.answers.labels import relation_label

    own = document["self"] or {}
    title = " · ".join(str(own[key]) for key in ("number", "date", "body", "province") if own.get(key))
    table = Table(
        title=f"{document['document']}" + (f"\n{title}" if title else ""), title_justify="left", header_style="bold"
    )
    for column in ("line", "number", "date", "issuer", "province", "relation", "raw"):
        table.add_column(terminal.say(pick("cancu.column", column)), overflow="fold")
    for citation in document["citations"]:
        table.add_row(
            str(citation["line"]),
            citation["number"] or "",
            citation["date"] or "",
            citation["body"] or "",
            citation["province"] or "",
            relation_label(citation["relation"], inverse=citation["inverse"], lang=terminal.lang),
            " ".join(citation["text"].split()),
        )
    terminal.out.print(table)


VERB = Verb(
    name="extract",
    arguments=_arguments,
    run=_run,
)
