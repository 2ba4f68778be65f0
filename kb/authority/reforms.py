"""Days from which the State is ordered otherwise (``data/reforms.json``): the district level ended, organs merged."""

from __future__ import annotations

from dataclasses import dataclass

from kb.authority import load
from kb.authority.fold import begins

FILE = load.DATA / "reforms.json"


@dataclass(frozen=True, slots=True)
class Reform:
    """One change. ``start``: the first day (ISO) on which it is so; ``note``: what it means for documents."""

    id: str
    start: str
    note: str
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


def _read() -> dict[str, Reform]:
    required = {
        "id": load.word,
        "from": load.date,
        "note": load.word,
        "match": load.examples,
        "no_match": load.examples,
    }
    found = {}
    for entry in load.entries(FILE, required, {}, key="id"):
        fields = load.frozen(entry)
        fields["start"] = fields.pop("from")
        found[fields["id"]] = Reform(**fields)
    return found


REFORMS: dict[str, Reform] = _read()


def is_so(id: str, date: str) -> bool:
    """Whether a change had surely come by a date (ISO; a month or year counts from its first day)."""
    return begins(date) >= REFORMS[id].start


def at(date: str) -> set[str]:
    """The changes that had surely come by a date."""
    return {id for id in REFORMS if is_so(id, date)}
