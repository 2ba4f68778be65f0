"""How well the acts of normative texts are read, against clauses that were labelled by reading.

    python tools/measure_acts.py GOLD.jsonl [--half dev|test] [--errors N] [--min document=0.92 --min place=0.87]
    python tools/measure_acts.py tools/judged/clauses_acts.tsv [--errors N]    # places in the shared documents

Each line of GOLD has ``text`` (a header, the parent heading and a clause) and the ``acts`` that the clause states:
``relation``, ``target``, ``pinpoints`` (one string a place), ``whole``, ``inverse`` with ``actor``; ``alt``: other
relations that count as right; ``optional``: neither demanded nor punished; ``title_acts``: what the header lines state,
neither missing nor wrong (nor is what is read of ``above``, the text above the clause, alone). Figures: precision,
recall and F1 of the acts by relation and target (``document``), and by place too (``place``: one for each điều, khoản
or điểm); the recall of each relation; the share of right ``whole``, where that is labelled.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from clause_rows import clause_rows  # noqa: E402  the project is run from its checkout

from corpus.structure.guess import structured  # noqa: E402
from kb.authority import laws  # noqa: E402
from kb.model import Citation, Hints, Reading  # noqa: E402
from kb.reading import read  # noqa: E402
from kb.reading.acts.told import TOLD, acts_told  # noqa: E402
from kb.reading.relations.pinpoints import parse  # noqa: E402

ABSENT = 0
SHARED = Path(os.environ.get("CANCU_SHARED") or Path(__file__).resolve().parents[2] / "shared")
OWN = frozenset({"nay"})
"""The target "này": what others do to the text that tells it, in the footnotes of a consolidated text."""

_LETTERS = list("abcdđeghiklmnopqrstuvxy")


class Act(NamedTuple):
    """One act: ``targets`` are all names of the document acted on, ``places`` the parts of it, ``actors`` the names of
    the document that acts where that is not the text itself."""

    relations: frozenset[str]
    targets: frozenset[str]
    actors: frozenset[str]
    places: frozenset[str]
    whole: bool | None
    optional: bool

    def same(self, other: Act) -> bool:
        """Whether two acts are one at document level."""
        actors = bool(self.actors & other.actors) if self.actors or other.actors else True
        return bool(self.relations & other.relations) and bool(self.targets & other.targets) and actors


def key(name: str) -> str:
    """A number or a law's name in the form in which they are compared."""
    plain = " ".join(name.split())
    return plain.upper() if re.search(r"\d", plain) else laws.name_key(plain)


def place(words: str) -> str:
    """A place in the form in which it is compared."""
    return " ".join(words.lower().replace(" số ", " ").split())


def places(pinpoint: str | None) -> Iterator[str]:
    """The single places of a pinpoint in normal form."""
    for path in parse(pinpoint) if pinpoint else ():
        units = [[f"{unit} {label}".strip() for label in _labels(labels)] for unit, labels in path]
        for one in product(*units):
            yield place(" ".join(one))


def _labels(labels: tuple[str, ...]) -> Iterator[str]:
    if not labels:
        yield ""
    for label in labels:
        first, dash, last = label.partition("-")
        if dash and first.isdigit() and last.isdigit():
            yield from map(str, range(int(first), int(last) + 1))
        elif dash and first in _LETTERS and last in _LETTERS:
            yield from _LETTERS[_LETTERS.index(first) : _LETTERS.index(last) + 1]
        else:
            yield label


def labelled(row: dict[str, Any], field: str = "acts") -> list[Act]:
    """The acts of a row as labelled; a place-less act beside one with places of the same target is one with them."""
    found = []
    for act in row.get(field, []):
        names = [key(act["target"])]
        for group in row.get("aliases", []):
            known = [key(name) for name in group]
            names += known if names[0] in known else []
        found.append(
            Act(
                frozenset({act["relation"], *act.get("alt", [])}),
                frozenset(names),
                frozenset({key(act["actor"])}) if act.get("inverse") and act.get("actor") else frozenset(),
                frozenset(map(place, act["pinpoints"])),
                act["whole"],
                act.get("optional", False),
            )
        )
    return found


def names_of(one: Citation, reading: Reading) -> frozenset[str]:
    """All names by which the text knows a document: its number, and of a law its name."""
    names = {key(name) for name in (one.number, one.title if one.kind == "named" else None) if name}
    if one.kind == "named":
        names.add(key(re.sub(r"\s(?:năm|ngày)\s.*", "", one.text)))
    for other in reading.citations:
        if other.number and other.title and other.type in laws.TYPES:
            both = {key(other.title), key(other.number)}
            names |= both if names & both else set()
    return frozenset(names)


