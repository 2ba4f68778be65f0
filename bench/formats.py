"""Reading speed, memory and findings for each kind of file, and recognition of printed and degraded pages.

``python -m bench.formats`` prints the tables; ``python -m bench.formats --write`` also puts them into
``docs/formats.md``. The real files lie in ``../shared/corpus/originals`` (or under ``CANCU_SHARED``); without them the
bundled collection is measured alone.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from bench._printing import degraded, printed
from corpus.bytes.salad import is_damaged
from corpus.errors import Refused
from corpus.read import read_path
from corpus.scans import ocr
from corpus.walk import walk
from kb.reading import read

PROJECT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("CANCU_SHARED") or PROJECT.parent / "shared")
_PRINTED, _FLOOR = 20, 0.97
_KINDS = ("txt", "md", "html", "docx", "doc", "pdf", "scan")


def main(write: bool = False) -> int:
    """Prints the tables; 1 where the floor on recognised numbers is missed."""
    kinds = by_kind(PROJECT / "corpus" / "samples", SHARED / "corpus" / "originals", SHARED / "corpus" / "seeds")
    tables = {"kinds": kinds_table(kinds)}
    print(tables["kinds"], flush=True)
    failed = 0
    if ocr.available():
        tables["printed"], failed = printed_table((1.0, 2.0))
        print(f"\n{tables['printed']}")
    else:
        print("\ntesseract with its Vietnamese model is not on this machine: recognition not measured")
    if write:
        into_docs(tables)
    return failed


def by_kind(*folders: Path) -> dict[str, list[Path]]:
    """The files of the folders that are documents, by kind; PDFs without a text layer under ``scan``."""
    out: dict[str, list[Path]] = {kind: [] for kind in _KINDS}
    for path in walk(folder for folder in folders if folder.exists()):
        if isinstance(path, Refused):
            continue
        kind = path.suffix.lower().lstrip(".").replace("htm", "html").replace("htmll", "html")
        if path.parent.name == "scanned_pdf":
            kind = "scan"
        if kind in out and (kind != "scan" or path.suffix == ".pdf"):
            out[kind].append(path)
    return {kind: paths for kind, paths in out.items() if paths}


def kinds_table(kinds: dict[str, list[Path]]) -> str:
    """One row a kind: files read and refused, pages, characters, citations found, speed and peak memory."""
    rows = [
        "| kind | files | refused | pages | characters | citations | seconds a file | MB/s | peak memory, MiB |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for kind, paths in kinds.items():
        refused = characters = citations = pages = 0
        seconds = 0.0
        for path in paths:
            began = time.perf_counter()
            try:
                sources = list(read_path(path))
            except Refused:
                sources = []
                refused += 1
            seconds += time.perf_counter() - began
            for source in sources:
                characters += len(source.text)
                pages += len(source.pages)
                citations += len(read(source.text).citations)
        size = sum(path.stat().st_size for path in paths) / 1e6
        rows.append(
            f"| {kind} | {len(paths)} | {refused} | {pages or '–'} | {characters:,} | {citations:,} "
            f"| {seconds / len(paths):.3f} | {size / seconds:.2f} | {peak_memory(paths)} |"
        )
    return "\n".join(rows)


def peak_memory(paths: Iterable[Path]) -> int:
    """The largest resident size of a reader process and of the programs it starts, in MiB."""
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from corpus.worker import read_many\n"
        "for one in read_many(map(Path, sys.argv[1:])): pass\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)\n"
    )
    command = [sys.executable, "-c", script, *map(str, paths)]
    return int(subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout)


def printed_table(strengths: Iterable[float]) -> tuple[str, int]:
    """Texts printed in Times-like type, degraded and recognised: the numbers found against those in the clean text."""
    texts = _texts()
    rows = [
        f"| strength | pages | numbers printed | precision | recall | F1 (floor {_FLOOR} at 1) | seconds a page |",
        "|---|---|---|---|---|---|---|",
    ]
    failed = 0
    for strength in strengths:
        expected, found, right, pages = 0, 0, 0, 0
        began = time.perf_counter()
        for number, text in enumerate(texts):
            sheets = printed(text, most_pages=2)
            truth = numbers("\n".join(line for sheet in sheets for line in sheet.lines))
            lines: list[str] = []
            for at, sheet in enumerate(sheets):
                seen = ocr.read_picture(degraded(sheet.picture, strength, 10 * number + at), 300)
                lines += seen.lines.texts if seen else []
                pages += 1
            got = numbers("\n".join(lines))
            expected, found, right = expected + truth.total(), found + got.total(), right + (truth & got).total()
        precision, recall = right / max(1, found), right / max(1, expected)
        score = 2 * precision * recall / max(1e-9, precision + recall)
        failed |= strength <= 1 and score < _FLOOR
        rows.append(
            f"| {strength:g} | {pages} | {expected} | {precision:.4f} | {recall:.4f} | {score:.4f} "
            f"| {(time.perf_counter() - began) / max(1, pages):.1f} |"
        )
    return "\n".join(rows), int(failed)


def numbers(text: str) -> Counter[str]:
    """The numbers cited in a text and its own, in canonical form."""
    reading = read(text)
    out = Counter(one.number for one in reading.citations if one.kind == "number" and one.number)
    if reading.own is not None and reading.own.number:
        out[reading.own.number] += 1
    return out


def _texts() -> list[str]:
    """Twenty clean texts: the bundled collection, then real plans where they are at hand."""
    texts: list[str] = []
    paths = [
        path for path in sorted((PROJECT / "corpus" / "samples").iterdir()) if path.suffix in (".txt", ".html", ".docx")
    ]
    plans = SHARED / "corpus" / "plans"
    if plans.exists():
        paths += sorted(plans.glob("office__*.txt")) + sorted(plans.glob("gazette2000s__*.txt"))
    for path in paths:
        try:
            text = next(read_path(path)).text
        except Refused:
            continue
        text = re.sub(r"[ \t]+", " ", re.sub(r"\n\s*\n+", "\n", text.replace("|", " ")))
        if not is_damaged(text):  # a text that is itself damaged says nothing about recognition
            texts.append(text)
        if len(texts) == _PRINTED:
            break
    return texts


def into_docs(tables: dict[str, str]) -> None:
    """Puts each table between its marks in ``docs/formats.md``."""
    path = PROJECT / "docs" / "formats.md"
    page = path.read_text(encoding="utf-8")
    for name, table in tables.items():
        begin, end = f"<!-- {name} -->\n", f"\n<!-- /{name} -->"
        before, _, rest = page.partition(begin)
        page = before + begin + table + end + rest.partition(end)[2]
    path.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(write="--write" in sys.argv[1:]))
