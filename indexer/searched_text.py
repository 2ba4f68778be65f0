"""The text under which a document is searched, and from which it is quoted."""

from __future__ import annotations

from functools import lru_cache

from kb.reading.repair.repaired_text import repaired_text

_REMEMBERED = 256  # texts of the last results, for whoever turns a page


def searchable_text(text: str) -> str:
    """A text with the damage of scans and lost glyphs repaired, all else as it stands."""
    return repaired_text(text).text


remembered = lru_cache(_REMEMBERED)(searchable_text)
"""The same, for texts that are asked for again: a damaged page takes tens of milliseconds."""
