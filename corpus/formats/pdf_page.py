"""One page of a PDF: its words with their places, drawn lines, signature stamps, and its picture."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from corpus.formats.pdf_form import Field, fields_of
from corpus.formats.pdf_turn import Box, Turn
from corpus.layout.words_to_lines import Rule, Word

_MOST_OBJECTS = 4_000  # drawn objects looked at per page; a drawing of more is no table
_MOST_CHARS = 200_000
_STAMPED_NUMBER = re.compile(r"[\d\s./]{1,12}")


@dataclass(frozen=True, slots=True)
class PdfPage:
    """What a page holds besides its picture. Places are points from the top left corner.

    ``words``: the text layer; ``stamped``: what was filled into a form or stamped into it, which belongs into its
    lines; ``stamps``: the words of each digital signature's stamp; ``fields``: those of its form;
    ``pictured``: which share of the page (0-1) pictures cover; ``unmapped``: which share of the
    letters the file gives no Unicode for.
    """

    words: tuple[Word, ...]
    stamped: tuple[Word, ...]
    stamps: tuple[str, ...]
    fields: tuple[Field, ...]
    rules: tuple[Rule, ...]
    pictured: float
    unmapped: float


def page_of(document: pypdfium2.PdfDocument, index: int) -> PdfPage:
    """Reads everything but the picture. Raises ``pypdfium2.PdfiumError`` for a page that cannot be loaded."""
    page = document[index]
    turn = Turn.of(page)
    fields = fields_of(page, turn)
    before, unmapped = _words(page, turn)
    rules, pictured = _objects(page, turn)
    stamped: list[Word] = []
    stamps: list[str] = []
    if fields:
        # Form fields become part of the content, which shows when the page is loaded again.
        pdfium.FPDFPage_Flatten(page, 0)
        page.close()
        page = document[index]
        known = {(word.text, round(word.x0), round(word.y0)) for word in before}
        shown = [word for word in _words(page, turn)[0] if (word.text, round(word.x0), round(word.y0)) not in known]
        stamped, stamps = _of_fields(fields, shown)
    page.close()
    return PdfPage(tuple(before), tuple(stamped), tuple(stamps), tuple(fields), rules, pictured, unmapped)


def _of_fields(fields: Sequence[Field], shown: list[Word]) -> tuple[list[Word], list[str]]:
    """Of the words that fields show, those that belong into the lines of the form, and those of signatures."""
    stamped: list[Word] = []
    stamps: list[str] = []
    for field in fields:
        inside = [word for word in shown if _inside(word, field.box)]
        shown = [word for word in shown if not _inside(word, field.box)]
        said = " ".join(word.text for word in inside)
        if field.kind == "tick":
            stamped += [Word(field.value, *field.box)] if field.value else []
        elif field.kind == "text" or _STAMPED_NUMBER.fullmatch(said):
            stamped += inside
        elif said:
            stamps.append(said)
    return stamped, stamps


def picture_of(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    """The page as printed, without the stamps of digital signatures; ``scale`` is pixels per point."""
    picture: Image.Image = page.render(scale=scale, may_draw_forms=False, draw_annots=False).to_pil()
    return picture


def _inside(word: Word, box: Box) -> bool:
    x, y = word.centre
    return box[0] - 2 <= x <= box[2] + 2 and box[1] - 2 <= y <= box[3] + 2


def _words(page: pypdfium2.PdfPage, turn: Turn) -> tuple[list[Word], float]:
    """The words of the text layer, and which share of its letters has no Unicode."""
    text = page.get_textpage()
    words: list[Word] = []
    letters: list[str] = []
    box = [0.0, 0.0, 0.0, 0.0]
    missing = seen = 0
    rect = pdfium.FS_RECTF()

    def end_word() -> None:
        if letters:
            words.append(Word(unicodedata.normalize("NFC", "".join(letters)), *box))
            letters.clear()

    try:
        count = min(text.count_chars(), _MOST_CHARS)
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(text, index)
            # pdfium gives letters beyond the basic plane as two surrogates; none are of use here
            letter = chr(code) if code < 0xD800 or 0xDFFF < code <= 0x10FFFF else "\ufffd"
            if letter.isspace() or code in (0, 0xFFFE):
                end_word()
                continue
            pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(rect))
            seen += 1
            missing += pdfium.FPDFText_HasUnicodeMapError(text, index) == 1
            x0, y0, x1, y1 = turn.upright(rect.left, rect.bottom, rect.right, rect.top)
            if letters and not unicodedata.combining(letter):
                size = max(box[3] - box[1], 1.0)
                same_line = min(y1, box[3]) - max(y0, box[1]) > 0.4 * min(size, y1 - y0)
                if not same_line or x0 - box[2] > 0.16 * size or x0 < box[0] - size:
                    end_word()
            if not letters:
                box[:] = [x0, y0, x1, y1]
            else:
                box[:] = [min(box[0], x0), min(box[1], y0), max(box[2], x1), max(box[3], y1)]
            letters.append("-" if code == 2 else letter)  # pdfium marks a hyphen at a line's end with U+0002
        end_word()
    finally:
        text.close()
    return words, missing / seen if seen else 0.0


def _is_stroked(path: pypdfium2.PdfObject) -> bool:
    """Whether a box is drawn as lines, not only filled with colour."""
    fill, stroke = ctypes.c_int(), pdfium.FPDF_BOOL()
    return bool(pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke)) and stroke.value)


def _objects(page: pypdfium2.PdfPage, turn: Turn) -> tuple[tuple[Rule, ...], float]:
    """Drawn lines, and which share of the page pictures cover."""
    width, height = turn.size
    rules: list[Rule] = []
    covered = 0.0
    for number, item in enumerate(page.get_objects(max_depth=4)):
        if number >= _MOST_OBJECTS:
            return (), min(1.0, covered)
        if item.type not in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH):
            continue
        left, top, right, bottom = turn.upright(*item.get_bounds())
        wide, high = right - left, bottom - top
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            area = max(0.0, min(right, width) - max(left, 0)) * max(0.0, min(bottom, height) - max(top, 0))
            covered = max(covered, area / max(width * height, 1.0))
        elif (high < 2 and wide > 15) or (wide < 2 and high > 6):
            rules.append(Rule(left, top, right, bottom))
        elif wide > 15 and high > 6 and _is_stroked(item):
            rules += [Rule(left, top, right, top), Rule(left, bottom, right, bottom)]
            rules += [Rule(left, top, left, bottom), Rule(right, top, right, bottom)]
    return (tuple(rules) if len(rules) <= 1_000 else ()), min(1.0, covered)
