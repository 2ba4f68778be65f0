"""The shapes of answers: boxes and guide lines for a terminal, plain lines for a file or a pipe, and whole files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import rich.panel
import rich.table
import rich.tree
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.text import Text

from messages import CancuError, Message


class CannotWrite(CancuError):
    """An answer cannot be written to the file that was named."""


class Table(rich.table.Table):
    """rich's table; in plain, lines of tab-separated cells, which programs cut and spreadsheets open."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        return super().__rich_console__(console, options) if console.is_terminal else self._lines()

    def _lines(self) -> Iterator[Segment]:
        head = [[str(column.header) for column in self.columns]] if self.show_header else []
        rows = zip(*(map(str, column.cells) for column in self.columns), strict=True)
        for line in str(self.title or "").splitlines():
            yield Segment(line + "\n")
        for row in [*head, *rows]:
            # a Segment, not a Text, which would make spaces of the tabs
            yield Segment("\t".join(" ".join(cell.split()) for cell in row) + "\n")


class Tree(rich.tree.Tree):
    """rich's tree; in plain, branches are only moved to the right."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if not console.is_terminal:
            self.TREE_GUIDES = [("    ",) * 4] * 3
        return super().__rich_console__(console, options)


class Card:
    """A title with facts below it, each with its label; in a terminal boxed."""

    def __init__(self, title: str, facts: Sequence[tuple[str, Text]]) -> None:
        self.title, self.facts = title, facts

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if not console.is_terminal:
            yield Text(self.title)
            for label, value in self.facts:
                yield Text.assemble(label, ": ", value)
            return
        grid = rich.table.Table.grid(padding=(0, 2))
        grid.add_column(style="dim", no_wrap=True)
        grid.add_column()
        for label, value in self.facts:
            grid.add_row(label, value)
        yield rich.panel.Panel(grid, title=Text(self.title, style="bold"), title_align="left")


def write_whole(target: Path, pieces: Iterable[bytes]) -> None:
    """Write a file that appears under its name only when it is whole; what stood there before stays until then.

    Raises ``CannotWrite`` where the folder, the name or the disk does not allow it.
    """
    partial = target.with_name(target.name + ".part")
    try:
        with open(partial, "wb") as file:
            file.writelines(pieces)
        os.replace(partial, target)
    except OSError as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise CannotWrite(Message("cancu.export.cannot_write", output=target, strerror=error.strerror)) from None
