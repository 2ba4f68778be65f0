"""What the knowledge base answers about lineage: the part of its front that walks the graph."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from kb.answers import from_rows
from kb.answers.board_shapes import Board, CitedPart, HistoryEvent
from kb.answers.lineage_shapes import Chain, Change, Circle, Ladder, SharedBasis, StaleBasis, Trace
from kb.answers.shapes import DocumentBrief, DocumentDetails, PartHistory
from kb.authority import issuers
from kb.authority.fold import fold
from kb.identity.asked_part import asked_part
from kb.lineage import graph, parts, questions, stale
from kb.lineage.board import board
from kb.lineage.changes import changes
from kb.lineage.history import history
from kb.store.schema import citation, document, file
from kb.store.store import Store

MAX_DEPTH = 8


class Lineages(ABC):
    """The questions about lineage; ``kb.service.KnowledgeBase`` is one, and says which document an id means."""

    store: Store

    @abstractmethod
    def _known(self, connection: sa.Connection, id: str) -> Any:
        """The row of a document; raises ``NotFoundError`` for an unknown id."""

    def trace(
        self,
        id: str,
        *,
        direction: str = "both",
        depth: int = 3,
        relations: Iterable[str] | None = None,
        strong_only: bool = False,
    ) -> Trace:
        """The lineage of a document: ``up`` to what it stands on, ``down`` to what stands on it, or ``both``.

        Raises ``NotFoundError`` for an unknown id, ``ValueError`` for an unknown direction.
        """
        if direction not in ("up", "down", "both"):
            raise ValueError(f"direction must be up, down or both, not {direction!r}")
        steps = max(1, min(depth, MAX_DEPTH))
        chosen = graph.wanted_relations(relations, strong_only)
        with self.store.reading() as connection:
            row = self._known(connection, id)
            found = graph.neighbourhood(connection, row.id, direction=direction, depth=steps, relations=chosen)
            documents = from_rows.document_rows(connection, found.graph.nodes)
            nodes = sorted(
                (from_rows.trace_node(documents[n], found.graph.nodes[n]["depth"]) for n in found.graph.nodes),
                key=lambda node: (abs(node.depth), node.depth, node.id),
            )
            stated = sorted({data["citation"] for _, _, data in found.graph.edges(data=True)})
            edges: list[Any] = []
            for at in range(0, len(stated), 5000):
                edges += connection.execute(
                    from_rows.edge_query()
                    .where(citation.c.id.in_(stated[at : at + 5000]))
                    .order_by(file.c.name, citation.c.start)
                ).all()
            return Trace(
                start=row.slug,
                direction=direction,
                depth=steps,
                relations=tuple(chosen or ()),
                strong_only=strong_only,
                nodes=tuple(nodes),
                edges=from_rows.edges(connection, edges),
                cycles=tuple(tuple(documents[node].slug for node in group) for group in graph.cycles(found.graph)),
                truncated=found.truncated,
            )

    def part(self, id: str, words: str) -> PartHistory | None:
        """What happened to a part of a document ("khoản 2 Điều 5", or the anchor of an address), and who cites it, each
        with its sentence; None where the words mean no part. Raises ``NotFoundError`` for an unknown id."""
        wanted = asked_part(words)
        if wanted is None:
            return None
        with self.store.reading() as connection:
            return parts.history(connection, self._known(connection, id), wanted)

    def cited_articles(self, id: str) -> dict[str, CitedPart]:
        """How often each article of a document is spoken of from elsewhere, by its anchor ("dieu-5"). Raises
        ``NotFoundError`` for an unknown id."""
        with self.store.reading() as connection:
            return parts.cited_articles(connection, self._known(connection, id))

    def board(self, id: str, opened: Iterable[str] = ()) -> Board:
        """The lineage of a document as a board, rung by rung; ``opened``: ids of documents on it whose own bases, or
        whose own dependants, are shown too. Raises ``NotFoundError`` for an unknown id."""
        with self.store.reading() as connection:
            inside = connection.execute(sa.select(document.c.id).where(document.c.slug.in_(set(opened)))).scalars()
            return board(connection, self._known(connection, id), set(inside))

    def history(self, about: DocumentDetails) -> tuple[HistoryEvent, ...]:
        """The timeline of a document, earliest first. Raises ``NotFoundError`` where it is not in the base."""
        with self.store.reading() as connection:
            return history(connection, self._known(connection, about.id).id, about)

    def ladder(self, id: str) -> Ladder:
        """Who carries a decision on, level by level (centre → province → department → commune), and which levels
        are missing. Raises ``NotFoundError`` for an unknown id."""
        with self.store.reading() as connection:
            return questions.ladder(connection, self._known(connection, id))

    def chain(self, one: str, other: str, *, strong_only: bool = False) -> Chain:
        """The shortest chain of links between two documents. Raises ``NotFoundError`` for an unknown id."""
        with self.store.reading() as connection:
            ends = self._known(connection, one), self._known(connection, other)
            return questions.chain(connection, *ends, strong_only=strong_only)

    def stale(
        self, id: str | None = None, *, hops: int = 3, limit: int = 200, offset: int = 0
    ) -> tuple[StaleBasis, ...]:
        """What stands on documents that were repealed, replaced, suspended or amended, at one to ``hops`` steps, with
        the sentences; with ``id`` only what stands on that one. Raises ``NotFoundError`` for an unknown id."""
        with self.store.reading() as connection:
            touched = self._known(connection, id) if id is not None else None
            return stale.stale(connection, touched, hops=hops, limit=limit, offset=offset)

    def stale_bases(self, id: str, *, hops: int = 3, limit: int = 50) -> tuple[StaleBasis, ...]:
        """The other end of ``stale``: what this document stands on, at one to ``hops`` steps, that was repealed,
        replaced, suspended or amended, nearest first. Raises ``NotFoundError`` for an unknown id."""
        with self.store.reading() as connection:
            return stale.stale_bases(connection, self._known(connection, id), hops=hops, limit=limit)

    def most_cited(
        self, *, type: str | None = None, province: str | None = None, limit: int = 20, offset: int = 0
    ) -> tuple[DocumentBrief, ...]:
        """Documents that most others have a certain link to; ``type`` is an id of the type file."""
        with self.store.reading() as connection:
            return questions.most_cited(connection, type_id=type, province=province, limit=limit, offset=offset)

    def orphans(self, *, type: str | None = "ke-hoach", limit: int = 200, offset: int = 0) -> tuple[DocumentBrief, ...]:
        """Held documents (plans by default) in which no legal basis was found."""
        with self.store.reading() as connection:
            return questions.orphans(connection, type_id=type, limit=limit, offset=offset)

    def sharing_basis(self, id: str, limit: int = 50) -> tuple[SharedBasis, ...]:
        """Held documents that stand on the same ones, most in common first; bases on which thousands stand do not
        count. Raises ``NotFoundError`` for an unknown id."""
        with self.store.reading() as connection:
            return questions.sharing_basis(connection, self._known(connection, id), limit)

    def circles(self, *, limit: int = 20, offset: int = 0) -> tuple[Circle, ...]:
        """Groups of documents that stand on each other by strong relations, largest first, each with one way round."""
        with self.store.reading() as connection:
            return questions.circles(connection, limit, offset)

    def changes(
        self,
        since: str,
        *,
        id: str | None = None,
        issuer: str | None = None,
        held: bool = False,
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[Change, ...]:
        """What was amended, ended, carried out or guided since a day (ISO, may be partial) or a build of this base,
        latest first: of one document (``id``), of those of one issuer (its code or name), or (``held``) of those on
        which held documents stand.

        Raises ``NotFoundError`` for an unknown id, and for a build that is not remembered.
        """
        with self.store.reading() as connection:
            of = self._known(connection, id).id if id is not None else None
            body = _code(issuer) if issuer else None
            return changes(connection, since, of=of, body=body, held=held, limit=limit, offset=offset)


def _code(issuer: str) -> str:
    """The code of an issuer given by its code or its name."""
    folded = fold(issuer)
    named = issuers.longest_match(folded)
    return named[1] if named and named[0] == len(folded) else issuers.canonical(issuer)
