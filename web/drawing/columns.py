"""Lists as tables for a report: which columns, under which heads, and what stands in them.

A cell is what a reader would write: numbers, titles, dates as offices write them, whole addresses; no ids, no names of
files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kb.answers.lineage_shapes import Change, Circle, StaleBasis
from kb.answers.shapes import DocumentBrief, Edge, EdgeEnd, Finding
from kb.authority import types
from kb.knowledge.registers.row import Register, RegisterRow
from messages import pick
from web.drawing import words
from web.drawing.quoting import day
from web.http.csv_tables import CheckedCitation, Columns
from web.http.urls import public_link, public_text_link


def headed(columns: Columns[Any]) -> Columns[Any]:
    """The columns under their heads in the reader's language."""
    return tuple((words.t(pick("web.column", name)), cell) for name, cell in columns)


def _link(id: str | None) -> str:
    return public_link(id) if id else ""


def _issuer(one: DocumentBrief) -> str:
    return one.issuer or ""


DOCUMENTS: Columns[DocumentBrief] = (
    ("number", lambda one: one.number),
    ("title", lambda one: one.title),
    ("type", words.type_name),
    ("date", lambda one: day(one.date)),
    ("issuer", _issuer),
    ("province", lambda one: one.province),
    ("status", lambda one: words.status_label(one.status)),
    ("role", lambda one: words.facet_value("role", one.role)),
    ("cited_by", lambda one: one.cited_by),
    ("link", lambda one: _link(one.id)),
)
"""Documents of any list."""


def _end(end: EdgeEnd | None, part: str) -> str:
    return str(getattr(end, part) or "") if end is not None else ""


EDGES: Columns[Edge] = (
    ("relation", lambda e: words.relation(e.relation)),
    ("citing_number", lambda e: _end(e.source, "number")),
    ("citing_title", lambda e: _end(e.source, "title")),
    ("citing_date", lambda e: day(_end(e.source, "date"))),
    ("citing_link", lambda e: _link(_end(e.source, "id"))),
    ("cited_number", lambda e: _end(e.target, "number") or e.number),
    ("cited_title", lambda e: _end(e.target, "title")),
    ("cited_date", lambda e: day(_end(e.target, "date"))),
    ("cited_link", lambda e: _link(_end(e.target, "id"))),
    ("may_be", lambda e: " ".join(map(public_link, e.candidates))),
    ("as_printed", lambda e: e.raw),
    ("pinpoint", lambda e: e.pinpoint),
    ("sentence", lambda e: e.sentence),
    ("page", lambda e: e.page),
    ("line", lambda e: e.line),
    ("confidence", lambda e: e.confidence),
    ("place", lambda e: public_text_link(e.stated_in.id, e.line)),
)
"""Citations of or to a document."""

CHECKED: Columns[CheckedCitation] = (
    ("as_printed", lambda c: c.text),
    ("number", lambda c: c.number),
    ("date", lambda c: day(c.date)),
    ("issuer", lambda c: c.body),
    ("province", lambda c: c.province),
    ("relation", lambda c: words.relation(c.relation)),
    ("outcome", lambda c: words.t(pick("kb.labels.outcome", c.resolved.status))),
    ("document", lambda c: c.resolved.document and c.resolved.document.office_citation),
    ("link", lambda c: _link(c.resolved.document.id if c.resolved.document else None)),
    ("may_be", lambda c: " ".join(public_link(one.id) for one in c.resolved.candidates)),
    ("line", lambda c: c.line),
    ("confidence", lambda c: c.confidence),
)
"""Citations of a pasted text."""


@dataclass(frozen=True, slots=True)
class NamedFinding:
    """A doubt with the documents that it is about."""

    finding: Finding
    about: DocumentBrief | None
    stated_in: DocumentBrief | None


def named_findings(found: tuple[Finding, ...], named: Mapping[str, DocumentBrief]) -> list[NamedFinding]:
    """The doubts with their documents, of ``named`` by id."""
    return [NamedFinding(one, named.get(one.document or ""), named.get(one.stated_in or "")) for one in found]


