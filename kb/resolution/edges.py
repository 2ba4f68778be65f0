"""From resolved citations to the edges of the graph.

The edge of a citation normally runs from the citing document to the document meant. It does not for

* a citation nested in another one's title ("Quyết định A về việc thực hiện Nghị quyết B"): the edge runs A → B and
  the citing document only states it;
* an inverse citation ("A được sửa đổi bởi B"): the cited document acts, so the ends change places;
* a citation in a consolidated text, which reprints another: what it says, and what its footnotes say was done to it, is
  said of the document that it consolidates;
* a back reference ("Quyết định nêu trên"), which means what its antecedent means and is no edge of its own unless it
  names a part ("khoản 2 Điều 5 Quyết định nêu trên", or a clause that acts on an article of what its title names);
  without an antecedent "Quyết định này" in a decision is that decision itself, and so is "Quy chế này" in one that
  issues it;
* a document naming itself (an annex header).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import orjson
import sqlalchemy as sa

from kb.findings import doubts
from kb.knowledge.guards import guard
from kb.knowledge.log import note_followers
from kb.reading.header.closing import CONSOLIDATED
from kb.resolution.back_references import antecedent, names_its_text
from kb.resolution.votes import PROPERTIES, marks
from kb.store.schema import citation, dirty_document, file
from kb.store.sql import insert_missing

MAKES_ONE = "consolidates"
"""The relation of a consolidated text to each of those of which it is made."""


def link_files(connection: sa.Connection, file_ids: Sequence[int]) -> None:
    """Set both ends of every edge stated in these texts, and note the documents whose edges changed."""
    rows = _citations(connection, file_ids)
    headers = connection.execute(
        sa.select(file.c.id, file.c.document_id, file.c.own).where(file.c.id.in_(file_ids))
    ).all()
    updates: list[dict[str, Any]] = []
    touched = {head.document_id for head in headers}
    for head in headers:
        citations = rows.get(head.id, {})
        header = orjson.loads(head.own) if head.own else None
        votes = marks(citations.values(), head.document_id, header)
        speaking = _consolidated(citations, header) or head.document_id
        for row in citations.values():
            now = {"row": row.id, **_linked(row, citations, head.document_id, speaking, header), "marks": votes[row.id]}
            before = (row.source_id, row.dest_id, row.target, row.status, row.votes)
            if before != (now["source"], now["dest"], now["target"], now["new_status"], now["marks"]):
                touched.update((row.source_id, row.dest_id, now["target"], now["source"], now["dest"]))
                updates.append(now)
    if updates:
        connection.execute(
            citation.update()
            .where(citation.c.id == sa.bindparam("row"))
            .values(
                source_id=sa.bindparam("source"),
                dest_id=sa.bindparam("dest"),
                target_id=sa.bindparam("target"),
                status=sa.bindparam("new_status"),
                votes=sa.bindparam("marks"),
            ),
            updates,
        )
    touched |= guard(connection, citation.c.file_id.in_(file_ids))
    insert_missing(connection, dirty_document, [{"document_id": id_} for id_ in sorted(touched - {None})])
    note_followers(connection, file_ids)
    doubts.of_files(connection, file_ids)


def _citations(connection: sa.Connection, file_ids: Sequence[int]) -> dict[int, dict[int, Any]]:
    """The citations of these texts, by text and index."""
    c = citation.c
    rows: dict[int, dict[int, Any]] = defaultdict(dict)
    for row in connection.execute(
        sa.select(
            c.file_id, c.position, c.id, c.kind, c.parent, c.inverse, c.pinpoint, c.target_id.label("target"),
            c.source_id, c.dest_id, c.status, c.raw, c.method, c.votes, c.issuer, c.relation,
            *(c[name] for name in PROPERTIES),
        )
        .where(c.file_id.in_(file_ids))
        .order_by(c.file_id, c.position)
    ):  # fmt: skip
        rows[row.file_id][row.position] = row
    return rows


def _consolidated(citations: dict[int, Any], header: dict[str, Any] | None) -> int | None:
    """The document that a consolidated text reprints: the first of those of which it is made; None for others."""
    if header is None or header["type"] != CONSOLIDATED:
        return None
    made_of = (row.target for row in citations.values() if row.relation == MAKES_ONE and row.parent is None)
    return next((target for target in made_of if target is not None), None)


def _linked(
    row: Any, citations: dict[int, Any], own: int | None, speaking: int | None, header: dict[str, Any] | None
) -> dict[str, int | str | None]:
    """The document that a citation means and the ends of its edge; ``own``, ``header``: of the text it stands in,
    ``speaking``: the document whose words they are."""
    target = _target(citations, row)
    if target is None and header is not None and names_its_text(row, header["type"], header["title"]):
        target = own
    source, dest = _ends(own if row.relation == MAKES_ONE else speaking, citations, row, target)
    status = row.status
    if row.kind == "back_reference":
        status = "resolved" if target is not None else "unresolved"
    return {"source": source, "dest": dest, "target": target, "new_status": status}


def _target(citations: dict[int, Any], row: Any) -> int | None:
    """The document a citation means; of a back reference the one its antecedent means."""
    meant = antecedent(citations, row)
    return meant.target if meant is not None else None


def _ends(own: int | None, citations: dict[int, Any], row: Any, target: int | None) -> tuple[int | None, int | None]:
    refers_back = row.kind == "back_reference"
    if (refers_back and row.pinpoint is None) or target is None or row.status == "rejected":
        return None, None
    source = own
    outer = citations.get(row.parent) if row.parent is not None and not refers_back else None
    if outer is not None and outer.kind != "standard":  # a standard acts on nothing
        source = _target(citations, outer)
    if source == target:
        return None, None
    return (target, source) if row.inverse else (source, target)
