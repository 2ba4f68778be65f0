"""What a base knows of documents, held against the official codification, and samples of its acts to be judged.

    python tools/measure_knowledge.py facts BASE      # dates, issuers, titles known without the register, in five folds
    python tools/measure_knowledge.py pairs BASE      # amendments that the codification tells of: share found
    python tools/measure_knowledge.py order BASE      # acts upon a younger document, and of a lower one on a higher
    python tools/measure_knowledge.py sample BASE acts|implements|based_on|guides|promulgated_by|issuers|citations N
        [--seed N] [--under FOLDER]               # --under: of texts below a folder of that name
    python tools/measure_knowledge.py rates [acts-1]    # what was judged of the samples: tools/judged/known_*.tsv

The codification is ``corpus/bulk/phapdien_docs`` and ``relations`` of the shared folder (``CANCU_SHARED``). What citing
texts alone say of an act leaves the whole codification out, so every fold of it.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import os
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from sample_citations import JUDGED, share  # noqa: E402  the project is run from its checkout
from sample_citations import rows as rows_of  # noqa: E402

from kb.authority import issuers  # noqa: E402
from kb.authority.fold import fold  # noqa: E402
from kb.authority.relations import ACTS  # noqa: E402
from kb.identity.title_likeness import title_score  # noqa: E402
from kb.knowledge.guards import GUARDED, facts, holds  # noqa: E402
from kb.knowledge.known import known  # noqa: E402
from kb.knowledge.statements import AGREEING, ONE, SOURCES, FieldKnown  # noqa: E402
from kb.reading.numbers.parse_number import parse_number  # noqa: E402
from kb.service import KnowledgeBase  # noqa: E402
from kb.store.schema import citation, document, file  # noqa: E402

SHARED = Path(os.environ.get("CANCU_SHARED") or Path(__file__).resolve().parent.parent.parent / "shared")
FOLDS = 5
SAME_TITLE = 0.7
"""Share of words in common from which a title counts as right: the codification leaves "quy định chi tiết" and the like
out."""


def _lines(name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(SHARED / "corpus" / "bulk" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _by_number(base: KnowledgeBase) -> dict[str, list[Any]]:
    with base.store.reading() as connection:
        found: dict[str, list[Any]] = collections.defaultdict(list)
        central = sa.select(document).where(document.c.number.is_not(None), document.c.place == "tw")
        for row in connection.execute(central):
            found[row.number].append(row)
    return found


def _number_of(end: Any) -> str:
    """The number of one end of a pair; some are ids of files ("142_2008_QD_TTg")."""
    number = end["doc_id"].replace("_", "/", 2).replace("_", "-") if isinstance(end, dict) else end
    return canonical(number.replace("QD-", "QĐ-").replace("ND-", "NĐ-"))


def canonical(number: str) -> str:
    parsed = parse_number(number.strip(" .,;"))
    return parsed.text if parsed else number


def measure_facts(base: KnowledgeBase) -> None:
    """Of the acts of the codification that the base cites and holds no text of: how often date, issuer and title are
    known and right, by what citing texts alone say, and as shown with register and law table."""
    by_number = _by_number(base)
    acts = list(_lines("phapdien_docs"))
    random.Random(1).shuffle(acts)
    cited = [
        (act, rows[0])
        for act in acts
        if (rows := [r for r in by_number.get(canonical(act["so_hieu"]), ()) if not r.held])
    ]
    cited = [(act, row) for act, row in cited if row.cited_by]
    with base.store.reading() as connection:
        known_of = known(connection, [row.id for _, row in cited])
    for name, kinds in (("citations alone", (AGREEING, ONE)), ("as shown", SOURCES)):
        total: collections.Counter[str] = collections.Counter()
        for fold_ in range(FOLDS):
            counts: collections.Counter[str] = collections.Counter()
            for act, row in cited[fold_::FOLDS]:
                counts.update(_right(act, {field: said_by(known_of[row.id].get(field), kinds) for field in _COMPARED}))
            total += counts
            print(f"{name}, fold {fold_ + 1}:", _shares(counts))
        print(f"{name}, all:", _shares(total), dict(total))


_TOLD = {"date": "issued", "issuer": "issuer", "title": "name"}
_COMPARED = ("date", "title", "body")


def said_by(field: FieldKnown | None, kinds: Sequence[str]) -> str | None:
    """The value of the best of these kinds of sources."""
    told = (field.winner, *field.others) if field else ()
    return next((one.value for one in told if one.source.kind in kinds), None)


def _right(act: dict[str, Any], said: dict[str, str | None]) -> Iterator[str]:
    yield "acts"
    yield from (f"{name} told" for name, field in _TOLD.items() if act[field])
    date, title, body = (said[field] for field in _COMPARED)
    if date and len(date) == 10 and act["issued"]:
        yield "date known"
        yield "date right" if date == act["issued"] else "date wrong"
    if title and act["name"]:
        yield "title known"
        yield "title right" if alike(title, act) else "title wrong"
    if body and act["issuer"]:
        yield "issuer known"
        named = issuers.longest_match(fold(act["issuer"]))
        yield "issuer right" if named and named[1] in body.split("+") else "issuer wrong"


def alike(title: str, act: dict[str, Any]) -> bool:
    scores = title_score(title, f"{act['kind']} {act['name']}"), title_score(title, act["name"])
    inside = fold(act["name"]) in fold(title) or fold(title) in fold(f"{act['kind']} {act['name']}")
    return max(scores) >= SAME_TITLE or inside


def _shares(counts: collections.Counter[str]) -> str:
    told = [f"{counts['acts']} acts"]
    for what in ("date", "issuer", "title"):
        known = counts[f"{what} known"]
        if known:
            told.append(
                f"{what} known {known / counts[f'{what} told']:.3f}, "
                f"right of those {counts[f'{what} right'] / known:.4f}"
            )
    return "; ".join(told)


def is_met(row: Any) -> bool:
    """Whether texts of the base hold or cite a document."""
    return bool(row.held or row.cited_by)


def measure_pairs(base: KnowledgeBase) -> None:
    """Of the codification's pairs "A amended by B" whose ends the base knows: how many it has as an act of B on A."""
    known, c = _by_number(base), citation.c
    with base.store.reading() as connection:
        query = sa.select(c.source_id, c.dest_id).where(c.relation.in_(ACTS), c.source_id.is_not(None))
        acts = {(row.source_id, row.dest_id) for row in connection.execute(query.distinct())}
    counts: collections.Counter[str] = collections.Counter()
    missing = []
    for pair in _lines("relations"):
        if pair["rel"] == "related_to":
            continue
        numbers = [_number_of(pair[end]) for end in ("src", "dst")]
        if pair["rel"] != "amended_by":  # told from the acting document's side
            numbers.reverse()
        ends = [list(filter(is_met, known.get(number, ()))) for number in numbers]
        if not all(ends):
            continue
        kind = "actor held" if any(row.held for row in ends[1]) else "both only cited"
        found = any((by.id, of.id) in acts for by in ends[1] for of in ends[0])
        counts[f"{kind}: {'found' if found else 'missing'}"] += 1
        if not found and kind == "actor held":
            missing.append(f"{numbers[0]} {pair['rel']} {numbers[1]}")
    print(dict(counts))
    print("\n".join(missing[:40]))


