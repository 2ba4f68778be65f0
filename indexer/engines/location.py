"""Where the search index of a knowledge base lies, and how it is replaced by a new one without a gap.

Beside the store, in ``index/``; the file ``index/current`` names the folder in use (``whoosh-1``). A rebuild fills
another folder and then changes that name in one step.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from indexer.engines.protocol import ENGINES, IndexUnusable, unreadable
from messages import Message

_NAME = re.compile(rf"({'|'.join(ENGINES)})-(\d+)\Z")


def folder_of(where: str | Path) -> Path:
    """The folder for the indexes of the base at ``where``.

    Raises:
        IndexUnusable: for a database URL, which has no folder: the index must then be named by its own URL.
    """
    if "://" in str(where):
        raise IndexUnusable(Message("indexer.engines.name_the_index"))
    return Path(where) / "index"


def current(where: str | Path) -> str | None:
    """The URL of the index in use, None where there is none yet."""
    folder = folder_of(where)
    try:
        name = (folder / "current").read_text(encoding="ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    except OSError as error:  # a folder where a file should be, or the other way round
        raise unreadable(folder, error.strerror or type(error).__name__) from error
    match = _NAME.match(name)
    return f"{match[1]}:{folder / name}" if match else None


def fresh(where: str | Path, engine: str) -> str:
    """The URL for a new index, in a folder that is not there yet."""
    folder = folder_of(where)
    used = [int(match[2]) for path in _folders(folder) if (match := _NAME.match(path.name))]
    return f"{engine}:{folder / f'{engine}-{max(used, default=0) + 1}'}"


def in_use(where: str | Path) -> str | None:
    """The same, None where what lies there cannot be read either; makes way for a new index where a file lies."""
    folder = folder_of(where)
    if folder.is_file():
        folder.unlink()
    try:
        return current(where)
    except IndexUnusable:
        return None


def adopt(where: str | Path, url: str) -> None:
    """Make the index at ``url`` the one in use, and delete what was before it."""
    folder = folder_of(where)
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / "current").is_dir():
        shutil.rmtree(folder / "current")
    name = Path(url.partition(":")[2]).name
    written = folder / "current.new"
    with open(written, "w", encoding="ascii") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(written, folder / "current")
    for path in _folders(folder):
        if path.name != name:
            shutil.rmtree(path, ignore_errors=True)


def _folders(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if _NAME.match(path.name)] if folder.is_dir() else []
