"""Doubts found while linking: recorded by kind, with the place to look at, never hidden and never settled silently.

Findings of a text are found anew whenever its links change (``of_files``), those of a document whenever its evidence
does (``of_documents``). The words for each kind are in ``messages/``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import sqlalchemy as sa

from kb.authority import issuers
from kb.findings import impossible_dates, slips
from kb.findings.ordinals import out_of_order, registers
from kb.findings.type_words import shown_name, type_word_before, word_fits
from kb.identity.numbering import UNKNOWN, is_full, number_parts
from kb.knowledge import acts
from kb.knowledge.guards import MISPRINT
from kb.reading.repair.digit_votes import DISPUTED, DOUBTFUL_DATE, READING
from kb.reading.repair.twins import DOUBTFUL_NUMBER
from kb.store.schema import citation, document, file, finding
from kb.store.sql import dumps
from kb.store.stored import own_from_json

ERROR, WARNING, INFO = "error", "warning", "info"

SEVERITY = {
    "ambiguous": WARNING,
    "blank_date": INFO,
    "blank_number": WARNING,
    "date_conflict": WARNING,
    "date_repaired": INFO,
    "digits_doubtful": WARNING,
    "issuer_conflict": INFO,
    "issuer_not_in_office": WARNING,
    "no_antecedent": INFO,
    "no_header": INFO,
    "one_slip": WARNING,
    "order_ill_formed": INFO,
    "ordinal_order": WARNING,
    "province_unknown": WARNING,
    "repealed_before": ERROR,
    "same_number_two_dates": WARNING,
    "target_younger": ERROR,
    "type_conflict": INFO,
    "undated": INFO,
    "year_conflict": ERROR,
}
"""Every kind of finding and how grave it is."""


def _add(
    rows: list[dict[str, Any]],
    kind: str,
    *,
    document_id: int | None = None,
    file_id: int | None = None,
    citation_id: int | None = None,
    **detail: Any,
) -> None:
    rows.append(
        {
            "kind": kind,
            "severity": SEVERITY[kind],
            "document_id": document_id,
            "file_id": file_id,
            "citation_id": citation_id,
            "detail": dumps(detail),
        }
    )


def of_files(connection: sa.Connection, file_ids: Sequence[int]) -> None:
    """Find anew what is doubtful in these texts: their headers and each of their citations."""
    connection.execute(finding.delete().where(finding.c.file_id.in_(file_ids)))
    found: list[dict[str, Any]] = []
    owns: dict[int, int | None] = {}
    headers = sa.select(file.c.id, file.c.own, file.c.document_id).where(file.c.id.in_(file_ids))
    for head in connection.execute(headers):
        owns[head.id] = head.document_id
        _header(found, head.id, head.document_id, head.own)
    c = citation.c
    rows = connection.execute(
        sa.select(
            c.id,
            c.file_id,
            c.kind,
            c.raw,
            c.number,
            c.type,
            c.date,
            c.body,
            c.status,
            c.method,
            c.target_id,
            c.repairs,
            c.notes,
            c.key,
            c.sentence,
            c.highlight,
        )
        .where(c.file_id.in_(file_ids), c.status != "rejected")
        .order_by(c.file_id, c.position)
    ).all()
    for row in rows:
        _citation(found, row, owns[row.file_id])
    for kind, where in impossible_dates.of_citations(connection, citation.c.file_id.in_(file_ids)):
        _add(found, kind, **where)
    if found:
        connection.execute(finding.insert(), found)


def _header(found: list[dict[str, Any]], file_id: int, document_id: int | None, own_json: str | None) -> None:
    own = own_from_json(own_json)
    where = {"document_id": document_id, "file_id": file_id}
    if own is None:
        _add(found, "no_header", **where)
        return
    if own.number is None:
        _add(found, "blank_number", **where, code=own.code)
    if own.day is None or len(own.day) < 10:
        _add(found, "blank_date", **where, date=own.day)
    for mark in own.repairs:
        if mark.rule == DISPUTED:
            _add(found, "digits_doubtful", **where, raw=mark.before, number=own.number, readings=[mark.evidence])
    parts = number_parts(own.number or "")
    if parts and parts.year and own.day and own.day[:4] != parts.year:
        _add(found, "year_conflict", **where, number=own.number, date=own.day)


Doubt = tuple[str, dict[str, Any]]
"""A kind of finding, and what to say of it."""


def _citation(found: list[dict[str, Any]], row: Any, own_document: int | None) -> None:
    where = {"file_id": row.file_id, "citation_id": row.id, "document_id": row.target_id or own_document}
    if row.kind == "back_reference":
        if row.status == "unresolved":
            _add(found, "no_antecedent", **where, raw=row.raw)
        return
    for doubts in (_of_link, _of_repairs, _of_digits, _of_type, _of_year, _of_issuers):
        for kind, detail in doubts(row):
            _add(found, kind, **where, **detail)


def _of_link(row: Any) -> Iterator[Doubt]:
    """What leaves open which document is meant."""
    if row.status == "ambiguous":
        yield "ambiguous", {"number": row.number, "method": row.method}
    if row.method == "undated":
        yield "undated", {"number": row.number}
    if row.key and row.key.startswith(f"{UNKNOWN}/"):
        yield "province_unknown", {"number": row.number}


def _of_repairs(row: Any) -> Iterator[Doubt]:
    """What was repaired in number and date."""
    repairs = orjson.loads(row.repairs) if row.repairs else []
    if any(repair["rule"] == "party_order" for repair in repairs):
        yield "order_ill_formed", {"raw": row.raw, "number": row.number}
    for repair in repairs:
        if "date" in repair["rule"]:
            yield "date_repaired", {"before": repair["before"], "after": repair["after"]}


def _of_digits(row: Any) -> Iterator[Doubt]:
    """Digits of number or date that two recognisers of a scan read differently, or that a sign stands for."""
    notes = orjson.loads(row.notes) if row.notes else []
    if DOUBTFUL_NUMBER in notes or DOUBTFUL_DATE in notes:
        readings = [note.removeprefix(READING) for note in notes if note.startswith(READING)]
        yield "digits_doubtful", {"raw": row.raw, "number": row.number, "readings": readings or None}


def _of_type(row: Any) -> Iterator[Doubt]:
    """A type word that the number contradicts."""
    word = type_word_before(row.sentence, row.highlight) if row.kind == "number" and row.number else None
    if word and not word_fits(word, row.number, row.type, row.date):
        yield "type_conflict", {"word": shown_name(word), "number": row.number}


def _of_year(row: Any) -> Iterator[Doubt]:
    """A date of another year than the number's."""
    parts = number_parts(row.number or "")
    if parts and parts.year and row.date and row.date[:4] != parts.year:
        yield "year_conflict", {"number": row.number, "date": row.date}


