"""PDF files: text layers in reading order, scans through OCR, page by page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.formats.join_pages import PageRead, source_of
from corpus.formats.pdf_form import place_fields
from corpus.formats.pdf_page import PdfPage, page_of
from corpus.formats.pdf_scan import FEW_CHARS, PagePictures, way_of
from corpus.formats.scan_pool import ScanPool
from corpus.layout.lines import Lines
from corpus.layout.words_to_lines import lines_of
from corpus.limits import Limits
from corpus.notices import notice, refused
from corpus.source_text import SourceText


def read_pdf(data: bytes, name: str, sha256: str, limits: Limits) -> SourceText:
    """The text of a PDF, pages parted; running heads and signature stamps follow at the end.

    A page without words, or whose text layer is damaged, is read from its picture where Tesseract is on the machine;
    where that fails it is an ``unread`` page and a notice says so. Pictures pasted beside typed words are read as well,
    and the digits of a layer that someone's OCR left are checked. Raises ``Refused`` where nothing could be read.
    """
    reader = _Reader(data, sha256, limits)
    try:
        count = len(reader.document)
        begun = [reader.begin(index) for index in range(min(count, limits.pages))]
        reads = [finish() for finish in begun]
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
    """Reads the pages of one document, text layer first; pictures of pages are recognised side by side."""

    def __init__(self, data: bytes, sha256: str, limits: Limits) -> None:
        self.document = _opened(data)
        if self.document.get_formtype() != pdfium.FORMTYPE_NONE:
            self.document.init_forms()  # what was filled in; scripts of a form are never run
        self.pool = ScanPool(limits, sha256, min(len(self.document), limits.pages))
        self.pictures = PagePictures(lambda: _opened(data), self.pool, limits)

    def close(self) -> None:
        self.pool.close()
        self.pictures.close()
        self.document.close()

    def begin(self, index: int) -> Callable[[], PageRead]:
        """One page, with what was filled into the form on it, once what is returned is called."""
        try:
            held = page_of(self.document, index)
        except pypdfium2.PdfiumError:
            return lambda: PageRead(Lines(), "unread")
        wait = self._words_of(index, held)

        def finish() -> PageRead:
            read = wait()
            place_fields(read.lines, held.fields)
            return read

        return finish

    def _words_of(self, index: int, held: PdfPage) -> Callable[[], PageRead]:
        lines = lines_of(held.words + held.stamped, held.rules)
        chars = sum(len(word.text) for word in held.words)
        asis = PageRead(lines, stamps=list(held.stamps))
        way = way_of(held, "\n".join(lines.texts), chars)
        if way != "typed" and (way == "pasted" or self.pool.can_read):
            return self.pictures.begin(index, held, way, asis, chars)
        if way == "layer":
            asis.of_layer = "layer_unchecked"
        elif way == "picture" and chars < FEW_CHARS:
            asis.how = "unread"
        elif way == "picture":
            asis.is_doubtful = True
        return lambda: asis
