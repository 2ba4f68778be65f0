"""The files of folders, in one fixed order, without loops; what cannot be reached is reported, not skipped."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.errors import Refused
from corpus.notices import notice

# What programs leave beside documents: lock files of Word ("~$x.docx"), folder views of Windows and macOS.
_LITTER = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


def shown(path: str | os.PathLike[str]) -> str:
    """A path as text that any encoding of Unicode can carry: bytes of a name that are not UTF-8 become ``\\xNN``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def is_litter(name: str) -> bool:
    """Whether a file or folder of that name is no document: hidden, a lock file, or a system's litter."""
    return name.startswith((".", "~$")) or name.lower() in _LITTER


def walk(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Path | Refused]:
    """Every file among ``paths`` and inside the folders among them, each folder in byte order of names.

    A path that is missing, a dangling link, a link back into a folder being walked, a folder without permission, a
    pipe or device comes as a ``Refused`` whose ``name`` tells which. Inside folders hidden files, lock files
    (``~$…``) and system litter are left out; a path named by the user is never left out. Never raises ``OSError``.
    """
    for path in paths:
        yield from _walk(Path(path), frozenset())


def _walk(path: Path, above: frozenset[tuple[int, int]]) -> Iterator[Path | Refused]:
    """``above``: device and inode of the folders being walked, to know a loop by."""
    try:
        status = path.stat()
        if stat.S_ISREG(status.st_mode):
            yield path
            return
        if not stat.S_ISDIR(status.st_mode):
            yield Refused(notice("not_regular"), shown(path))
            return
        here = (status.st_dev, status.st_ino)
        if here in above:
            yield Refused(notice("link_loop"), shown(path))
            return
        names = sorted(os.listdir(path), key=os.fsencode)
    except OSError as error:
        yield refusal_of(error, path)
        return
    for name in names:
        if not is_litter(name):
            yield from _walk(path / name, above | {here})


def refusal_of(error: OSError, path: Path) -> Refused:
    """What a clerk is told when the operating system will not let a file be read."""
    name = shown(path)
    if isinstance(error, PermissionError):
        return Refused(notice("no_permission"), name)
    if path.is_symlink():
        if isinstance(error, FileNotFoundError):
            return Refused(notice("dangling_link", target=shown(os.readlink(path))), name)
        if not path.exists():  # ELOOP: a link to itself
            return Refused(notice("link_loop"), name)
    if isinstance(error, FileNotFoundError):
        return Refused(notice("missing"), name)
    return Refused(notice("io_error", error=error.strerror or type(error).__name__), name)
