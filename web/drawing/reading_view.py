"""A part of a held text as a document is read: headings, articles, tables, lists and notes, its citations marked.

The words of the document are only ever written through :func:`markupsafe.escape`: what looks like HTML in a document
stays words on the page. Every line of the text has its anchor (``L76``), every part that can be cited its own
(``dieu-5-khoan-2``).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from markupsafe import Markup, escape

from corpus.blocks import Block
from corpus.layout.lines import NEXT_CELL
from kb.answers.shapes import HeldText, TextCitation
from web.drawing.flow import Piece, cells_of, is_title
from web.drawing.mended_text import Change

Card = Callable[[TextCitation, Markup, bool, bool], Markup]
"""Makes the marked citation: (citation, its escaped words on this line, first piece?, last piece?)."""

_FIRM = frozenset({"docx", "doc", "html", "odt", "rtf", "pptx", "xlsx", "xls", "xlsb", "ods", "csv", "tsv"})
"""Formats in which a line of a cell ends where its writer ended it, not where the paper does."""

_STRONG = "**"
_MARKDOWN = re.compile(r"\\(?=[\\`*_{}\[\]()#+.!|~-])|(?<![\w*])[*_](?=\w)|(?<=[\w.,;:)])[*_](?![\w*])")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_RANK_MARK = re.compile(r"#{1,6}[ \t]+")
_HIGHEST, _LOWEST = 3, 6  # levels of HTML headings in the text
_DOTS = frozenset("*•▪●➢○")  # bullets that the page draws itself
_CLASSES = {"running_head": "running", "signature": "sign", "note": "note", "form_field": "field"}


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that lead to a part of a held text: ``text[start:end]``, and its address."""

    start: int
    end: int
    href: str


@dataclass(frozen=True, slots=True)
class Words:
    """What the page itself says within a text, in the reader's language."""

    page: Callable[[int], str]
    table: str
    link_to: Callable[[str], str]
    back: str
    note: Callable[[str], str]


