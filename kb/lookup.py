"""Which document is this number: a query in any shape against the documents of the base.

Digits are exact, always. Letters are read as in documents (case, diacritics, separators and scan damage are undone
against the closed vocabulary of codes), and what was undone is said in ``warnings``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from rapidfuzz.distance import Indel

from kb.authority import issuers, provinces, types
from kb.authority.fold import fold
from kb.identity import STANDARDS
from kb.numbering import ordinal_slug, slugify
from kb.reading import codes
from kb.reading.numbers import canonical
from kb.reading.view import View
from kb.store.schema import document

MAX_QUERY = 200
"""Longest query that is looked at, in characters."""
MAX_MATCHES = 50
MAX_SUGGESTIONS = 8

_DATE = re.compile(r"(?:ngay )?(?<![0-9])([0-3]?[0-9])[/.-]([01]?[0-9])[/.-]((?:19|20)[0-9]{2})(?![0-9/])")
_DATE_WORDS = re.compile(r"(?:ngay )?([0-3]?[0-9]) thang ([01]?[0-9]) nam ((?:19|20)[0-9]{2})")
_MONTH_WORDS = re.compile(r"thang ([01]?[0-9])(?: nam |[/-])((?:19|20)[0-9]{2})")
_YEAR_WORDS = re.compile(r"nam ((?:19|20)[0-9]{2})")
_STANDARD = re.compile(r"(?:tcvn|qcvn|qcdp|tccs|iso|iec)\b")
_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?[a-z]?(?![a-z0-9])|[a-z0-9&]+")
_NOISE = frozenset(
    """so s6 s0 sb sd cua ngay tinh thanh pho tp ve viec van ban hanh nam huyen quan xa phuong do tai""".split()  # noqa: SIM905
)
_PARTY_AS_STATE = re.compile(r"[0-9]\s*/\s*[a-zđ]+\s*[-/. ]\s*[a-z]+")


@dataclass(frozen=True, slots=True)
class Query:
    """A number query taken apart. ``kinds`` and ``organ`` are permalink parts; ``normalized`` the number as it should
    be written, as far as the query says; ``codes_known`` False where letters are in no vocabulary."""

    ordinal: str
    suffix: str = ""
    year: str | None = None
    date: str | None = None
    kinds: tuple[str, ...] = ()
    organ: str | None = None
    place: str | None = None
    province: str | None = None
    normalized: str = ""
    standard: str | None = None
    warnings: tuple[str, ...] = ()
    central: bool = False
    printed: str = ""


@dataclass(slots=True)
class _Scan:
    """The query's words as they are used up."""

    text: str
    used: list[bool] = field(default_factory=list)

    def cut(self, start: int, end: int) -> None:
        self.text = self.text[:start] + " " * (end - start) + self.text[end:]


def parse(query: str) -> Query | None:
    """Take a query apart; None where it is no document number in any shape."""
    text = unicodedata.normalize("NFC", query).strip()
    if not text or len(text) > MAX_QUERY:
        return None
    view = View(text)
    if _STANDARD.match(view.folded.strip()):
        return Query(ordinal="", standard=slugify(view.text), normalized=" ".join(view.text.split()))
    scan = _Scan(view.folded)
    date = _take_date(scan)
    province = _take_province(scan)
    type_id = _take_type(scan)
    body = _take_issuer(scan)
    tokens = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(scan.text)]
    tokens = [token for token in tokens if token[0] not in _NOISE]
    numbers = [token for token in tokens if token[0][0].isdigit() and not _is_code(token, view)]
    if not numbers:
        return None
    ordinal = numbers[0]
    year = next((n[0] for n in numbers[1:] if re.fullmatch(r"(?:19|20)[0-9]{2}", n[0])), None)
    leftover = [n for n in numbers[1:] if n[0] != year]
    letters = [token for token in tokens if token not in numbers]
    if leftover:
        return None
    in_number = year is not None and "/" in view.text[ordinal[2] : ordinal[2] + 3]
    printed = "-".join(view.text[start:end] for _, start, end in letters)
    made = _read_code(printed, type_id)
    if made is None and letters:
        return None
    if made is not None and not made.known and not re.search(r"[0-9]\s*[/-]\s*[a-z0-9]", scan.text):
        return None
    return _assembled(view.text, ordinal[0], year, in_number, made, printed, type_id, body, date, province)


