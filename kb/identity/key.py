"""Which document a number names: the key under which citations of one document meet, and its permalink.

A number is not a key. Identity = (issuer family, level and unit, province at the date, type, ordinal, year or Party
term), and the date where two series collide. Here a citation or a document's own header becomes an ``Identity`` by
rules alone; what can only be decided by looking at all citations (which year an undated one means, whether two dates
are two documents) is ``kb.resolution.resolve``'s.

``Identity.key`` is what every citation of one document shares, whether or not it states year and date;
``Identity.tail`` is the key without the place, to meet citations whose province is not known.
Sources of the rules: Decree 30/2020/NĐ-CP, Annex I (State numbers); Guide 36-HD/VPTW of 2018 (Party numbers restart
with each five-year term); Decree 24/2014 style numbers carry their year (one series for each organ, type and year).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from kb.authority import issuers, laws, provinces, types
from kb.authority.fold import begins, ends
from kb.identity.numbering import (
    REGISTER_MARK,
    UNKNOWN,
    UNSTATED,
    NumberParts,
    number_parts,
    ordinal_slug,
    register_of,
    slugify,
    term_register,
)
from kb.model import BY_SUBJECT, TERM, TYPE_FROM_CODE, Citation, OwnIdentity
from kb.reading.names import programmes
from kb.reading.names.congress import congress_ordinal

CENTRAL = "tw"
STANDARDS = "tc"
INDIVIDUAL = "i"
"""Marks the yearly series of a central organ's individual documents (``Identity.life``)."""
LATER = "b"
"""Marks the numbers that a province formed anew within the year gave after that day (``Identity.life``)."""
CHAIRMAN = "ct"
"""Follows the ordinal of a normative number of the Chairman's own series, since 2025 beside the Committee's."""
FILES = "tep"
"""Stands in the permalink of a held text that has no header of its own."""

PROGRAMME_TYPES = frozenset(entry["id"] for entry in programmes.entries())
"""Types of documents that are filed by name where no number is given."""
_NAME_WORDS = 14


@dataclass(frozen=True, slots=True)
class Identity:
    """Where a document is filed.

    ``place``: province slug, ``tw`` (central), ``tc`` (standards) or ``x`` (not known). ``unit``: slug of a district
    or commune, else "". ``organ``, ``kind``, ``ordinal``: slugs; an ordinal is unique within the rest. ``year``: the
    year of the date or of the number; None where neither is stated. ``date`` ISO, may be partial. ``single``: key and
    year alone name one document (the number carries its year, a standard, a name), so that differing dates are a
    conflict and not two documents. ``scope``: eight hex digits that tie an identity to one text where only that text
    can tell what is meant (blank numbers, unknown years). ``life``: which life of a province that was formed anew in
    the year of the number, since its organs then begin at 1 again: "" the earlier, ``b`` the later, ``?`` not known;
    ``i`` marks individual documents of a central organ, which has one register a year for them. ``register``: which
    series of an act of the legislature (``numbering.register_of``), or the term of an undated Party number (``k13``).
    """

    place: str
    unit: str
    organ: str
    kind: str
    ordinal: str
    year: str | None = None
    date: str | None = None
    single: bool = False
    scope: str = ""
    life: str = ""
    register: str = ""

    @property
    def tail(self) -> str:
        """The key without the place."""
        return f"{self.unit}/{self.organ}/{self.kind}/{self.ordinal}"

    @property
    def key(self) -> str:
        """What all citations of one document share: everything but year and date, which some leave out."""
        return f"{self.place}/{self.tail}"

    @property
    def series(self) -> str | None:
        """The year, with the life of the province or the register, for which the key names one document ("" where it
        needs no year); None where the date decides."""
        if not self.single:
            return None
        return (self.year or "") + self.life + (REGISTER_MARK + self.register if self.register else "")

    def undated(self) -> Identity:
        """The same without its date, to be compared with others that may not state it."""
        return replace(self, date=None)

    @property
    def slug(self) -> str:
        """The permalink without ``/vb/``, before collisions are told apart."""
        if self.place == STANDARDS:
            return f"{STANDARDS}/{self.ordinal}"
        if self.place == FILES:
            return f"{FILES}/{self.ordinal}"
        parts = [self.place, *([self.unit] if self.unit else []), self.organ, self.year or UNKNOWN, self.kind]
        marks = [self.ordinal, self.register if self.register != UNSTATED else "", self.scope]
        return "/".join([*parts, "-".join(mark for mark in marks if mark)])


def content_scope(sha256: str) -> str:
    """The eight hex digits that stand for one text in permalinks of blank numbers."""
    return sha256[:8] if re.match(r"[0-9a-f]{8}", sha256) else hashlib.sha256(sha256.encode()).hexdigest()[:8]


def year_of(date: str | None) -> str | None:
    """The year of an ISO date, full or partial."""
    return date[:4] if date else None


@lru_cache(maxsize=16384)
def place_slug(province: str | None, known: bool, date: str | None = None) -> str:
    """The first part of a permalink for a province named plainly (None with ``known``: a central organ).

    A province that only changed its name (Huế) has the name valid at ``date``.
    """
    if province is None:
        return CENTRAL if known else UNKNOWN
    name = provinces.find(province)
    if name is None:
        return UNKNOWN
    return provinces.slug(provinces.name_at(name, date) if date else name)


