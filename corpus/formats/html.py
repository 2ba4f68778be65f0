"""HTML pages: the words of the document itself, laid out in lines, without the site around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, PageElement, Tag

from corpus.blocks import Block
from corpus.bytes.encoding import decode
from corpus.bytes.legacy_fonts import converted, legacy_kind
from corpus.formats.portal_page import attributes_of, main_parts, without_furniture
from corpus.layout.lines import Cell, Lines, row_of, text_and_blocks
from corpus.layout.plain_lines import clean
from corpus.limits import MIB, Limits
from corpus.notices import notice, refused
from corpus.source_text import SourceText
from corpus.structure.guess import structured

_DECLARED = re.compile(rb"""charset\s*=\s*["']?([A-Za-z0-9_-]+)""")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_DROPPED = frozenset(
    {
        "script",
        "style",
        "head",
        "noscript",
        "template",
        "iframe",
        "object",
        "svg",
        "select",
        "button",
        "textarea",
        "input",
        "title",
        "del",
    }
)
_BLOCKS = frozenset(
    {
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "section",
        "article",
        "main",
        "aside",
        "header",
        "footer",
        "nav",
        "form",
        "fieldset",
        "blockquote",
        "pre",
        "center",
        "address",
        "figure",
        "figcaption",
        "hr",
        "br",
        "caption",
        "body",
        "html",
        "table",
        "thead",
        "tbody",
        "tfoot",
    }
)
_DEEPEST = 1_000
_SPACE = re.compile(r"\s+")


