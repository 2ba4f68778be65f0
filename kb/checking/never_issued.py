"""Types of documents that organs never issue (``kb/authority/data/never_issued.json``)."""

from __future__ import annotations

from dataclasses import dataclass

from kb.authority import issuers, load, types
from kb.identity.numbering import number_parts

FILE = load.DATA / "never_issued.json"


@dataclass(frozen=True, slots=True)
class NeverIssued:
    """A type, by its ``codes``, that ``bodies`` never issue, or that only the organs ``but`` do, from ``valid_from``
    on."""

    id: str
    codes: tuple[str, ...]
    valid_from: str
    bodies: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()

    def forbids(self, code: str, body: str) -> bool:
        """Whether no document of that type is of that organ."""
        return code in self.codes and (body not in self.but if self.but else body in self.bodies)


def _read() -> tuple[NeverIssued, ...]:
    required = {
        "id": load.word, "codes": load.examples, "valid_from": load.date, "match": load.examples,
        "no_match": load.examples,
    }  # fmt: skip
    raw = load.entries(FILE, required, {"bodies": load.examples, "but": load.examples}, key="id")
    for entry in raw:
        bodies = [*entry.get("bodies", ()), *entry.get("but", ())]
        load.known(FILE, entry["id"], "bodies", bodies, [issuer.code for issuer in issuers.ISSUERS])
    return tuple(NeverIssued(**load.frozen(entry)) for entry in raw)


NEVER: tuple[NeverIssued, ...] = _read()


def is_never_issued(number: str, date: str | None = None) -> bool:
    """Whether the organ in a number, if it is known and the only one, issues no documents of the type in it. What was
    is told by the year in the number, else by the date; a number with neither is taken for one of today."""
    parts = number_parts(number)
    if parts is None or parts.party or parts.type_code is None or len(parts.organs) != 1:
        return False
    code, body = types.canonical_code(parts.type_code), issuers.canonical(parts.organs[0])
    issuer = issuers.by_code(body)
    if code is None or issuer is None or issuer.party:
        return False
    year = parts.year or (date or "")[:4]
    return any(one.forbids(code, body) and not (year and year < one.valid_from[:4]) for one in NEVER)