def _organ_slug(body: str | None, parts: NumberParts | None) -> str:
    if body and body != "?":
        lead, *others = body.split("+")
        return slugify("-".join((lead, *sorted(others))))  # the order behind the first is not kept with care
    if parts and parts.organs:
        return slugify(issuers.canonical(parts.organs[0]))
    return UNKNOWN


def _filed_under(parts: NumberParts, body: str | None) -> tuple[str, str]:
    """Type slug and the suffix of the ordinal (what the code says beyond type and organ) of a number."""
    first = parts.organs[0] if parts.organs else ""
    if parts.type_code is None:
        term = issuers.LAW_TERM.match(first)
        if term:
            return slugify(first), ""
        return "cv", slugify("-".join(parts.organs[1:]))
    code = types.canonical_code(parts.type_code) or parts.type_code
    kind = types.by_code(code, first or None)
    slug = kind.slug if kind is not None and kind.codes and kind.codes[0] == code else slugify(code)
    if body and "+" in body:
        return slug, ""
    suffix = slugify("-".join(parts.organs[1:]))
    return slug, CHAIRMAN if parts.year and is_of_chairman(first) else suffix


def is_of_chairman(organ: str) -> bool:
    """Whether an organ's code in a number is that of a Committee's Chairman (CTUBND, CT.UBND)."""
    return organ.upper().startswith("CT") and organ != "CT" and issuers.canonical(organ) == "UBND"


@lru_cache(maxsize=4096)
def _has_one_register(body: str | None) -> bool:
    """Whether an organ numbers the documents of a type in one series a year. Central organs do; a province's
    Committee and its Chairman may run two, and a local code may stand for organs of several levels."""
    issuer = issuers.by_code(body) if body else None
    return issuer is not None and issuer.level in ("central", "ministry", "party_central", "court")


def _unit_slug(unit: str | None, place: str) -> str:
    """The permalink part of a district or commune; a central city, whatever words run on, is no unit of itself."""
    slug = slugify(unit) if unit else ""
    is_city = any(life.unit == "city" for life in provinces.lives(provinces.by_slug(place) or ""))
    return "" if is_city and slug.startswith(f"thanh-pho-{place}") else slug


@lru_cache(maxsize=16384)
def life_of(place: str, year: str | None, date: str | None, cited_on: str | None = None) -> str:
    """Which life of a province a number of ``year`` is of (see ``Identity.life``).

    A province formed by merger within a year (2025-07-01, Nghị quyết 202/2025/QH15) is a new issuer of the old name.
    ``cited_on``: the citing document's date; what is cited before the merger is of the earlier life.
    """
    name = provinces.by_slug(place)
    starts = [one.valid_from for one in provinces.lives(name or "")[1:] if one.valid_from]
    start = next((day for day in starts if day[:4] == year and not day.endswith("-01-01")), None)
    if start is None:
        return ""
    if date is not None and begins(date) >= start:
        return LATER
    known = date if date is not None and len(date) > 4 else cited_on
    return "" if known is not None and ends(known) < start else UNSTATED


def _numbered(
    number: str,
    *,
    body: str | None,
    place: str,
    unit: str | None,
    date: str | None,
    cited_on: str | None,
    type_id: str | None,
) -> Identity | None:
    law = laws.without_term(number, date)
    if law is not None and law.number:
        number, type_id = law.number, law.type
    parts = number_parts(number)
    if parts is None:
        return None
    kind, suffix = _filed_under(parts, body)
    ordinal = ordinal_slug(parts.ordinal) + (f"-{suffix}" if suffix else "")
    # A type that always carries its year has one series a year, also where an author left the year out.
    stated = types.by_code(parts.type_code, next(iter(parts.organs), None)) if parts.type_code else None
    single = parts.year is not None or (date is not None and stated is not None and stated.year == "always")
    life = life_of(place, parts.year, date, cited_on) if parts.year else ""
    if not single and date is not None and place == CENTRAL and _has_one_register(body):
        single, life = True, INDIVIDUAL
    return Identity(
        place=place,
        unit=_unit_slug(unit, place),
        organ=_organ_slug(body, parts),
        kind=kind,
        ordinal=ordinal,
        year=parts.year or year_of(date),
        date=date,
        single=single,
        life=life,
        register=register_of(number, type_id, date),
    )


def _named(name: str, type_id: str | None, body: str | None, place: str, date: str | None) -> Identity:
    """A document known by its name only: filed under the words of the name."""
    words = slugify(name).split("-")
    ordinal = "-".join(words[:_NAME_WORDS])
    if len(words) > _NAME_WORDS:
        ordinal += "-" + hashlib.sha256("-".join(words).encode()).hexdigest()[:8]
    kind = types.by_id(type_id).slug if type_id else "ten"
    year = year_of(date)
    return Identity(
        place=place,
        unit="",
        organ=slugify(body) if body and body != "?" else UNKNOWN,
        kind=kind,
        ordinal=ordinal or UNKNOWN,
        year=year,
        date=date,
        single=True,
    )


