"""The official codification, learned as a register: what a base knows of acts that were left out, and what it shows.

    python tools/measure_register.py folds BASE         # leave a fifth out, learn the rest, five times
    python tools/measure_register.py own BASE           # the register's own facts as shown, in a base that has it
    python tools/measure_register.py conflicts BASE [N] [--seed N]    # facts in which sources differ, to be judged

``BASE`` is a folder; of ``folds`` one without registers, which is copied and left as it was. An act counts where the
base cites it and holds no text of it. What is known of it before anything is learned, and of those left out once the
other four fifths are, is held against the register (``corpus/registers/codification.csv``): date, issuer, title.
"""

from __future__ import annotations

import argparse
import collections
import csv
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

PROJECT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(PROJECT), str(PROJECT / "tools")]

from measure_knowledge import alike, canonical, is_met, said_by  # noqa: E402  the project is run from its checkout

from indexer.build.registers import source_of  # noqa: E402
from kb.authority import issuers  # noqa: E402
from kb.authority.fold import fold  # noqa: E402
from kb.knowledge.known import known  # noqa: E402
from kb.knowledge.registers.add import About  # noqa: E402
from kb.knowledge.registers.ask import rows_query  # noqa: E402
from kb.knowledge.statements import REGISTER, SOURCES, FieldKnown, agree  # noqa: E402
from kb.service import KnowledgeBase  # noqa: E402
from kb.store.schema import document, register_row  # noqa: E402

REGISTER_FILE = PROJECT / "corpus" / "registers" / "codification.csv"
NAME = "Bộ pháp điển"
FOLDS = 5
_SHOWN = ("date", "issuer", "title", "type", "effect_from")


def register_rows() -> list[dict[str, str]]:
    """The rows of the register, in an order drawn by a fixed seed."""
    with REGISTER_FILE.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    random.Random(1).shuffle(rows)
    return rows


def measure_folds(folder: Path) -> None:
    """What is known of each fifth before anything is learned, and once the other four are."""
    rows = register_rows()
    before: collections.Counter[str] = collections.Counter()
    after: collections.Counter[str] = collections.Counter()
    for fold_ in range(FOLDS):
        left_out = rows[fold_::FOLDS]
        with tempfile.TemporaryDirectory() as scratch:
            base = _copy(folder, Path(scratch) / "kb")
            ids = _cited(base, left_out)
            told = _counts(base, left_out, ids)
            rest = Path(scratch) / "rest.csv"
            _write(rest, [row for at, row in enumerate(rows) if at % FOLDS != fold_])
            base.add_register(About(NAME), source_of(rest)[0])
            base.resolve()
            learned = _counts(base, left_out, _cited(base, left_out, ids))
        before += told
        after += learned
        print(f"fold {fold_ + 1}: before {_shares(told)}", f"        after {_shares(learned)}", sep="\n", flush=True)
    print(f"all:    before {_shares(before)}", f"        after {_shares(after)}", sep="\n")


def _copy(folder: Path, target: Path) -> KnowledgeBase:
    target.mkdir()
    for path in folder.glob("kb.sqlite*"):
        shutil.copy2(path, target)
    return KnowledgeBase.open(target)


