"""Pages of a PDF from their pictures: scans, layers of unknown origin, pictures pasted beside typed words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import pypdfium2

from corpus.bytes.salad import is_damaged, vietnamese_words
from corpus.formats.join_pages import PageRead
from corpus.formats.pdf_page import PdfPage, picture_of
from corpus.formats.scan_pool import Recognised, ScanPool
from corpus.layout.words_to_lines import Word, lines_of
from corpus.limits import Limits
from corpus.scans import ocr
from corpus.scans.beside import check_layer, read_pasted
from corpus.scans.inks import Box

_DPI = 300
_SCANNED = 0.5  # pictures covering this share of a page are the page
FEW_CHARS = 60
"""A page with fewer letters has no text layer to speak of."""

_OUTLINED = 40  # letters drawn as shapes from which a page is looked at
_INVISIBLE = 0.5  # share of the words that are not shown from which a layer is a scanner's


def way_of(held: PdfPage, layer: str, chars: int) -> str:
    """How a page is to be read: ``typed``, from its ``picture``, as a ``layer`` to be checked against the picture, or
    typed words with ``pasted`` pictures beside them."""
    if chars < FEW_CHARS:
        return "picture" if held.pictured >= 0.05 or held.outlined >= _OUTLINED else "typed"
    if is_damaged(layer) or held.unmapped > 0.3:
        return "picture"
    if held.invisible > _INVISIBLE and held.pictured >= _SCANNED:
        return "layer"
    if held.pictured >= _SCANNED and chars < 20 * FEW_CHARS:
        return "picture"
    return "pasted" if held.images or held.outlined >= _OUTLINED else "typed"


class PagePictures:
    """The pictures of one document's pages, recognised by a pool."""

    def __init__(self, opened: Callable[[], pypdfium2.PdfDocument], pool: ScanPool, limits: Limits) -> None:
        # Reading the text draws the form fields into the loaded document; pictures come from one without them.
        self._opened, self._pool, self._limits = opened, pool, limits
        self._document: pypdfium2.PdfDocument | None = None

    def close(self) -> None:
        """Close the document."""
        if self._document is not None:
            self._document.close()

    def begin(self, index: int, held: PdfPage, way: str, asis: PageRead, chars: int) -> Callable[[], PageRead]:
        """Have a page recognised in the way that ``way_of`` gave; what is returned waits for it."""
        if self._document is None:
            self._document = self._opened()
        page = self._document[index]
        try:
            scale = _scale(page, self._limits)
            if way == "pasted":
                read = partial(read_pasted, boxes=_boxes(held, page, scale), can_read=self._pool.can_read)
                typed = _scaled((*held.words, *held.stamped), scale)
                future = self._pool.begin(f"{index} pasted", lambda: picture_of(page, scale), typed, read)
                return lambda: _with_pasted(future.result(), held, asis, scale)
            if way == "layer" and ocr.votes_on_digits():
                layer = _scaled(held.words, scale)
                future = self._pool.begin(f"{index} layer", lambda: picture_of(page, scale), layer, check_layer)
                return lambda: _checked(future.result(), held, asis, scale)
            stamped = _scaled(held.stamped, scale)
            future = self._pool.begin(str(index), lambda: picture_of(page, scale), stamped)
            return lambda: _from_picture(future.result(), asis, chars, is_ocr=way == "layer")
        finally:
            page.close()


def _scale(page: pypdfium2.PdfPage, limits: Limits) -> float:
    """Dots a point at which a page is drawn."""
    width, height = page.get_size()
    return float(min(_DPI / 72, (limits.pixels / max(width * height, 1.0)) ** 0.5))


def _scaled(words: Sequence[Word], by: float) -> list[Word]:
    return [word.scaled(by) for word in words]


def _boxes(held: PdfPage, page: pypdfium2.PdfPage, scale: float) -> list[Box]:
    """What of a page may hold words that are not typed: its pictures, or all of it where letters are drawn."""
    if held.outlined >= _OUTLINED:
        width, height = page.get_size()
        sides = (height, width) if (held.degrees - page.get_rotation()) % 180 else (width, height)
        return [(0, 0, round(sides[0] * scale), round(sides[1] * scale))]
    return [tuple(round(value * scale) for value in box) for box in held.images]  # type: ignore[misc]


def _with_pasted(done: Recognised, held: PdfPage, asis: PageRead, scale: float) -> PageRead:
    """Typed words, and what stands in pictures beside them."""
    seen = done.seen
    if seen is None:
        asis.why = done.why
        return asis
    if seen.words:
        asis.lines = lines_of([*held.words, *_scaled(seen.words, 1 / scale), *held.stamped], held.rules)
        asis.is_pasted = True
    asis.placed, asis.disputed, asis.doubtful = list(seen.placed), list(seen.disputed), list(seen.blanked)
    asis.uncovered, asis.marks = list(seen.uncovered), list(seen.stamps)
    return asis


def _checked(done: Recognised, held: PdfPage, asis: PageRead, scale: float) -> PageRead:
    """The layer with its digits as the picture has them, or the picture's words where they are others."""
    seen = done.seen
    if seen is None or not seen.is_layer:
        return _from_picture(done, asis, FEW_CHARS, is_ocr=True)
    asis.how, asis.of_layer = "ocr", "layer_checked"
    asis.lines = lines_of([*_scaled(seen.words, 1 / scale), *held.stamped], held.rules)
    asis.placed, asis.disputed = list(seen.placed), list(seen.disputed)
    return asis


def _from_picture(done: Recognised, asis: PageRead, chars: int, *, is_ocr: bool) -> PageRead:
    """The page from its picture, or its text layer where that turns out to be the better of the two. A layer of
    someone's OCR never is: nobody knows how it came about."""
    has_layer = chars >= FEW_CHARS
    if done.seen is None:
        if not has_layer:
            asis.how = "unread"
        asis.is_doubtful, asis.why = has_layer and not is_ocr, done.why
        asis.of_layer = "layer_unchecked" if is_ocr else None
        return asis
    layer, pictured = "\n".join(asis.lines.texts), "\n".join(done.seen.lines.texts)
    fuller = len(pictured) > 1.5 * len(layer)
    if has_layer and not is_ocr and not fuller and vietnamese_words(pictured) < vietnamese_words(layer) + 0.1:
        return asis
    read = PageRead.of_picture(done.seen)
    read.layer, read.stamps = layer if has_layer else None, asis.stamps
    return read
