"""Real scans against what was read off their pages by eye (``bench/scans_by_eye.tsv``).

A number is paired with the same number of its page (codes in their usual case: 05/CTY is 05/Cty). What the program
cites beyond them is wrong, unless it is marked as doubtful. Whole files are read, since the rest of a text is evidence
too; pages that nobody read are not counted.
"""

from __future__ import annotations

import collections
import sys
from dataclasses import dataclass, field
from pathlib import Path

from corpus.limits import Limits
from corpus.read import read_path
from corpus.source_text import SourceText
from kb.model import Citation, Hints, OwnIdentity
from kb.reading import read

LABELS = Path(__file__).with_name("scans_by_eye.tsv")
_DOUBTFUL = {"number_doubtful", "date_doubtful"}
_BOUNDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)


@dataclass(slots=True)
class Printed:
    """What stands on one page: cited numbers with their dates, the header's, numbers entered by pen."""

    cites: list[tuple[str, str]] = field(default_factory=list)
    own: tuple[str, str] | None = None
    pen: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Counts:
    """Over all pages."""

    printed: int = 0
    right: int = 0
    doubtful: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    dated: int = 0
    dates: int = 0
    wrong_dates: list[str] = field(default_factory=list)
    own: int = 0
    own_right: int = 0
    own_wrong: list[str] = field(default_factory=list)
    sure: collections.Counter[tuple[int, bool]] = field(default_factory=collections.Counter)


def labels() -> dict[str, dict[int, Printed]]:
    """What was read by eye, by file and page."""
    found: dict[str, dict[int, Printed]] = {}
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        file, page, kind, number, date = line.split("\t")
        printed = found.setdefault(file, {}).setdefault(int(page), Printed())
        if kind == "cite":
            printed.cites.append((number, date))
        elif kind == "own":
            printed.own = (number, date)
        elif kind == "pen":
            printed.pen.append(number)
    return found


def scored(folder: Path) -> int:
    """Reads the files of ``folder`` and prints the counts."""
    counts, pages = Counts(), 0
    for file, printed in labels().items():
        if not (folder / file).exists():
            print(f"not there: {file}", file=sys.stderr)
            continue
        source = next(iter(read_path(folder / file, limits=Limits(cores=2, page_seconds=600))))
        count_file(counts, file, printed, source)
        pages += len(printed)
    _print(counts, pages)
    return 0


def count_file(counts: Counts, file: str, printed: dict[int, Printed], source: SourceText) -> None:
    """Counts one file that was read."""
    reading = read(source.text, Hints(None, source.page_starts, {}, source.blocks, source.doubts, source.places))
    for number, page in printed.items():
        span = source.pages[number - 1]
        found = [one for one in reading.citations if one.kind == "number" and span.start <= one.start < span.end]
        _count_page(counts, f"{file} {number}", page, found)
        if page.own is not None:
            _count_own(counts, file, page.own, reading.own)


def _count_page(counts: Counts, where: str, page: Printed, found: list[Citation]) -> None:
    left = list(found)
    counts.printed += len(page.cites)
    for number, date in page.cites:
        twins = [one for one in left if (one.number or "").lower() == number.lower()]
        if not twins:
            counts.missed.append(f"{where}: {number}")
            continue
        best = max(twins, key=lambda one: (one.date == date, not _DOUBTFUL & set(one.notes)))
        left.remove(best)
        counts.right += 1
        counts.doubtful += bool(_DOUBTFUL & set(best.notes))
        counts.sure[_bucket(best.confidence), True] += 1
        if date != "?":
            counts.dated += 1
            counts.dates += best.date == date
            if best.date not in (None, date) and "date_doubtful" not in best.notes:
                counts.wrong_dates.append(f"{where}: {number} {best.date} for {date}")
    for one in left:
        counts.doubtful += bool(_DOUBTFUL & set(one.notes))
        counts.sure[_bucket(one.confidence), False] += 1
        if "number_doubtful" not in one.notes:
            counts.wrong.append(f"{where}: {one.number}")


def _count_own(counts: Counts, file: str, printed: tuple[str, str], own: OwnIdentity | None) -> None:
    """A number entered by pen must be left blank; of its date the print alone is wanted."""
    counts.own += 1
    number, date = printed
    said = None if own is None else own.number
    day = None if own is None else own.date
    is_right = said == number or (number.startswith("?") and (said is None or not said[:1].isdigit()))
    if is_right and day in (None, date):
        counts.own_right += 1
    else:
        counts.own_wrong.append(f"{file}: {said} {day} for {number} {date}")


def _bucket(confidence: float) -> int:
    return next(at for at in range(len(_BOUNDS) - 1) if confidence < _BOUNDS[at + 1])


def _print(counts: Counts, pages: int) -> None:
    cited = counts.right + len(counts.wrong)
    print(f"{pages} pages, {counts.printed} numbers printed")
    print(f"precision of what is not marked: {counts.right / max(cited, 1):.4f} ({counts.right} of {cited})")
    print(f"recall: {counts.right / max(counts.printed, 1):.4f}; doubtful: {counts.doubtful}")
    print(f"dates right: {counts.dates} of {counts.dated}; wrong and not marked: {len(counts.wrong_dates)}")
    print(f"headers right (what a pen entered left blank): {counts.own_right} of {counts.own}")
    for name in ("wrong", "missed", "wrong_dates", "own_wrong"):
        for one in getattr(counts, name):
            print(f"  {name}: {one}")
    print("| said to be | citations | right |\n|---|---|---|")
    for at in range(len(_BOUNDS) - 1):
        right, wrong = counts.sure[at, True], counts.sure[at, False]
        if right + wrong:
            share = right / (right + wrong)
            print(f"| {_BOUNDS[at]:.2f}–{min(_BOUNDS[at + 1], 1):.2f} | {right + wrong} | {share:.3f} |")
