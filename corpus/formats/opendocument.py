"""OpenDocument texts (.odt): body, tables, lists, notes, headers and footers; deleted text stays deleted."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from corpus.blocks import Block
from corpus.formats.package import open_package, read_member
from corpus.formats.xml_parts import attribute, descend, local_name, parse
from corpus.layout.lines import Cell, Lines, table_of, text_and_blocks
from corpus.layout.note_marks import NOTE, anchored, tidy
from corpus.layout.plain_lines import clean
from corpus.limits import Limits
from corpus.notices import refused
from corpus.source_text import SourceText
from corpus.structure.guess import structured

_HIDDEN = frozenset({"tracked-changes", "annotation", "annotation-end", "sequence-decls", "forms"})
_INLINE_BLOCKS = frozenset({"frame", "text-box", "custom-shape"})
_MOST_COLUMNS = 500  # over which one cell may reach
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
    heads, feet = _running(_member(package, names, "styles.xml", limits))
    lines = heads
    lines.extend(setter.lines(body))
    for number, note in enumerate(setter.notes, 1):
        lines.add(f"[{number}] {note}", Block("note", 0, 0, label=f"[{number}]"))
    lines.extend(feet)
    text, known = anchored(*text_and_blocks(lines), range(len(setter.notes)))
    if not text:
        raise refused("no_text")
    return SourceText(name, text, "odt", sha256, blocks=structured(text, known, wrapped=False))


def _member(package, names, path: str, limits: Limits) -> bytes:  # type: ignore[no-untyped-def]
    return read_member(package, names[path], limits.markup_bytes, limits) if path in names else b""


def _running(styles: bytes) -> tuple[Lines, Lines]:
    """The lines of headers and footers, each once."""
    heads, feet = Lines(), Lines()
    if styles:
        for element in parse(styles).iter():
            where = {"header": heads, "footer": feet}.get(local_name(element))
            for line in _Setter().lines(element).texts if where is not None else ():
                if where is not None and line and line not in where.texts:
                    where.add(line, Block("running_head", 0, 0))
    return heads, feet


class _Setter:
    """Sets the elements of a text as lines and keeps its notes, numbered as they come."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def lines(self, parent: etree._Element, depth: int = 0) -> Lines:
        """The lines of a body, section, list, cell or text box; ``depth``: of lists in one another."""
        out = Lines()
        for element in parent:
            name = local_name(element)
            if name == "p":
                block = Block("list_item", 0, 0, level=depth) if depth else Block("paragraph", 0, 0)
                out.extend(self._paragraph(element, block))
            elif name == "h":
                level = attribute(element, "outline-level") or "1"
                out.extend(self._paragraph(element, Block("heading", 0, 0, level=int(level) if level.isdigit() else 1)))
            elif name == "table":
                out.extend(table_of(self._row(row, is_head) for row, is_head in _rows(element)))
            elif name not in _HIDDEN:
                out.extend(self.lines(element, depth + (name == "list")))
        return out

    def _row(self, row: etree._Element, is_head: bool) -> list[Cell]:
        cells = []
        for cell in row:
            span = attribute(cell, "number-columns-spanned") or ""
            repeated = attribute(cell, "number-columns-repeated") or ""
            if local_name(cell) == "table-cell":
                reach = int(span) if span.isdigit() else int(repeated) if repeated.isdigit() else 1
                cells.append(Cell(self.lines(cell), min(max(reach, 1), _MOST_COLUMNS), is_head))
        return cells

    def _paragraph(self, paragraph: etree._Element, block: Block) -> Lines:
        pieces: list[str] = []
        boxes = Lines()
        self._inline(paragraph, pieces, boxes)
        out = Lines()
        out.add("\n".join(tidy(clean(line)) for line in "".join(pieces).split("\n")), block)
        out.extend(boxes)
        return out

    def _inline(self, parent: etree._Element, pieces: list[str], boxes: Lines) -> None:
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
                note = self.lines(found).texts if (found := descend(element, "note-body")) is not None else []
                self.notes.append(" ".join(line for line in note if line).replace(NOTE, ""))
                pieces.append(NOTE)
            elif name in _INLINE_BLOCKS:
                boxes.extend(self.lines(element))
            elif name not in _HIDDEN:
                self._inline(element, pieces, boxes)
            pieces.append(element.tail or "")


def _rows(table: etree._Element, is_head: bool = False) -> Iterator[tuple[etree._Element, bool]]:
    """The rows of a table, and whether each stands in its head."""
    for element in table:
        name = local_name(element)
        if name == "table-row":
            yield element, is_head
        else:
            yield from _rows(element, is_head or name == "table-header-rows")
