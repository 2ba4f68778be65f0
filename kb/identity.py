"""Which document a number names: the key under which citations of one document meet, and its permalink.

A number is not a key. Identity = (issuer family, level and unit, province at the date, type, ordinal, year or Party
term), and the date where two series collide. Here a citation or a document's own header becomes an ``Identity`` by
rules alone; what can only be decided by looking at all citations (which year an undated one means, whether two dates
are two documents) is ``kb.resolution``'s.

``base`` is the part of the key that every citation of one document shares, whether or not it states year and date;
``tail`` is the base without the place, to meet citations whose province is not known.
Sources of the rules: Decree 30/2020/NĐ-CP, Annex I (State numbers); Guide 36-HD/VPTW of 2018 (Party numbers restart
with each five-year term); Decree 24/2014 style numbers carry their year (one series for each organ, type and year).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from kb.authority import issuers, laws, provinces, types
from kb.authority.fold import begins, ends, fold
from kb.model import Citation, OwnIdentity

CENTRAL = "tw"
STANDARDS = "tc"
UNKNOWN = "x"
"""Stands in a permalink for a place, organ or year that no evidence gives."""
INDIVIDUAL = "i"
"""Marks the yearly series of a central organ's individual documents (``Identity.life``)."""
FILES = "tep"
"""Stands in the permalink of a held text that has no header of its own."""

_NAME_WORDS = 14
_NON_WORD = re.compile(r"[^a-z0-9]+")
_PARTY = re.compile(r"(?P<ordinal>[0-9][0-9a-zđ.]*)-(?P<type>[^/]+)/(?P<organ>.+)\Z")
_STATE = re.compile(r"(?P<ordinal>[0-9][0-9a-zđ.]*)(?:/(?P<year>[12][0-9]{3}))?[/-](?P<code>.+)\Z")
_LAW_TERM = re.compile(r"(?P<organ>QH|UBTVQH|QHK)(?P<term>[0-9]{1,2})\Z")
_TERM_DIGITS = re.compile(r"(?<=[^0-9])[0-9]{1,2}\Z")
_ORDINAL = re.compile(r"0*(?P<digits>[0-9]+)(?P<rest>.*)\Z")


def slugify(text: str) -> str:
    """Lower-case ASCII words joined by hyphens (``Bà Rịa - Vũng Tàu`` → ``ba-ria-vung-tau``)."""
    return _NON_WORD.sub("-", fold(text)).strip("-")


def ordinal_slug(ordinal: str) -> str:
    """An ordinal as permalinks show it: without leading zeros but of two digits at least (``0124`` → ``124``)."""
    match = _ORDINAL.match(ordinal)
    if match is None:
        return slugify(ordinal) or UNKNOWN
    rest = fold(match["rest"]).replace(" ", "")
    return match["digits"].zfill(2) + re.sub(r"[^a-z0-9.]", "", rest)


@dataclass(frozen=True, slots=True)
class NumberParts:
    """A canonical number taken apart: ``type_code`` None for official letters and laws, ``organs`` the codes after
    it, ``year`` the year inside the number, ``party`` whether it stands in the Party's order (04-NQ/TU)."""

    ordinal: str
    year: str | None
    type_code: str | None
    organs: tuple[str, ...]
    party: bool


@lru_cache(maxsize=65536)
def number_parts(number: str) -> NumberParts | None:
    """The parts of a canonical number, or None where it has not the shape of one."""
    match = _PARTY.match(number)
    if match and "/" not in match["organ"] and types.canonical_code(match["type"]):
        return NumberParts(match["ordinal"], None, match["type"], tuple(match["organ"].split("-")), True)
    match = _STATE.match(number)
    if match is None:
        return None
    pieces = [piece for piece in re.split(r"[-/.]", match["code"]) if piece]
    if not pieces:
        return None
    first, rest = pieces[0], tuple(pieces[1:])
    if types.canonical_code(first) and (rest or not _LAW_TERM.match(first)):
        return NumberParts(match["ordinal"], match["year"], first, rest, False)
    return NumberParts(match["ordinal"], match["year"], None, (first, *rest), False)


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
    ``i`` marks individual documents of a central organ, which has one register a year for them.
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

    @property
    def tail(self) -> str:
        """The key without the place."""
        return f"{self.unit}/{self.organ}/{self.kind}/{self.ordinal}"

    @property
    def base(self) -> str:
        """The key without year and date: all citations of one document share it."""
        return f"{self.place}/{self.tail}"

    @property
    def series(self) -> str | None:
        """The year, with the life of the province, for which the key names one document ("" where it needs no year);
        None where the date decides."""
        return (self.year or "") + self.life if self.single else None

    @property
    def slug(self) -> str:
        """The permalink without ``/vb/``, before collisions are told apart."""
        if self.place == STANDARDS:
            return f"{STANDARDS}/{self.ordinal}"
        if self.place == FILES:
            return f"{FILES}/{self.ordinal}"
        parts = [self.place, *([self.unit] if self.unit else []), self.organ, self.year or UNKNOWN, self.kind]
        return "/".join([*parts, self.ordinal + (f"-{self.scope}" if self.scope else "")])


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
        return slugify(body)
    if parts and parts.organs:
        return slugify(issuers.canonical(parts.organs[0]))
    return UNKNOWN


