"""Every sentence the readers say to a clerk, by a stable code; the words are in ``messages/corpus/notice.toml``."""

from __future__ import annotations

from corpus.errors import Refused
from corpus.source_text import Notice
from messages import Message, pick


def notice(code: str, **values: object) -> Notice:
    """The notice with that code, its blanks filled with ``values``.

    Raises ``MessageError`` for an unknown code and for values that the notice does not name.
    """
    said = Message(pick("corpus.notice", code), **values)
    return Notice(code, said.vi, said.en)


def refused(code: str, **values: object) -> Refused:
    """The refusal with that code, ready to be raised."""
    return Refused(notice(code, **values))
