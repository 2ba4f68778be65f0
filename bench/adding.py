"""One more document for a base of 100,000 documents and 1,000,000 citations: it must not cost a look at all the others.

    python -m bench adding

Each document cites the five most cited ones, which hundred thousands of citations mean already, and ten drawn at
random; it is stored and resolved by itself, into a copy of the generated base. Processor time, beside that of a
document that cites the ten alone. ``CANCU_BENCH_SHARE`` and ``CANCU_BENCH_BASE`` as in ``bench/lookup.py``.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import statistics
import tempfile
import time
from pathlib import Path

import sqlalchemy as sa

from bench._generate import share, shared_base
from bench._measure import load
from bench._readings import VERSION, Source
from kb.model import Citation, OwnIdentity, Reading
from kb.service import KnowledgeBase
from kb.store.schema import citation, document

FLOOR = 1000.0
"""Milliseconds of processor time for a document, the median of those added."""
_DOCUMENTS = 5
_TOP, _OTHERS = 5, 10


def _cited(base: KnowledgeBase) -> tuple[list[Citation], list[Citation], int]:
    """Citations of the most cited documents and of others, as other texts cite them; how many mean the former now."""
    d, c = document.c, citation.c
    chance = random.Random(2395)
    with base.store.reading() as connection:
        top = connection.execute(sa.select(d.id).order_by(d.cited_by.desc(), d.id).limit(_TOP)).scalars().all()
        last = connection.execute(sa.select(sa.func.max(d.id))).scalar() or 0
        some = chance.sample(range(1, last + 1), min(last, 40 * _OTHERS))
        # laws, decrees and decisions of the centre are cited as such; a local document is one of the text's province
        others = connection.execute(
            sa.select(d.id).where(d.id.in_(some), d.place == "tw", d.id.not_in(top)).order_by(d.id).limit(_OTHERS)
        ).scalars()
        known = sa.select(sa.func.count()).select_from(citation).where(c.target_id.in_(top))
        many = connection.execute(known).scalar() or 0
        found = [
            [_citation(connection.execute(sa.select(document).where(d.id == id_)).one()) for id_ in ids]
            for ids in (top, list(others))
        ]
    return found[0], found[1], many


def _citation(row: sa.Row[tuple[object, ...]]) -> Citation:
    return Citation(
        start=0, end=len(row.number), kind="number", text=row.number, number=row.number, type=row.type, date=row.date,
        body=row.body, province=row.province, unit=row.unit, relation="based_on", title=row.title, confidence=0.97,
    )  # fmt: skip


def _document(n: int, cited: list[Citation]) -> tuple[Source, Reading]:
    own = OwnIdentity(
        number=f"{90_000 + n}/QĐ-UBND", type="quyet-dinh-ubnd", date="2025-12-30", body="UBND", province="Thái Nguyên"
    )
    lines, placed, at = [], [], 0
    for line_number, one in enumerate(cited, 1):
        line = f"Căn cứ {one.text} ngày {one.date};"
        start = at + len("Căn cứ ")
        placed.append(
            one._replace(start=start, end=start + len(one.text), sentence=(at, at + len(line)), line=line_number)
        )
        lines.append(line)
        at += len(line) + 1
    text = "\n".join([*lines, f"{own.number}", ""])
    source = Source(f"new{n}.txt", text, "txt", hashlib.sha256(text.encode()).hexdigest())
    return source, Reading(own, tuple(placed), VERSION)


def _added(base: KnowledgeBase, first: int, cited: list[Citation]) -> list[float]:
    """Milliseconds of processor time for each of the documents."""
    times = []
    for n in range(first, first + _DOCUMENTS):
        source, read = _document(n, cited)
        began = time.process_time()
        base.put(source, read)
        report = base.resolve()
        times.append(1e3 * (time.process_time() - began))
        assert len(report.added) == 1, f"a new document makes one, not {report.added}"
    return times


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="cancu-bench-") as name:
        where = Path(name) / "kb"
        shutil.copytree(shared_base(), where)
        base = KnowledgeBase.open(where)
        top, others, many = _cited(base)
        print(f"{'one document more, stored and resolved':44} {'citations':>9} {'median ms':>9} {'most':>7}")
        usual = 0.0
        for first, label, cited in (
            (0, f"cites {len(others)} documents", others),
            (_DOCUMENTS, f"and the {len(top)} most cited ({many:,} citations)", [*top, *others]),
        ):
            times = _added(base, first, cited)
            usual = statistics.median(times)
            print(f"{label:44} {len(cited):9} {usual:9.0f} {max(times):7.0f}")
    holds = share() < 1 or usual <= FLOOR
    verdict = "holds" if holds else "does not hold"
    print(f"floor: ≤ {FLOOR:g} ms of processor time, median {usual:.0f}: {verdict}; {load()}")
    return int(not holds)
