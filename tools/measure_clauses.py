"""How well clauses that extend, suspend or guide are read: real ones, labelled by reading before the reader was run.

    python tools/measure_clauses.py [--shared DIR] [--errors]

``tools/judged/clauses.tsv`` names each clause by its place (collection of ``corpus/bulk``, record, first and last code
point), with the number of the document that it stands in (nothing where the clause is its head) and the acts that it
states ("relation target"; nothing where it only looks like one). Printed by relation: how many are labelled, how many
of them are found (recall), and how many are found that are not labelled.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
from collections import Counter
from itertools import repeat
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(PROJECT), str(PROJECT / "tools")]

from measure_acts import Act, found_in, key  # noqa: E402  the project is run from its checkout
from sample_citations import JUDGED, rows  # noqa: E402

from kb.authority import types  # noqa: E402
from kb.reading.numbers.parse_number import parse_number  # noqa: E402

Wanted = tuple[str, str]
"""A relation and the document that it is upon."""
KINDS = ("extends", "guides", "suspends")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--shared", type=Path, default=Path(os.environ.get("CANCU_SHARED") or PROJECT.parent / "shared")
    )
    parser.add_argument("--errors", action="store_true", help="name the clauses read otherwise than labelled")
    args = parser.parse_args()
    labelled = rows(JUDGED / "clauses.tsv")
    texts = texts_of(args.shared / "corpus" / "bulk", {(row["corpus"], int(row["record"])) for row in labelled})
    counts: Counter[tuple[str, str]] = Counter()
    for row in labelled:
        missing, extra = compare(row, texts[row["corpus"], int(row["record"])], counts)
        if args.errors and (missing or extra):
            print(f"{row['corpus']} {row['record']} {row['start']}: - {sorted(missing)} + {extra}")
    print("| relation | labelled | found | recall | found, not labelled |\n|---|---|---|---|---|")
    for kind in KINDS:
        of, hit = counts[kind, "labelled"], counts[kind, "found"]
        print(f"| {kind} | {of} | {hit} | {hit / max(1, of):.3f} | {counts[kind, 'not labelled']} |")
    return 0


def compare(row: dict[str, str], text: str, counts: Counter[tuple[str, str]]) -> tuple[set[Wanted], list[str]]:
    """What of a labelled clause is missing, and what is found and not labelled; both are counted."""
    clause = text[int(row["start"]) : int(row["end"])]
    wanted = stated(row["acts"])
    found = own_acts(row["own"], clause)
    told = {(kind, name) for act in found for kind in act.relations for name in act.targets}
    missing = {one for one in wanted if (one[0], key(one[1])) not in told}
    known = {(kind, key(target)) for kind, target in wanted}
    extra = [act for act in found if act.relations & set(KINDS) and not _is_known(act, known)]
    for named, kinds in (
        ("labelled", [kind for kind, _ in wanted]),
        ("found", [kind for kind, _ in wanted - missing]),
        ("not labelled", [min(act.relations) for act in extra]),
    ):
        counts.update(zip(kinds, repeat(named), strict=False))
    return missing, [f"{min(act.relations)} {min(act.targets)}" for act in extra]


def own_acts(own: str, clause: str) -> list[Act]:
    """The acts of a clause that the document in which it stands does itself."""
    return [act for act in found_in((header(own) if own else "") + clause) if not act.actors]


def stated(acts: str) -> set[Wanted]:
    """The acts of a row of the labels."""
    parts = (act.strip().partition(" ") for act in acts.split(";") if act.strip())
    return {(kind, target) for kind, _, target in parts}


def _is_known(act: Act, known: set[Wanted]) -> bool:
    return any((kind, name) in known for kind in act.relations for name in act.targets)


def texts_of(folder: Path, wanted: set[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The texts of these records."""
    found = {}
    for name in sorted({name for name, _ in wanted}):
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for at, line in enumerate(lines):
                if (name, at) in wanted:
                    found[name, at] = json.loads(line)["text"]
    return found


def header(own: str) -> str:
    """The head of a document, so that a clause knows where it stands; a type may stand before its number."""
    type_words, _, number = own.rpartition(" ")
    parsed = parse_number(number)
    type_name = type_words or (types.by_id(parsed.type).name if parsed and parsed.type else "Văn bản")
    head = f"Số: {number}\nHà Nội, ngày 15 tháng 6 năm {number.split('/')[1]}\n{type_name.upper()}\n"
    return f"{head}Quy định một số nội dung\n\nĐiều 1. Quy định chung\n"


if __name__ == "__main__":
    raise SystemExit(main())
