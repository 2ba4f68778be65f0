"""Pages as read, however they were read, put together to one text with what must be said about them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from corpus.blocks import Block, Doubt, LinePlace
from corpus.layout.lines import Lines, text_and_blocks
from corpus.limits import Limits
from corpus.notices import notice, refused
from corpus.scans import ocr
from corpus.scans.coverage import Uncovered
from corpus.scans.places import located
from corpus.source_text import Notice, Page, SourceText
from corpus.structure.guess import structured
from messages import LANGUAGES, Pair, pick, say

_PAGE_NUMBER = re.compile(
    r"[-–—_.\s]*(?:trang|page)?[-–—_.\s]*\d{1,4}[-–—_.\s]*(?:/\s*\d{1,4})?[-–—_.\s]*", re.IGNORECASE
)
_MOST_DISPUTED = 60  # words of a page; those in doubt come first
_FEWEST_REPEATS = 3  # pages on which a line stands at the same place, for it to be a running head
_LONGEST_HEAD = 120  # code points of a running head
_UNREAD_CONFIDENCE, _LOW_CONFIDENCE = 0.35, 0.75


@dataclass(slots=True)
class PageRead:
    """One page as read: its lines, how (as ``Page.how``), and what stands apart from them: the text layer that was
    not used, the words of signature stamps and of stamps in ink, places left blank as handwritten, words with disputed
    digits, ink that nothing accounts for, where its lines stand. ``is_doubtful``: the lines are those of a layer that
    looks damaged, for want of a picture that could be read; ``why``: the code of what kept it from being read;
    ``dpi``: the resolution of its picture where that is too low; ``of_layer``: the code of what became of a layer that
    someone's OCR left; ``is_pasted``: pictures beside typed words were read; ``suggested``: what a pen may have
    entered into places left blank."""

    lines: Lines
    how: str = "text"
    confidence: float | None = None
    layer: str | None = None
    stamps: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    disputed: list[str] = field(default_factory=list)
    is_doubtful: bool = False
    marks: list[str] = field(default_factory=list)
    uncovered: list[Uncovered] = field(default_factory=list)
    placed: list[ocr.Placed] = field(default_factory=list)
    why: str | None = None
    dpi: int | None = None
    of_layer: str | None = None
    is_pasted: bool = False
    suggested: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of_picture(cls, seen: ocr.Seen | None) -> PageRead:
        """The page from what was recognised in its picture; None: recognition failed."""
        if seen is None:
            return cls(Lines(), "unread")
        if seen.is_empty:
            return cls(Lines(), "ocr")
        if seen.confidence < _UNREAD_CONFIDENCE:
            return cls(Lines(), "unread", seen.confidence, why="illegible")
        return cls(
            seen.lines,
            "ocr",
            seen.confidence,
            doubtful=list(seen.blanked),
            suggested=list(seen.suggested),
            disputed=list(seen.disputed),
            marks=list(seen.stamps),
            uncovered=list(seen.uncovered),
            placed=list(seen.placed),
        )


def source_of(reads: list[PageRead], count: int, name: str, sha256: str, kind: str, limits: Limits) -> SourceText:
    """The document: pages one after the other, then running heads and signature stamps; notices on unread pages.

    ``count``: how many pages the file has. Raises ``Refused`` where no page has a word.
    """
    if not any(line.strip() for read in reads for line in read.lines.texts):
        if any(read.how == "unread" for read in reads):
            raise refused("scan_unread" if ocr.available() and limits.ocr else "no_ocr", pages=count)
        raise refused("no_text")
    apart = _without_running_heads(reads)
    for number, read in enumerate(reads, 1):
        for stamp in read.stamps:
            apart.add(f"{say('corpus.apart.signature', page=number)} {stamp}", Block("signature", 0, 0))
        for mark in read.marks:
            apart.add(f"{say('corpus.apart.stamp', page=number)} {mark}", Block("signature", 0, 0))
    text, known, pages = _paged(reads, apart)
    blocks = structured(text, known, wrapped=True)
    said = tuple(_said(reads, count, limits))
    doubts, places = _placed(reads, pages, text)
    return SourceText(name, text, kind, sha256, pages=pages, notices=said, blocks=blocks, doubts=doubts, places=places)


def _placed(
    reads: list[PageRead], pages: tuple[Page, ...], text: str
) -> tuple[tuple[Doubt, ...], tuple[LinePlace, ...]]:
    """The recognised digits that are less than sure, and where recognised lines stand, in the text of the document."""
    doubts: list[Doubt] = []
    places: list[LinePlace] = []
    for read, page in zip(reads, pages, strict=True):
        for place, of_line in located(text[page.start : page.end], page.start, read.placed):
            places.append(place)
            doubts += of_line
    return tuple(sorted(doubts, key=lambda one: one.start)), tuple(sorted(places, key=lambda one: one.start))


def _without_running_heads(reads: list[PageRead]) -> Lines:
    """Takes page numbers and running heads off the pages, in place; returns the heads that say something."""
    tops, feet = _edges(reads)
    enough = max(_FEWEST_REPEATS, len(reads) // 3)
    apart: dict[str, None] = {}
    for number, read in enumerate(reads):
        for counts, at, where in ((tops, 0, "Đầu"), (feet, -1, "Chân")):
            texts = read.lines.texts
            if not texts or read.lines.in_table(at % len(texts)):
                continue
            line = texts[at]
            repeated = counts[_shape(line)] >= enough and len(line) < _LONGEST_HEAD
            numbers_page = _PAGE_NUMBER.fullmatch(line) is not None
            if repeated or (numbers_page and (number or at)):  # the first line of the first page may be a bare number
                read.lines.drop(at % len(texts))
            if repeated and not numbers_page:
                apart[f"[{where} trang] {_without_page_number(line)}"] = None
    out = Lines()
    for line in apart:
        out.add(line, Block("running_head", 0, 0))
    return out


def _edges(reads: list[PageRead]) -> tuple[Counter[str], Counter[str]]:
    """How often each shape of a line stands first, and last, on a page."""
    pages = [read.lines.texts for read in reads if read.lines.texts]
    return Counter(_shape(texts[0]) for texts in pages), Counter(_shape(texts[-1]) for texts in pages if len(texts) > 1)


def _shape(line: str) -> str:
    """A line without its page number, by which a running head is known on every page."""
    return re.sub(r"\d+", "#", _without_page_number(line)).strip(" |")


def _without_page_number(line: str) -> str:
    return re.sub(r"^\s*\d{1,3}(?:\s*\|\s*|\s+)|(?:\s*\|\s*|\s+)\d{1,3}\s*$", "", line).strip(" |")


def _paged(reads: list[PageRead], apart: Lines) -> tuple[str, list[Block], tuple[Page, ...]]:
    """The text, what is known of its blocks, and its pages."""
    pages: list[Page] = []
    blocks: list[Block] = []
    pieces: list[str] = []
    at = 0
    for number, read in enumerate(reads, 1):
        piece, known = text_and_blocks(read.lines)
        blocks = _continued(blocks, [block.moved(at) for block in known], at)
        pages.append(Page(number, at, at + len(piece), read.how, read.confidence, read.layer))
        pieces.append(piece)
        at += len(piece)
    if apart:
        piece, known = text_and_blocks(apart)
        piece = "\n" + piece
        blocks += [block.moved(at + 1) for block in known]
        pieces.append(piece)
        pages[-1] = replace(pages[-1], end=pages[-1].end + len(piece))
    return "".join(pieces), blocks, tuple(pages)


def _continued(blocks: list[Block], page: list[Block], at: int) -> list[Block]:
    """The blocks with those of the next page, which begins at ``at``. A table that goes on there is one table: it ends
    the page before, begins this one, and has as many columns."""
    before = max((block for block in blocks if block.kind == "table"), key=lambda block: block.end, default=None)
    after = min((block for block in page if block.kind == "table"), key=lambda block: block.start, default=None)
    if before is None or after is None or before.end < at - 1 or after.start > at:
        return blocks + page
    if _last(blocks, before, "column") != _last(page, after, "column"):
        return blocks + page
    rows = 1 + _last(blocks, before, "row")
    grown = [replace(block, end=after.end) if block is before else block for block in blocks]
    return grown + [_below(block, after, rows) for block in page if block is not after]


def _last(blocks: list[Block], table: Block, what: str) -> int:
    """The last row or column of a table, from 0."""
    return max((getattr(block, what) or 0 for block in blocks if table.start <= block.start < table.end), default=0)


def _below(block: Block, table: Block, rows: int) -> Block:
    """A block of a table that goes on below so many rows; any other block as it is."""
    return replace(block, row=block.row + rows) if block.row is not None and block.end <= table.end else block


def _said(reads: list[PageRead], count: int, limits: Limits) -> Iterator[Notice]:
    if unread := _pages_where(reads, lambda read: read.how == "unread"):
        why = "unread_pages" if ocr.available() and limits.ocr else "unread_pages_no_ocr"
        yield notice(why, count=len(unread), total=count, pages=_ranges(unread))
    if late := _pages_where(reads, lambda read: read.why == "file_time"):
        yield notice("time_ran_out", read=count - len(late), total=count, seconds=round(limits.scan_seconds))
    if slow := _pages_where(reads, lambda read: read.why == "page_time"):
        yield notice("page_time_ran_out", pages=_ranges(slow), seconds=round(limits.page_seconds))
    if count > len(reads):
        yield notice("too_many_pages", count=count - len(reads), total=count, limit=limits.pages)
    if low := _pages_where(reads, _is_unsure):
        yield notice("low_confidence", count=len(low), total=count, pages=_ranges(low))
    if coarse := _pages_where(reads, lambda read: read.dpi is not None):
        dpi = min(read.dpi for read in reads if read.dpi is not None)
        yield notice("low_resolution", pages=_ranges(coarse), dpi=dpi)
    yield from _said_of_layers(reads, count)
    if not ocr.votes_on_digits() and (scans := _pages_where(reads, lambda read: read.how == "ocr")):
        yield notice("one_recogniser", pages=_ranges(scans))
    for number, read in enumerate(reads, 1):
        yield from _said_of_page(number, read)


def _said_of_layers(reads: list[PageRead], count: int) -> Iterator[Notice]:
    """What became of text layers, and of pictures beside typed words."""
    if layers := _pages_where(reads, lambda read: read.layer is not None):
        yield notice("layer_replaced", count=len(layers), total=count, pages=_ranges(layers))
    for code in ("layer_checked", "layer_unchecked"):
        if layers := _pages_where(reads, lambda read, code=code: read.of_layer == code):  # type: ignore[misc]
            yield notice(code, pages=_ranges(layers))
    if pasted := _pages_where(reads, lambda read: read.is_pasted):
        yield notice("pictures_read", pages=_ranges(pasted))
    if doubtful := _pages_where(reads, lambda read: read.is_doubtful):
        yield notice("layer_damaged", count=len(doubtful), total=count, pages=_ranges(doubtful))


def _said_of_page(number: int, read: PageRead) -> Iterator[Notice]:
    for lost in read.uncovered:
        place = pick("corpus.place", lost.place)
        where = Pair(*(say(place, lang) for lang in LANGUAGES))
        yield notice("ink_unread", page=number, place=where, share=max(1, round(100 * lost.share)))
    if read.doubtful:
        yield notice("handwritten", page=number, places=_named(read.doubtful))
    for place, digits in read.suggested:
        yield notice("pen_suggested", page=number, place=_named([place]), digits=digits)
    if read.disputed:
        yield notice("disputed_digits", page=number, places="; ".join(read.disputed[:_MOST_DISPUTED]))


def _named(places: list[str]) -> Pair:
    """What the places left blank are called."""
    return Pair(*("; ".join(say(pick("corpus.blank", place), lang) for place in places) for lang in LANGUAGES))


def _pages_where(reads: list[PageRead], told: Callable[[PageRead], bool]) -> list[int]:
    """The numbers of the pages of which something is told."""
    return [number for number, read in enumerate(reads, 1) if told(read)]


def _is_unsure(read: PageRead) -> bool:
    return read.how == "ocr" and read.confidence is not None and read.confidence < _LOW_CONFIDENCE


def _ranges(numbers: list[int]) -> str:
    """``1-3, 7``"""
    out: list[list[int]] = []
    for number in numbers:
        if out and number == out[-1][1] + 1:
            out[-1][1] = number
        else:
            out.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in out)
