"""Text → citations: pure functions, one module a stage.

The patterns of the reader take a second to be made ready, so they are loaded when a text is first read: who looks a
number up does not wait for them.
"""

from __future__ import annotations

from kb.model import Hints, Reading
from kb.reading.version import READER_VERSION

__all__ = ["READER_VERSION", "read"]


def read(text: str, hints: Hints | None = None) -> Reading:
    """All citations of a text and what it says of itself.

    Args:
        text: any text; offsets of the result are code points into it.
        hints: what is known from outside (province, page starts, attributes of the carrier, structure).
    Returns:
        A ``Reading``; the same text and hints always give the same one. Never raises on any text.
    """
    from kb.reading import reader

    return reader.read_text(text, hints or Hints())
