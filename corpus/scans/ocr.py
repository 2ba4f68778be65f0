"""Pictures of pages to words, through the tesseract command with its Vietnamese model.

A page is recognised at two sizes and the readings are weighed word by word; where they differ in a digit a third
decides. One reading alone gets about one digit in a hundred wrong with full confidence; two seldom err alike.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PIL import Image

from corpus.layout.lines import Lines
from corpus.layout.words_to_lines import Word, lines_of
from corpus.scans.handwriting import without_handwriting
from corpus.scans.votes import Vote, merged

_LANGUAGE = "vie"
_SIZES = (1.0, 0.8, 0.65)  # of a picture at 300 dpi
_SPECK = 0.5  # signs below this confidence are specks
_EMPTY = 0.0006  # of a page; two lines of words leave more
_MOST_TILT, _LEAST_TILT = 4.0, 0.3  # degrees


@dataclass(frozen=True, slots=True)
class Seen:
    """What was recognised in one picture: lines in reading order, mean confidence 0-1 weighted by length, places left
    blank because what stands there is handwritten or unclear, words whose digits two readings saw differently, and
    whether the page is empty but for specks and what shines through from its back."""

    lines: Lines
    confidence: float
    blanked: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    is_empty: bool = False


@lru_cache(maxsize=1)
def available() -> bool:
    """Whether tesseract and its Vietnamese model are on this machine."""
    if not shutil.which("tesseract"):
        return False
    try:
        listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return _LANGUAGE in listed.stdout.split()


def _vote(page: Image.Image, first: list[Word], deadline: float) -> Vote:
    """What the readings at several sizes agree on: two at least, more while digits are disputed and time is left."""
    readings = [first]
    for size in _SIZES[1:]:
        if len(readings) > 1 and not merged(readings).disputed:
            break
        again = _words(page, size, deadline)
        if again is None:
            break
        readings.append(again)
    return merged(readings)


def read_picture(picture: Image.Image, seconds: float, known: Sequence[Word] = ()) -> Seen | None:
    """The text of a page's picture at 300 dpi; ``known``: words whose place is known from elsewhere, in its pixels.

    None where recognition failed or took longer than ``seconds``.
    """
    deadline = time.monotonic() + seconds
    page = _levelled(_ink(picture))
    first = _words(page, 1.0, deadline)
    if first is None:
        return None
    if _ink_share(page) < _EMPTY and not any(word.confidence > 0.6 and len(word.text) > 1 for word in first):
        return Seen(Lines(), 1.0, is_empty=True)
    vote = _vote(page, first, deadline)
    words, blanked = without_handwriting(vote, page)
    words = [word for word in words if word.confidence > _SPECK or any(letter.isalnum() for letter in word.text)]
    length = sum(len(word.text) for word in words)
    confidence = sum(word.confidence * len(word.text) for word in words) / length if length else 0.0
    return Seen(lines_of([*words, *known]), confidence, blanked, _places(vote))


def _places(vote: Vote) -> tuple[str, ...]:
    return tuple(" / ".join(sorted(set(texts))) for texts in vote.disputed)


def _words(page: Image.Image, size: float, deadline: float) -> list[Word] | None:
    """The words of a picture with their boxes in its pixels; None where tesseract failed or ran out of time."""
    left = deadline - time.monotonic()
    if left <= 0:
        return None
    file = io.BytesIO()
    if size != 1.0:
        page = page.resize((max(1, int(page.width * size)), max(1, int(page.height * size))), Image.Resampling.LANCZOS)
    page.save(file, "PNG", compress_level=1)
    dpi = str(round(300 * size))
    command = ["tesseract", "stdin", "stdout", "-l", _LANGUAGE, "--psm", "3", "--dpi", dpi, "tsv"]
    environment = dict(os.environ, OMP_THREAD_LIMIT="1")
    try:
        done = subprocess.run(
            command, input=file.getvalue(), capture_output=True, timeout=left, check=False, env=environment
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode:
        return None
    words = []
    table = csv.reader(io.StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE)
    for row in table:
        if len(row) == 12 and row[0] == "5" and row[11].strip():
            left_, top, width, height = (float(value) / size for value in row[6:10])
            words.append(Word(_as_typed(row[11]), left_, top, left_ + width, top + height, float(row[10]) / 100))
    return words


def _ink_share(page: Image.Image) -> float:
    """Which share of the page is ink, seen at a size at which specks fade."""
    small = page.resize((max(1, page.width // 4), max(1, page.height // 4)), Image.Resampling.BOX)
    return float((np.asarray(small) < 110).mean())


def _as_typed(text: str) -> str:
    """The word in the signs that Vietnamese typists use. The model writes a fraction slash for a slash, eth (U+00D0)
    for Đ, and both of the latter for one slanted Đ; Vietnamese has neither eth nor a double Đ."""
    return text.replace("⁄", "/").replace("Ð", "Đ").replace("ĐĐ", "Đ")


def _ink(picture: Image.Image) -> Image.Image:
    """The picture in greys, without coloured ink: seals, stamps and pens would otherwise run into the print.

    Where most of the ink is coloured (a page printed in blue) it all stays.
    """
    if picture.mode not in ("RGB", "RGBA"):
        return picture.convert("L")
    picture = picture.convert("RGB")
    grey = picture.convert("L")
    bands = np.asarray(picture, dtype=np.int16)
    coloured = (bands.max(axis=2) - bands.min(axis=2)) > 70
    dark = np.asarray(grey) < 160
    if coloured.any() and (coloured & dark).sum() < 0.4 * max(1, dark.sum()):
        values = np.array(grey)
        values[coloured] = 255
        return Image.fromarray(values)
    return grey


def _levelled(page: Image.Image) -> Image.Image:
    """The page turned so that its lines run level. Tilts below a third of a degree do no harm and are left."""
    angle = tilt(page)
    if abs(angle) < _LEAST_TILT:
        return page
    return page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)


def tilt(page: Image.Image) -> float:
    """By how many degrees to turn a page so that its lines run level: the angle at which the rows of the picture
    differ most in ink (projection profile), to a tenth of a degree, at most four degrees."""
    small = page.convert("L").resize((max(1, page.width // 6), max(1, page.height // 6)), Image.Resampling.BILINEAR)
    ink = 255 - np.asarray(small, dtype=np.float32)
    ink[ink < 90] = 0
    source = Image.fromarray(ink.astype(np.uint8))

    def sharpness(angle: float) -> float:
        profile = np.asarray(source.rotate(angle, Image.Resampling.BILINEAR), dtype=np.float32).sum(axis=1)
        return float(((profile[1:] - profile[:-1]) ** 2).sum())

    best = max((step * 0.5 for step in range(-int(_MOST_TILT * 2), int(_MOST_TILT * 2) + 1)), key=sharpness)
    return max((best + step * 0.1 for step in range(-4, 5)), key=sharpness)
