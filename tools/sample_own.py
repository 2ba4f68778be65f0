"""Draw documents whose own fields are to be judged by reading, and the rates of the judgements made.

    python tools/sample_own.py draw [--shared DIR] [--plans 60] [--gazette 40] > own.txt
    python tools/sample_own.py rates

``draw`` takes documents without gold and without annotation, in a fixed order (the hash of the seed and the name), and
prints what the reader says of each beside its head and the place of its signature. ``rates`` counts
``tools/judged/own.tsv``, with 95 % intervals (Wilson).
"""

from __future__ import annotations

import argparse
import heapq
import json
import os
from collections import Counter
from pathlib import Path

from sample_citations import JUDGED, PROJECT, documents, flat, rank, rows, share

from kb.reading import read

SEED = "cancu-own-1"
FIELDS = ("type", "number", "date", "body", "province", "title", "signer")
HEAD, END = 620, 420  # code points shown of the head and around the signature


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("draw", "rates"))
    parser.add_argument(
        "--shared", type=Path, default=Path(os.environ.get("CANCU_SHARED") or PROJECT.parent / "shared")
    )
    parser.add_argument("--plans", type=int, default=60, help="documents of corpus/plans")
    parser.add_argument("--gazette", type=int, default=40, help="texts of bulk/congbao_8chude")
    args = parser.parse_args()
    if args.what == "rates":
        rates(JUDGED / "own.tsv")
    else:
        draw(args.shared, {"plans": args.plans, "congbao": args.gazette})
    return 0


def draw(shared: Path, wanted: dict[str, int]) -> None:
    """Print the sample: what is read of each document, its head and where its signature stands."""
    seen = {
        json.loads(line)["document"]
        for path in (PROJECT / "tests/data").glob("annotated_*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    texts = [one for one in documents(shared) if one[1] not in seen]
    for collection, size in wanted.items():
        some = [one for one in texts if one[0] == collection]
        for _, name, text in heapq.nsmallest(size, some, key=lambda one: rank(one[1], seed=SEED)):
            print(told(collection, name, text))


def told(collection: str, name: str, text: str) -> str:
    """One document of the sample, in a few lines."""
    own = read(text).own
    fields = "none" if own is None else " · ".join(f"{field}={getattr(own, field)}" for field in FIELDS)
    signer = text.find(own.signer.split()[-1], HEAD) if own and own.signer else -1
    at = signer if signer >= 0 else max(text.find("Nơi nhận"), text.find("./."), len(text) - END // 2)
    motto = max(0, text.upper().find("CỘNG HÒA") - HEAD // 4) if collection == "congbao" else 0
    return (
        f"## {collection} {name}\n{fields}\n< {flat(text, motto, motto + HEAD)}\n"
        f"> {flat(text, at - END // 2, at + END // 2)}\n"
    )


def rates(path: Path) -> None:
    """The share right of each field, by collection and together."""
    judged = rows(path)
    for collection in ("congbao", "plans", ""):
        some = [row for row in judged if row["collection"] == collection or not collection]
        print(f"\n{collection or 'together'}: {len(some)} documents\n\n| field | right | of | share | 95 % |")
        print("|---|---|---|---|---|")
        for field in FIELDS:
            counted = [row for row in some if field not in row["unsure"].split(",")]
            print(share(field, sum(field not in row["wrong"].split(",") for row in counted), len(counted)))
        print(share("all fields", sum(not row["wrong"] for row in some), len(some)))
    classes = Counter(row["class"] for row in judged if row["class"])
    print("\n| class of error | documents |\n|---|---|")
    print("\n".join(f"| {name} | {count} |" for name, count in classes.most_common()))


if __name__ == "__main__":
    raise SystemExit(main())
