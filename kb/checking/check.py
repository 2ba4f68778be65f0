"""The check before signing: what is wrong, stale, ambiguous or incomplete in the citations of a draft.

A check says what this knowledge base and the draft itself can prove, and lists what it could not check. Nothing of the
draft is stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kb.answers.labels import office_date, relation_label
from kb.answers.shapes import Answer, DocumentDetails, Resolved
from kb.authority import relations, types
from kb.model import Citation, OwnIdentity, Reading
from messages import Message, Pair, among, pick

if TYPE_CHECKING:
    from kb.service import KnowledgeBase

ERROR, WARNING, INFO = "error", "warning", "info"

KINDS = {
    "wrong_date": ERROR,
    "year_conflict": ERROR,
    "target_younger": ERROR,
    "ended": ERROR,
    "unsure_reading": ERROR,
    "ambiguous": WARNING,
    "one_known": WARNING,
    "no_date": WARNING,
    "no_province": WARNING,
    "changed": INFO,
}
"""Every kind of problem and how grave it is."""

_YEAR = re.compile(r"/((?:19|20)\d\d)/")


@dataclass(frozen=True, slots=True)
class Problem(Answer):
    """One thing to mend or to look at. ``severity``: error | warning | info; ``start``/``end`` are offsets into the
    draft's text; ``document`` is the id of the document concerned."""

    kind: str
    severity: str
    message: str
    message_en: str
    raw: str
    number: str | None
    line: int
    page: int | None
    start: int
    end: int
    document: str | None

    def text(self, lang: str = "vi") -> str:
        """The message in ``lang`` (``vi`` or ``en``)."""
        return self.message_en if lang == "en" else self.message


@dataclass(frozen=True, slots=True)
class Unchecked(Answer):
    """A citation that could not be compared with anything, with the reason."""

    reason: str
    message: str
    message_en: str
    raw: str
    number: str | None
    line: int

    def text(self, lang: str = "vi") -> str:
        """The message in ``lang`` (``vi`` or ``en``)."""
        return self.message_en if lang == "en" else self.message


@dataclass(frozen=True, slots=True)
class CheckReport(Answer):
    """The outcome: ``passed`` unless there is a problem of severity error or warning. ``citations`` counts all that
    were found, ``checked`` those that could be compared with a document of the base."""

    passed: bool
    citations: int
    checked: int
    problems: tuple[Problem, ...]
    not_checked: tuple[Unchecked, ...]


def check(base: KnowledgeBase, reading: Reading, text: str) -> CheckReport:
    """Hold every citation of a draft (``reading`` of ``text``) against the knowledge base and the draft's own date."""
    problems: list[Problem] = []
    unchecked: list[Unchecked] = []
    documents: dict[str, DocumentDetails | None] = {}
    met: set[str] = set()
    checked = 0
    itself = _stored(base, reading.own)
    for found, citation in zip(base.resolve_reading(reading, text), reading.citations, strict=True):
        first = citation.number is not None and citation.number not in met
        met.add(citation.number or "")
        known = found.document
        if known is not None:
            checked += 1
            if known.id not in documents:
                documents[known.id] = base.document(known.id)
        if found.method == "own_document" or (known is not None and known.id == itself):
            continue  # the draft's own number, in the heading of an annex
        full = documents.get(known.id) if known is not None else None
        day = reading.own.day if reading.own else None
        for kind, values in _problems(_Cited(citation, found, full, first, day, itself)):
            problems.append(_problem(kind, values, citation, full))
        if found.status == "unresolved" and among("kb.check.not_checked", found.method):
            why = Message(pick("kb.check.not_checked", found.method))
            unchecked.append(Unchecked(found.method, why.vi, why.en, citation.text, citation.number, citation.line))
    passed = all(problem.severity == INFO for problem in problems)
    return CheckReport(passed, len(reading.citations), checked, tuple(problems), tuple(unchecked))


Found = Iterator[tuple[str, dict[str, Any]]]
"""Kinds of problems with the values of their words."""


@dataclass(frozen=True, slots=True)
class _Cited:
    """A citation of the draft beside what it means. ``first``: its number was not cited before; ``day``: the draft's
    own date; ``itself``: its id where the base knows it."""

    citation: Citation
    found: Resolved
    known: DocumentDetails | None
    first: bool
    day: str | None
    itself: str | None

    @property
    def number(self) -> str:
        return self.citation.number or self.citation.text


