"""Errors of the knowledge base that a user sees, in both languages."""

from __future__ import annotations

from messages import InTwoLanguages


class KnowledgeBaseError(Exception):
    """What is wrong, where, and what to do about it."""

    def __init__(self, words: InTwoLanguages) -> None:
        super().__init__(words)
        self.words = words

    def text(self, lang: str = "vi") -> str:
        """The message in ``lang`` (``vi`` or ``en``)."""
        return self.words.text(lang)

    @property
    def vi(self) -> str:
        """The message in Vietnamese."""
        return self.text("vi")

    @property
    def en(self) -> str:
        """The message in English."""
        return self.text("en")

    def __str__(self) -> str:
        return self.en


class NotFoundError(KnowledgeBaseError):
    """No knowledge base, document or file of that name."""


class CorrectionError(KnowledgeBaseError):
    """A corrections line that cannot be understood or applied."""
