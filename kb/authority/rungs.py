"""The rungs on which documents stand (``data/rungs.json``): from the Constitution down to the commune's plan."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

from kb.authority import load, types

FILE = load.DATA / "rungs.json"


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung. ``rank``, ``bodies``, ``levels``: what stands on it; ``ladder``: it is a step between the Constitution
    and the commune's plan; ``optional``: many lineages pass over it."""

    id: str
    rank: tuple[int, ...] = ()
    bodies: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    ladder: bool = False
    optional: bool = False
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


def _numbers(value: Any) -> bool:
    """A list of whole numbers."""
    return isinstance(value, list) and all(load.number(item) for item in value)


def _read() -> tuple[Rung, ...]:
    required = {"id": load.word, "match": load.examples, "no_match": load.examples}
    optional: dict[str, load.Check] = {
        "rank": _numbers,
        "bodies": load.words,
        "levels": load.words,
        "ladder": load.flag,
        "optional": load.flag,
    }
    return tuple(Rung(**load.frozen(entry)) for entry in load.entries(FILE, required, optional, key="id"))


RUNGS: tuple[Rung, ...] = _read()
"""From the highest to the lowest; those that are no steps of the ladder last."""


@lru_cache(maxsize=4096)
def rung_of(type_id: str | None, body: str | None, level: str) -> Rung:
    """The rung of a document of this type by an issuer of this code and level (``kb.answers.labels.level_of``).

    The rank of normative force decides where the type has one, then the issuer, then the level; the last rung (its
    level is not known) takes what fits nowhere.
    """
    rank = types.by_id(type_id).rank if type_id else None
    code = (body or "").split("+")[0]
    by_force = (rung for rung in RUNGS if rank in rung.rank)
    by_issuer = (rung for rung in RUNGS if code in rung.bodies)
    by_level = (rung for rung in RUNGS if level in rung.levels)
    return next(chain(by_force, by_issuer, by_level), RUNGS[-1])