def _of_issuers(row: Any) -> Iterator[Doubt]:
    """Issuers that did not exist on the day of the document."""
    if row.kind != "number" or not row.date or not is_full(row.date):
        return
    for code in (row.body or "").split("+"):
        issuer = issuers.by_code(code)
        if issuer and not issuer.existed(row.date):
            yield (
                "issuer_not_in_office",
                {
                    "number": row.number,
                    "date": row.date,
                    "issuer": issuer.name,
                    "valid_from": issuer.valid_from,
                    "valid_to": issuer.valid_to,
                },
            )


@dataclass(frozen=True, slots=True)
class Moved:
    """Documents whose votes came out anew: those whose date changed, and those that became a consolidated text or were
    one."""

    dates: frozenset[int]
    consolidated: frozenset[int]


def of_documents(connection: sa.Connection, ids: Sequence[int], moved: Moved) -> set[int]:
    """Find anew the conflicts in the evidence about these documents; ``moved``: what changed in their rows. Returns
    those whose number became a sure misprint or is none any more: what they are said to do hangs on that."""
    likely, turned = slips.again(connection, ids)
    connection.execute(finding.delete().where(finding.c.document_id.in_(ids), finding.c.file_id.is_(None)))
    found: list[dict[str, Any]] = []
    for id_, detail in likely:
        _add(found, MISPRINT, document_id=id_, **detail)
    series: set[tuple[str, str]] = set()
    rows = connection.execute(
        sa.select(document.c.id, document.c.key, document.c.year, document.c.evidence, document.c.series).where(
            document.c.id.in_(ids)
        )
    ).all()
    for row in rows:
        evidence = orjson.loads(row.evidence)
        dates = [value for value, _, _ in evidence.get("date", []) if is_full(value)]
        if len(dates) > 1:
            _add(found, "date_conflict", document_id=row.id, dates=_counted(evidence["date"]))
        bodies = [value for value, _, _ in evidence.get("body", [])]
        wording = [value for value, _, _ in evidence.get("issuer", [])]
        if len(bodies) > 1 or len(wording) > 1:
            values = _counted(evidence.get("body", []) if len(bodies) > 1 else evidence["issuer"])
            _add(found, "issuer_conflict", document_id=row.id, issuers=values)
        if row.year and row.series is None:
            series.add((row.key, row.year))
    _two_dates(connection, found, series)
    _ordinals(connection, found, ids)
    ended = acts.write(connection, ids)
    for kind, where in impossible_dates.again(connection, ended | moved.dates, moved.consolidated):
        _add(found, kind, **where)
    if found:
        connection.execute(finding.insert(), found)
    return turned


def _ordinals(connection: sa.Connection, found: list[dict[str, Any]], ids: Sequence[int]) -> None:
    """Ordinals that do not rise with dates within their register."""
    found_registers = registers(connection, ids)
    doubted = sorted({entry.id for register in found_registers for entry in register} | set(ids))
    for at in range(0, len(doubted), 5000):
        connection.execute(
            finding.delete().where(
                finding.c.kind == "ordinal_order", finding.c.document_id.in_(doubted[at : at + 5000])
            )
        )
    for register in found_registers:
        for doubt in out_of_order(register):
            near = [{"number": one.number, "date": one.date} for one in (doubt.below, doubt.above) if one]
            entry = doubt.entry
            _add(found, "ordinal_order", document_id=entry.id, number=entry.number, date=entry.date, others=near)


def _counted(votes: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    return [{"value": value, "texts": count, "own": own} for value, count, own in votes]


def _two_dates(connection: sa.Connection, found: list[dict[str, Any]], series: set[tuple[str, str]]) -> None:
    """Numbers that occur with two dates in one year: two registers, or a slip in one of the dates."""
    d = document.c
    by_key: dict[tuple[str, str], list[Any]] = defaultdict(list)
    keys = sorted({key for key, _ in series})
    rows = connection.execute(
        sa.select(d.id, d.key, d.year, d.slug, d.date).where(d.key.in_(keys), d.series.is_(None)).order_by(d.slug)
    )
    for row in rows:
        by_key[(row.key, row.year)].append(row)
    affected = [group for key, group in by_key.items() if key in series]
    connection.execute(
        finding.delete().where(
            finding.c.kind == "same_number_two_dates",
            finding.c.document_id.in_([row.id for group in affected for row in group]),
        )
    )
    for group in affected:
        if len(group) > 1:
            for row in group:
                others = [{"id": other.slug, "date": other.date} for other in group if other.id != row.id]
                _add(found, "same_number_two_dates", document_id=row.id, date=row.date, others=others)