def _is_code(token: tuple[str, int, int], view: View) -> bool:
    """ "0P", "0D" before a hyphen: a code that a scan began with a digit."""
    return bool(re.fullmatch(r"0[a-z]", token[0])) and view.text[token[2] : token[2] + 1] in ("-", ".")


def _read_code(printed: str, type_id: str | None) -> codes.Code | None:
    if not printed:
        return None
    return codes.decode(printed.upper() if printed.islower() else printed, _type_word(type_id), True)


def _type_word(type_id: str | None) -> str | None:
    """The folded words for a type, as evidence for reading a damaged code."""
    words = types.by_id(type_id).words if type_id else ()
    return fold(words[0]) if words else None


def _take_date(scan: _Scan) -> str | None:
    for pattern in (_DATE_WORDS, _DATE):
        match = pattern.search(scan.text)
        if match and 1 <= int(match[1]) <= 31 and 1 <= int(match[2]) <= 12:
            scan.cut(*match.span())
            return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    match = _MONTH_WORDS.search(scan.text)
    if match and 1 <= int(match[1]) <= 12:
        scan.cut(*match.span())
        return f"{match[2]}-{int(match[1]):02}"
    match = _YEAR_WORDS.search(scan.text)
    if match:
        scan.cut(*match.span())
        return match[1]
    return None


def _take_province(scan: _Scan) -> str | None:
    match = provinces.PATTERN.search(scan.text)
    if match is None:
        return None
    scan.cut(*match.span())
    return provinces.plain(match.group())


def _take_type(scan: _Scan) -> str | None:
    for match in re.finditer(r"[a-z]+", scan.text):
        found = types.longest_word(scan.text, match.start())
        if found is not None:
            scan.cut(match.start(), found[0])
            return found[1]
    return None


def _take_issuer(scan: _Scan) -> str | None:
    for match in re.finditer(r"[a-z]{3,}", scan.text):
        found = issuers.longest_match(scan.text, match.start())
        if found is not None and " " in scan.text[match.start() : found[0]].strip():
            scan.cut(match.start(), found[0])
            return found[1]
    return None


def _assembled(
    typed: str,
    ordinal: str,
    year: str | None,
    in_number: bool,
    code: codes.Code | None,
    printed: str,
    type_id: str | None,
    body: str | None,
    date: str | None,
    province: str | None,
) -> Query:
    warnings: list[str] = []
    kinds: tuple[str, ...] = ()
    organ = slugify(body) if body else None
    suffix = ""
    central = bool(body and issuers.is_central(body))
    normalized = ordinal
    if code is not None:
        kinds, organ, suffix, central = _filters(code, organ)
        normalized, _ = canonical(ordinal, year if in_number else None, code, "/", code.text)
        if _in_party_order(normalized) and _PARTY_AS_STATE.search(fold(typed)):
            warnings.append("party_order_fixed")
        if fold(code.text).replace("-", "") != re.sub(r"[^a-z0-9]", "", fold(printed)):
            warnings.append("letters_repaired")
        elif not warnings and normalized not in typed:
            warnings.append("separators_fixed")
    elif type_id:
        kind = types.by_id(type_id)
        kinds = tuple(dict.fromkeys([kind.slug, *(_kind_of(c) for c in kind.codes)]))
        if kind.bare_orgs:
            kinds = ()
        if year and in_number:
            normalized = f"{ordinal}/{year}"
    return Query(
        ordinal=ordinal_slug(ordinal).lstrip("0") or ordinal,
        suffix=suffix,
        year=year,
        date=date,
        kinds=kinds,
        organ=organ,
        province=province,
        normalized=normalized,
        warnings=tuple(warnings),
        central=central,
        printed=printed,
    )


def _in_party_order(number: str) -> bool:
    return "/" in number and "-" in number.partition("/")[0]


def _kind_of(code: str) -> str:
    kind = types.by_code(code)
    return kind.slug if kind is not None and kind.codes and kind.codes[0] == code else slugify(code)


