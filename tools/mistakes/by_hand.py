"""Mistakes made by hand in real drafts (``by_hand.tsv``), in words and at places that the planter does not know.

    python -m tools.mistakes.by_hand --kb BASE PLANS

``PLANS``: the folder of real documents. A row names a draft by the beginning of its file's name, what stands there
(blanks stand for any blanks and marks of emphasis), what it becomes (behind a plus sign: a paragraph put in before the
line on which it stands), and the codes that may tell it. It counts as told where a finding of one of these codes stands
on a line of it, and as let pass where the report has neither an error nor a warning there.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from pathlib import Path

from kb.checking.catalogue import RULES
from kb.service import KnowledgeBase
from tools.mistakes.__main__ import checked, found_in
from tools.mistakes.case import Planted

ROWS = Path(__file__).parent / "by_hand.tsv"
PUT_IN = "+"


def spoilt(text: str, stands: str, becomes: str) -> Planted:
    """The draft with the mistake of a row. Raises ``ValueError`` where what is to be spoilt does not stand there."""
    wanted = re.compile(r"[\s*_]+".join(map(re.escape, stands.removeprefix(PUT_IN).split())))
    found = wanted.search(text)
    if found is None:
        raise ValueError(stands)
    if not stands.startswith(PUT_IN):
        new = text[: found.start()] + becomes + text[found.end() :]
        return Planted(new, found.start(), found.start() + len(becomes), becomes)
    at = text.rfind("\n", 0, found.start()) + 1
    return Planted(f"{text[:at]}\n{becomes}\n\n{text[at:]}", at + 1, at + 1 + len(becomes), becomes)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kb", required=True)
    parser.add_argument("plans", type=Path)
    args = parser.parse_args()
    base = KnowledgeBase.open(args.kb)
    told = []
    with open(ROWS, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        (path,) = args.plans.glob(row["draft"] + "*")
        codes = frozenset(row["codes"].split())
        assert codes <= set(RULES), codes - set(RULES)
        planted = spoilt(path.read_text(encoding="utf-8"), row["stands"], row["becomes"])
        report = checked(base, planted.text)
        code = found_in(report, planted, codes)
        told.append(code is not None)
        if code is None:
            grave = frozenset(rule.code for rule in RULES.values() if rule.severity in ("error", "warning"))
            other = found_in(report, planted, grave)
            print(f"not told: {row['draft'][:40]}: {row['mistake']}: {row['becomes'][:90]} [{other or 'let pass'}]")
    drafts = len({row["draft"] for row in rows})
    print(f"{sum(told)} of {len(told)} = {sum(told) / len(told):.3f}, in {drafts} drafts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
