"""What the sources know of the documents that a draft cites: the one door through which the rules ask.

Rules never ask the base themselves: what it knows is put here into the words of the check, each fact with its backing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from kb.answers.shapes import DocumentBrief, Edge, Resolved, StatusEvent
from kb.authority import laws, relations
from kb.authority.wording import word_lists
from kb.checking.held_parts import HeldParts
from kb.checking.report import Evidence, Source
from kb.checking.tail import tail_at
from kb.findings.slips import Slip
from kb.identity.key import Identity, identify_law, law_of
from kb.knowledge.registers.row import RegisterRow
from kb.knowledge.statements import ONE, Statement
from kb.knowledge.statements import Known as Statements
from kb.knowledge.statements import Source as SourceOfFact
from kb.lookup.neighbours import Neighbour
from kb.model import Citation, OwnIdentity, Reading
from kb.reading.relations.pinpoints import Path, format_pinpoint, parse
from kb.reading.repair.repaired_text import looks_damaged
from kb.reading.text.text_forms import fold
from messages import Message, say

if TYPE_CHECKING:
    from kb.service import KnowledgeBase


_FATE = re.compile(word_lists("checking")["acted"])
"""Opens words that a reader took for a title and that tell what others did to the document."""
_HEAD = 3000
"""Code points in which a document's own number and date stand."""
_ASKED = 100
"""Citing texts asked for the issuer of a document."""


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
class EndOfPart:
    """An act that ended a part of a document, ``wholly`` or some of it."""

    act: Act
    wholly: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the sources know of one document."""

    brief: DocumentBrief
    stated: Statements
    acts: tuple[Act, ...]
    law: laws.Law | None

    @property
    def id(self) -> str:
        return self.brief.id

    @property
    def date(self) -> Statement | None:
        """The date of the best source."""
        return self.best("date")

    @property
    def title(self) -> Statement | None:
        """The title of the best source."""
        return self.best("title")

    def best(self, field: str) -> Statement | None:
        """The statement of the best source on a field."""
        return next(iter(self.every(field)), None)

    def every(self, field: str) -> tuple[Statement, ...]:
        """All statements on a field, best first."""
        known = self.stated.get(field)
        said = (known.winner, *known.others) if known is not None else ()
        return tuple(one for one in said if field != "title" or not _FATE.match(fold(one.value)))


class Sources:
    """The sources beside one draft; what is asked twice is answered from memory."""

    def __init__(self, base: KnowledgeBase, own: OwnIdentity | None) -> None:
        self._base = base
        self._known: dict[str, Known | None] = {}
        self._neighbours: dict[tuple[str, str, str, tuple[str, ...]], tuple[Neighbour, ...]] = {}
        self._issuers: dict[str, Counter[str]] = {}
        self._parts: dict[str, HeldParts | None] = {}
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
            stated = self._base.known([id]).get(id)
            if details is None or stated is None:
                self._known[id] = None
            else:
                law = law_of(details.id)
                events = tuple(map(_act, details.status.events))
                named = {act.by_number for act in events}
                rows = [row for row in self._base.registers_about(details.id) if not named & {*row.replaced_by}]
                told = (*events, *_registered(rows))
                acting = {act.by for act in told}
                beside = tuple(act for act in self.acts_upon_law(law) if act.by not in acting)
                self._known[id] = Known(details, stated, (*told, *beside), law)
        return self._known[id]

    def ends_of_part(self, id: str, pinpoint: str | None) -> tuple[EndOfPart, ...]:
        """What repealed or replaced the parts that a pinpoint names, or some of each."""
        found: dict[str, EndOfPart] = {}
        for part in _single_parts(pinpoint) if pinpoint else ():
            history = self._base.part(id, format_pinpoint((part,)))
            for edge in history.acts if history is not None else ():
                if edge.relation not in relations.STOPS or not edge.pinpoint or edge.source is None or edge.inverse:
                    continue
                ended = [one for one in parse(edge.pinpoint) if _holds_part(one, part)]
                end = EndOfPart(_act_of(edge), bool(ended))
                if end.act.by not in found or end.wholly:
                    found[end.act.by] = end
        return tuple(found.values())

    def namesakes(self, identity: Identity, date: str) -> tuple[Neighbour, ...]:
        """The documents of the same type and ordinal that other issuers signed on a day."""
        return self._base.namesakes(identity, date)

    def slip(self, identity: Identity, citation: Citation) -> Slip | None:
        """The document that is one slip from a citation's number and has its date or title."""
        if citation.number is None:
            return None
        return self._base.slip(identity, number=citation.number, type=citation.type, title=citation.title)

    def acts_upon_law(self, law: laws.Law | None) -> tuple[Act, ...]:
        """What replaced a law, and what amended it, as the law table knows; empty for None."""
        if law is None:
            return ()
        proof = Evidence("law_table", Message("kb.knowledge.source.law_table"))
        replaced = [
            Act("replaces", False, identify_law(later).slug, later.number, later.begins, proof)
            for later in laws.replaced_by(law)
        ]
        return tuple(replaced)

    def neighbours(self, identity: Identity, years: tuple[str, ...]) -> tuple[Neighbour, ...]:
        """The documents of the same issuer and type of these years."""
        key = (identity.place, identity.organ, identity.kind, years)
        if key not in self._neighbours:
            self._neighbours[key] = self._base.neighbours(identity, years)
        return self._neighbours[key]

    def issuers_said(self, id: str) -> Counter[str]:
        """The issuers that citing texts name behind a document's number, in their words, and how many name each."""
        if id not in self._issuers:
            said: Counter[str] = Counter()
            for edge in self._base.citations(id, direction="in", per_page=_ASKED).items:
                sentence = edge.sentence or ""
                issuer = tail_at(fold(sentence), edge.highlight[1]).issuer
                if issuer is not None:
                    said[" ".join(sentence[issuer[0] : issuer[1]].split())] += 1
            self._issuers[id] = said
        return self._issuers[id]

    def parts(self, id: str) -> HeldParts | None:
        """The parts of a document's held text; None where its text is not held or has no articles."""
        if id not in self._parts:
            held = self._base.text_of(id)
            parts = HeldParts(held.text, held.blocks) if held is not None else None
            self._parts[id] = parts if parts is not None and parts.articles.parts else None
        return self._parts[id]

    def read_well(self, id: str) -> bool:
        """Whether the head of a document's held text shows no damage of a scan."""
        held = self._base.text_of(id)
        return held is not None and not looks_damaged(held.text[:_HEAD])

    def coverage(self) -> tuple[Source, ...]:
        """The sources with their scope."""
        stats = self._base.stats()
        count, held = stats["documents"], stats["held"]
        registers = (
            Source("register", Message("kb.check.scope.register", name=one.name, count=one.rows), one.rows, one.as_of)
            for one in self._base.registers()
        )
        return (
            Source("texts", Message("kb.check.scope.texts", held=held, known=count), count),
            *registers,
            Source("law_table", Message("kb.check.scope.law_table", count=len(laws.LAWS)), len(laws.LAWS)),
        )

    def _stored(self, own: OwnIdentity | None) -> str | None:
        if own is None or own.number is None:
            return None
        found = self._base.lookup(own.number, province=own.province, date=own.day)
        return found.matches[0].id if found.status == "ok" else None


