"""Counts over the whole base."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from kb.store.schema import citation, document, file, finding, register


def counts(connection: sa.Connection) -> dict[str, Any]:
    """How many files, documents, citations by kind, status and relation, documents by type and province, findings."""
    c, d = citation.c, document.c

    def grouped(connection: sa.Connection, column: Any, *conditions: Any) -> dict[str, int]:
        found = connection.execute(sa.select(column, sa.func.count()).where(*conditions).group_by(column))
        return {
            str(name): count
            for name, count in sorted(found, key=lambda item: (-item[1], str(item[0])))
            if name is not None
        }

    held = grouped(connection, d.held)
    cited = c.kind != "back_reference"
    by_kind = grouped(connection, c.kind)
    by_status = grouped(connection, c.status, cited)
    return {
        "files": connection.execute(sa.select(sa.func.count()).select_from(file)).scalar(),
        "documents": sum(held.values()),
        "held": held.get("True", 0),
        "cited_only": held.get("False", 0),
        "registers": connection.execute(sa.select(sa.func.count()).select_from(register)).scalar(),
        "citations": sum(by_kind.values()),
        "citations_by_kind": by_kind,
        "citations_by_status": by_status,
        "relations": grouped(connection, c.relation, cited, c.status != "rejected"),
        "types": grouped(connection, d.type),
        "provinces": grouped(connection, d.province),
        "findings": grouped(connection, finding.c.kind),
    }
