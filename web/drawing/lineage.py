"""A trace drawn: rows of documents, what stands on the rest below, arrows towards the ground they stand on.

The picture and the nested list are made from the same drawing, so that they always say the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import networkx as nx

from kb.answers.lineage_shapes import Trace, TraceNode
from kb.answers.shapes import Edge

ROW = 5  # documents side by side
ARROWS = 4 * ROW + 2  # each is a sentence on the page: room for one to every document, and some between them
BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y, MARGIN, LANE = 170, 62, 12, 74, 12, 16


@dataclass(slots=True)
class Box:
    """A document in the picture; ``x``/``y`` are its upper left corner in user units."""

    node: TraceNode
    rank: int
    x: float = 0.0
    y: float = 0.0

    @property
    def middle(self) -> float:
        return self.x + BOX_WIDTH / 2


@dataclass(slots=True, eq=False)
class Slot:
    """Room in a row: for a box, or for an arrow that passes by; ``ties`` are the slots it is joined to."""

    width: float
    middle: float = 0.0
    ties: list[Slot] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Arrow:
    """All citations from one document to another: ``anchor`` is where its sentences stand in the list."""

    anchor: str
    source: str
    target: str
    relations: tuple[str, ...]
    proofs: tuple[Edge, ...]
    path: str
    label_x: float
    label_y: float


@dataclass(slots=True)
class Branch:
    """One entry of the nested list: a document, the arrow that leads to it, what lies beyond."""

    node: TraceNode
    arrow: Arrow
    first: bool
    branches: list[Branch] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture. ``others`` are arrows between documents on different branches; ``hidden_up``,
    ``hidden_down`` and ``hidden_arrows`` count documents and arrows left out for want of room."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    up: tuple[Branch, ...]
    down: tuple[Branch, ...]
    others: tuple[Arrow, ...]
    width: float
    height: float
    hidden_up: int
    hidden_down: int
    hidden_arrows: int


def draw(trace: Trace) -> Drawing:
    """Lay out a lineage, one step per depth."""
    start = trace.start
    every = {node.id: node for node in trace.nodes}
    proofs = _proofs(trace.edges, every)
    kept, hidden_up, hidden_down = _keep(every, start, proofs)
    inside = {pair: found for pair, found in proofs.items() if pair[0] in kept and pair[1] in kept}
    proofs = _most_telling(inside, kept)
    boxes = _place(kept, proofs)
    lanes = _lanes(boxes, proofs)
    leaving = Counter(source for source, _ in proofs)
    reaching = Counter(target for _, target in proofs)
    arrows = {
        pair: _arrow(
            f"e{number}", boxes[pair[0]], boxes[pair[1]], lanes[pair], found, leaving[pair[0]] < reaching[pair[1]]
        )
        for number, (pair, found) in enumerate(proofs.items(), 1)
    }
    edges = [lane.middle + LANE for passed in lanes.values() for lane in passed]
    listed: set[str] = set()
    up = tuple(_branches(start, boxes, arrows, listed, upwards=True, path=(start,)))
    down = tuple(_branches(start, boxes, arrows, listed, upwards=False, path=(start,)))
    return Drawing(
        boxes=tuple(boxes.values()),
        arrows=tuple(arrows.values()),
        up=up,
        down=down,
        others=tuple(arrow for arrow in arrows.values() if arrow.anchor not in listed),
        width=max([BOX_WIDTH + 2 * MARGIN, *(box.x + BOX_WIDTH + MARGIN for box in boxes.values()), *edges]),
        height=max((box.y for box in boxes.values()), default=0) + BOX_HEIGHT + MARGIN,
        hidden_up=hidden_up,
        hidden_down=hidden_down,
        hidden_arrows=len(inside) - len(proofs),
    )


def _proofs(edges: Sequence[Edge], every: Mapping[str, TraceNode]) -> dict[tuple[str, str], list[Edge]]:
    found: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        source, target = edge.source, edge.target
        if source and target and source.id != target.id and source.id in every and target.id in every:
            found.setdefault((source.id, target.id), []).append(edge)
    return found


def _keep(
    every: Mapping[str, TraceNode], start: str, proofs: Mapping[tuple[str, str], list[Edge]]
) -> tuple[dict[str, TraceNode], int, int]:
    """At most a row's worth of documents of each depth: those with most links first, then by id."""
    links = dict.fromkeys(every, 0)
    for (source, target), found in proofs.items():
        links[source] += len(found)
        links[target] += len(found)
    kept = {start: every[start]} if start in every else {}
    hidden = {True: 0, False: 0}
    for depth in sorted({node.depth for node in every.values()} - {0}, key=lambda d: (abs(d), d)):
        towards = 1 if depth < 0 else -1
        level = [
            ident
            for ident, node in every.items()
            if node.depth == depth and _reachable(ident, depth + towards, kept, proofs)
        ]
        level.sort(key=lambda ident: (-links[ident], ident))
        hidden[depth < 0] += len([ident for ident, node in every.items() if node.depth == depth]) - len(level[:ROW])
        kept.update({ident: every[ident] for ident in level[:ROW]})
    return kept, hidden[True], hidden[False]


