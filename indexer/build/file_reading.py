"""What a worker of an executor runs on a file: its bytes in, its texts and their readings out.

The worker need not see the folder that the file lies in. The file is read, scans included, in a process beside the
worker that can be killed (:class:`corpus.worker.Reader`), within the same bounds as on one machine.
"""

from __future__ import annotations

import os
import tempfile
import threading
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import Refused
from corpus.source_text import SourceText
from corpus.walk import shown
from corpus.worker import Reader
from indexer.build.extraction import read_text
from kb.model import Hints, Reading
from kb.reading import READER_VERSION

MOST_CHARS = 32_000_000
"""Text that travels back from one file; the ingesting machine reads a container of more by itself, piece by piece."""

_OF_THREAD = threading.local()


@dataclass(frozen=True, slots=True)
class TextRead:
    """One text of a file: its citations, or, where the reader broke on it, what happened."""

    source: SourceText
    hints: Hints
    reading: Reading | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class FileTaken:
    """What came of a file. ``whole``: False where its texts are too much to travel; then there are none here."""

    texts: tuple[TextRead, ...]
    refused: Refused | None
    whole: bool
    reader_version: str = READER_VERSION


def hints_of(source: SourceText, province: str | None) -> Hints:
    """What helps to read a text: its structure, its pages, what its carrier said, and where it comes from."""
    return Hints(
        province=province,
        page_starts=source.page_starts,
        attributes=dict(source.attributes),
        blocks=source.blocks,
        doubts=source.doubts,
        places=source.places,
    )


def read_file(path: bytes, content: bytes, province: str | None) -> FileTaken:
    """The texts of a file and their citations.

    Args:
        path: the file's path as the ingesting machine has it; the names of the texts begin with it.
        content: its bytes.
        province: plain name of the province, used where a text itself names none.
    """
    with tempfile.TemporaryDirectory(prefix="cancu-") as folder:
        here = Path(folder) / os.fsdecode(os.path.basename(path))
        here.write_bytes(content)
        own, given = shown(here), shown(os.fsdecode(path))
        found: list[TextRead] = []
        refused, chars = None, 0
        reader = _reader()
        for read in reader.reads(here):
            for source in read.sources:
                chars += len(source.text)
                named = replace(source, name=given + source.name.removeprefix(own))
                if chars <= MOST_CHARS:
                    found.append(_read(named, hints_of(named, province)))
            refused = read.refused or refused
            if chars > MOST_CHARS:
                reader.close()
                return FileTaken((), None, whole=False)
        if refused is not None:
            refused = Refused(refused.notice, given + refused.name.removeprefix(own))
        return FileTaken(tuple(found), refused, whole=True)


def _reader() -> Reader:
    """The reader process of this thread of the worker."""
    if not hasattr(_OF_THREAD, "reader"):
        _OF_THREAD.reader = Reader()
    reader: Reader = _OF_THREAD.reader
    return reader


def _read(source: SourceText, hints: Hints) -> TextRead:
    try:
        return TextRead(source, hints, read_text(source.text, hints))
    except Exception as error:  # a fault of the reader costs one text, and is told
        return TextRead(source, hints, None, f"{type(error).__name__}: {error}")


def content_of(path: Path, most: int) -> bytes | None:
    """The bytes of a file that may travel; None for one that is larger, or that cannot be read."""
    try:
        return path.read_bytes() if path.stat().st_size <= most else None
    except OSError:
        return None
