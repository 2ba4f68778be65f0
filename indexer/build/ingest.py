"""The build: files and folders into the knowledge base and its search index.

Idempotent and resumable. A file whose content was already read by this version of the reader is not read again; each
document is one transaction; links and index are brought up to date from what the store says is not yet done. So a
run that was killed is finished by the next one, and ends where an undisturbed run would have ended.

Files are read in killable processes (:mod:`corpus.worker`) and texts for citations by a pool of processes, both on
this machine; or all of it by a ``concurrent.futures`` executor, on any number of machines
(:mod:`indexer.build.elsewhere`). The store is written by this process alone. What is in flight is bounded, so that
memory does not grow with the number of documents.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import replace
from pathlib import Path

from corpus.errors import Refused
from corpus.limits import DEFAULT, Limits
from corpus.source_text import Notice, SourceText
from corpus.walk import shown, walk
from corpus.worker import read_many
from indexer.build.containers import Containers
from indexer.build.elsewhere import FILE_SECONDS, Elsewhere
from indexer.build.extraction import read_text
from indexer.build.file_reading import TextRead, hints_of
from indexer.build.names import exists, known_as, within
from indexer.build.pool import reading_pool
from indexer.build.registers import load_bundled
from indexer.build.report import Failure, IngestReport, Warned
from indexer.build.synchronise import synchronise
from indexer.engines import location
from indexer.engines.opening import open_index, replacing
from kb.model import Hints, Reading
from kb.reading import READER_VERSION
from kb.service import KnowledgeBase
from messages import Message

_KEPT_PAGES = "pages"  # folder in the base's: recognised pages of scans that are not read whole yet
_AHEAD_CHARS = 32_000_000  # text handed to the executor and not yet stored
_AHEAD = 4  # texts handed on for each worker
SMALL = 2_000
"""Documents up to which a new index is Whoosh's; its files need no compiled library to be read."""
_LARGE = 2_000_000  # characters from which a rebuild uses other processes

Progress = Callable[[str, int, int | None], None]
"""Called with the stage (``read``, ``pages``, ``keys``, ``links``, ``documents``, ``index``), how many are done, and of
how many (None: not known)."""


def ingest(
    paths: Iterable[str | os.PathLike[str]],
    where: str | Path,
    *,
    workers: int | None = None,
    executor: Executor | None = None,
    places: Callable[[], int] | None = None,
    progress: Progress | None = None,
    province: str | None = None,
    index: str | None = None,
    remove_missing: bool = False,
    registers: bool = False,
    limits: Limits = DEFAULT,
    unread: bool = False,
    follow: bool = False,
) -> IngestReport:
    """Put files and folders into the knowledge base at ``where`` (made where there is none) and index them.

    Args:
        paths: files and folders; folders are walked. Names are kept as given.
        where: folder or SQLAlchemy URL of the knowledge base.
        workers: processes that read; default: one for each core.
        executor: reads files and their citations instead of processes of this machine; not shut down.
        places: how many files the executor can read at once, at any moment; default: ``workers``.
        progress: called as work goes on.
        province: plain name of the documents' province, used where a text itself names none.
        index: URL of the search index; default: the one beside the knowledge base.
        remove_missing: take documents out whose files are gone from the ingested folders.
        limits: bounds on what one file may cost.
        unread: read on in files of which pages were left unread; what was recognised of them is not read again.
        follow: read what links inside the folders lead to outside of them.
        registers: put in the registers that come with the program, where they are not there yet or are newer now.
    Returns the report; files that could not be read are in it, nothing is raised for them. Raises
    ``KnowledgeBaseError`` where the base or the index cannot be opened or written.
    """
    if index is None:
        location.folder_of(where)  # where the index cannot be placed this is said before anything is read
    base = KnowledgeBase.open(where, create=True)
    if "://" not in str(where):
        limits = replace(limits, kept_pages=str(Path(where) / _KEPT_PAGES))
    roots = [known_as(base, Path(path)) for path in paths]
    run = _Run(base, where, workers or os.cpu_count() or 1, executor, places, progress, province, limits, follow)
    if unread:
        run.again = base.names_with_unread_pages()
    try:
        with run.timed("read"):
            run.read(roots)
        run.look_for_missing(roots, remove_missing)
        if registers:
            with run.timed("registers"):
                loaded = load_bundled(base, progress)
            run.report.registers = {one.name: one.rows for one in loaded}
        with run.timed("links"):
            run.report.links = base.resolve(progress)
        with run.timed("index"):
            bring_index_up_to_date(base, where, index, run.report, progress, run.started)
        return run.report
    finally:
        run.close()
        base.close()


