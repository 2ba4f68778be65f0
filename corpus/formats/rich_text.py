"""Rich text (.rtf), and what calls itself .doc and is rich text: words, table rows with their cells apart."""

from __future__ import annotations

from itertools import groupby

from striprtf.striprtf import rtf_to_text

from corpus.layout.lines import Cell, Lines, table_of, text_and_blocks
from corpus.layout.plain_lines import clean
from corpus.limits import MIB, Limits
from corpus.notices import refused
from corpus.source_text import SourceText
from corpus.structure.guess import structured


def read_rtf(data: bytes, name: str, sha256: str, limits: Limits) -> SourceText:
    """The text of a rich text file. Raises ``Refused`` where it has no words or is past ``limits.markup_bytes``."""
    if len(data) > limits.markup_bytes:
        raise refused("too_large", size=-(-len(data) // MIB), limit=limits.markup_bytes // MIB)
    try:
        plain = rtf_to_text(data.decode("latin-1"), errors="replace")
    except (ValueError, LookupError, IndexError, RecursionError):
        raise refused("damaged_document") from None
    lines = Lines()
    for is_row, group in groupby(plain.splitlines(), key=lambda line: line.endswith("|")):
        if is_row:
            lines.extend(table_of([Cell(Lines([clean(cell)])) for cell in line.split("|")[:-1]] for line in group))
        else:
            lines.texts += map(clean, group)
    text, known = text_and_blocks(lines)
    if not text:
        raise refused("no_text")
    return SourceText(name, text, "rtf", sha256, blocks=structured(text, known, wrapped=False))
