"""The files of folders, in one fixed order, without loops; what cannot be reached is reported, not skipped."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.errors import Refused
from corpus.notices import notice

# What programs leave beside documents: lock files of Word ("~$x.docx"), folder views of Windows and macOS.
_LITTER = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


_MARKS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0x200E, 0x200F, *range(0x202A, 0x202F),
                        *range(0x2066, 0x206A)])  # fmt: skip
_CONTROL = {code: "".join(f"\\x{byte:02x}" for byte in chr(code).encode()) for code in _MARKS}
_ESCAPED = re.compile(rb"\\x([0-9a-f]{2})")


def shown(path: str | os.PathLike[str]) -> str:
    """A path as one line of text that any encoding of Unicode can carry: bytes of a name that are not UTF-8, control
    characters and marks of direction become ``\\xNN``."""
    return one_line(os.fsencode(path).decode("utf-8", "backslashreplace"))


def one_line(name: str) -> str:
    """A name without anything that a terminal or a list would obey."""
    return name.translate(_CONTROL)


def on_disk(name: str) -> Path:
    """The path that ``shown`` gives as ``name``; of a name that has such an escape in itself the one that exists."""
    if "\\x" not in name or os.path.lexists(name):
        return Path(name)
    return Path(os.fsdecode(_ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), os.fsencode(name))))


def is_litter(name: str) -> bool:
    """Whether a file or folder of that name is no document: hidden, a lock file, or a system's litter."""
    return name.startswith((".", "~$")) or name.lower() in _LITTER


def walk(paths: Iterable[str | os.PathLike[str]], *, follow: bool = False) -> Iterator[Path | Refused]:
    """Every file among ``paths`` and inside the folders among them, each folder in byte order of names.

    A path that is missing, a dangling link, a link back into a folder being walked, a folder without permission, a
    pipe or device comes as a ``Refused`` whose ``name`` tells which. Inside folders hidden files, lock files
    (``~$…``) and system litter are left out; a path named by the user is never left out. A link inside a folder that
    leads out of it is told and not followed, unless ``follow``. Never raises ``OSError``.
    """
    for path in paths:
        yield from _walk(Path(path), frozenset(), None if follow else os.path.realpath(path))


def _walk(path: Path, above: frozenset[tuple[int, int]], within: str | None) -> Iterator[Path | Refused]:
    """``above``: device and inode of the folders being walked, to know a loop by; ``within``: the folder that links may
    not lead out of."""
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
        if is_litter(name):
            continue
        inner = path / name
        if within is not None and inner.is_symlink() and _leads_out(inner, within):
            yield Refused(notice("link_outside", target=shown(os.path.realpath(inner))), shown(inner))
        else:
            yield from _walk(inner, above | {here}, within)


def _leads_out(link: Path, folder: str) -> bool:
    """Whether a link to something that exists leads out of the folder that is walked."""
    target = os.path.realpath(link)
    return os.path.exists(target) and os.path.commonpath([target, folder]) != folder


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
