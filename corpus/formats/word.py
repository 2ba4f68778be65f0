"""Word documents (.docx): body, tables, text boxes, notes, running heads with words in them; changes as accepted.

Read from the package's XML parts themselves: only the parts with words are unpacked, each within bounds, and names
are matched without their namespace, so that the transitional and the strict form are read alike.
"""

from __future__ import annotations

import re
import zipfile
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import replace

from lxml import etree

from corpus.blocks import Block
from corpus.formats.package import open_package, read_member
from corpus.formats.word_body import PAGE, Body
from corpus.formats.word_pictures import WordPictures
from corpus.formats.xml_parts import attribute, parse
from corpus.layout.lines import Lines, text_and_blocks
from corpus.layout.note_marks import anchored
from corpus.limits import Limits
from corpus.notices import notice, refused
from corpus.scans.places import located
from corpus.source_text import Notice, Page, SourceText
from corpus.structure.guess import structured

_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:trang|page)?\s*\d*\s*(?:/\s*\d+)?[-–—\s]*", re.IGNORECASE)


def read_docx(data: bytes, name: str, sha256: str, limits: Limits, kind: str = "docx") -> SourceText:
    """The text of a Word document, as it prints with all tracked changes accepted; footnotes follow at the end.

    Pages are those Word laid out when it last saved, none where it left no trace of them. Raises ``Refused``.
    """
    package = open_package(data)
    main = _main_part(package)
    if main is None:
        raise refused("damaged_document")
    names = {info.filename: info for info in package.infolist()}

    def part(path: str) -> etree._Element | None:
        return parse(read_member(package, names[path], limits.markup_bytes, limits)) if path in names else None

    folder = main.rpartition("/")[0]
    document = part(main)
    assert document is not None
    relations = part(f"{folder}/_rels/{main.rpartition('/')[2]}.rels")
    pictures = WordPictures(package, folder, relations, limits, sha256)
    body = Body(document, part(f"{folder}/styles.xml"), part(f"{folder}/numbering.xml"), pictures.lines)
    lines = _running(part, names, folder, "header", body)
    feet = _running(part, names, folder, "footer", body)
    try:
        lines.extend(body.lines(document))
    finally:
        pictures.close()
    noted = list(body.noted)
    kept: list[tuple[str, str]] = []
    for kind_of_note in ("footnote", "endnote"):
        lines.extend(_notes(part(f"{folder}/{kind_of_note}s.xml"), body, kind_of_note, kept))
    lines.extend(feet)
    marked = anchored(*text_and_blocks(lines), [kept.index(note) if note in kept else None for note in noted])
    text, known, pages = _paged(*marked)
    if not text.strip():
        raise refused("no_text")
    blocks = structured(text, known, wrapped=False)
    doubts = tuple(doubt for _, of_line in located(text, 0, pictures.placed) for doubt in of_line)
    notices = tuple(_said(body, pictures))
    return SourceText(name, text, kind, sha256, pages=pages, notices=notices, blocks=blocks, doubts=doubts)


def _said(body: Body, pictures: WordPictures) -> Iterator[Notice]:
    """What must be said of the fonts and pictures of a document."""
    if body.fonts:
        yield notice("legacy_font", encoding="/".join(sorted({kind.upper() for kind in body.fonts})))
    if pictures.read:
        yield notice("pictures_read_word", count=pictures.read)
    if pictures.unread:
        yield notice("pictures_unread", count=len(pictures.unread), which=", ".join(pictures.unread))


def _main_part(package: zipfile.ZipFile) -> str | None:
    for info in package.infolist():
        if re.fullmatch(r"word/document\d*\.xml", info.filename):
            return info.filename
    return None


def _running(
    part: Callable[[str], etree._Element | None], names: dict[str, zipfile.ZipInfo], folder: str, what: str, body: Body
) -> Lines:
    """The lines of running heads or feet that say more than a page number, each once."""
    out = Lines()
    for path in sorted(names):
        if re.fullmatch(rf"{re.escape(folder)}/{what}\d*\.xml", path):
            root = part(path)
            lines = body.lines(root) if root is not None else Lines()
            for text in lines.without(PAGE).texts:
                if text and text not in out.texts and not _PAGE_NUMBER.fullmatch(text):
                    out.add(text, Block("running_head", 0, 0))
    return out


def _notes(notes: etree._Element | None, body: Body, kind: str, kept: list[tuple[str, str]]) -> Lines:
    """Footnotes or endnotes as ``[n] words``, in the order of their numbers; ``kept`` grows by kind and id of each."""
    out = Lines()
    number = 0
    for note in notes if notes is not None else ():
        if attribute(note, "type") in ("separator", "continuationSeparator", "continuationNotice"):
            continue
        number += 1
        lines = [text for text in body.lines(note).without(PAGE).texts if text]
        if lines:
            kept.append((kind, attribute(note, "id") or ""))
            out.add("\n".join([f"[{number}] {lines[0]}", *lines[1:]]), Block("note", 0, 0, label=f"[{number}]"))
    return out


def _paged(marked: str, blocks: list[Block]) -> tuple[str, list[Block], tuple[Page, ...]]:
    """The text and its blocks without the marks of pages, and the pages they part."""
    pieces = marked.split(PAGE)
    if len(pieces) == 1:
        return marked, blocks, ()
    pages: list[Page] = []
    breaks: list[int] = []  # offsets of the marks in the marked text
    start = 0
    for number, piece in enumerate(pieces, 1):
        pages.append(Page(number, start, start + len(piece)))
        start += len(piece)
        breaks.append(start + number - 1)

    def moved(offset: int) -> int:
        return offset - bisect_left(breaks, offset)

    placed = [
        replace(
            block,
            start=moved(block.start),
            end=moved(block.end),
            anchor=None if block.anchor is None else moved(block.anchor),
        )
        for block in blocks
    ]
    return "".join(pieces), [block for block in placed if block.start < block.end], tuple(pages)
