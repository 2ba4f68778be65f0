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
_MOST_RULES = 1_000
_LEAST_IMAGE = 0.015  # of a page: smaller pictures are emblems
_BOX_SEGMENTS, _LETTER_SEGMENTS = 6, 25
_STAMPED_NUMBER = re.compile(r"[\d\s./]{1,12}")


@dataclass(frozen=True, slots=True)
class PdfPage:
    """What a page holds besides its picture. Places are points from the top left corner.

    ``words``: the text layer; ``stamped``: what was filled into a form or stamped into it, which belongs into its
    lines; ``stamps``: the words of each digital signature's stamp; ``fields``: those of its form;
    ``pictured``: which share of the page (0-1) pictures cover, all together; ``images``: the boxes of those large
    enough to hold words; ``outlined``: about how many letters are drawn as shapes; ``unmapped``: which share of the
    letters the file gives no Unicode for; ``invisible``: which share of the words is not shown, as a scanner's program
    puts them behind the picture; ``degrees``: by how much the page is turned clockwise to be upright.
    """

    words: tuple[Word, ...]
    stamped: tuple[Word, ...]
    stamps: tuple[str, ...]
    fields: tuple[Field, ...]
    rules: tuple[Rule, ...]
    pictured: float
    unmapped: float
    images: tuple[Box, ...] = ()
    outlined: int = 0
    invisible: float = 0.0
    degrees: int = 0


def page_of(document: pypdfium2.PdfDocument, index: int) -> PdfPage:
    """Reads everything but the picture. Raises ``pypdfium2.PdfiumError`` for a page that cannot be loaded."""
    page = document[index]
    turn = Turn.of(page)
    fields = fields_of(page, turn)
    before, unmapped = _words(page, turn)
    drawn = _objects(page, turn)
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
    return PdfPage(
        tuple(before),
        tuple(stamped),
        tuple(stamps),
        tuple(fields),
        drawn.rules,
        drawn.pictured,
        unmapped,
        drawn.images,
        drawn.outlined,
        drawn.invisible,
        turn.degrees,
    )


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
    """The page as printed, upright as its words are, without the stamps of digital signatures; ``scale`` is pixels per
    point."""
    turn = (Turn.of(page).degrees - page.get_rotation()) % 360
    drawn = page.render(scale=scale, rotation=turn, may_draw_forms=False, draw_annots=False)
    picture: Image.Image = drawn.to_pil()
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
            words.append(Word(unicodedata.normalize("NFC", "".join(letters)), box[0], box[1], box[2], box[3]))
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


@dataclass(slots=True)
class _Drawn:
    """What is drawn on a page, as in ``PdfPage``."""

    rules: tuple[Rule, ...] = ()
    pictured: float = 0.0
    images: tuple[Box, ...] = ()
    outlined: int = 0
    invisible: float = 0.0


def _objects(page: pypdfium2.PdfPage, turn: Turn) -> _Drawn:
    """Drawn lines, pictures, letters drawn as shapes, and how much of the text is not shown."""
    width, height = turn.size
    area = max(width * height, 1.0)
    drawn = _Drawn()
    rules: list[Rule] = []
    images: list[Box] = []
    shown = hidden = 0
    for number, item in enumerate(page.get_objects(max_depth=4)):
        if number >= _MOST_OBJECTS:
            rules = []
            break
        if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            is_hidden = pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
            hidden, shown = hidden + is_hidden, shown + (not is_hidden)
        elif item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            images += _within(turn.upright(*item.get_bounds()), width, height)
        elif item.type == pdfium.FPDF_PAGEOBJ_PATH:
            drawn_ = _rules(item, turn.upright(*item.get_bounds()))
            rules += drawn_
            drawn.outlined += 0 if drawn_ else _letters_in(item)
    drawn.rules = tuple(rules) if len(rules) <= _MOST_RULES else ()
    drawn.pictured = min(1.0, sum(map(_area, images)) / area)
    drawn.images = tuple(box for box in _joined(images) if _area(box) >= _LEAST_IMAGE * area)
    drawn.invisible = hidden / (hidden + shown) if hidden else 0.0
    return drawn


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _within(box: Box, width: float, height: float) -> list[Box]:
    """What of a box lies on the page."""
    left, top, right, bottom = max(0.0, box[0]), max(0.0, box[1]), min(box[2], width), min(box[3], height)
    return [(left, top, right, bottom)] if right > left and bottom > top else []


def _rules(path: pypdfium2.PdfObject, box: Box) -> list[Rule]:
    """The lines that a shape draws: one, or the four sides of a box; none where it is another shape."""
    left, top, right, bottom = box
    wide, high = right - left, bottom - top
    if (high < 2 and wide > 15) or (wide < 2 and high > 6):
        return [Rule(left, top, right, bottom)]
    if not (wide > 15 and high > 6 and _is_stroked(path)):
        return []
    across = [Rule(left, top, right, top), Rule(left, bottom, right, bottom)]
    return [*across, Rule(left, top, left, bottom), Rule(right, top, right, bottom)]


def _letters_in(path: pypdfium2.PdfObject) -> int:
    """About how many letters a shape is, by its segments; a box or a line is none."""
    segments = pdfium.FPDFPath_CountSegments(path)
    return 0 if segments <= _BOX_SEGMENTS else max(1, segments // _LETTER_SEGMENTS)


def _joined(boxes: list[Box]) -> list[Box]:
    """Boxes that touch, made one: scanners store a page in strips."""
    out: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box[1], box[0])):
        touching = [other for other in out if _touch(box, other)]
        out = [other for other in out if other not in touching]
        every = [box, *touching]
        out.append(
            (min(b[0] for b in every), min(b[1] for b in every), max(b[2] for b in every), max(b[3] for b in every))
        )
    return out


def _touch(one: Box, other: Box, slack: float = 2.0) -> bool:
    return (
        one[0] - slack <= other[2]
        and other[0] - slack <= one[2]
        and one[1] - slack <= other[3]
        and other[1] - slack <= one[3]
    )
