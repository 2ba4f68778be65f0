"""What a database says when the disk is full, the file damaged or not to be written: in words, without its texts.

An error of the driver carries the statement with its values, which are texts of documents: none of it is shown.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import orjson
import sqlalchemy as sa

from kb.errors import KnowledgeBaseError
from messages import Message, pick

_SAID = {
    "disk_full": ("full", "no space", "disk quota", "file too large"),
    "no_room": ("disk i/o error", "out of memory", "could not extend"),
    "locked": ("database is locked", "lock timeout", "deadlock"),
    "cannot_write": ("readonly", "read-only", "unable to open"),
    "damaged": ("malformed", "not a database", "corrupt", "invalid page", "could not decode", "no such table"),
    "no_answer": ("connection", "server closed", "terminat"),
}
"""Fault → words of which one stands in what SQLite or PostgreSQL say of it."""
_OF_THE_PROGRAM = (sa.exc.IntegrityError, sa.exc.ProgrammingError, sa.exc.NotSupportedError)
_UNREADABLE = (zlib.error, orjson.JSONDecodeError, UnicodeDecodeError)


@contextmanager
def told(place: object) -> Iterator[None]:
    """Turns what the database raises in the block into ``KnowledgeBaseError``: what is wrong with the base at
    ``place``, and what to do."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        if isinstance(error, _OF_THE_PROGRAM):
            raise
        raise KnowledgeBaseError(Message(pick("kb.store.fault", fault_of(reason(error))), place=place)) from error
    except sa.exc.StatementError as error:
        if isinstance(error.orig, MemoryError):
            raise MemoryError from error
        raise
    except _UNREADABLE as error:
        raise KnowledgeBaseError(Message("kb.store.fault.damaged", place=place)) from error


def fault_of(said: str) -> str:
    """The fault that the words of a driver mean; "other" where they are not known."""
    lower = said.lower()
    return next((name for name, words in _SAID.items() if any(word in lower for word in words)), "other")


def reason(error: sa.exc.DBAPIError) -> str:
    """What the driver says, on one line."""
    return " ".join(str(error.orig).split()).rstrip(".")
