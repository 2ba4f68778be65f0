"""Progress of a run with several stages, as one bar after another on stderr."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from cancu.terminal import Terminal
from messages import pick


@contextmanager
def stages(terminal: Terminal) -> Iterator[Callable[[str, int, int | None], None]]:
    """Yields ``progress(stage, done, total)`` as the library calls it; shows nothing unless stderr is a terminal."""
    bars = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=terminal.err,
        transient=True,
        disable=not terminal.err.is_terminal,
    )
    tasks = {}

    def progress(stage: str, done: int, total: int | None) -> None:
        if stage not in tasks:
            tasks[stage] = bars.add_task(terminal.say(pick("cancu.stage", stage)), total=total)
        bars.update(tasks[stage], completed=done, total=total)

    with bars:
        yield progress
