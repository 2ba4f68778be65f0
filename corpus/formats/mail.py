"""Messages (.eml, .msg): what was written, and every attachment as a document of its own."""

from __future__ import annotations

import email.policy
import hashlib
import io
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage

from corpus.bytes.detect import kind_of
from corpus.errors import Refused
from corpus.formats.package import office_kind
from corpus.formats.skipped import Skipped
from corpus.layout.plain_lines import clean, joined
from corpus.limits import Limits
from corpus.notices import refused
from corpus.source_text import Notice, SourceText
from corpus.structure.guess import structured
from corpus.walk import one_line

ReadBytes = Callable[[bytes, str, str, Limits], SourceText]
_UNREAD_PARTS = ("zip", "jsonl", "gzip", "eml", "msg")


@dataclass(frozen=True, slots=True)
class _Letter:
    """A message taken apart. ``plain`` or, where there is none, ``html`` is what was written."""

    subject: str
    plain: str
    html: bytes
    attached: tuple[tuple[str, bytes], ...]


def read_mail(data: bytes, name: str, limits: Limits, kind: str, read: ReadBytes) -> Iterator[SourceText]:
    """The message and its attachments, each read by ``read(bytes, name, kind, limits)`` and named ``mail.eml!file``.

    Raises ``Refused`` at the end, naming the attachments that could not be read and why.
    """
    letter = _letter_of_msg(data) if kind == "msg" else _letter_of_eml(data)
    skipped = Skipped()
    body = _body(letter, name, kind, hashlib.sha256(data).hexdigest(), limits, read)
    if body is not None:
        yield body
    count = int(body is not None)
    for file_name, content in letter.attached[: limits.members]:
        member = f"{name}!{one_line(file_name)}"
        try:
            found = kind_of(content, file_name)
            if found in _UNREAD_PARTS and not (found == "zip" and office_kind(content)):
                raise refused("container_in_archive")
            yield read(content, member, found, limits)
            count += 1
        except Refused as refusal:
            skipped.add(member, refusal.notice)
    if not count and not skipped.count:
        raise refused("no_text")
    skipped.report(count + skipped.count)


def _body(letter: _Letter, name: str, kind: str, sha256: str, limits: Limits, read: ReadBytes) -> SourceText | None:
    """What was written, below the subject; None where nothing was."""
    written = [clean(line) for line in letter.plain.splitlines()]
    notices: tuple[Notice, ...] = ()
    if not any(written) and letter.html.strip():
        try:
            page = read(letter.html, name, "html", limits)
        except Refused:
            return None
        written, notices = page.text.splitlines(), page.notices
    text = joined([clean(letter.subject), "", *written])
    if not text:
        return None
    return SourceText(name, text, kind, sha256, notices=notices, blocks=structured(text, wrapped=True))


def _letter_of_eml(data: bytes) -> _Letter:
    message = message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    plain = message.get_body(("plain",))
    html = message.get_body(("html",))
    attached = [(_file_name(part, n), _content(part)) for n, part in enumerate(message.iter_attachments(), 1)]
    return _Letter(
        str(message["subject"] or ""),
        _written(plain) if isinstance(plain, EmailMessage) else "",
        _content(html) if isinstance(html, EmailMessage) else b"",
        tuple(attached),
    )


def _file_name(part: EmailMessage, number: int) -> str:
    ending = ".eml" if part.get_content_maintype() == "message" else ""
    return (part.get_filename() or f"{number}{ending}").replace("/", "_")


def _content(part: EmailMessage) -> bytes:
    if part.get_content_maintype() == "message":
        return b"".join(inner.as_bytes() for inner in part.iter_parts())
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _written(part: EmailMessage) -> str:
    """The words of a part; where it names a character set that nobody knows, read as UTF-8."""
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError):
        return _content(part).decode("utf-8", "replace")


def _letter_of_msg(data: bytes) -> _Letter:
    from oxmsg import Message  # loaded only where it is asked for

    try:
        message = Message.load(io.BytesIO(data))
        attached = [(one.file_name or str(n), one.file_bytes or b"") for n, one in enumerate(message.attachments, 1)]
        html = (message.html_body or "").encode("utf-8", "replace")
        return _Letter(message.subject or "", message.body or "", html, tuple(attached))
    except (OSError, KeyError, ValueError, IndexError, AttributeError, struct.error):
        raise refused("damaged_document") from None
