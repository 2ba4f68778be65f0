"""A typed query read as a document number: ordinal, year, code, type, place, issuer and date in any order and shape.

Digits are exact, always. Letters are read as in documents (case, diacritics, separators and scan damage are undone
against the closed vocabulary of codes), and what was undone is said in ``warnings``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import NamedTuple

from kb.authority import issuers, types
from kb.authority.fold import fold
from kb.authority.wording import word_lists
from kb.identity.key import CHAIRMAN, is_of_chairman
from kb.identity.numbering import ordinal_slug, slugify
from kb.lookup import surroundings, written
from kb.lookup.surroundings import Scan
from kb.reading.numbers import codes
from kb.reading.numbers.number_hit import canonical
from kb.reading.text.text_forms import TextForms

MAX_QUERY = 200
"""Longest query that is looked at, in characters."""

LETTERS = ("cv",)
"""The permalink part of official letters, whose code names no type."""
_WORDS = word_lists("number_query")
_STANDARD = re.compile(rf"{_WORDS['standard']}\b")
_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?[a-z]?(?![a-z0-9])|[a-z0-9&]+")
_DOTTED_YEAR = re.compile(r"([0-9]+)\.((?:19|20)[0-9]{2})")  # "143.2025\QĐ\UBND"
_RUN_ON = re.compile(r"([0-9]+)([a-z]{3,})")  # "2395qdubnd"
_LED_ON = re.compile(r"([a-z]{2,4})([0-9]+)")  # "nđ30"
_PLAIN_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_YEAR_FOLLOWS = re.compile(r"(?s:.{0,2})/|\.(?=[0-9])")  # behind the ordinal: "24/2014/NĐ-CP", "143.2025\QĐ"
_PERIOD = re.compile(rf"(?<![0-9])(?:19|20)[0-9]{{2}} ?(?:-|{_WORDS['until']}) ?(?:19|20)[0-9]{{2}}(?![0-9])")
_COUNTED = re.compile(rf"(?<![0-9/])[0-9]+ {_WORDS['counted']}(?![a-z])")  # "10 năm", "19 tỉnh"
_NICKNAMED = _WORDS.pattern("nicknamed")
_SILENT = frozenset(word for phrase in _WORDS.folded("silent") for word in phrase.split())
_PARTY_AS_STATE = re.compile(r"[0-9]\s*/\s*[a-zđ]+\s*[-/. ]\s*[a-z]+")


@dataclass(frozen=True, slots=True)
class Query:
    """A number query taken apart.

    ``ordinal``: digits without leading zeros. ``suffix``: what the code says beyond type and organ, as in permalinks.
    ``year``: of the number or beside it; ``date``: ISO, may be partial. ``kinds`` and ``organ`` are permalink parts,
    empty where not given; ``province``: its name; ``unit``: a district or commune, as slug; ``central``: an organ of
    the centre. ``type``: id of the type that words say. ``standard``: permalink part of a standard, which has none of
    the others. ``normalized``: the number as it should be written, as far as the query says; ``printed``: the letters
    of its code as typed; ``warnings``: ids of what was undone (``kb.lookup.warning``). ``rest``: words that lead to
    the number and say nothing of it, as typed: a question.
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
    type: str | None = None
    unit: str | None = None
    rest: str = ""

    @property
    def has_code(self) -> bool:
        """Whether the query gives more than a type word and an ordinal: a code, or the name of a standard."""
        return bool(self.standard or self.printed)

    @property
    def certain(self) -> bool:
        """False where the words may mean something else than the document of this number: a year ("kế hoạch 2022"), a
        programme that goes by a number ("Chương trình 135"), a question that only names it."""
        if self.has_code:
            return not self.rest
        narrowed = self.organ or self.province or self.unit or self.date or self.year
        if self.type and not narrowed and _NICKNAMED.search(_type_words(self.type)):
            return False
        return not _PLAIN_YEAR.fullmatch(self.ordinal)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a query before they are put together. ``year``: see ``Query``; ``in_number``: whether it stands in
    the number ("24/2014/NĐ-CP"); ``code``: the letters read, ``printed`` as typed; ``body``: code of an issuer given in
    words; ``rest``: see ``Query``; ``joined``: digits that a blank parted were put together."""

    ordinal: str
    year: str | None
    in_number: bool
    code: codes.Code | None
    printed: str
    type_id: str | None
    body: str | None
    rest: str = ""
    joined: bool = False


def parse(query: str) -> Query | None:
    """Take a query apart; None where it is no document number in any shape."""
    text = unicodedata.normalize("NFC", query).strip()
    if not text or len(text) > MAX_QUERY:
        return None
    forms = TextForms(text)
    if _STANDARD.match(forms.folded.strip()):
        return Query(ordinal="", standard=slugify(forms.text), normalized=" ".join(forms.text.split()))
    scan = Scan(forms.folded)
    number = written.find(forms)
    if number is not None:
        scan.cut(number.start, number.end)
    elif _PERIOD.search(scan.text):
        return None  # "kế hoạch 5 năm 2021-2025"
    date, dated_at = surroundings.take_date(scan)
    province = surroundings.take_province(scan)
    type_id, body = surroundings.take_type(scan), surroundings.take_issuer(scan)
    unit = surroundings.take_unit(scan)
    if number is not None:
        if date and any(number.end < word.start < dated_at for word in _unread(forms, scan)):
            date = None  # that of the title behind the number: "2395/QĐ-UBND về Kế hoạch năm 2022"
        parts = _written_parts(forms, scan, number, type_id, body)
    else:
        parts = _loose(forms, scan, type_id, body)
    if parts is None or (number is None and not province and _COUNTED.search(scan.text)):
        return None
    return replace(_assembled(forms.text, parts), date=date, province=province, unit=unit)


def _written_parts(
    forms: TextForms, scan: Scan, number: written.Written, type_id: str | None, body: str | None
) -> _Parts | None:
    """The parts where a number stands in the query as documents write it; all other words say something else."""
    unread = _unread(forms, scan)
    if number.code is None or (not number.code.known and unread):
        return None  # letters that are no code, among words
    words = [word for word in words_of(scan.text) if word not in unread]
    body = body or next((issuers.canonical(word.text.upper()) for word in words), None)
    # What follows a number is its title; what leads to it is a question, and so is a second number behind it.
    asked = [word for word in unread if word.start < number.start]
    second = written.find(TextForms(forms.text[number.end :]))
    rest = " ".join(forms.text[word.start : word.end] for word in (unread if second else asked))
    in_number = number.year is not None
    return _Parts(
        number.ordinal, number.year, in_number, number.code, number.printed, type_id, body, rest, number.joined
    )


def _unread(forms: TextForms, scan: Scan) -> list[Word]:
    """The words beside a written number that say nothing of it: neither small words nor the code of an organ
    ("… của UBND tỉnh")."""
    return [word for word in words_of(scan.text) if not _says_organ(word, forms)]


def _says_organ(word: Word, forms: TextForms) -> bool:
    as_code = forms.text[word.start : word.end].isupper() or len(word.text) > 3
    return as_code and word.text.isalpha() and issuers.is_known(word.text.upper())


def _loose(forms: TextForms, scan: Scan, type_id: str | None, body: str | None) -> _Parts | None:
    """The parts where type, ordinal, code and issuer stand in any order; None where a word is none of them."""
    tokens = words_of(scan.text)
    figures = [token for token in tokens if token.text[0].isdigit() and not _is_code(token, forms)]
    others = {figure.text for figure in figures[1:]}
    if not figures or len(others) > 1 or not all(map(_PLAIN_YEAR.fullmatch, others)):
        return None  # no figure at all, or others than a number and its year
    printed = "-".join(forms.text[token.start : token.end] for token in tokens if token not in figures)
    code = written.read_code(printed, type_id)
    if printed and (code is None or not code.known):
        return None
    in_number = bool(others) and _YEAR_FOLLOWS.match(forms.text, figures[0].end) is not None
    year = next(iter(others), None)
    return _Parts(figures[0].text, year, in_number, code, printed, type_id, body)


class Word(NamedTuple):
    """A word or figure of the query with its span."""

    text: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words and figures of a query that say something."""
    return [token for found in _TOKEN.finditer(text) for token in _apart(found) if token.text not in _SILENT]