def measure_order(base: KnowledgeBase) -> None:
    """How many relations of the graph rank or time forbid; none should be left."""
    c = citation.c
    wrong: collections.Counter[str] = collections.Counter()
    pairs = 0
    with base.store.reading() as connection:
        query = sa.select(c.relation, c.source_id, c.dest_id).where(c.relation.in_(GUARDED), c.source_id.is_not(None))
        rows = connection.execute(query.distinct()).all()
        ends = facts(connection, {end for row in rows for end in (row.source_id, row.dest_id)})
        for row in rows:
            source, target = ends[row.source_id], ends[row.dest_id]
            pairs += 1
            if row.relation in ACTS and source.date and target.date and source.date < target.date[: len(source.date)]:
                wrong["actor older than target"] += 1
            if not holds(row.relation, source, target):
                wrong[f"{row.relation} that cannot be"] += 1
    circles = base.circles(limit=1000)
    print(f"{pairs} pairs;", dict(wrong) or "none wrong", "; circles:", len(circles))
    for circle in circles:
        print([one.number or one.id for one in circle.documents])
        print("\n".join(f"    {edge.source} {edge.relation} {edge.target}: {edge.sentence}" for edge in circle.edges))


def sample(base: KnowledgeBase, what: str, count: int, seed: int, under: str) -> None:
    """Drawn by a fixed seed, each with its sentence, to be judged by reading: what was not judged before; of acts each
    is drawn once."""
    if what in ("issuers", "citations"):
        _sample_documents(base, what, count, seed)
        return
    c, source, dest = citation.c, document.alias("source"), document.alias("dest")
    kinds = ACTS if what == "acts" else (what,)
    with base.store.reading() as connection:
        rows = connection.execute(
            sa.select(citation, source.c.number.label("s"), source.c.date.label("sd"), source.c.title.label("st"),
                      dest.c.number.label("d"), dest.c.date.label("dd"), dest.c.title.label("dt"), file.c.name)
            .join(source, source.c.id == c.source_id).join(dest, dest.c.id == c.dest_id)
            .join(file, file.c.id == c.file_id).where(c.relation.in_(kinds), file.c.name.contains(under))
            .order_by(file.c.name, c.start)
        ).all()  # fmt: skip
    judged = {
        (Path(row["file"]).stem, int(row["start"]))
        for path in JUDGED.glob(f"known_{what}-*.tsv")
        for row in rows_of(path)
    }
    rows = [row for row in rows if (Path(row.name).stem, row.start) not in judged]
    once = list({(row.source_id, row.dest_id, row.relation, row.pinpoint, row.part): row for row in rows}.values())
    print(f"##### {what}: {min(count, len(once))} of {len(once)}")
    for row in random.Random(seed).sample(once, min(count, len(once))):
        days = f" whole={row.whole} part={row.part or row.pinpoint} from={row.effect_from}" if what == "acts" else ""
        print(f"--- {Path(row.name).name} {row.start}")
        print(f"{row.s or row.st} ({row.sd}) {row.relation} {row.d or row.dt} ({row.dd}){days}")
        at, width = row.highlight, 200
        print("   ", " ".join(f"{row.sentence[max(0, at - width) : at]}⟦{row.sentence[at : at + width]}".split()))


