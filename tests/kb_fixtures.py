"""Small knowledge bases for tests: documents written as a header and a list of citations."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kb.answers.export import export
from kb.authority import issuers
from kb.identity.numbering import number_parts
from kb.model import Citation, OwnIdentity, Reading
from kb.service import KnowledgeBase
from kb.store.store import Store


@dataclass(frozen=True)
class Source:
    """What a reader hands on, as the store needs it."""

    name: str
    text: str
    format: str
    sha256: str
    pages: tuple[Any, ...] = ()
    notices: tuple[Any, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)
    blocks: tuple[Any, ...] = ()


def source(name: str, text: str) -> Source:
    """A text as a file of that name."""
    return Source(name, text, "txt", hashlib.sha256(text.encode()).hexdigest())


def cite(number: str | None, date: str | None = None, *, province: str | None = None, **fields: Any) -> Citation:
    """A citation by number; the issuer is read off the number's code."""
    parts = number_parts(number) if number else None
    body = issuers.canonical(parts.organs[0]) if parts and parts.organs else None
    known = province != "?"
    given = {
        "start": 0,
        "end": 0,
        "kind": "number",
        "text": number or "",
        "number": number,
        "date": date,
        "body": body,
        "province": province if known else None,
        "province_known": known,
    }
    return Citation(**(given | fields))


def reading(own: OwnIdentity | None, citations: Sequence[Citation], version: str = "test") -> tuple[str, Reading]:
    """A text in which every citation stands on a line of its own, and its reading."""
    lines, placed, at = ["KẾ HOẠCH"], [], len("KẾ HOẠCH\n")
    for n, citation in enumerate(citations):
        line = f"- {citation.text} được nêu ở dòng này;"
        start = at + 2
        placed.append(
            citation._replace(
                start=start,
                end=start + len(citation.text),
                sentence=(at, at + len(line)),
                line=n + 2,
            )
        )
        lines.append(line)
        at += len(line) + 1
    return "\n".join(lines), Reading(own, tuple(placed), version)


def plan(number: str | None, date: str | None, province: str | None = "Ninh Thuận", **fields: Any) -> OwnIdentity:
    """The header of a document."""
    parts = number_parts(number) if number else None
    given = {
        "number": number,
        "date": date,
        "type": "ke-hoach",
        "body": issuers.canonical(parts.organs[0]) if parts and parts.organs else "SKHCN",
        "province": province,
    }
    return OwnIdentity(**(given | fields))


Document = tuple[str, OwnIdentity | None, Sequence[Citation]]


def put(base: KnowledgeBase, documents: Iterable[Document]) -> None:
    """Store documents without resolving."""
    for name, own, citations in documents:
        text, read = reading(own, citations)
        base.put(source(name, f"{text}\n{name}"), read)


def build(where: str | Path, documents: Iterable[Document]) -> KnowledgeBase:
    """A knowledge base of these documents, resolved."""
    base = KnowledgeBase.open(where, create=True)
    put(base, documents)
    base.resolve()
    return base


def export_text(store: Store, format: str) -> str:
    """The whole base as one text."""
    return "".join(export(store, format))
