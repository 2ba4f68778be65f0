"""Bounds on what one file may cost. A file past one is refused, or read in part with a notice; no run stops for it."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file (a member of an archive counts as a file of its own).

    ``file_bytes``: largest file read at once; ``stream_bytes``: largest line-by-line file (.jsonl) or archive;
    ``markup_bytes``: largest HTML page and largest XML part of a .docx; ``member_bytes``: largest member of an archive
    and largest line of a .jsonl file; ``text_chars``: longest text a document may yield; ``ratio``: largest
    decompressed/compressed quotient; ``members``: most members of one archive; ``pages``: most pages read of one
    document; ``pixels``: largest image; ``seconds``: wall time for one file; ``memory_bytes``: address space of the
    worker process and of each program it starts; ``ocr``: whether scans are read (False leaves their pages unread);
    ``page_seconds``: wall time for recognising one page; ``scan_seconds``: wall time for recognising all pages of a
    file, during which every page done counts as a sign of life against ``seconds``; ``cores``: pages of a file that are
    recognised at once; ``kept_pages``: folder in which recognised pages are kept until all of their file are, "" for
    none.
    """

    file_bytes: int = 100 * MIB
    stream_bytes: int = 4096 * MIB
    member_bytes: int = 50 * MIB
    text_chars: int = 60_000_000
    ratio: int = 200
    members: int = 20_000
    pages: int = 2_000
    pixels: int = 50_000_000
    markup_bytes: int = 24 * MIB
    seconds: float = 600.0
    memory_bytes: int = 1536 * MIB
    ocr: bool = True
    page_seconds: float = 120.0
    scan_seconds: float = 7200.0
    cores: int = 1
    kept_pages: str = ""


DEFAULT = Limits()
