"""How sure joins by title are: programmes named in titles of numbered citations, each taken for a name without number.

    python tools/measure_programmes.py [--shared DIR]

Two titles under one key (place, type, period) whose names score as one should be of one number. Prints how many of
the pairs are, at several scores, and every pair of two numbers at or above ``JOINED``; then how many programmes are
cited by name.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import sys
from collections import defaultdict
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from kb.identity.key import PROGRAMME_TYPES, identify_citation  # noqa: E402  the project is run from its checkout
from kb.identity.programme_names import JOINED, ProgrammeName, alike, name_in, name_key  # noqa: E402
from kb.reading import read  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(os.environ.get("CANCU_SHARED") or PROJECT.parent / "shared")
    parser.add_argument("--shared", type=Path, default=default)
    corpus = parser.parse_args().shared / "corpus"
    if not corpus.is_dir():
        print(
            f"the real documents are not here: {corpus} (set CANCU_SHARED to the folder that holds it)", file=sys.stderr
        )
        return 3
    plans = [path.read_text("utf-8") for path in sorted((corpus / "plans").iterdir()) if path.suffix in (".md", ".txt")]
    with gzip.open(corpus / "bulk" / "congbao_8chude.jsonl.gz", "rt", encoding="utf-8") as lines:
        gazette = [json.loads(line)["text"] for line in lines]
    titled: Titled = defaultdict(lambda: defaultdict(set))
    for collection, texts in (("plans", plans), ("gazette", gazette)):
        alone, numbered = collect(texts, titled)
        print(f"{collection}: {len(texts)} texts, {alone} programmes by name only, {numbered} in front of a number")
    compare(titled)
    names = [sorted(numbers) for names in titled.values() for numbers in names.values()]
    print(f"{len(names)} names, {sum(len(numbers) > 1 for numbers in names)} of more than one number:")
    print(*(" ".join(numbers) for numbers in names if len(numbers) > 1), sep="\n")
    return 0


Titled = dict[str, dict[ProgrammeName, set[str]]]
"""Key of a name → the names under it → the numbers of the documents that bear one."""


def collect(texts: list[str], titled: Titled) -> tuple[int, int]:
    """Put the names in titles of numbered citations into ``titled``; returns how many programmes are cited by name
    only, and how many in front of a number."""
    named = [0, 0]
    for text in texts:
        reading = read(text)
        for one in reading.citations:
            if one.kind == "named" and (one.number or one.type in PROGRAMME_TYPES):
                named[one.number is not None] += 1
            name, identity = name_in(one.title), identify_citation(one, reading.own)
            if one.kind == "number" and one.number and name and identity:
                titled[name_key(name, identity.place, identity.unit)][name].add(one.number)
    return named[0], named[1]


def compare(titled: Titled) -> None:
    """Print how the names under one key score, by whether they are of one number."""
    bins: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for key, names in titled.items():
        place = tuple(key.partition("/")[0].split("-"))
        for first, second in itertools.combinations(names, 2):
            score = alike(first, second, place)
            same = bool(names[first] & names[second])
            bins[f"{int(score * 10) / 10:.1f}"][same] += 1
            if score >= JOINED and not same:
                print(
                    f"{score:.3f}",
                    sorted(names[first]),
                    " ".join(first.words),
                    sorted(names[second]),
                    " ".join(second.words),
                )
    for at, (different, agreeing) in sorted(bins.items(), reverse=True):
        print(f"score {at}: {agreeing} pairs of one number, {different} of two")


if __name__ == "__main__":
    sys.exit(main())
