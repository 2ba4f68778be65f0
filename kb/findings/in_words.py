"""Findings in words: what is doubtful, where, and what a reviewer can do."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import orjson
import sqlalchemy as sa

from kb.answers.labels import relation_label
from kb.answers.shapes import Finding, FindingPage
from kb.findings.detect import SEVERITY
from kb.store.schema import citation, document, file, finding
from kb.store.sql import pairs

_ORDER = {"error": 0, "warning": 1, "info": 2}

TEXTS: dict[str, tuple[str, str]] = {
    "ambiguous": (
        "{number}: chưa đủ căn cứ để biết là văn bản nào ({why}).",
        "{number}: not enough evidence which document is meant ({why_en}).",
    ),
    "blank_date": ("Văn bản chưa ghi đủ ngày ban hành.", "The document's own date is not complete."),
    "blank_number": ("Văn bản chưa có số ({code}).", "The document's own number is blank ({code})."),
    "date_conflict": (
        "Các viện dẫn ghi ngày khác nhau: {dates}.",
        "Citations give different dates: {dates}.",
    ),
    "date_repaired": (
        "Ngày đọc được “{before}” đã sửa thành “{after}” theo chứng cứ trong văn bản.",
        "The date read as “{before}” was repaired to “{after}” on evidence in the text.",
    ),
    "issuer_conflict": (
        "Cơ quan ban hành được ghi khác nhau: {issuers}.",
        "The issuer is given differently: {issuers}.",
    ),
    "issuer_not_in_office": (
        "{number} ngày {date}: {issuer} khi đó chưa có hoặc không còn.",
        "{number} of {date}: {issuer} did not exist then.",
    ),
    "no_antecedent": (
        "“{raw}”: không chắc nói đến văn bản nào.",
        "“{raw}”: no certain antecedent.",
    ),
    "no_header": ("Không thấy phần đầu (số, ngày, cơ quan) của văn bản.", "The text has no header of its own."),
    "order_ill_formed": (
        "“{raw}”: thứ tự số của Đảng viết sai, đúng là {number}.",
        "“{raw}”: a Party number in the wrong order, properly {number}.",
    ),
    "ordinal_order": (
        "{number} ngày {date}: số thứ tự không khớp ngày so với các văn bản cùng loại, cùng năm ({others}).",
        "{number} of {date}: the ordinal does not agree with the dates of its series ({others}).",
    ),
    "type_not_stated": (
        "luật hay nghị quyết mang số này, không ghi loại",
        "a law or a resolution, its type not stated",
    ),
    "province_unknown": (
        "{number}: không rõ của tỉnh nào.",
        "{number}: its province cannot be known.",
    ),
    "repealed_before": (
        "{number} đã bị {by} {relation} từ {date}, trước ngày văn bản này.",
        "{number} was ended by {by} on {date}, before this document's date.",
    ),
    "same_number_two_dates": (
        "Cùng số, cùng năm nhưng hai ngày: {date} và {others}. Hai văn bản, hoặc một ngày ghi sai.",
        "One number and year with two dates: {date} and {others}. Two documents, or a slip in one date.",
    ),
    "target_younger": (
        "{number} ngày {date} có sau văn bản này ({own_date}).",
        "{number} of {date} is younger than this document ({own_date}).",
    ),
    "type_conflict": (
        "Gọi là “{word}” nhưng ký hiệu là {number}; lấy theo ký hiệu.",
        "Called “{word}” but numbered {number}; the code is trusted.",
    ),
    "undated": (
        "{number}: viện dẫn không ghi ngày, chưa rõ năm.",
        "{number}: cited without a date, the year is not known.",
    ),
    "year_conflict": (
        "{number}: năm trong số khác năm của ngày {date}.",
        "{number}: the year in the number differs from that of the date {date}.",
    ),
}

_WHY = {
    "title_unsure": ("có văn bản tên gần giống, chưa đủ để nối", "a document has a similar title, not similar enough"),
    "several_titles": ("nhiều văn bản mang tên này", "several documents have this title"),
    "only_one_known": ("kho chỉ biết một văn bản mang số này, nhưng không ghi ngày", "only one is known, undated"),
    "several_known": ("nhiều văn bản cùng số", "several documents have this number"),
    "several_dates": ("nhiều ngày phù hợp", "several dates fit"),
    "type_not_stated": (
        "luật hay nghị quyết mang số này, không ghi loại",
        "a law or a resolution, its type not stated",
    ),
    "province_unknown": ("không rõ tỉnh", "the province is not known"),
    "own_headers_differ": ("hai văn bản có toàn văn ghi ngày khác nhau", "held texts give different dates"),
}


def message(kind: str, detail: dict[str, Any]) -> tuple[str, str]:
    """A finding in Vietnamese and English."""
    words = {key: _shown(value) for key, value in detail.items()}
    if "relation" in detail:
        words["relation"] = relation_label(detail["relation"])
    why = _WHY.get(detail.get("method", ""), ("chưa đủ căn cứ", "not enough evidence"))
    words.update(why=why[0], why_en=why[1])
    known: dict[str, str] = defaultdict(lambda: "?", words)
    vi, en = TEXTS[kind]
    return vi.format_map(known), en.format_map(known)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(item) for item in value)
    if isinstance(value, dict):
        if "value" in value:
            return f"{value['value']} ({value['texts']})"
        return " ".join(str(part) for part in value.values() if part)
    return "–" if value is None else str(value)


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
            citation.c.n,
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
    return Finding(row.kind, row.severity, row.slug, row.name, row.line, row.n, vi, en, detail, row.stated_in)


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