def rates(names: list[str]) -> None:
    """The share right of the samples judged so far, with 95 % intervals, and why the others are wrong."""
    paths = [JUDGED / f"known_{name}.tsv" for name in names] or sorted(JUDGED.glob("known_*.tsv"))
    print("| sample | right | of | share | 95 % |\n|---|---|---|---|---|")
    for path in paths:
        judged = [row for row in rows_of(path) if row["judged"] != "unsure"]
        print(share(path.stem.removeprefix("known_"), sum(row["judged"] == "right" for row in judged), len(judged)))
        for why, times in collections.Counter(row["why"] for row in judged if row["judged"] == "wrong").most_common():
            print(f"|   {why} | {times} | | | |")


def _sample_documents(base: KnowledgeBase, what: str, count: int, seed: int) -> None:
    """Documents with their citation to copy: of issuers half of the Party's centre and half of ministries."""
    d = document.c
    kinds = [d.cited_by > 1]
    if what == "issuers":
        levels = ("party_central", "ministry")
        kinds = [d.body.in_([one.code for one in issuers.ISSUERS if one.level == level]) for level in levels]
    for chosen in kinds:
        with base.store.reading() as connection:
            query = sa.select(d.slug).where(chosen, d.number.is_not(None), d.cited_by > 0).order_by(d.slug)
            ids = connection.execute(query).scalars().all()
        for id_ in random.Random(seed).sample(ids, min(count // len(kinds), len(ids))):
            found = base.document(id_)
            assert found is not None
            sources = {name: one.source for name, one in found.known.items() if name in ("date", "issuer", "title")}
            told = ", ".join(f"{name} {source}" for name, source in sources.items())
            print(f"--- {id_}\n{found.office_citation} | {found.title or ''} | {told}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("facts", "pairs", "order", "sample", "rates"))
    parser.add_argument("base", nargs="?", help="the base; of rates the sample")
    parser.add_argument("kind", nargs="?", default="acts")
    parser.add_argument("count", nargs="?", type=int, default=60)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--under", default="", help="draw from files whose path has these letters")
    args = parser.parse_args()
    if args.what == "rates":
        rates([args.base] if args.base else [])
        return 0
    base = KnowledgeBase.open(args.base)
    if args.what == "sample":
        sample(base, args.kind, args.count, args.seed, args.under)
    else:
        {"facts": measure_facts, "pairs": measure_pairs, "order": measure_order}[args.what](base)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
