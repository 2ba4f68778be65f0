"""Recall of the references labelled in the sentences of VNLegalText, by kind of document.

    python tools/measure_named.py SHARED_FOLDER [--missed] [--extra N]

A labelled span counts as found where a citation overlaps it. ``--missed`` prints the spans not found with their
sentence; ``--extra N`` prints N findings outside every labelled span, drawn at random with a fixed seed, to be judged
by reading: the labels are partial.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import pathlib
import random
import sys
from collections.abc import Iterator
from typing import NamedTuple

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from kb.reading import read

_FILE = "corpus/vnlegaltext/sentences_dev.jsonl.gz"
_SEED = 12


class Span(NamedTuple):
    """A piece of a sentence and, where it is labelled, its kind of document."""

    start: int
    end: int
    label: str = ""


def sentences(shared: pathlib.Path) -> Iterator[tuple[str, list[Span]]]:
    """(text, labelled spans); the underscore that joins the syllables of a word is the blank it stands for."""
    with gzip.open(shared / _FILE, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            marks = [result["value"] for annotation in row["annotations"] for result in annotation["result"]]
            spans = [Span(mark["start"], mark["end"], mark["labels"][0]) for mark in marks if mark.get("labels")]
            yield row["data"]["value"].replace("_", " "), spans


def overlaps(span: Span, others: list[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def shown(text: str, span: Span) -> str:
    before, after = text[max(0, span.start - 90) : span.start], text[span.end : span.end + 60]
    return f"{span.label or '-'}\t{before}[[{text[span.start : span.end]}]]{after}".replace("\n", " ")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=pathlib.Path)
    parser.add_argument("--missed", action="store_true")
    parser.add_argument("--extra", type=int, default=0, metavar="N")
    options = parser.parse_args()
    labelled: collections.Counter[str] = collections.Counter()
    found: collections.Counter[str] = collections.Counter()
    missed: list[str] = []
    extra: list[str] = []
    for text, spans in sentences(options.shared):
        read_here = [Span(citation.start, citation.end) for citation in read(text).citations]
        for span in spans:
            kinds = ["all", "with a digit" if any(map(str.isdigit, text[span.start : span.end])) else "by name alone"]
            hit = overlaps(span, read_here)
            for kind in (span.label, *kinds):
                labelled[kind] += 1
                found[kind] += hit
            if not hit:
                missed.append(shown(text, span))
        extra += [shown(text, span) for span in read_here if not overlaps(span, spans)]
    print("references\tlabelled\tfound\trecall")
    for kind, count in labelled.most_common():
        print(f"{kind}\t{count}\t{found[kind]}\t{found[kind] / count:.4f}")
    print(f"not labelled\t{len(extra)}")
    if options.missed:
        print(*missed, sep="\n")
    if options.extra:
        print(*random.Random(_SEED).sample(extra, min(options.extra, len(extra))), sep="\n")


if __name__ == "__main__":
    main()
