"""Reads files in worker processes that can be killed: no file can hang, crash or bloat the run.

The workers are started as programs of their own (``python -m corpus.reader_process``), each leading a process group,
so that killing one also ends the converter or the OCR program it waits for.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path

from corpus.errors import Refused
from corpus.limits import DEFAULT, Limits
from corpus.notices import notice
from corpus.progress import PageDone
from corpus.source_text import SourceText
from corpus.walk import shown

_AHEAD_CHARS = 16_000_000  # texts read but not yet handed on, all workers together
_AHEAD_FILES = 64  # per worker
_START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class FileRead:
    """What came of one file, or of the next batch of a container.

    A plain file gives exactly one, with one source or a refusal. A container (.zip, .jsonl) gives one or more in a
    row, the last with ``done``; that one may carry sources and a refusal together: the refusal then names the members
    that could not be read.
    """

    path: Path
    sources: tuple[SourceText, ...]
    refused: Refused | None
    done: bool


@dataclass(slots=True)
class _Task:
    path: Path
    cores: int = 1
    ready: deque[FileRead] = field(default_factory=deque)
    done: bool = False


Progress = Callable[[Path, int, int], None]
"""Called with the file, how many of its pages are recognised, and of how many."""


def read_many(
    paths: Iterable[Path], *, workers: int = 1, limits: Limits = DEFAULT, progress: Progress | None = None
) -> Iterator[FileRead]:
    """Reads ``paths`` in ``workers`` processes; results come in the order of ``paths``, which is consumed lazily. The
    pages of a scan are recognised side by side where that leaves no core without work: when fewer files than
    ``workers`` are left.

    A file that exceeds ``limits.seconds`` or ``limits.memory_bytes``, or that brings the reader down, is refused like
    any other unreadable file and reading goes on with a fresh process. Closing the iterator (or leaving its loop)
    kills the workers. Raises ``RuntimeError`` only where no worker process can be started at all.
    """
    pool = _Pool(max(1, workers), limits, progress)
    try:
        yield from pool.run(iter(paths))
    finally:
        pool.close()


def read_one(path: Path, *, limits: Limits = DEFAULT, progress: Progress | None = None) -> Iterator[SourceText]:
    """The texts of one file, read in a process of its own; raises ``Refused`` like ``corpus.read.read_path``."""
    for read in read_many([path], limits=limits, progress=progress):
        yield from read.sources
        if read.refused:
            raise read.refused


class Reader:
    """A reader process that stays for the next file, for a server that is sent one now and then.

    It is started with the first file; not for two threads at once.
    """

    def __init__(self, limits: Limits = DEFAULT) -> None:
        self._pool = _Pool(1, limits)

    def reads(self, path: Path) -> Iterator[FileRead]:
        """What comes of one file, of a container piece by piece; who stops before the end closes the reader."""
        try:
            yield from self._pool.run(iter([path]))
        except BaseException:
            self.close()
            raise

    def read(self, path: Path) -> tuple[SourceText, ...]:
        """The texts of one file; raises ``Refused`` where there are none. Of a container what could be read."""
        sources: list[SourceText] = []
        refused: Refused | None = None
        for read in self.reads(path):
            sources += read.sources
            refused = read.refused or refused
        if refused and not sources:
            raise refused
        return tuple(sources)

    def close(self) -> None:
        """End the process; the next file starts another."""
        self._pool = _Pool(1, self._pool.ended())


class _Worker:
    """One reader process and the file it is reading."""

    def __init__(self, limits: Limits) -> None:
        ours, theirs = os.pipe(), os.pipe()
        environment = dict(os.environ, PYTHONPATH=os.pathsep.join(path or os.getcwd() for path in sys.path))
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "corpus.reader_process", str(theirs[0]), str(ours[1])],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=environment,
                pass_fds=(theirs[0], ours[1]),
                start_new_session=True,
            )
        except OSError as error:
            raise RuntimeError(f"cannot start a reader process: {error}") from error
        os.close(theirs[0])
        os.close(ours[1])
        self.requests = Connection(theirs[1], readable=False)
        self.answers = Connection(ours[0], writable=False)
        self.task: _Task | None = None
        self.since = 0.0
        try:
            self.requests.send(limits)
            if not self.answers.poll(_START_SECONDS):
                raise EOFError
            self.answers.recv()
        except (EOFError, OSError):
            self.kill()
            said = self.process.stderr.read().decode("utf-8", "replace") if self.process.stderr else ""
            raise RuntimeError(f"a reader process could not start: {said.strip()[-2000:]}") from None

    def begin(self, task: _Task) -> None:
        self.task, self.since = task, time.monotonic()
        self.requests.send((os.fsencode(task.path), task.cores))

    def kill(self) -> int:
        """Ends the process and all it started; returns its exit status."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        status = self.process.wait()
        self.requests.close()
        self.answers.close()
        return status