def _apart(found: re.Match[str]) -> tuple[Word, ...]:
    """A word or figure as it stands, or two that were typed as one: a number with its year ("143.2025"), with its code
    ("2395qdubnd") or with the code of its type ("nđ30")."""
    whole = Word(found.group(), *found.span())
    two = _DOTTED_YEAR.fullmatch(whole.text) or _RUN_ON.fullmatch(whole.text) or _LED_ON.fullmatch(whole.text)
    if two is None:
        return (whole,)
    if two[2].isalpha():
        code = written.read_code(two[2], None)
        if code is None or not code.known or code.type_code is None or not code.parts[1:]:
            return (whole,)
    if two[1].isalpha() and types.canonical_code(two[1].upper()) is None:
        return (whole,)
    first = whole.start + two.end(1)
    return Word(two[1], whole.start, first), Word(two[2], whole.start + two.start(2), whole.end)


def _is_code(token: Word, forms: TextForms) -> bool:
    """ "0P", "0D" before a hyphen: a code that a scan began with a digit."""
    return bool(re.fullmatch(r"0[a-z]", token.text)) and forms.text[token.end : token.end + 1] in ("-", ".")


def _type_words(type_id: str) -> str:
    """The folded words for a type."""
    return " ".join(map(fold, types.by_id(type_id).words))


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
        type=parts.type_id,
        rest=parts.rest,
    )
    if code is not None:
        kinds, organ, suffix, central = filters(code, organ, year_in_number=parts.in_number)
        kinds = kinds or kinds_of(parts.type_id)
        normalized, _ = canonical(ordinal, parts.year if parts.in_number else None, code, "/", code.text)
        warnings = _undone(typed, normalized, code, parts)
        return replace(
            made, kinds=kinds, organ=organ, suffix=suffix, central=central, normalized=normalized, warnings=warnings
        )
    normalized = f"{ordinal}/{parts.year}" if parts.type_id and parts.year and parts.in_number else ordinal
    return replace(made, kinds=kinds_of(parts.type_id), normalized=normalized)


def kinds_of(type_id: str | None) -> tuple[str, ...]:
    """Permalink parts of the types that words name; none for laws, whose part is the legislature's term."""
    if type_id is None or types.by_id(type_id).bare_orgs:
        return ()
    kind = types.by_id(type_id)
    return tuple(dict.fromkeys([kind.slug, *(_kind_of(one) for one in kind.codes)]))


def _undone(typed: str, normalized: str, code: codes.Code, parts: _Parts) -> tuple[str, ...]:
    """Ids of the warnings that say how the number typed differs from the one looked up."""
    warnings = ["digits_joined"] if parts.joined else []
    if _in_party_order(normalized) and _PARTY_AS_STATE.search(fold(typed)):
        warnings.append("party_order_fixed")
    if fold(code.text).replace("-", "") != re.sub(r"[^a-z0-9]", "", fold(parts.printed)):
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
