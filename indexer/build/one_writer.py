"""One run writes to a knowledge base in a folder at a time: another waits for it, and says so before any work is done.

Each transaction is whole by itself; this is about runs (an ingest, a rebuild), whose reports and indexes would mix. The
lock goes with the process that holds it. A base on a server has transactions for it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.errors import KnowledgeBaseError
from messages import Message

PATIENCE = 600.0
"""Seconds that a second run waits before it gives up."""
_FILE = "writing.lock"
_EACH = 0.2


@contextmanager
def one_writer(
    where: str | Path, waiting: Callable[[], None], patience: float = PATIENCE, *, create: bool = False
) -> Iterator[None]:
    """Be the only run that writes to the base at ``where``; ``waiting`` is called once where another one is at it;
    ``create``: also where there is no folder yet.

    Raises ``KnowledgeBaseError`` where the other does not end in ``patience`` seconds, or the folder cannot be written.
    """
    try:
        import fcntl
    except ImportError:  # Windows: the database's own lock remains
        yield
        return
    folder = Path(where)
    if "://" in str(where) or not (create or folder.is_dir()):  # a server, or nothing to write to
        yield
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / _FILE, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise KnowledgeBaseError(Message("kb.store.fault.cannot_write", place=folder)) from error
    try:
        until, told = time.monotonic() + patience, False
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if not told:
                    waiting()
                    told = True
                if time.monotonic() > until:
                    raise KnowledgeBaseError(
                        Message("indexer.build.other_run", folder=folder, minutes=round(patience / 60))
                    ) from None
                time.sleep(_EACH)
        yield
    finally:
        os.close(lock)
