"""Everything in the base, for other programs: JSON Lines, CSV for Excel, GraphML for Gephi and yEd, JSON-LD with ELI.

Every format is in the order of ids and places in texts and holds nothing that depends on when or in which order
documents came in: the same documents give the same bytes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any
from xml.sax.saxutils import escape

import orjson
import sqlalchemy as sa

from kb.answers import from_rows
from kb.answers.shapes import Edge
from kb.answers.status import state_of
from kb.authority import relations
from kb.errors import KnowledgeBaseError
from kb.identity.numbering import is_full
from kb.store.schema import citation, document, file
from kb.store.store import Store
from messages import Message

FORMATS = ("jsonl", "csv", "graphml", "jsonld")
_PAGE = 2000

_LINK_COLUMNS = (
    "source", "source_number", "relation", "target", "target_number", "status", "method", "candidates", "raw",
    "pinpoint", "whole", "part", "effect_from", "effect_to", "sentence", "file", "line", "page", "start", "end",
    "confidence", "score", "source_state", "target_state",
)  # fmt: skip


def export(store: Store, format: str) -> Iterator[str]:
    """The whole base in pieces of text, written one after the other.

    Raises ``KnowledgeBaseError`` for an unknown format.
    """
    writers: dict[str, Callable[[sa.Connection], Iterator[str]]] = {
        "jsonl": _jsonl,
        "csv": _csv,
        "graphml": _graphml,
        "jsonld": _jsonld,
    }
    if format not in writers:
        known = ", ".join(FORMATS)
        raise KnowledgeBaseError(Message("kb.store.no_export_format", format=format, known=known))
    with store.reading() as connection:
        yield from writers[format](connection)


def _documents(connection: sa.Connection) -> Iterator[Any]:
    last = ""
    while True:
        found = connection.execute(
            sa.select(document).where(document.c.slug > last).order_by(document.c.slug).limit(_PAGE)
        ).all()
        if not found:
            return
        yield from found
        last = found[-1].slug


def _edges(connection: sa.Connection) -> Iterator[Edge]:
    """All citations as edges, by file and place; of back references those that name a part of what they mean."""
    names = connection.execute(sa.select(file.c.id).order_by(file.c.name)).scalars().all()
    for file_id in names:
        found = connection.execute(
            from_rows.edge_query()
            .where(citation.c.file_id == file_id, citation.c.status != "rejected")
            .where(sa.or_(citation.c.kind != "back_reference", citation.c.dest_id.is_not(None)))
            .order_by(citation.c.start, citation.c.position)
        ).all()
        yield from from_rows.edges(connection, found)


def _line(value: dict[str, Any]) -> str:
    return orjson.dumps(value).decode() + "\n"


def _jsonl(connection: sa.Connection) -> Iterator[str]:
    for row in _documents(connection):
        fields = from_rows.brief_fields(row)
        fields["evidence"] = orjson.loads(row.evidence)
        yield _line({"kind": "document", **fields})
    for edge in _edges(connection):
        shown = edge.to_json()
        for end in ("source", "target", "stated_in"):
            shown[end] = shown[end]["id"] if shown[end] else None
        yield _line({"kind": "link", "citation": shown.pop("kind"), **shown})


def _csv(connection: sa.Connection) -> Iterator[str]:
    """One table of links, each with its proof; documents that stand in no link follow with empty link columns."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")

    def taken() -> str:
        text = buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        return text

    writer.writerow(_LINK_COLUMNS)
    yield "\ufeff" + taken()
    linked: set[str] = set()
    for edge in _edges(connection):
        linked.update(end.id for end in (edge.source, edge.target) if end is not None)
        writer.writerow(map(_safe, _link_cells(edge)))
        yield taken()
    for row in _documents(connection):
        if row.slug not in linked:
            writer.writerow([_safe(row.slug), _safe(row.number or "")] + [""] * (len(_LINK_COLUMNS) - 2))
            yield taken()


def _link_cells(edge: Edge) -> tuple[Any, ...]:
    """A link as the cells of its line, in the order of ``_LINK_COLUMNS``."""
    source, target = (
        (end.id, end.number, end.state) if end else ("", other, "")
        for end, other in ((edge.source, ""), (edge.target, edge.number))
    )
    return (
        source[0], source[1], edge.relation, target[0], target[1], edge.status, edge.method,
        " ".join(edge.candidates), edge.raw, edge.pinpoint, edge.whole, edge.part, edge.effect_from, edge.effect_to,
        " ".join(edge.sentence.split()), edge.file, edge.line, edge.page or "", edge.start, edge.end, edge.confidence,
        edge.score, source[2], target[2],
    )  # fmt: skip


