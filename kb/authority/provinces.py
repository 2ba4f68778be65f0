"""Provinces and central cities through time (``data/provinces.json``): 63 until 2025-06-30, 34 after, older ones too.

Names are plain ("Quảng Ngãi", "Hồ Chí Minh", "Huế"). A document keeps the province that issued it; a search by old or
new name finds both through ``lineage``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.authority import load
from kb.authority.fold import begins, ends, fold
from kb.authority.phrases import Phrases

FILE = load.DATA / "provinces.json"


@dataclass(frozen=True, slots=True)
class Province:
    """One provincial unit in one life.

    ``code`` is that of the national list at the time (two digits; the same code can mean another unit at another
    time). ``unit``: province, city (thành phố trực thuộc trung ương) or special zone. ``valid_from``/``valid_to``:
    ISO dates, None where it is older than 1975 or still exists. ``succeeded_by``: ids of the units that took over.
    """

    id: str
    name: str
    slug: str
    unit: str
    spellings: tuple[str, ...] = ()
    code: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    succeeded_by: tuple[str, ...] = ()
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()

    def existed(self, date: str) -> bool:
        """Whether the unit existed on some day of ``date`` (ISO, may be partial)."""
        return not (
            (self.valid_from and ends(date) < begins(self.valid_from))
            or (self.valid_to and begins(date) > ends(self.valid_to))
        )


_CONTENT = load.read(FILE)


def _read() -> tuple[Province, ...]:
    required = {
        "id": load.word,
        "name": load.word,
        "slug": load.word,
        "unit": load.one_of("province", "city", "special zone"),
        "match": load.examples,
        "no_match": load.examples,
    }
    optional = {
        "code": load.word,
        "spellings": load.words,
        "valid_from": load.date,
        "valid_to": load.date,
        "succeeded_by": load.words,
    }
    raw = load.entries(FILE, required, optional, key="id", content=_CONTENT)
    ids = {entry["id"] for entry in raw}
    for entry in raw:
        load.known(FILE, entry["id"], "succeeded_by", entry.get("succeeded_by", []), ids)
    return tuple(Province(**load.frozen(entry)) for entry in raw)


PROVINCES: tuple[Province, ...] = _read()
_BY_ID = {province.id: province for province in PROVINCES}
_LIVES: dict[str, list[Province]] = {}
for _province in sorted(PROVINCES, key=lambda unit: unit.valid_from or ""):
    _LIVES.setdefault(_province.name, []).append(_province)

NAMES: tuple[str, ...] = tuple(sorted(_LIVES))
"""Every plain name, current and former."""

_origins = [next_ for province in PROVINCES for next_ in province.succeeded_by]
_renamed_to: dict[str, str] = {
    province.id: province.succeeded_by[0]
    for province in PROVINCES
    if len(province.succeeded_by) == 1
    and _origins.count(province.succeeded_by[0]) == 1
    and _BY_ID[province.succeeded_by[0]].name != province.name
}

_SLUGS = {name: lives[0].slug for name, lives in _LIVES.items()}
_BY_SLUG = {slug: name for name, slug in _SLUGS.items()}
_PREFIXES: tuple[str, ...] = tuple(_CONTENT.get("prefixes", ()))

_SPELLINGS: dict[str, str] = {}
for _province in PROVINCES:
    for _spelling in (_province.name, *_province.spellings):
        _SPELLINGS.setdefault(fold(_spelling), _province.name)

_PHRASES: Phrases[str] = Phrases(_SPELLINGS.items())
for _prefix in _PREFIXES:
    for _spelling, _name in _SPELLINGS.items():
        _PHRASES.add(f"{_prefix} {_spelling}", _name)


def _alternation() -> re.Pattern[str]:
    # Grouped by the first word, so that a word of a text is compared with some sixty of them and not with every name.
    groups: dict[str, list[list[str]]] = {}
    for spelling in sorted(_SPELLINGS, key=len, reverse=True):
        first, *rest = re.findall(r"[a-z0-9]+", spelling)
        groups.setdefault(first, []).append(rest)
    gap = r"[ \n.,-]{1,12}"
    branches = (
        first + "(?:" + "|".join("".join(gap + word for word in rest) for rest in names) + ")"
        for first, names in groups.items()
    )
    return re.compile(
        r"(?<![a-z0-9])(?=["
        + "".join(sorted({first[0] for first in groups}))
        + "])(?:"
        + "|".join(branches)
        + r")(?![a-z0-9])"
    )


PATTERN: re.Pattern[str] = _alternation()
"""Any province's name in folded text, longest first, dashes and blanks free; ``plain(match.group())`` names it."""


