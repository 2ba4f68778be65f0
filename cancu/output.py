"""The shapes of answers: boxes and guide lines for a terminal, plain lines for a file or a pipe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import rich.panel
import rich.table
import rich.tree
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.text import Text


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