def _safe(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return "" if value is None else value


_XML_CONTROL = dict.fromkeys([*range(0, 9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def _xml(value: Any) -> str:
    return escape(str(value).translate(_XML_CONTROL), {'"': "&quot;"})


def _graphml(connection: sa.Connection) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    node_keys = ("number", "type", "date", "body", "province", "title", "role", "label", "state")
    edge_keys = (
        "relation",
        "pinpoint",
        "part",
        "effect_from",
        "effect_to",
        "sentence",
        "file",
        "line",
        "method",
        "score",
    )
    for name in node_keys:
        yield f'<key id="n_{name}" for="node" attr.name="{name}" attr.type="string"/>\n'
    for name in edge_keys:
        kind = {"line": "int", "score": "double"}.get(name, "string")
        yield f'<key id="e_{name}" for="edge" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph edgedefault="directed">\n'
    for row in _documents(connection):
        values = {
            "number": row.number, "type": row.type, "date": row.date, "body": row.body, "province": row.province,
            "title": row.title, "role": from_rows.role_of(row.held), "label": row.number or row.title or row.slug,
            "state": state_of(row.validity),
        }  # fmt: skip
        data = "".join(f'<data key="n_{k}">{_xml(v)}</data>' for k, v in values.items() if v is not None)
        yield f'<node id="{_xml(row.slug)}">{data}</node>\n'
    number = 0
    for edge in _edges(connection):
        if edge.source is None or edge.target is None or edge.source.id == edge.target.id:
            continue
        values = {name: getattr(edge, name) for name in edge_keys}
        data = "".join(f'<data key="e_{k}">{_xml(v)}</data>' for k, v in values.items() if v is not None)
        ends = f'source="{_xml(edge.source.id)}" target="{_xml(edge.target.id)}"'
        yield f'<edge id="e{number}" {ends}>{data}</edge>\n'
        number += 1
    yield "</graph>\n</graphml>\n"


_CONTEXT = {
    "eli": "http://data.europa.eu/eli/ontology#",
    "dcterms": "http://purl.org/dc/terms/",
    "cancu": "urn:cancu:",
    "id": "@id",
    "type": "@type",
    "eli:date_document": {"@type": "http://www.w3.org/2001/XMLSchema#date"},
}


_MOST_LINKS = 500

_IN_FORCE = {
    "in_force": "InForce-inForce",
    "partly_lapsed": "InForce-partiallyInForce",
    "lapsed": "InForce-notInForce",
    "not_yet_in_force": "InForce-notInForce",
}
"""ELI's terms for the states that have one."""


def document_iri(slug: str) -> str:
    """The name of a document in linked data; independent of where the base is served."""
    return f"urn:cancu:vb:{slug}"


def _resource(row: Any) -> dict[str, Any]:
    """A document in ELI terms, without its links."""
    node: dict[str, Any] = {"id": document_iri(row.slug), "type": "eli:LegalResource"}
    if row.number:
        node["eli:id_local"] = row.number
    if row.title:
        node["eli:title"] = {"@value": row.title, "@language": "vi"}
    if row.date:
        full = is_full(row.date)
        node["eli:date_document" if full else "dcterms:date"] = row.date
    if row.type:
        node["eli:type_document"] = {"id": f"urn:cancu:type:{row.type}"}
    fields = from_rows.brief_fields(row)
    if fields["issuer"]:
        node["eli:passed_by"] = fields["issuer"]
    if in_force := _IN_FORCE.get(fields["status"].state):
        node["eli:in_force"] = {"id": f"eli:{in_force}"}
    if row.name_score is not None:
        node["cancu:titleScore"] = row.name_score
    return node


def linked_data(connection: sa.Connection, row: Any) -> dict[str, Any]:
    """One document (its row) in ELI terms, with its links to others."""
    other, c = document.alias("other"), citation.c
    links: dict[str, set[str]] = {}
    found = sa.select(c.relation, other.c.slug).join(other, other.c.id == c.dest_id).where(c.source_id == row.id)
    for relation, slug in connection.execute(found.distinct().order_by(c.relation, other.c.slug).limit(_MOST_LINKS)):
        links.setdefault(relations.by_id(relation).eli, set()).add(slug)
    named = {term: [{"id": document_iri(slug)} for slug in sorted(slugs)] for term, slugs in sorted(links.items())}
    return {"@context": _CONTEXT, **_resource(row), **named}


def _jsonld(connection: sa.Connection) -> Iterator[str]:
    """One JSON-LD document: legal resources with ELI terms, and each citation as a statement with its proof."""
    links: dict[str, dict[str, set[str]]] = {}
    for edge in _edges(connection):
        if edge.source is None or edge.target is None or edge.source.id == edge.target.id:
            continue
        term = relations.by_id(edge.relation).eli
        links.setdefault(edge.source.id, {}).setdefault(term, set()).add(edge.target.id)
    yield '{"@context":' + orjson.dumps(_CONTEXT).decode() + ',"@graph":[\n'
    first = True
    for row in _documents(connection):
        node = _resource(row)
        for term, targets in sorted(links.get(row.slug, {}).items()):
            node[term] = [{"id": document_iri(target)} for target in sorted(targets)]
        yield ("" if first else ",\n") + orjson.dumps(node).decode()
        first = False
    yield "\n]}\n"
