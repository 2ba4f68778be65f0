"""The lineage of one document as a board: what it stands on above it, what stands on it below, rung by rung, in groups
by relation with their true totals; what changes it stands apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from kb.answers import from_rows
from kb.answers.board_shapes import Board, BoardEntry, BoardGroup, BoardRung
from kb.answers.labels import level_of
from kb.answers.shapes import DocumentBrief, Edge
from kb.authority import relations
from kb.authority.rungs import RUNGS, rung_of
from kb.lineage import graph, linked
from kb.store.schema import document

SHOWN, LEAST, ROOM = 5, 2, 60
"""Documents shown of one group on one rung: at most, at least, and of all groups together where there are many."""
INSIDE = 6
"""Documents shown of one group of an opened document."""
STEPS, PER_NODE, MOST = 4, 12, 60
"""How far what lies above is followed over others, and how many documents of it are looked at."""

_ORDER = {one.id: at for at, one in enumerate(relations.RELATIONS)}
_STANDING = frozenset(graph.STANDING)
_CHANGING = frozenset({*relations.ACTS, "consolidates"})
_NAMING = frozenset(_ORDER) - _STANDING - _CHANGING


@dataclass(frozen=True, slots=True)
class _Link:
    """What joins the document ``here`` to another (``other``, a row with what its rung needs): ``count`` citations say
    so; ``citation`` is the one to show where it is not the first."""

    relation: str | None
    outgoing: bool
    here: int
    other: Any
    count: int
    citation: int | None = None
    via: int | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """Links alike, in order: of one relation and direction to documents of one rung, ``total`` in all."""

    relation: str | None
    outgoing: bool
    rung: str
    total: int
    links: tuple[_Link, ...]


@dataclass(slots=True)
class _Draft:
    """A group in the making: links to show, of ``total`` documents."""

    relation: str | None
    outgoing: bool
    total: int
    links: list[_Link]
    inside: dict[int, list[_Draft]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Ways:
    """What stands on one rung: groups above and below, of ``total`` documents."""

    above: list[_Draft]
    below: list[_Draft]
    total: int

    @classmethod
    def of(cls, parts: Sequence[_Part], total: int, shown: int) -> _Ways:
        above, below = ([part for part in parts if part.outgoing is way] for way in (True, False))
        return cls(_groups(above, shown), _groups(below, shown), total)


def rung_of_row(row: Any) -> str:
    """Id of the rung on which the document of a row stands."""
    level = "standard" if row.place == "tc" else level_of(row.body, row.unit, row.province)
    return rung_of(row.type, row.body, level).id


def board(connection: sa.Connection, start: Any, opened: Collection[int] = ()) -> Board:
    """The board of the document ``start`` (a row); ``opened`` are rows of documents on it whose own bases, or whose own
    dependants, are shown too."""
    up, down = _upwards(connection, start.id), _downwards(connection, start.id)
    direct = {link.other.id for part in up if part.relation in _STANDING for link in part.links}
    over, truncated = _over_others(connection, start.id, direct)
    by_rung: dict[str, list[_Part]] = defaultdict(list)
    for part in (*_of(_STANDING, up, down), *over):
        by_rung[part.rung].append(part)
    changing, naming = _of(_CHANGING, up, down), _of(_NAMING, up, down)
    standing_parts = _of(_STANDING, up, down)
    shown = max(LEAST, min(SHOWN, ROOM // max(1, len(standing_parts))))
    below = _below(connection, start.id)
    totals = _totals(connection, start.id, [*up, *over], below)
    rungs = {rung: _Ways.of(parts, totals[rung], shown) for rung, parts in by_rung.items()}
    acts, mentions = _groups(changing, shown), _groups(naming, shown)
    standing = [draft for ways in rungs.values() for draft in (*ways.above, *ways.below)]
    _open(connection, standing, set(opened) - {start.id})
    made = _Maker(connection, [*standing, *acts, *mentions])
    return Board(
        start=from_rows.brief(start),
        rungs=tuple(_rung(rung, start, rungs.get(rung), made) for rung in _shown(rung_of_row(start), set(rungs))),
        acts=made.groups(acts),
        mentions=made.groups(mentions),
        stands_on=len(direct),
        stand_on_it=sum(below.values()),
        truncated=truncated,
    )


def _of(relations_: frozenset[str], *parts: Iterable[_Part]) -> list[_Part]:
    return [part for some in parts for part in some if part.relation in relations_]


def _upwards(connection: sa.Connection, id_: int) -> list[_Part]:
    """Every document on which one acts: as many as its text names."""
    found = linked.acted_on(connection, id_, _of_rung())
    return _parts(_Link(row.relation, True, id_, row, row.rows) for row in found)


def _downwards(connection: sa.Connection, id_: int) -> list[_Part]:
    """The latest documents that act on one, by relation and rung, with their true totals."""
    found = linked.latest(connection, id_, max(SHOWN, INSIDE))
    rows = linked.documents(connection, {one.source for one in found}, _of_rung())
    totals: dict[tuple[str | None, str], int] = defaultdict(int)
    alike = {(one.relation, one.stand): one for one in found}
    for one in alike.values():
        totals[one.relation, rung_of_row(rows[one.source])] += one.total
    parts = _parts(_Link(one.relation, False, id_, rows[one.source], one.rows) for one in found)
    return [replace(part, total=totals[part.relation, part.rung]) for part in parts]


def _parts(links: Iterable[_Link]) -> list[_Part]:
    grouped: dict[tuple[str | None, str], list[_Link]] = defaultdict(list)
    for one in links:
        grouped[one.relation, rung_of_row(one.other)].append(one)
    return [
        _Part(relation, some[0].outgoing, rung, len(some), tuple(_ordered(some)))
        for (relation, rung), some in grouped.items()
    ]


def _ordered(links: Iterable[_Link]) -> list[_Link]:
    """The latest first."""
    ordered = sorted(links, key=lambda link: link.other.slug)
    return sorted(ordered, key=lambda link: link.other.date or "", reverse=True)


def _below(connection: sa.Connection, id_: int) -> dict[str, int]:
    """How many documents stand on one, each once, by rung."""
    totals: dict[str, int] = defaultdict(int)
    counted = linked.stands(connection, id_, graph.STANDING)
    rows = linked.documents(connection, {one for one, _ in counted}, _of_rung())
    for one, count in counted:
        totals[rung_of_row(rows[one])] += count
    return totals


def _totals(connection: sa.Connection, id_: int, above: Sequence[_Part], below: dict[str, int]) -> dict[str, int]:
    """How many documents each rung has, those that stand both above and below counted once."""
    totals: dict[str, int] = defaultdict(int, below)
    over = {link.other.id: part.rung for part in above for link in part.links if part.relation in (None, *_STANDING)}
    both = linked.among(connection, id_, graph.STANDING, over)
    for other, rung in over.items():
        totals[rung] += other not in both
    return totals


def _of_rung() -> list[sa.ColumnElement[Any]]:
    names = ("id", "slug", "type", "body", "unit", "province", "place", "date", "cites", "cited_by")
    return [document.c[name] for name in names]


def _over_others(connection: sa.Connection, id_: int, direct: Collection[int]) -> tuple[list[_Part], bool]:
    """What the document stands on over others, each with the nearest document over which it is reached."""
    found = graph.neighbourhood(
        connection, id_, direction="up", depth=STEPS, relations=graph.STANDING, per_node=PER_NODE, max_nodes=MOST
    )
    nodes = found.graph.nodes
    rows = from_rows.document_rows(connection, [node for node in nodes if node not in direct and node != id_])
    links = []
    for node, row in rows.items():
        edges = [(source, data["citation"]) for source, _, data in found.graph.in_edges(node, data=True)]
        near = [edge for edge in edges if nodes[edge[0]]["depth"] > nodes[node]["depth"]]
        if near:
            via = min(near, key=lambda edge: (-nodes[edge[0]]["depth"], edge[1]))
            count = sum(one[0] == via[0] for one in edges)
            links.append(_Link(None, True, id_, row, count, citation=via[1], via=via[0]))
    return _parts(links), found.truncated


def _groups(parts: Iterable[_Part], shown: int) -> list[_Draft]:
    """Links by relation and direction, in the order of the relations, those over others last; the latest first."""
    grouped: dict[tuple[str | None, bool], list[_Part]] = defaultdict(list)
    for part in parts:
        grouped[part.relation, part.outgoing].append(part)
    drafts = []
    for key in sorted(grouped, key=lambda key: (_ORDER.get(key[0] or "", len(_ORDER)), not key[1])):
        some = grouped[key]
        ordered = _ordered(link for part in some for link in part.links)
        drafts.append(_Draft(*key, total=sum(part.total for part in some), links=ordered[:shown]))
    return drafts


def _open(connection: sa.Connection, drafts: Sequence[_Draft], opened: set[int]) -> None:
    """Put inside of the documents that were opened what they stand on, or what stands on them, each once: where it
    is a direct step from its neighbour before where it is reached over others."""
    waiting = sorted(drafts, key=lambda draft: draft.relation is None)
    while waiting and opened:
        draft = waiting.pop(0)
        for link in draft.links:
            if link.other.id in opened:
                opened.discard(link.other.id)
                parts = (_upwards if link.outgoing else _downwards)(connection, link.other.id)
                inside = _groups(_of(_STANDING, parts), INSIDE)
                draft.inside[link.other.id] = inside
                waiting[:0] = inside


class _Maker:
    """Makes the answers of drafts, with all sentences and documents read at once."""

    def __init__(self, connection: sa.Connection, drafts: Sequence[_Draft]) -> None:
        links = list(_every(drafts))
        ids = {link.other.id for link in links} | {link.via for link in links if link.via is not None}
        rows = from_rows.document_rows(connection, ids)
        self._named: dict[int, DocumentBrief] = {id_: from_rows.brief(row) for id_, row in rows.items()}
        self._shown = {link: link.citation or _first(connection, link) for link in links}
        self._edges: dict[int, Edge] = from_rows.edges_by_row(connection, self._shown.values())

    def groups(self, drafts: Iterable[_Draft]) -> tuple[BoardGroup, ...]:
        return tuple(
            BoardGroup(
                draft.relation, draft.outgoing, draft.total, tuple(self._entry(draft, one) for one in draft.links)
            )
            for draft in drafts
        )

    def _entry(self, draft: _Draft, link: _Link) -> BoardEntry:
        inside = draft.inside.get(link.other.id)
        return BoardEntry(
            document=self._named[link.other.id],
            edge=self._edges[self._shown[link]],
            sentences=link.count,
            can_open=bool(link.other.cites if link.outgoing else link.other.cited_by),
            via=self._named.get(link.via) if link.via is not None else None,
            inside=self.groups(inside or ()),
            opened=inside is not None,
        )


def _first(connection: sa.Connection, link: _Link) -> int:
    ends = (link.here, link.other.id) if link.outgoing else (link.other.id, link.here)
    return linked.first_citation(connection, ends[0], link.relation or "", ends[1])


def _every(drafts: Iterable[_Draft]) -> Iterable[_Link]:
    for draft in drafts:
        yield from draft.links
        for inside in draft.inside.values():
            yield from _every(inside)


def _shown(own: str, found: Collection[str]) -> list[str]:
    """The rungs to show, from the highest: those that have documents, and the steps between them that have none."""
    steps = [rung.id for rung in RUNGS if rung.ladder]
    if own not in steps:  # no step itself: only what lies between others can be missing
        inside = [step for step in steps if step in found]
        steps = steps[steps.index(inside[0]) : steps.index(inside[-1])] if inside else []
    return [rung.id for rung in RUNGS if rung.id in {own, *found} or (rung.id in steps and not rung.optional)]


def _rung(rung: str, start: Any, ways: _Ways | None, made: _Maker) -> BoardRung:
    own = rung == rung_of_row(start)
    return BoardRung(
        rung=rung,
        own=own,
        missing=ways is None and not own,
        total=ways.total if ways else 0,
        above=made.groups(ways.above) if ways else (),
        below=made.groups(ways.below) if ways else (),
    )
