"""The front of the readers: a path to the texts in it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from corpus.bytes.detect import kind_of
from corpus.bytes.encoding import decode
from corpus.errors import Refused
from corpus.formats.package import office_kind
from corpus.limits import DEFAULT, MIB, Limits
from corpus.notices import refused
from corpus.source_text import SourceText
from corpus.structure.guess import structured
from corpus.walk import refusal_of, shown
from messages import Message, pick

_STREAMED = ("zip", "jsonl", "gzip")
PICTURES = ("png", "jpeg", "tiff", "gif", "bmp", "webp", "jp2", "heic", "avif")
"""The kinds of files that are pictures."""

_SHEETS = ("xlsx", "ods", "xls")

_ADVICE = {"rar": "unpack", "7z": "unpack"}

_OneKind = Callable[[bytes, str, str, Limits], SourceText]


def read_path(path: str | os.PathLike[str], *, limits: Limits = DEFAULT) -> Iterator[SourceText]:
    """The documents in one file: one for a plain file, many for a .zip or .jsonl.

    Raises ``Refused`` where the file cannot be read. In a container the readable members come first; where some
    could not be read, a ``Refused`` that names them follows at the end.
    """
    path = Path(path)
    name = shown(path)
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise refused("not_regular")
        with open(path, "rb") as file:
            kind = kind_of(file.read(8192), name)
            file.seek(0)
            if kind == "zip":
                kind = office_kind(file) or kind
            elif kind == "ole":
                kind = _kind_of_ole(file.read(limits.file_bytes))
            file.seek(0)
            limit = limits.stream_bytes if kind in _STREAMED else limits.file_bytes
            if size > limit:
                raise refused("too_large", size=-(-size // MIB), limit=limit // MIB)
            if kind in _STREAMED:
                yield from _read_container(file, name, kind, limits)
            elif kind in ("eml", "msg"):
                from corpus.formats.mail import read_mail

                yield from read_mail(file.read(), name, limits, kind, read_bytes)
            else:
                yield read_bytes(file.read(), name, kind, limits)
    except OSError as error:
        raise refusal_of(error, path) from None
    except Refused as refusal:
        refusal.name = refusal.name or name
        raise


def read_bytes(data: bytes, name: str, kind: str, limits: Limits) -> SourceText:
    """One document from its bytes. ``kind`` as ``corpus.bytes.detect.kind_of`` gives it. Raises ``Refused``."""
    if not data.strip(b" \t\r\n\0"):
        raise refused("empty")
    sha256 = hashlib.sha256(data).hexdigest()
    if kind in ("txt", "md"):
        decoded = decode(data)
        if not decoded.text.strip("\ufeff \t\r\n"):
            raise refused("no_text")
        if len(decoded.text) > limits.text_chars:
            raise refused("text_too_long", limit=limits.text_chars)
        blocks = structured(decoded.text, wrapped=True, markdown=True)
        return SourceText(name, decoded.text, kind, sha256, notices=decoded.notices, blocks=blocks)
    source = _read_format(data, name, kind, sha256, limits)
    if len(source.text) > limits.text_chars:
        raise refused("text_too_long", limit=limits.text_chars)
    return source


# The readers of each kind are loaded with the first file of that kind: those of pages and pictures alone take as long
# to load as a plan takes to read, which who checks one draft would wait for.


def _read_container(file: IO[bytes], name: str, kind: str, limits: Limits) -> Iterator[SourceText]:
    from corpus.formats.containers import read_gzip, read_jsonl, read_zip

    readers = {"zip": read_zip, "jsonl": read_jsonl, "gzip": read_gzip}
    yield from readers[kind](file, name, limits, read_bytes)


def _kind_of_ole(data: bytes) -> str:
    from corpus.formats.legacy_word import kind_of_ole

    return kind_of_ole(data)


def _read_format(data: bytes, name: str, kind: str, sha256: str, limits: Limits) -> SourceText:
    if kind == "zip":
        kind = office_kind(data) or kind
    elif kind == "ole":
        kind = _kind_of_ole(data)
    if kind == "encrypted":
        raise refused("encrypted")
    if kind in PICTURES:
        from corpus.formats.picture import read_image

        return read_image(data, name, sha256, limits, kind)
    if kind in _SHEETS:
        from corpus.formats.sheet import read_sheet

        return read_sheet(data, name, sha256, limits, kind)
    if kind in ("csv", "tsv"):
        from corpus.formats.delimited import read_delimited

        return read_delimited(data, name, sha256, limits, kind)
    reader = _reader_of(kind)
    if reader is None:
        advice = pick("corpus.advice", _ADVICE.get(kind, "save_as"))
        raise refused("unsupported", kind=kind, advice=Message(advice))
    return reader(data, name, sha256, limits)


def _reader_of(kind: str) -> _OneKind | None:
    """The function that reads files of one kind; None where there is none."""
    match kind:
        case "html":
            from corpus.formats.html import read_html as reader
        case "mhtml":
            from corpus.formats.html import read_mhtml as reader
        case "pdf":
            from corpus.formats.pdf import read_pdf as reader
        case "docx":
            from corpus.formats.word import read_docx as reader
        case "doc":
            from corpus.formats.legacy_word import read_legacy as reader
        case "odt":
            from corpus.formats.opendocument import read_odt as reader
        case "pptx":
            from corpus.formats.slides import read_pptx as reader
        case "rtf":
            from corpus.formats.rich_text import read_rtf as reader
        case _:
            return None
    return reader