def _most_telling(
    inside: Mapping[tuple[str, str], list[Edge]], kept: Mapping[str, TraceNode]
) -> dict[tuple[str, str], list[Edge]]:
    """At most ``ARROWS`` pairs: one that joins each document to a nearer one, then those proved most often."""
    joined: set[str] = set()
    needed, more = [], []
    for pair in sorted(inside, key=lambda pair: (-len(inside[pair]), pair)):
        near, far = sorted(pair, key=lambda ident: abs(kept[ident].depth))
        if far not in joined and abs(kept[near].depth) < abs(kept[far].depth):
            joined.add(far)
            needed.append(pair)
        else:
            more.append(pair)
    shown = set((needed + more)[:ARROWS])
    return {pair: found for pair, found in inside.items() if pair in shown}


def _reachable(ident: str, depth: int, kept: Mapping[str, TraceNode], proofs: Collection[tuple[str, str]]) -> bool:
    return any(kept[other].depth == depth and ((ident, other) in proofs or (other, ident) in proofs) for other in kept)


def _place(kept: Mapping[str, TraceNode], proofs: Collection[tuple[str, str]]) -> dict[str, Box]:
    """A box for each document, in rows by longest chain: whatever a document cites stands in a row above it.

    Where that would make a row too long, rows are steps from the start instead.
    """
    graph: nx.DiGraph[Any] = nx.DiGraph()
    graph.add_nodes_from(kept)
    graph.add_edges_from(proofs)
    shrunk = nx.condensation(graph)
    rank: dict[int, int] = {}
    for group in reversed(list(nx.topological_sort(shrunk))):
        rank[group] = max((rank[above] + 1 for above in shrunk.successors(group)), default=0)
    boxes = {ident: Box(kept[ident], rank[shrunk.graph["mapping"][ident]]) for ident in kept}
    # documents that stand on nothing here hang just above what cites them
    for ident, box in boxes.items():
        citing = [boxes[one].rank for one in graph.predecessors(ident)]
        if citing and not any(graph.successors(ident)):
            box.rank = max(box.rank, min(citing) - 1)
    if max(Counter(box.rank for box in boxes.values()).values(), default=0) > ROW:
        for box in boxes.values():  # too broad for the page: steps from the start keep rows short
            box.rank = box.node.depth
    lowest = min((box.rank for box in boxes.values()), default=0)
    for box in boxes.values():
        box.rank -= lowest
        box.y = MARGIN + box.rank * (BOX_HEIGHT + GAP_Y)
    return boxes


_SWEEPS = 5  # over the rows, down and up in turn