def certain(statement: Statement) -> bool:
    """Whether what contradicts a statement is wrong, and not only doubtful: more than one citing text says so."""
    return statement.source.kind != ONE


def backing(statement: Statement, document: str | None = None) -> Evidence:
    """A statement's source as evidence."""
    return Evidence(statement.source.kind, statement.source.message, document=document)


def _act(event: StatusEvent) -> Act:
    said = Message("kb.check.source.act", by=event.by_number or event.by)
    proof = Evidence("act", said, event.sentence, event.by, event.file, event.line)
    return Act(event.relation, event.partial, event.by, event.by_number, _from(event.effect_from, event.date), proof)


def _from(effect: str | None, signed: str | None) -> str | None:
    """From which day an act counts: not before it was signed, whatever was read as the day of its effect."""
    return max(effect, signed) if effect and signed else effect or signed


def _act_of(edge: Edge) -> Act:
    source = edge.source
    assert source is not None
    said = Message("kb.check.source.act", by=source.number or source.id)
    proof = Evidence("act", said, edge.sentence, source.id, edge.file, edge.line)
    return Act(edge.relation, True, source.id, source.number, _from(edge.effect_from, source.date), proof)


_MOST_PARTS = 12
"""Parts of one pinpoint that are asked after."""


def _single_parts(pinpoint: str) -> list[Path]:
    """Each part that a pinpoint in normal form names ("khoản 2, 3 Điều 5; Điều 7"), by itself."""
    try:
        paths = parse(pinpoint)
    except ValueError:
        return []
    single: list[Path] = [
        tuple((unit, (label,) if label else ()) for (unit, _), label in zip(path, labels, strict=True))
        for path in paths
        for labels in product(*(labels or ("",) for _, labels in path))
    ]
    return [part for part in single if not any("-" in label for _, labels in part for label in labels)][:_MOST_PARTS]


def _holds_part(ended: Path, part: Path) -> bool:
    """Whether what was ended is a part, or holds it."""
    cited = dict(part)
    return all(unit in cited and (not labels or set(cited[unit]) & set(labels)) for unit, labels in ended)


def _registered(rows: Sequence[RegisterRow]) -> Iterator[Act]:
    """What registers say ended a document: a row that says when it lapsed, and what replaced it where it tells."""
    for row in rows:
        if row.status not in _LAPSED or row.effect_to is None:
            continue
        said = SourceOfFact("register", name=row.register, as_of=row.as_of).message
        by = row.replaced_by[0] if row.replaced_by else row.register
        yield Act(_LAPSED[row.status], False, by, by, row.effect_to, Evidence("register", said, line=row.row))


_LAPSED = {"lapsed": "repeals", "suspended": "suspends"}
"""States in a register that end a document, with the relation of the act."""


def citation_of(known: Known, *, title: bool = True) -> str:
    """A document's citation in official form, ready to copy: type, number, date, issuer, abstract (Decree 30/2020,
    Annex I, part I, section II, item 6), as far as the sources know them."""
    brief = known.brief
    words = [brief.office_citation]
    if title and known.title is not None and brief.number is not None and known.law is None:
        words.append(in_sentence(known.title.value))
    return " ".join(words)


def in_sentence(title: str) -> str:
    """A title as it goes on in a sentence: "Về việc …" as "về việc …"; a name in capitals stays as it is."""
    return title[:1].lower() + title[1:] if title[1:2].islower() or title[1:2] == " " else title


def law_citation(law: laws.Law) -> str:
    """A law's citation, ready to copy: its name with its type's word, and its number."""
    return say("kb.check.law.numbered", "vi", name=law.name, number=law.number) if law.number else law.name
