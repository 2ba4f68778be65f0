"""The body of a Word document as lines, with what its styles, lists and tables say of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from corpus.blocks import Block
from corpus.bytes.legacy_fonts import converted, legacy_kind
from corpus.formats.word_numbering import Numbering
from corpus.formats.word_styles import list_of, read_styles, said
from corpus.formats.xml_parts import attribute, descend, local_name
from corpus.layout.lines import Cell, Lines, table_of
from corpus.layout.note_marks import NOTE, tidy
from corpus.layout.plain_lines import clean

PAGE = "\f"
"""Stands in a line where a page begins."""

_INLINE = frozenset(
    {"r", "hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo"}
    | {"oMath", "oMathPara", "ruby", "rubyBase"}
)
_BLOCK = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "body", "footnote", "endnote", "hdr", "ftr"})
_SIGNS = {"tab": " ", "cr": "\n", "lastRenderedPageBreak": PAGE, "noBreakHyphen": "-"}
_LEGACY_FONT = re.compile(r"\.vn|vni", re.IGNORECASE)
_CAPITAL_FONT = re.compile(r"\.vn\w*h$", re.IGNORECASE)


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and attribute(element) not in ("0", "false", "off")


class Body:
    """Turns the XML of one document into lines; knows its styles' fonts and which of them are legacy encodings.
    ``pictures`` gives the words of a drawing's pictures."""

    def __init__(
        self,
        document: etree._Element,
        styles: etree._Element | None = None,
        numbering: etree._Element | None = None,
        pictures: Callable[[etree._Element], Lines] | None = None,
    ) -> None:
        self._pictures = pictures
        self._styles = read_styles(styles)
        self._numbering = Numbering(numbering)
        self.noted: list[tuple[str, str]] = []  # kind and id of each note where its mark stands
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
        if style is not None and (font := self._styles.fonts.get(attribute(style) or "", "")):
            return font
        paragraph = run.getparent()
        while paragraph is not None and local_name(paragraph) != "p":
            paragraph = paragraph.getparent()
        style = descend(paragraph, "pPr", "pStyle")
        return self._styles.fonts.get(
            (attribute(style) or "") if style is not None else "", self._styles.fonts.get("", "")
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

    def lines(self, parent: etree._Element) -> Lines:
        """The lines of a body, cell, note or text box, with what the styles and tables say of them."""
        out = Lines()
        for child in parent:
            name = local_name(child)
            if name == "p":
                out.extend(self._paragraph(child))
            elif name == "tbl":
                out.extend(table_of(self._row(row) for row in _rows(child)))
            elif name in _BLOCK:
                out.extend(self.lines(child))
        return out

    def _row(self, row: etree._Element) -> list[Cell]:
        is_head = _is_on(descend(row, "trPr", "tblHeader"))
        cells = list(_cells(row))
        lines = _one_page_run([self.lines(cell) for cell in cells])
        spans = [said(descend(cell, "tcPr", "gridSpan")) for cell in cells]
        return [
            Cell(held, int(span) if span.isdigit() else 1, is_head) for held, span in zip(lines, spans, strict=True)
        ]

    def _paragraph(self, paragraph: etree._Element) -> Lines:
        pieces: list[str] = []
        boxes: list[Lines] = []
        self._inline(paragraph, pieces, boxes)
        texts = [tidy(clean(line)) for line in "".join(pieces).split("\n")]
        out = Lines()
        if any(text.strip(PAGE + NOTE) for text in texts):
            out.add("\n".join(texts), self._block(paragraph))
        else:
            out.texts.append("".join(texts).replace(NOTE, ""))
        for box in boxes:
            out.extend(box)
        return out

    def _block(self, paragraph: etree._Element) -> Block:
        """What the style and the list of a paragraph make of it."""
        properties = descend(paragraph, "pPr")
        style = said(descend(properties, "pStyle"))
        listed = list_of(properties) or self._styles.numberings.get(style)
        label = self._numbering.next_label(listed) if listed else ""
        outline = said(descend(properties, "outlineLvl"))
        rank = int(outline) + 1 if outline.isdigit() and int(outline) < 9 else self._styles.ranks.get(style, 0)
        if rank:
            return Block("heading", 0, 0, rank, label)
        return Block("list_item", 0, 0, listed[1] + 1, label) if listed and label else Block("paragraph", 0, 0)

    def _inline(self, parent: etree._Element, pieces: list[str], boxes: list[Lines]) -> None:
        for child in parent:
            name = local_name(child)
            if name == "t":
                pieces.append(self._words(child))
            elif name == "r":
                if not _is_on(descend(child, "rPr", "vanish")):
                    self._inline(child, pieces, boxes)
            elif name in _INLINE:
                self._inline(child, pieces, boxes)
            elif name in _SIGNS:
                pieces.append(_SIGNS[name])
            elif name == "br":
                pieces.append("\n" + PAGE if attribute(child, "type") == "page" else "\n")
            elif name in ("footnoteReference", "endnoteReference"):
                pieces.append(NOTE)
                self.noted.append((name.removesuffix("Reference"), attribute(child, "id") or ""))
            elif name == "AlternateContent":
                chosen = descend(child, "Choice")
                self._inline(chosen if chosen is not None else child, pieces, boxes)
            elif name in ("drawing", "pict", "object", "Fallback"):
                boxes.extend(self._drawn(child))

    def _drawn(self, drawing: etree._Element) -> list[Lines]:
        """The words of a drawing: of its text boxes, and of its pictures."""
        boxes = [self.lines(box) for box in _text_boxes(drawing)]
        return boxes if self._pictures is None else [*boxes, self._pictures(drawing)]


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


def _one_page_run(cells: list[Lines]) -> list[Lines]:
    """Where a row runs over a page, every cell carries the break; only the fullest cell keeps its breaks."""
    breaks = [sum(text.count(PAGE) for text in cell.texts) for cell in cells]
    if not any(breaks):
        return cells
    keeper = breaks.index(max(breaks))
    return [cell if number == keeper else cell.without(PAGE) for number, cell in enumerate(cells)]
