"""A document's place in the network, for its page: who carries it on, whether what it stands on still stands."""

from __future__ import annotations

from typing import Any

from web.http.front import front

RUNG, RUNG_FULL = 5, 12  # documents named of one level: on the document's page, on the page of its own
BASES, BASES_FULL = 3, 10
HOPS = 3


def ladder(ident: str, most: int) -> dict[str, Any]:
    """Who carries a document on, level by level, at most ``most`` named of each level: ``edges`` are one sentence for
    each document named."""
    found = front().kb.ladder(ident)
    rungs = []
    named: set[str] = set()
    for rung in found.rungs:
        others = [node for node in rung.documents if node.id != found.start]
        named |= {node.id for node in others[:most]}
        rungs.append(
            {
                "level": rung.level,
                "label": rung.label,
                "own": len(others) < len(rung.documents),
                "missing": rung.missing,
                "total": len(others),
                "documents": [node.to_json() for node in others[:most]],
            }
        )
    edges: dict[str, dict[str, Any]] = {}
    for edge in found.edges:
        if edge.source and edge.source.id in named:
            edges.setdefault(edge.source.id, edge.to_json())
    return {"rungs": rungs, "edges": edges, "carried_on": len(named) > 0, "truncated": found.truncated}


def standing(ident: str) -> dict[str, Any]:
    """What the page of a document says of its place in the network: in short, without the sentences."""
    kb = front().kb
    steps = ladder(ident, RUNG)
    bases = kb.stale_bases(ident, hops=HOPS, limit=BASES + 1)
    sharing = kb.sharing_basis(ident, limit=BASES)
    return {
        "ladder": {name: steps[name] for name in ("rungs", "carried_on", "truncated")},
        "stale_bases": [_short(one.to_json()) for one in bases[:BASES]],
        "more_stale_bases": len(bases) > BASES,
        "sharing_basis": [{"document": one.document.to_json(), "basis": list(one.basis)} for one in sharing],
    }


def _short(one: dict[str, Any]) -> dict[str, Any]:
    """A stale basis without its sentences: the ends of its links are named."""
    ends = {end["id"]: end for edge in one["edges"] for end in (edge["source"], edge["target"])}
    left_out = ("document", "edges")
    rest = {name: value for name, value in one.items() if name not in left_out}
    return {**rest, "touched": ends[one["touched"]], "by": ends[one["by"]]}
