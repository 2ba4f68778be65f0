"""A table of documents reads alike from every format, and large files take bounded memory.

    python -m bench tables

A sheet of 300 rows and a table that fills 40 pages, written in each format that has tables: whether the citations with
their dates and relations are the same as from the delimited file. Then the greatest memory of a process that reads a
sheet of 10,000 rows, and one that reads a PDF of 300 pages.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench._measure import in_process, peak
from bench._tables import MAKERS, rows
from corpus.limits import DEFAULT
from corpus.read import read_path
from corpus.source_text import SourceText
from kb.model import Citation, Hints
from kb.reading import read

SHEET, FORTY_PAGES, LARGE_SHEET, LARGE_PDF = 300, 400, 10_000, 2_700  # rows
MOST_MB = DEFAULT.memory_bytes / 1e6


def main(arguments: Sequence[str] = ()) -> int:
    if arguments:
        return _read_one(Path(arguments[0]))
    with tempfile.TemporaryDirectory() as folder:
        alike = [_in_every_format(Path(folder), count) for count in (SHEET, FORTY_PAGES)]
        small = [
            _memory(Path(folder), name, count) for name, count in (("so.xlsx", LARGE_SHEET), ("so.pdf", LARGE_PDF))
        ]
    return 0 if all(alike) and all(small) else 1


def _cited(source: SourceText) -> list[tuple[Any, ...]]:
    hints = Hints(page_starts=source.page_starts, attributes=source.attributes, blocks=source.blocks)

    def told(one: Citation) -> tuple[Any, ...]:
        return one.kind, one.number, one.date, one.relation, one.inverse

    return [told(one) for one in read(source.text, hints).citations]


def _in_every_format(folder: Path, count: int) -> bool:
    """Whether a table of so many rows gives the same citations from each format."""
    print(f"{count} rows")
    table = rows(count)
    found: dict[str, list[tuple[Any, ...]]] = {}
    for name, write in MAKERS.items():
        write(folder / name, table)
        began = time.process_time()
        (source,) = read_path(folder / name)
        took = time.process_time() - began
        found[name] = _cited(source)
        alike = found[name] == found["so.xlsx"]
        pages = f"{len(source.pages)} pages" if source.pages else ""
        said = "the same" if alike else "NOT the same"
        print(f"  {name:8} {len(found[name]):5} citations, {said}, {took:6.2f} s {pages}")
    return all(one == found["so.xlsx"] for one in found.values())


def _memory(folder: Path, name: str, count: int) -> bool:
    """Whether reading so many rows stays within the bound of a reader process."""
    path = folder / name
    MAKERS[name](path, rows(count))
    told = in_process("bench.tables", str(path))
    print(
        f"{name}: {count:,} rows, {path.stat().st_size / 1e6:.1f} MB, {told['pages']} pages: {told['seconds']:.1f} s, "
        f"{told['blocks']:,} blocks, {told['citations']:,} citations, at most {told['peak']:.0f} MB "
        f"({told['start']:.0f} MB before)"
    )
    return bool(told["peak"] <= MOST_MB)


def _read_one(path: Path) -> int:
    start, began = peak(), time.process_time()
    (source,) = read_path(path)
    found = _cited(source)
    told = {"start": start, "peak": peak(), "seconds": time.process_time() - began, "pages": len(source.pages)}
    print(json.dumps(told | {"blocks": len(source.blocks), "citations": len(found)}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
