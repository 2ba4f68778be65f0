"""Words of a picture by the tesseract command with its Vietnamese model."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import time
from functools import lru_cache

from PIL import Image

from corpus.layout.words_to_lines import Word

_LANGUAGE = "vie"
_SPANISH = re.compile("N?ÑN?")
PAGE, BLOCK, LINE = "3", "6", "7"
"""How tesseract takes a picture: as a whole page, as lines below one another, as one line."""


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


def words(page: Image.Image, size: float, deadline: float, *, parts: str = PAGE) -> list[Word] | None:
    """The words of a picture at 300 dpi, with their boxes in its dots, read at ``size`` of it; None where tesseract
    failed or ran out of time. ``parts``: how it takes the picture."""
    left = deadline - time.monotonic()
    if left <= 0:
        return None
    file = io.BytesIO()
    if size != 1.0:
        page = page.resize((max(1, int(page.width * size)), max(1, int(page.height * size))), Image.Resampling.LANCZOS)
    page.save(file, "PPM")  # not packed: it goes no further than to the next process
    dpi = str(round(300 * size))
    command = ["tesseract", "stdin", "stdout", "-l", _LANGUAGE, "--psm", parts, "--dpi", dpi, "tsv"]
    environment = dict(os.environ, OMP_THREAD_LIMIT="1")
    try:
        done = subprocess.run(
            command, input=file.getvalue(), capture_output=True, timeout=left, check=False, env=environment
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode:
        return None
    found = []
    table = csv.reader(io.StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE)
    for row in table:
        if len(row) == 12 and row[0] == "5" and row[11].strip():
            left_, top, width, height = (float(value) / size for value in row[6:10])
            found.append(Word(_as_typed(row[11]), left_, top, left_ + width, top + height, float(row[10]) / 100))
    return found


def _as_typed(text: str) -> str:
    """The word in the signs that Vietnamese typists use. The model writes a fraction slash for a slash, eth (U+00D0)
    for Đ, both of the latter for one slanted Đ, and an Ñ beside or for an N; Vietnamese has no eth, Ñ or double Đ."""
    return _SPANISH.sub("N", text.replace("⁄", "/").replace("Ð", "Đ").replace("ĐĐ", "Đ"))
