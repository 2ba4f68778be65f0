"""A typed query read as a document number: ordinal, year, code, type, place, issuer and date in any order and shape.

Digits are exact, always. Letters are read as in documents (case, diacritics, separators and scan damage are undone
against the closed vocabulary of codes), and what was undone is said in ``warnings``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import NamedTuple

from kb.authority import issuers, provinces, types
from kb.authority.fold import fold
from kb.authority.wording import word_lists
from kb.identity.key import CHAIRMAN, is_of_chairman
from kb.identity.numbering import ordinal_slug, slugify
from kb.reading.numbers import codes
from kb.reading.numbers.number_hit import canonical
from kb.reading.text.text_forms import TextForms

MAX_QUERY = 200
"""Longest query that is looked at, in characters."""

LETTERS = ("cv",)
"""The permalink part of official letters, whose code names no type."""
_WORDS = word_lists("number_query")
_DAY, _MONTH, _YEAR = "(?<![0-9])([0-3]?[0-9])", "([01]?[0-9])", "((?:19|20)[0-9]{2})"
_DATE = re.compile(rf"(?:{_WORDS['day']} )?{_DAY}[/.-]{_MONTH}[/.-]{_YEAR}(?![0-9/])")
_DATE_WORDS = re.compile(rf"(?:{_WORDS['day']} )?{_DAY} {_WORDS['month']} {_MONTH} {_WORDS['year']} {_YEAR}")
_MONTH_WORDS = re.compile(rf"{_WORDS['month']} {_MONTH}(?: {_WORDS['year']} |[/-]){_YEAR}")
_YEAR_WORDS = re.compile(rf"{_WORDS['year']} {_YEAR}")
_STANDARD = re.compile(rf"{_WORDS['standard']}\b")
_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?[a-z]?(?![a-z0-9])|[a-z0-9&]+")
_DOTTED_YEAR = re.compile(r"([0-9]+)\.((?:19|20)[0-9]{2})")  # "143.2025\QĐ\UBND"
_RUN_ON = re.compile(r"([0-9]+)([a-z]{3,})")  # "2395qdubnd"
_WRITTEN_AS_NUMBER = re.compile(r"[0-9]\s*[/-]\s*[a-z0-9]")
_PLAIN_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_YEAR_FOLLOWS = re.compile(r"(?s:.{0,2})/|\.(?=[0-9])")  # behind the ordinal: "24/2014/NĐ-CP", "143.2025\QĐ"
_SILENT = frozenset(word for phrase in _WORDS.folded("silent") for word in phrase.split())
_PARTY_AS_STATE = re.compile(r"[0-9]\s*/\s*[a-zđ]+\s*[-/. ]\s*[a-z]+")


@dataclass(frozen=True, slots=True)
class Query:
    """A number query taken apart.

    ``ordinal``: digits without leading zeros. ``suffix``: what the code says beyond type and organ, as in permalinks.
    ``year``: of the number or beside it; ``date``: ISO, may be partial. ``kinds`` and ``organ`` are permalink parts,
    empty where not given; ``province``: its name; ``central``: an organ of the centre. ``standard``: permalink part of
    a standard, which has none of the others. ``normalized``: the number as it should be written, as far as the query
    says; ``printed``: the letters of its code as typed; ``warnings``: ids of what was undone (``kb.lookup.warning``).
    """

    ordinal: str
    suffix: str = ""
    year: str | None = None
    date: str | None = None
    kinds: tuple[str, ...] = ()
    organ: str | None = None
    province: str | None = None
    normalized: str = ""
    standard: str | None = None
    warnings: tuple[str, ...] = ()
    central: bool = False
    printed: str = ""


@dataclass(slots=True)
class _Scan:
    """What is left of the query as its parts are taken out; offsets stay."""

    text: str

    def cut(self, start: int, end: int) -> None:
        self.text = self.text[:start] + " " * (end - start) + self.text[end:]


class _Token(NamedTuple):
    """A word or figure of the query with its span."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a query before they are put together. ``year``: see ``Query``; ``in_number``: whether it stands in
    the number ("24/2014/NĐ-CP"); ``code``: the letters read, ``printed`` as typed; ``body``: code of an issuer given in
    words."""

    ordinal: str
    year: str | None
    in_number: bool
    code: codes.Code | None
    printed: str
    type_id: str | None
    body: str | None


def parse(query: str) -> Query | None:
    """Take a query apart; None where it is no document number in any shape."""
    text = unicodedata.normalize("NFC", query).strip()
    if not text or len(text) > MAX_QUERY:
        return None
    forms = TextForms(text)
    if _STANDARD.match(forms.folded.strip()):
        return Query(ordinal="", standard=slugify(forms.text), normalized=" ".join(forms.text.split()))
    scan = _Scan(forms.folded)
    date, province = _take_date(scan), _take_province(scan)
    parts = _parts(forms, scan)
    return replace(_assembled(forms.text, parts), date=date, province=province) if parts is not None else None


def _parts(forms: TextForms, scan: _Scan) -> _Parts | None:
    """The parts of a number without its date and place; None where what is left is no number."""
    type_id, body = _take_type(scan), _take_issuer(scan)
    tokens = _tokens(scan.text)
    figures = [token for token in tokens if token.text[0].isdigit() and not _is_code(token, forms)]
    others = {figure.text for figure in figures[1:]}
    if not figures or len(others) > 1 or not all(map(_PLAIN_YEAR.fullmatch, others)):
        return None  # no figure at all, or others than a number and its year
    printed = "-".join(forms.text[token.start : token.end] for token in tokens if token not in figures)
    code = _read_code(printed, type_id)
    if printed and (code is None or not (code.known or _WRITTEN_AS_NUMBER.search(scan.text))):
        return None
    in_number = bool(others) and _YEAR_FOLLOWS.match(forms.text, figures[0].end) is not None
    year = next(iter(others), None)
    return _Parts(figures[0].text, year, in_number, code, printed, type_id, body)


def _tokens(text: str) -> list[_Token]:
    """The words and figures of a query that say something."""
    return [token for found in _TOKEN.finditer(text) for token in _apart(found) if token.text not in _SILENT]


def _apart(found: re.Match[str]) -> tuple[_Token, ...]:
    """A word or figure as it stands, or two that were typed as one: a number with its year ("143.2025"), or with its
    code ("2395qdubnd")."""
    whole = _Token(found.group(), *found.span())
    two = _DOTTED_YEAR.fullmatch(whole.text) or _RUN_ON.fullmatch(whole.text)
    if two is None:
        return (whole,)
    if two[2].isalpha():
        code = _read_code(two[2], None)
        if code is None or not code.known or code.type_code is None or not code.parts[1:]:
            return (whole,)
    first = whole.start + two.end(1)
    return _Token(two[1], whole.start, first), _Token(two[2], whole.start + two.start(2), whole.end)


def _is_code(token: _Token, forms: TextForms) -> bool:
    """ "0P", "0D" before a hyphen: a code that a scan began with a digit."""
    return bool(re.fullmatch(r"0[a-z]", token.text)) and forms.text[token.end : token.end + 1] in ("-", ".")


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
    for match in re.finditer(r"[a-z]{2,}", scan.text):
        found = issuers.longest_match(scan.text, match.start())
        if found is not None and " " in scan.text[match.start() : found[0]].strip():
            scan.cut(match.start(), found[0])
            return found[1]
    return None


def _assembled(typed: str, parts: _Parts) -> Query:
    ordinal, code = parts.ordinal, parts.code
    organ = slugify(parts.body) if parts.body else None
    made = Query(
        ordinal=ordinal_slug(ordinal).lstrip("0") or ordinal,
        year=parts.year,
        organ=organ,
        normalized=ordinal,
        central=bool(parts.body and issuers.is_central(parts.body)),
        printed=parts.printed,
    )
    if code is not None:
        kinds, organ, suffix, central = filters(code, organ, year_in_number=parts.in_number)
        normalized, _ = canonical(ordinal, parts.year if parts.in_number else None, code, "/", code.text)
        warnings = _undone(typed, normalized, code, parts.printed)
        return replace(
            made, kinds=kinds, organ=organ, suffix=suffix, central=central, normalized=normalized, warnings=warnings
        )
    if parts.type_id is not None:
        kind = types.by_id(parts.type_id)
        slugs = dict.fromkeys([kind.slug, *(_kind_of(one) for one in kind.codes)])
        normalized = f"{ordinal}/{parts.year}" if parts.year and parts.in_number else ordinal
        return replace(made, kinds=() if kind.bare_orgs else tuple(slugs), normalized=normalized)
    return made


def _undone(typed: str, normalized: str, code: codes.Code, printed: str) -> tuple[str, ...]:
    """Ids of the warnings that say how the number typed differs from the one looked up."""
    warnings = []
    if _in_party_order(normalized) and _PARTY_AS_STATE.search(fold(typed)):
        warnings.append("party_order_fixed")
    if fold(code.text).replace("-", "") != re.sub(r"[^a-z0-9]", "", fold(printed)):
        warnings.append("letters_repaired")
    elif not warnings and normalized not in typed:
        warnings.append("separators_fixed")
    return tuple(warnings)


def _in_party_order(number: str) -> bool:
    return "/" in number and "-" in number.partition("/")[0]


def _kind_of(code: str) -> str:
    kind = types.by_code(code)
    return kind.slug if kind is not None and kind.codes and kind.codes[0] == code else slugify(code)


def filters(
    code: codes.Code, organ: str | None, *, year_in_number: bool = False
) -> tuple[tuple[str, ...], str | None, str, bool]:
    """Permalink parts that a code asks for: (types, organ, suffix of the ordinal, central organ).

    ``organ``: that of an issuer given in words, where the code names none.
    """
    first = code.parts[0]
    if code.type_code:
        return _typed_filters(code, organ, year_in_number)
    central = any(map(issuers.is_central, code.parts))
    type_code = types.canonical_code(first) if len(code.parts) == 1 else None
    if type_code:
        return (_kind_of(type_code),), organ, "", central
    if issuers.LAW_TERM.match(first):
        return (slugify(first),), slugify(code.body), "", True
    if len(code.parts) > 1:
        return LETTERS, slugify(code.body), slugify("-".join(code.parts[1:])), central
    return (), slugify(code.body) if issuers.is_known(first) else organ, "", central


def _typed_filters(
    code: codes.Code, organ: str | None, year_in_number: bool
) -> tuple[tuple[str, ...], str | None, str, bool]:
    """The same of a code that begins with a type's."""
    organs = code.parts[1:]
    suffix = slugify("-".join(organs[1:])) if "+" not in code.body else ""
    if year_in_number and organs and is_of_chairman(organs[0]):
        suffix = CHAIRMAN
    kinds = (_kind_of(code.type_code or ""),)
    return kinds, slugify(code.body) if organs else organ, suffix, any(map(issuers.is_central, organs))
