"""HTML pages: the words of the document itself, laid out in lines, without the site around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, PageElement, Tag

from corpus.bytes.encoding import decode
from corpus.bytes.legacy_fonts import converted, legacy_kind
from corpus.formats.portal_page import attributes_of, main_parts, without_furniture
from corpus.layout.plain_lines import clean, joined, row_lines
from corpus.limits import MIB, Limits
from corpus.notices import notice, refused
from corpus.source_text import SourceText

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
    text = joined([line for part in parts for line in lines_of(part, font)])
    if not text:
        raise refused("no_text")
    if b"<html" in data[:8192].lower() and b"</html" not in data[-8192:].lower():
        notices += (notice("cut_short"),)
    return SourceText(name, text, "html", sha256, notices=notices, attributes=attributes)


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


class _Setter:
    """Sets the events of a walk as lines; one frame for the page and one for each table cell being open."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.piece: list[str] = []
        self.frames: list[tuple[str, list[str], list[list[str]]]] = []

    def end_line(self) -> None:
        line = clean("".join(self.piece))
        self.piece.clear()
        if line:
            self.lines.append(line)

    def open(self, name: str) -> None:
        if name in _BLOCKS:
            self.end_line()
        elif name == "tr":
            self.end_line()
            self.frames.append(("tr", self.lines, []))
            self.lines = []
        elif name in ("td", "th"):
            self.end_line()
            self.frames.append(("td", self.lines, []))
            self.lines = []

    def close(self, name: str) -> None:
        if name in _BLOCKS:
            self.end_line()
        elif name in ("td", "th") and self.frames and self.frames[-1][0] == "td":
            self.end_line()
            _, outer, _ = self.frames.pop()
            cell, self.lines = self.lines, outer
            if self.frames and self.frames[-1][0] == "tr":
                self.frames[-1][2].append(cell)
            else:
                self.lines.extend(cell)
        elif name == "tr" and self.frames and self.frames[-1][0] == "tr":
            self.end_line()
            _, outer, cells = self.frames.pop()
            loose, self.lines = self.lines, outer
            self.lines.extend(row_lines([loose, *cells] if loose else cells))


def lines_of(root: Tag, font: str | None = None) -> Iterator[str]:
    """The visible lines of an element, tables as ``corpus.layout.plain_lines`` sets them.

    ``font``: see ``corpus.bytes.legacy_fonts``.
    """
    setter = _Setter()
    for event, node in _walk(root):
        if event == "open":
            setter.open(node.name)  # type: ignore[attr-defined]
        elif event == "close":
            setter.close(node.name)  # type: ignore[attr-defined]
        elif type(node) in (NavigableString, CData):
            words = str(node) if font is None else converted(str(node), font)
            setter.piece.append(_SPACE.sub(" ", words))
    setter.end_line()
    yield from setter.lines
