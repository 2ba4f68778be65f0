"""A run of the command line that is killed (``kill -9``) before a step of its own: a statement to the database, a
commit, a file opened for writing, renamed or deleted.

The run is a copy of this process (``fork``), so that it starts at its first step and no time is lost on starting.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from cancu.cli import main

_FILES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate"}
_WRITING = os.O_WRONLY | os.O_RDWR


def said(words: Sequence[str]) -> tuple[int, str]:
    """Exit code and answer of one call of the command, in this process."""
    answer = StringIO()
    with redirect_stdout(answer), redirect_stderr(StringIO()):
        code = main(list(words))
    return code, answer.getvalue()


def done(words: Sequence[str]) -> None:
    """One call of the command that has to succeed. Raises ``AssertionError`` with what it said where it did not."""
    answer, messages = StringIO(), StringIO()
    with redirect_stdout(answer), redirect_stderr(messages):
        code = main(list(words))
    assert code == 0, f"{' '.join(words)} ends with {code}: {messages.getvalue()[-1000:]}"


def run(words: Sequence[str], before: int | None = None) -> int:
    """Run the command in a process of its own, killed ``before`` that step (from 0; None: not at all).

    Returns how many steps it did; -1 where it was killed. Raises ``AssertionError`` where it failed by itself.
    """
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        _work(words, before, writes)
    os.close(writes)
    with os.fdopen(reads) as told:
        steps = told.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL, f"signal {os.WTERMSIG(status)}: {words}"
        return -1
    assert os.WEXITSTATUS(status) == 0, f"exit {os.WEXITSTATUS(status)}: {words}"
    return int(steps)


def _work(words: Sequence[str], before: int | None, writes: int) -> None:
    """What the copy does; it never returns."""
    code = 70
    forkserver._forkserver.__init__()  # type: ignore[attr-defined,misc]  # that of the process copied is not its own
    try:
        done = 0

        def step(*_: object, **__: object) -> None:
            nonlocal done
            if done == before:
                os.kill(os.getpid(), signal.SIGKILL)
            done += 1

        for event in ("before_cursor_execute", "commit"):
            sa.event.listen(sa.Engine, event, step)
        sys.addaudithook(_on_files(step))
        code, _ = said(words)
        os.write(writes, str(done).encode())
    finally:
        os._exit(code)


def _on_files(step: Callable[[], None]) -> Callable[[str, tuple[Any, ...]], None]:
    """Counts what is done to files as steps."""

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _FILES or (event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING):
            step()

    return hook


def written(path: Path, text: str) -> Path:
    """The path of a file of this text, with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
