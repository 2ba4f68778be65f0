"""Segmentation: this project's segmenter beside pyvi's own, over the same texts, outputs compared.

Floor (DESIGN.md section 10): at least 5 times pyvi's speed, identical output.
"""

from __future__ import annotations

import os
import statistics
import time
import unicodedata
import warnings
from collections.abc import Callable
from pathlib import Path

from indexer.words.segment import segmenter

FLOOR = 5.0
_CHARACTERS = 400_000  # of each kind of text
_ROUNDS = 3


def texts() -> dict[str, list[str]]:
    """Texts by kind: clean, damaged by scanning, and clean ones without diacritics."""
    project = Path(__file__).resolve().parent.parent
    shared = Path(os.environ.get("CANCU_SHARED") or project.parent / "shared") / "corpus"
    clean = _some(sorted((shared / "plans").glob("*.txt")) or sorted((project / "corpus" / "samples").glob("*.txt")))
    noisy = _some(sorted((shared / "ocr").glob("*.txt")) + sorted((shared / "ocr_hard").glob("*.txt")))
    found = {"clean": clean, "without diacritics": [_plain(text) for text in clean]}
    return found | {"damaged": noisy} if noisy else found


def _some(files: list[Path]) -> list[str]:
    found: list[str] = []
    for file in files:
        if sum(map(len, found)) >= _CHARACTERS:
            break
        found.append(file.read_text(encoding="utf-8"))
    return found


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in letters if not unicodedata.combining(char))


def _seconds(tokenize: Callable[[str], str], chosen: list[str]) -> tuple[float, list[str]]:
    began = time.process_time()
    found = [tokenize(text) for text in chosen]
    return time.process_time() - began, found


def main() -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyvi import ViTokenizer
    failed = 0
    print(f"{'text':20} {'pyvi MB/s':>10} {'here MB/s':>10} {'ratio':>6}  documents that differ")
    for kind, chosen in texts().items():
        size = sum(len(text.encode()) for text in chosen) / 1e6
        rounds = []
        for _ in range(_ROUNDS):
            theirs, expected = _seconds(ViTokenizer.tokenize, chosen)
            ours, got = _seconds(segmenter().tokenize, chosen)
            rounds.append((theirs, ours))
        differ = sum(a != b for a, b in zip(expected, got, strict=True))
        theirs, ours = (statistics.median(column) for column in zip(*rounds, strict=True))
        ratio = theirs / ours
        print(f"{kind:20} {size / theirs:10.2f} {size / ours:10.2f} {ratio:6.1f}  {differ} of {len(chosen)}")
        failed |= ratio < FLOOR or differ > 0
    print(f"floor: {FLOOR:.0f} times, none different: {'does not hold' if failed else 'holds'}")
    return int(failed)
