"""A trace drawn: rows of documents, what stands on the rest below, arrows towards the ground they stand on.

The picture and the nested list are made from the same drawing, so that they always say the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import networkx as nx

ROW = 6  # documents side by side
BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y, MARGIN = 176, 62, 20, 74, 12


@dataclass(slots=True)
class Box:
    """A document in the picture; ``x``/``y`` are its upper left corner in user units."""

    node: Mapping[str, Any]
    rank: int
    x: float = 0.0
    y: float = 0.0

    @property
    def middle(self) -> float:
        return self.x + BOX_WIDTH / 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """All citations from one document to another: ``anchor`` is where its sentences stand in the list."""

    anchor: str
    source: str
    target: str
    relations: tuple[str, ...]
    proofs: tuple[Mapping[str, Any], ...]
    path: str
    label_x: float
    label_y: float


@dataclass(slots=True)
class Branch:
    """One entry of the nested list: a document, the arrow that leads to it, what lies beyond."""

    node: Mapping[str, Any]
    arrow: Arrow
    first: bool
    branches: list[Branch] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture. ``others`` are arrows between documents on different branches; ``hidden_up`` and
    ``hidden_down`` count documents left out for want of room."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    up: tuple[Branch, ...]
    down: tuple[Branch, ...]
    others: tuple[Arrow, ...]
    width: float
    height: float
    hidden_up: int
    hidden_down: int


def draw(trace: Mapping[str, Any]) -> Drawing:
    """Lay out ``trace`` (JSON form of ``kb.views.Trace``, one step per depth)."""
    start = trace["start"]
    every = {node["id"]: node for node in trace["nodes"]}
    proofs = _proofs(trace["edges"], every)
    kept, hidden_up, hidden_down = _keep(every, start, proofs)
    proofs = {pair: found for pair, found in proofs.items() if pair[0] in kept and pair[1] in kept}
    boxes = _place(kept, start, proofs)
    leaving = Counter(source for source, _ in proofs)
    reaching = Counter(target for _, target in proofs)
    arrows = {
        pair: _arrow(f"e{number}", boxes[pair[0]], boxes[pair[1]], found, leaving[pair[0]] < reaching[pair[1]])
        for number, (pair, found) in enumerate(proofs.items(), 1)
    }
    listed: set[str] = set()
    up = tuple(_branches(start, boxes, arrows, listed, upwards=True, path=(start,)))
    down = tuple(_branches(start, boxes, arrows, listed, upwards=False, path=(start,)))
    return Drawing(
        boxes=tuple(boxes.values()),
        arrows=tuple(arrows.values()),
        up=up,
        down=down,
        others=tuple(arrow for arrow in arrows.values() if arrow.anchor not in listed),
        width=max((box.x for box in boxes.values()), default=0) + BOX_WIDTH + MARGIN,
        height=max((box.y for box in boxes.values()), default=0) + BOX_HEIGHT + MARGIN,
        hidden_up=hidden_up,
        hidden_down=hidden_down,
    )


def _proofs(
    edges: Sequence[Mapping[str, Any]], every: Mapping[str, Any]
) -> dict[tuple[str, str], list[Mapping[str, Any]]]:
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for edge in edges:
        source, target = edge["source"], edge["target"]
        if source and target and source["id"] != target["id"] and source["id"] in every and target["id"] in every:
            found.setdefault((source["id"], target["id"]), []).append(edge)
    return found


def _keep(
    every: Mapping[str, Mapping[str, Any]], start: str, proofs: Mapping[tuple[str, str], Any]
) -> tuple[dict[str, Mapping[str, Any]], int, int]:
    """At most a row's worth of documents of each depth: those with most links first, then by id."""
    links = {ident: 0 for ident in every}
    for (source, target), found in proofs.items():
        links[source] += len(found)
        links[target] += len(found)
    kept = {start: every[start]} if start in every else {}
    hidden = {True: 0, False: 0}
    for depth in sorted({node["depth"] for node in every.values()} - {0}, key=lambda d: (abs(d), d)):
        towards = 1 if depth < 0 else -1
        level = [
            ident
            for ident, node in every.items()
            if node["depth"] == depth and _reachable(ident, depth + towards, kept, proofs)
        ]
        level.sort(key=lambda ident: (-links[ident], ident))
        hidden[depth < 0] += len([ident for ident, node in every.items() if node["depth"] == depth]) - len(level[:ROW])
        kept.update({ident: every[ident] for ident in level[:ROW]})
    return kept, hidden[True], hidden[False]


def _reachable(ident: str, depth: int, kept: Mapping[str, Any], proofs: Mapping[tuple[str, str], Any]) -> bool:
    return any(
        kept[other]["depth"] == depth and ((ident, other) in proofs or (other, ident) in proofs) for other in kept
    )


