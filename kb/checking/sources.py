"""What the sources know of the documents that a draft cites: the one door through which the rules ask.

Rules never ask the base themselves: what it knows is put here into the words of the check, each fact with its backing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.answers.labels import issuer_name, office_date
from kb.answers.shapes import DocumentBrief, DocumentDetails, Resolved, StatusEvent
from kb.authority import laws
from kb.checking.report import Evidence, Source
from kb.identity.key import law_of
from kb.model import OwnIdentity, Reading
from messages import Message

if TYPE_CHECKING:
    from kb.service import KnowledgeBase

OWN, REGISTER, LAW_TABLE, TEXTS, ONE_TEXT = "own_header", "register", "law_table", "texts", "one_text"
"""What a fact rests on, the strongest first: the document's own header, a register, the law table, two or more texts
that agree, one text."""

AGREEING = 2
"""Texts that must agree before a date of which no source has more is taken for certain."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One fact with its backing: ``kind`` as above, ``texts`` how many texts say so."""

    value: str
    kind: str
    texts: int

    @property
    def certain(self) -> bool:
        """Whether what contradicts it is wrong, and not only doubtful."""
        return self.kind != ONE_TEXT

    def evidence(self, document: str | None = None) -> Evidence:
        """The backing in words."""
        said = Message.of("kb.check.source", self.kind, {"count": self.texts})
        return Evidence(self.kind, said, document=document)


@dataclass(frozen=True, slots=True)
class Act:
    """An act upon a document: ``relation`` as in the vocabulary, ``partial`` only parts, ``day`` the first day of its
    effect (that of its date where no more is known, None where that is not known either)."""

    relation: str
    partial: bool
    by: str
    by_number: str | None
    day: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Known:
    """What the sources know of one document."""

    brief: DocumentBrief
    date: Stated | None
    title: Stated | None
    bodies: tuple[Stated, ...]
    acts: tuple[Act, ...]
    law: laws.Law | None

    @property
    def id(self) -> str:
        return self.brief.id

    @property
    def issuer(self) -> str | None:
        return self.brief.issuer


class Sources:
    """The sources beside one draft; what is asked twice is answered from memory."""

    def __init__(self, base: KnowledgeBase, own: OwnIdentity | None) -> None:
        self._base = base
        self._known: dict[str, Known | None] = {}
        self.itself = self._stored(own)
        """The id of the draft itself where the base holds or knows it: a document may be checked that is there."""

    def resolve(self, reading: Reading, text: str) -> list[Resolved]:
        """What each citation of the draft means."""
        return self._base.resolve_reading(reading, text)

    def known(self, id: str | None) -> Known | None:
        """What is known of the document with this id, None where there is none."""
        if id is None:
            return None
        if id not in self._known:
            details = self._base.document(id)
            self._known[id] = _known(details) if details is not None else None
        return self._known[id]

    def coverage(self) -> tuple[Source, ...]:
        """The sources with their scope."""
        stats = self._base.stats()
        count, held = stats["documents"], stats["held"]
        return (
            Source("texts", Message("kb.check.scope.texts", held=held, known=count), count),
            Source("law_table", Message("kb.check.scope.law_table", count=len(laws.LAWS)), len(laws.LAWS)),
        )

    def _stored(self, own: OwnIdentity | None) -> str | None:
        if own is None or own.number is None:
            return None
        found = self._base.lookup(own.number, province=own.province, date=own.day)
        return found.matches[0].id if found.status == "ok" else None


def _known(details: DocumentDetails) -> Known:
    law = law_of(details.id)
    return Known(
        brief=details,
        date=_date(details, law),
        title=_voted(details, "title"),
        bodies=tuple(_votes(details, "body")),
        acts=tuple(map(_act, details.status.events)),
        law=law,
    )


def _date(details: DocumentDetails, law: laws.Law | None) -> Stated | None:
    votes = list(_votes(details, "date"))
    own = next((vote for vote in votes if vote.kind == OWN), None)
    if own is None and law is not None and law.date:
        return Stated(law.date, LAW_TABLE, sum(vote.texts for vote in votes if vote.value == law.date))
    if details.date is None:
        return None
    return own or next((vote for vote in votes if vote.value == details.date), None)


def _voted(details: DocumentDetails, name: str) -> Stated | None:
    return next(iter(_votes(details, name)), None)


def _votes(details: DocumentDetails, name: str) -> Iterable[Stated]:
    for vote in details.evidence.get(name, ()):
        kind = OWN if vote.own else TEXTS if vote.count >= AGREEING else ONE_TEXT
        yield Stated(vote.value, kind, vote.count)


def _act(event: StatusEvent) -> Act:
    law = law_of(event.by)
    said = Message("kb.check.source.act", by=event.by_number or event.by)
    proof = Evidence("act", said, event.sentence, event.by, event.file, event.line)
    day = law.begins if law is not None else event.date
    return Act(event.relation, event.partial, event.by, event.by_number, day, proof)


def citation_of(known: Known, *, title: bool = True) -> str:
    """A document's citation in official form, ready to copy: type, number, date, issuer, abstract (Decree 30/2020,
    Annex I, part I, section II, item 6), as far as the sources know them."""
    brief = known.brief
    words = [brief.office_citation]
    if title and known.title is not None and brief.number is not None and known.law is None:
        words.append(known.title.value)
    return " ".join(words)


def issuer_of(body: str, province: str | None, unit: str | None) -> str:
    """An issuer in words."""
    return issuer_name(body, province, unit) or body


def day_of(date: str) -> str:
    """A date as offices write it."""
    return office_date(date)
