"""Issuing organs: their codes as they stand in numbers, their names in sentences, level and life span
(``data/issuers.json``).

A code is not an organ: ``UBND`` is a Committee or its Chairman, of a province, a district or a commune. What a
number's code can tell is here; the unit and the province come from the sentence and the citing document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kb.authority import load
from kb.authority.fold import begins, ends, fold_code
from kb.authority.patterns import alternatives
from kb.authority.phrases import Phrases
from messages import Message

FILE = load.DATA / "issuers.json"

LEVELS = (
    "central",
    "court",
    "ministry",
    "agency",
    "general",
    "party_central",
    "mass",
    "board",
    "provincial",
    "department",
    "party_provincial",
    "district",
    "party_district",
    "commune",
    "party_commune",
)
CENTRAL_LEVELS = frozenset({"central", "court", "ministry", "agency", "general", "party_central"})

_TERM = re.compile(r"(?<=\D)\d{1,3}\Z")


@dataclass(frozen=True, slots=True)
class Issuer:
    """One organ family under one code.

    ``aliases`` are other codes for it; ``central_aliases`` are forms (the code itself too) that say the central organ
    is meant; ``local_aliases`` are codes that mean it where the sentence speaks of a local organ ("LĐTBXH" for Sở).
    ``level`` is where it usually stands (one of ``LEVELS``), ``also`` where it stands too under the same code.
    ``valid_from``/``valid_to`` are ISO dates, possibly partial; None where it always existed or still does.
    ``central_from``: until then only its branches in the provinces bore the code.
    ``numbered_until``: the last year in which digits behind its code named one of its units ("898/CV-NHNN10").
    ``party``: its numbers have the Party's order (Hướng dẫn 36-HD/VPTW). ``makes_laws``: it passes laws or ordinances;
    ``termed`` are the forms of its code behind which the number of a term stands (QH15).
    """

    code: str
    name: str
    level: str
    names: tuple[str, ...]
    name_en: str | None = None
    aliases: tuple[str, ...] = ()
    central_aliases: tuple[str, ...] = ()
    local_aliases: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    party: bool = False
    makes_laws: bool = False
    termed: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    succeeded_by: tuple[str, ...] = ()
    numbered_until: str | None = None
    central_from: str | None = None
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()

    def existed(self, date: str) -> bool:
        """Whether the organ can have signed on ``date`` (ISO, may be partial)."""
        return not (
            (self.valid_from and ends(date) < begins(self.valid_from))
            or (self.valid_to and begins(date) > ends(self.valid_to))
        )


_CONTENT = load.read(FILE)


def _read() -> tuple[Issuer, ...]:
    required = {
        "code": load.word,
        "name": load.word,
        "level": load.one_of(*LEVELS),
        "match": load.examples,
        "no_match": load.examples,
    }
    optional = {
        "names": load.words,
        "name_en": load.word,
        "aliases": load.words,
        "central_aliases": load.words,
        "local_aliases": load.words,
        "also": load.words,
        "party": load.flag,
        "makes_laws": load.flag,
        "termed": load.words,
        "valid_from": load.date,
        "valid_to": load.date,
        "succeeded_by": load.words,
        "numbered_until": load.date,
        "central_from": load.date,
    }
    raw = load.entries(FILE, required, optional, key="code", content=_CONTENT)
    codes = {entry["code"] for entry in raw}
    owner = {code: code for code in codes}
    found = []
    for entry in raw:
        load.known(FILE, entry["code"], "succeeded_by", entry.get("succeeded_by", []), codes)
        load.known(FILE, entry["code"], "also", entry.get("also", []), LEVELS)
        for alias in (*entry.get("aliases", []), *entry.get("central_aliases", [])):
            if owner.setdefault(alias, entry["code"]) != entry["code"]:
                other = owner[alias]
                raise load.fault(
                    FILE, entry["code"], "aliases", Message("kb.authority.alias_taken", alias=alias, other=other)
                )
        fields = load.frozen(entry)
        fields.setdefault("names", ())
        found.append(Issuer(**fields))
    return tuple(found)


def _code_list(section: str) -> frozenset[str]:
    value = _CONTENT.get(section)
    if not load.words(value):
        raise load.fault(FILE, section, section, Message("kb.authority.list_of_codes"))
    return frozenset(value or ())


ISSUERS: tuple[Issuer, ...] = _read()
OTHER_CODES: frozenset[str] = _code_list("other_codes")
UNIT_CODES: frozenset[str] = _code_list("unit_codes")
"""Drafting units that stand behind the organ in official letters (4085/UBND-ĐT)."""


def _central_marks() -> dict[str, tuple[str, ...]]:
    value = _CONTENT.get("central_marks")
    if not isinstance(value, dict) or not all(
        load.words(value.get(part)) for part in ("begins", "never", "ends", "match", "no_match")
    ):
        raise load.fault(FILE, "central_marks", "central_marks", Message("kb.authority.begins_ends"))
    return {part: tuple(value[part]) for part in ("begins", "never", "ends", "match", "no_match")}


CENTRAL_MARKS: dict[str, tuple[str, ...]] = _central_marks()


def has_central_mark(code: str) -> bool:
    """Whether the letters of a code not listed here say Trung ương, Việt Nam, Nhà nước or quốc gia (BCĐNNDL), or a
    university (ĐHTL) and no shareholders' meeting (ĐHĐCĐ)."""
    if code.startswith(CENTRAL_MARKS["never"]):
        return False
    return code.startswith(CENTRAL_MARKS["begins"]) or code.endswith(CENTRAL_MARKS["ends"])