def _filters(code: codes.Code, organ: str | None) -> tuple[tuple[str, ...], str | None, str, bool]:
    """Permalink parts that a code asks for: (types, organ, suffix of the ordinal, central organ)."""
    first = code.parts[0]
    organs = code.parts[1:] if code.type_code else code.parts
    known_organ = bool(organs) and (code.type_code is not None or issuers.is_known(first))
    central = any(issuers.is_central(part) for part in organs)
    if code.type_code:
        kinds: tuple[str, ...] = (_kind_of(code.type_code),)
        suffix = slugify("-".join(organs[1:])) if "+" not in code.body else ""
        return kinds, slugify(code.body) if organs else organ, suffix, central
    if len(code.parts) == 1 and types.canonical_code(first):
        return (_kind_of(types.canonical_code(first) or first),), organ, "", central
    if re.fullmatch(r"(?:QH|UBTVQH)[0-9]{1,2}", first):
        return (slugify(first),), slugify(code.body), "", True
    if len(code.parts) == 1:
        return (), slugify(code.body) if known_organ else organ, "", central
    return ("cv",), slugify(code.body), slugify("-".join(code.parts[1:])), central


class Row(NamedTuple):
    """What the choice among documents needs of one; a tuple, since a short number is borne by thousands."""

    id: int
    ordinal_slug: str
    date: str | None
    year: str | None
    series: str | None
    scope: str
    place: str
    province: str | None
    number: str | None
    cited_by: int
    held: bool


_COLUMNS = tuple(
    document.c[name]
    for name in ("id", "base", "date", "year", "series", "scope", "place", "province", "number", "cited_by", "held")
)


def _row(row: Iterable[Any]) -> Row:
    id_, base, *rest = row
    return Row(id_, base.rpartition("/")[2], *rest)


@lru_cache(maxsize=4)
def _bearing_query(by_kind: bool, by_organ: bool) -> sa.Select[Any]:
    """Built once for each shape: building takes as long as asking."""
    d = document.c
    most = sa.bindparam("limit", type_=sa.Integer)
    query = sa.select(*_COLUMNS).where(d.ordinal == sa.bindparam("ordinal")).limit(most)
    if by_kind:
        query = query.where(d.kind.in_(sa.bindparam("kinds", expanding=True)))
    if by_organ:
        alone, first, last = (sa.bindparam(name, type_=sa.Text) for name in ("organ", "first", "last"))
        query = query.where(sa.or_(d.organ == alone, d.organ.like(first), d.organ.like(last)))
    return query


def _bearing(
    connection: sa.Connection, ordinal: str, kinds: Sequence[str] = (), organ: str | None = None, limit: int = 5000
) -> list[Row]:
    """Documents of an ordinal, of one of the ``kinds`` and of ``organ`` (alone or with others) where given."""
    given: dict[str, Any] = {"ordinal": ordinal, "limit": limit}
    if kinds:
        given["kinds"] = list(kinds)
    if organ:
        given |= {"organ": organ, "first": f"{organ}-%", "last": f"%-{organ}"}
    return [_row(row) for row in connection.execute(_bearing_query(bool(kinds), bool(organ)), given)]


@dataclass(frozen=True, slots=True)
class Found:
    """Document rows that answer a query, best first, and those that nearly do."""

    status: str
    matches: tuple[int, ...]
    suggestions: tuple[int, ...]
    warnings: tuple[str, ...]
    total: int


def find(
    connection: sa.Connection,
    query: Query,
    *,
    province: str | None = None,
    date: str | None = None,
    issuer: str | None = None,
) -> Found:
    """The documents that a query names. ``province`` (plain name), ``date`` (ISO, may be partial) and ``issuer``
    (code) narrow the choice; a province covers its predecessors and what its successor issued since the merger."""
    if query.standard is not None:
        slug = f"{STANDARDS}/{query.standard}"
        rows = [_row(row) for row in connection.execute(sa.select(*_COLUMNS).where(document.c.slug == slug))]
        near = [] if rows else _standards_like(connection, query.standard)
        return Found("ok" if rows else "not_found", tuple(r.id for r in rows), tuple(near), (), len(rows))
    organ = slugify(issuers.canonical(issuer)) if issuer else query.organ
    rows = _bearing(connection, query.ordinal, query.kinds, organ)
    warnings = list(query.warnings)
    if not rows and query.printed:
        rows = _repaired(connection, query)
        if rows:
            warnings.append("letters_repaired")
    if query.suffix:
        exact = [row for row in rows if row.ordinal_slug.partition("-")[2] == query.suffix]
        rows = exact or rows
    elif any("-" not in row.ordinal_slug for row in rows) and query.kinds != ("cv",):
        rows = [row for row in rows if "-" not in row.ordinal_slug]
    asked_place = province or query.province
    chosen = rows
    if asked_place and not query.central:
        chosen = [row for row in chosen if covers(asked_place, row.province, row.date)]
        if any(row.province != asked_place for row in chosen):
            warnings.append("province_merged")
        if rows and not chosen:
            warnings.append("province_differs")
    asked_date = date or query.date or query.year
    if asked_date and chosen:
        dated = [row for row in chosen if _fits(row, asked_date)]
        if not dated:
            warnings.append("date_differs")
        chosen = dated
    chosen, undated = _settled(chosen)
    if undated:
        warnings.append("year_unknown")
    order = sorted(chosen, key=lambda row: (row.province != asked_place, -row.cited_by, row.date or "", row.id))
    status = "ok" if len(order) == 1 else "multiple" if order else "not_found"
    near_rows = undated if order else _without(rows, chosen)
    near = [row.id for row in sorted(near_rows, key=lambda row: (-row.cited_by, row.id))[:MAX_SUGGESTIONS]]
    if not order and not near:
        near = _like(connection, query)
    return Found(status, tuple(row.id for row in order[:MAX_MATCHES]), tuple(near), tuple(warnings), len(order))


