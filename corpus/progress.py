"""Who is told, page by page, how far the reading of a file has come."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass

listener: ContextVar[Callable[[int, int], None] | None] = ContextVar("listener", default=None)
"""Called with the pages recognised and the pages of the file; may be called from any thread. None: nobody listens."""


@dataclass(frozen=True, slots=True)
class PageDone:
    """One more page of the file in work is recognised: how many now, and of how many."""

    done: int
    total: int
