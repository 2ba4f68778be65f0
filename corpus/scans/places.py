"""Where in a page's text the words with digits stand, and where on its picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus.blocks import Doubt, LinePlace
from corpus.layout.plain_lines import clean
from corpus.scans.digits import AGREED
from corpus.scans.ocr import Placed


def located(text: str, offset: int, placed: Iterable[Placed]) -> Iterator[tuple[LinePlace, list[Doubt]]]:
    """Each run of words with digits in the text of its page, and which of its words are less than sure.

    ``offset``: where the page begins in the text of the document. Runs of the same words are taken from the top of the
    page to its end; a run that the page's text does not have (it was a running head) is left out.
    """
    behind: dict[str, int] = {}
    for run in placed:
        said = clean(" ".join(word.text for word in run.words))
        start = text.find(said, behind.get(said, 0))
        if start < 0:
            continue
        behind[said] = start + len(said)
        box = tuple(round(value, 4) for value in run.box)
        line = LinePlace(offset + start, offset + start + len(said), box[0], box[1], box[2], box[3], run.quarters)
        yield line, list(_doubts(said, offset + start, run))


def _doubts(said: str, offset: int, run: Placed) -> Iterator[Doubt]:
    at = 0
    for word in run.words:
        shown = clean(word.text)
        found = said.find(shown, at)
        if found < 0:
            continue
        at = found + len(shown)
        if word.sure < AGREED:
            yield Doubt(offset + found, offset + at, word.sure, tuple(word.readings))
