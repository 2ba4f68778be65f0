"""Draw signed papers that nobody changed, tell every error and warning of the check on them, and count what was judged.

    python -m tools.sample_checks draw --kb BASE --seed 21 SHARED > found.tsv
    python -m tools.sample_checks count tools/judged/checks_21.tsv

``draw`` takes, by the seed, 30 normative papers, 40 administrative, 15 of the Party, of its Front or joint, and 15
letters (fewer where the collection has no more) from the plans, the gazette and the texts of 2026 of ``SHARED``, and
prints a row for each error and warning: paper, class, line, code, severity, what is said, the words around it; a paper
without any has a row with its class alone. Judged by reading, each row gets ``true`` or ``false`` and a reason in two
more columns; ``count`` prints the shares.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import orjson

from kb.checking.draft_class import draft_class
from kb.reading import read
from kb.service import KnowledgeBase
from tools.mistakes.__main__ import checked

QUOTAS = {"normative": 30, "administrative": 40, "party": 15, "letter": 15}
AS_ONE = {"joint": "party"}
HEADS = ("paper", "class", "line", "code", "severity", "said", "words", "verdict", "reason")
HEAD, MOST_CHARACTERS, AROUND = 3000, 60_000, 130
BULK = {"congbao_8chude.jsonl.gz": "slug", "vanban_chinhphu_2026.jsonl.gz": "file"}


def papers(shared: Path) -> Iterator[tuple[str, str]]:
    """Every paper of the collection with its name."""
    for path in sorted((shared / "corpus" / "plans").iterdir()):
        if path.suffix in (".txt", ".md"):
            yield path.name, path.read_text(encoding="utf-8")
    for name, key in BULK.items():
        with gzip.open(shared / "corpus" / "bulk" / name) as file:
            for one in map(orjson.loads, file):
                yield one[key], one["text"]


def drawn(shared: Path, seed: int, judged: frozenset[str], lengths: tuple[int, int]) -> Iterator[tuple[str, str, str]]:
    """The papers of one sample: name, class, text; none that was ``judged`` before, all of such ``lengths``."""
    least, most = lengths
    every = [one for one in papers(shared) if least <= len(one[1]) <= most and one[0] not in judged]
    left = dict(QUOTAS)
    for name, text in random.Random(seed).sample(every, len(every)):
        told = draft_class(read(text[:HEAD]).own)
        kind = AS_ONE.get(told, told)
        if left.get(kind, 0):
            left[kind] -= 1
            yield name, kind, text
        if not any(left.values()):
            return


def draw(base: KnowledgeBase, shared: Path, seed: int, judged: frozenset[str], lengths: tuple[int, int]) -> None:
    """Print the sample."""
    writer = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    writer.writerow(HEADS)
    for name, kind, text in drawn(shared, seed, judged, lengths):
        grave = [one for one in checked(base, text).findings if one.severity in ("error", "warning")]
        for one in grave:
            start, end = one.places[0].start, one.places[0].end
            words = " ".join(text[max(0, start - AROUND) : end + AROUND].split())
            writer.writerow((name, kind, one.places[0].line, one.code, one.severity, one.text("vi"), words, "", ""))
        if not grave:
            writer.writerow((name, kind, "", "", "", "", "", "", ""))
        sys.stdout.flush()


def _rows(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def count(path: Path) -> None:
    """Print the shares of what was judged."""
    rows = _rows(path)
    classes = Counter({row["paper"]: row["class"] for row in rows}.values())
    told = [row for row in rows if row["code"]]
    print(f"{sum(classes.values())} papers: " + ", ".join(f"{count} {kind}" for kind, count in classes.most_common()))
    for severity in ("error", "warning"):
        of_it = [row for row in told if row["severity"] == severity]
        true = sum(row["verdict"] == "true" for row in of_it)
        print(f"{severity}: {true} of {len(of_it)} true" + (f" = {true / len(of_it):.3f}" if of_it else ""))
    print(f"{len(told) / sum(classes.values()):.2f} a paper")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    acts = parser.add_subparsers(dest="act", required=True)
    drawing = acts.add_parser("draw")
    drawing.add_argument("--kb", required=True)
    drawing.add_argument("--seed", type=int, required=True)
    drawing.add_argument("--but", type=Path, nargs="*", default=[], help="verdicts on papers that are not drawn again")
    drawing.add_argument(
        "--lengths", type=int, nargs=2, default=(0, MOST_CHARACTERS), help="code points of the shortest and the longest"
    )
    drawing.add_argument("shared", type=Path)
    acts.add_parser("count").add_argument("judged", type=Path)
    args = parser.parse_args()
    if args.act == "count":
        count(args.judged)
    else:
        judged = frozenset(row["paper"] for path in args.but for row in _rows(path))
        draw(KnowledgeBase.open(args.kb), args.shared, args.seed, judged, tuple(args.lengths))
    return 0


if __name__ == "__main__":
    sys.exit(main())
