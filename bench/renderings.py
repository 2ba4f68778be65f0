"""Scans that once lost something: one page rendered in every way, and pages made to be misread
(``bench._adversaries``), read and held against what was printed.

    python -m bench renderings              (or: python bench/renderings.py --only fax "red paragraph")

A number is lost silently where it was read wrong without a mark, or not read and named neither as a word in doubt
(``disputed_digits``) nor by a notice of its page. Then the calibration of what was said to be how sure, over all rows,
and the processor time of a clean page beside plain tesseract.
"""

from __future__ import annotations

import argparse
import collections
import re
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench._adversaries import ADVERSARIES, seed_of, text
from bench._printing import printed
from bench._renderings import RENDERINGS, TEXT
from bench.noise import PROJECT
from corpus.errors import Refused
from corpus.limits import Limits
from corpus.read import read_path
from corpus.scans import ocr, tesseract
from corpus.source_text import SourceText
from kb.model import Citation, Hints, Reading
from kb.reading import read

_SAYS_A_LOSS = frozenset(
    {"ink_unread", "low_confidence", "low_resolution", "unread_pages", "pictures_unread", "layer_unchecked",
     "page_time_ran_out", "time_ran_out"}
)  # fmt: skip
_BOUNDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)


@dataclass(slots=True)
class Row:
    """What came of one rendering."""

    name: str
    printed: int
    right: int
    doubtful: int
    wrong: list[str]
    unnamed: list[str]
    dates: int
    own: bool
    said: list[str]
    seconds: float

    @property
    def is_named(self) -> bool:
        return bool(_SAYS_A_LOSS & set(self.said)) or "refused" in self.said


def numbers(found: tuple[Citation, ...]) -> list[Citation]:
    return [one for one in found if one.kind == "number"]


def processor() -> float:
    """Processor seconds of this process and of those it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def made(name: str, folder: Path) -> tuple[Path, Reading]:
    """One rendering, and what is printed on it."""
    if name in RENDERINGS:
        return RENDERINGS[name](folder / "page"), read(TEXT, Hints("Ninh Thuận"))
    seed = seed_of(name)
    return ADVERSARIES[name](folder / "page", seed), read(text(seed), Hints("Ninh Thuận"))


def row_of(name: str, folder: Path, calibration: collections.Counter[tuple[int, bool]]) -> Row:
    """One rendering made, read and counted."""
    path, gold = made(name, folder)
    began = processor()
    try:
        source: SourceText = next(iter(read_path(path, limits=Limits())))
    except Refused as refused:
        said = ["refused", refused.notice.code]
        return Row(name, len(numbers(gold.citations)), 0, 0, [], [], 0, False, said, processor() - began)
    took = processor() - began
    hints = Hints("Ninh Thuận", source.page_starts, {}, source.blocks, source.doubts, source.places)
    reading = read(source.text, hints)
    own_number = gold.own.number if gold.own else None  # of a picture below other words it is no header's
    own = own_number is not None and reading.own is not None and reading.own.number == own_number
    said = sorted({notice.code for notice in source.notices})
    found = [one for one in numbers(reading.citations) if one.number != own_number]
    row = Row(name, len(numbers(gold.citations)), 0, 0, [], [], 0, own, said, took)
    printed = {one.number: one.date for one in numbers(gold.citations)}
    disputed = " ".join(notice.vi for notice in source.notices if notice.code == "disputed_digits")
    _count(row, printed, found, disputed)
    for one in found:
        calibration[_bucket(one.confidence), one.number in printed] += 1
    return row


def _count(row: Row, printed: dict[str | None, str | None], found: list[Citation], disputed: str) -> None:
    """What was found of what is printed, beside the words that a notice says are in doubt."""
    seen = {one.number: one for one in found if one.number in printed}
    others = [one for one in found if one.number not in printed]
    row.right, row.doubtful = len(seen), sum("number_doubtful" in one.notes for one in others)
    row.wrong = [str(one.number) for one in others if "number_doubtful" not in one.notes]
    row.unnamed = [number for number in printed if number and number not in seen and not _is_in(number, disputed)]
    row.dates = sum(one.date == printed[number] for number, one in seen.items())


def _is_in(number: str, disputed: str) -> bool:
    """Whether words said to be in doubt hold the digits of a number."""
    return bool(re.search(rf"(?<!\d){re.escape(re.split('[-/][A-ZĐ]', number)[0])}(?!\d)", disputed))


def _bucket(confidence: float) -> int:
    return next(at for at in range(len(_BOUNDS) - 1) if confidence < _BOUNDS[at + 1])


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", default=None, help="renderings by name")
    args = parser.parse_args(argv or [])
    if not ocr.available():
        print("skipped: it needs tesseract with its Vietnamese model")
        return 0
    calibration: collections.Counter[tuple[int, bool]] = collections.Counter()
    print(f"second recogniser: {'yes' if ocr.votes_on_digits() else 'no'}")
    print("| rendering | numbers right | dates | wrong, marked | wrong | own number | said | processor s |")
    print("|---|---|---|---|---|---|---|---|")
    silent = []
    for name in args.only or [*RENDERINGS, *ADVERSARIES]:
        with tempfile.TemporaryDirectory() as folder:
            row = row_of(name, Path(folder), calibration)
        print(
            f"| {name} | {row.right} of {row.printed} | {row.dates} | {row.doubtful} | {', '.join(row.wrong) or 0} | "
            f"{'right' if row.own else '–'} | {', '.join(row.said) or '–'} | {row.seconds:.1f} |",
            flush=True,
        )
        if row.unnamed:
            print(f"  not read: {', '.join(row.unnamed)}", flush=True)
        if (row.unnamed or row.wrong) and not row.is_named:
            silent.append(name)
    print(f"silent losses: {', '.join(silent) or 'none'}")
    _print_calibration(calibration)
    _print_cost()
    return 1 if silent else 0


def _print_calibration(calibration: collections.Counter[tuple[int, bool]]) -> None:
    """How often citations said to be so sure are right."""
    print("\n| said to be | citations | right |\n|---|---|---|")
    for at in range(len(_BOUNDS) - 1):
        right, wrong = calibration[at, True], calibration[at, False]
        if right + wrong:
            print(
                f"| {_BOUNDS[at]:.2f}–{min(_BOUNDS[at + 1], 1):.2f} | {right + wrong} | {right / (right + wrong):.3f} |"
            )


def _print_cost() -> None:
    """Processor time of a clean page of a bundled text, read and read by plain tesseract alone."""
    sample = (PROJECT / "corpus" / "samples" / "tw-24-2014-nd-cp.txt").read_text(encoding="utf-8")
    picture = printed(sample, most_pages=2)[-1].picture
    ocr.read_picture(picture.crop((0, 0, picture.width, 600)), 100)  # both recognisers in memory
    began = processor()
    tesseract.words(picture, 1.0, time.monotonic() + 100)
    plain = processor() - began
    began = processor()
    ocr.read_picture(picture, 100)
    ours = processor() - began
    print(f"\nprocessor time of a clean page: {ours:.2f} s, plain tesseract {plain:.2f} s, ratio {ours / plain:.2f}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