def _place(
    kept: Mapping[str, Mapping[str, Any]], start: str, proofs: Mapping[tuple[str, str], Any]
) -> dict[str, Box]:
    """Rows by longest chain of citations: whatever a document cites stands in a row above it."""
    graph: nx.DiGraph[Any] = nx.DiGraph()
    graph.add_nodes_from(kept)
    graph.add_edges_from(proofs)
    shrunk = nx.condensation(graph)
    rank: dict[int, int] = {}
    for group in reversed(list(nx.topological_sort(shrunk))):
        rank[group] = max((rank[above] + 1 for above in shrunk.successors(group)), default=0)
    rows: dict[int, list[Box]] = {}
    boxes = {}
    for group, members in shrunk.nodes(data="members"):
        for ident in sorted(members):
            boxes[ident] = Box(kept[ident], rank[group])
    # documents that stand on nothing here hang just above what cites them
    for ident in sorted(boxes, key=lambda one: -boxes[one].rank):
        citing = [boxes[one].rank for one in graph.predecessors(ident)]
        if citing and not list(graph.successors(ident)):
            boxes[ident].rank = max(boxes[ident].rank, min(citing) - 1)
    for ident in kept:
        rows.setdefault(boxes[ident].rank, []).append(boxes[ident])
    order = sorted(rows)
    widest = max((len(row) for row in rows.values()), default=1) * (BOX_WIDTH + GAP_X) - GAP_X
    for sweep in range(3):
        for level, index in enumerate(order if sweep % 2 == 0 else list(reversed(order))):
            row = rows[index]
            if level:
                row.sort(key=lambda box: (_centre(box, boxes, graph), box.node["id"]))
            left = MARGIN + (widest - len(row) * (BOX_WIDTH + GAP_X) + GAP_X) / 2
            for position, box in enumerate(row):
                box.x = left + position * (BOX_WIDTH + GAP_X)
    for level, index in enumerate(order):
        for box in rows[index]:
            box.y = MARGIN + level * (BOX_HEIGHT + GAP_Y)
    return {ident: boxes[ident] for ident in kept}


def _centre(box: Box, boxes: Mapping[str, Box], graph: nx.DiGraph[Any]) -> float:
    ident = box.node["id"]
    around = [boxes[one].middle for one in (*graph.predecessors(ident), *graph.successors(ident))]
    return sum(around) / len(around) if around else box.middle


def _arrow(
    anchor: str, source: Box, target: Box, found: Sequence[Mapping[str, Any]], label_at_source: bool
) -> Arrow:
    """The curve between two boxes; its label stands at the end where fewer arrows meet."""
    if target.y < source.y:
        x1, y1, x2, y2 = source.middle, source.y, target.middle, target.y + BOX_HEIGHT
        bend = min(GAP_Y, (y1 - y2) / 2)
        path = f"M{x1:g} {y1:g}C{x1:g} {y1 - bend:g} {x2:g} {y2 + bend:g} {x2:g} {y2 + 3:g}"
    elif target.y > source.y:
        x1, y1, x2, y2 = source.middle, source.y + BOX_HEIGHT, target.middle, target.y
        path = f"M{x1:g} {y1:g}C{x1:g} {y1 + GAP_Y / 2:g} {x2:g} {y2 - GAP_Y / 2:g} {x2:g} {y2 - 3:g}"
    else:
        x1, x2 = source.middle, target.middle
        y1 = y2 = source.y
        path = f"M{x1:g} {y1:g}C{x1:g} {y1 - 34:g} {x2:g} {y2 - 34:g} {x2:g} {y2 - 3:g}"
    relations = tuple(dict.fromkeys(edge["relation"] for edge in found))
    near, far = ((x1, y1), (x2, y2)) if label_at_source else ((x2, y2), (x1, y1))
    label = near[0] + (far[0] - near[0]) * 0.08, near[1] + (far[1] - near[1]) * 0.36
    return Arrow(anchor, source.node["id"], target.node["id"], relations, tuple(found), path, *label)


def _branches(
    ident: str,
    boxes: Mapping[str, Box],
    arrows: Mapping[tuple[str, str], Arrow],
    listed: set[str],
    *,
    upwards: bool,
    path: tuple[str, ...],
) -> list[Branch]:
    """The nested list under ``ident``; every arrow is opened where it first occurs."""
    found = []
    for (source, target), arrow in arrows.items():
        near, far = (source, target) if upwards else (target, source)
        if near != ident or far in path:
            continue
        branch = Branch(boxes[far].node, arrow, arrow.anchor not in listed)
        listed.add(arrow.anchor)
        if branch.first:
            branch.branches = _branches(far, boxes, arrows, listed, upwards=upwards, path=(*path, far))
        found.append(branch)
    return found