def _repaired(connection: sa.Connection, query: Query) -> list[Row]:
    """Documents with these digits whose code the letters typed are a damaged form of (QB-UBND, 0P-SKHCN): decoded as
    in a scan, with the types of those documents as the word before the number."""
    d = document.c
    held = connection.execute(
        sa.select(d.type).where(d.ordinal == query.ordinal, d.type.is_not(None)).distinct().order_by(d.type)
    ).scalars()
    best: tuple[float, codes.Code] | None = None
    for type_id in held:
        code = codes.decode(query.printed.upper(), _type_word(type_id), True)
        if code is not None and code.known and code.type_code and (best is None or code.cost < best[0]):
            best = (code.cost, code)
    if best is None:
        return []
    kinds, organ, _, _ = _filters(best[1], None)
    return _bearing(connection, query.ordinal, kinds, organ)


def _settled(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Documents of a known year, and those whose year only their citing text could tell."""
    clear = [row for row in rows if row.year is not None or row.held]
    return (clear, _without(rows, clear)) if clear else (list(rows), [])


def _without(rows: Sequence[Row], taken: Sequence[Row]) -> list[Row]:
    ids = {row.id for row in taken}
    return [row for row in rows if row.id not in ids]


def covers(asked: str, province: str | None, date: str | None) -> bool:
    """Whether a document of ``province`` and ``date`` answers a question for the province ``asked``, by its old or
    its new name."""
    if province is None:
        return False
    since = _covered_since(asked, province)
    return since is not None and (not since or bool(date and date >= since))


@lru_cache(maxsize=16384)
def _covered_since(asked: str, province: str) -> str | None:
    """From which day on documents of ``province`` answer for ``asked``: "" always, None never."""
    if province == asked or province in provinces.predecessors(asked):
        return ""
    if province not in provinces.successors(asked):
        return None
    return provinces.lives(province)[-1].valid_from


def _fits(row: Row, date: str) -> bool:
    if row.date is None:
        return row.year is None or date.startswith(row.year)
    return row.date.startswith(date) or date.startswith(row.date)


def _like(connection: sa.Connection, query: Query) -> list[int]:
    """Documents with exactly these digits and a code as near as possible."""
    rows = _bearing(connection, query.ordinal, limit=2000)
    wanted = fold(query.normalized)

    def distance(row: Row) -> float:
        return Indel.normalized_distance(wanted, fold(row.number or row.ordinal_slug))

    return [row.id for row in sorted(rows, key=lambda row: (distance(row), -row.cited_by, row.id))[:MAX_SUGGESTIONS]]


def _standards_like(connection: sa.Connection, wanted: str) -> list[int]:
    digits = re.findall(r"[0-9]+", wanted)
    if not digits:
        return []
    d = document.c
    rows = connection.execute(
        sa.select(d.id, d.slug).where(d.place == STANDARDS, d.slug.contains(digits[0])).order_by(d.slug).limit(200)
    )
    alike = [(id_, slug) for id_, slug in rows if set(digits) <= set(re.findall(r"[0-9]+", slug))]
    return [id_ for id_, _ in alike[:MAX_SUGGESTIONS]]