def _programme(name: str, citation: Citation) -> Identity:
    """A programme known by its name only: filed under a digest of the name, as a document without a number."""
    digest = hashlib.sha256(slugify(name).encode()).hexdigest()[:8]
    return Identity(
        place=place_slug(citation.province, citation.province_known),
        unit="",
        organ=slugify(citation.body) if citation.body and citation.body != "?" else UNKNOWN,
        kind=types.by_id(citation.type).slug if citation.type else UNKNOWN,
        ordinal=f"x-{digest}",
        single=True,
    )


def identify_law(law: laws.Law) -> Identity:
    """The identity of a law of the authority file; a Constitution has no number and is filed by name and year."""
    organ = types.by_id(law.type).orgs[0]
    if law.number:
        numbered = identify_number(law.number, body=organ, province=None, date=law.date, type_id=law.type)
        if numbered is not None:
            return numbered
    return _named(law.name, law.type, organ, CENTRAL, law.issued or None)


@lru_cache(maxsize=1)
def _laws_by_slug() -> dict[str, laws.Law]:
    return {identify_law(law).slug: law for law in reversed(laws.LAWS)}


def law_of(slug: str) -> laws.Law | None:
    """The law of the authority file that has this permalink, None for anything else."""
    return _laws_by_slug().get(slug)


def identify_number(
    number: str,
    *,
    body: str | None,
    province: str | None,
    province_known: bool = True,
    unit: str | None = None,
    date: str | None = None,
    cited_on: str | None = None,
    type_id: str | None = None,
) -> Identity | None:
    """The identity of a canonical number with what is known of its issuer; None where it is not a number.

    ``cited_on``: the citing document's date, where there is one; ``type_id``: the type where words state it."""
    place = place_slug(province, province_known, date)
    return _numbered(number, body=body, place=place, unit=unit, date=date, cited_on=cited_on, type_id=type_id)


def identify_name(name: str, citation: Citation) -> Identity:
    """The identity of a document known by its name alone: filed under the words of the name, a congress resolution
    under the ordinal of the congress, whatever words the name has beside it."""
    if citation.type in PROGRAMME_TYPES:
        return _programme(name, citation)
    place = place_slug(citation.province, citation.province_known, citation.date)
    congress = congress_ordinal(name) if citation.type == "d-nghi-quyet" else None
    made = _named(name, citation.type, citation.body, place, citation.date)
    if congress is None:
        return made
    return replace(made, ordinal=f"dai-hoi-{congress:02}", unit=_unit_slug(citation.unit, place))


def identify_citation(citation: Citation, own: OwnIdentity | None = None) -> Identity | None:
    """The identity that a citation states by itself; None for back references and for numbers without a usable shape.

    ``own`` is the citing document's header. Laws by name need more (``kb.identity.of_text``).
    """
    if citation.kind == "back_reference" or BY_SUBJECT in citation.notes:
        return None
    if citation.kind == "standard":
        return Identity(STANDARDS, "", "", "tc", slugify(citation.number or citation.text), single=True)
    if citation.kind == "named" and not citation.number:
        return identify_name(" ".join((citation.title or citation.text).split()), citation)
    return _by_number(citation.number, citation, own) if citation.number else None


def _by_number(number: str, citation: Citation, own: OwnIdentity | None) -> Identity | None:
    identity = identify_number(
        number,
        body=citation.body,
        province=citation.province,
        province_known=citation.province_known,
        unit=citation.unit,
        date=citation.date,
        cited_on=own.day if own else None,
        type_id=None if TYPE_FROM_CODE in citation.notes else citation.type,
    )
    term = next((note[len(TERM) :] for note in citation.notes if note.startswith(TERM)), None)
    if identity is None or term is None or citation.date or identity.place != CENTRAL:
        return identity
    return replace(identity, single=True, register=term_register(term))


def identify_own(own: OwnIdentity | None, sha256: str) -> Identity:
    """The identity of a held document from its own header; ``sha256`` of its content names blank numbers.

    A text without a header of its own is filed under ``tep/``.
    """
    scope = content_scope(sha256)
    if own is None:
        return Identity(FILES, "", "", "tep", f"x-{scope}", single=True)
    body = own.body
    central = own.province is None and body is not None and any(map(issuers.is_central, body.split("+")))
    place = place_slug(own.province, central, own.day)
    if own.number:
        found = _numbered(
            own.number, body=body, place=place, unit=own.unit, date=own.day, cited_on=None, type_id=own.type
        )
        if found is not None:
            return found if found.year else replace(found, scope=scope)
    kind = types.by_id(own.type).slug if own.type else UNKNOWN
    if own.code:
        code = number_parts("1/" + own.code)
        if code is not None:
            kind = _filed_under(code, body)[0]
    return Identity(
        place=place,
        unit=_unit_slug(own.unit, place),
        organ=slugify(body) if body and body != "?" else UNKNOWN,
        kind=kind,
        ordinal=f"x-{scope}",
        year=year_of(own.day),
        date=own.day,
    )
