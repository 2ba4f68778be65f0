"""The program inside a reader process: takes paths from one pipe, answers with texts on the other.

Run by ``corpus.worker``; the answers are tuples ``(sources, refused, done, tired)``, and a ``PageDone`` for each page
recognised on the way there.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import threading
import time
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from corpus.bytes.detect import kind_of
from corpus.errors import Refused
from corpus.limits import MIB, Limits
from corpus.notices import notice
from corpus.progress import PageDone, listener
from corpus.read import PICTURES, read_path
from corpus.source_text import SourceText
from corpus.walk import shown

_PAGE_BYTES = 512 * MIB  # address space of one more page in work
_BATCH_CHARS = 4_000_000
_BATCH_SECONDS = 5.0
_TIRED_BYTES = 700 * MIB  # a process that once grew past this is replaced after its file, to give the memory back


def main(requests: Connection, answers: Connection) -> None:
    limits: Limits = requests.recv()
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    _bound_memory(limits.memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    threading.Thread(target=_leave_with_parent, args=(os.getppid(),), daemon=True).start()
    answers.send("ready")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)
    speaking = threading.Lock()

    def tell(done: int, total: int) -> None:
        with speaking:
            answers.send(PageDone(done, total))

    listener.set(tell)
    while True:
        try:
            path, cores = requests.recv()
        except EOFError:
            return
        path = Path(os.fsdecode(path))
        # every page that is recognised at once needs room for its picture
        more = (cores - 1) * _PAGE_BYTES if _may_be_scan(path) else 0
        _bound_memory(limits.memory_bytes + more, hard)
        _serve(path, replace(limits, cores=cores), answers)


def _may_be_scan(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return kind_of(file.read(8192), shown(path)) in ("pdf", *PICTURES)
    except OSError:
        return False  # the reader says what is wrong


def _bound_memory(wanted: int, hard: int) -> None:
    """Bound the address space, by less than ``wanted`` where the system allows no more."""
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _serve(path: Path, limits: Limits, answers: Connection) -> None:
    batch: list[SourceText] = []
    chars = 0
    refused: Refused | None = None
    tired = False
    sent = time.monotonic()
    try:
        for source in read_path(path, limits=limits):
            batch.append(source)
            chars += len(source.text)
            # A container reports as it goes: the bound on time is for each of its members, not for all. What bears the
            # file's own name is all of a plain file, however long it took.
            is_member = source.name != shown(path)
            if is_member and (chars >= _BATCH_CHARS or time.monotonic() - sent > _BATCH_SECONDS):
                answers.send((tuple(batch), None, False, False))
                batch, chars, sent = [], 0, time.monotonic()
    except Refused as refusal:
        refused = refusal
    except MemoryError:
        refused, tired = Refused(notice("too_much_memory", limit=limits.memory_bytes // MIB)), True
    except RecursionError:
        refused = Refused(notice("too_nested"))
    except BrokenPipeError:
        return
    except Exception as error:
        refused = Refused(notice("reader_failed", error=f"{type(error).__name__}: {error}"[:200]))
    if refused is not None and not refused.name:
        refused.name = shown(path)
    tired = tired or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 > _TIRED_BYTES
    answers.send((tuple(batch), refused, True, tired))


def _leave_with_parent(parent: int) -> None:
    """Ends this process and what it started once the program that asked for it is gone."""
    while os.getppid() == parent:
        time.sleep(1.0)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main(Connection(int(sys.argv[1]), writable=False), Connection(int(sys.argv[2]), readable=False))
