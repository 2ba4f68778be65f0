"""The front of the readers: a path to the texts in it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from corpus.bytes.detect import kind_of
from corpus.bytes.encoding import decode
from corpus.errors import Refused
from corpus.formats.containers import read_gzip, read_jsonl, read_zip
from corpus.formats.delimited import read_delimited
from corpus.formats.html import read_html, read_mhtml
from corpus.formats.legacy_word import kind_of_ole, read_legacy
from corpus.formats.mail import read_mail
from corpus.formats.opendocument import read_odt
from corpus.formats.package import office_kind
from corpus.formats.pdf import read_pdf
from corpus.formats.picture import read_image
from corpus.formats.rich_text import read_rtf
from corpus.formats.sheet import read_sheet
from corpus.formats.slides import read_pptx
from corpus.formats.word import read_docx
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


_ONE_KIND: dict[str, Callable[[bytes, str, str, Limits], SourceText]] = {
    "html": read_html,
    "mhtml": read_mhtml,
    "pdf": read_pdf,
    "docx": read_docx,
    "odt": read_odt,
    "pptx": read_pptx,
    "rtf": read_rtf,
}


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
                kind = kind_of_ole(file.read(limits.file_bytes))
            file.seek(0)
            limit = limits.stream_bytes if kind in _STREAMED else limits.file_bytes
            if size > limit:
                raise refused("too_large", size=-(-size // MIB), limit=limit // MIB)
            if kind == "zip":
                yield from read_zip(file, name, limits, read_bytes)
            elif kind == "jsonl":
                yield from read_jsonl(file, name, limits, read_bytes)
            elif kind == "gzip":
                yield from read_gzip(file, name, limits, read_bytes)
            elif kind in ("eml", "msg"):
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


def _read_format(data: bytes, name: str, kind: str, sha256: str, limits: Limits) -> SourceText:
    if kind == "zip":
        kind = office_kind(data) or kind
    elif kind == "ole":
        kind = kind_of_ole(data)
    if kind == "encrypted":
        raise refused("encrypted")
    if kind in PICTURES:
        return read_image(data, name, sha256, limits, kind)
    if kind in _SHEETS:
        return read_sheet(data, name, sha256, limits, kind)
    if kind in ("csv", "tsv"):
        return read_delimited(data, name, sha256, limits, kind)
    if kind == "doc":
        return read_legacy(data, name, sha256, limits)
    if kind in _ONE_KIND:
        return _ONE_KIND[kind](data, name, sha256, limits)
    advice = pick("corpus.advice", _ADVICE.get(kind, "save_as"))
    raise refused("unsupported", kind=kind, advice=Message(advice))
