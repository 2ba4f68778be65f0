"""Pictures of pages to words: how the page lies, its inks apart, two recognisers, and what ink nobody read.

Tesseract reads the page once; where it is unsure of the page, a second time at another size, and the readings are
weighed word by word. Digits are voted on with a second recogniser (``corpus.scans.digits``); where that is not
installed tesseract's own readings at several sizes have to do, and digits count as less sure.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image, ImageDraw

from corpus.layout.lines import Lines
from corpus.layout.words_to_lines import Word, lines_of, rows_of
from corpus.scans import coverage, digits, inks, level, recogniser, stamps, tesseract
from corpus.scans.handwriting import is_entry, slots, without_handwriting
from corpus.scans.pen import suggested
from corpus.scans.tesseract import available
from corpus.scans.votes import Vote, merged

__all__ = ["Placed", "Seen", "available", "read_picture", "votes_on_digits"]

_SIZES = (1.0, 0.8, 0.65)  # of a picture at 300 dpi
_SPECK = 0.5  # signs below this confidence are specks
_EMPTY = 0.0006  # of a page; two lines of words leave more
_SURE_PAGE = 0.88  # mean confidence from which one reading by tesseract is enough
_UPSIDE_DOWN = 0.6  # mean confidence below which a page may stand on its head
_LONG = 4  # letters of a word that is wider than high
_LEFT_OUT = 0.7  # mean confidence from which a run of words in ink that nobody read is print
_MARGIN = 24  # dots around ink that is looked at again
_COLOURED = 0.55  # mean confidence below which a run of coloured words is a seal's or a pen's


@dataclass(frozen=True, slots=True)
class Placed:
    """A run of words of one line and where it stands, as shares (0-1) of the picture as given; ``quarters``: how many
    quarters of a circle against the clock set it upright."""

    words: tuple[Word, ...]
    box: tuple[float, float, float, float]
    quarters: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """What was recognised in one picture: lines in reading order, mean confidence 0-1 weighted by length, places left
    blank because what stands there is handwritten or unclear, words whose digits were read differently, whether the
    page is empty but for specks and what shines through from its back; the words of stamps; ink that nothing accounts
    for; the lines that hold digits with their places; all words, of a sheet of several pages each in its page's dots;
    whether the words are those of a layer that the file carried; what a pen may have entered into places left blank."""

    lines: Lines
    confidence: float
    blanked: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    is_empty: bool = False
    stamps: tuple[str, ...] = ()
    uncovered: tuple[coverage.Uncovered, ...] = ()
    placed: tuple[Placed, ...] = ()
    words: tuple[Word, ...] = ()
    is_layer: bool = False
    suggested: tuple[tuple[str, str], ...] = ()


_LISTS = ("blanked", "disputed", "stamps", "uncovered", "placed", "words", "suggested")  # of what is seen on a page


def votes_on_digits() -> bool:
    """Whether digits are read by two recognisers."""
    return recogniser.available()


@dataclass(frozen=True, slots=True)
class _Look:
    """One page of a picture as tesseract saw it at first: how it was looked at, the picture's size once turned, its
    inks, the page with its black ink and with all of it, level, and the words."""

    view: level.View
    size: tuple[int, int]
    ink: inks.Inks
    black: Image.Image
    everything: Image.Image
    words: list[Word]


def read_picture(picture: Image.Image, seconds: float, known: Sequence[Word] = ()) -> Seen | None:
    """The text of a page's picture at 300 dpi; ``known``: words whose place is known from elsewhere, in its dots.

    None where recognition failed or took longer than ``seconds``.
    """
    deadline = time.monotonic() + seconds
    quarters = level.quarters_of(picture)
    best = _looks(picture, quarters, deadline)
    if best is None:
        return None
    for more in _other_ways(best):  # the ink did not tell how it stands, or it is a bad page
        best = _better(best, _looks(picture, (quarters + more) % 4, deadline))
    return _together([_read_page(look, deadline, known if look.view.quarters == 0 else ()) for look in best])


def _other_ways(looks: Sequence[_Look]) -> tuple[int, ...]:
    """By how many quarters more a page may have to be turned: where its words stand on their sides (tesseract reads
    them all the same, line by line in a wrong order), or are not made out."""
    words = [word for look in looks for word in look.words]
    if not words:
        return ()
    long = [word for word in words if len(word.text) >= _LONG]
    if sum(word.height > word.x1 - word.x0 for word in long) > len(long) / 2:
        return (1, 3)
    return () if _mean(words) >= _UPSIDE_DOWN else (2,)


def _better(one: list[_Look], other: list[_Look] | None) -> list[_Look]:
    """Of two ways of looking at a picture, turned differently, the one that makes out more words for certain."""
    if other is None:
        return one
    return max(one, other, key=_made_out)


def _made_out(looks: Sequence[_Look]) -> float:
    """How much of a page was made out for certain; words that stand on their sides are none."""
    return sum(
        len(word.text) * word.confidence**2
        for look in looks
        for word in look.words
        if len(word.text) < _LONG or word.height < word.x1 - word.x0
    )


def _mean(words: Sequence[Word]) -> float:
    length = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / length if length else 0.0


def _together(pages: Sequence[Seen]) -> Seen:
    """What was seen on a sheet, its pages one after the other."""
    if len(pages) == 1:
        return pages[0]
    confidence = _mean([word for page in pages for word in page.words])
    whole = replace(pages[0], confidence=confidence, is_empty=all(page.is_empty for page in pages))
    for page in pages[1:]:
        whole.lines.extend(page.lines)
        whole = replace(
            whole,
            **{name: (*getattr(whole, name), *getattr(page, name)) for name in _LISTS},  # type: ignore[arg-type]
        )
    return whole


def _looks(picture: Image.Image, quarters: int, deadline: float) -> list[_Look] | None:
    """A first look at each page of a picture, turned by quarters; None where recognition failed."""
    upright = level.turned(picture, quarters)
    looks: list[_Look] = []
    cuts = level.halves(upright)
    for begin, end in cuts:
        page = upright if len(cuts) == 1 else upright.crop((begin, 0, end, upright.height))
        ink = inks.apart(page)
        angle = level.tilt(ink.everything)
        black = level.levelled(ink.black, angle)
        words = tesseract.words(black, 1.0, deadline)
        if words is None:
            return None
        view = level.View(quarters, angle, begin, 0, page.width, page.height)
        looks.append(_Look(view, upright.size, ink, black, level.levelled(ink.everything, angle), words))
    return looks


def _read_page(look: _Look, deadline: float, known: Sequence[Word]) -> Seen:
    """All of one page, after the first look at it."""
    everything, ink = look.everything, look.ink
    first = [*look.words, *_coloured(ink, look.view.angle, look.words, everything, deadline)]
    if _is_empty(everything, first):
        return Seen(Lines(), 1.0, is_empty=True)
    vote = _vote(look.black, first, deadline)
    words, blanked = without_handwriting(vote, everything)
    words = _without_specks(words)
    marks = [*_tilted(ink.stamps, look.view), *stamps.frames(look.black)]
    words, said = stamps.parted(words, marks[len(ink.stamps) :])
    words = digits.voted(words, everything, deadline)
    seals, frames = marks[: len(ink.stamps)], marks[len(ink.stamps) :]
    lost = _lost(look, _accounting(words, first), seals, frames)
    if lost is not None and (more := _tried_again(everything, words, lost, deadline)):
        words = [*words, *more]
        lost = _lost(look, _accounting(words, first), seals, frames)
    disputed = said_differently(words)
    return Seen(
        lines_of([*words, *known]),
        _mean(words),
        tuple(blanked),
        disputed or _places(vote),
        stamps=tuple(said),
        uncovered=() if lost is None else (lost,),
        placed=_placed([*words, *known], look.view, look.size),
        words=tuple(words),
        suggested=suggested(blanked, everything),
    )


def _lost(
    look: _Look, words: Sequence[Word], seals: Sequence[inks.Box], frames: Sequence[inks.Box]
) -> coverage.Uncovered | None:
    """The ink that nothing accounts for. A coloured seal accounts for coloured ink alone: of the print below it the
    black ink tells."""
    lost = coverage.uncovered(look.everything, words, [*seals, *frames])
    return lost if lost is not None or not seals else coverage.uncovered(look.black, words, frames)


def _tried_again(page: Image.Image, words: Sequence[Word], lost: coverage.Uncovered, deadline: float) -> list[Word]:
    """The words in ink that nobody read, looked at without the rest of the page: tesseract leaves lines out."""
    x0, y0, x1, y1 = lost.box
    left, top = max(0, round(x0 * page.width) - _MARGIN), max(0, round(y0 * page.height) - _MARGIN)
    part = page.crop((left, top, round(x1 * page.width) + _MARGIN, round(y1 * page.height) + _MARGIN))
    draw = ImageDraw.Draw(part)
    for word in words:
        draw.rectangle((word.x0 - left, word.y0 - top, word.x1 - left, word.y1 - top), fill=255)
    found = tesseract.words(part, 1.0, deadline, parts=tesseract.BLOCK) or []
    runs = [segment.words for row in rows_of(found) for segment in row]
    found = [word for run in runs if _mean(run) >= _LEFT_OUT for word in run]
    more = [word.moved(left, top) for word in digits.voted(found, part, deadline)]
    return [word for word in more if not is_entry(word, [*words, *more], page)]  # a pen's entry is no print


def _accounting(words: Sequence[Word], first: Sequence[Word]) -> list[Word]:
    """The words that account for ink. What two recognisers saw, or dispute, is told with its own doubt, however unsure
    tesseract was of it."""
    voted = [replace(word, confidence=1.0) if word.readings or word.sure == digits.AGREED else word for word in words]
    return [*voted, *(word for word in first if word.confidence < _SPECK)]


def _coloured(
    ink: inks.Inks, angle: float, first: Sequence[Word], everything: Image.Image, deadline: float
) -> list[Word]:
    """The words printed in colour, read in a pass of their own. In a header's places for number and day they may be a
    pen's: of those only what is read for certain."""
    if ink.coloured is None:
        return []
    found = tesseract.words(level.levelled(ink.coloured, angle), 1.0, deadline) or []
    runs = [segment.words for row in rows_of(found) for segment in row]
    found = [word for run in runs if _mean(run) >= _COLOURED for word in run if any(map(str.isalnum, word.text))]
    if recogniser.available():
        found = digits.voted(found, everything, deadline)
    return [word for word in found if word.sure >= digits.AGREED or not is_entry(word, [*first, *found], everything)]


