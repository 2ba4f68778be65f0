"""What kind of file it is, by its content; the name decides only between kinds of plain text."""

from __future__ import annotations

import re
from pathlib import PurePath

_HTML_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = 8192

_MAGIC = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"GIF8", "gif"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "jp2"),
    (b"\xff\x4f\xff\x51", "jp2"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
)
_BRANDS = dict.fromkeys((b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"), "heic") | {b"avif": "avif"}
_TEXT_BY_NAME = {
    ".md": "md",
    ".markdown": "md",
    ".htm": "html",
    ".html": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
}
_MAIL = re.compile(
    rb"(?:From |(?:Return-Path|Received|Delivered-To|MIME-Version|Message-ID|From|To|Date|Subject|X-[\w-]+):)",
    re.IGNORECASE,
)
_MAIL_HEADER = re.compile(rb"^(?:Message-ID|MIME-Version|Received|Content-Type):", re.IGNORECASE | re.MULTILINE)
_SENDER = re.compile(rb"^From:", re.IGNORECASE | re.MULTILINE)


def kind_of(head: bytes, name: str) -> str:
    """The kind of a file from its first bytes (8 kB are enough) and its name.

    One of ``pdf zip ole rtf png jpeg tiff gif bmp webp jp2 heic avif gzip rar 7z html mhtml eml jsonl csv tsv md txt``;
    ``zip`` covers .docx and its like, ``ole`` legacy .doc and its like, which the reader of the container tells apart.
    """
    head = head[:_HEAD]
    return _by_mark(head) or _by_words(head) or _by_name(head, name)


def _by_mark(head: bytes) -> str | None:
    """The kind of a file that begins with the bytes of its format."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return "bmp"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp" and head[8:12] in _BRANDS:
        return _BRANDS[head[8:12]]
    return "pdf" if b"%PDF-" in head[:1024] else None


def _by_words(head: bytes) -> str | None:
    """The kind of a text that says at its beginning what it is: a web page, a mail."""
    narrow = head.replace(b"\0", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head
    if _HTML_START.match(narrow.lstrip(b"\xff\xfe")):
        return "html"
    if head.lstrip()[:13].lower() == b"mime-version:" and b"multipart/related" in head.lower():
        return "mhtml"
    if _MAIL.match(head) and _MAIL_HEADER.search(head) and _SENDER.search(head):
        return "eml"
    return None


def _by_name(head: bytes, name: str) -> str:
    """The kind of any other text, by its name."""
    by_name = _TEXT_BY_NAME.get(PurePath(name).suffix.lower(), "txt")
    if by_name == "txt" and re.match(rb'(?:\xef\xbb\xbf)?\{"[^"\n]{1,80}"\s*:', head):
        return "jsonl"
    return by_name
