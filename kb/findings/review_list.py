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
from kb.store.schema import citation, document, file, finding
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
        )
        .outerjoin(document, document.c.id == finding.c.document_id)
        .outerjoin(file, file.c.id == finding.c.file_id)
        .outerjoin(holder, holder.c.id == file.c.document_id)
        .outerjoin(citation, citation.c.id == finding.c.citation_id)
    )


def _finding(row: Any) -> Finding:
    detail = orjson.loads(row.detail)
    vi, en = message(row.kind, detail)
    return Finding(row.kind, row.severity, row.slug, row.name, row.line, row.position, vi, en, detail, row.stated_in)


def page(connection: sa.Connection, kind: str | None, number: int, size: int) -> FindingPage:
    """One page of findings, gravest first, then by kind and place."""
    counts = pairs(
        connection.execute(sa.select(finding.c.kind, sa.func.count()).group_by(finding.c.kind).order_by(finding.c.kind))
    )
    query = _query()
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


def of_document(connection: sa.Connection, document_id: int) -> tuple[dict[str, str], ...]:
    """Conflicts that must be seen with the document: those of its evidence and of its own header."""
    rows = connection.execute(
        _query()
        .where(finding.c.document_id == document_id, finding.c.citation_id.is_(None))
        .order_by(finding.c.kind, finding.c.detail)
    ).all()
    found = [_finding(row) for row in rows]
    return tuple({"code": one.kind, "vi": one.message, "en": one.message_en} for one in found)
