"""Word documents (.docx): body, tables, text boxes, notes, running heads with words in them; changes as accepted.

Read from the package's XML parts themselves: only the parts with words are unpacked, each within bounds, and names
are matched without their namespace, so that the transitional and the strict form are read alike.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator

from lxml import etree

from corpus.bytes.legacy_fonts import converted, legacy_kind
from corpus.formats.package import open_package, read_member
from corpus.formats.xml_parts import attribute, descend, local_name, parse
from corpus.layout.plain_lines import clean, joined, row_lines
from corpus.limits import Limits
from corpus.notices import notice, refused
from corpus.source_text import Notice, Page, SourceText

_PAGE = "\f"
_INLINE = frozenset(
    {"r", "hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo"}
    | {"oMath", "oMathPara", "ruby", "rubyBase"}
)
_BLOCK = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "body", "footnote", "endnote", "hdr", "ftr"})
_LEGACY_FONT = re.compile(r"\.vn|vni", re.IGNORECASE)
_CAPITAL_FONT = re.compile(r"\.vn\w*h$", re.IGNORECASE)
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
    body = _Body(document, part(f"{folder}/styles.xml"))
    heads = _running(part, names, folder, "header", body)
    feet = _running(part, names, folder, "footer", body)
    lines = heads + body.lines(document)
    for notes in ("footnotes", "endnotes"):
        lines += _notes(part(f"{folder}/{notes}.xml"), body)
    lines += feet
    text, pages = _paged(joined(lines))
    if not text.strip():
        raise refused("no_text")
    notices: tuple[Notice, ...] = ()
    if body.fonts:
        notices = (notice("legacy_font", encoding="/".join(sorted({kind.upper() for kind in body.fonts}))),)
    return SourceText(name, text, kind, sha256, pages=pages, notices=notices)


def _main_part(package: zipfile.ZipFile) -> str | None:
    for info in package.infolist():
        if re.fullmatch(r"word/document\d*\.xml", info.filename):
            return info.filename
    return None


def _said(element: etree._Element | None, name: str = "val") -> str:
    """The value of an attribute, empty where the element or the attribute is missing."""
    return "" if element is None else attribute(element, name) or ""


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and attribute(element) not in ("0", "false", "off")


class _Body:
    """Turns the XML of one document into lines; knows its styles' fonts and which of them are legacy encodings."""

    def __init__(self, document: etree._Element, styles: etree._Element | None) -> None:
        self._style_fonts = _style_fonts(styles)
        self.fonts: dict[str, bool] = {}  # legacy encodings met with
        of_font: list[str] = []
        others: list[str] = []
        for run in document.iter("{*}r"):
            words = "".join(t.text or "" for t in run if local_name(t) == "t")
            (of_font if _LEGACY_FONT.match(self._font(run)) else others).append(words)
        # A font's name proves nothing (it stays behind when the text is converted), so its words are weighed.
        self._of_font = legacy_kind(" ".join(of_font))
        self._others = legacy_kind(" ".join(others))

    def _font(self, run: etree._Element) -> str:
        properties = descend(run, "rPr")
        fonts = descend(properties, "rFonts")
        if fonts is not None and (font := attribute(fonts, "ascii") or attribute(fonts, "hAnsi")):
            return font
        style = descend(properties, "rStyle")
        if style is not None and (font := self._style_fonts.get(attribute(style) or "", "")):
            return font
        paragraph = run.getparent()
        while paragraph is not None and local_name(paragraph) != "p":
            paragraph = paragraph.getparent()
        style = descend(paragraph, "pPr", "pStyle")
        return self._style_fonts.get(
            (attribute(style) or "") if style is not None else "", self._style_fonts.get("", "")
        )

    def _words(self, element: etree._Element) -> str:
        words = element.text or ""
        if not (self._of_font or self._others):
            return words
        run = element.getparent()
        font = self._font(run) if run is not None else ""
        kind = self._of_font if _LEGACY_FONT.match(font) else self._others
        if not kind:
            return words
        self.fonts[kind] = True
        words = converted(words, kind)
        return words.upper() if _CAPITAL_FONT.match(font) else words

    def lines(self, parent: etree._Element) -> list[str]:
        """The lines of a body, cell, note or text box."""
        out: list[str] = []
        for child in parent:
            name = local_name(child)
            if name == "p":
                out.extend(self._paragraph(child))
            elif name == "tbl":
                for row in _rows(child):
                    out.extend(row_lines(_one_page_run([self.lines(cell) for cell in _cells(row)])))
            elif name in _BLOCK:
                out.extend(self.lines(child))
        return out

    def _paragraph(self, paragraph: etree._Element) -> list[str]:
        pieces: list[str] = []
        boxes: list[list[str]] = []
        self._inline(paragraph, pieces, boxes)
        lines = [clean(line) for line in "".join(pieces).split("\n")]
        out = lines if any(line.strip(_PAGE) for line in lines) else ["".join(lines)]
        for box in boxes:
            out.extend(box)
        return out

    def _inline(self, parent: etree._Element, pieces: list[str], boxes: list[list[str]]) -> None:
        for child in parent:
            name = local_name(child)
            if name == "t":
                pieces.append(self._words(child))
            elif name == "r":
                if not _is_on(descend(child, "rPr", "vanish")):
                    self._inline(child, pieces, boxes)
            elif name in _INLINE:
                self._inline(child, pieces, boxes)
            elif name == "tab":
                pieces.append(" ")
            elif name in ("br", "cr"):
                pieces.append("\n" + _PAGE if attribute(child, "type") == "page" else "\n")
            elif name == "lastRenderedPageBreak":
                pieces.append(_PAGE)
            elif name == "noBreakHyphen":
                pieces.append("-")
            elif name == "AlternateContent":
                chosen = descend(child, "Choice")
                self._inline(chosen if chosen is not None else child, pieces, boxes)
            elif name in ("drawing", "pict", "object", "Fallback"):
                boxes.extend(self.lines(box) for box in _text_boxes(child))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if local_name(child) == "tr":
            yield child
        elif local_name(child) in _BLOCK:
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if local_name(child) == "tc":
            yield child
        elif local_name(child) in _BLOCK:
            yield from _cells(child)


