"""The bases block of a draft made from chosen documents: in official form and order.

Form and order: Decree 30/2020/NĐ-CP, Annex I, part I, section II, item 6; Decree 78/2025/NĐ-CP, Annex I.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from kb.answers.labels import office_date
from kb.answers.shapes import Answer, DocumentBrief
from kb.authority import laws, types
from kb.checking.sources import Known, Sources, citation_of
from kb.checking.usual_bases import usual_for
from kb.identity.numbering import is_full
from kb.model import OwnIdentity
from kb.reading import read
from kb.reading.text.text_forms import fold
from messages import say
from messages.facts import Fact

if TYPE_CHECKING:
    from kb.service import KnowledgeBase

_LAST = 99
"""Rank of what has none: behind all others."""


@dataclass(frozen=True, slots=True)
class Chosen(Answer):
    """What one line of the choice means: ``document`` None and ``candidates`` given where it is not one document."""

    line: Annotated[str, Fact("What was chosen, as it was written.", "93")]
    document: Annotated[DocumentBrief | None, Fact("The document that it means.", None)]
    candidates: Annotated[tuple[DocumentBrief, ...], Fact("The documents that it may mean.", [])]


@dataclass(frozen=True, slots=True)
class BasesBlock(Answer):
    """The block, a line for each basis; ``unsettled`` lines are left out of it, ``missing`` are bases that every draft
    of this type and issuer has and that nobody chose, ``stale`` the numbers of chosen ones that are no longer whole."""

    lines: Annotated[tuple[str, ...], Fact("The block, one basis a line.", ["Căn cứ Luật Đất đai …;"])]
    unsettled: Annotated[tuple[Chosen, ...], Fact("What does not mean one document.", [])]
    missing: Annotated[tuple[str, ...], Fact("Usual bases of such a draft that were not chosen.", [])]
    stale: Annotated[tuple[str, ...], Fact("Chosen documents that were replaced or repealed.", [])]


def bases_block(base: KnowledgeBase, chosen: Iterable[str], own: OwnIdentity) -> BasesBlock:
    """The bases block of a draft like ``own`` (type, body, province, date, as far as known).

    Args:
        chosen: numbers in any shape, names of laws, or ids, one document each.
    """
    sources = Sources(base, None)
    settled: dict[str, _Basis] = {}
    unsettled = []
    for line in dict.fromkeys(" ".join(one.split()) for one in chosen if one.strip()):
        meant = _meant(base, line, own)
        known = sources.known(meant.document.id) if meant.document is not None else None
        law = _law_named(line, own.day) if known is None else None
        if known is not None:
            settled[known.id] = _of_document(known)
        elif law is not None:
            settled[law.id] = _of_law(law)
        else:
            unsettled.append(meant)
    return _block(sorted(settled.values(), key=lambda one: one.order), tuple(unsettled), own)


def _block(ordered: Sequence[_Basis], unsettled: tuple[Chosen, ...], own: OwnIdentity) -> BasesBlock:
    lines = [say("kb.check.basis_line", "vi", basis=one.words) for one in ordered]
    block = fold("\n".join(lines))
    return BasesBlock(
        tuple(f"{line}{';' if n < len(lines) else '.'}" for n, line in enumerate(lines, 1)),
        unsettled,
        tuple(one.name for one in usual_for(own, own.day) if not one.stands_in(block)),
        tuple(one.name for one in ordered if one.ended),
    )


@dataclass(frozen=True, slots=True)
class _Basis:
    """One line of the block: its words, what it is called, its place (rank, date, number), and whether it has ended."""

    words: str
    name: str
    order: tuple[int, str, str]
    ended: bool


def _of_document(known: Known) -> _Basis:
    brief = known.brief
    kind = known.law.type if known.law is not None else brief.type
    ended = any(act.relation in ("replaces", "repeals") and not act.partial for act in known.acts)
    place = (_rank(kind), brief.date or "", brief.number or "")
    return _Basis(as_basis(known), brief.number or brief.office_citation, place, ended)


def _of_law(law: laws.Law) -> _Basis:
    place = (_rank(law.type), law.issued, law.number or "")
    return _Basis(law_as_basis(law), law.name, place, bool(laws.replaced_by(law)))


def _rank(type_id: str | None) -> int:
    rank = types.by_id(type_id).rank if type_id else None
    return _LAST if rank is None else rank


def _law_named(line: str, day: str | None) -> laws.Law | None:
    """The law of the table that a line names, by number or name: that of the draft's day, of today without one."""
    by_number = next((laws.by_number(word) for word in line.split() if laws.by_number(word)), None)
    if by_number is not None:
        return by_number
    match = laws.longest_match(fold(line))
    if match is None:
        return None
    return laws.resolve(match[1], day or datetime.date.today().isoformat()).law


def basis_of(base: KnowledgeBase, id: str) -> str | None:
    """One document of the base as a line of a bases block, None where the base does not know it."""
    known = Sources(base, None).known(id)
    return say("kb.check.basis_line", "vi", basis=as_basis(known)) if known is not None else None


def as_basis(known: Known) -> str:
    """A document as a basis names it: a law by name and date, others with number, date, issuer, abstract."""
    return law_as_basis(known.law) if known.law is not None else citation_of(known)


def law_as_basis(law: laws.Law) -> str:
    """A law by its name and date."""
    return say("kb.check.law.dated", "vi", name=law.name, date=in_words(law.date)) if law.date else law.name


def in_words(date: str) -> str:
    """A date in words, "ngày 29 tháng 11 năm 2013" (Decree 30/2020, Annex I, part II, item 4); as offices write it
    where its day is not known."""
    if not is_full(date):
        return office_date(date)
    year, month, day = date.split("-")
    month = month if int(month) < 3 else str(int(month))
    return say("kb.check.day_in_words", "vi", day=day, month=month, year=year)


def _meant(base: KnowledgeBase, line: str, own: OwnIdentity) -> Chosen:
    """What a line of the choice means: an id, a number in any shape, or what it cites when read as a sentence."""
    details = base.document(line.removeprefix("/vb/"))
    if details is not None:
        return Chosen(line, details, ())
    found = base.lookup(line, province=own.province)
    if found.status == "ok":
        return Chosen(line, found.matches[0], ())
    reading = read(line)
    for one in base.resolve_reading(reading, line):
        if one.document is not None:
            return Chosen(line, one.document, ())
    return Chosen(line, None, found.matches or found.suggestions)