class ReadingView:
    """Writes pieces of one text as HTML; one for each page that is made.

    Args:
        held: the text with its blocks and citations.
        card: marks a citation.
        words: what the page says within the text.
        note_link: the address of the note with this index of a block, where it stands on another page.
        references: words that lead to parts of this text or of others; none overlaps a citation.
        changes: what is shown otherwise than it is printed, in order.
        spoken_of: what stands behind the title of a part with this anchor: who speaks of it.
    """

    def __init__(
        self,
        held: HeldText,
        card: Card,
        words: Words,
        note_link: Callable[[int], str],
        *,
        references: Sequence[Reference] = (),
        changes: Sequence[Change] = (),
        spoken_of: Callable[[str], Markup | None] = lambda anchor: None,
    ) -> None:
        self._changes, self._spoken_of = changes, spoken_of
        self._held, self._text, self._blocks = held, held.text, held.blocks
        self._card, self._words, self._note_link = card, words, note_link
        self._lines = [0, *accumulate(len(line) + 1 for line in held.text.split("\n"))]
        self._pages = sorted((page.start, page.number) for page in held.pages if page.number > 1)
        self._notes = sorted(
            (block.anchor, index)
            for index, block in enumerate(held.blocks)
            if block.kind == "note" and block.anchor is not None
        )
        leading = (one for one in references if self._plain_words(one.start, one.end))
        self._marks: list[TextCitation | Reference] = sorted(
            [*held.citations, *leading], key=lambda one: (one.start, -one.end)
        )
        self._shown: set[int | None] = set()  # blocks on the page
        self._lines_given: set[int] = set()
        self._around: list[int] = []  # ranks of the headings around
        self._strong, self._pairs = False, 0  # whether strong words go on, and how many marks of them are to come

    def html(self, shown: Sequence[Piece], also: tuple[int, str] | None = None) -> Markup:
        """The pieces one after the other. ``also``: offset and name of an anchor that a piece has besides its own."""
        self._shown = {piece.block for piece in shown}
        out: list[Markup] = []
        for kind, run in groupby(shown, key=self._group):
            together = list(run)
            out += self._new_pages(together[0])
            if also is not None and together[0].start <= also[0] < together[-1].end:
                out.append(Markup('<a id="{}"></a>').format(also[1]))
            if kind[0] == "row":
                out.append(self._table(together))
            elif kind[0] == "list_item":
                out.append(Markup("<ul>{}</ul>").format(Markup("").join(map(self._item, together))))
            else:
                out += map(self._alone, together)
        return Markup("\n").join(out)

    def _group(self, piece: Piece) -> tuple[str, int | None]:
        """What stands together: the rows of a table, the items of a list."""
        if piece.kind == "row" and piece.block is not None:
            return "row", self._blocks[piece.block].parent
        return piece.kind, None

    def _new_pages(self, piece: Piece) -> Iterator[Markup]:
        """The pages that begin before a piece, each once."""
        while self._pages and self._pages[0][0] < piece.end:
            number = self._pages.pop(0)[1]
            if not self._pages or self._pages[0][0] >= piece.end:
                yield Markup('<p class="newpage">{}</p>').format(self._words.page(number))

    # -- elements ----------------------------------------------------------------------------------------------

    def _alone(self, piece: Piece) -> Markup:
        if piece.kind == "heading" or piece.rank is not None:
            return self._heading(piece)
        block = self._blocks[piece.block] if piece.block is not None else None
        name = _CLASSES.get(piece.kind, "")
        if piece.kind == "article" and block is not None:
            name = f"k{block.level}"
        if piece.rest:
            name = f"{name} rest".strip()
        inside = self._inline(piece, firm=piece.kind == "signature")
        if piece.kind == "note" and block is not None and block.anchor is not None:
            back = Markup(' <a class="back" href="#n{}" aria-label="{}">↑</a>').format(piece.block, self._words.back)
            return Markup('<p class="note" id="N{}">{}{}</p>').format(piece.block, inside, back)
        return self._element("p", piece, name, self._label(piece, inside))

    def _element(self, tag: str, piece: Piece, name: str, inside: Markup) -> Markup:
        id = Markup(' id="{}"').format(piece.anchor) if piece.anchor else ""
        class_ = Markup(' class="{}"').format(name) if name else ""
        return Markup("<{}{}{}>{}</{}>").format(Markup(tag), id, class_, inside, Markup(tag))

    def _heading(self, piece: Piece) -> Markup:
        if piece.rank is None:
            return self._element("p", piece, "caps", self._inline(piece))
        inside = self._label(piece, self._inline(piece))
        if not is_title(self._text, piece):
            spoken = self._spoken_of(piece.anchor) if piece.anchor else None
            return (spoken or Markup()) + self._element("p", piece, "k5", inside)
        while self._around and self._around[-1] >= piece.rank:
            self._around.pop()
        self._around.append(piece.rank)
        level = min(_HIGHEST + len(self._around) - 1, _LOWEST)
        name = f"r{min(piece.rank, 6)}"
        if piece.anchor:
            label = self._words.link_to(self._blocks[piece.block].label if piece.block is not None else "")
            inside += Markup(' <a class="here" href="#{}" aria-label="{}">#</a>').format(piece.anchor, label)
            spoken = self._spoken_of(piece.anchor)
            if spoken is not None:
                return self._element(f"h{level}", piece, name, inside) + spoken
        return self._element(f"h{level}", piece, name, inside)

    def _item(self, piece: Piece) -> Markup:
        block = self._blocks[piece.block] if piece.block is not None else None
        level = min(block.level, 7) if block else 1
        printed = self._text[piece.start : piece.start + 1]
        dotted = not piece.rest and (printed in _DOTS or (block is not None and not block.label))
        inside = self._label(piece, self._inline(piece))
        return self._element("li", piece, f"i{level}{' dot' if dotted else ''}", inside)

    def _label(self, piece: Piece, inside: Markup) -> Markup:
        """The words behind the number that the program set by itself, which is not among them."""
        label = self._blocks[piece.block].label if piece.block is not None and not piece.rest else ""
        if not label or label[0] in _DOTS or self._begins_with(piece, label):
            return inside
        return Markup('<span class="set">{}</span> {}').format(label, inside)

    def _begins_with(self, piece: Piece, label: str) -> bool:
        head = self._text[piece.start : piece.start + len(label) + 12]
        return "".join(label.split()) in re.sub(r"[\s\\*]", "", head)

    def _table(self, rows: Sequence[Piece]) -> Markup:
        width = 1
        cells: list[list[Block]] = []
        for piece in rows:
            assert piece.block is not None
            cells.append(list(cells_of(self._blocks, piece.block)))
            width = max([width, *((cell.column or 0) + cell.span for cell in cells[-1])])
        body: list[Markup] = []
        for piece, row in zip(rows, cells, strict=True):
            for number in self._pages_within(piece, rows[0]):
                body.append(Markup('<tr class="newpage"><td colspan="{}">{}</td></tr>').format(width, number))
            body.append(self._row(row, width))
        return Markup('<div class="scroll" tabindex="0" role="group" aria-label="{}"><table>{}</table></div>').format(
            self._words.table, Markup("\n").join(body)
        )

    def _pages_within(self, row: Piece, first: Piece) -> Iterator[str]:
        while row != first and self._pages and self._pages[0][0] < row.end:
            yield self._words.page(self._pages.pop(0)[1])

    def _row(self, cells: Sequence[Block], width: int) -> Markup:
        out: list[Markup] = []
        at = 0
        for cell in cells:
            column = max(at, cell.column or 0)
            out += [Markup("<td></td>")] * (column - at)
            span = Markup(' colspan="{}"').format(cell.span) if cell.span > 1 else ""
            inside = self._inline(Piece("cell", cell.start, cell.end), firm=self._held.format in _FIRM)
            form = '<th scope="col"{}>{}</th>' if cell.is_head else "<td{}>{}</td>"
            out.append(Markup(form).format(span, inside))
            at = column + cell.span
        out += [Markup("<td></td>")] * (width - at)
        return Markup("<tr>{}</tr>").format(Markup("").join(out))

    # -- words -------------------------------------------------------------------------------------------------

    def _inline(self, piece: Piece, *, firm: bool = False) -> Markup:
        """The words of a piece; ``firm``: its lines end where their writer ended them."""
        begin = piece.start
        if piece.kind in ("heading", "article") and (mark := _RANK_MARK.match(self._text, begin, piece.end)):
            begin = mark.end()
        if piece.kind == "list_item" and not piece.rest and self._text[begin] in _DOTS:
            begin += 1
        self._strong, self._pairs = False, self._text.count(_STRONG, begin, piece.end) // 2 * 2
        out: list[Markup] = []
        while begin < piece.end:
            newline = self._text.find("\n", begin, piece.end)
            end = piece.end if newline < 0 else newline
            words = self._line(begin, end)
            if words:
                out.append(words)
            begin = end + 1
        return Markup("<br>" if firm else " ").join(out)

    def _line(self, begin: int, end: int) -> Markup:
        """One line, or the part of it in a piece, with its anchor where the page does not have that yet."""
        if self._text.startswith(NEXT_CELL, begin, end):
            begin += len(NEXT_CELL)  # columns side by side, set one after the other
        words = self._marked(begin, end)
        number = bisect_right(self._lines, begin)
        if not words.strip() or number in self._lines_given:
            return words
        self._lines_given.add(number)
        return Markup('<span id="L{}">{}</span>').format(number, words)

    def _marked(self, begin: int, end: int) -> Markup:
        out: list[Markup] = [Markup("<strong>")] if self._strong else []
        at = begin
        for one in self._marks[self._first_reaching(begin) :]:
            start, stop = max(one.start, begin), min(one.end, end)
            if start >= end:
                break
            if stop <= start or start < at:
                continue
            out.append(self._words_between(at, start))
            if isinstance(one, Reference):
                out.append(Markup('<a class="r" href="{}">{}</a>').format(one.href, self._repaired(start, stop)))
            else:
                out.append(self._cited(one, start, stop))
            at = stop
        out.append(self._words_between(at, end))
        if self._strong:
            out.append(Markup("</strong>"))
        return Markup("").join(out)

    def _plain_words(self, start: int, end: int) -> bool:
        """Whether nothing begins or ends within these words: no strong ones, no note."""
        at = bisect_left(self._notes, (start, -1))
        noted = at < len(self._notes) and self._notes[at][0] < end
        return not noted and _STRONG not in self._text[start:end]

    def _first_reaching(self, offset: int) -> int:
        """Index of a mark behind which all begin that may reach over ``offset``."""
        at = bisect_left(self._marks, offset, key=lambda one: one.start)
        while at and self._marks[at - 1].end > offset:
            at -= 1
        return at

    def _cited(self, citation: TextCitation, start: int, stop: int) -> Markup:
        """A citation on one line. Strong words that begin or end inside of it do so behind it."""
        words = self._text[start:stop]
        marks = min(words.count(_STRONG), self._pairs)
        plain = escape(self._plain(words.replace(_STRONG, "")))
        for fix in citation.cited.get("repairs", ()):
            before, after = escape(fix["before"]), fix["after"]
            if before and before in plain and not _ISO.fullmatch(after):
                plain = Markup(plain.replace(before, Markup("<ins>{}</ins><del>{}</del>").format(after, before), 1))
                break
        made = self._card(citation, plain, start == citation.start, stop == citation.end)
        self._pairs -= marks
        if marks % 2:
            self._strong = not self._strong
            made += Markup("<strong>") if self._strong else Markup("</strong>")
        return made

    def _words_between(self, start: int, end: int) -> Markup:
        out: list[Markup] = []
        for anchor, index in self._notes[bisect_right(self._notes, (start, -1)) :]:
            if anchor > end:
                break
            if anchor == start and start == 0:
                continue
            out += [self._repaired(start, anchor), self._note_mark(index)]
            start = anchor
            self._notes.remove((anchor, index))
        return Markup("").join([*out, self._repaired(start, end)])

    def _repaired(self, start: int, end: int) -> Markup:
        """Words with their damage repaired, the printed ones beside, and those marked that a reader looks for."""
        out: list[Markup] = []
        for one in self._changes[bisect_left(self._changes, start, key=lambda change: change.start) :]:
            if one.end > end:
                break
            out.append(self._emphasised(self._text[start : one.start]))
            printed = escape(self._plain(self._text[one.start : one.end]))
            form = "<mark>{0}</mark>" if one.after is None else "<ins>{1}</ins><del>{0}</del>"
            out.append(Markup(form).format(printed, one.after))
            start = one.end
        return Markup("").join([*out, self._emphasised(self._text[start:end])])

    def _note_mark(self, index: int) -> Markup:
        label = self._blocks[index].label.strip("[]") or "*"
        href = f"#N{index}" if index in self._shown else self._note_link(index)
        return Markup('<sup><a id="n{}" href="{}" aria-label="{}">{}</a></sup>').format(
            index, href, self._words.note(label), label
        )

    def _emphasised(self, words: str) -> Markup:
        """Words with those between ``**`` strong; a mark without its partner is left out."""
        out: list[Markup] = []
        for n, stretch in enumerate(words.split(_STRONG)):
            if n and self._pairs:
                self._pairs -= 1
                self._strong = not self._strong
                out.append(Markup("<strong>") if self._strong else Markup("</strong>"))
            out.append(escape(self._plain(stretch)))
        return Markup("").join(out)

    def _plain(self, words: str) -> str:
        words = words.replace("\r", "")
        return _MARKDOWN.sub("", words) if self._held.format in ("md", "jsonl") else words
