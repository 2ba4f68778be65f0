"""What workers run on texts. A module of its own, so that a worker loads the reader and nothing else."""

from __future__ import annotations

from kb.model import Hints, Reading
from kb.reading import read


def read_text(text: str, hints: Hints) -> Reading:
    """The citations of one text, and what it says of itself."""
    return read(text, hints)
