"""The blocks of a text as the store keeps them: compressed, with the version of their form.

A text is kept with its structure, so that it can be read anew without its file. Blocks of another version are not
understood: the text counts as one without structure until its file is read again.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, fields

import orjson

from kb.model import BlockLike

VERSION = 1


@dataclass(frozen=True, slots=True)
class StoredBlock:
    """One block; the fields are those of ``corpus.blocks.Block``."""

    kind: str
    start: int
    end: int
    level: int = 0
    label: str = ""
    name: str = ""
    parent: int | None = None
    row: int | None = None
    column: int | None = None
    span: int = 1
    is_head: bool = False
    anchor: int | None = None


_DEFAULTS = {field.name: field.default for field in fields(StoredBlock)}


def pack(blocks: Sequence[BlockLike]) -> bytes | None:
    """Blocks, fresh from a reader or out of the store, as bytes; None where there are none."""
    if not blocks:
        return None
    kept = [
        {name: value for name, default in _DEFAULTS.items() if (value := getattr(block, name)) != default}
        for block in blocks
    ]
    return zlib.compress(orjson.dumps({"version": VERSION, "blocks": kept}))


def unpack(packed: bytes | None) -> tuple[StoredBlock, ...]:
    """The blocks in ``packed``; none where it holds another version's."""
    if not packed:
        return ()
    said = orjson.loads(zlib.decompress(packed))
    return tuple(StoredBlock(**block) for block in said["blocks"]) if said["version"] == VERSION else ()
