"""The province in which a district lies (``data/districts.json``): "UBND thành phố Vinh" is of Nghệ An, "Quận 8" of
Hồ Chí Minh.

A name that districts of several provinces bear tells nothing. Towns become cities and rural districts towns, so a
name counts with another kind too where only one province has it.
"""

from __future__ import annotations

from kb.authority import load, provinces
from kb.authority.fold import fold

FILE = load.DATA / "districts.json"


def _kinds(value: object) -> bool:
    """An object of kinds of district to lists of names."""
    return isinstance(value, dict) and bool(value) and all(load.word(k) and load.examples(v) for k, v in value.items())


class _Districts:
    """Districts by their spelling and folded form, and by their bare name; None where several provinces have it."""

    def __init__(self) -> None:
        self.named: dict[str, str | None] = {}
        self.bare: dict[str, str | None] = {}
        self.lying: dict[str, set[str]] = {}
        self.kinds: set[str] = set()
        self.examples: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []
        required = {
            "province": load.one_of(*provinces.NAMES),
            "districts": _kinds,
            "match": load.examples,
            "no_match": load.examples,
        }
        for entry in load.entries(FILE, required, {}, key="province"):
            for kind, names in entry["districts"].items():
                self.kinds.add(fold(kind))
                for name in names:
                    self._add(entry["province"], f"{kind} {name}", name)
            self.examples.append((entry["province"], tuple(entry["match"]), tuple(entry["no_match"])))

    def _add(self, province: str, district: str, name: str) -> None:
        self.lying.setdefault(fold(name), set()).add(province)
        for table, keys in ((self.named, (district.casefold(), fold(district))), (self.bare, (fold(name),))):
            for key in dict.fromkeys(keys):
                table[key] = province if table.get(key, province) == province else None


_DISTRICTS = _Districts()
EXAMPLES = tuple(_DISTRICTS.examples)
"""(province, districts of it, districts that tell another province or none)."""


def province_of(district: str) -> str | None:
    """The plain name of the province in which a district lies ("Quận 8", "thành phố Vinh"); None for a commune, for
    an unknown name and for one that several provinces have."""
    key = " ".join(district.split()).casefold()
    if key in _DISTRICTS.named:
        return _DISTRICTS.named[key]
    folded = fold(key)
    if folded in _DISTRICTS.named:
        return _DISTRICTS.named[folded]
    kind = next((kind for kind in _DISTRICTS.kinds if folded.startswith(f"{kind} ")), None)
    return _DISTRICTS.bare.get(folded[len(kind) + 1 :]) if kind else None


def province_of_place(place: str) -> str | None:
    """The province of a place that a date line names without its kind ("Phan Thiết"), where one province has it."""
    return _DISTRICTS.bare.get(fold(" ".join(place.split())))


def lies_in(district: str, province: str) -> bool:
    """Whether a province has, or had, a district of this name of any kind: "Huyện Tân Uyên", a town since."""
    folded = fold(" ".join(district.split()))
    kind = next((kind for kind in _DISTRICTS.kinds if folded.startswith(f"{kind} ")), None)
    return kind is not None and province in _DISTRICTS.lying.get(folded[len(kind) + 1 :], ())


def is_kind(unit: str) -> bool:
    """Whether a unit is by its kind a district ("Huyện Yên Định") and no commune."""
    return fold(unit).startswith(tuple(f"{kind} " for kind in _DISTRICTS.kinds))