FINDINGS: Columns[NamedFinding] = (
    ("severity", lambda one: words.t(pick("web.quality.severity", one.finding.severity))),
    ("kind", lambda one: words.finding_name(one.finding.kind)),
    ("finding", lambda one: one.finding.message_en if words.lang() == "en" else one.finding.message),
    ("document", lambda one: words.heading(one.about) if one.about else ""),
    ("title", lambda one: one.about.title if one.about else ""),
    ("link", lambda one: _link(one.finding.document)),
    ("stated_in", lambda one: words.heading(one.stated_in) if one.stated_in else ""),
    ("line", lambda one: one.finding.line),
    ("place", lambda one: public_text_link(one.finding.stated_in, one.finding.line) if one.finding.stated_in else ""),
)
"""Doubts to review."""

CHANGES: Columns[Change] = (
    ("number", lambda one: one.document.number),
    ("title", lambda one: one.document.title),
    ("change", lambda one: words.relation(one.relation, "in")),
    ("by_number", lambda one: words.heading(one.by) if one.by else one.by_id),
    ("by_title", lambda one: one.by.title if one.by else ""),
    ("since", lambda one: day(one.day)),
    ("recorded", lambda one: day(one.recorded)),
    ("standing", lambda one: one.standing_total),
    ("link", lambda one: _link(one.document.id)),
    ("by_link", lambda one: _link(one.by.id) if one.by else ""),
)
"""What became of documents."""

SOURCES: Columns[Register] = (
    ("source", lambda one: one.name),
    ("as_of", lambda one: day(one.as_of)),
    ("scope", lambda one: one.scope),
    ("rows", lambda one: one.rows),
)
"""The registers of a base."""


def _type_word(row: RegisterRow) -> str:
    return types.by_id(row.type).name if row.type else ""


REGISTER: Columns[RegisterRow] = (
    ("row", lambda one: one.row),
    ("number", lambda one: one.number),
    ("title", lambda one: one.title),
    ("type", _type_word),
    ("date", lambda one: day(one.date)),
    ("issuer", lambda one: one.issuer),
    ("status", lambda one: words.register_state(one.status) if one.status else one.status_words),
    ("effect_from", lambda one: day(one.effect_from)),
    ("effect_to", lambda one: day(one.effect_to)),
    ("replaced_by", lambda one: ", ".join(one.replaced_by)),
    ("amended_by", lambda one: ", ".join(one.amended_by)),
    ("link", lambda one: _link(one.document)),
)
"""The rows of a register."""


@dataclass(frozen=True, slots=True)
class NamedStale:
    """A document on a basis that was changed, with what was changed and by what."""

    found: StaleBasis
    touched: DocumentBrief | None
    by: DocumentBrief | None


STALE: Columns[NamedStale] = (
    ("number", lambda one: one.found.document.number),
    ("title", lambda one: one.found.document.title),
    ("date", lambda one: day(one.found.document.date)),
    ("issuer", lambda one: _issuer(one.found.document)),
    ("basis", lambda one: words.heading(one.touched) if one.touched else one.found.touched),
    ("change", lambda one: words.relation(one.found.relation, "in")),
    ("by_number", lambda one: words.heading(one.by) if one.by else one.found.by),
    ("since", lambda one: day(one.found.touched_on)),
    ("link", lambda one: _link(one.found.document.id)),
)
"""Documents on changed ground."""

CIRCLES: Columns[Circle] = (
    ("documents", lambda one: ", ".join(words.heading(each) for each in one.documents)),
    ("count", lambda one: one.total),
    ("link", lambda one: _link(one.documents[0].id)),
)
"""Documents that stand on each other."""

COLUMNS: tuple[Columns[Any], ...] = (
    DOCUMENTS, EDGES, CHECKED, FINDINGS, CHANGES, SOURCES, REGISTER, STALE, CIRCLES,
)  # fmt: skip
"""The columns of every list."""
