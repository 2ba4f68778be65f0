"""Pictures of documents: .png, .jpg, .tif (with several pages), .bmp, .gif, .webp."""

from __future__ import annotations

import io
import time
import warnings

from PIL import Image, ImageSequence

from corpus.formats.join_pages import PageRead, source_of
from corpus.layout.lines import Lines
from corpus.limits import Limits
from corpus.notices import refused
from corpus.scans import ocr
from corpus.source_text import SourceText

_A4_WIDTH = 8.27  # inches: what a picture without a resolution is taken to show


def read_image(data: bytes, name: str, sha256: str, limits: Limits, kind: str) -> SourceText:
    """The text of a picture file, each frame a page. Raises ``Refused`` where nothing could be read."""
    reads: list[PageRead] = []
    deadline = time.monotonic() + 0.85 * limits.seconds
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            Image.MAX_IMAGE_PIXELS = None  # the bound below is the one that counts
            image = Image.open(io.BytesIO(data))
        count = getattr(image, "n_frames", 1)
        for number, frame in enumerate(ImageSequence.Iterator(image)):
            if number >= limits.pages:
                break
            pixels = frame.width * frame.height
            if pixels > limits.pixels:
                raise refused("picture_too_large", size=-(-pixels // 1_000_000), limit=limits.pixels // 1_000_000)
            reads.append(_frame(frame, limits, deadline))
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        raise refused("damaged_document") from None
    if not ocr.available() or not limits.ocr:
        raise refused("no_ocr", pages=count)
    return source_of(reads, count, name, sha256, kind, limits)


def _frame(frame: Image.Image, limits: Limits, deadline: float) -> PageRead:
    if min(frame.size) < 16 or not limits.ocr or not ocr.available():
        return PageRead(Lines(), "unread")
    picture = frame.convert("RGB") if frame.mode not in ("L", "1", "RGB") else frame.copy()
    dpi = frame.info.get("dpi", (0, 0))[0] or frame.width / _A4_WIDTH
    factor = 300 / float(dpi) if 20 < float(dpi) < 1200 else 1.0
    if not 0.8 < factor < 1.25 and picture.width * picture.height * factor * factor <= limits.pixels:
        size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
        picture = picture.convert("RGB" if picture.mode == "RGB" else "L").resize(size, Image.Resampling.LANCZOS)
    return PageRead.of_picture(ocr.read_picture(picture, deadline - time.monotonic()))
