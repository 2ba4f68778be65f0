"""Where the marks of notes stand: a sign in the lines while they are made, an anchor of the note's block in the end."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from corpus.blocks import Block

NOTE = "\x02"
"""Stands in a line where the mark of a note does; it is no part of the text."""


_BEFORE_BLANK = re.compile(rf" ({NOTE}+)(?= |$)")
_AT_BEGINNING = re.compile(rf"^({NOTE}+) ")


def tidy(line: str) -> str:
    """A line in which no sign keeps two blanks apart, or one at an end of the line."""
    return _AT_BEGINNING.sub(r"\1", _BEFORE_BLANK.sub(r"\1", line)) if NOTE in line else line


def anchored(marked: str, blocks: Sequence[Block], notes: Sequence[int | None]) -> tuple[str, list[Block]]:
    """The text without the signs, and the blocks, each note with its anchor.

    ``notes``: for each sign, in their order, which of the note blocks it belongs to (None: none of them). Where there
    are other signs than that, no note has an anchor.
    """
    signs = [offset for offset, letter in enumerate(marked) if letter == NOTE] if NOTE in marked else []
    if not signs:
        return marked, list(blocks)
    of_note: dict[int, int] = {}
    if len(signs) == len(notes):
        for number, (sign, note) in enumerate(zip(signs, notes, strict=True)):
            if note is not None:
                of_note.setdefault(note, sign - number)

    def moved(offset: int) -> int:
        return offset - bisect_left(signs, offset)

    placed: list[Block] = []
    noted = 0
    for block in blocks:
        anchor = None
        if block.kind == "note":
            anchor, noted = of_note.get(noted), noted + 1
        placed.append(replace(block, start=moved(block.start), end=moved(block.end), anchor=anchor))
    return marked.replace(NOTE, ""), [block for block in placed if block.start < block.end]
