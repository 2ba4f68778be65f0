"""A second recogniser, for digits: PP-OCR's small model, which comes in the wheel of ``rapidocr``.

It knows no Vietnamese marks, but it errs on other digits than tesseract does: where both read the same, they are right.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

import numpy as np
from PIL import Image

_lock = threading.Lock()
_LEAST_SHAPE = [3, 48, 48]  # colours, height, least width of a picture as the model takes it
_BARRED = re.compile("[ÐĐ]D|Ð")  # one Đ, of which it sees the bar and the letter
_QUIET = {
    "Global.use_det": False,
    "Global.use_cls": False,
    "Global.log_level": "critical",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


@lru_cache(maxsize=1)
def available() -> bool:
    """Whether the second recogniser is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


@lru_cache(maxsize=1)
def _recogniser() -> tuple[Any, Any]:
    """The recogniser of one line, and the class of what it is asked."""
    from rapidocr import RapidOCR
    from rapidocr.ch_ppocr_rec import TextRecInput

    engine = RapidOCR(params=_QUIET)
    engine(np.full((48, 96, 3), 255, dtype=np.uint8))  # it loads its model when first asked
    # Each picture by itself and no wider than it is: pictures of one batch are all padded to the widest, and to 320
    # dots at least, and the white costs as much as print.
    reads: Any = engine.text_rec
    reads.rec_batch_num, reads.rec_image_shape = 1, _LEAST_SHAPE
    return reads, TextRecInput


def texts(lines: Sequence[Image.Image]) -> list[tuple[str, float]]:
    """What stands in each picture of a line, with a confidence 0-1."""
    if not lines:
        return []
    with _lock:
        read, asked = _recogniser()
    pictures = [np.asarray(line.convert("RGB"))[:, :, ::-1] for line in lines]
    said = read(asked(img=pictures))
    return [(_BARRED.sub("Đ", text), float(sure)) for text, sure in zip(said.txts, said.scores, strict=True)]