class _Pool:
    def __init__(self, size: int, limits: Limits, progress: Progress | None = None) -> None:
        self.size, self.limits, self.progress = size, limits, progress
        self.workers: list[_Worker] = []
        self.tasks: deque[_Task] = deque()
        self.ahead = 0  # characters in the ``ready`` queues

    def close(self) -> None:
        for worker in self.workers:
            worker.kill()
        self.workers.clear()

    def ended(self) -> Limits:
        """Ends the workers; the bounds they kept."""
        self.close()
        return self.limits

    def run(self, paths: Iterator[Path]) -> Iterator[FileRead]:
        following = next(paths, None)  # one is looked ahead, to know whether a file is the last
        while True:
            while following is not None and len(self.tasks) < _AHEAD_FILES * self.size:
                idle = self._idle()
                if idle is None:
                    break
                path, following = following, next(paths, None)
                task = _Task(Path(path), self._cores(is_last=following is None))
                self.tasks.append(task)
                self._begin(idle, task)
            yield from self._ready()
            if not self.tasks:
                if following is None:
                    return
                continue
            if following is not None and len(self.tasks) < _AHEAD_FILES * self.size and self._idle() is not None:
                continue
            self._listen()

    def _cores(self, *, is_last: bool) -> int:
        """How many pages of the next file are recognised at once: its share of the cores."""
        busy = sum(worker.task is not None for worker in self.workers) + 1
        return max(1, (os.cpu_count() or 1) // (busy if is_last else self.size))

    def _idle(self) -> _Worker | None:
        for worker in self.workers:
            if worker.task is None:
                return worker
        if len(self.workers) < self.size:
            self.workers.append(_Worker(self.limits))
            return self.workers[-1]
        return None

    def _begin(self, worker: _Worker, task: _Task) -> None:
        try:
            worker.begin(task)
        except OSError:  # it died while idle: not this file's fault
            worker.task = None
            self._replace(worker).begin(task)

    def _replace(self, worker: _Worker) -> _Worker:
        worker.kill()
        fresh = _Worker(self.limits)
        self.workers[self.workers.index(worker)] = fresh
        return fresh

    def _ready(self) -> Iterator[FileRead]:
        while self.tasks:
            task = self.tasks[0]
            while task.ready:
                read = task.ready.popleft()
                self.ahead -= _chars(read)
                yield read
            if not task.done:
                return
            self.tasks.popleft()

    def _listen(self) -> None:
        """Takes in what the workers have to say, and kills those whose time is up."""
        busy = [worker for worker in self.workers if worker.task is not None]
        heard = [worker for worker in busy if worker.task is self.tasks[0] or self.ahead < _AHEAD_CHARS]
        now = time.monotonic()
        patience = min(worker.since + self.limits.seconds - now for worker in heard)
        by_connection = {worker.answers: worker for worker in heard}
        for connection in wait(list(by_connection), timeout=max(0.0, patience)):
            self._take(by_connection[connection])  # type: ignore[index]
        now = time.monotonic()
        for worker in busy:
            if worker.task is None:
                continue
            if worker not in heard:
                worker.since = now  # it may be waiting for us, not for its file
            elif now - worker.since >= self.limits.seconds and not worker.answers.poll():
                said = notice("too_slow", seconds=round(self.limits.seconds))
                self._fail(worker, Refused(said, shown(worker.task.path)))

    def _take(self, worker: _Worker) -> None:
        task = worker.task
        assert task is not None
        try:
            said = worker.answers.recv()
        except (EOFError, OSError):
            self._fail(worker, Refused(notice("crashed"), shown(task.path)))
            return
        if isinstance(said, PageDone):
            worker.since = time.monotonic()  # it lives; each page has a bound of its own
            if self.progress is not None:
                self.progress(task.path, said.done, said.total)
            return
        sources, refused, done, tired = said
        self._hand_on(task, FileRead(task.path, sources, refused, done))
        worker.since = time.monotonic()
        if done:
            worker.task = None
            if tired:
                self._replace(worker)

    def _fail(self, worker: _Worker, refused: Refused) -> None:
        task = worker.task
        assert task is not None
        self._replace(worker)
        self._hand_on(task, FileRead(task.path, (), refused, True))

    def _hand_on(self, task: _Task, read: FileRead) -> None:
        task.ready.append(read)
        task.done = read.done
        self.ahead += _chars(read)


def _chars(read: FileRead) -> int:
    return sum(len(source.text) for source in read.sources)
