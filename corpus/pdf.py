"""PDF files: text layers in reading order, scans through OCR, page by page."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pypdfium2
import pypdfium2.raw as pdfium

from corpus import ocr
from corpus.geometry import Word, lines_of
from corpus.layout import joined
from corpus.limits import Limits
from corpus.model import Notice, Page, SourceText
from corpus.notices import notice, refused
from corpus.pdf_page import PdfPage, page_of, picture_of
from corpus.quality import is_damaged, vietnamese_words

_DPI = 300
_SCANNED = 0.5  # pictures covering this share of a page are the page
_FEW_CHARS = 60
_PAGE_NUMBER = re.compile(
    r"[-–—_.\s]*(?:trang|page)?[-–—_.\s]*\d{1,4}[-–—_.\s]*(?:/\s*\d{1,4})?[-–—_.\s]*", re.IGNORECASE
)
_UNREAD_CONFIDENCE, _LOW_CONFIDENCE = 0.35, 0.75


@dataclass(slots=True)
class _Read:
    """One page as read: its lines, how, and what stands apart from them."""

    lines: list[str]
    how: str = "text"
    confidence: float | None = None
    layer: str | None = None
    stamps: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)


def read_pdf(data: bytes, name: str, sha256: str, limits: Limits) -> SourceText:
    """The text of a PDF, pages parted; running heads and signature stamps follow at the end.

    A page without words, or whose text layer is damaged, is read from its picture where Tesseract is on the machine;
    where that fails it is an ``unread`` page and a notice says so. Raises ``Refused`` where nothing could be read.
    """
    reader = _Reader(data, limits)
    try:
        count = len(reader.document)
        reads = [reader.read(index) for index in range(min(count, limits.pages))]
    finally:
        reader.close()
    if not any(line.strip() for read in reads for line in read.lines):
        if any(read.how == "unread" for read in reads):
            raise refused("scan_unread" if ocr.available() else "no_ocr", pages=count)
        raise refused("no_text")
    apart = _without_running_heads(reads)
    for number, read in enumerate(reads, 1):
        apart += [f"[Dấu ký số, trang {number}] {stamp}" for stamp in read.stamps]
    text, pages = _paged(reads, apart)
    return SourceText(name, text, "pdf", sha256, pages=pages, notices=tuple(_said(reads, count, limits)))


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
        # Reading the text draws the form fields into the loaded document; pictures come from one without them.
        self.pictures: pypdfium2.PdfDocument | None = None
        self.deadline = time.monotonic() + 0.85 * limits.seconds

    def close(self) -> None:
        self.document.close()
        if self.pictures is not None:
            self.pictures.close()

    def read(self, index: int) -> _Read:
        try:
            held = page_of(self.document, index)
        except pypdfium2.PdfiumError:
            return _Read([], "unread")
        lines = lines_of(held.words + held.stamped, held.rules)
        chars = sum(len(word.text) for word in held.words)
        asis = _Read(lines, stamps=list(held.stamps))
        if not _needs_picture(held, "\n".join(lines), chars):
            return asis
        if self.limits.ocr and ocr.available() and time.monotonic() < self.deadline:
            return self._by_picture(index, held, asis, chars)
        if chars < _FEW_CHARS:
            asis.how = "unread"
        return asis

    def _by_picture(self, index: int, held: PdfPage, asis: _Read, chars: int) -> _Read:
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
            return asis
        layer, pictured = "\n".join(asis.lines), "\n".join(seen.lines)
        fuller = len(pictured) > 1.5 * len(layer)
        if has_layer and not fuller and vietnamese_words(pictured) < vietnamese_words(layer) + 0.1:
            return asis
        how = "ocr" if seen.confidence >= _UNREAD_CONFIDENCE else "unread"
        return _Read(
            seen.lines, how, seen.confidence, layer if has_layer else None, list(held.stamps), list(seen.doubtful)
        )


def _needs_picture(held: PdfPage, layer: str, chars: int) -> bool:
    """Whether the text layer is missing, only a stamp or a heading over a scan, or damaged."""
    if chars < _FEW_CHARS:
        return held.pictured >= 0.05
    if held.pictured >= _SCANNED and chars < 20 * _FEW_CHARS:
        return True
    return is_damaged(layer) or held.unmapped > 0.3


def _without_running_heads(reads: list[_Read]) -> list[str]:
    """Takes page numbers and running heads off the pages, in place; returns the heads that say something."""
    tops = Counter(_shape(read.lines[0]) for read in reads if read.lines)
    feet = Counter(_shape(read.lines[-1]) for read in reads if len(read.lines) > 1)
    apart: list[str] = []
    for number, read in enumerate(reads):
        for counts, at in ((tops, 0), (feet, -1)):
            if not read.lines:
                continue
            line = read.lines[at]
            repeated = counts[_shape(line)] >= max(3, len(reads) // 3) and len(line) < 120
            if (_PAGE_NUMBER.fullmatch(line) and (number or at)) or repeated:
                read.lines.pop(at)
                if repeated and not _PAGE_NUMBER.fullmatch(line):
                    head = f"[{'Đầu' if at == 0 else 'Chân'} trang] {_without_page_number(line)}"
                    if head not in apart:
                        apart.append(head)
    return apart


def _shape(line: str) -> str:
    """A line without its page number, by which a running head is known on every page."""
    return re.sub(r"\d+", "#", _without_page_number(line)).strip(" |")


def _without_page_number(line: str) -> str:
    return re.sub(r"^\s*\d{1,4}\s+(?=\D)|(?<=\D)\s+\d{1,4}\s*$|^\s*\d{1,4}\s*\|\s*|\s*\|\s*\d{1,4}\s*$", "", line)


def _paged(reads: list[_Read], apart: list[str]) -> tuple[str, tuple[Page, ...]]:
    pages: list[Page] = []
    pieces: list[str] = []
    at = 0
    for number, read in enumerate(reads, 1):
        piece = joined(read.lines)
        pages.append(Page(number, at, at + len(piece), read.how, read.confidence, read.layer))
        pieces.append(piece)
        at += len(piece)
    if apart:
        piece = "\n" + joined(apart)
        pieces.append(piece)
        pages[-1] = replace(pages[-1], end=pages[-1].end + len(piece))
    return "".join(pieces), tuple(pages)


def _said(reads: list[_Read], count: int, limits: Limits) -> Iterator[Notice]:
    unread = [number for number, read in enumerate(reads, 1) if read.how == "unread"]
    if unread:
        why = "unread_pages" if ocr.available() and limits.ocr else "unread_pages_no_ocr"
        yield notice(why, count=len(unread), total=count, pages=_ranges(unread))
    if count > len(reads):
        yield notice("too_many_pages", count=count - len(reads), total=count, limit=limits.pages)
    low = [n for n, read in enumerate(reads, 1) if read.how == "ocr" and (read.confidence or 0.0) < _LOW_CONFIDENCE]
    if low:
        yield notice("low_confidence", count=len(low), total=count, pages=_ranges(low))
    layers = [number for number, read in enumerate(reads, 1) if read.layer is not None]
    if layers:
        yield notice("layer_replaced", count=len(layers), total=count, pages=_ranges(layers))
    for number, read in enumerate(reads, 1):
        if read.doubtful:
            yield notice("handwritten", page=number, places="; ".join(read.doubtful))


def _ranges(numbers: list[int]) -> str:
    """``1-3, 7``"""
    out: list[list[int]] = []
    for number in numbers:
        if out and number == out[-1][1] + 1:
            out[-1][1] = number
        else:
            out.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in out)
