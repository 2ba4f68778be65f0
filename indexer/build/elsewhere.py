"""Files read by an executor, on this machine or on others: bytes sent, readings taken back in the order of the files.

What is on its way is bounded by the number of places that the executor has and by bytes. A file that a lost worker had
is sent again; one that is not back in time is sent a second time, and then given up for this run.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from dataclasses import dataclass
from pathlib import Path

from indexer.build.file_reading import FileTaken, content_of, read_file
from kb.errors import KnowledgeBaseError
from kb.reading import READER_VERSION
from messages import Message

FILE_SECONDS = 900.0
"""How long one file may take on a worker, its reading bounded to ten minutes there (``corpus.limits``)."""
_AHEAD = 4  # files on their way for each place
_AHEAD_BYTES = 64_000_000
_LARGEST = 32_000_000  # bytes of a file that travels


class ExecutorLost(KnowledgeBaseError):
    """The machines that read are gone, or are of another version than this one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a file: ``taken``, or why the executor could not (``fault``), or neither for a file too large to
    travel, which is read here."""

    path: Path
    taken: FileTaken | None = None
    fault: BaseException | None = None


@dataclass(slots=True)
class _Sent:
    path: Path
    content: bytes
    future: Future[FileTaken] | None


class Elsewhere:
    """Reading by ``executor``, which has ``places()`` for files at this moment."""

    def __init__(self, executor: Executor, places: Callable[[], int], province: str | None) -> None:
        self._executor = executor
        self._places = places
        self._province = province

    def read(self, paths: Iterable[Path]) -> Iterator[Answer]:
        """What comes of each file, in their order; ``paths`` is consumed as there is room.

        Raises:
            ExecutorLost: where no worker is left, or one of another version answers.
        """
        waiting: deque[_Sent] = deque()
        size = 0
        for path in paths:
            content = content_of(path, _LARGEST)
            waiting.append(_Sent(path, content or b"", None if content is None else self._submitted(path, content)))
            size += len(waiting[-1].content)
            while len(waiting) > self._places() * _AHEAD or (size > _AHEAD_BYTES and len(waiting) > 1):
                size -= len(waiting[0].content)
                yield self._answer(waiting.popleft())
        while waiting:
            yield self._answer(waiting.popleft())

    def _submitted(self, path: Path, content: bytes) -> Future[FileTaken]:
        try:
            return self._executor.submit(read_file, os.fsencode(path), content, self._province)
        except BrokenExecutor as error:
            broken: Future[FileTaken] = Future()
            broken.set_exception(error)
            return broken

    def _answer(self, sent: _Sent) -> Answer:
        if sent.future is None:
            return Answer(sent.path)
        try:
            taken = self._result(sent)
        except CancelledError as error:
            raise ExecutorLost(Message("indexer.build.executor_lost")) from error
        except Exception as error:
            if self._places() < 1:
                raise ExecutorLost(Message("indexer.build.executor_lost")) from error
            return Answer(sent.path, fault=error)
        if taken.reader_version != READER_VERSION:
            versions = {"theirs": taken.reader_version, "ours": READER_VERSION}
            raise ExecutorLost(Message("indexer.build.other_version", **versions))
        return Answer(sent.path, taken)

    def _result(self, sent: _Sent) -> FileTaken:
        assert sent.future is not None
        try:
            return sent.future.result(FILE_SECONDS)
        except TimeoutError:
            sent.future.cancel()
            return self._submitted(sent.path, sent.content).result(FILE_SECONDS)