def _joint_marks() -> frozenset[str]:
    value = _CONTENT.get("joint_marks")
    if not isinstance(value, dict) or not all(load.words(value.get(part)) for part in ("codes", "match", "no_match")):
        raise load.fault(FILE, "joint_marks", "joint_marks", Message("kb.authority.codes_match"))
    return frozenset(value["codes"])


JOINT_MARKS: frozenset[str] = _joint_marks()
"""Stand in a number in place of the organs that sign together (77/KH-LT: liên tịch); only a sentence names them."""


@dataclass(frozen=True, slots=True)
class Branch:
    """The branch of a central organ (``of``) in one province, with a code of its own in letters (1539/VLO-QLDN3)."""

    code: str
    of: str
    province: str
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


def _branches() -> tuple[Branch, ...]:
    required = {
        "code": load.word,
        "of": load.word,
        "province": load.word,
        "match": load.examples,
        "no_match": load.examples,
    }
    raw = load.entries(FILE, required, {}, key="code", section="branches", content=_CONTENT)
    codes = {issuer.code for issuer in ISSUERS}
    for entry in raw:
        load.known(FILE, entry["code"], "of", [entry["of"]], codes)
    return tuple(Branch(**load.frozen(entry)) for entry in raw)


BRANCHES: tuple[Branch, ...] = _branches()
_BRANCH_PROVINCES = {branch.code: branch.province for branch in BRANCHES}


def branch_province(code: str) -> str | None:
    """The province (plain name) of a branch office with this code, None where the code is no branch's."""
    return _BRANCH_PROVINCES.get(code)


def _spellings() -> dict[str, str]:
    value = _CONTENT.get("spellings")
    if not isinstance(value, dict) or not all(load.words(value.get(part)) for part in ("match", "no_match")):
        raise load.fault(FILE, "spellings", "spellings", Message("kb.authority.codes_match"))
    return dict(value["codes"])


_SPELLINGS: dict[str, str] = _spellings()


def respelled(code: str) -> str:
    """A code as numbers have it, where it is spelled with letters that no code has ("QĐ/T.Ư" → "QĐ/TW")."""
    if not code.isascii():
        for spelling, meant in _SPELLINGS.items():
            code = code.replace(spelling, meant)
    return code


_BY_CODE = {issuer.code: issuer for issuer in ISSUERS}
_CANONICAL: dict[str, str] = {code: code for code in (*_BY_CODE, *sorted(OTHER_CODES))}
for _issuer in ISSUERS:
    for _alias in (*_issuer.aliases, *_issuer.central_aliases, *_issuer.termed):
        _CANONICAL[_alias] = _issuer.code
_FOLDED: dict[str, str] = {}
for _form, _code in _CANONICAL.items():
    _FOLDED.setdefault(fold_code(_form), _code)
_CENTRAL_ALIASES = {alias for issuer in ISSUERS for alias in issuer.central_aliases}
_LOCAL_ALIASES = {alias: issuer.code for issuer in ISSUERS for alias in issuer.local_aliases}

ORG_CODES: frozenset[str] = frozenset(_CANONICAL)
"""Every organ code known, aliases included, as it stands in numbers (without a legislature's term)."""

LAWMAKERS: tuple[str, ...] = tuple(issuer.code for issuer in ISSUERS if issuer.makes_laws)
"""Codes of the organs that pass laws and ordinances: the National Assembly and its Standing Committee."""

