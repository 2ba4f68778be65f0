"""Errors of the knowledge base that a user sees, in both languages."""

from __future__ import annotations


class KnowledgeBaseError(Exception):
    """What is wrong, where, and what to do about it; ``vi`` and ``en`` say the same."""

    def __init__(self, *, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi = vi
        self.en = en

    def text(self, lang: str = "vi") -> str:
        """The message in ``lang`` (``vi`` or ``en``)."""
        return self.en if lang == "en" else self.vi


class NotFoundError(KnowledgeBaseError):
    """No knowledge base, document or file of that name."""


class CorrectionError(KnowledgeBaseError):
    """A corrections line that cannot be understood or applied."""
