"""Errors of the knowledge base that a user sees; ``messages.errors`` draws where they stand among all."""

from __future__ import annotations

from messages.errors import CancuError


class KnowledgeBaseError(CancuError):
    """The knowledge base, or its search index, cannot be opened, read or written."""


class NotFoundError(KnowledgeBaseError):
    """No knowledge base, document or file of that name."""


class CorrectionError(KnowledgeBaseError):
    """A corrections line that cannot be understood or applied."""


class RegisterError(KnowledgeBaseError):
    """A register that cannot be loaded as it is asked for, or is not there."""