def _tilted(boxes: Sequence[inks.Box], view: level.View) -> list[inks.Box]:
    """Boxes of the picture as they lie on the levelled page."""
    back = level.View(0, -view.angle, 0, 0, view.width, view.height)
    size = (view.width, view.height)
    out = []
    for box in boxes:
        x0, y0, x1, y1 = back.back(box, size)
        out.append((round(x0 * size[0]), round(y0 * size[1]), round(x1 * size[0]), round(y1 * size[1])))
    return out


def _vote(page: Image.Image, first: list[Word], deadline: float) -> Vote:
    """What readings at several sizes agree on. With a second recogniser for the digits one reading is enough of a page
    that is read for certain, unless its header has places for entries by pen, which only several readings tell."""
    readings = [first]
    if recogniser.available() and _mean(first) >= _SURE_PAGE:
        lines = slots(first, page.height)
        again = _look_again(page, lines, deadline) if lines else None
        return merged(readings if again is None else [first, again])
    for size in _SIZES[1:]:
        if len(readings) > 1 and (recogniser.available() or not merged(readings).disputed):
            break
        again = tesseract.words(page, size, deadline)
        if again is None:
            break
        readings.append(again)
    return merged(readings)


def _look_again(page: Image.Image, lines: Sequence[Word], deadline: float) -> list[Word] | None:
    """What tesseract sees in these lines of a page at another size, without the rest of it."""
    margin = max(word.height for word in lines)
    top = max(0, round(min(word.y0 for word in lines) - margin))
    end = min(page.height, round(max(word.y1 for word in lines) + margin))
    seen = tesseract.words(page.crop((0, top, page.width, end)), _SIZES[1], deadline, parts=tesseract.BLOCK)
    return None if seen is None else [word.moved(0, top) for word in seen]


