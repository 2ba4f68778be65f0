"""Counts over the whole base, from those that the database keeps (``kb.store.tallies``)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from kb.answers.shapes import Answer
from kb.store import tallies
from kb.store.schema import document, register

BACK_REFERENCE, REJECTED = "back_reference", "rejected"


PLAN = "ke-hoach"
"""The type of plans (``kb/authority/data/types.json``)."""


@dataclass(frozen=True, slots=True)
class Plans(Answer):
    """How many plans are held, by year and by province."""

    by_year: dict[str, int]
    by_province: dict[str, int]


def counts(connection: sa.Connection) -> dict[str, Any]:
    """How many files, documents, citations by kind, status and relation, documents by type and province, findings."""
    held: Counter[str] = Counter()
    types: Counter[str] = Counter()
    provinces: Counter[str] = Counter()
    for (is_held, type_, province), rows in tallies.of(connection, "document"):
        held[is_held] += rows
        types[type_] += rows
        provinces[province] += rows
    kinds: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    relations: Counter[str] = Counter()
    for (kind, status, relation, _), rows in tallies.of(connection, "citation"):
        kinds[kind] += rows
        if kind != BACK_REFERENCE:
            statuses[status] += rows
            relations[relation] += rows if status != REJECTED else 0
    return {
        "files": sum(rows for _, rows in tallies.of(connection, "file")),
        "documents": held.total(),
        "held": held["1"],
        "cited_only": held["0"],
        "registers": connection.execute(sa.select(sa.func.count()).select_from(register)).scalar(),
        "citations": kinds.total(),
        "citations_by_kind": _ranked(kinds),
        "citations_by_status": _ranked(statuses),
        "relations": _ranked(relations),
        "types": _ranked(types),
        "provinces": _ranked(provinces),
        "findings": _ranked(Counter({kind: rows for (kind,), rows in tallies.of(connection, "finding")})),
    }


def links(connection: sa.Connection) -> tuple[Counter[str], int]:
    """How many citations (but back references) have each status, and how many name no place that is known."""
    statuses: Counter[str] = Counter()
    unplaced = 0
    for (kind, status, _, nowhere), rows in tallies.of(connection, "citation"):
        if kind != BACK_REFERENCE:
            statuses[status] += rows
        unplaced += rows if nowhere == "1" else 0
    return statuses, unplaced


def _ranked(counted: Counter[str]) -> dict[str, int]:
    """The counts of what there is, most first; what has no name is left out."""
    found = ((name, rows) for name, rows in counted.items() if name and rows)
    return dict(sorted(found, key=lambda item: (-item[1], item[0])))


def plans(connection: sa.Connection) -> Plans:
    """The held plans by year (the earliest first) and by province (most first)."""
    d = document.c
    query = sa.select(d.year, d.province, sa.func.count()).where(d.held, d.type == PLAN).group_by(d.year, d.province)
    years: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for year, province, count in connection.execute(query):
        if year:
            years[year] += count
        if province:
            places[province] += count
    return Plans(dict(sorted(years.items())), dict(sorted(places.items(), key=lambda one: (-one[1], one[0]))))