def _write(path: Path, rows: Sequence[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _cited(base: KnowledgeBase, acts: Sequence[dict[str, str]], only: dict[str, Any] | None = None) -> dict[str, Any]:
    """By number the row of each act that texts cite and of which none is held; ``only``: of these numbers."""
    numbers = {canonical(act["Số ký hiệu"]) for act in acts} if only is None else set(only)
    found: dict[str, Any] = {}
    with base.store.reading() as connection:
        central = sa.select(document).where(document.c.number.is_not(None), document.c.place == "tw")
        for row in connection.execute(central.order_by(document.c.cited_by.desc())):
            if row.number in numbers and is_met(row):
                found.setdefault(row.number, row)
    return {number: row for number, row in found.items() if not row.held}


def _counts(base: KnowledgeBase, acts: Sequence[dict[str, str]], ids: dict[str, Any]) -> collections.Counter[str]:
    counts: collections.Counter[str] = collections.Counter()
    with base.store.reading() as connection:
        known_of = known(connection, [row.id for row in ids.values()])
    for act in acts:
        row = ids.get(canonical(act["Số ký hiệu"]))
        if row is not None:
            fields = known_of[row.id]
            counts.update(_right(act, {name: said_by(fields.get(name), SOURCES) for name in ("date", "title", "body")}))
    return counts


def _right(act: dict[str, str], said: dict[str, str | None]) -> Iterator[str]:
    yield "acts"
    told = {"date": act["Ngày ban hành"], "issuer": act["Cơ quan ban hành"], "title": act["Trích yếu"]}
    yield from (f"{name} told" for name, value in told.items() if value)
    if said["date"] and told["date"] and len(said["date"]) == 10:
        yield from ("date known", "date right" if said["date"] == told["date"] else "date wrong")
    if said["title"] and told["title"]:
        right = alike(said["title"], {"kind": act["Loại văn bản"], "name": told["title"]})
        yield from ("title known", "title right" if right else "title wrong")
    if said["body"] and told["issuer"]:
        named = issuers.longest_match(fold(told["issuer"]))
        right = named is not None and named[1] in said["body"].split("+")
        yield from ("issuer known", "issuer right" if right else "issuer wrong")


def _shares(counts: collections.Counter[str]) -> str:
    told = [f"{counts['acts']} acts"]
    for what in ("date", "issuer", "title"):
        of, known_, right = (counts[f"{what} {state}"] for state in ("told", "known", "right"))
        told.append(f"{what} right {right / max(1, of):.3f} (known {known_ / max(1, of):.3f})")
    return "; ".join(told)


def _facts(base: KnowledgeBase) -> Iterator[tuple[Any, str, str, FieldKnown]]:
    """Each fact of the register with the document that it is about and what is known of that field."""
    with base.store.reading() as connection:
        query = rows_query().add_columns(register_row.c.document_id)
        rows = [row for row in connection.execute(query) if row.register == NAME and row.document_id is not None]
        known_of = known(connection, [row.document_id for row in rows])
    for row in rows:
        for name in _SHOWN:
            value, field = getattr(row, name), known_of[row.document_id].get(name)
            if value and field is not None:
                yield row, name, value, field


def _is_shown(field: FieldKnown, name: str, value: str) -> bool:
    """Whether a register's value is among what is shown of a field: as the winner, or beside it with its source."""
    told = (field.winner, *field.others)
    return any(one.source.kind == REGISTER and agree(name, one.value, value) for one in told)


def measure_own(folder: Path) -> None:
    """How many of the register's facts are shown with it as source, how many win, and how many another source wins."""
    counts: collections.Counter[str] = collections.Counter()
    for _, name, value, field in _facts(KnowledgeBase.open(folder)):
        counts[f"{name}: facts"] += 1
        counts[f"{name}: shown"] += _is_shown(field, name, value)
        differs = field.winner.source.kind != REGISTER and not agree(name, field.winner.value, value)
        counts[f"{name}: another source wins, and says otherwise ({field.winner.source.kind})"] += differs
    for what, count in sorted(counts.items()):
        if count:
            print(f"{count:6} {what}")


def list_conflicts(folder: Path, count: int, seed: int) -> None:
    """Facts of the register with which another source differs, drawn by a fixed seed."""
    found = []
    for row, name, value, field in _facts(KnowledgeBase.open(folder)):
        others = [one for one in (field.winner, *field.others) if not agree(name, one.value, value)]
        if others and name != "type":
            found.append((row.number, row.date, name, value, field.winner, others))
    print(f"##### conflicts: {min(count, len(found))} of {len(found)}")
    for number, date, name, value, winner, others in random.Random(seed).sample(found, min(count, len(found))):
        print(f"--- {number} ({date}) {name}: register {value!r}; shown: {winner.source.kind}")
        for one in others:
            print(f"      {one.source.kind} ({one.count}): {one.value!r}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("folds", "own", "conflicts"))
    parser.add_argument("base", type=Path)
    parser.add_argument("count", nargs="?", type=int, default=40)
    parser.add_argument("--seed", type=int, default=61)
    args = parser.parse_args()
    if args.what == "folds":
        measure_folds(args.base)
    elif args.what == "own":
        measure_own(args.base)
    else:
        list_conflicts(args.base, args.count, args.seed)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
