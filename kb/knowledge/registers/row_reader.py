"""A row of a register read: the document it means, and what it says of it.

The number and the issuer are read as they are in a citation, so that a register and the texts mean the same document
by the same words.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from kb.authority import laws, types
from kb.authority import registers as facts
from kb.authority.fold import fold
from kb.identity.key import Identity, content_scope, identify_citation, identify_number
from kb.knowledge.registers.cells import Cell, date_of, numbers_in, words_of
from kb.knowledge.registers.columns import DATES, FIELDS, Columns
from kb.model import TYPE_FROM_CODE, Citation, Hints
from kb.reading import read
from kb.reading.issuers.places import at_date
from kb.reading.numbers.parse_number import parse_number
from kb.store.sql import dumps

NO_NUMBER, NO_SUCH_NUMBER, NO_SUCH_DATE, TWICE = "no_number", "no_such_number", "no_such_date", "twice"
"""Why a row is refused."""
DATE_LEFT_OUT = "date_left_out"
"""A date of effect that cannot be read is left out of its row."""
REFUSALS = frozenset({NO_NUMBER, NO_SUCH_NUMBER, NO_SUCH_DATE, TWICE})

_COUNT = re.compile(r"\(?(\d{1,2})\)?")
_ORDINAL = re.compile(r"\d+")
_BLANK_FOR_SLASH = re.compile(r"(\d{1,5}) (?=[A-ZĐ]{1,6}-[A-ZĐ]{2})")  # "1830 QĐ-UBND"
_WHOLE_DATE = 10
_LONGEST = 4000  # characters kept of a cell
_LONGEST_NUMBER = 400  # of a cell in which a number stands beside other words
_SHOWN = 120


class Remark(NamedTuple):
    """What is to be said of one row: its place in the file, one of the codes above, and what stood there."""

    row: int
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Read:
    """A row that was read: what the table ``register_row`` keeps of it, and what had to be left out."""

    values: dict[str, Any]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Raw:
    """A row as it stands: its place, the words of each field, its dates, and a digest of what tells it from others."""

    row: int
    words: dict[str, str]
    dates: dict[str, str | None]
    digest: str


class _Meant(NamedTuple):
    number: str
    type: str | None
    date: str | None
    body: str | None
    province: str | None
    unit: str | None
    title: str | None
    identity: Identity


class _Issued(NamedTuple):
    """What words say of who issued a document; ``type_stated``: whether they, and not its code, tell its type."""

    type: str | None
    type_stated: bool
    body: str | None
    province: str | None
    known: bool
    unit: str | None


def raw_rows(rows: Iterator[Sequence[Cell]], columns: Columns, *, first: int, province: str | None) -> Iterator[Raw]:
    """The rows below the head that tell of documents; a row that only bears a heading is the subject of those below.

    ``first``: what the first row of the table is counted as; ``province``: see ``read_row``.
    """
    counting = {at for at, head in enumerate(columns.head) if facts.only_counts(head)}
    subject = ""
    for at, row in enumerate(rows):
        cells = [words_of(cell) for cell in row] if at >= columns.begins else []
        filled = [cell for n, cell in enumerate(cells) if cell and n not in counting]
        if not filled or _only_counts(filled) or _is_head(cells, columns.head):
            continue
        if len(filled) == 1 and not _has_digit(words_of(columns.cell(row, "number"))):
            subject = filled[0]
        else:
            yield _raw(first + at, row, columns, subject, province)


def _raw(place: int, row: Sequence[Cell], columns: Columns, subject: str, province: str | None) -> Raw:
    words = {field: words_of(columns.cell(row, field))[:_LONGEST] for field in FIELDS}
    if not words["subject"] and "subject" not in columns.by_field:
        words["subject"] = subject[:_LONGEST]
    late = columns.month_first
    dates = {field: date_of(columns.cell(row, field), month_first=field in late) for field in DATES}
    said = dumps([province, *words.values(), *dates.values()])
    digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return Raw(place, words, dates, digest)


def _has_digit(words: str) -> bool:
    return any(letter.isdigit() for letter in words)


def _only_counts(filled: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3)."""
    counts = [match[1] if (match := _COUNT.fullmatch(cell)) else "" for cell in filled]
    return len(counts) > 2 and all(counts) and all(int(b) == int(a) + 1 for a, b in itertools.pairwise(counts))


def _is_head(cells: Sequence[str], head: Sequence[str]) -> bool:
    """Whether a row repeats the head, as at the top of a printed page."""
    return bool(head) and [cell for cell in cells if cell] == [cell for cell in head if cell]


