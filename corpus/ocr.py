"""Pictures of pages to words, through the tesseract command with its Vietnamese model."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image

from corpus.geometry import Word, lines_of

_LANGUAGE = "vie"


@dataclass(frozen=True, slots=True)
class Seen:
    """What was recognised in one picture: lines in reading order, mean confidence 0-1 weighted by length, and the
    places left blank because what stands there is handwritten or unclear."""

    lines: list[str]
    confidence: float
    doubtful: tuple[str, ...] = ()


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


def words_of(picture: Image.Image, seconds: float) -> list[Word] | None:
    """The words of a picture with their boxes in pixels; None where tesseract failed or took longer."""
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=1)
    command = ["tesseract", "stdin", "stdout", "-l", _LANGUAGE, "--psm", "3", "--dpi", "300", "tsv"]
    environment = dict(os.environ, OMP_THREAD_LIMIT="1")
    try:
        done = subprocess.run(
            command, input=file.getvalue(), capture_output=True, timeout=max(seconds, 0.1), check=False, env=environment
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode:
        return None
    words = []
    table = csv.reader(io.StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE)
    for row in table:
        if len(row) == 12 and row[0] == "5" and row[11].strip():
            left, top, width, height = (float(value) for value in row[6:10])
            words.append(Word(row[11], left, top, left + width, top + height, float(row[10]) / 100))
    return words


def read_picture(picture: Image.Image, seconds: float, known: Sequence[Word] = ()) -> Seen | None:
    """The text of a page's picture. None where recognition failed or ran out of time."""
    words = words_of(picture.convert("L"), seconds)
    if words is None:
        return None
    length = sum(len(word.text) for word in words)
    confidence = sum(word.confidence * len(word.text) for word in words) / length if length else 0.0
    return Seen(lines_of([*words, *known]), confidence)
