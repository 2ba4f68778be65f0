"""Reading speed beside a bare scan for numbers over the same text, in one run (DESIGN floors: 6× clean, 12× damaged).

    python -m bench reading

One core. The clean text is the gazette of ``../shared/corpus/bulk``, the damaged one the scans; eyecite reads its own
kind of English text beside them for scale. Processor time. Each text is scanned and read in turn, so that both meet
the same moment of the machine, whose speed changes by a third within seconds; a round goes through all texts. The
median of the rounds' ratios counts, their range tells how steady the machine was. The first round, in which codes and
clauses are met for the first time, is printed beside them.
"""

from __future__ import annotations

import gc
import gzip
import json
import os
import re
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from kb.reading import read

SHARED = Path(os.environ.get("CANCU_SHARED") or Path(__file__).resolve().parent.parent.parent / "shared")
BARE = re.compile(r"\d{1,6}\s*(?:/\s*\d{4})?\s*[/-]\s*[A-ZĐ][A-Za-zĐđ&]{0,7}\s*(?:[-/]\s*[A-ZĐ][A-ZĐa-z&0-9]*)+")
CLEAN_FLOOR, DAMAGED_FLOOR = 6.0, 12.0  # times slower than the bare scan, at most
EYECITE_FLOOR = 3.1  # MB/s: ten times what eyecite does per core
ROUNDS = 7


def clean_texts(limit: int | None = None) -> list[str]:
    """The gazette's texts, the first ``limit`` of them."""
    path = SHARED / "corpus" / "bulk" / "congbao_8chude.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for _, line in zip(range(limit or 10**9), lines, strict=False)]


def damaged_texts(copies: int = 12) -> list[str]:
    """The scanned documents, each ``copies`` times over so that there is enough to measure."""
    folders = (SHARED / "corpus" / "ocr", SHARED / "corpus" / "ocr_hard")
    texts = [path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.iterdir())]
    return texts * copies


def seconds(texts: Sequence[str], *works: Callable[[str], object]) -> list[float]:
    """The processor time of each work over all texts, one text after the other."""
    gc.collect()
    spent = [0.0] * len(works)
    for text in texts:
        for at, work in enumerate(works):
            start = time.process_time()
            work(text)
            spent[at] += time.process_time() - start
    return spent


def compare(name: str, texts: Sequence[str], floor: float) -> bool:
    """Print one row; whether the floor holds."""
    size = sum(len(text.encode("utf-8")) for text in texts) / 1e6
    scanned, read_first = seconds(texts, BARE.findall, read)
    citations = sum(len(read(text).citations) for text in texts)
    bare, ours = zip(*(seconds(texts, BARE.findall, read) for _ in range(ROUNDS)), strict=True)
    ratios = [one / scan for one, scan in zip(ours, bare, strict=True)]
    ratio = statistics.median(ratios)
    print(
        f"{name:8} {size:6.1f} MB  {citations:7,} citations  bare re {size / statistics.median(bare):6.1f} MB/s  "
        f"reading {size / statistics.median(ours):6.2f} MB/s, {citations / statistics.median(ours):8,.0f} citations/s  "
        f"ratio {ratio:5.2f} ({min(ratios):.2f} to {max(ratios):.2f}; floor {floor:g}; "
        f"first round {read_first / scanned:.2f})"
    )
    return ratio <= floor


def eyecite_row() -> None:
    """eyecite on English text full of citations, for scale; skipped where it is not installed."""
    try:
        from eyecite import get_citations
    except ImportError:
        print("eyecite is not installed: no row for it")
        return
    sentence = (
        "The court relied on Lissner v. Test, 1 U.S. 1, 4 (1982), and on Foo v. Bar, 2 F.3d 2, 3-4 (9th Cir. 1993); "
        "see also Mass. Gen. Laws ch. 1, § 2 and 1 U.S., at 5. Nothing in the record suggests another reading of it. "
    )
    texts = [sentence * 8] * 60
    size = sum(len(text) for text in texts) / 1e6
    took = statistics.median(seconds(texts, get_citations)[0] for _ in range(ROUNDS))
    print(f"eyecite  {size:6.1f} MB  English          {size / took:6.2f} MB/s")


def main() -> int:
    if not (SHARED / "corpus").is_dir():
        print(f"skipped: the folder of real documents is not at {SHARED} (set CANCU_SHARED)")
        return 0
    held = [
        compare("clean", clean_texts(), CLEAN_FLOOR),
        compare("damaged", damaged_texts(), DAMAGED_FLOOR),
    ]
    eyecite_row()
    return 0 if all(held) else 1
