"""Work that takes long, in a process of its own: it keeps no thread of the server waiting, and its memory goes with it.

The process runs at a lower priority, one piece of work at a time, and is replaced when it takes too long or grew.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import pickle
import resource
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

from kb.errors import KnowledgeBaseError
from kb.service import KnowledgeBase
from messages import CancuError, Message
from web.http.problems import Problem

SECONDS = 60.0
"""How long one piece of work may take."""
_NICER = 10
_MOST_MEMORY = 512 << 20  # bytes from which the process is replaced


class Work(Protocol):
    """Runs ``function(knowledge_base, *args, **options)`` and returns what it returns."""

    def __call__(self, function: Callable[..., Any], *args: Any, **options: Any) -> Any: ...


class Here:
    """In the thread that asks."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base

    def __call__(self, function: Callable[..., Any], *args: Any, **options: Any) -> Any:
        return function(self._base, *args, **options)


class Apart:
    """In a process that is started with the first piece of work; not for two threads at once.

    ``function`` has to be one of a module, and all that comes and goes plain data.
    """

    def __init__(self, where: str | Path, seconds: float = SECONDS) -> None:
        self._where = where
        self._seconds = seconds
        self._process: Any = None
        self._pipe: Connection[Any, Any] | None = None

    def __call__(self, function: Callable[..., Any], *args: Any, **options: Any) -> Any:
        for last in (False, True):
            pipe = self._started()
            try:
                pipe.send((function, args, options))
                if not pipe.poll(self._seconds):
                    self.close()
                    raise Problem(503, "busy", Message("web.problem.too_long_a_work", seconds=round(self._seconds)))
                done, answer = pipe.recv()
            except (EOFError, OSError):  # it died: of this work, or before it (replaced, killed)
                self.close()
                if last:
                    raise Problem(503, "busy", Message("web.problem.work_failed")) from None
                continue
            if done:
                return answer
            raise answer
        raise AssertionError("either answered or raised")

    def _started(self) -> Connection[Any, Any]:
        if self._pipe is None:
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_work, args=(theirs, self._where), name="cancu-apart", daemon=True)
            self._process.start()
            theirs.close()
        return self._pipe

    def close(self) -> None:
        """End the process; the next piece of work starts another."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None


def _work(pipe: Connection[Any, Any], where: str | Path) -> None:
    """What the process does: one piece of work after another, until nobody is there to ask."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches every process; whoever started this one ends it
    with suppress(OSError):
        os.nice(_NICER)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    base = KnowledgeBase.open(where)
    while True:
        try:
            function, args, options = pipe.recv()
        except EOFError:
            return
        pipe.send(_outcome(partial(function, base, *args, **options)))
        del args, options
        give_back_memory()
        if _held() > _MOST_MEMORY:
            return


def _held() -> int:
    """Bytes of memory that this process holds. The most it ever held would not tell: Linux hands that on from the
    process that started it."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _outcome(work: Callable[[], Any]) -> tuple[bool, Any]:
    try:
        return True, work()
    except CancuError as error:
        return False, KnowledgeBaseError(error.words)
    except Exception as error:
        with suppress(Exception):
            pickle.loads(pickle.dumps(error))
            return False, error
        return False, RuntimeError(f"{type(error).__name__}: {error}")


def give_back_memory() -> None:
    """Hand what is free back to the system, where the C library can (glibc keeps it else)."""
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def _leave_with_parent() -> None:
    above = multiprocessing.parent_process()
    if above is not None:
        above.join()
        os._exit(1)