def bring_index_up_to_date(
    base: KnowledgeBase,
    where: str | Path,
    url: str | None,
    report: IngestReport,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> None:
    """Index what changed; without a ``url`` in the index beside the base, which is made where there is none."""
    known = url or location.current(where)
    target = known or location.fresh(where, _engine_for(base))
    index = open_index(target)
    try:
        report.indexed, report.unindexed = synchronise(base, index, progress, executor)
    finally:
        index.close()
    if known is None:
        location.adopt(where, target)


def rebuild(
    where: str | Path, *, engine: str | None = None, url: str | None = None, progress: Progress | None = None
) -> int:
    """Build the search index anew from the store, by ``engine`` (default: the one in use); returns its documents.

    The index in use answers until the new one is complete; only the folder of a local engine that ``url`` names is
    emptied first.

    Raises:
        KnowledgeBaseError: where there is no base, or the index cannot be written.
    """
    base = KnowledgeBase.open(where)
    try:
        base.resolve(progress)
        in_use = location.in_use(where) if url is None else None
        target = url or location.fresh(where, engine or (in_use or "whoosh:").partition(":")[0])
        with replacing(target) as index, reading_pool(os.cpu_count() or 1) as pool:
            count, _ = synchronise(base, index, progress, pool if _is_large(base) else None)
        if url is None:
            location.adopt(where, target)
        return count
    finally:
        base.close()


def _engine_for(base: KnowledgeBase) -> str:
    """The engine of a new index: for many documents the one that takes half the time and answers faster."""
    return "whoosh" if base.stats()["documents"] <= SMALL else "tantivy"


def _is_large(base: KnowledgeBase) -> bool:
    """Whether the texts are worth the start of other processes."""
    return base.characters_held() > _LARGE


class _Run:
    """One call of :func:`ingest`."""

    def __init__(
        self,
        base: KnowledgeBase,
        where: str | Path,
        workers: int,
        executor: Executor | None,
        places: Callable[[], int] | None,
        progress: Progress | None,
        province: str | None,
        limits: Limits = DEFAULT,
        follow: bool = False,
    ) -> None:
        self.again: set[str] = set()  # files to be read though their content was
        self._limits = limits
        self.report = IngestReport()
        self._base = base
        self._workers = workers
        self._given = executor
        self._places = places or (lambda: workers)
        self._pool: Executor | None = None
        self._progress = progress
        self._province = province
        self._follow = follow
        self._waiting: deque[tuple[SourceText, Hints, Future[Reading]]] = deque()
        self._waiting_chars = 0
        self._containers = Containers(where, base, READER_VERSION)
        self._digests: dict[str, str] = {}  # of the files being read
        self._carriers: set[str] = set()  # files that carry documents under names of their own
        self._done = 0
        self._total: int | None = None

    @property
    def started(self) -> Executor | None:
        """The executor, where it had anything to do."""
        return self._given or self._pool

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def timed(self, stage: str) -> _Timer:
        return _Timer(self.report.seconds, stage)

    # -- reading -----------------------------------------------------------------------------------------------

    def read(self, paths: list[Path]) -> None:
        """Read and store every file that is new or changed."""
        if self._progress:
            self._total = sum(1 for _ in walk(paths, follow=self._follow))
        if self._given is None:
            self._read_here(self._to_read(paths))
        else:
            self._read_there(self._to_read(paths), self._given)
        for name, digest in self._digests.items():
            if name in self._carriers:
                self._containers.done(name, digest)
        self._containers.save()

    def _read_here(self, paths: Iterable[Path]) -> None:
        """Read files by processes of this machine."""
        for one in read_many(paths, workers=self._workers, limits=self._limits, progress=self._page_done):
            for source in one.sources:
                self._take(source)
            self._came(one.path, [source.name for source in one.sources], one.refused, one.done)
        while self._waiting:
            self._store_first()

    def _read_there(self, paths: Iterable[Path], executor: Executor) -> None:
        """Have files read by the executor; what is too large to travel is read here."""
        for answer in Elsewhere(executor, self._places, self._province).read(paths):
            if answer.fault is not None:
                self._fail(shown(answer.path), _unreadable(_told(answer.fault)))
                self._came(answer.path, [], None, True)
            elif answer.taken is None or not answer.taken.whole:
                self._read_here([answer.path])
            else:
                for one in answer.taken.texts:
                    self._take_read(one)
                names = [one.source.name for one in answer.taken.texts]
                self._came(answer.path, names, answer.taken.refused, True)

    def _take_read(self, one: TextRead) -> None:
        if self._base.has_read(one.source.name, one.source.sha256, READER_VERSION):
            self.report.unchanged.append(one.source.name)
        elif one.reading is None:
            self._fail(one.source.name, _unreadable(one.fault))
        else:
            self._store(one.source, one.hints, one.reading)

    def _came(self, path: Path, names: list[str], refused: Refused | None, done: bool) -> None:
        """Note what a file, or the next part of a container, gave."""
        name = shown(path)
        if refused is not None:
            self._fail(refused.name or name, refused.notice)
        if any(one != name for one in names):
            self._carriers.add(name)
        if done:
            self._step()
            if name not in self._carriers or refused is not None:
                self._digests.pop(name, None)

    def _to_read(self, paths: list[Path]) -> Iterator[Path]:
        """The files whose content the base does not have; those it has are counted, those out of reach reported."""
        for step in walk(paths, follow=self._follow):
            if isinstance(step, Refused):
                self._fail(step.name, step.notice)
            elif held := self._held(step):
                self.report.unchanged += held
            else:
                yield step
                continue
            self._step()

    def _held(self, path: Path) -> list[str]:
        """The document, or the members, that this very file gave; empty where it has to be read."""
        try:
            with open(path, "rb") as opened:
                digest = hashlib.file_digest(opened, "sha256").hexdigest()
        except OSError:
            return []  # the reader says what is wrong
        name = shown(path)
        if name not in self.again and self._base.has_read(name, digest, READER_VERSION):
            return [name]
        self._digests[name] = digest
        return self._containers.held_members(name, digest)

    def _take(self, source: SourceText) -> None:
        """Hand a text on to be read for citations; store finished ones until there is room."""
        again = source.name in self.again
        if not again and self._base.has_read(source.name, source.sha256, READER_VERSION):
            self.report.unchanged.append(source.name)
            return
        hints = hints_of(source, self._province)
        self._waiting.append((source, hints, self._submitted(source, hints)))
        self._waiting_chars += len(source.text)
        while len(self._waiting) > self._workers * _AHEAD or (
            self._waiting_chars > _AHEAD_CHARS and len(self._waiting) > 1
        ):
            self._store_first()

    def _executor(self) -> Executor:
        if self._given is not None:
            return self._given
        if self._pool is None:
            self._pool = reading_pool(self._workers)
        return self._pool

    def _submitted(self, source: SourceText, hints: Hints) -> Future[Reading]:
        """The text handed to the executor; where that is broken, a future that says so when its turn comes."""
        try:
            return self._executor().submit(read_text, source.text, hints)
        except BrokenExecutor as error:
            broken: Future[Reading] = Future()
            broken.set_exception(error)
            return broken

    def _store_first(self) -> None:
        source, hints, future = self._waiting.popleft()
        self._waiting_chars -= len(source.text)
        try:
            reading = future.result(FILE_SECONDS)
        except BrokenExecutor:
            reading_or_none = self._read_again(source, hints)
            if reading_or_none is None:
                return
            reading = reading_or_none
        except Refused as refused:
            self._fail(source.name, refused.notice)
            return
        except Exception as error:  # a fault of the reader costs one document, and is told
            self._fail(source.name, _unreadable(_told(error)))
            return
        self._store(source, hints, reading)

    def _store(self, source: SourceText, hints: Hints, reading: Reading) -> None:
        outcome = self._base.put(source, reading, hints, again=source.name in self.again)
        getattr(self.report, outcome).append(source.name)
        self.report.characters += len(source.text)
        self.report.citations += len(reading.citations)
        if source.notices or source.unread_pages:
            self.report.warned.append(Warned(source.name, tuple(source.notices), source.unread_pages))

    def _read_again(self, source: SourceText, hints: Hints) -> Reading | None:
        """After a worker died: this text alone in a new pool, then all that were waiting."""
        if self._given is not None:
            self._fail(source.name, _unreadable("the executor is broken"))
            return None
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
        try:
            reading: Reading | None = self._executor().submit(read_text, source.text, hints).result(FILE_SECONDS)
        except BrokenExecutor as error:
            self._pool = None  # this text did it
            self._fail(source.name, _unreadable(_told(error)))
            reading = None
        except Exception as error:
            self._fail(source.name, _unreadable(_told(error)))
            reading = None
        self._waiting = deque((other, its, self._submitted(other, its)) for other, its, _ in self._waiting)
        return reading

    def _fail(self, name: str, notice: Notice) -> None:
        self.report.failed.append(Failure(name, notice))

    def _page_done(self, path: Path, done: int, total: int) -> None:
        """A scan goes on."""
        if self._progress:
            self._progress("pages", done, total)

    def _step(self) -> None:
        self._done += 1
        if self._progress:
            self._progress("read", self._done, self._total)

    # -- what is gone ------------------------------------------------------------------------------------------

    def look_for_missing(self, paths: list[Path], remove: bool) -> None:
        """Report, and where asked take out, the files of these folders that are no longer on the disk."""
        roots = [shown(path) for path in paths if path.is_dir()]
        gone = [name for name in self._base.file_names() if within(name, roots) and not exists(name)]
        for name in gone:
            if remove:
                self._base.remove(name)
                self.report.removed.append(name)
            else:
                self.report.missing.append(name)


class _Timer:
    """Adds the wall time of a block to a stage."""

    def __init__(self, seconds: dict[str, float], stage: str) -> None:
        self._seconds = seconds
        self._stage = stage

    def __enter__(self) -> None:
        self._began = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        self._seconds[self._stage] = self._seconds.get(self._stage, 0.0) + time.perf_counter() - self._began


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


def _unreadable(what: str) -> Notice:
    said = Message("indexer.build.reading_failed", what=what)
    return Notice("reading_failed", said.vi, said.en)
