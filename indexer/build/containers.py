"""Which containers (.zip, .jsonl) were read to the end, so that an unchanged one is not opened again.

The store knows documents, not the files that carry many of them. This list lies beside it as ``containers.json``; it
may be lost or stale at no other cost than reading a container again, member by member compared with the store.
"""

from __future__ import annotations

import os
from pathlib import Path

import orjson

from kb.service import KnowledgeBase

MEMBER_MARKS = ("!", "#")
"""What stands between a container's name and its member's (``plans.zip!a.txt``, ``plans.jsonl#12``)."""


class Containers:
    """The list of one knowledge base; for one on a database server it is not kept."""

    def __init__(self, where: str | Path, base: KnowledgeBase, reader_version: str) -> None:
        self._path = None if "://" in str(where) else Path(where) / "containers.json"
        self._base = base
        self._version = reader_version
        self._known: dict[str, list[str | int]] = self._loaded()
        self._changed = False

    def _loaded(self) -> dict[str, list[str | int]]:
        try:
            found = orjson.loads(self._path.read_bytes()) if self._path else {}
        except (FileNotFoundError, orjson.JSONDecodeError):
            return {}
        return found if isinstance(found, dict) else {}

    def held_members(self, name: str, sha256: str) -> list[str]:
        """The members of this container, where its very content was read by this very reader and the store still has
        them all; else empty."""
        known = self._known.get(name)
        if known is None or known[:2] != [sha256, self._version]:
            return []
        members = self._members(name)
        return members if members and len(members) == known[2] else []

    def _members(self, name: str) -> list[str]:
        return self._base.file_names_under([name + mark for mark in MEMBER_MARKS], self._version)

    def done(self, name: str, sha256: str) -> None:
        """Note that every member of this container is in the store."""
        self._known[name] = [sha256, self._version, len(self._members(name))]
        self._changed = True

    def save(self) -> None:
        """Write the list, whole or not at all."""
        if self._path is None or not self._changed:
            return
        written = self._path.with_suffix(".new")
        written.write_bytes(orjson.dumps(self._known, option=orjson.OPT_SORT_KEYS))
        os.replace(written, self._path)
