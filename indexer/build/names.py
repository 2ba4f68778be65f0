"""Names of files in a base, and the files on the disk that they mean."""

from __future__ import annotations

import os
from pathlib import Path

from corpus.walk import on_disk, shown
from indexer.build.containers import MEMBER_MARKS
from kb.service import KnowledgeBase


def known_as(base: KnowledgeBase, path: Path) -> Path:
    """A path as the base knows it: one folder by two names (``plans``, ``/home/lan/plans``) is one folder, whose files
    keep the names under which they came first."""
    spellings = [path, Path(os.path.relpath(path)), Path(os.path.abspath(path)), Path(os.path.realpath(path))]
    for one in dict.fromkeys(spellings):
        if base.has_names_within(shown(one)):
            return one
    return path


def within(name: str, roots: list[str]) -> bool:
    """Whether a file of this name lies in one of the folders."""
    return any(
        not name.startswith(("/", "../")) if root == "." else name.startswith(root.rstrip("/") + "/") for root in roots
    )


def exists(name: str) -> bool:
    """Whether a file, or the container of a member, is on the disk."""
    if os.path.lexists(on_disk(name)):
        return True
    return any(mark in name and os.path.lexists(on_disk(name[: name.index(mark)])) for mark in MEMBER_MARKS)
