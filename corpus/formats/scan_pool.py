"""Pages of one file recognised side by side, each within its time, with a sign of life for each page."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from PIL import Image

from corpus import progress
from corpus.layout.words_to_lines import Word
from corpus.limits import Limits
from corpus.scans import ocr
from corpus.scans.kept import KeptPages


@dataclass(frozen=True, slots=True)
class Recognised:
    """What came of a picture: ``seen``, or the code of what kept it from being read (``file_time``, ``page_time``,
    ``failed``)."""

    seen: ocr.Seen | None
    why: str | None = None


class ScanPool:
    """Recognises pictures of one file in ``limits.cores`` threads; both recognisers let other threads work beside them.

    ``begin`` waits until a thread is free, so that no more pictures than threads are held at once.
    """

    def __init__(self, limits: Limits, sha256: str, pages: int) -> None:
        self.limits, self.pages = limits, pages
        self.deadline = time.monotonic() + limits.scan_seconds
        self._kept = KeptPages(limits.kept_pages, sha256)
        self._threads: ThreadPoolExecutor | None = None
        self._free = threading.Semaphore(max(1, limits.cores))
        self._listener = progress.listener.get()
        self._done = 0
        self._is_whole = True

    @property
    def can_read(self) -> bool:
        """Whether pictures can be recognised at all."""
        return self.limits.ocr and ocr.available()

    def begin(
        self,
        page: str,
        picture: Callable[[], Image.Image],
        known: Sequence[Word] = (),
        read: Callable[..., ocr.Seen | None] = ocr.read_picture,
    ) -> Future[Recognised]:
        """Recognise the picture of a page, which is made here and now; ``page`` names it within its file."""
        future: Future[Recognised] = Future()
        kept = self._kept.get(page)
        if kept is not None:
            self._tell()
            future.set_result(Recognised(kept))
            return future
        if time.monotonic() >= self.deadline:
            self._is_whole = False
            future.set_result(Recognised(None, "file_time"))
            return future
        self._free.acquire()
        try:
            image = picture()
        except BaseException:
            self._free.release()
            raise
        if self._threads is None:
            self._threads = ThreadPoolExecutor(max(1, self.limits.cores))
        return self._threads.submit(self._recognise, page, image, known, read)

    def _recognise(
        self, page: str, image: Image.Image, known: Sequence[Word], read: Callable[..., ocr.Seen | None]
    ) -> Recognised:
        try:
            left = self.deadline - time.monotonic()
            seconds = min(self.limits.page_seconds, left)
            began = time.monotonic()
            seen = read(image, seconds, known)
            if seen is not None:
                self._kept.put(page, seen)
                return Recognised(seen)
            if time.monotonic() - began < seconds:
                return Recognised(None, "failed")
            self._is_whole = False
            return Recognised(None, "file_time" if left <= self.limits.page_seconds else "page_time")
        finally:
            self._free.release()
            self._tell()

    def _tell(self) -> None:
        self._done += 1
        if self._listener is not None:
            self._listener(self._done, self.pages)

    def close(self) -> None:
        """Waits for the threads; what was kept goes where every page had its time."""
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)
        if self._is_whole:
            self._kept.drop()
