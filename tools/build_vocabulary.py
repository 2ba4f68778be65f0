"""Count words and phrases of clean administrative texts: the closed vocabulary of the repaired text.

    python tools/build_vocabulary.py SHARED_FOLDER > kb/authority/data/vocabulary.tsv

A row is a phrase of one to three Vietnamese syllables and the number of documents it occurs in. The annotated gold
documents and texts that lost their diacritics are left out, and so are phrases that are another one with diacritics
lost or misread.
"""

from __future__ import annotations

import collections
import gzip
import json
import pathlib
import re
import sys
import unicodedata
from collections.abc import Iterator

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from kb.reading.text.syllables import is_syllable
from kb.reading.text.text_forms import fold

_RUN = re.compile(r"[^\W\d_]+(?:\s[^\W\d_]+)*")
_MARKS = re.compile(r"[\s*_|#>]+")
_LEAST = {1: 20, 2: 40, 3: 100}  # documents a phrase of so many syllables must occur in
_TWIN = {1: 20, 2: 10, 3: 10}  # so many times rarer than another phrase of the same letters: that one, damaged
_CLEAN = 1.22  # UTF-8 bytes per code point: Vietnamese prose has 1.3, the same text without diacritics 1.0


def texts(shared: pathlib.Path) -> Iterator[str]:
    gold = {
        json.loads(line)["document"] for line in (shared / "gold/plans.jsonl").read_text(encoding="utf-8").splitlines()
    }
    for path in sorted((shared / "corpus/plans").iterdir()):
        if path.name not in gold and path.suffix != ".jsonl":
            yield path.read_text(encoding="utf-8")
    for name in ("congbao_8chude", "vanban_chinhphu_2026"):
        with gzip.open(shared / f"corpus/bulk/{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line).get("text") or ""


def is_phrase(phrase: str) -> bool:
    """Every word is a Vietnamese syllable as the orthography allows it."""
    return all(is_syllable(word) for word in phrase.split())


def main() -> None:
    counts: collections.Counter[str] = collections.Counter()
    for text in texts(pathlib.Path(sys.argv[1])):
        if len(text.encode()) < _CLEAN * len(text):
            continue
        folded = _MARKS.sub(" ", unicodedata.normalize("NFC", text)).lower()
        seen: set[str] = set()
        for run in _RUN.finditer(folded):
            words = run[0].split()
            for size in _LEAST:
                seen.update(" ".join(words[at : at + size]) for at in range(len(words) - size + 1))
        counts.update(seen)
    best: dict[str, int] = {}
    for phrase, count in counts.items():
        plain = fold(phrase)
        best[plain] = max(best.get(plain, 0), count)
    print("phrase\tdocuments")
    for phrase, count in sorted(counts.items()):
        enough = count >= _LEAST[phrase.count(" ") + 1]
        if enough and is_phrase(phrase) and count * _TWIN[phrase.count(" ") + 1] >= best[fold(phrase)]:
            print(f"{phrase}\t{count}")


if __name__ == "__main__":
    main()
