"""What the store needs of a text as a reader hands it on; ``corpus.source_text.SourceText`` is one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from corpus.blocks import Block


class PageLike(Protocol):
    """What the store needs of a page of a text."""

    @property
    def number(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def how(self) -> str: ...
    @property
    def confidence(self) -> float | None: ...


class NoticeLike(Protocol):
    """What the store needs of a notice."""

    @property
    def code(self) -> str: ...
    @property
    def vi(self) -> str: ...
    @property
    def en(self) -> str: ...


class SourceLike(Protocol):
    """What the store needs of a text as a reader hands it on (``corpus.source_text.SourceText`` is one)."""

    @property
    def name(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def format(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def pages(self) -> Sequence[PageLike]: ...
    @property
    def notices(self) -> Sequence[NoticeLike]: ...
    @property
    def attributes(self) -> dict[str, str]: ...
    @property
    def blocks(self) -> Sequence[Block]: ...
