"""Tables of Markdown: rows between ``|`` marks, the row above ``|---|`` naming the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.blocks import Block

_ROW = re.compile(r"[ \t]*\|(.*)\|[ \t]*$")
_RULE = re.compile(r"[ \t]*\|(?:[ \t]*:?-{2,}:?[ \t]*\|)+[ \t]*$")
_CELL = re.compile(r"(?:\\.|[^|\\])*")


def tables_of(text: str) -> Iterator[Block]:
    """The tables of a Markdown text with their rows and cells; parents are left to ``in_order``."""
    if "|" not in text:
        return
    rows: list[tuple[int, str]] = []
    at = 0
    for raw in [*text.splitlines(keepends=True), ""]:
        line = raw.rstrip("\r\n")
        if _ROW.match(line):
            rows.append((at, line))
        else:
            yield from _table(rows)
            rows = []
        at += len(raw)


def _table(rows: list[tuple[int, str]]) -> Iterator[Block]:
    rule = next((n for n, (_, line) in enumerate(rows) if _RULE.match(line)), None)
    if len(rows) < 2 or not any(line.strip("|-: \t") for _, line in rows):
        return
    yield Block("table", rows[0][0], rows[-1][0] + len(rows[-1][1]))
    number = 0
    for n, (start, line) in enumerate(rows):
        if n == rule:
            continue
        yield Block("row", start, start + len(line), row=number)
        yield from _cells(start, line, number, is_head=rule is not None and n < rule and bool(line.strip("| \t")))
        number += 1


def _cells(start: int, line: str, row: int, *, is_head: bool) -> Iterator[Block]:
    at = line.index("|") + 1
    column = 0
    while at < len(line):
        found = _CELL.match(line, at)
        assert found is not None
        words = found.group().strip()
        if found.end() >= len(line) and not words:
            return
        if words:
            begin = start + at + found.group().index(words)
            yield Block("cell", begin, begin + len(words), row=row, column=column, is_head=is_head)
        at = found.end() + 1
        column += 1
