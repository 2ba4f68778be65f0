"""Look-up by number at 100,000 documents and 1,000,000 citations (DESIGN.md section 10: p99 ≤ 2 ms, in-process).

    python -m bench lookup

The queries are numbers of the base drawn at random, as they are typed; beside them one row read by its key from the
same database. ``CANCU_BENCH_SHARE=0.1`` makes a tenth of the base (no floor is held then), ``CANCU_BENCH_BASE=DIR``
keeps it.
"""

from __future__ import annotations

import random
import sqlite3
import sys
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench._generate import share, shared_base
from bench._measure import in_process, load, peak, printed_json, table, timed
from kb.authority.fold import fold
from kb.service import KnowledgeBase
from kb.store.schema import document
from kb.store.store import DATABASE

FLOOR = 2.0
"""Milliseconds, p99, for every way of typing a number of the base."""
QUERIES = 600
_BEYOND = ("digits alone", "no such number", "no such code", "one query by its key (baseline)")
"""Measured beside the floor: no document's number, or no look-up."""


def _queries(rows: list[Any]) -> dict[str, list[str]]:
    chance = random.Random(93)
    return {
        "number as printed": [row.number for row in rows],
        "number, province, year": [f"{row.number} {row.province or ''} năm {row.date[:4]}" for row in rows],
        "lower case, blanks, no marks": [fold(row.number).replace("/", " ").replace("-", " ") for row in rows],
        "number, full date": [f"{row.number} ngày {'/'.join(reversed(row.date.split('-')))}" for row in rows],
        "scan damage (QB-UBND)": [row.number.replace("QĐ", "QB").replace("UBND", "UBNP") for row in rows],
        "digits alone": [row.ordinal for row in rows],
        "no such number": [f"{chance.randint(5000, 99999)}/QĐ-UBND" for _ in rows],
        "no such code": [f"{row.ordinal}/QĐ-BQP" for row in rows],
    }


def measure(where: Path) -> int:
    base = KnowledgeBase.open(where)
    d = document.c
    with base.store.reading() as connection:
        last = connection.execute(sa.select(sa.func.max(d.id))).scalar() or 0
        chance = random.Random(2395)
        chosen = chance.sample(range(1, last + 1), min(last, QUERIES * 11 // 10))
        query = sa.select(d.number, d.province, d.date, d.ordinal, d.slug).where(d.id.in_(chosen))
        rows = list(connection.execute(query))
    chance.shuffle(rows)
    del rows[QUERIES:]
    plain = sqlite3.connect(where / DATABASE)
    times = [
        timed(
            "one query by its key (baseline)",
            lambda slug: plain.execute("SELECT * FROM document WHERE slug = ?", (slug,)).fetchone(),
            [row.slug for row in rows],
        )
    ]
    times += [timed(name, base.lookup, queries) for name, queries in _queries(rows).items()]
    right = sum(row.slug in {one.id for one in base.lookup(row.number, date=row.date).matches} for row in rows)
    several = sum(base.lookup(row.number).total > 1 for row in rows)
    return printed_json(times=times, peak=peak(), right=right, several=several)


def main() -> int:
    where = shared_base()
    found = in_process("bench.lookup", str(where))
    table(found["times"])
    held = [row for row in found["times"] if row["name"] not in _BEYOND]
    worst = max(row["cpu"][2] for row in held)
    baseline = found["times"][0]["cpu"][0]
    print(
        f"{found['several']} of {QUERIES} numbers are borne by several documents; the document meant is among those "
        f"found for {found['right']}; memory {found['peak']:.0f} MB; {load()}"
    )
    print(f"the median number costs {held[0]['cpu'][0] / baseline:.0f} times the baseline")
    holds = worst <= FLOOR or share() < 1
    print(f"floor: p99 of processor time ≤ {FLOOR:g} ms, worst {worst:.2f} ms: {'holds' if holds else 'does not hold'}")
    return int(not holds)


if __name__ == "__main__":
    sys.exit(measure(Path(sys.argv[1])))
