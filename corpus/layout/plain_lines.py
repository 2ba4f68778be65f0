"""Paragraphs and tables set as plain lines, one way for every format.

A paragraph is a line. A table row is one line, its cells parted by `` | ``, where every cell is a single line;
a row with longer cells (the national header, a signature block) keeps the cells' own lines, each further cell
beginning with ``| `` on a line of its own. So words of different columns never run into one another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_VOID = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def clean(text: str) -> str:
    """One line: runs of blanks become one, soft hyphens and zero-width signs go, NFC."""
    if _VOID.search(text):
        text = _VOID.sub("", text)
    return unicodedata.normalize("NFC", _BLANKS.sub(" ", text)).strip(" \r\n")


def row_lines(cells: Sequence[Sequence[str]]) -> list[str]:
    """The lines of one table row from the lines of its cells; empty cells are left out."""
    filled = [[line for line in cell if line] for cell in cells]
    filled = [cell for cell in filled if cell]
    if not filled:
        return []
    if all(len(cell) == 1 for cell in filled):
        return [" | ".join(cell[0] for cell in filled)]
    lines = list(filled[0])
    for cell in filled[1:]:
        lines.append("| " + cell[0])
        lines.extend(cell[1:])
    return lines


def joined(lines: Sequence[str]) -> str:
    """The text of a document from its lines: no blank lines at either end, at most one in a row."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    return "\n".join(kept) + "\n" if kept else ""
