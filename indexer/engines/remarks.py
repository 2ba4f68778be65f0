"""A remark left with an index that is a folder: a file beside the engine's own."""

from __future__ import annotations

import os
from pathlib import Path

_FILE = "taken.json"


class FolderRemark:
    """What ``SearchIndex.remark`` and ``remarked`` do for an index in ``self._folder``."""

    _folder: Path

    def remark(self, said: bytes) -> None:
        written = self._folder / (_FILE + ".new")
        written.write_bytes(said)
        os.replace(written, self._folder / _FILE)

    def remarked(self) -> bytes:
        try:
            return (self._folder / _FILE).read_bytes()
        except OSError:
            return b""