def _problems(cited: _Cited) -> Found:
    """What is wrong with one citation."""
    if "number_doubtful" in cited.citation.notes:
        yield "unsure_reading", {"raw": cited.citation.text}
    yield from _of_date(cited)
    yield from _of_document(cited)
    yield from _of_form(cited)
    if cited.known is not None:
        yield from _acts(cited.number, cited.known, cited.day, cited.itself)


def _of_date(cited: _Cited) -> Found:
    """What the date contradicts: the number's year, what is known, the draft's own day."""
    date, number, known = cited.citation.date, cited.number, cited.known
    if not date:
        return
    year = _YEAR.search(number)
    if year and not date.startswith(year[1]):
        yield "year_conflict", {"number": number, "date": _day(date)}
    elif cited.found.method == "other_date_known":
        dates = sorted({one.date for one in cited.found.candidates if one.date})
        known_dates = Pair(", ".join(map(office_date, dates)), ", ".join(dates))
        yield "wrong_date", {"number": number, "date": _day(date), "known": known_dates}
    elif known and known.date and not (known.date.startswith(date) or date.startswith(known.date)):
        yield "wrong_date", {"number": number, "date": _day(date), "known": _day(known.date)}
    if cited.day and date[: len(cited.day)] > cited.day:
        yield "target_younger", {"number": number, "date": _day(date), "own_date": _day(cited.day)}


def _of_document(cited: _Cited) -> Found:
    """That more than one document may be meant; where the province is open, ``no_province`` says so."""
    found = cited.found
    if found.status == "ambiguous" and found.candidates and found.method != "province_unknown":
        names = "; ".join(one.office_citation for one in found.candidates)
        kind = "one_known" if len(found.candidates) == 1 else "ambiguous"
        yield kind, {"number": cited.number, "count": len(found.candidates), "candidates": names}


def _of_form(cited: _Cited) -> Found:
    """What the form of a citation asks for and is not there."""
    if cited.citation.kind != "number":
        return
    if not cited.citation.province_known:
        yield "no_province", {"number": cited.number}
    if cited.first and not cited.citation.date and not _is_statute(cited.citation):
        yield "no_date", {"number": cited.number}


def _stored(base: KnowledgeBase, own: OwnIdentity | None) -> str | None:
    """The id of the draft itself where the base holds or knows it: a document may be checked that is already there."""
    if own is None or own.number is None:
        return None
    found = base.lookup(own.number, province=own.province, date=own.day)
    return found.matches[0].id if found.status == "ok" else None


def _acts(number: str, known: DocumentDetails, day: str | None, itself: str | None) -> Found:
    """Acts of others upon a cited document up to the draft's own date, each acting document once.

    What the draft itself does to a document it cites (``itself`` is its id) is its purpose and no mistake.
    """
    for event in known.status.events:
        if event.by == itself:
            continue
        if day and event.date and event.date > day:
            continue
        yield (
            "ended" if event.relation in relations.STOPS else "changed",
            {
                "number": number,
                "act": Pair(
                    relation_label(event.relation, inverse=True),
                    relation_label(event.relation, inverse=True, lang="en"),
                ),
                "by": event.by_number or event.by,
                "place": f"{event.file}:{event.line}",
                "note": known.status,
            },
        )


def _day(date: str) -> Pair:
    """A date in Vietnamese and in English."""
    return Pair(office_date(date), date)


def _is_statute(citation: Citation) -> bool:
    """Laws, codes and ordinances need only their name (Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II, mục I.6)."""
    if citation.type is None:
        return False
    kind = types.by_id(citation.type)
    return kind.system == "law" and kind.name in ("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh")


def _problem(kind: str, values: dict[str, Any], citation: Citation, known: DocumentDetails | None) -> Problem:
    said = Message.of("kb.check.kind", kind, values)
    return Problem(
        kind=kind,
        severity=KINDS[kind],
        message=said.vi,
        message_en=said.en,
        raw=citation.text,
        number=citation.number,
        line=citation.line,
        page=citation.page,
        start=citation.start,
        end=citation.end,
        document=known.id if known else None,
    )
