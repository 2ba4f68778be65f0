"""The blocks of a text as the store keeps them: compressed, with the version of their form.

A text is kept with its structure, so that it can be read anew without its file. Blocks of another version are not
understood: the text counts as one without structure until its file is read again.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import orjson

from corpus.blocks import Block

VERSION = 1


def pack(blocks: Sequence[Block]) -> bytes | None:
    """Blocks as bytes; None where there are none."""
    if not blocks:
        return None
    return zlib.compress(orjson.dumps({"version": VERSION, "blocks": [block.to_json() for block in blocks]}))


def unpack(packed: bytes | None) -> tuple[Block, ...]:
    """The blocks in ``packed``; none where it holds another version's."""
    if not packed:
        return ()
    said = orjson.loads(zlib.decompress(packed))
    return tuple(map(Block.from_json, said["blocks"])) if said["version"] == VERSION else ()