def _lanes(boxes: Mapping[str, Box], proofs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[Slot]]:
    """Give every box its place in its row, and every arrow that passes a row a lane of its own there.

    Rows are ordered by the middle of what each slot is tied to, a few sweeps down and up (Sugiyama's method).
    """
    slots = {ident: Slot(BOX_WIDTH) for ident in boxes}
    rows: dict[int, list[Slot]] = {}
    for ident, box in boxes.items():
        rows.setdefault(box.rank, []).append(slots[ident])
    lanes = _tied(boxes, proofs, slots, rows)
    for row in rows.values():  # lanes begin in the middle, where the straight arrows are
        documents = [slot for slot in row if slot.width > LANE]
        half = (len(documents) + 1) // 2
        row[:] = documents[:half] + [slot for slot in row if slot.width == LANE] + documents[half:]
    order = [rows[rank] for rank in sorted(rows)]
    widest = max(map(_width, order), default=BOX_WIDTH)
    for sweep in range(_SWEEPS):
        for at, row in enumerate(order if sweep % 2 == 0 else reversed(order)):
            if at:
                row.sort(key=_middle_of_ties)
            x = MARGIN + (widest - _width(row)) / 2
            for slot in row:
                slot.middle = x + slot.width / 2
                x += slot.width + GAP_X
    for ident, box in boxes.items():
        box.x = slots[ident].middle - BOX_WIDTH / 2
    return lanes


def _tied(
    boxes: Mapping[str, Box],
    proofs: Iterable[tuple[str, str]],
    slots: Mapping[str, Slot],
    rows: dict[int, list[Slot]],
) -> dict[tuple[str, str], list[Slot]]:
    """Put the lanes of every arrow into the rows it passes, and tie each slot on its way to the next."""
    found: dict[tuple[str, str], list[Slot]] = {}
    for source, target in proofs:
        step = -1 if boxes[target].rank < boxes[source].rank else 1
        passed = range(boxes[source].rank + step, boxes[target].rank, step) if source != target else range(0)
        lanes = [Slot(LANE) for _ in passed]
        for rank, lane in zip(passed, lanes, strict=True):
            rows.setdefault(rank, []).append(lane)
        chain = [slots[source], *lanes, slots[target]]
        for one, other in pairwise(chain):
            one.ties.append(other)
            other.ties.append(one)
        found[source, target] = lanes
    return found


def _middle_of_ties(slot: Slot) -> float:
    return sum(tie.middle for tie in slot.ties) / len(slot.ties) if slot.ties else slot.middle


def _width(row: Sequence[Slot]) -> float:
    return sum(slot.width + GAP_X for slot in row) - GAP_X


def _arrow(
    anchor: str,
    source: Box,
    target: Box,
    lanes: Sequence[Slot],
    found: Sequence[Edge],
    label_at_source: bool,
) -> Arrow:
    """The curve between two boxes, through its lanes; its label stands at the end where fewer arrows meet."""
    up = target.y < source.y
    x1, y1 = source.middle, source.y if up or target.y == source.y else source.y + BOX_HEIGHT
    x2, y2 = target.middle, target.y + BOX_HEIGHT + 3 if up else target.y - 3
    bend = 34 if target.y == source.y else GAP_Y / 2
    sign = -1 if up or target.y == source.y else 1
    path, x, y = f"M{x1:.0f} {y1:.0f}", x1, y1
    for lane in lanes:
        near = y + sign * GAP_Y
        path += (
            f"C{x:.0f} {y + sign * bend:.0f} {lane.middle:.0f} {near - sign * bend:.0f} {lane.middle:.0f} {near:.0f}"
        )
        path += f"v{sign * BOX_HEIGHT}"
        x, y = lane.middle, near + sign * BOX_HEIGHT
    arrive = y2 + 34 * sign if target.y == source.y else y2 - sign * bend
    path += f"C{x:.0f} {y + sign * bend:.0f} {x2:.0f} {arrive:.0f} {x2:.0f} {y2:.0f}"
    from_x, to_x = (lanes[0].middle, lanes[-1].middle) if lanes else (x2, x1)
    near_end, far = ((x1, y1), from_x) if label_at_source else ((x2, y2), to_x)
    away = GAP_Y * 0.36 * (sign if label_at_source else -sign)
    return Arrow(
        anchor=anchor,
        source=source.node.id,
        target=target.node.id,
        relations=tuple(dict.fromkeys(edge.relation for edge in found)),
        proofs=tuple(found),
        path=path,
        label_x=near_end[0] + (far - near_end[0]) * 0.08,
        label_y=near_end[1] + away,
    )


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
