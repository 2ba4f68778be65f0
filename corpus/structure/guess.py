"""Structure guessed from the lines of a text: articles, headings, items, paragraphs, signatures.

Every reader hands its text through here with the blocks that its format knows; only what no block claims is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.blocks import Block, in_order
from corpus.structure.heads import with_heads
from corpus.structure.markdown import tables_of
from corpus.structure.units import Beginning, beginning

_ARTICLE, _CLAUSE = 5, 6  # levels of điều and khoản
_LONGEST_HEADING = 200
_FLOWING = frozenset({"heading", "list_item", "paragraph"})
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+")
_EMPHASIS = re.compile(r"[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}")
_ESCAPE = re.compile(r"\\(?=[^\w\s])")
_BULLET = re.compile(r"[-*+]\s+")
_CLOSED = re.compile(r"[.;:?!…][)\"”*_]*$")


class _Line(NamedTuple):
    start: int
    end: int
    words: str  # without emphasis of Markdown and blanks around it


def structured(text: str, known: Sequence[Block] = (), *, wrapped: bool, markdown: bool = False) -> tuple[Block, ...]:
    """The blocks of ``text`` in reading order.

    Args:
        text: the text as read.
        known: what the format says of it. Inside tables, notes and running heads nothing is guessed; fields stand in
            the lines of their form;
            headings, items and paragraphs tell what their lines are unless these begin an article.
        wrapped: whether a paragraph may run over several lines (plain text, PDF, scans) or is always one.
        markdown: whether ``#`` begins a heading and ``|`` a row of a table.
    """
    blocks = [block for block in known if block.kind not in _FLOWING]
    if markdown:
        blocks += tables_of(text)
    flow = _Flow([block for block in known if block.kind in _FLOWING], wrapped, markdown)
    for line in _free_lines(text, [block for block in blocks if block.kind != "form_field"]):
        flow.take(line)
    return with_heads(text, in_order([*flow.blocks(), *blocks]))


def _free_lines(text: str, known: Sequence[Block]) -> Iterator[_Line]:
    """The lines that no known block holds."""
    taken = sorted((block.start, block.end) for block in known)
    at = index = reach = 0
    for raw in text.splitlines(keepends=True):
        start, at = at, at + len(raw)
        while index < len(taken) and taken[index][0] < at:
            reach = max(reach, taken[index][1])
            index += 1
        if start < reach:
            continue
        words = raw.strip()
        if words:
            begin = start + raw.index(words)
            if "*" in words or "_" in words:
                yield _Line(begin, begin + len(words), _EMPHASIS.sub("", words).strip())
            else:
                yield _Line(begin, begin + len(words), words)
        else:
            yield _Line(start, start, "")


class _Draft:
    """A block in the making."""

    __slots__ = ("end", "kind", "label", "level", "name", "start")

    def __init__(self, kind: str, line: _Line, level: int = 0, label: str = "", name: str = "") -> None:
        self.kind, self.level, self.label, self.name = kind, level, label, name
        self.start, self.end = line.start, line.end

    def block(self) -> Block:
        return Block(self.kind, self.start, self.end, self.level, self.label, self.name)


class _Flow:
    """Takes lines in order and keeps what they begin."""

    def __init__(self, told: Sequence[Block], wrapped: bool, markdown: bool) -> None:
        self.wrapped, self.markdown = wrapped, markdown
        self.told = sorted(told, key=lambda block: (block.start, -block.end))
        self.reached = 0
        self.within: Block | None = None  # what the format says of the line before
        self.made: list[_Draft] = []
        self.open: _Draft | None = None  # the paragraph, item or signature that the next line may carry on
        self.last = ""
        self.named = False  # whether the line before gave an article its name
        self.articles: list[_Draft] = []  # the articles in which the next line stands
        self.quoted = False

    def take(self, line: _Line) -> None:
        """The next line that no known block holds."""
        words = line.words
        if not words:
            self.open = None
            return
        before, told = self.within, self._told(line)
        goes_on = told is not None and told is before  # the line is of the same paragraph or item as the one before
        rank = told.level if told is not None and told.kind == "heading" else 0
        if self.markdown and words[0] == "#" and (marked := _MARKDOWN_HEADING.match(words)):
            rank, words = len(marked.group(1)), words[marked.end() :]
        elif self.markdown:
            words = _numbered_inside(words)
        # A number that the program sets by itself stands before the words, not in them.
        printed = words if told is None or goes_on or not told.label else f"{told.label} {words}"
        found = beginning(printed)
        if found is None or not self._numbered(line, printed, rank, *found):
            self._worded(line, words, rank, None if goes_on else told, goes_on)
        self._end_line(line, words)

    def _numbered(self, line: _Line, words: str, rank: int, kind: Beginning, label: str) -> bool:
        """Whether the line's first words make it something by themselves: an article, a signature, an item."""
        if kind.group == "units" and self._article(line, words, kind, label):
            return True
        if kind.group == "signature":
            self._begin(_Draft("signature", line))
            self._leave(0)
        elif kind.group == "annexes" and not self.quoted:
            self._leave(0)
            self._heading(line, rank or kind.level, label)
        elif rank or _is_heading(words):
            self._heading(line, kind.level, label)
        else:
            self._begin(_Draft("list_item", line, kind.level, label))
        return True

    def _worded(self, line: _Line, words: str, rank: int, told: Block | None, goes_on: bool) -> None:
        """A line without a number: what it is, its letters, the line before it and the format tell."""
        if self.open is not None and self.open.kind == "signature" and not rank:
            self.open.end = line.end
        elif rank or _is_heading(words):
            self._heading(line, rank or 1, "")
        elif told is not None and told.kind == "list_item":
            self._begin(_Draft("list_item", line, told.level, told.label))
        elif self.open is not None and (goes_on or self._carries_on(words)):
            self.open.end = line.end
        else:
            self._begin(_Draft("paragraph", line))

    def _end_line(self, line: _Line, words: str) -> None:
        for article in self.articles:
            article.end = line.end
        self.last = words
        self.named = bool(self.articles) and self.articles[-1].start == line.start and self.articles[-1].level < _CLAUSE
        # New wording stands in quotation marks: its articles and items are not those of this text.
        if self.quoted or "“" in words:
            self.quoted = words.rfind("”") <= words.rfind("“")

    def _told(self, line: _Line) -> Block | None:
        """What the format says of the line."""
        while self.reached < len(self.told) and self.told[self.reached].end <= line.start:
            self.reached += 1
        held = self.told[self.reached] if self.reached < len(self.told) else None
        self.within = held if held is not None and held.start <= line.start else None
        return self.within

    def blocks(self) -> list[Block]:
        """Everything made."""
        return [draft.block() for draft in self.made]

    def _begin(self, draft: _Draft) -> None:
        self.made.append(draft)
        self.open = draft

    def _leave(self, level: int) -> None:
        """No line that follows stands in an article of this level or a deeper one."""
        while self.articles and self.articles[-1].level >= level:
            self.articles.pop()

    def _heading(self, line: _Line, level: int, label: str) -> None:
        if self.named and self.articles and not self.articles[-1].name:
            self.articles[-1].name = line.words  # "Chương I", and its name on the line below
        self.made.append(_Draft("heading", line, level, label))
        self.open = None

    def _article(self, line: _Line, words: str, kind: Beginning, label: str) -> bool:
        """Whether the line begins an article; "1." and "a)" outside of one number the items of a list."""
        inside = self.articles[-1].level if self.articles else 0
        if self.quoted or (kind.level >= _CLAUSE and inside < _ARTICLE):
            return False
        self._leave(kind.level)
        name = words[len(label) :].strip(" .:–-") if kind.level <= _ARTICLE else ""
        article = _Draft("article", line, kind.level, label.rstrip("."), name)
        self.made.append(article)
        self.articles.append(article)
        self._begin(_Draft("paragraph", line))
        return True

    def _carries_on(self, words: str) -> bool:
        """Whether a line goes on with the paragraph before it."""
        if not self.wrapped or words[0].islower():
            return self.wrapped
        return not self.named and not _CLOSED.search(self.last)


def _numbered_inside(words: str) -> str:
    """A line of Markdown without its bullet where that stands before a number of its own: "- a) Bãi bỏ", and without
    the marks before signs that are only meant as such: "1\\."."""
    words = _ESCAPE.sub("", words) if "\\" in words else words
    bullet = _BULLET.match(words)
    inside = beginning(words[bullet.end() :]) if bullet else None
    return words[bullet.end() :] if bullet and inside and inside[0].group == "units" else words


def _is_heading(words: str) -> bool:
    return words.isupper() and len(words) <= _LONGEST_HEADING and sum(letter.isalpha() for letter in words) > 3
