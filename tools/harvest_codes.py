"""Count the parts of document codes in clean texts: the vocabulary behind ``kb/authority/data/code_parts.tsv``.

    python tools/harvest_codes.py SHARED_FOLDER > kb/authority/data/code_parts.tsv

The annotated gold documents are left out, so that what is measured on them was not learnt from them.
"""

from __future__ import annotations

import collections
import gzip
import json
import pathlib
import re
import sys
from collections.abc import Iterator

_NUMBER = re.compile(
    r"(?<![\w/])\d{1,6}[a-zđ]?\s?[-/]\s?(?:\d{4}\s?[-/]\s?)?([A-ZĐ][A-Za-zĐđ&0-9]*(?:\s?[-/_.]\s?[A-ZĐ][A-Za-zĐđ&0-9]*){0,4})"
)
_SPLIT = re.compile(r"\s?[-/_.]\s?")


def texts(shared: pathlib.Path) -> Iterator[str]:
    gold = {
        json.loads(line)["document"] for line in (shared / "gold/plans.jsonl").read_text(encoding="utf-8").splitlines()
    }
    for path in sorted((shared / "corpus/plans").iterdir()):
        if path.name not in gold and path.suffix != ".jsonl":
            yield path.read_text(encoding="utf-8")
    for path in sorted((shared / "corpus/bulk").glob("*.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield "\n".join(str(value) for value in record.values() if isinstance(value, str))


def main() -> None:
    table = str.maketrans({"Ð": "Đ", "ð": "đ", "–": "-", "—": "-", "‑": "-", "\xa0": " "})
    counts: collections.Counter[tuple[str, str]] = collections.Counter()
    for text in texts(pathlib.Path(sys.argv[1])):
        for match in _NUMBER.finditer(text.translate(table)):
            parts = _SPLIT.split(match.group(1))
            if len(parts) == 1 and not parts[0].startswith(("QH", "UBTVQH")):
                continue
            for place, part in enumerate(parts):
                if sum(ch.isupper() for ch in part) >= 2 and len(part) <= 16:
                    counts[("first" if place == 0 else "later", part)] += 1
    print("place\tpart\tcount")
    for (place, part), count in sorted(counts.items(), key=lambda item: (item[0][0], -item[1], item[0][1])):
        if count >= 2:
            print(f"{place}\t{part}\t{count}")


if __name__ == "__main__":
    main()
