"""JSON schemas of the answers, made from their dataclasses: names, types, descriptions and examples of the fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

from corpus.blocks import Block
from indexer.engines.protocol import SORTS
from kb.answers import lineage_shapes, shapes
from kb.authority.relations import RELATIONS
from kb.checking.bases_block import BasesBlock, Chosen
from kb.identity.articles import Part
from kb.knowledge.registers import row
from kb.model import CITATION, OwnIdentity, Repair, Span
from messages.facts import Fact, facts_of

COMPONENTS: dict[type, str] = {
    Repair: "Repair",
    OwnIdentity: "OwnIdentity",
    shapes.DocumentBrief: "Brief",
    shapes.DocumentDetails: "Document",
    shapes.HeldFile: "File",
    shapes.Variant: "Variant",
    shapes.Vote: "Vote",
    row.Register: "Register",
    row.RegisterRow: "RegisterRow",
    row.RowRemark: "RegisterRemark",
    shapes.Status: "Status",
    shapes.StatusEvent: "StatusEvent",
    shapes.Told: "Told",
    shapes.KnownField: "KnownField",
    shapes.EdgeEnd: "EdgeEnd",
    shapes.Edge: "Edge",
    shapes.EdgePage: "Edges",
    shapes.PartHistory: "PartHistory",
    shapes.LookupResult: "Lookup",
    shapes.Resolved: "Resolved",
    Block: "Block",
    Part: "TextPart",
    shapes.TextCitation: "TextCitation",
    Chosen: "ChosenBasis",
    BasesBlock: "BasesBlock",
    shapes.HeldPage: "TextPage",
    shapes.HeldText: "Text",
    lineage_shapes.TraceNode: "TraceNode",
    lineage_shapes.Trace: "Trace",
    lineage_shapes.Rung: "Rung",
    lineage_shapes.Ladder: "Ladder",
    lineage_shapes.Chain: "Chain",
    lineage_shapes.StaleBasis: "StaleBasis",
    lineage_shapes.SharedBasis: "SharedBasis",
    lineage_shapes.Circle: "Circle",
    lineage_shapes.Change: "Change",
}
"""The answers that the API gives, by the name under which its description has them."""

_VOCABULARIES = {"relation": [relation.id for relation in RELATIONS]}
_PRIMITIVE = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}
_TOLD = {name: fact for name, fact in CITATION.items() if name != "province_known"}  # of which "?" is told
_WORDS = {"cue": str | None, "sentence": str}
"""Spans of a citation that answers give as words."""


def components() -> dict[str, dict[str, Any]]:
    """The schemas of all answers by name, ``Citation`` (of a text that was sent in) among them."""
    made = {name: _record(_facts(shape)) for shape, name in COMPONENTS.items()}
    citation = _record(_TOLD | {"sentence": _told_as(CITATION["sentence"], str)})
    citation["required"].remove("sentence")  # absent where no text came with the reading
    always = [field.name for field in fields(Block) if field.default is MISSING]
    made["Block"]["required"] = always  # the rest is told where it says something
    words = {"Relation": _VOCABULARIES["relation"], "Sort": list(SORTS)}
    return made | {"Citation": citation} | {name: {"type": "string", "enum": found} for name, found in words.items()}


def _facts(shape: type) -> Mapping[str, Fact]:
    """The fields of an answer in the order of its JSON."""
    own = facts_of(shape)
    if not issubclass(shape, shapes.OfCitation):
        return own
    cited = {fact.column: _told_as(fact, _WORDS.get(name, fact.type)) for name, fact in _TOLD.items()}
    return {name: (own | cited)[name] for name in shape.order or own | cited}


def _told_as(fact: Fact, type_: Any) -> Fact:
    return fact if fact.type == type_ else Fact(fact.says, type=type_)


def _record(facts: Mapping[str, Fact]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: _field(fact) for name, fact in facts.items()},
        "required": list(facts),
    }


def _field(fact: Fact) -> dict[str, Any]:
    schema = _schema(fact.type, fact.component)
    values = list(fact.values) or _VOCABULARIES.get(fact.vocabulary)
    if values:
        schema["enum"] = values
    schema["description"] = fact.says
    if fact.example is not None:
        schema["examples"] = [list(fact.example) if isinstance(fact.example, tuple) else fact.example]
    return schema


def _schema(type_: Any, component: str = "") -> dict[str, Any]:
    """The schema of a Python type; ``component`` names what the items of a list of dicts are."""
    if type_ in _PRIMITIVE:
        return {"type": _PRIMITIVE[type_]}
    if type_ in COMPONENTS:
        return {"$ref": f"#/components/schemas/{COMPONENTS[type_]}"}
    arguments = get_args(type_)
    if get_origin(type_) is UnionType:
        return _one_of([_schema(one, component) for one in arguments])
    if type_ == Span:
        return {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}
    if get_origin(type_) is tuple:
        items = {"$ref": f"#/components/schemas/{component}"} if component else _schema(arguments[0])
        return {"type": "array", "items": items}
    if get_origin(type_) is dict:
        return {"type": "object", "additionalProperties": _schema(arguments[1])}
    raise TypeError(f"no schema for {type_!r}")


def _one_of(schemas: list[dict[str, Any]]) -> dict[str, Any]:
    if all(schema.keys() == {"type"} for schema in schemas):
        return {"type": [schema["type"] for schema in schemas]}
    return {"oneOf": schemas}
