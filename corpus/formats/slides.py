"""Presentations (.pptx): the words of each slide from top to bottom, tables, the speaker's notes; a slide is a page."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from corpus.blocks import Block
from corpus.formats.package import check_package
from corpus.layout.lines import Cell, Lines, table_of, text_and_blocks
from corpus.layout.plain_lines import clean
from corpus.limits import Limits
from corpus.notices import notice, refused
from corpus.source_text import Page, SourceText
from corpus.structure.guess import structured

_TITLES = (1, 3)  # kinds of placeholder (PP_PLACEHOLDER): title, centred title
_EMU = 914_400  # units of an inch
_ROW = _EMU // 4  # shapes whose tops lie within a quarter of an inch stand side by side


def read_pptx(data: bytes, name: str, sha256: str, limits: Limits) -> SourceText:
    """The text of a presentation. Raises ``Refused``; slides past ``limits.pages`` are left out with a notice."""
    # Loaded only where it is asked for: it takes as long to load as all other readers together.
    from pptx import Presentation
    from pptx.exc import PackageNotFoundError

    check_package(data, limits)
    try:
        slides = list(Presentation(io.BytesIO(data)).slides)
    except (PackageNotFoundError, KeyError, ValueError):
        raise refused("damaged_document") from None
    pieces: list[str] = []
    known: list[Block] = []
    pages: list[Page] = []
    at = 0
    for number, slide in enumerate(slides[: limits.pages], 1):
        lines = _lines(slide.shapes)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            first = len(lines.texts)
            lines.extend(_text(slide.notes_slide.notes_text_frame.text))
            lines.mark(Block("note", 0, 0), first)
        piece, held = text_and_blocks(lines)
        known += [block.moved(at) for block in held]
        pages.append(Page(number, at, at + len(piece)))
        pieces.append(piece)
        at += len(piece)
    if not at:
        raise refused("no_text")
    left = len(slides) - len(pages)
    said = (notice("too_many_pages", count=left, total=len(slides), limit=limits.pages),) if left else ()
    text = "".join(pieces)
    blocks = structured(text, known, wrapped=False)
    return SourceText(name, text, "pptx", sha256, pages=tuple(pages), notices=said, blocks=blocks)


def _lines(shapes: Iterable[Any]) -> Lines:
    out = Lines()
    for shape in sorted(shapes, key=lambda shape: ((shape.top or 0) // _ROW, shape.left or 0)):
        if hasattr(shape, "shapes"):  # a group
            out.extend(_lines(shape.shapes))
        elif shape.has_table:
            head = bool(shape.table.first_row)
            out.extend(
                table_of(
                    [Cell(_text(cell.text), is_head=head and number == 0) for cell in row.cells]
                    for number, row in enumerate(shape.table.rows)
                )
            )
        elif shape.has_text_frame:
            first = len(out.texts)
            out.extend(_text(shape.text_frame.text))
            if shape.is_placeholder and shape.placeholder_format.type in _TITLES:
                out.mark(Block("heading", 0, 0, level=1), first)
    return out


def _text(words: str) -> Lines:
    return Lines(line for part in words.replace("\v", "\n").splitlines() if (line := clean(part)))
