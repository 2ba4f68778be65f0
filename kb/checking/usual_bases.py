"""The bases that acts of some types always have (``kb/authority/data/usual_bases.json``)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.authority import issuers, load
from kb.authority.fold import begins, ends, fold
from kb.model import OwnIdentity

FILE = load.DATA / "usual_bases.json"


@dataclass(frozen=True, slots=True)
class UsualBasis:
    """A basis that every act of these ``types`` by these ``bodies`` names: ``names`` are its wordings; ``valid_from``
    and ``valid_to`` bound the days of the acts that need it."""

    id: str
    name: str
    types: tuple[str, ...]
    bodies: tuple[str, ...]
    names: tuple[str, ...]
    valid_from: str | None = None
    valid_to: str | None = None
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()

    def stands_in(self, folded: str) -> bool:
        """Whether a bases block, folded, names it."""
        plain = re.sub(r"[^a-z0-9]+", " ", folded)
        return any(re.sub(r"[^a-z0-9]+", " ", fold(name)) in plain for name in self.names)


def _read() -> tuple[UsualBasis, ...]:
    required = {
        "id": load.word,
        "name": load.word,
        "types": load.examples,
        "bodies": load.examples,
        "names": load.examples,
        "match": load.examples,
        "no_match": load.examples,
    }
    raw = load.entries(FILE, required, {"valid_from": load.date, "valid_to": load.date}, key="id")
    for entry in raw:
        load.known(FILE, entry["id"], "bodies", entry["bodies"], [issuer.code for issuer in issuers.ISSUERS])
    return tuple(UsualBasis(**load.frozen(entry)) for entry in raw)


USUAL: tuple[UsualBasis, ...] = _read()


def usual_for(own: OwnIdentity, day: str | None) -> tuple[UsualBasis, ...]:
    """The bases that an act like ``own`` always has on its day; of an undated act those of today."""
    return tuple(
        one
        for one in USUAL
        if own.type in one.types
        and (own.body or "").split("+")[0] in one.bodies
        and not (one.valid_from and day and ends(day) < begins(one.valid_from))
        and not (one.valid_to and (day is None or begins(day) > ends(one.valid_to)))
    )
