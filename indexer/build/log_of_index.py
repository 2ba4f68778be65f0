"""Up to which state of the base a search index has taken everything, remarked with the index itself.

With the remark the next run takes only what changed since (``kb.store.to_index``); without it, or where it does not fit
the base, every stamp is compared. It may be lost at no other cost.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import orjson

from indexer.engines.protocol import FORMAT, SearchIndex
from kb.reading import READER_VERSION
from kb.service import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Taken:
    """The state of the base that an index has taken, by which form of the index and which reader."""

    build: str
    state: int
    form: str = f"{FORMAT} {READER_VERSION}"


def taken(index: SearchIndex, base: KnowledgeBase) -> int | None:
    """The state of ``base`` that the index has taken; None where that is not known."""
    try:
        said = Taken(**orjson.loads(index.remarked()))
    except (orjson.JSONDecodeError, TypeError):
        return None
    fits = said.form == Taken("", 0).form and base.was_at(said.build, said.state)
    return said.state if fits else None


def note(index: SearchIndex, build: str, state: int) -> None:
    """Note that the index has taken this state."""
    index.remark(orjson.dumps(asdict(Taken(build, state))))
