"""The words in which an issuer is named: organs that one code does not tell apart, and heads who sign for an organ
(``data/issuer_words.json``).

A number ending in "/TW" is the Central Committee's, the Politburo's or the Secretariat's: only sentences tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kb.authority import issuers, load
from kb.authority.phrases import Phrases
from messages import Message

FILE = load.DATA / "issuer_words.json"

_SHORT = ("UBND", "HĐND")
"""Organs that are shown by their code: everybody knows them by it, and their names are long."""


@dataclass(frozen=True, slots=True)
class Organ:
    """One of several organs that issue under the code ``code``; ``names``: as they stand in sentences."""

    id: str
    code: str
    name: str
    names: tuple[str, ...]
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """The head of an organ, or a body within it; ``levels`` (``issuers.LEVELS``): of the organs that have it."""

    id: str
    name: str
    names: tuple[str, ...]
    levels: tuple[str, ...]
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


_CONTENT = load.read(FILE)
_SHARED: dict[str, load.Check] = {
    "id": load.word, "name": load.word, "names": load.examples, "match": load.examples, "no_match": load.examples,
}  # fmt: skip


def _organs() -> tuple[Organ, ...]:
    found = load.entries(FILE, _SHARED | {"code": load.word}, {}, key="id", section="organs", content=_CONTENT)
    codes = {issuer.code for issuer in issuers.ISSUERS}
    for entry in found:
        load.known(FILE, entry["id"], "code", [entry["code"]], codes)
    return tuple(Organ(**load.frozen(entry)) for entry in found)


def _offices() -> tuple[Office, ...]:
    found = load.entries(FILE, _SHARED | {"levels": load.examples}, {}, key="id", section="offices", content=_CONTENT)
    for entry in found:
        load.known(FILE, entry["id"], "levels", entry["levels"], issuers.LEVELS)
    return tuple(Office(**load.frozen(entry)) for entry in found)


def _unsaid() -> dict[str, str]:
    found = _CONTENT.get("unsaid")
    if not isinstance(found, dict) or not load.mapping(found):
        raise load.fault(FILE, "unsaid", "unsaid", Message("kb.authority.names_by_code"))
    load.known(FILE, "unsaid", "unsaid", found, {issuer.code for issuer in issuers.ISSUERS})
    return found


ORGANS: tuple[Organ, ...] = _organs()
OFFICES: tuple[Office, ...] = _offices()
_UNSAID = _unsaid()
_ORGAN_NAMES: Phrases[Organ] = Phrases((name, organ) for organ in ORGANS for name in organ.names)
_OFFICE_NAMES: Phrases[Office] = Phrases((name, office) for office in OFFICES for name in office.names)


@lru_cache(maxsize=4096)
def name_of(code: str) -> str:
    """How the organ with this code is called where no words of a text tell more: its code where everybody knows it by
    that, and the code itself where no more is known."""
    issuer = issuers.by_code(code)
    if issuer is None or code in _SHORT:
        return code
    return _UNSAID.get(issuer.code, issuer.name)


def at(folded: str, start: int, stop: int | None = None) -> tuple[int, str, str] | None:
    """The issuer named right at ``start`` of a folded text: where its name ends, its code, and the words as they are
    shown ("Bộ Chính trị", "Bộ trưởng Bộ Y tế", "Chủ tịch UBND"); None where no known one is named."""
    organ = _ORGAN_NAMES.longest(folded, start, stop)
    office = _OFFICE_NAMES.longest(folded, start, stop)
    if organ is not None and (office is None or organ[0] > office[0]):
        return organ[0], organ[1].code, organ[1].name
    if office is not None and (headed := _headed(folded, office, stop)) is not None:
        return headed
    named = issuers.longest_match(folded, start, stop)
    return (named[0], named[1], name_of(named[1])) if named else None


def _headed(folded: str, office: tuple[int, Office], stop: int | None) -> tuple[int, str, str] | None:
    end, head = office
    begin = end
    while begin < len(folded) and folded[begin] in " \n\r\t,":
        begin += 1
    organ = issuers.longest_match(folded, begin, stop)
    if organ is None or issuers.level(organ[1]) not in head.levels:
        return None
    return organ[0], organ[1], f"{head.name} {name_of(organ[1])}"


def found_at(text: str) -> set[str]:
    """Ids of the organs and offices of the file that begin a folded text."""
    organ, office = _ORGAN_NAMES.longest(text), _OFFICE_NAMES.longest(text)
    return {found[1].id for found in (organ, office) if found}
