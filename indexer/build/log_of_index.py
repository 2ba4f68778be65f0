"""Up to which state of the base a search index in a folder has taken everything, noted beside its files.

With the note the next run takes only what changed since (``kb.store.to_index``); without it, or where it does not fit
the base, every stamp is compared. It may be lost at no other cost.
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from indexer.engines.protocol import FORMAT
from kb.reading import READER_VERSION
from kb.service import KnowledgeBase

_FILE = "taken.json"


@dataclass(frozen=True, slots=True)
class Taken:
    """The state of the base that an index has taken, by which form of the index and which reader."""

    build: str
    state: int
    form: str = f"{FORMAT} {READER_VERSION}"


def taken(url: str | None, base: KnowledgeBase) -> int | None:
    """The state of ``base`` that the index at ``url`` has taken; None where that is not known."""
    folder = _folder(url)
    try:
        said = Taken(**orjson.loads((folder / _FILE).read_bytes())) if folder else None
    except (OSError, orjson.JSONDecodeError, TypeError):
        return None
    fits = said is not None and said.form == Taken("", 0).form and base.was_at(said.build, said.state)
    return said.state if said is not None and fits else None


def forget(url: str | None) -> None:
    """The index at ``url`` was emptied."""
    folder = _folder(url)
    if folder:
        (folder / _FILE).unlink(missing_ok=True)


def note(url: str | None, build: str, state: int) -> None:
    """Note that the index at ``url`` has taken this state; nothing for an index that is no folder."""
    folder = _folder(url)
    if folder and folder.is_dir():
        written = folder / (_FILE + ".new")
        written.write_bytes(orjson.dumps(asdict(Taken(build, state))))
        os.replace(written, folder / _FILE)


def _folder(url: str | None) -> Path | None:
    place = (url or "").partition(":")[2]
    return Path(place) if place and "://" not in place else None
