"""Files that hold many documents: .zip archives, .jsonl files with a text field, and either of them gzipped."""

from __future__ import annotations

import gzip
import hashlib
import json
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import IO, Any

from corpus.bytes.detect import kind_of
from corpus.errors import Refused
from corpus.formats.mail import read_mail
from corpus.formats.package import office_kind, open_package, read_member
from corpus.formats.skipped import Skipped
from corpus.limits import MIB, Limits
from corpus.notices import notice, refused
from corpus.source_text import SourceText
from corpus.structure.guess import structured
from corpus.walk import is_litter, one_line

ReadBytes = Callable[[bytes, str, str, Limits], SourceText]

_DEPTH = 2  # an archive within an archive is opened, one within that is refused

# The fields that carry the text and the facts in collections as they are published.
_TEXT_FIELDS = ("text", "content", "full_text", "noi_dung", "toan_van", "body", "markdown")
_HTML_FIELDS = ("html", "content_html", "noi_dung_html")
_FACTS = {
    "number": ("number", "so_hieu", "so_ky_hieu", "document_number"),
    "date": ("date", "ngay_ban_hanh", "issued", "issue_date"),
    "issuer": ("issuer", "co_quan_ban_hanh", "issuing_body"),
    "title": ("title", "trich_yeu", "name"),
}


def read_zip(source: bytes | IO[bytes], name: str, limits: Limits, read: ReadBytes) -> Iterator[SourceText]:
    """The documents of an archive in the order of their names, read by ``read(bytes, name, kind, limits)``.

    Raises ``Refused`` at once for an archive that cannot be opened or has too many members, and at the end for
    members that could not be read (their names and reasons in the notice).
    """
    skipped = Skipped()
    total = 0
    for member in _members(source, name, limits, read, skipped, 1, [limits.stream_bytes]):
        if member is not None:
            yield member
        total += 1
    if not total and not skipped.count:
        raise refused("empty_archive")
    skipped.report(total + skipped.count)


def _members(
    source: bytes | IO[bytes],
    name: str,
    limits: Limits,
    read: ReadBytes,
    skipped: Skipped,
    depth: int,
    budget: list[int],
) -> Iterator[SourceText]:
    package = open_package(source)
    members = [info for info in package.infolist() if not info.is_dir() and not _litter(info.filename)]
    if len(members) > limits.members:
        raise refused("too_many_members", count=len(members), limit=limits.members)
    for info in sorted(members, key=lambda info: info.filename):
        member = f"{name}!{one_line(_shown(info))}"
        try:
            if info.file_size > budget[0]:
                raise refused("too_large", size=limits.stream_bytes // MIB, limit=limits.stream_bytes // MIB)
            data = read_member(package, info, limits.member_bytes, limits)
            budget[0] -= len(data)
            kind = kind_of(data, info.filename)
            if kind == "zip" and office_kind(data) is None:
                if depth >= _DEPTH:
                    raise refused("nested_archive")
                yield from _members(data, member, limits, read, skipped, depth + 1, budget)
            elif kind in ("eml", "msg"):
                yield from read_mail(data, member, limits, kind, read)
            elif kind in ("jsonl", "gzip"):
                raise refused("container_in_archive")
            else:
                yield read(data, member, kind, limits)
        except Refused as refusal:
            skipped.add(member, refusal.notice)


def _litter(path: str) -> bool:
    return any(is_litter(part) for part in PurePosixPath(path.replace("\\", "/")).parts if part != "..")


def _shown(info: zipfile.ZipInfo) -> str:
    """The member's name; names that do not declare UTF-8 are tried as UTF-8 first, as most programs write them."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def read_jsonl(lines: IO[bytes], name: str, limits: Limits, read: ReadBytes) -> Iterator[SourceText]:
    """One document a line: an object with a text field (``text``, ``content``, ``noi_dung`` … or ``html``).

    Names are ``file.jsonl#12`` (lines counted from 1). Raises ``Refused`` at the end for lines that could not be
    read. Memory is bounded by one line.
    """
    skipped = Skipped()
    total = number = 0
    while line := lines.readline(limits.member_bytes + 1):
        number += 1
        if len(line) > limits.member_bytes:
            while not line.endswith(b"\n") and (line := lines.readline(MIB)):
                pass
            skipped.add(
                f"#{number}", notice("too_large", size=limits.member_bytes // MIB, limit=limits.member_bytes // MIB)
            )
            continue
        if not line.strip():
            continue
        try:
            yield _record(line, f"{name}#{number}", limits, read)
            total += 1
        except Refused as refusal:
            skipped.add(f"#{number}", refusal.notice)
    if not total and not skipped.count:
        raise refused("empty")
    skipped.report(total + skipped.count)


def _record(line: bytes, name: str, limits: Limits, read: ReadBytes) -> SourceText:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        raise refused("bad_json") from None
    if not isinstance(record, dict):
        raise refused("bad_json")
    sha256 = hashlib.sha256(line.rstrip(b"\r\n")).hexdigest()
    facts = _facts(record)
    for key in _TEXT_FIELDS:
        text = record.get(key)
        if isinstance(text, str) and text.strip():
            text = unicodedata.normalize("NFC", text).replace("\0", " ")
            # A lone surrogate ("\ud800" in JSON) is no character; no store or encoding would take it.
            text = text.encode("utf-8", "replace").decode("utf-8")
            blocks = structured(text, wrapped=True, markdown=True)
            return SourceText(name, text, "jsonl", sha256, attributes=facts, blocks=blocks)
    for key in _HTML_FIELDS:
        html = record.get(key)
        if isinstance(html, str) and html.strip():
            page = read(html.encode("utf-8", "replace"), name, "html", limits)
            return SourceText(
                name,
                page.text,
                "jsonl",
                sha256,
                notices=page.notices,
                attributes={**page.attributes, **facts},
                blocks=page.blocks,
            )
    raise refused("no_text_field")


def _facts(record: dict[str, Any]) -> dict[str, str]:
    out = {}
    for key, fields in _FACTS.items():
        for field in fields:
            value = record.get(field)
            if isinstance(value, str) and value.strip():
                out[key] = unicodedata.normalize("NFC", value.strip())
                break
    return out


def read_gzip(source: IO[bytes], name: str, limits: Limits, read: ReadBytes) -> Iterator[SourceText]:
    """A gzipped file: line by line where it holds .jsonl, else at most ``member_bytes`` of it at once."""
    inner = name.removesuffix(".gz")
    try:
        with gzip.open(source, "rb") as file:
            head = file.read(8192)
            file.seek(0)
            kind = kind_of(head, inner)
            if kind == "jsonl":
                yield from read_jsonl(file, name, limits, read)  # type: ignore[arg-type]
                return
            data = file.read(limits.member_bytes + 1)
    except (OSError, EOFError, zlib.error):
        raise refused("damaged_archive") from None
    if len(data) > limits.member_bytes:
        raise refused("too_large", size=-(-len(data) // MIB), limit=limits.member_bytes // MIB)
    if kind in ("zip", "gzip") and not (kind == "zip" and office_kind(data)):
        raise refused("nested_archive")
    yield read(data, name, kind, limits)
