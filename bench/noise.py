"""The noise curve: what reading loses as the scan gets worse.

    python -m bench noise              (or: python bench/noise.py --documents 20 --lang eng vie)

Clean documents are printed, degraded at several strengths and resolutions (``bench._printing``) and read back by
Tesseract, with the Vietnamese model and with the wrong one (English), as many offices' scanners do. What is read from
the scan is held against what is read from the very lines that were printed: precision and recall of numbers, share of
right dates among the numbers found, share of whole identities (number, date, body, province) among all.
"""

from __future__ import annotations

import argparse
import collections
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PIL import Image

from bench._printing import coarse, degraded, printed
from kb.model import Citation, Hints
from kb.reading import read

PROJECT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("CANCU_SHARED") or PROJECT.parent / "shared")
SCANS: dict[str, Callable[[Image.Image, int], Image.Image]] = {
    "as printed": lambda page, seed: page,
    "office scan": lambda page, seed: degraded(page, 1.0, seed),
    "bad scan": lambda page, seed: degraded(page, 2.0, seed),
    "110 dpi": lambda page, seed: coarse(page, 110, seed),
    "96 dpi": lambda page, seed: coarse(page, 96, seed),
}
PAGES = 1


@dataclass(slots=True)
class Tally:
    """Counts over documents scanned one way."""

    gold: int = 0
    found: int = 0
    right: int = 0
    dates: int = 0
    identities: int = 0

    def row(self) -> str:
        precision = self.right / self.found if self.found else 0.0
        recall = self.right / self.gold if self.gold else 0.0
        share = max(self.right, 1)
        return f"{precision:.3f} | {recall:.3f} | {self.dates / share:.3f} | {self.identities / max(self.gold, 1):.3f}"


def documents(count: int) -> Iterator[str]:
    """Clean documents that no gold file holds, in a fixed random order; the bundled samples where there are none."""
    plans = SHARED / "corpus" / "plans"
    if plans.is_dir():
        gold = (SHARED / "gold" / "plans.jsonl").read_text(encoding="utf-8")
        paths = [path for path in sorted(plans.iterdir()) if path.suffix in (".md", ".txt") and path.name not in gold]
        random.Random(7).shuffle(paths)
    else:
        paths = sorted((PROJECT / "corpus" / "samples").glob("*.txt"))
    for path in paths:
        text = path.read_text(encoding="utf-8")
        if sum(c.kind == "number" for c in read(text[:2500]).citations) >= 4:
            yield text.replace("*", "").replace("|", " ")
            count -= 1
            if not count:
                return


def recognised(picture_path: Path, lang: str) -> str:
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    command = ["tesseract", str(picture_path), "stdout", "-l", lang, "--psm", "6"]
    return subprocess.run(command, capture_output=True, check=True, env=environment, timeout=900).stdout.decode("utf-8")


def numbers(text: str, province: str | None) -> list[Citation]:
    return [c for c in read(text, Hints(province=province)).citations if c.kind == "number"]


def compare(tally: Tally, gold: list[Citation], found: list[Citation]) -> None:
    """Pair by number, preferring pairs that agree in more fields."""
    left: dict[str | None, list[Citation]] = collections.defaultdict(list)
    for cited in found:
        left[cited.number].append(cited)
    tally.gold += len(gold)
    tally.found += len(found)
    for cited in gold:
        twins = left[cited.number]
        if not twins:
            continue
        best = max(twins, key=lambda twin: (twin.date == cited.date, twin.province == cited.province))
        twins.remove(best)
        tally.right += 1
        tally.dates += best.date == cited.date
        same = (best.date, best.body, best.province) == (cited.date, cited.body, cited.province)
        tally.identities += same


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=12)
    parser.add_argument("--lang", nargs="+", default=["eng", "vie"])
    parser.add_argument("--show", action="store_true", help="print what was missed and what was invented")
    args = parser.parse_args(argv or [])
    if shutil.which("tesseract") is None:
        print("skipped: tesseract is not installed (apt install tesseract-ocr tesseract-ocr-vie)")
        return 0
    print("| model | scan | precision | recall | date | identity |\n|---|---|---|---|---|---|")
    tallies: dict[tuple[str, str], Tally] = collections.defaultdict(Tally)
    with tempfile.TemporaryDirectory() as folder:
        for at, text in enumerate(documents(args.documents)):
            sheets = printed(text, most_pages=PAGES)
            lines = "\n".join(line for sheet in sheets for line in sheet.lines)
            own = read(lines).own
            province = own.province if own else None
            gold = numbers(lines, province)
            for name, scan in SCANS.items():
                for lang in args.lang:
                    scanned = ""
                    for page, sheet in enumerate(sheets):
                        path = Path(folder) / "page.png"
                        scan(sheet.picture, 1000 * at + page).save(path)
                        scanned += recognised(path, lang)
                    found = numbers(scanned, province)
                    compare(tallies[lang, name], gold, found)
                    if args.show:
                        _show(lang, name, gold, found, scanned)
    for lang in args.lang:
        for name in SCANS:
            print(f"| {lang} | {name} | {tallies[lang, name].row()} |")
    print(f"{sum(tally.gold for tally in tallies.values()) // max(len(tallies), 1)} numbers a row")
    return 0


def _show(lang: str, scan: str, gold: list[Citation], found: list[Citation], scanned: str) -> None:
    missed = collections.Counter(c.number for c in gold) - collections.Counter(c.number for c in found)
    extra = collections.Counter(c.number for c in found) - collections.Counter(c.number for c in gold)
    if missed or extra:
        lines = [c.text for c in found if c.number in extra]
        print(f"  {lang} {scan}: missed {list(missed)} invented {list(extra)} read from {lines}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