def _filed_under(parts: NumberParts, body: str | None) -> tuple[str, str]:
    """Type slug and the suffix of the ordinal (what the code says beyond type and organ) of a number."""
    first = parts.organs[0] if parts.organs else ""
    if parts.type_code is None:
        term = _LAW_TERM.match(first)
        if term:
            return slugify(first), ""
        return "cv", slugify("-".join(parts.organs[1:]))
    code = types.canonical_code(parts.type_code) or parts.type_code
    kind = types.by_code(code, first or None)
    slug = kind.slug if kind is not None and kind.codes and kind.codes[0] == code else slugify(code)
    if body and "+" in body:
        return slug, ""
    suffix = slugify("-".join(parts.organs[1:]))
    if parts.year and first.upper().startswith("CT") and first != "CT" and issuers.canonical(first) == "UBND":
        suffix = "ct"  # the Chairman's own normative series, since 2025 beside the Committee's
    return slug, suffix


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
        return "b"
    known = date if date is not None and len(date) > 4 else cited_on
    return "" if known is not None and ends(known) < start else "?"


def _numbered(
    number: str, *, body: str | None, place: str, unit: str | None, date: str | None, cited_on: str | None
) -> Identity | None:
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


def identify_law(law: laws.Law) -> Identity:
    """The identity of a law of the authority file; a Constitution has no number and is filed by name and year."""
    organ = "UBTVQH" if law.type == "phap-lenh" else "QH"
    if law.number:
        numbered = identify_number(law.number, body=organ, province=None, date=law.date)
        if numbered is not None:
            return numbered
    return _named(law.name, law.type, organ, CENTRAL, law.issued or None)


def _passed_over(law: laws.Law, at: str | None) -> bool:
    """Whether on that day a law in its place was passed but not yet in force: a plan may then mean either."""
    return at is not None and any(next_.issued <= at < next_.begins for next_ in laws.newer(law))


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
) -> Identity | None:
    """The identity of a canonical number with what is known of its issuer; None where it is not a number.

    ``cited_on``: the citing document's date, where there is one."""
    place = place_slug(province, province_known, date)
    return _numbered(number, body=body, place=place, unit=unit, date=date, cited_on=cited_on)


def identify_citation(citation: Citation, own: OwnIdentity | None = None) -> Identity | None:
    """The identity that a citation states; None for back references and for numbers without a usable shape.

    ``own`` is the citing document's header: its date tells which law a bare name means, its province that of a
    programme cited by name only.
    """
    if citation.kind == "back_reference":
        return None
    if citation.kind == "standard":
        return Identity(STANDARDS, "", "", "tc", slugify(citation.number or citation.text), single=True)
    if citation.kind == "named" and not citation.number:
        name = " ".join((citation.title or citation.text).split())
        if citation.type in laws.TYPES:
            at = own.date if own else None
            meant = laws.candidates(name, stated=citation.date, at=at)
            if len(meant) == 1 and (citation.date or not _passed_over(meant[0], at)):
                return identify_law(meant[0])
            place = CENTRAL
        else:
            place = place_slug(citation.province, citation.province_known, citation.date)
        return _named(name, citation.type, citation.body, place, citation.date)
    if not citation.number:
        return None
    return identify_number(
        citation.number,
        body=citation.body,
        province=citation.province,
        province_known=citation.province_known,
        unit=citation.unit,
        date=citation.date,
        cited_on=own.date if own else None,
    )


def identify_own(own: OwnIdentity | None, sha256: str) -> Identity:
    """The identity of a held document from its own header; ``sha256`` of its content names blank numbers.

    A text without a header of its own is filed under ``tep/``.
    """
    scope = content_scope(sha256)
    if own is None:
        return Identity(FILES, "", "", "tep", f"x-{scope}", single=True)
    body = own.body
    central = own.province is None and body is not None and issuers.is_central(body)
    place = place_slug(own.province, central, own.date)
    if own.number:
        found = _numbered(own.number, body=body, place=place, unit=own.unit, date=own.date, cited_on=None)
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
        year=year_of(own.date),
        date=own.date,
    )