def said_differently(words: Sequence[Word]) -> tuple[str, ...]:
    """The words of which several readings are known, with these; what is in doubt comes first."""
    told = sorted((word for word in words if word.readings), key=lambda word: word.sure)
    return tuple(f"{word.text} / {' / '.join(word.readings)}" for word in told)


def _places(vote: Vote) -> tuple[str, ...]:
    return tuple(" / ".join(sorted(set(texts))) for texts in vote.disputed)


def lines_with_digits(words: Sequence[Word], size: tuple[int, int]) -> tuple[Placed, ...]:
    """Where the runs of words with digits in them stand on an upright picture."""
    return _placed(words, level.View(0, 0.0, 0, 0, *size), size)


def _placed(words: Sequence[Word], view: level.View, size: tuple[int, int]) -> tuple[Placed, ...]:
    """The runs of words with digits in them, and where they stand."""
    out = []
    for row in rows_of(words):
        for segment in row:
            run = tuple(segment.words)
            if any(letter.isdigit() for word in run for letter in word.text):
                box = (segment.x0, min(w.y0 for w in run), segment.x1, max(w.y1 for w in run))
                out.append(Placed(run, view.back(box, size), view.quarters))
    return tuple(out)


def _without_specks(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if word.confidence > _SPECK or any(map(str.isalnum, word.text))]


def _is_empty(page: Image.Image, words: Sequence[Word]) -> bool:
    """Whether a page holds nothing but specks and what shines through from its back."""
    return _ink_share(page) < _EMPTY and not any(word.confidence > 0.6 and len(word.text) > 1 for word in words)


def _ink_share(page: Image.Image) -> float:
    """Which share of the page is ink, seen at a size at which specks fade."""
    small = page.resize((max(1, page.width // 4), max(1, page.height // 4)), Image.Resampling.BOX)
    return float((np.asarray(small) < 110).mean())