def found_in(text: str) -> list[Act]:
    """The acts that the reader finds in a text."""
    markdown = re.search(r"^#{1,6} ", text, re.MULTILINE) is not None
    reading = read(text, Hints(blocks=structured(text, wrapped=True, markdown=markdown)))
    acts: dict[tuple[str, frozenset[str], frozenset[str]], Act] = {}
    for one in reading.citations:  # footnotes: "Khoản này được sửa đổi theo X"
        if one.inverse and one.parent is None and one.relation in TOLD:
            by = names_of(one, reading)
            acts[one.relation, OWN, by] = Act(frozenset({one.relation}), OWN, by, frozenset(), None, False)
    for act in acts_told(reading.citations, reading.own):
        actors = names_of(act.actor, reading) if act.actor is not None else frozenset()
        inverse = reading.citations[act.citation].inverse
        if act.actor is not None and not inverse:
            continue  # what a cited document does in its own title
        targets = names_of(act.target, reading)
        one = Act(
            frozenset({act.relation}), targets, actors, frozenset(places(act.pinpoint) if not inverse else ()),
            act.whole, False,
        )  # fmt: skip
        same = (act.relation, targets, actors)
        before = acts.get(same)
        acts[same] = (
            one
            if before is None
            else before._replace(places=before.places | one.places, whole=bool(before.whole) or bool(one.whole))
        )
    return list(acts.values())


def _together(found: list[Act]) -> Act | None:
    """Acts of the same kind on the same document as one."""
    if not found:
        return None
    places_ = frozenset().union(*(one.places for one in found))
    return found[-1]._replace(places=places_)  # a title comes first


class Score:
    """Counts over the rows of a gold file."""

    def __init__(self) -> None:
        self.document: Counter[str] = Counter()
        self.place: Counter[str] = Counter()
        self.relations: dict[str, Counter[str]] = defaultdict(Counter)
        self.whole: Counter[bool] = Counter()
        self.errors: list[str] = []

    def row(self, row: dict[str, Any]) -> None:
        """Compare what is read of one row with what is labelled."""
        gold, title = labelled(row), labelled(row, "title_acts")
        above = found_in(row.get("above", ""))
        title += above
        found = found_in(row["text"])
        errors = []
        for act, said in zip(gold, row.get("acts", []), strict=True):
            if not act.optional:
                match = _together([one for one in found if one.same(act)])
                told = frozenset().union(*(one.places for one in above if one.same(act)))
                errors += self._wanted(act, match, f"{said['relation']}{'<' if act.actors else ''}", told)
        for one in found:
            if not any(one.same(act) for act in (*gold, *title)):
                self.document["extra"] += 1
                self.place["extra"] += len(one.places or {""})
                errors.append(f"+ {sorted(one.relations)} {sorted(one.targets)} {[*one.actors, *sorted(one.places)]}")
        if errors:
            self.errors.append(f"{row['id']}\n" + "\n".join(errors))

    def _wanted(self, act: Act, match: Act | None, kind: str, above: frozenset[str]) -> list[str]:
        """Count one labelled act with what was found of it; returns what is wrong with that. Places that the text above
        the clause tells are neither missing nor wrong."""
        hit = "missing" if match is None else "hit"
        self.document[hit] += 1
        self.relations[kind][hit] += 1
        wanted = act.places or {""}
        got = (match.places or {""}) if match is not None else frozenset()
        if act.actors:  # of what others did only the documents are compared
            wanted, got = {""}, {""} if match is not None else set()
        extra = {one for one in got - wanted - above if one}
        self.place["hit"] += len(wanted & got)
        self.place["missing"] += len(wanted - got)
        self.place["extra"] += len(extra)
        if match is None:
            return [f"- {kind} {sorted(act.targets)} {sorted(act.places)}"]
        errors = []
        if not act.actors and None not in (match.whole, act.whole):
            self.whole[match.whole == act.whole] += 1
            if match.whole != act.whole:
                errors.append(f"  whole {match.whole}: {kind} {sorted(act.targets)}")
        if wanted - got or extra:
            errors.append(f"  places of {kind} {sorted(act.targets)}: -{sorted(wanted - got)} +{sorted(extra)}")
        return errors

    def figures(self) -> dict[str, float]:
        """All figures by name."""
        out = {}
        for name, counts in (("document", self.document), ("place", self.place)):
            hit, missing, extra = counts["hit"], counts["missing"], counts["extra"]
            out[f"{name}_precision"] = hit / max(1, hit + extra)
            out[f"{name}_recall"] = hit / max(1, hit + missing)
            out[name] = 2 * hit / max(1, 2 * hit + missing + extra)
        for kind, counts in sorted(self.relations.items()):
            out[f"recall_{kind}"] = counts["hit"] / max(1, counts["hit"] + counts["missing"])
        if self.whole:
            out["whole"] = self.whole[True] / self.whole.total()
        return out


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a gold file: texts, or places of clauses in the shared documents."""
    if path.suffix == ".tsv":
        return list(clause_rows(path, SHARED))
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--half")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--min", action="append", default=[], metavar="FIGURE=VALUE")
    args = parser.parse_args()
    if not args.gold.exists():
        print(f"{args.gold}: there is no such file, nothing was measured")
        return ABSENT
    score = Score()
    rows = rows_of(args.gold)
    for row in rows:
        if args.half in (None, row.get("half")):
            score.row(row)
    for error in score.errors[: args.errors]:
        print(error)
    figures = score.figures()
    for name, value in figures.items():
        print(f"{name:24} {value:.3f}")
    print(dict(score.document), dict(score.place), {kind: counts.total() for kind, counts in score.relations.items()})
    floors = [one.partition("=") for one in args.min]
    return int(any(figures[name] < float(value) for name, _, value in floors))


if __name__ == "__main__":
    raise SystemExit(main())
