"""The picture of one line of a scan, made when somebody asks for it, from the file itself; nothing is stored.

A program of its own (``python -m corpus.line_picture PATH PAGE X0 Y0 X1 Y1 QUARTERS``), bounded in time and memory: a
file that harms the reader harms nobody else. The picture goes to its standard output, as PNG.
"""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageSequence

from corpus.blocks import LinePlace
from corpus.bytes.detect import kind_of
from corpus.errors import Refused
from corpus.formats.pdf_page import picture_of
from corpus.formats.picture import check_size, opened, page_of
from corpus.limits import DEFAULT, MIB
from corpus.scans.level import turned

_DPI = 150
_MARGIN = (0.02, 0.006)  # of the page, around the line
_WIDEST = 1000  # dots
_SECONDS = 20
_MEMORY = 1024 * MIB


def line_picture(path: Path, page: int, place: LinePlace) -> bytes | None:
    """The picture of a line as PNG; None where it could not be made."""
    numbers = (page, place.x0, place.y0, place.x1, place.y1, place.quarters)
    command = [sys.executable, "-P", "-m", "corpus.line_picture", str(path), *map(str, numbers)]
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(part or os.getcwd() for part in sys.path))
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False, env=environment)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 and done.stdout.startswith(b"\x89PNG") else None


def _page(path: Path, number: int) -> Image.Image:
    """A page as recognition was given it, at a lower resolution."""
    data = path.read_bytes()
    if kind_of(data[:8192], path.name) == "pdf":
        document = pypdfium2.PdfDocument(data)
        return picture_of(document[number - 1], _DPI / 72)
    with opened(data) as image:
        frame = next(one for at, one in enumerate(ImageSequence.Iterator(image), 1) if at == number)
        check_size(frame, DEFAULT)
        return page_of(frame, DEFAULT)


def _line(page: Image.Image, box: tuple[float, float, float, float], quarters: int) -> Image.Image:
    x0, y0, x1, y1 = box
    across, down = _MARGIN if quarters % 2 == 0 else _MARGIN[::-1]
    cut = page.crop(
        (
            max(0, round((x0 - across) * page.width)),
            max(0, round((y0 - down) * page.height)),
            min(page.width, round((x1 + across) * page.width)),
            min(page.height, round((y1 + down) * page.height)),
        )
    )
    out = turned(cut.convert("L"), quarters)
    out.thumbnail((_WIDEST, _WIDEST))
    return out


def main(arguments: list[str]) -> int:
    """Writes the picture that the arguments name; 3 where it cannot be made."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    path, page, x0, y0, x1, y1, quarters = arguments
    try:
        picture = _line(_page(Path(path), int(page)), (float(x0), float(y0), float(x1), float(y1)), int(quarters))
    except (Refused, OSError, ValueError, StopIteration, IndexError, MemoryError, pypdfium2.PdfiumError):
        return 3
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    sys.stdout.buffer.write(file.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
