"""Rich text (.rtf), and what calls itself .doc and is rich text: words, table rows with their cells apart."""

from __future__ import annotations

from striprtf.striprtf import rtf_to_text

from corpus.layout.plain_lines import clean, joined
from corpus.limits import MIB, Limits
from corpus.notices import refused
from corpus.source_text import SourceText


def read_rtf(data: bytes, name: str, sha256: str, limits: Limits) -> SourceText:
    """The text of a rich text file. Raises ``Refused`` where it has no words or is past ``limits.markup_bytes``."""
    if len(data) > limits.markup_bytes:
        raise refused("too_large", size=-(-len(data) // MIB), limit=limits.markup_bytes // MIB)
    try:
        plain = rtf_to_text(data.decode("latin-1"), errors="replace")
    except (ValueError, LookupError, IndexError, RecursionError):
        raise refused("damaged_document") from None
    text = joined([_line(line) for line in plain.splitlines()])
    if not text:
        raise refused("no_text")
    return SourceText(name, text, "rtf", sha256)


def _line(line: str) -> str:
    """A line; of a table row the cells set apart as in every other format."""
    if not line.endswith("|"):
        return clean(line)
    return " | ".join(cell for part in line.split("|") if (cell := clean(part)))
