"""What scans make of the letters of document codes, measured (``data/code_confusions.tsv``).

A row says that ``true`` (one letter of a code, or a digit of its term: QH15) is read as ``seen`` (one or two
characters) at ``cost``, the negative natural logarithm of the share of such readings: the weights of a noisy channel.
"""

from __future__ import annotations

import csv
import math

from kb.authority import load
from messages import Message

FILE = load.DATA / "code_confusions.tsv"


def _read() -> dict[tuple[str, str], float]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))
    table: dict[tuple[str, str], float] = {}
    for row in rows:
        true, seen = row.get("true") or "", row.get("seen") or ""
        name = f"{true}→{seen}"
        if len(true) != 1 or not 1 <= len(seen) <= 2 or true == seen:
            raise load.fault(
                FILE,
                name,
                "true, seen",
                Message("kb.authority.one_letter"),
            )
        try:
            cost = float(row.get("cost") or "")
        except ValueError:
            cost = math.nan
        if not cost > 0:
            raise load.fault(FILE, name, "cost", Message("kb.authority.positive"))
        if (true, seen) in table:
            raise load.fault(FILE, name, "true, seen", Message("kb.authority.value_used_twice"))
        table[true, seen] = cost
    return table


COSTS: dict[tuple[str, str], float] = _read()
"""(true letter, what is seen) → cost."""
