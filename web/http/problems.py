"""Errors as answers: RFC 9457 for programs, a plain sentence on a page for people, in both languages."""

from __future__ import annotations

from typing import Any

from messages import CancuError, InTwoLanguages, Message, among, pick, say


class Problem(CancuError):
    """One thing that is wrong with a request: what, where, and what to do.

    ``code`` is stable and documented; ``words`` are whole sentences in both languages; ``extra`` members go into
    the problem document as they are (``parameter``, ``position`` …); ``headers`` are added to the answer.
    """

    def __init__(
        self, status: int, code: str, words: InTwoLanguages, *, headers: dict[str, str] | None = None, **extra: Any
    ) -> None:
        super().__init__(words)
        self.status = status
        self.code = code
        self.headers = headers or {}
        self.extra = extra

    def title(self, lang: str) -> str:
        name = str(self.status)
        return say(pick("web.problem.title", name if among("web.problem.title", name) else "other"), lang)

    def to_json(self, instance: str, lang: str) -> dict[str, Any]:
        """The problem document; ``type`` points to the page that explains the code."""
        return {
            "type": f"/gioi-thieu#loi-{self.code}",
            "title": self.title(lang),
            "status": self.status,
            "detail": self.text(lang),
            "instance": instance,
            "code": self.code,
            **self.extra,
        }


def withdrawn_document(ident: str) -> Problem:
    return Problem(
        410,
        "document_withdrawn",
        Message("web.problem.document_withdrawn", ident=ident),
        id=ident,
    )


def missing_document(ident: str) -> Problem:
    return Problem(
        404,
        "document_not_found",
        Message("web.problem.no_document", ident=ident),
        id=ident,
    )
