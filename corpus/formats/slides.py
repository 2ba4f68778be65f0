"""Presentations (.pptx): the words of each slide from top to bottom, tables, the speaker's notes; a slide is a page."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

from corpus.formats.package import check_package
from corpus.layout.plain_lines import clean, joined, row_lines
from corpus.limits import Limits
from corpus.notices import notice, refused
from corpus.source_text import Page, SourceText

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
    pages: list[Page] = []
    at = 0
    for number, slide in enumerate(slides[: limits.pages], 1):
        lines = list(_lines(slide.shapes))
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            lines += _text(slide.notes_slide.notes_text_frame.text)
        piece = joined(lines)
        pages.append(Page(number, at, at + len(piece)))
        pieces.append(piece)
        at += len(piece)
    if not at:
        raise refused("no_text")
    left = len(slides) - len(pages)
    said = (notice("too_many_pages", count=left, total=len(slides), limit=limits.pages),) if left else ()
    return SourceText(name, "".join(pieces), "pptx", sha256, pages=tuple(pages), notices=said)


def _lines(shapes: Iterable[Any]) -> Iterator[str]:
    for shape in sorted(shapes, key=lambda shape: ((shape.top or 0) // _ROW, shape.left or 0)):
        if hasattr(shape, "shapes"):  # a group
            yield from _lines(shape.shapes)
        elif shape.has_table:
            for row in shape.table.rows:
                yield from row_lines([_text(cell.text) for cell in row.cells])
        elif shape.has_text_frame:
            yield from _text(shape.text_frame.text)


def _text(words: str) -> list[str]:
    return [line for part in words.replace("\v", "\n").splitlines() if (line := clean(part))]
