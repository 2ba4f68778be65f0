"""OpenDocument texts (.odt): body, tables, lists, notes, headers and footers; deleted text stays deleted."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from corpus.formats.package import open_package, read_member
from corpus.formats.xml_parts import attribute, descend, local_name, parse
from corpus.layout.plain_lines import clean, joined, row_lines
from corpus.limits import Limits
from corpus.notices import refused
from corpus.source_text import SourceText

_HIDDEN = frozenset({"tracked-changes", "annotation", "annotation-end", "sequence-decls", "forms"})
_INLINE_BLOCKS = frozenset({"frame", "text-box", "custom-shape"})
_MOST_BLANKS = 200  # a run of blanks stored as its length


def read_odt(data: bytes, name: str, sha256: str, limits: Limits) -> SourceText:
    """The text of an .odt as it prints; notes follow at the end as ``[n] words``. Raises ``Refused``."""
    package = open_package(data)
    names = {info.filename: info for info in package.infolist()}
    if "content.xml" not in names:
        raise refused("damaged_document")
    if b"manifest:encryption-data" in _member(package, names, "META-INF/manifest.xml", limits):
        raise refused("encrypted")
    content = parse(_member(package, names, "content.xml", limits))
    body = descend(content, "body", "text")
    if body is None:
        raise refused("damaged_document")
    setter = _Setter()
    lines = setter.lines(body)
    heads, feet = _running(_member(package, names, "styles.xml", limits))
    text = joined([*heads, *lines, *setter.notes, *feet])
    if not text:
        raise refused("no_text")
    return SourceText(name, text, "odt", sha256)


def _member(package, names, path: str, limits: Limits) -> bytes:  # type: ignore[no-untyped-def]
    return read_member(package, names[path], limits.markup_bytes, limits) if path in names else b""


def _running(styles: bytes) -> tuple[list[str], list[str]]:
    """The lines of headers and footers, each once."""
    heads: list[str] = []
    feet: list[str] = []
    if styles:
        for element in parse(styles).iter():
            if (where := {"header": heads, "footer": feet}.get(local_name(element))) is not None:
                where += [line for line in _Setter().lines(element) if line and line not in where]
    return heads, feet


class _Setter:
    """Sets the elements of a text as lines and keeps its notes, numbered as they come."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def lines(self, parent: etree._Element) -> list[str]:
        """The lines of a body, section, list, cell or text box."""
        out: list[str] = []
        for element in parent:
            name = local_name(element)
            if name in ("p", "h"):
                out += self._paragraph(element)
            elif name == "table":
                for row in _rows(element):
                    out += row_lines([self.lines(cell) for cell in row if local_name(cell) == "table-cell"])
            elif name not in _HIDDEN:
                out += self.lines(element)
        return out

    def _paragraph(self, paragraph: etree._Element) -> list[str]:
        pieces: list[str] = []
        boxes: list[str] = []
        self._inline(paragraph, pieces, boxes)
        return [*(clean(line) for line in "".join(pieces).split("\n")), *boxes]

    def _inline(self, parent: etree._Element, pieces: list[str], boxes: list[str]) -> None:
        pieces.append(parent.text or "")
        for element in parent:
            name = local_name(element)
            if name == "s":
                pieces.append(" " * min(int(attribute(element, "c") or 1), _MOST_BLANKS))
            elif name == "tab":
                pieces.append(" ")
            elif name == "line-break":
                pieces.append("\n")
            elif name == "note":
                note = self.lines(found) if (found := descend(element, "note-body")) is not None else []
                self.notes.append(f"[{len(self.notes) + 1}] {' '.join(line for line in note if line)}")
            elif name in _INLINE_BLOCKS:
                boxes += self.lines(element)
            elif name not in _HIDDEN:
                self._inline(element, pieces, boxes)
            pieces.append(element.tail or "")


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for element in table:
        if local_name(element) == "table-row":
            yield element
        else:
            yield from _rows(element)
