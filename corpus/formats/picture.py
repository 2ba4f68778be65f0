"""Pictures of documents: .png, .jpg, .tif (with several pages), .bmp, .gif, .webp, .jp2, .heic."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager
from dataclasses import replace
from importlib.util import find_spec
from itertools import islice

import numpy as np
from PIL import Image, ImageOps, ImageSequence

from corpus.formats.join_pages import PageRead, source_of
from corpus.formats.scan_pool import Recognised, ScanPool
from corpus.layout.lines import Lines
from corpus.limits import Limits
from corpus.notices import refused
from corpus.scans import ocr
from corpus.source_text import SourceText

_A4_WIDTH = 8.27  # inches: what a picture without a resolution is taken to show
_DPI = 300
_ILLEGIBLE, _DOUBTFUL = 90, 0.7  # dots an inch below which every number is in doubt, and how sure it is then
COARSE = 130
"""Dots an inch below which numbers cannot be trusted."""


def read_image(data: bytes, name: str, sha256: str, limits: Limits, kind: str) -> SourceText:
    """The text of a picture file, each frame a page. Raises ``Refused`` where nothing could be read."""
    with opened(data) as image:
        count = getattr(image, "n_frames", 1)
        if not ocr.available() or not limits.ocr:
            raise refused("no_ocr", pages=count)
    with closing(ScanPool(limits, sha256, min(count, limits.pages))) as pool:
        with opened(data) as image:
            waiting = [
                (_begun(frame, number, pool, limits), coarse(frame))
                for number, frame in enumerate(islice(ImageSequence.Iterator(image), limits.pages))
            ]
        # outside of ``opened``: what goes wrong in recognition is no damage of the file
        reads = [_read(future, dpi) for future, dpi in waiting]
    return source_of(reads, count, name, sha256, kind, limits)


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """The picture in a file. Raises ``Refused`` where it is damaged, there and while it is looked at."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            Image.MAX_IMAGE_PIXELS = None  # the bound of ``check_size`` is the one that counts
            if data[4:8] == b"ftyp":
                _know_heif()
            image = Image.open(io.BytesIO(data))
        yield image
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        raise refused("damaged_document") from None


def _know_heif() -> None:
    if find_spec("pillow_heif") is None:
        raise refused("no_heif")
    import pillow_heif

    pillow_heif.register_heif_opener()


def check_size(frame: Image.Image, limits: Limits) -> None:
    """Raises ``Refused`` where a picture is larger than ``limits.pixels``; its dots are not unpacked for that."""
    pixels = frame.width * frame.height
    if pixels > limits.pixels:
        raise refused("picture_too_large", size=-(-pixels // 1_000_000), limit=limits.pixels // 1_000_000)


def _begun(frame: Image.Image, number: int, pool: ScanPool, limits: Limits) -> Future[Recognised] | None:
    check_size(frame, limits)
    return None if min(frame.size) < 16 else pool.begin(str(number), lambda: page_of(frame, limits))


def _read(future: Future[Recognised] | None, dpi: int | None) -> PageRead:
    if future is None:
        return PageRead(Lines(), "unread")
    done = future.result()
    read = PageRead.of_picture(done.seen)
    read.why, read.dpi = read.why or done.why, dpi
    if dpi is not None and dpi < _ILLEGIBLE:
        read.placed = [_unsure(run) for run in read.placed]
    return read


def _unsure(run: ocr.Placed) -> ocr.Placed:
    """The run with all its digits in doubt: letters of codes are lost in such a picture even where digits agree."""
    return replace(run, words=tuple(replace(word, sure=min(word.sure, _DOUBTFUL)) for word in run.words))


def resolution(frame: Image.Image) -> tuple[float, float]:
    """Dots an inch, across and down. A picture that does not tell is taken for a page of A4."""
    told = frame.info.get("dpi", (0, 0))
    try:
        across, down = float(told[0]), float(told[1])
    except (TypeError, ValueError, IndexError):
        across = down = 0.0
    if not 20 < across < 1200 or not 20 < down < 1200:
        is_page = max(frame.size) < 1.6 * min(frame.size)  # on its side, perhaps
        across = down = (min(frame.size) if is_page else frame.width) / _A4_WIDTH
    return across, down


def coarse(frame: Image.Image) -> int | None:
    """The resolution of a picture, where it is so low that numbers cannot be trusted."""
    least = min(resolution(frame))
    return round(least) if least < 0.7 * COARSE or max(resolution(frame)) < COARSE else None


def page_of(frame: Image.Image, limits: Limits) -> Image.Image:
    """A frame as recognition wants it: upright by what its camera noted, on white, at 300 dots an inch both ways."""
    across, down = resolution(frame)
    picture = on_white(ImageOps.exif_transpose(frame))
    factors = [_DPI / across, _DPI / down]
    if not all(0.8 < factor < 1.25 for factor in factors):
        most = (limits.pixels / max(1, picture.width * picture.height * factors[0] * factors[1])) ** 0.5
        size = [
            max(1, round(side * factor * min(1.0, most))) for side, factor in zip(picture.size, factors, strict=True)
        ]
        picture = picture.resize((size[0], size[1]), Image.Resampling.LANCZOS)
    return picture


def on_white(frame: Image.Image) -> Image.Image:
    """The frame in greys or colours; what shines through it is white paper."""
    if frame.mode in ("L", "RGB"):
        return frame.copy()
    if frame.mode == "1":
        return frame.convert("L")
    if frame.mode.startswith("I") or frame.mode == "F":
        high = max(1.0, float(np.asarray(frame).max()))
        return Image.fromarray((np.asarray(frame, dtype=np.float32) * (255 / high)).astype(np.uint8))
    if "A" in frame.getbands() or "transparency" in frame.info:
        clear = frame.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        paper.alpha_composite(clear)
        return paper.convert("RGB")
    return frame.convert("RGB")