def read_row(raw: Raw, register: str, province: str | None) -> Read | Remark:
    """What a row says, or why it is refused. ``register``: the name of its register; ``province``: plain name of the
    province of issuers that name none."""
    words = raw.words
    stated = "/".join(part for part in (words["number"], words["code"]) if part)
    if not stated:
        return Remark(raw.row, NO_NUMBER, _shown(words))
    if words["date"] and raw.dates["date"] is None:
        return Remark(raw.row, NO_SUCH_DATE, words["date"][:_SHOWN])
    meant = _meant(stated[:_LONGEST_NUMBER], words["type"], words["issuer"], raw.dates["date"], province)
    if meant is None:
        return Remark(raw.row, NO_SUCH_NUMBER, stated[:_SHOWN])
    title = _title(words["title"] or meant.title, meant.type)
    scope = content_scope(hashlib.sha256(dumps([register, meant.number, title]).encode()).hexdigest())
    values = {
        "row": raw.row,
        "digest": raw.digest,
        "number": meant.number,
        "type": meant.type,
        "date": meant.date,
        "issuer": words["issuer"] or None,
        "title": title,
        "effect_from": raw.dates["effect_from"],
        "effect_to": raw.dates["effect_to"],
        "status": facts.state_of(words["status"]),
        "status_words": words["status"] or None,
        "replaced_by": _listed(words["replaced_by"], meant.number),
        "amended_by": _listed(words["amended_by"], meant.number),
        "subject": words["subject"] or None,
        "body": meant.body,
        "province": meant.province,
        "unit": meant.unit,
        "key": meant.identity.key,
        "key_without_place": meant.identity.tail,
        "series": meant.identity.series,
        "scope": scope,
    }
    late = (field for field in ("effect_from", "effect_to") if words[field] and raw.dates[field] is None)
    return Read(values, tuple(Remark(raw.row, DATE_LEFT_OUT, words[field][:_SHOWN]) for field in late))


def _shown(words: dict[str, str]) -> str:
    return " | ".join(word for word in words.values() if word)[:_SHOWN]


def _listed(words: str, number: str) -> str | None:
    """The numbers that a cell lists, as the store keeps them; the document's own is none of them."""
    found = [one for one in numbers_in(words) if one != number]
    return dumps(found) if found else None


def _title(title: str | None, type_id: str | None) -> str | None:
    """A title as documents bear it: that of a law begins with its type ("Luật An ninh mạng")."""
    if not title:
        return None
    if type_id in laws.TYPES:
        begins = types.longest_word(fold(title))
        if begins is None or begins[1] not in laws.TYPES:
            return f"{types.by_id(type_id).name} {title}"
    return title


def _meant(stated: str, type_words: str, issuer: str, date: str | None, province: str | None) -> _Meant | None:
    """The document that the words of a row mean; None where no number can be read."""
    word = type_word(type_words)
    if blank := _BLANK_FOR_SLASH.match(stated):
        stated = f"{blank[1]}/{stated[blank.end() :]}"
    number = parse_number(stated, type_word=word or None)
    if number is None:
        return _among_words(stated, word, issuer or type_words, date, province)
    sample = _ORDINAL.sub("1", number.ordinal, count=1) + number.text[len(number.ordinal) :]
    issued = _issued(word, sample, issuer or type_words, province)
    if issued is None:
        return _among_words(stated, word, issuer or type_words, date, province)
    named = at_date(issued.province, date) if issued.province else None
    identity = identify_number(
        number.text,
        body=issued.body,
        province=named,
        province_known=issued.known,
        unit=issued.unit,
        date=date,
        type_id=issued.type if issued.type_stated else None,
    )
    if identity is None:
        return None
    return _Meant(number.text, issued.type, date, issued.body, named, issued.unit, None, identity)


def _among_words(stated: str, word: str, issuer: str, date: str | None, province: str | None) -> _Meant | None:
    """The same where a cell says more than a number: "Quyết định số 15/2012/QĐ-UBND ngày 05/3/2012"."""
    form = facts.AS_CITED_DATED if date is not None and len(date) == _WHOLE_DATE else facts.AS_CITED
    shown = "/".join(reversed((date or "").split("-")))
    found = _first(form.format(type=word, number=stated, issuer=issuer, date=shown), province)
    if found is None:
        return None
    if date is not None:
        found = found._replace(date=date, province=at_date(found.province, date) if found.province else None)
    identity, number = identify_citation(found), found.number
    if identity is None or number is None:
        return None
    return _Meant(number, found.type, found.date, found.body, found.province, found.unit, found.title, identity)


@lru_cache(maxsize=65536)
def _issued(word: str, number: str, issuer: str, province: str | None) -> _Issued | None:
    """Who issued a document of this number; None where it cannot be read so."""
    found = _first(facts.AS_CITED.format(type=word, number=number, issuer=issuer), province)
    if found is None or found.kind != "number":
        return None
    stated = TYPE_FROM_CODE not in found.notes
    return _Issued(found.type, stated, found.body, found.province, found.province_known, found.unit)


def _first(sentence: str, province: str | None) -> Citation | None:
    """The first citation in a sentence that gives a number."""
    citations = read(sentence, Hints(province=province)).citations
    return next((one for one in citations if one.number), None)


@lru_cache(maxsize=4096)
def type_word(words: str) -> str:
    """The word of the type with which a cell begins ("Quyết định của UBND tỉnh", "QĐ"), "" where there is none."""
    folded = fold(words)
    if not folded:
        return ""
    found = types.longest_word(folded)
    if found is not None:
        return types.by_id(found[1]).words[0]
    kind = types.by_code(types.canonical_code(words) or words)
    return kind.name if kind else ""
