"""Pictures that have words of their own: a typed page with a scan pasted in, a scan with a layer of someone's OCR."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from PIL import Image, ImageDraw

from corpus.layout.lines import Lines
from corpus.layout.words_to_lines import Word
from corpus.scans import coverage, digits, inks, ocr
from corpus.scans.inks import Box

_PASTED = 0.6  # mean confidence from which a pasted picture holds words
_FEWEST = 3  # words of a pasted picture
_WRONG = 0.1  # share of a layer's numbers that the picture has otherwise, from which the layer is not used
_FEWEST_WRONG = 3


def read_pasted(
    picture: Image.Image, seconds: float, typed: Sequence[Word], boxes: Sequence[Box], *, can_read: bool
) -> ocr.Seen:
    """What stands in the ``boxes`` of a page's picture besides the ``typed`` words, and what ink nothing accounts for.

    ``can_read``: whether pictures can be recognised; if not, their ink is still measured.
    """
    deadline = time.monotonic() + seconds
    grey = inks.apart(picture).everything
    out = ocr.Seen(Lines(), 1.0)
    for box in boxes:
        inside = [word.moved(-box[0], -box[1]) for word in typed]
        lost = coverage.uncovered(grey.crop(box), inside)
        if lost is None:
            continue
        part = _without(picture.crop(box), inside)
        seen = ocr.read_picture(part, deadline - time.monotonic()) if can_read else None
        if seen is None or seen.confidence < _PASTED or len(seen.words) < _FEWEST:
            out = replace(out, uncovered=(*out.uncovered, _on_page(lost, box, picture.size)))
            continue
        out = replace(
            out,
            words=(*out.words, *(word.moved(box[0], box[1]) for word in seen.words)),
            confidence=min(out.confidence, seen.confidence),
            blanked=(*out.blanked, *seen.blanked),
            disputed=(*out.disputed, *seen.disputed),
            stamps=(*out.stamps, *seen.stamps),
            uncovered=(*out.uncovered, *(_on_page(one, box, picture.size) for one in seen.uncovered)),
            placed=(*out.placed, *(_placed(run, box, picture.size) for run in seen.placed)),
        )
    return out


def check_layer(picture: Image.Image, seconds: float, layer: Sequence[Word]) -> ocr.Seen | None:
    """A layer of words that another program recognised, with its digits as the picture has them (``is_layer``); where
    it says other numbers or leaves print out, the picture is read instead. None where that failed."""
    deadline = time.monotonic() + seconds
    grey = inks.apart(picture).everything
    words = digits.voted(layer, grey, deadline)
    lost = coverage.uncovered(grey, words)
    wrong = sum(word.sure < digits.AGREED for word in words)
    numbers = sum(any(map(str.isdigit, word.text)) for word in words)
    if lost is not None or (wrong >= _FEWEST_WRONG and wrong > _WRONG * numbers):
        return ocr.read_picture(picture, deadline - time.monotonic())
    disputed = ocr.said_differently(words)
    placed = ocr.lines_with_digits(words, picture.size)
    return ocr.Seen(Lines(), 1.0, disputed=disputed, placed=placed, words=tuple(words), is_layer=True)


def _without(picture: Image.Image, words: Sequence[Word]) -> Image.Image:
    """The picture without the words that are known."""
    out = picture.convert("RGB")
    draw = ImageDraw.Draw(out)
    for word in words:
        draw.rectangle((word.x0, word.y0, word.x1, word.y1), fill="white")
    return out


def _shares(
    box: tuple[float, float, float, float], within: Box, size: tuple[int, int]
) -> tuple[float, float, float, float]:
    """A box given as shares of a part of the page, as shares of the page."""
    wide, high = within[2] - within[0], within[3] - within[1]
    return (
        (within[0] + box[0] * wide) / size[0],
        (within[1] + box[1] * high) / size[1],
        (within[0] + box[2] * wide) / size[0],
        (within[1] + box[3] * high) / size[1],
    )


def _on_page(lost: coverage.Uncovered, within: Box, size: tuple[int, int]) -> coverage.Uncovered:
    area = (within[2] - within[0]) * (within[3] - within[1]) / (size[0] * size[1])
    return coverage.Uncovered(lost.share * area, _shares(lost.box, within, size))


def _placed(run: ocr.Placed, within: Box, size: tuple[int, int]) -> ocr.Placed:
    return replace(run, box=_shares(run.box, within, size))
