"""Draw citations and stretches without any, to be judged by reading; and the rates of the judgements made.

    python tools/sample_citations.py draw [--shared DIR] [--each 160] [--stretches 100] [--strong 120] > sample.txt
    python tools/sample_citations.py rates
    python tools/sample_citations.py draw|rates --seed cancu-3        another sample, and what was judged of it

``draw`` reads all documents without gold (``corpus/plans`` and ``bulk/congbao_8chude``) and prints the same sample
each time: every citation has a place in a fixed order, the hash of the seed, its document and its offset, and the
first of each collection are taken. A reader that finds one citation more changes the sample by one at most.
``rates`` counts ``tools/judged/citations.tsv`` and ``stretches.tsv``, with 95 % intervals (Wilson); of another seed
``citations_SEED.tsv``, whose column ``wrong_before`` tells what an earlier reading had got wrong of the same sample.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import heapq
import json
import math
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from kb.model import Citation, Reading  # noqa: E402  the project is run from its checkout
from kb.reading import read  # noqa: E402

SEED = "cancu-1"
JUDGED = Path(__file__).with_name("judged")
FIELDS = ("citation", "number", "date", "body", "province", "unit", "relation", "inverse", "title")
STRETCH = 600  # code points
COLLECTIONS = ("congbao", "plans")
_SIGNS = re.compile(r"\d\s?/|luật|nghị định|quyết định", re.IGNORECASE)
_STRONG_SIGNS = re.compile(  # an ordinal with a code, a type word with a name or "số 5", a standard
    r"\d\s?[/-]\s?(?:\d{4}\s?[/-]\s?)?(?:[A-ZĐ]{2,}|TTr|QĐ)[A-Za-zĐđ&]*"
    r"|\b(?:Luật|Bộ luật|Pháp lệnh|Nghị định|Quyết định|Thông tư|Nghị quyết|Chỉ thị|Kết luận|Công văn|Kế hoạch|Tờ trình"
    r"|Chương trình)\s+(?:số\s*\d|[A-ZĐ])|(?:TCVN|QCVN|ISO)"
)
_KINDS = ("number", "named", "standard")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("draw", "rates"))
    parser.add_argument(
        "--shared", type=Path, default=Path(os.environ.get("CANCU_SHARED") or PROJECT.parent / "shared")
    )
    parser.add_argument("--each", type=int, default=160, help="citations of each collection")
    parser.add_argument("--stretches", type=int, default=100, help="half of them with digits and slashes or type words")
    parser.add_argument("--strong", type=int, default=120, help="stretches with an ordinal and a code or a name")
    parser.add_argument("--seed", default=SEED)
    args = parser.parse_args()
    if args.what == "rates" and args.seed != SEED:
        judged = JUDGED / f"citations_{args.seed}.tsv"
        print("# before")
        rates(judged, wrong="wrong_before")
        print("\n# after")
        rates(judged)
        return 0
    if args.what == "rates":
        rates(JUDGED / "citations.tsv")
        missed_rates(JUDGED / "stretches.tsv")
        return 0
    if not (args.shared / "corpus").is_dir():
        print(f"the documents are not here: {args.shared} (set CANCU_SHARED to their folder)", file=sys.stderr)
        return 3
    draw(args.shared, args.each, args.stretches, args.strong, args.seed)
    return 0


def documents(shared: Path) -> Iterator[tuple[str, str, str]]:
    """Collection, name and text of every document without gold."""
    lines = (shared / "gold/plans.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {Path(json.loads(line)["document"]).name for line in lines if line.strip()}
    for path in sorted((shared / "corpus/plans").iterdir()):
        if path.name not in gold and path.suffix in (".txt", ".md"):
            yield "plans", path.name, path.read_bytes().decode("utf-8")
    with gzip.open(shared / "corpus/bulk/congbao_8chude.jsonl.gz", "rt", encoding="utf-8") as records:
        for record in map(json.loads, records):
            yield "congbao", record["slug"], record["text"]


def rank(*parts: object, seed: str = SEED) -> int:
    """The place of something in the fixed random order."""
    return int.from_bytes(hashlib.sha256("|".join(map(str, (seed, *parts))).encode()).digest()[:8])


class Sample:
    """The first items of a fixed random order, kept as they are told."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.kept: list[tuple[int, str]] = []

    def wants(self, place: int) -> bool:
        return len(self.kept) < self.most or -place > self.kept[0][0]

    def add(self, place: int, shown: str) -> None:
        heapq.heappush(self.kept, (-place, shown))
        if len(self.kept) > self.most:
            heapq.heappop(self.kept)

    def show(self, heading: str) -> None:
        print(f"##### {heading}: {len(self.kept)}\n")
        print("\n".join(shown for _, shown in sorted(self.kept, reverse=True)))