def find(phrase: str) -> str | None:
    """The plain name of the province ``phrase`` means as a whole, with or without "tỉnh" or "thành phố", else None."""
    return _PHRASES.whole(phrase)


def plain(phrase: str) -> str | None:
    """The plain name for a spelling as ``PATTERN`` finds it ("tp. ho chi minh", "ba ria – vung tau"), else None."""
    return find(phrase) or _PHRASES.whole(re.sub(r"[.,-]", " ", fold(phrase)))


def slug(name: str) -> str:
    """The province's part of a permalink; raises ``KeyError`` for a name that is none."""
    return _SLUGS[name]


def by_slug(slug: str) -> str | None:
    """The plain name for a permalink part, None where there is none."""
    return _BY_SLUG.get(slug)


def lives(name: str) -> tuple[Province, ...]:
    """Every unit that bore the plain name, oldest first; empty for an unknown name."""
    return tuple(_LIVES.get(name, ()))


def at(name: str, date: str) -> Province | None:
    """The unit meant by ``name`` on ``date`` (ISO, may be partial).

    Where no unit of that name existed then, the one that had taken over (Ninh Thuận in 2026 → Khánh Hòa) or the one
    it came from (Huế in 2020 → Thừa Thiên Huế); None for an unknown name or where that is not a single unit.
    """
    named = _LIVES.get(name, [])
    for unit in reversed(named):
        if unit.existed(date):
            return unit
    if not named:
        return None
    later = bool(named[0].valid_from and ends(date) < begins(named[0].valid_from))
    around = {unit.id: unit for start in named for unit in (_before(start) if later else _after(start))}
    alive = [unit for unit in around.values() if unit.existed(date)]
    return alive[0] if len(alive) == 1 else None


def name_at(name: str, date: str) -> str:
    """The plain name valid on ``date`` where the unit only changed its name (Huế), else ``name`` itself."""
    unit = at(name, date)
    if unit is None or unit.name == name:
        return name
    older, newer = (unit, lives(name)[0]) if unit.id in _renamed_to else (lives(name)[-1], unit)
    return unit.name if _renamed_to.get(older.id) == newer.id else name


def successors(name: str) -> tuple[str, ...]:
    """The plain names of today's units on the territory of ``name`` (itself where it still exists)."""
    last = _LIVES.get(name, [])[-1:]
    return tuple(dict.fromkeys(unit.name for start in last for unit in _after(start) if unit.valid_to is None))


def successor(name: str) -> str | None:
    """Today's unit for ``name`` (Ninh Thuận → Khánh Hòa); None where unknown or split among several."""
    found = successors(name)
    return found[0] if len(found) == 1 else None


def predecessors(name: str) -> tuple[str, ...]:
    """The plain names whose territory is now in ``name`` through the reform of 2025 or its last change,
    itself included (Khánh Hòa → Khánh Hòa, Ninh Thuận); empty for an unknown name."""
    named = _LIVES.get(name)
    if not named:
        return ()
    return tuple(dict.fromkeys(unit.name for unit in _direct_before(named[-1]))) or (name,)


def lineage(name: str) -> tuple[str, ...]:
    """Every name a search for ``name`` should cover: itself, its predecessors, and its unit of today."""
    return tuple(dict.fromkeys((name, *successors(name), *predecessors(name))))


def _direct_before(unit: Province) -> list[Province]:
    return [other for other in PROVINCES if unit.id in other.succeeded_by]


def _before(unit: Province) -> list[Province]:
    found = [unit]
    for other in _direct_before(unit):
        found += _before(other)
    return found


def _after(unit: Province) -> list[Province]:
    found = [unit]
    for id_ in unit.succeeded_by:
        found += _after(_BY_ID[id_])
    return found
