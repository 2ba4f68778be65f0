"""Constitutions, codes, laws and ordinances by name: which one was meant at which date (``data/laws.json``).

A law cited by its name alone means the law of that name in force when the citing document was signed: "Luật Thi đua,
khen thưởng" is 15/2003/QH11 in 2022 and 06/2022/QH15 in 2024.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.authority import load, types
from kb.authority.fold import begins, ends, fold
from kb.authority.phrases import Phrases
from kb.authority.wording import word_lists
from messages import Message

FILE = load.DATA / "laws.json"

TYPES: frozenset[str] = frozenset({"hien-phap", "bo-luat", "luat", "phap-lenh"})
"""Ids of the types (``types.json``) that are cited by name."""

_YEAR = re.compile(r"/(\d{4})/")
# What may follow a name: "năm 2015", "2015", "ngày 19 tháng 6 năm 2015", "ngày 19/6/2015", "(sửa đổi)".
_WORDS = word_lists("laws")
_REVISED = _WORDS["revised"]
_TAIL = re.compile(
    rf"[ ,]*(?:\(?(?:{_WORDS.undamaged('year')} |{_REVISED} |{_WORDS.undamaged('day')} [\d/. a-z-]{{3,40}})?"
    rf"\(?(?:19|20)\d\d\)?|\({_REVISED}[^)]*\))[ .,;]*\Z"
)
_AND = _WORDS.folded("and")


@dataclass(frozen=True, slots=True)
class Law:
    """One law. ``number`` is None for a Constitution; dates are ISO, None where not established.

    ``replaces`` holds ids, ``amended_by`` numbers (oldest first, not all of them in the table), ``confirmed`` the
    fields that published documents bear out.
    """

    id: str
    type: str
    name: str
    number: str | None = None
    aliases: tuple[str, ...] = ()
    date: str | None = None
    effective: str | None = None
    replaces: tuple[str, ...] = ()
    amended_by: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()

    @property
    def issued(self) -> str:
        """The day it was passed; the year of its number where that day is not established."""
        year = _YEAR.search(self.number or "")
        return self.date or (year.group(1) if year else "")

    @property
    def begins(self) -> str:
        """The first day in force, the day it was passed where the effect date is not established."""
        return begins(self.effective or self.issued)

    @property
    def valid_to(self) -> str | None:
        """The day from which a later law replaces it, None while it is in force as far as the table knows."""
        starts = [law.begins for law in replaced_by(self)]
        return min(starts) if starts else None


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name means at a date.

    ``law``: the one law meant, None where there is none or several remain (``candidates``). ``in_force``: it was in
    force then. ``amendments``: numbers of the amending laws in force by then. ``newer``: the laws that replaced it
    since, oldest first.
    """

    law: Law | None
    in_force: bool
    amendments: tuple[str, ...]
    newer: tuple[Law, ...]
    candidates: tuple[Law, ...]


_CONTENT = load.read(FILE)


def _read() -> tuple[Law, ...]:
    required = {
        "id": load.word,
        "type": load.one_of(*sorted(TYPES)),
        "name": load.word,
        "match": load.examples,
        "no_match": load.examples,
    }
    optional = {
        "number": load.word,
        "aliases": load.words,
        "date": load.date,
        "effective": load.date,
        "replaces": load.words,
        "amended_by": load.words,
        "confirmed": load.words,
    }
    raw = load.entries(FILE, required, optional, key="id", content=_CONTENT)
    ids = {entry["id"] for entry in raw}
    for entry in raw:
        load.known(FILE, entry["id"], "replaces", entry.get("replaces", []), ids)
        # A tax ordinance may take effect from the start of the year in which it is passed (31-L/CTN), not earlier.
        if entry.get("date", "")[:4] > entry.get("effective", "9999"):
            raise load.fault(FILE, entry["id"], "effective", Message("kb.authority.before_year_passed"))
    return tuple(Law(**load.frozen(entry)) for entry in raw)


LAWS: tuple[Law, ...] = _read()
_BY_NUMBER = {law.number: law for law in LAWS if law.number}
_BY_STEM: dict[str, list[Law]] = {}
for _law in LAWS:
    if _law.number:
        _BY_STEM.setdefault(_law.number.rstrip("0123456789"), []).append(_law)
_REPLACED_BY: dict[str, list[Law]] = {}
for _law in LAWS:
    for _id in _law.replaces:
        _REPLACED_BY.setdefault(_id, []).append(_law)


def _abbreviations() -> tuple[tuple[str, tuple[str, ...]], ...]:
    short = _CONTENT.get("short")
    if not isinstance(short, dict) or not all(load.examples(forms) for forms in short.values()):
        raise load.fault(FILE, "short", "short", Message("kb.authority.abbreviations"))
    return tuple((fold(whole), tuple(map(fold, forms))) for whole, forms in short.items())


_SHORT = _abbreviations()


def _linked() -> dict[str, tuple[str, str]]:
    """Type id → the type word and the same with what may link it to the name: "pháp lệnh", "pháp lệnh về"."""
    linked = _CONTENT.get("linked")
    if not isinstance(linked, dict) or not all(kind in TYPES and load.word(word) for kind, word in linked.items()):
        raise load.fault(FILE, "linked", "linked", Message("kb.authority.linking_words"))
    words = {kind: fold(types.by_id(kind).words[0]) for kind in linked}
    return {kind: (f"{words[kind]} ", f"{words[kind]} {fold(linked[kind])} ") for kind in linked}


_LINKED = _linked()