def read_html(data: bytes, name: str, sha256: str, limits: Limits) -> SourceText:
    """The text of an HTML page's main content. Raises ``Refused`` where it has none or is past ``markup_bytes``.

    A page saved by Word is a document as a whole. On a website's page the navigation, the comments and the boxes of
    related documents are left out, and what its attribute table says goes to ``attributes``.
    """
    if len(data) > limits.markup_bytes:
        raise refused("too_large", size=-(-len(data) // MIB), limit=limits.markup_bytes // MIB)
    declared = _DECLARED.search(data[:4096])
    decoded = decode(data, declared[1].decode("ascii").lower() if declared else None)
    notices = decoded.notices
    soup = BeautifulSoup(decoded.text, "lxml")
    attributes: dict[str, str] = {}
    parts: list[Tag] = [soup]
    # Looking for parts of a page takes time that grows with the square of the depth; real pages are not that deep.
    if not _by_word(soup) and _depth(soup) <= _DEEPEST:
        attributes = attributes_of(soup)
        parts = main_parts(soup)
        for part in parts:
            without_furniture(part)
    font = legacy_kind(soup.get_text())
    if font:
        notices += (notice("legacy_font", encoding=font.upper()),)
    lines = Lines()
    for part in parts:
        lines.extend(lines_of(part, font))
    text, known = text_and_blocks(lines)
    if not text:
        raise refused("no_text")
    if b"<html" in data[:8192].lower() and b"</html" not in data[-8192:].lower():
        notices += (notice("cut_short"),)
    blocks = structured(text, known, wrapped=False)
    return SourceText(name, text, "html", sha256, notices=notices, attributes=attributes, blocks=blocks)


def read_mhtml(data: bytes, name: str, sha256: str, limits: Limits) -> SourceText:
    """The text of a "single file web page" (.mht, also what some sites hand out as .doc): its HTML part."""
    message = message_from_bytes(data)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            body = part.get_payload(decode=True)
            if isinstance(body, bytes) and body.strip():
                return replace(read_html(body, name, sha256, limits), format="mhtml")
    raise refused("no_text")


def _by_word(soup: BeautifulSoup) -> bool:
    """Whether Word (or an editor that pastes its marks) made the whole page."""
    generator = soup.find("meta", attrs={"name": re.compile("^(?:progid|generator)$", re.IGNORECASE)})
    return isinstance(generator, Tag) and "word" in str(generator.get("content", "")).lower()


def _depth(soup: BeautifulSoup) -> int:
    """How many elements stand within one another at the deepest place, counted no further than is asked about."""
    stack: list[tuple[Tag, int]] = [(soup, 0)]
    deepest = 0
    while stack and deepest <= _DEEPEST:
        tag, depth = stack.pop()
        deepest = max(deepest, depth)
        stack.extend((child, depth + 1) for child in tag.contents if isinstance(child, Tag))
    return deepest


def is_hidden(tag: Tag) -> bool:
    """Whether a reader of the page does not see this element."""
    style = tag.get("style")
    if tag.name == "a" and str(tag.get("href", "")).startswith("#_ftn") and "ref" not in str(tag["href"]):
        return True  # the mark of a footnote, which would run into the number before it; the note itself stays
    return tag.name in _DROPPED or tag.has_attr("hidden") or (style is not None and bool(_HIDDEN.search(str(style))))


def _walk(root: Tag) -> Iterator[tuple[str, PageElement]]:
    """``("open"|"close", tag)`` and ``("text", string)`` in document order, without recursion."""
    stack: list[tuple[str, PageElement]] = [("open", root)]
    while stack:
        event, node = stack.pop()
        if event == "close" or not isinstance(node, Tag):
            yield event, node
            continue
        if is_hidden(node):
            continue
        yield "open", node
        stack.append(("close", node))
        stack.extend(("open" if isinstance(child, Tag) else "text", child) for child in reversed(node.contents))


_LISTS = frozenset({"ul", "ol"})
_NOTE = re.compile(r"(?:ftn|edn|fn|footnote|endnote)[-_:]?\d+", re.IGNORECASE)
_MOST_COLUMNS = 500  # over which one cell may reach


@dataclass(slots=True)
class _Frame:
    """An element that is open and holds lines of its own: a table, a row or a cell; ``outer``: the lines around it."""

    name: str
    outer: Lines
    cells: list[Cell] = field(default_factory=list)
    rows: int = 0
    span: int = 1
    is_head: bool = False


class _Setter:
    """Sets the events of a walk as lines; one frame for each table, row and cell being open."""

    def __init__(self) -> None:
        self.lines = Lines()
        self.piece: list[str] = []
        self.frames: list[_Frame] = []
        self.depth = 0  # of lists in one another
        self.told = Block("paragraph", 0, 0)  # what the element in which the next words stand makes of them
        self.notes: list[tuple[Tag, int, int]] = []  # notes that are open: the first line and in how many frames

    def end_line(self) -> None:
        line = clean("".join(self.piece))
        self.piece.clear()
        if line:
            self.lines.add(line, self.told)

    def open(self, tag: Tag) -> None:
        name = tag.name
        if name in _BLOCKS or name in ("tr", "td", "th"):
            self.end_line()
        if name in ("table", "tr", "td", "th"):
            in_head = any(frame.name == "thead" for frame in self.frames)
            span = str(tag.get("colspan", ""))
            frame = _Frame("td" if name == "th" else name, self.lines, is_head=name == "th" or in_head)
            frame.span = min(int(span), _MOST_COLUMNS) if span.isdigit() and int(span) else 1
            self.frames.append(frame)
            self.lines = Lines()
        elif name == "thead":
            self.frames.append(_Frame("thead", self.lines))
        elif name in _LISTS:
            self.depth += 1
        if _NOTE.fullmatch(str(tag.get("id", ""))) and name in ("div", "li", "p", "aside"):
            self.notes.append((tag, len(self.lines.texts), len(self.frames)))
        self.told = self._block(name)

    def close(self, tag: Tag) -> None:
        name = tag.name
        if name in _BLOCKS or name in ("tr", "td", "th"):
            self.end_line()
        if name in _LISTS:
            self.depth = max(0, self.depth - 1)
        if self.notes and self.notes[-1][0] is tag:
            _, first, frames = self.notes.pop()
            if frames == len(self.frames):
                self.lines.mark(Block("note", 0, 0), first)
        kind = "td" if name == "th" else name
        if kind in ("table", "thead", "tr", "td") and self.frames and self.frames[-1].name == kind:
            self._close_frame(self.frames.pop())
        self.told = Block("paragraph", 0, 0)

    def _block(self, name: str) -> Block:
        if len(name) == 2 and name[0] == "h" and name[1].isdigit():
            return Block("heading", 0, 0, level=int(name[1]))
        if name == "li":
            return Block("list_item", 0, 0, level=max(1, self.depth))
        return self.told if name not in _BLOCKS else Block("paragraph", 0, 0)

    def _close_frame(self, frame: _Frame) -> None:
        if frame.name == "thead":
            return
        inner, self.lines = self.lines, frame.outer
        around = next((held for held in reversed(self.frames) if held.name != "thead"), None)
        if frame.name == "td" and around is not None and around.name == "tr":
            around.cells.append(Cell(inner, frame.span, frame.is_head))
        elif frame.name == "tr":
            cells = [Cell(inner), *frame.cells] if inner else frame.cells
            table = around if around is not None and around.name == "table" else frame
            self.lines.extend(row_of(cells, table.rows))
            table.rows += 1
        else:
            if frame.name == "table" and any(mark.block.kind == "cell" for mark in inner.marks):
                inner.enclose(Block("table", 0, 0))
            self.lines.extend(inner)


def lines_of(root: Tag, font: str | None = None) -> Lines:
    """The visible lines of an element, tables as ``corpus.layout.lines`` sets them.

    ``font``: see ``corpus.bytes.legacy_fonts``.
    """
    setter = _Setter()
    for event, node in _walk(root):
        if isinstance(node, Tag):
            (setter.open if event == "open" else setter.close)(node)
        elif type(node) in (NavigableString, CData):
            words = str(node) if font is None else converted(str(node), font)
            setter.piece.append(_SPACE.sub(" ", words))
    setter.end_line()
    return setter.lines
