"""A text that somebody sends, read and compared with the knowledge base; nothing of it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
from flask import request

from corpus.structure.guess import structured
from kb.answers.shapes import Answer, Resolved
from kb.model import Hints, OwnIdentity
from kb.reading import read
from kb.service import KnowledgeBase
from messages import Message
from web.http import params
from web.http.csv_tables import CheckedCitation
from web.http.front import front
from web.http.problems import Problem


def submitted_text(most: int | None = None) -> tuple[str, str | None]:
    """(text, province) of a POST: a form, JSON ``{"text", "province"?}``, or ``text/plain``.

    The text is taken as it is, so that offsets refer to what was sent. Raises the 413 problem past the limit (``most``
    bytes, that of pasted texts by default), 415 for
    another content type, 400 for what cannot be decoded or holds no text.
    """
    most = most or front().settings.extract_bytes
    kind = request.mimetype
    province: object = params.text("province", limit=60)
    if kind == "application/json":
        try:
            body = orjson.loads(_body(most))
        except orjson.JSONDecodeError as error:
            raise Problem(
                400,
                "bad_json",
                Message("web.problem.no_json"),
                position=error.pos,
            ) from None
        if not isinstance(body, dict) or not isinstance(body.get("text"), str):
            raise Problem(
                400,
                "bad_json",
                Message("web.problem.json_form"),
                parameter="text",
            )
        text, province = body["text"], body.get("province", province)
    elif kind in ("text/plain", ""):
        try:
            text = _body(most).decode("utf-8")
        except UnicodeDecodeError as error:
            raise Problem(400, "bad_encoding", Message("web.problem.no_utf8"), position=error.start) from None
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        text, province = request.form.get("text", ""), request.form.get("province") or province
        _bounded(len(text.encode("utf-8", "replace")), most)
    else:
        raise Problem(
            415,
            "unsupported_type",
            Message("web.problem.content_types"),
        )
    if not text.strip():
        raise Problem(400, "no_text", Message("web.problem.no_text"), parameter="text")
    if province is not None and not isinstance(province, str):
        raise Problem(400, "bad_json", Message("web.problem.province_no_string"), parameter="province")
    return text, params.clean(province)[:60] or None if province else None


@dataclass(frozen=True, slots=True)
class CheckedText(Answer):
    """A text that was sent: who it is itself, and its citations with the documents they mean, all of them counted by
    status, ``per_page`` of them listed."""

    self: OwnIdentity | None
    counts: dict[str, int]
    citations: tuple[CheckedCitation, ...]
    total: int
    page: int
    pages: int
    per_page: int
    reader_version: str

    def to_json(self) -> dict[str, Any]:
        own = self.self
        return Answer.to_json(self) | {"self": own.to_json() if own else None}


PER_PAGE, MOST_PER_PAGE = 200, 500
"""Citations of a text in one answer: of the most there can be in one, all would be 12 MB."""


def check_text(text: str, province: str | None, page: int = 1, per_page: int = PER_PAGE) -> CheckedText:
    """Read ``text`` and compare what it cites with the base. Raises the 503 problem where too many are at it."""
    with front().heavy.taken() as tools:
        found: CheckedText = tools.work(compared, text, province, page, per_page)
    return found


def compared(base: KnowledgeBase, text: str, province: str | None, page: int, per_page: int) -> CheckedText:
    """The same over an open base; ``per_page`` 0 lists all citations."""
    reading = read(text, Hints(province=province, blocks=structured(text, wrapped=True, markdown=True)))
    known = {one.index: one for one in base.resolve_reading(reading, text)}
    resolved = [
        known.get(index) or Resolved(index, "unresolved", "", None, (), None) for index in range(len(reading.citations))
    ]
    states = [one.status for one in resolved]
    counts = {name: states.count(name) for name in ("resolved", "ambiguous", "unresolved")}
    total = len(resolved)
    size = per_page or max(1, total)
    first = (page - 1) * size
    listed = zip(reading.citations[first : first + size], resolved[first : first + size], strict=True)
    citations = tuple(CheckedCitation(cited=citation.to_json(text), resolved=one) for citation, one in listed)
    return CheckedText(reading.own, counts, citations, total, page, max(1, -(-total // size)), size, reading.version)


def _body(most: int) -> bytes:
    _bounded(request.content_length or 0, most)
    body = request.get_data(cache=False)
    _bounded(len(body), most)
    return body


def _bounded(size: int, most: int) -> None:
    if size > most:
        raise Problem(
            413,
            "too_large",
            Message("web.problem.text_too_large", most=most // 1024),
            limit=most,
        )
