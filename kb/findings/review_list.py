"""Findings in words: what is doubtful, where, and what a reviewer can do."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import orjson
import sqlalchemy as sa

from kb.answers.labels import relation_label
from kb.answers.shapes import Finding, FindingPage
from kb.findings.doubts import SEVERITY
from kb.store.corrections import SETTLED
from kb.store.schema import citation, correction, document, file, finding
from kb.store.sql import pairs
from messages import LANGUAGES, Message, Pair, among, day, pick

_DAY = re.compile(r"\d{4}(?:-\d\d){1,2}")
_ORDER = {"error": 0, "warning": 1, "info": 2}


def message(kind: str, detail: dict[str, Any]) -> tuple[str, str]:
    """A finding in Vietnamese and English."""
    method = detail.get("method", "")
    words = defaultdict[str, Any](
        lambda: "?", {key: Pair(*(_shown(value, lang) for lang in LANGUAGES)) for key, value in detail.items()}
    )
    if "relation" in detail:
        words["relation"] = Pair(*(relation_label(detail["relation"], lang=lang) for lang in LANGUAGES))
    words["why"] = Message(pick("kb.findings.why", method if among("kb.findings.why", method) else "other"))
    if "agrees" in detail:
        words["agrees"] = Message.of("kb.findings.agrees", detail["agrees"], words)
    if None in detail.values() and among("kb.findings.without", kind):
        said = Message.of("kb.findings.without", kind, words)
    else:
        said = Message.of("kb.findings.kind", kind, words)
    return said.vi, said.en


def _shown(value: Any, lang: str) -> str:
    """A value of a finding as a reader of ``lang`` writes it: days, and Vietnamese words in quotation marks."""
    if isinstance(value, list):
        return ", ".join(_shown(item, lang) for item in value)
    if isinstance(value, dict):
        if "value" in value:
            shown = _shown(value["value"], lang)
            return f"{shown if _DAY.fullmatch(str(value['value'])) else f'“{shown}”'} ({value['texts']})"
        return " ".join(_shown(part, lang) for part in value.values() if part)
    if value is None:
        return "–"
    return day(value) if lang == "vi" and _DAY.fullmatch(str(value)) else str(value)


def _subject() -> sa.ColumnElement[str]:
    """What a correction calls the place of a finding: ``FILE@START``, ``FILE``, or the id of a document."""
    place = file.c.name + "@" + sa.cast(citation.c.start, sa.Text)
    return sa.case((citation.c.id.is_not(None), place), (file.c.id.is_not(None), file.c.name), else_=document.c.slug)


def _open(connection: sa.Connection) -> sa.ColumnElement[bool]:
    """The findings that nobody has settled."""
    settled = sa.select(correction.c.value, correction.c.subject).where(correction.c.kind.in_(SETTLED))
    known = [tuple(row) for row in connection.execute(settled.distinct())]
    if not known:
        return sa.true()
    return sa.not_(sa.tuple_(finding.c.kind, sa.func.coalesce(_subject(), "")).in_(known))


def _of_this_base() -> sa.ColumnElement[bool]:
    """The findings about texts and what they cite: of what registers alone list, only their keepers can settle any."""
    return sa.or_(document.c.id.is_(None), document.c.held, document.c.cited_by > 0)


def _query() -> sa.Select[Any]:
    holder = document.alias("holder")
    return (
        sa.select(
            finding.c.kind,
            finding.c.severity,
            finding.c.detail,
            document.c.slug,
            file.c.name,
            citation.c.line,
            citation.c.position,
            holder.c.slug.label("stated_in"),
            _subject().label("subject"),
            citation.c.sentence,
        )
        .outerjoin(document, document.c.id == finding.c.document_id)
        .outerjoin(file, file.c.id == finding.c.file_id)
        .outerjoin(holder, holder.c.id == file.c.document_id)
        .outerjoin(citation, citation.c.id == finding.c.citation_id)
    )


def _finding(row: Any) -> Finding:
    detail = orjson.loads(row.detail)
    vi, en = message(row.kind, detail)
    place = (row.slug, row.name, row.line, row.position)
    return Finding(row.kind, row.severity, *place, vi, en, detail, row.stated_in, row.subject or "", row.sentence)


def page(connection: sa.Connection, kind: str | None, number: int, size: int) -> FindingPage:
    """One page of findings, gravest first, then by kind and place."""
    unsettled = sa.and_(_open(connection), _of_this_base())
    counted = sa.select(finding.c.kind, sa.func.count()).select_from(
        finding.outerjoin(document, document.c.id == finding.c.document_id)
        .outerjoin(file, file.c.id == finding.c.file_id)
        .outerjoin(citation, citation.c.id == finding.c.citation_id)
    )
    counts = pairs(connection.execute(counted.where(unsettled).group_by(finding.c.kind).order_by(finding.c.kind)))
    query = _query().where(unsettled)
    if kind is not None:
        query = query.where(finding.c.kind == kind)
    grave = sa.case(_ORDER, value=finding.c.severity)
    place = (column.nulls_first() for column in (file.c.name, citation.c.start, document.c.slug))
    rows = connection.execute(
        query.order_by(grave, finding.c.kind, *place, finding.c.detail).offset((number - 1) * size).limit(size)
    ).all()
    total = counts.get(kind, 0) if kind is not None else sum(counts.values())
    ordered = dict(sorted(counts.items(), key=lambda item: (_ORDER[SEVERITY[item[0]]], item[0])))
    return FindingPage(tuple(_finding(row) for row in rows), total, number, size, ordered)


def at(connection: sa.Connection, kind: str, subject: str) -> Finding | None:
    """The finding of a kind at a place, as a correction names it; None where there is none, or it is settled."""
    query = _query().where(finding.c.kind == kind, _subject() == subject, _open(connection))
    row = connection.execute(query.limit(1)).first()
    return _finding(row) if row is not None else None


def of_document(connection: sa.Connection, document_id: int) -> tuple[dict[str, str], ...]:
    """Conflicts that must be seen with the document: those of its evidence and of its own header."""
    rows = connection.execute(
        _query()
        .where(finding.c.document_id == document_id, finding.c.citation_id.is_(None), _open(connection))
        .order_by(finding.c.kind, finding.c.detail)
    ).all()
    found = [_finding(row) for row in rows]
    return tuple({"code": one.kind, "vi": one.message, "en": one.message_en} for one in found)
