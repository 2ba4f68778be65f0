"""What workers run on texts. A module of its own, so that a worker loads the reader and nothing else."""

from __future__ import annotations

import re
from itertools import islice

from corpus.notices import refused
from kb.model import Hints, Reading
from kb.reading import read

MOST_NUMBERS = 50_000
"""Numbers with a stroke in one text that is read: a citation takes some kilobytes and a quarter of a millisecond; the
longest lists of a ministry name some thousand."""
_NUMBER = re.compile(r"[0-9]\s{0,2}[/-]\s{0,2}[^\W\d_]", re.ASCII)


def read_text(text: str, hints: Hints) -> Reading:
    """The citations of one text, and what it says of itself. Raises ``Refused`` for one that is nothing but numbers."""
    if too_many_numbers(text):
        raise refused("too_many_citations", limit=MOST_NUMBERS)
    return read(text, hints)


def too_many_numbers(text: str) -> bool:
    """Whether a text has more numbers than are read of one."""
    return next(islice(_NUMBER.finditer(text), MOST_NUMBERS, None), None) is not None
