"""Clauses of normative texts: which acts they state, on which document and which parts of it, and where they state none.

Each line of ``data/clauses.tsv`` has the acts ("relation target [places]", the actor behind "<" where another document
acts) and the clause below its header.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools.measure_acts import found_in, key, place

LINES = (Path(__file__).parent / "data" / "clauses.tsv").read_text(encoding="utf-8").splitlines()[1:]


def stated(words: str) -> set[tuple[str, str, frozenset[str]]]:
    """The acts that a line of the data states."""
    acts = set()
    for act in filter(None, map(str.strip, words.split(";"))):
        relation, _, rest = act.partition(" ")
        target, _, places = rest.partition("[")
        listed = filter(None, map(str.strip, places.rstrip("] ").split(",")))
        acts.add((relation, key(target.strip()), frozenset(map(place, listed))))
    return acts


@pytest.mark.parametrize("line", LINES, ids=lambda line: json.dumps(line[:60]))
def test_the_acts_of_a_clause(line: str) -> None:
    expected, clause = line.split("\t")
    wanted = stated(expected)
    found = {
        (
            next(iter(act.relations)) + "".join(f"<{actor}" for actor in sorted(act.actors)[:1]),
            next((name for name in sorted(act.targets) if any(name == one[1] for one in wanted)), min(act.targets)),
            act.places,
        )
        for act in found_in(clause.replace("⏎", "\n"))
    }
    assert found == wanted
