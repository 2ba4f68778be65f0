"""Words of a picture by tesseract with its Vietnamese model.

The library is asked in this process (``tesserocr``, whose wheel brings it along): the command costs as much again for
starting and loading its model at each look. The model is the system's, ``tesseract-ocr-vie``.
"""

from __future__ import annotations

import csv
import io
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import tesserocr
from PIL import Image

from corpus.layout.words_to_lines import Word

_LANGUAGE = "vie"
_MODELS = ("usr/share/tesseract-ocr/*/tessdata", "usr/share/tessdata", "usr/local/share/tessdata")
"""Where systems keep the models, from the root down; ``TESSDATA_PREFIX`` names another folder."""
_SPANISH = re.compile("N?ÑN?")
PAGE, BLOCK, LINE = tesserocr.PSM.AUTO, tesserocr.PSM.SINGLE_BLOCK, tesserocr.PSM.SINGLE_LINE
"""How tesseract takes a picture: as a whole page, as lines below one another, as one line."""
_idle: list[tesserocr.PyTessBaseAPI] = []  # loaded, and not at work in any thread


@lru_cache(maxsize=1)
def _models() -> str | None:
    """The folder that holds the Vietnamese model; None where there is none."""
    named = os.environ.get("TESSDATA_PREFIX")
    folders = (
        [Path(named)] if named else [one for where in _MODELS for one in sorted(Path("/").glob(where), reverse=True)]
    )
    return next((str(one) for one in folders if (one / f"{_LANGUAGE}.traineddata").is_file()), None)


def available() -> bool:
    """Whether tesseract's Vietnamese model is on this machine."""
    return _models() is not None


@contextmanager
def _engine() -> Iterator[tesserocr.PyTessBaseAPI]:
    """Tesseract with its model loaded, for one thread at a time. Raises ``RuntimeError`` where it cannot be loaded."""
    try:
        engine = _idle.pop()
    except IndexError:
        engine = tesserocr.PyTessBaseAPI(path=_models() or "", lang=_LANGUAGE)
        engine.SetVariable("debug_file", os.devnull)  # it would tell the terminal of each empty picture
    yield engine
    engine.Clear()
    _idle.append(engine)  # one that failed is not asked again


def words(page: Image.Image, size: float, deadline: float, *, parts: int = PAGE) -> list[Word] | None:
    """The words of a picture at 300 dpi, with their boxes in its dots, read at ``size`` of it; None where tesseract
    failed or ran out of time. ``parts``: how it takes the picture."""
    if size != 1.0:
        page = page.resize((max(1, int(page.width * size)), max(1, int(page.height * size))), Image.Resampling.LANCZOS)
    grey = page.convert("L")
    try:
        with _engine() as engine:
            engine.SetPageSegMode(parts)
            engine.SetImageBytes(grey.tobytes(), grey.width, grey.height, 1, grey.width)
            engine.SetSourceResolution(round(300 * size))
            left = int(1000 * (deadline - time.monotonic()))
            said = engine.GetTSVText(0) if left > 0 and engine.Recognize(left) else None
    except RuntimeError:
        return None
    return None if said is None else _words(said, size)


def _words(table: str, size: float) -> list[Word]:
    """The words of tesseract's table of what it read at ``size``."""
    found = []
    for row in csv.reader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if len(row) == 12 and row[0] == "5" and row[11].strip():
            left, top, width, height = (float(value) / size for value in row[6:10])
            found.append(Word(_as_typed(row[11]), left, top, left + width, top + height, float(row[10]) / 100))
    return found


def _as_typed(text: str) -> str:
    """The word in the signs that Vietnamese typists use. The model writes a fraction slash for a slash, eth (U+00D0)
    for Đ, both of the latter for one slanted Đ, and an Ñ beside or for an N; Vietnamese has no eth, Ñ or double Đ."""
    return _SPANISH.sub("N", text.replace("⁄", "/").replace("Ð", "Đ").replace("ĐĐ", "Đ"))
