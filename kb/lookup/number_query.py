"""A typed query read as a document number: ordinal, year, code, type, place, issuer and date in any order and shape.

Digits are exact, always. Letters are read as in documents (case, diacritics, separators and scan damage are undone
against the closed vocabulary of codes), and what was undone is said in ``warnings``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from kb.authority import issuers, provinces, types
from kb.authority.fold import fold
from kb.identity.numbering import ordinal_slug, slugify
from kb.reading.numbers import codes
from kb.reading.numbers.find import canonical
from kb.reading.text.folded_text import FoldedText

MAX_QUERY = 200
"""Longest query that is looked at, in characters."""

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
    view = FoldedText(text)
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


def _is_code(token: tuple[str, int, int], view: FoldedText) -> bool:
    """ "0P", "0D" before a hyphen: a code that a scan began with a digit."""
    return bool(re.fullmatch(r"0[a-z]", token[0])) and view.text[token[2] : token[2] + 1] in ("-", ".")


def _read_code(printed: str, type_id: str | None) -> codes.Code | None:
    if not printed:
        return None
    return codes.decode(printed.upper() if printed.islower() else printed, type_word(type_id), True)


def type_word(type_id: str | None) -> str | None:
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
        kinds, organ, suffix, central = filters(code, organ)
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


def filters(code: codes.Code, organ: str | None) -> tuple[tuple[str, ...], str | None, str, bool]:
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
    if issuers.LAW_TERM.match(first):
        return (slugify(first),), slugify(code.body), "", True
    if len(code.parts) == 1:
        return (), slugify(code.body) if known_organ else organ, "", central
    return ("cv",), slugify(code.body), slugify("-".join(code.parts[1:])), central