def _names(law: Law) -> Iterator[str]:
    bare, linked = _LINKED.get(law.type, ("", ""))
    for name in (law.name, *law.aliases):
        yield name
        forms = [fold(name)]
        if bare and forms[0].startswith(bare):
            forms.append(linked + forms[0].removeprefix(bare))
        for whole, short in _SHORT:
            if whole in forms[0]:
                forms += [form.replace(whole, abbreviation) for form in forms for abbreviation in short]
        yield from forms[1:]


_BY_NAME: dict[str, list[Law]] = {}
_PHRASES: Phrases[str] = Phrases()


def name_key(name: str) -> str:
    """What two writings of one name share: marks do not count, nor whether "và" or a comma joins its last words
    ("Luật Quản lý, sử dụng tài sản công")."""
    return " ".join(word for word in re.split(r"[^a-z0-9]+", fold(name)) if word and word not in _AND)


for _law in sorted(LAWS, key=lambda law: law.begins):
    for _name in _names(_law):
        _held = _BY_NAME.setdefault(name_key(_name), [])
        if _law not in _held:
            _held.append(_law)
        _PHRASES.add(_name, name_key(_name))


def longest_match(folded: str, start: int = 0, stop: int | None = None) -> tuple[int, str] | None:
    """``(end, key)`` of the longest law name that begins at ``start`` of a folded text, else None.

    Linear in the match; ``find(key)`` gives the laws of that name.
    """
    return _PHRASES.longest(folded, start, stop)


def by_number(number: str) -> Law | None:
    """The law with this number (canonical form), None where the table has none."""
    return _BY_NUMBER.get(number)


def without_term(number: str, date: str | None) -> Law | None:
    """The law whose number was cited without the legislature's term ("02/2020/UBTVQH"), or with another's but its own
    day ("21/2017/QH12 ngày 24/11/2017"); None where the table has none or several.

    ``date``: ISO, None where not stated; a law of another date is not meant.
    """
    stem = number.rstrip("0123456789")
    found = [law for law in _BY_STEM.get(stem, ()) if law.date == date or (stem == number and _may_be(law, date))]
    return found[0] if len(found) == 1 and number not in _BY_NUMBER else None


def _may_be(law: Law, date: str | None) -> bool:
    return not date or not law.date or law.date.startswith(date)


def replaced_by(law: Law) -> tuple[Law, ...]:
    """The laws that took its place directly."""
    return tuple(_REPLACED_BY.get(law.id, ()))


def find(name: str) -> tuple[Law, ...]:
    """Every law that bore ``name`` (folded or not, with or without its year or date), oldest first."""
    key = name_key(name)
    if key not in _BY_NAME:
        key = name_key(_TAIL.sub("", fold(name)))
    return tuple(_BY_NAME.get(key, ()))


def _of_date(named: tuple[Law, ...], stated: str, at: str | None) -> tuple[Law, ...]:
    """Those of a date or, where none is of that very date, of its year; of two the one in force ``at`` a day."""
    exact = tuple(law for law in named if law.issued.startswith(stated) or (law.date and stated == law.date))
    same_year = exact or tuple(law for law in named if law.issued[:4] == stated[:4])
    in_force = tuple(law for law in same_year if at and _in_force(law, at))
    return in_force if len(in_force) == 1 else same_year


def candidates(name: str, *, stated: str | None = None, at: str | None = None) -> tuple[Law, ...]:
    """The laws that ``name`` can mean, one where that is certain.

    ``stated``: a date or year given with the name, ``at``: the citing document's date; both ISO, possibly partial. A
    year at the end of the name ("Luật Đất đai năm 2003") counts as stated. With neither, every law of that name; none
    where the name is not in the table or no law of that name had been passed by then.
    """
    named = find(name)
    stated = stated or _year_in(name)
    if stated:
        return _of_date(named, stated, at)
    if not at or not named:
        return named
    in_force = tuple(law for law in named if _in_force(law, at))
    if in_force:
        return in_force
    passed = [law for law in named if law.issued and begins(law.issued) <= ends(at)]
    return tuple(passed[-1:])


def resolve(name: str, date: str | None, *, stated: str | None = None) -> Resolution:
    """Which law ``name`` means for a document of ``date`` (ISO, possibly partial, None where unknown)."""
    found = candidates(name, stated=stated, at=date)
    if len(found) != 1:
        return Resolution(None, False, (), (), found)
    law = found[0]
    return Resolution(law, bool(date and _in_force(law, date)), amendments(law, date), newer(law), found)


def amendments(law: Law, at: str | None = None) -> tuple[str, ...]:
    """Numbers of the laws amending ``law`` that were in force ``at`` that date (all known ones without a date)."""
    if at is None:
        return law.amended_by
    return tuple(number for number in law.amended_by if started(number) <= ends(at))


def newer(law: Law) -> tuple[Law, ...]:
    """Every law that followed in its place, directly or further on, oldest first."""
    found: dict[str, Law] = {}
    queue = list(replaced_by(law))
    while queue:
        following = queue.pop(0)
        if following.id not in found:
            found[following.id] = following
            queue += replaced_by(following)
    return tuple(sorted(found.values(), key=lambda follower: follower.begins))


def _year_in(name: str) -> str | None:
    tail = _TAIL.search(fold(name))
    year = re.search(r"(?:19|20)\d\d", tail.group()) if tail else None
    return year.group() if year else None


def _in_force(law: Law, at: str) -> bool:
    until = law.valid_to
    return law.begins <= ends(at) and (until is None or begins(at) < until)


def started(number: str) -> str:
    """The first day in force of a law by its number (ISO; the end of its year where no more is known, empty where that
    is no number of a law)."""
    law = by_number(number)
    if law and (law.effective or law.date):
        return law.begins
    year = _YEAR.search(number)
    return _CONTENT.get("starts", {}).get(number) or (f"{year.group(1)}-12-31" if year else "")
