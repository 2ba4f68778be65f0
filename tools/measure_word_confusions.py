"""Measure what an English model makes of printed Vietnamese letters: ``kb/authority/data/word_confusions.tsv``.

    python tools/measure_word_confusions.py SHARED_FOLDER [DOCUMENTS] > kb/authority/data/word_confusions.tsv

Prints clean documents (never the annotated gold ones), scans them badly, has Tesseract read them as English and aligns
the words; ``domain/ocr_confusions.tsv``, counted by hand on other scans, is joined. A row says that a true letter is
seen as one or two characters (lower case, diacritics dropped), how often, of how many, and the negative logarithm of
the share.
"""

from __future__ import annotations

import collections
import difflib
import itertools
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

from rapidfuzz.distance import Levenshtein

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from bench._printing import degraded, printed
from kb.reading.text.text_forms import fold

_WORD = re.compile(r"[a-zà-ỹđ]+[,.;:)]*\Z")
_STRENGTHS = (0.8, 1.3)
_LEAST_COUNT = 3
_LEAST_SHARE = 0.004


def read_as_english(picture: object) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "page.png")
        picture.save(path)  # type: ignore[attr-defined]
        done = subprocess.run(
            ["tesseract", str(path), "-", "-l", "eng", "--psm", "6"], capture_output=True, text=True, timeout=300
        )
    return done.stdout


def pairs(true: list[str], seen: list[str]) -> collections.Counter[tuple[str, str]]:
    found: collections.Counter[tuple[str, str]] = collections.Counter()
    matcher = difflib.SequenceMatcher(None, [fold(w) for w in true], [fold(w) for w in seen], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag in ("equal", "replace") and i2 - i1 == j2 - j1:
            for word, read in zip(true[i1:i2], seen[j1:j2], strict=True):
                if Levenshtein.normalized_similarity(fold(word), fold(read)) >= 0.4:
                    found[word.lower(), read.lower()] += 1
    return found


def letters(
    word: str, seen: str, times: int, subs: collections.Counter[tuple[str, str]], total: collections.Counter[str]
) -> None:
    """Count the letters of one aligned word; an added character belongs to the accented letter beside it."""
    for ch in word:
        total[ch] += times
    table: list[tuple[str, str]] = [(ch, "") for ch in word]
    plain = fold(word)
    for op in Levenshtein.opcodes(plain, seen):
        part = seen[op.dest_start : op.dest_end]
        if op.tag == "equal" or (op.tag == "replace" and len(part) == op.src_end - op.src_start):
            for at, ch in zip(range(op.src_start, op.src_end), part, strict=True):
                table[at] = (word[at], table[at][1] + ch)
        elif op.tag == "insert" and word:
            at = beside(word, op.src_start)
            table[at] = (word[at], part + table[at][1] if at == op.src_start else table[at][1] + part)
    for ch, read in table:
        if read != fold(ch) and len(read) <= 2:
            subs[ch, read] += times


def beside(word: str, place: int) -> int:
    """The letter that a character added at ``place`` belongs to: the accented one of the two beside it."""
    both = [at for at in (place, place - 1) if 0 <= at < len(word)]
    return next((at for at in both if not word[at].isascii()), both[0])


Counts = dict[tuple[str, str], tuple[int, int]]


def published(shared: pathlib.Path) -> Counts:
    """(count, total) measured by hand on other scans, for each (true letter, seen)."""
    found: Counts = {}
    for line in (shared / "domain/ocr_confusions.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        true, seen, count, of = line.split("\t")[:4]
        if (
            len(true) == 1
            and true.isalpha()
            and true == true.lower()
            and len(fold(seen)) <= 2
            and fold(seen) != fold(true)
        ):
            known = found.get((true, fold(seen)), (0, 0))[0]
            found[true, fold(seen)] = (known + int(count), int(of))
    return found


def table(measured: Counts, by_hand: Counts) -> list[str]:
    """The rows of the data file: scanners differ, so of two measurements the larger share counts."""
    rows = []
    for true, seen in sorted({*measured, *by_hand}):
        count, of = max(
            (c for c in (measured.get((true, seen)), by_hand.get((true, seen))) if c), key=lambda c: c[0] / c[1]
        )
        if count >= _LEAST_COUNT - (of < 100) and count / of >= _LEAST_SHARE:
            rows.append(f"{true}\t{seen}\t{count}\t{of}\t{-math.log(count / of):.2f}")
    return rows


def main() -> None:
    shared = pathlib.Path(sys.argv[1])
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else 24
    gold = {json.loads(line)["document"] for line in (shared / "gold/plans.jsonl").open(encoding="utf-8")}
    names = [p for p in sorted((shared / "corpus/plans").iterdir()) if p.name not in gold and p.suffix != ".jsonl"]
    counted: collections.Counter[tuple[str, str]] = collections.Counter()
    for seed, path in enumerate(itertools.islice(names, 0, None, max(1, len(names) // wanted))):
        text = re.sub(r"[*|#_>]", " ", unicodedata.normalize("NFC", path.read_text(encoding="utf-8")))
        for strength, sheet in itertools.product(_STRENGTHS, printed(text, 1)):
            read = read_as_english(degraded(sheet.picture, strength, seed))
            counted += pairs(" ".join(sheet.lines).split(), read.split())
    subs: collections.Counter[tuple[str, str]] = collections.Counter()
    total: collections.Counter[str] = collections.Counter()
    for (word, read), times in counted.items():
        if _WORD.match(word):
            letters(word.rstrip(",.;:)"), fold(read).rstrip(",.;:)"), times, subs, total)
    measured = {key: (count, total[key[0]]) for key, count in subs.items()}
    print("# Letters as an English recognition model reads them on degraded prints; cost = -ln(count / total).")
    print("true\tseen\tcount\ttotal\tcost")
    print("\n".join(table(measured, published(shared))))


if __name__ == "__main__":
    main()