def _text_boxes(drawing: etree._Element) -> Iterator[etree._Element]:
    """The outermost text boxes of a drawing; of two renderings of one drawing only the first."""
    for child in drawing:
        name = local_name(child)
        if name == "txbxContent":
            yield child
        elif name == "AlternateContent":
            chosen = descend(child, "Choice")
            yield from _text_boxes(chosen if chosen is not None else child)
        else:
            yield from _text_boxes(child)


def _one_page_run(cells: list[list[str]]) -> list[list[str]]:
    """Where a row runs over a page, every cell carries the break; only the fullest cell keeps its breaks."""
    breaks = [sum(line.count(_PAGE) for line in cell) for cell in cells]
    if not any(breaks):
        return cells
    keeper = breaks.index(max(breaks))
    return [
        cell if number == keeper else [line.replace(_PAGE, "") for line in cell] for number, cell in enumerate(cells)
    ]


def _style_fonts(styles: etree._Element | None) -> dict[str, str]:
    """The font of every style, through the styles it is based on; the default one under ""."""
    if styles is None:
        return {}
    base_font = _said(descend(styles, "docDefaults", "rPrDefault", "rPr", "rFonts"), "ascii")
    own: dict[str, tuple[str, str]] = {}  # the font that a style names itself, and the style it is based on
    normal = ""
    for style in styles:
        if local_name(style) != "style":
            continue
        identifier = _said(style, "styleId")
        own[identifier] = _said(descend(style, "rPr", "rFonts"), "ascii"), _said(descend(style, "basedOn"))
        if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true"):
            normal = identifier
    fonts = {identifier: _inherited(own, identifier) or base_font for identifier in own}
    fonts[""] = fonts.get(normal, base_font)
    return fonts


def _inherited(own: dict[str, tuple[str, str]], identifier: str) -> str:
    """The first font on the way from a style to those it is based on; a damaged file may lead in a circle."""
    font, seen = "", set()
    while identifier in own and identifier not in seen and not font:
        seen.add(identifier)
        font, identifier = own[identifier]
    return font


def _running(
    part: Callable[[str], etree._Element | None],
    names: dict[str, zipfile.ZipInfo],
    folder: str,
    what: str,
    body: _Body,
) -> list[str]:
    """The lines of running heads or feet that say more than a page number, each once."""
    out: list[str] = []
    for path in sorted(names):
        if re.fullmatch(rf"{re.escape(folder)}/{what}\d*\.xml", path):
            root = part(path)
            lines = body.lines(root) if root is not None else []
            out.extend(line for line in lines if line not in out and not _PAGE_NUMBER.fullmatch(line))
    return [line.replace(_PAGE, "") for line in out]


def _notes(notes: etree._Element | None, body: _Body) -> list[str]:
    """Footnotes or endnotes as ``[n] words``, in the order of their numbers."""
    out: list[str] = []
    number = 0
    for note in notes if notes is not None else ():
        if attribute(note, "type") in ("separator", "continuationSeparator", "continuationNotice"):
            continue
        number += 1
        lines = [line.replace(_PAGE, "") for line in body.lines(note) if line.strip(_PAGE)]
        if lines:
            out += [f"[{number}] {lines[0]}", *lines[1:]]
    return out


def _paged(marked: str) -> tuple[str, tuple[Page, ...]]:
    """The text without its page marks, and the pages they part."""
    pieces = marked.split(_PAGE)
    if len(pieces) == 1:
        return marked, ()
    pages = []
    start = 0
    for number, piece in enumerate(pieces, 1):
        pages.append(Page(number, start, start + len(piece)))
        start += len(piece)
    return "".join(pieces), tuple(pages)
