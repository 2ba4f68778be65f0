"""Plant mistakes of every kind in real drafts, and tell how many the check finds, with what it should say and where.

    python -m tools.mistakes --kb BASE --each 8 --seed 1 DRAFT…

Each planting spoils one citation of a draft, or puts a spoilt one in, and leaves the rest as it is. It counts as found
where a finding of one of the codes that may tell it stands on a line of the planting.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from corpus.structure.guess import structured
from kb.checking.catalogue import RULES
from kb.checking.check import check
from kb.checking.draft import Draft
from kb.checking.report import Report
from kb.checking.sources import Sources
from kb.model import Hints
from kb.reading import read
from kb.service import KnowledgeBase
from tools.mistakes import bases_and_whole, issuers_titles_effect, numbers_and_dates
from tools.mistakes.case import FIRST, KINDS, Case, Planted

MODULES = tuple(module.__name__ for module in (numbers_and_dates, issuers_titles_effect, bases_and_whole))
"""Where the kinds stand, in the order in which they are planted: importing a module registers its kinds."""
MOST_CHARACTERS = 45_000


def checked(base: KnowledgeBase, text: str) -> Report:
    """The report on a text, as the pages and the command line make it."""
    blocks = structured(text, wrapped=True, markdown=True)
    return check(base, read(text, Hints(blocks=blocks)), text, blocks)


def found_in(report: Report, planted: Planted, codes: frozenset[str]) -> str | None:
    """The code of the finding that tells a planted mistake, None where none does."""
    first = planted.text.count("\n", 0, planted.start)  # a date may stand on the line below its number
    last = planted.text.count("\n", 0, planted.end) + 2  # a citation may run on to the next line
    for finding in report.findings:
        if finding.code in codes and any(first <= place.line <= last for place in finding.places):
            return finding.code
    return None


def cases(base: KnowledgeBase, paths: list[Path], seed: int) -> Iterator[Case]:
    stale = base.stale(hops=1, limit=400)
    ended = sorted({one.touched for one in stale if one.relation in ("repeals", "replaces") and "tw/" in one.touched})
    for n, path in enumerate(paths):
        text = path.read_text(encoding="utf-8")
        if len(text) <= MOST_CHARACTERS:
            reading = read(text, Hints(blocks=structured(text, wrapped=True, markdown=True)))
            draft = Draft(Sources(base, reading.own), reading, text)
            if draft.consolidated:
                continue
            yield Case(path.name, text, draft, random.Random(f"{seed} {n}"), base, ended)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kb", required=True)
    parser.add_argument("--each", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--missed", action="store_true", help="print what was not found")
    parser.add_argument("drafts", nargs="+", type=Path)
    args = parser.parse_args()
    base = KnowledgeBase.open(args.kb)
    drafts = list(cases(base, args.drafts, args.seed))
    rng = random.Random(args.seed)
    rows: dict[str, list[tuple[str, Planted, str | None]]] = defaultdict(list)
    for name, (plant, codes) in sorted(KINDS.items(), key=lambda one: MODULES.index(one[1][0].__module__)):
        if args.only and name not in args.only:
            continue
        for case in rng.sample(drafts, len(drafts)):
            if len(rows[name]) == args.each:
                break
            planted = plant(case)
            if planted is not None:
                rows[name].append((case.name, planted, found_in(checked(base, planted.text), planted, codes)))
    _print(rows, args.missed)
    return 0


def _print(rows: dict[str, list[tuple[str, Planted, str | None]]], missed: bool) -> None:
    families: dict[str, list[bool]] = defaultdict(list)
    used = {name for planted in rows.values() for name, _, _ in planted}
    for name, planted in rows.items():
        hits = [code for _, _, code in planted if code]
        families[family_of(name)] += [code is not None for _, _, code in planted]
        print(f"{name:34} {len(hits):3} of {len(planted):3}  {json.dumps(Counter(hits), ensure_ascii=False)}")
        for draft, one, code in planted if missed else ():
            if code is None:
                print(f"    missed in {draft}: {' '.join(one.shown.split())[:200]}")
    print()
    for family, told in sorted(families.items()):
        print(f"{family:10} {_share(told)}")
    everything = [one for told in families.values() for one in told]
    print(f"{'all':10} {_share(everything)}, in {len(used)} drafts")


def _share(told: list[bool]) -> str:
    """How many of the planted mistakes were told; no share where nothing could be planted."""
    return f"{sum(told):4} of {len(told):4}" + (f" = {sum(told) / len(told):.3f}" if told else "")


def family_of(name: str) -> str:
    """The family that a kind belongs to: that of the first of its codes as they are named."""
    return RULES[FIRST[name]].family


if __name__ == "__main__":
    sys.exit(main())
