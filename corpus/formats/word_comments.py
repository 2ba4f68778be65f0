"""A copy of a Word document with a comment at each of some places of its text.

Places are offsets into the text that `corpus.formats.word` reads. That text has words of its own (numbers that Word
sets, marks of notes), so a place is looked for by its letters and digits and by those around it, not by counting.
"""

from __future__ import annotations

import io
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import etree

from corpus.formats.package import check_package
from corpus.formats.xml_parts import attribute, descend, local_name
from corpus.limits import DEFAULT, Limits
from corpus.notices import refused

if TYPE_CHECKING:
    from docx.document import Document

_AROUND = (60, 24, 8, 0)
"""Letters and digits before and after a place that must agree; fewer where a number set by Word stands between."""


@dataclass(frozen=True, slots=True)
class WordComment:
    """What is said of `text[start:end]`, and who says it. ``words`` may have several lines: paragraphs."""

    start: int
    end: int
    words: str


def with_comments(
    data: bytes, text: str, comments: Sequence[WordComment], *, author: str, limits: Limits = DEFAULT
) -> bytes:
    """A copy of the document with the comments in it; ``data`` stays as it is.

    Args:
        data: the .docx as it lies on disk.
        text: what `read_docx` gave for it; offsets of the comments refer to it.
        author: whose name Word shows beside the comments.

    A comment whose place is not in the body (running heads, notes) stands at the document's first words. Raises
    ``Refused`` where the package is damaged, too large, or of a kind that python-docx does not write.
    """
    check_package(data, limits)
    document = _opened(data)
    body = document.element.body
    placed = _placed(_Letters(body), text, comments)
    letters = _cut(body, placed.values())
    whole = (0, 1) if len(letters) else None
    for number, comment in enumerate(comments):
        span = placed.get(number, whole)
        if span is not None:
            _comment(document, letters, span, comment.words, author)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _opened(data: bytes) -> Document:
    from docx import Document as open_document  # takes a fifth of a second: only who asks for comments pays it

    try:
        return open_document(io.BytesIO(data))
    except (KeyError, ValueError, etree.XMLSyntaxError):
        raise refused("no_word_comments") from None


class _Letters:
    """The letters and digits of a body in reading order, and where in its XML each stands."""

    def __init__(self, body: Any) -> None:
        self.pieces: list[Any] = []  # the <w:t> elements
        self.starts: list[int] = []  # the place in ``text`` of the first letter of each
        words: list[str] = []
        length = 0
        for piece in _word_elements(body):
            kept = _letters(piece.text or "")
            if kept:
                self.pieces.append(piece)
                self.starts.append(length)
                words.append(kept)
                length += len(kept)
        self.text = "".join(words)

    def __len__(self) -> int:
        return len(self.text)

    def at(self, place: int) -> tuple[Any, int]:
        """The element that holds the letter at ``place``, and the letter's offset in the element's text."""
        number = bisect_right(self.starts, place) - 1
        piece = self.pieces[number]
        wanted = place - self.starts[number]
        offsets = (offset for offset, letter in enumerate(piece.text) for _ in _letters(letter))
        return piece, next(offset for met, offset in enumerate(offsets) if met == wanted)


def _letters(text: str) -> str:
    """Letters and digits without case and marks: what both texts have in common, however marks are encoded."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFD", text.casefold())))


def _word_elements(parent: Any) -> Iterable[Any]:
    """The elements with the words that a reader sees; of two renderings of one drawing only the first."""
    for child in parent:
        name = local_name(child)
        if name == "t":
            yield child
        elif name == "AlternateContent":
            chosen = descend(child, "Choice")
            yield from _word_elements(chosen if chosen is not None else child)
        elif name not in ("del", "moveFrom", "Fallback") and not (name == "r" and _is_hidden(child)):
            yield from _word_elements(child)


def _is_hidden(run: Any) -> bool:
    mark = descend(run, "rPr", "vanish")
    return mark is not None and attribute(mark) not in ("0", "false", "off")


def _placed(letters: _Letters, text: str, comments: Sequence[WordComment]) -> dict[int, tuple[int, int]]:
    """Where among the letters each comment's place stands: number of the comment → first letter and the one behind."""
    before = [0]
    for character in text:
        before.append(before[-1] + len(_letters(character)))
    of_text = _letters(text)
    found = {}
    for number, comment in enumerate(comments):
        start, end = before[comment.start], before[comment.end]
        at = _nearest(letters.text, of_text, start, end) if start < end else None
        if at is not None:
            found[number] = (at, at + end - start)
    return found


def _nearest(body: str, of_text: str, start: int, end: int) -> int | None:
    """Where ``of_text[start:end]`` stands in the body: with the most of what is around it, nearest to where it was."""
    for around in _AROUND:
        low = max(0, start - around)
        key = of_text[low : end + around]
        places = []
        at = body.find(key)
        while at >= 0:
            places.append(at)
            at = body.find(key, at + 1)
        if places:
            return min(places, key=lambda place: abs(place - low)) + start - low
    return None


def _cut(body: Any, spans: Iterable[tuple[int, int]]) -> _Letters:
    """The letters of the body, its runs cut so that each span of letters is whole runs."""
    letters = _Letters(body)
    cuts: dict[Any, set[int]] = defaultdict(set)
    for first, behind in spans:
        piece, offset = letters.at(first)
        cuts[piece].add(offset)
        piece, offset = letters.at(behind - 1)
        cuts[piece].add(offset + 1)
    for piece, offsets in cuts.items():
        for offset in sorted(offsets, reverse=True):
            _cut_run(piece, offset)
    return _Letters(body)


def _cut_run(piece: Any, offset: int) -> None:
    """The run of ``piece`` ends before the letter at ``offset``; what follows is a run of its own, formatted alike."""
    run = piece.getparent()
    following = list(piece.itersiblings())
    if local_name(run) != "r" or (offset == len(piece.text) and not following):
        return
    rest = run.makeelement(run.tag, run.attrib)
    properties = descend(run, "rPr")
    if properties is not None:
        rest.append(deepcopy(properties))
    if offset == 0:
        rest.append(piece)
    elif offset < len(piece.text):
        tail = deepcopy(piece)
        tail.text, piece.text = piece.text[offset:], piece.text[:offset]
        for part in (piece, tail):
            part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        rest.append(tail)
    rest.extend(following)
    run.addnext(rest)


def _comment(document: Document, letters: _Letters, span: tuple[int, int], words: str, author: str) -> None:
    from docx.text.run import Run

    runs = [Run(letters.at(place)[0].getparent(), document) for place in (span[0], span[1] - 1)]
    document.add_comment(runs, text=words, author=author, initials=author[:2])
