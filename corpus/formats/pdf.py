"""PDF files: text layers in reading order, scans through OCR, page by page."""

from __future__ import annotations

import time
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.bytes.salad import is_damaged, vietnamese_words
from corpus.formats.join_pages import PageRead, source_of
from corpus.formats.pdf_form import place_fields
from corpus.formats.pdf_page import PdfPage, page_of, picture_of
from corpus.layout.lines import Lines
from corpus.layout.words_to_lines import Word, lines_of
from corpus.limits import Limits
from corpus.notices import notice, refused
from corpus.scans import ocr
from corpus.source_text import SourceText

_DPI = 300
_SCANNED = 0.5  # pictures covering this share of a page are the page
_FEW_CHARS = 60


def read_pdf(data: bytes, name: str, sha256: str, limits: Limits) -> SourceText:
    """The text of a PDF, pages parted; running heads and signature stamps follow at the end.

    A page without words, or whose text layer is damaged, is read from its picture where Tesseract is on the machine;
    where that fails it is an ``unread`` page and a notice says so. Raises ``Refused`` where nothing could be read.
    """
    reader = _Reader(data, limits)
    try:
        count = len(reader.document)
        reads = [reader.read(index) for index in range(min(count, limits.pages))]
        drawn_by_program = reader.document.get_formtype() == pdfium.FORMTYPE_XFA_FULL
    finally:
        reader.close()
    source = source_of(reads, count, name, sha256, "pdf", limits)
    return replace(source, notices=(notice("xfa_form"), *source.notices)) if drawn_by_program else source


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
        if not len(document):
            raise refused("damaged_document")
        return document
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None) or pdfium.FPDF_GetLastError()
        raise refused("encrypted" if code == pdfium.FPDF_ERR_PASSWORD else "damaged_document") from None


class _Reader:
    """Reads the pages of one document, text layer first."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.data, self.limits = data, limits
        self.document = _opened(data)
        if self.document.get_formtype() != pdfium.FORMTYPE_NONE:
            self.document.init_forms()  # what was filled in; scripts of a form are never run
        # Reading the text draws the form fields into the loaded document; pictures come from one without them.
        self.pictures: pypdfium2.PdfDocument | None = None
        self.deadline = time.monotonic() + 0.85 * limits.seconds

    def close(self) -> None:
        self.document.close()
        if self.pictures is not None:
            self.pictures.close()

    def read(self, index: int) -> PageRead:
        """One page, with what was filled into the form on it."""
        try:
            held = page_of(self.document, index)
        except pypdfium2.PdfiumError:
            return PageRead(Lines(), "unread")
        read = self._words_of(index, held)
        place_fields(read.lines, held.fields)
        return read

    def _words_of(self, index: int, held: PdfPage) -> PageRead:
        lines = lines_of(held.words + held.stamped, held.rules)
        chars = sum(len(word.text) for word in held.words)
        asis = PageRead(lines, stamps=list(held.stamps))
        if not _needs_picture(held, "\n".join(lines.texts), chars):
            return asis
        if self.limits.ocr and ocr.available() and time.monotonic() < self.deadline:
            return self._by_picture(index, held, asis, chars)
        if chars < _FEW_CHARS:
            asis.how = "unread"
        else:
            asis.is_doubtful = True
        return asis

    def _by_picture(self, index: int, held: PdfPage, asis: PageRead, chars: int) -> PageRead:
        """The page from its picture, or its text layer where that turns out to be the better of the two."""
        if self.pictures is None:
            self.pictures = _opened(self.data)
        page = self.pictures[index]
        width, height = page.get_size()
        scale = min(_DPI / 72, (self.limits.pixels / max(width * height, 1.0)) ** 0.5)
        picture = picture_of(page, scale)
        page.close()
        stamped = [
            Word(word.text, word.x0 * scale, word.y0 * scale, word.x1 * scale, word.y1 * scale) for word in held.stamped
        ]
        seen = ocr.read_picture(picture, self.deadline - time.monotonic(), stamped)
        has_layer = chars >= _FEW_CHARS
        if seen is None:
            if not has_layer:
                asis.how = "unread"
            asis.is_doubtful = has_layer
            return asis
        layer, pictured = "\n".join(asis.lines.texts), "\n".join(seen.lines.texts)
        fuller = len(pictured) > 1.5 * len(layer)
        if has_layer and not fuller and vietnamese_words(pictured) < vietnamese_words(layer) + 0.1:
            return asis
        read = PageRead.of_picture(seen)
        read.layer, read.stamps = layer if has_layer else None, asis.stamps
        return read


def _needs_picture(held: PdfPage, layer: str, chars: int) -> bool:
    """Whether the text layer is missing, only a stamp or a heading over a scan, or damaged."""
    if chars < _FEW_CHARS:
        return held.pictured >= 0.05
    if held.pictured >= _SCANNED and chars < 20 * _FEW_CHARS:
        return True
    return is_damaged(layer) or held.unmapped > 0.3