def draw(shared: Path, each: int, stretches: int, strong: int, seed: str) -> None:
    """Read every document and print the samples."""
    citations = {name: Sample(each) for name in COLLECTIONS}
    plain = {signs: Sample(stretches // 2) for signs in ("without", "with")}
    marked = {name: Sample(strong // 2) for name in COLLECTIONS}
    found: Counter[str] = Counter()
    for collection, name, text in documents(shared):
        reading = read(text)
        cited = [c for c in reading.citations if c.kind in _KINDS]
        found[collection] += len(cited)
        for one in cited:
            place = rank("citation", name, one.start, seed=seed)
            if citations[collection].wants(place):
                citations[collection].add(place, told(name, text, reading, one))
        for start, end in empty_stretches(text, cited):
            shown = f"=== {name} {start}\n{flat(text, start, end)}\n"
            signs = "with" if _SIGNS.search(text, start, end) else "without"
            plain[signs].add(rank("stretch", name, start, seed=seed), shown)
            if _STRONG_SIGNS.search(text, start, end):
                found[f"{collection}, stretches"] += 1
                marked[collection].add(rank("hard", name, start, seed=seed), shown)
    for name, sample in citations.items():
        sample.show(f"{name}, of {found[name]} citations")
    for signs, sample in plain.items():
        sample.show(f"stretches without a citation, {signs} signs of one")
    for name, sample in marked.items():
        sample.show(f"{name}, of {found[f'{name}, stretches']} stretches without a citation, strong signs of one")


def empty_stretches(text: str, cited: list[Citation]) -> Iterator[tuple[int, int]]:
    """Stretches of a fixed grid that no citation touches."""
    touched = {at // STRETCH for one in cited for at in (one.start, one.end - 1)}
    for block in range(len(text) // STRETCH):
        if block not in touched:
            yield block * STRETCH, (block + 1) * STRETCH


def flat(text: str, start: int, end: int) -> str:
    return " ".join(text[max(0, start) : max(0, end)].split())


def told(name: str, text: str, reading: Reading, one: Citation) -> str:
    """A citation as read, with its surroundings, for whoever judges it."""
    own = reading.own
    head = f"{own.number or own.code} {own.date} {own.body} {own.province} {own.unit}" if own else "no header"
    parent = "" if one.parent is None else f" parent={reading.citations[one.parent].text!r}"
    cue = text[slice(*one.cue)] if one.cue else None
    around = f"{flat(text, one.start - 400, one.start)} «{one.text}» {flat(text, one.end, one.end + 260)}"
    return (
        f"=== {name} {one.start} [{one.kind}] own: {head}\n"
        f"number={one.number} date={one.date} body={one.body} province={one.province if one.province_known else '?'}"
        f" unit={one.unit}\nrelation={one.relation} inverse={one.inverse} cue={cue!r}{parent}\n"
        f"title={one.title!r}\nrepairs={[(r.before, r.after, r.rule) for r in one.repairs]}\n{around}\n"
    )


def interval(right: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    if not of:
        return 0.0, 1.0
    z, share = 1.96, right / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    spread = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, middle - spread), min(1.0, middle + spread)


def share(name: str, right: int, of: int) -> str:
    low, high = interval(right, of)
    return f"| {name} | {right} | {of} | {right / of if of else 0:.3f} | {low:.3f}–{high:.3f} |"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def rates(path: Path, wrong: str = "wrong") -> None:
    """The share right of each field, by collection and together; unsure judgements do not count for the field.

    ``wrong``: the column that names the wrong fields.
    """
    judged = rows(path)
    for collection in (*COLLECTIONS, ""):
        some = [row for row in judged if row["collection"] == collection or not collection]
        print(f"\n{collection or 'together'}: {len(some)} citations\n\n| field | right | of | share | 95 % |")
        print("|---|---|---|---|---|")
        for field in FIELDS:
            counted = [row for row in some if _counts(row, field, wrong)]
            print(share(field, sum(field not in row[wrong].split(",") for row in counted), len(counted)))
        right = sum(not set(row[wrong].split(",")) - {"", "title"} for row in some)
        print(share("all fields but the title", right, len(some)))
    classes = Counter(row["class"] for row in judged if row["class"])
    print("\n| class of error | citations |\n|---|---|")
    print("\n".join(f"| {name} | {count} |" for name, count in classes.most_common()))


def _counts(row: dict[str, str], field: str, wrong: str) -> bool:
    """Whether a citation was judged in a field: it has the field, and the judgement is sure."""
    if field in row["unsure"].split(","):
        return False
    if field in ("number", "unit", "province", "title") and row["kind"] != "number":
        return False
    acts = ("amends", "replaces", "repeals", "suspends", "corrects")
    return field != "inverse" or row["relation"] in acts or "inverse" in row[wrong].split(",")


def missed_rates(path: Path) -> None:
    """The share of empty stretches that are rightly empty."""
    judged = rows(path)
    print("\n| stretches without a citation found | rightly | of | share | 95 % |\n|---|---|---|---|---|")
    for signs in dict.fromkeys(row["signs"] for row in judged):
        some = [row for row in judged if row["signs"] == signs]
        print(share(f"{signs} signs of one", sum(not row["missed"] for row in some), len(some)))


if __name__ == "__main__":
    raise SystemExit(main())
