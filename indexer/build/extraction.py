"""What workers run on texts. A module of its own, so that a worker loads the reader and nothing else."""

from __future__ import annotations

from kb.model import Hints, Reading
from kb.reading import read
from kb.reading.repair.repaired_text import repaired_text


def read_text(text: str, hints: Hints) -> Reading:
    """The citations of one text, and what it says of itself."""
    return read(text, hints)


def searchable_text(text: str) -> str:
    """The text under which a document is searched: damage of scans and lost glyphs repaired, all else as it stands."""
    return repaired_text(text).text
