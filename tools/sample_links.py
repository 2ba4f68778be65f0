"""Draw links of a knowledge base (citation → document) to be judged by reading; and the rates of the judgements made.

    cancu ingest ../shared/corpus/plans --kb DIR
    python tools/sample_links.py draw --kb DIR [--links 200] [--ambiguous 50] [--seed cancu-2] > sample.txt
    python tools/sample_links.py rates [--seed cancu-2]

The sample is the same each time: each link has a place in a fixed order, the hash of the seed, its file and its
offset. Names are drawn with the numbers, in the proportion in which they are linked. ``rates`` counts
``tools/judged/links.tsv`` and ``ambiguous.tsv`` (of another seed ``links_SEED.tsv``, ``ambiguous_SEED.tsv``), with 95 %
intervals (Wilson).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import sqlalchemy as sa

PROJECT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(PROJECT), str(PROJECT / "tools")]

from sample_citations import JUDGED, SEED, flat, rank, rows, share  # noqa: E402  the project is run from its checkout

from kb.store.schema import candidate, citation, document, file, file_text  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("draw", "rates"))
    parser.add_argument("--kb", type=Path, help="folder of the knowledge base")
    parser.add_argument("--links", type=int, default=200)
    parser.add_argument("--ambiguous", type=int, default=50)
    parser.add_argument("--seed", default=SEED)
    args = parser.parse_args()
    if args.what == "rates":
        rates(args.seed)
        return 0
    if args.kb is None or not (args.kb / "kb.sqlite").is_file():
        parser.error("draw needs --kb, the folder of a knowledge base")
    with sa.create_engine(f"sqlite:///{args.kb / 'kb.sqlite'}").connect() as connection:
        for status, most in (("resolved", args.links), ("ambiguous", args.ambiguous)):
            drawn, of = draw(connection, status, most, args.seed)
            print(f"##### {status}: {len(drawn)} of {of}\n")
            print("\n".join(told(connection, row) for row in drawn))
    return 0


def draw(connection: sa.Connection, status: str, most: int, seed: str) -> tuple[list[Any], int]:
    """The first citations of a status in the fixed order, and how many there are; back references are left out."""
    query = (
        sa.select(citation, file.c.name, file.c.date.label("citing_date"), file.c.document_id)
        .join(file, file.c.id == citation.c.file_id)
        .where(citation.c.status == status, citation.c.kind != "back_reference")
    )
    found = list(connection.execute(query))
    return sorted(found, key=lambda row: rank("link", Path(row.name).name, row.start, seed=seed))[:most], len(found)


def told(connection: sa.Connection, row: Any) -> str:
    """A link with the citation's surroundings and what the base knows of its target or candidates."""
    text = connection.execute(sa.select(file_text.c.text).where(file_text.c.file_id == row.file_id)).scalar_one()
    chosen = sa.select(candidate.c.document_id).where(candidate.c.citation_id == row.id)
    wanted = document.c.id == row.target_id if row.status == "resolved" else document.c.id.in_(chosen)
    targets = connection.execute(sa.select(document).where(wanted).order_by(document.c.slug))
    known = "\n".join(f"  → {t.slug} | {t.number} {t.date} | {t.cited_by} | {(t.title or '')[:150]}" for t in targets)
    own = connection.execute(sa.select(document.c.slug).where(document.c.id == row.document_id)).scalar()
    around = f"{flat(text, row.start - 160, row.start)} «{flat(text, row.start, row.end)}»"
    return (
        f"=== {Path(row.name).name} {row.start} [{row.kind}] {row.method} in {own} of {row.citing_date}\n"
        f"number={row.number} date={row.date} title={(row.title or '')[:150]!r}\n{known}\n"
        f"{around} {flat(text, row.end, row.end + 170)}\n"
    )


def rates(seed: str) -> None:
    """The share of links that are right, and of open ones that are truly open."""
    for heading in ("links", "ambiguous"):
        judged = rows(JUDGED / (f"{heading}.tsv" if seed == SEED else f"{heading}_{seed}.tsv"))
        sure = [row for row in judged if row["judged"] != "unsure"]
        right = sum(row["judged"] == "right" for row in sure)
        print(f"\n| {heading} | right | of | share | 95 % |\n|---|---|---|---|---|")
        print(share("all", right, len(sure)))
        for method, count in sorted(Counter(row["method"] for row in sure).items()):
            print(share(method, sum(r["judged"] == "right" for r in sure if r["method"] == method), count))


if __name__ == "__main__":
    raise SystemExit(main())
