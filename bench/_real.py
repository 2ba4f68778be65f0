"""Real documents in three sizes, put into a knowledge base as a user would: files and registers.

600: the plans. 10,000: with them 412 texts of the gazette, 258 of 2026, two lists of documents as registers (4,423
rows), and articles of the codified law, each as a text of its own, to make up the number. 43,000: the same with more of
these articles. To all of them come the registers that the program brings and what the texts cite, so that a base holds
more documents than were put in.
"""

from __future__ import annotations

import csv
import gzip
import itertools
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SIZES = (600, 10_000, 43_000)
REGISTERS = (
    ("Văn bản Bình Dương", "Bình Dương", "binhduong_docs_meta", ("so_ky_hieu", "ngay_ban_hanh", "trich_yeu")),
    ("Công báo Sơn La", "Sơn La", "congbao_sonla_meta", ("so_hieu", "ngay_ban_hanh", "trich_yeu")),
)
"""Name, province, file and the columns of number, date and title of each list."""
_HEAD = ("Số, ký hiệu", "Ngày ban hành", "Trích yếu")


def shared() -> Path:
    """The folder of real documents."""
    return Path(os.environ.get("CANCU_SHARED") or Path(__file__).resolve().parent.parent.parent / "shared")


def rows(name: str) -> Iterator[dict[str, Any]]:
    """The rows of a bulk set; none where it is not there."""
    path = shared() / "corpus" / "bulk" / f"{name}.jsonl.gz"
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def sources(size: int, folder: Path) -> tuple[list[Path], dict[str, int]]:
    """The files and folders of a size, written into ``folder`` where they are not files yet, and how many there are of
    each kind; registers stand as ``registers/NAME.csv``."""
    plans = shared() / "corpus" / "plans"
    counts = {"plans": sum(1 for file in plans.iterdir() if file.suffix in (".txt", ".md"))}
    if size <= SIZES[0]:
        return [plans], counts
    counts["gazette"] = _written(folder / "gazette", (one["text"] for one in rows("congbao_8chude")))
    counts["2026"] = _written(folder / "2026", (one["text"] for one in rows("vanban_chinhphu_2026")))
    counts["register rows"] = sum(write_register(folder / "registers", *one) for one in REGISTERS)
    left = max(0, size - sum(counts.values()))
    counts["single articles"] = _written(folder / "articles", itertools.islice(articles(), left))
    return [plans, *(folder / name for name in ("gazette", "2026", "articles"))], counts


def _written(folder: Path, texts: Iterator[str]) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for count, text in enumerate(texts, 1):
        (folder / f"{count:05}.txt").write_text(text, encoding="utf-8")
    return count


def articles() -> Iterator[str]:
    """The articles of the codification, each as a text."""
    for one in rows("phapdien_articles"):
        yield f"Điều {one['source_article'] or ''}. {one['title']}\n\n{one['text']}\n"


def write_register(folder: Path, name: str, province: str, file: str, columns: tuple[str, str, str]) -> int:
    """A list of documents as a register's file; returns its rows."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = [[row[column] or "" for column in columns] for row in rows(file)]
    with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as written:
        csv.writer(written).writerows([_HEAD, *listed])
    return len(listed)