LAW_TERM: re.Pattern[str] = re.compile(
    rf"(?P<organ>{alternatives((form for one in ISSUERS if one.makes_laws for form in one.termed), printed=True)})"
    r"(?P<term>[0-9]{1,2})\Z"
)
"""The code of one of them with its term, as numbers of laws end (QH15)."""

TERMED: str = alternatives((form for issuer in ISSUERS for form in issuer.termed), printed=True)
"""A piece of pattern for every code behind which the number of a term stands."""

_PHRASES: Phrases[str] = Phrases((name, issuer.code) for issuer in ISSUERS for name in (issuer.name, *issuer.names))


# What a code means is asked several times a citation: the answers are kept.


def _lookup(code: str) -> str | None:
    found = _CANONICAL.get(code) or _FOLDED.get(fold_code(code))
    if found is None and (term := _TERM.search(code)):
        stem = code[: term.start()]
        found = _CANONICAL.get(stem) or _FOLDED.get(fold_code(stem))
    return found


@lru_cache(maxsize=8192)
def is_known(code: str) -> bool:
    """Whether ``code`` (alias, other case, with a term such as QH15 or HĐND8) is an organ known here."""
    return _lookup(code) is not None


@lru_cache(maxsize=8192)
def canonical(code: str) -> str:
    """The authority code of an organ code or alias: ``BNN`` → ``BNNPTNT``, ``QH15`` → ``QH``; unknown as it stands."""
    return _lookup(code) or code


def of_department(code: str) -> str:
    """The authority code of an organ's code printed without its S or B, where a local organ is meant: as it stands
    unless the file lists it."""
    return _LOCAL_ALIASES.get(code, code)


def by_code(code: str) -> Issuer | None:
    """The organ with this code or alias, None where nothing more than the code is known."""
    return _BY_CODE.get(_lookup(code) or "")


def longest_match(folded: str, start: int = 0, stop: int | None = None) -> tuple[int, str] | None:
    """``(end, code)`` of the longest organ name that begins at ``start`` of a folded text, else None."""
    return _PHRASES.longest(folded, start, stop)


@lru_cache(maxsize=8192)
def level(code: str) -> str | None:
    """Where the organ usually stands (one of ``LEVELS``), None where unknown."""
    issuer = by_code(code)
    return issuer.level if issuer else None


@lru_cache(maxsize=8192)
def is_central(code: str) -> bool:
    """Whether the code names an organ of the centre, which belongs to no province."""
    issuer = by_code(code)
    return issuer is not None and (issuer.level in CENTRAL_LEVELS or code in _CENTRAL_ALIASES)


@lru_cache(maxsize=8192)
def is_party(code: str) -> bool:
    """Whether the organ numbers in the Party's order, hyphen first (04-NQ/TU)."""
    issuer = by_code(code)
    return issuer is not None and issuer.party


@lru_cache(maxsize=8192)
def numbers_its_units(code: str, year: str | None) -> bool:
    """Whether digits behind an organ's ``code`` name one of its units in a document of ``year`` (None: not known)."""
    issuer = by_code(code)
    until = issuer.numbered_until if issuer else None
    return until is not None and (year is None or year <= until)


@lru_cache(maxsize=8192)
def stands_at_both(code: str) -> bool:
    """Whether an organ of the centre and ones of the provinces bear the same code, so that only the sentence tells."""
    issuer = by_code(code)
    return issuer is not None and issuer.level not in CENTRAL_LEVELS and "party_central" in issuer.also


@lru_cache(maxsize=8192)
def was_local(code: str, date: str | None) -> bool:
    """Whether at the ``date`` (None: not known) only branches in the provinces bore the ``code``: "Cục Thuế" before it
    took the place of the general department."""
    issuer = by_code(code)
    return bool(date and issuer and issuer.central_from and ends(date) < begins(issuer.central_from))


def makes_laws(code: str) -> bool:
    """Whether ``code`` (canonical, without a term) is an organ that passes laws or ordinances."""
    return code in LAWMAKERS


def successors(code: str) -> tuple[str, ...]:
    """The codes of the organs that took over, the organ itself where it still exists."""
    issuer = by_code(code)
    if issuer is None or not issuer.succeeded_by or issuer.valid_to is None:
        return (canonical(code),)
    return tuple(dict.fromkeys(last for next_ in issuer.succeeded_by for last in successors(next_)))
