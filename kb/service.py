"""The library's front: one knowledge base, opened from a folder or a database URL, and what it answers.

``web`` and ``cancu`` use this class alone; everything it returns is a frozen answer (``kb.answers.shapes``).
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson
import sqlalchemy as sa

from corpus.blocks import DATE_REACH, LinePlace, place_over
from kb.answers import export, from_rows
from kb.answers.counts import Plans, counts, plans
from kb.answers.holdings import Holdings
from kb.answers.shapes import (
    DocumentBrief,
    DocumentDetails,
    EdgePage,
    Finding,
    FindingPage,
    HeldText,
    LookupResult,
    Resolved,
    ResolveReport,
    ScannedLine,
)
from kb.errors import NotFoundError
from kb.findings import review_list, slips
from kb.findings.slips import Slip
from kb.identity.articles import Articles
from kb.identity.key import Identity
from kb.knowledge.known import known
from kb.knowledge.registers.front import Registers
from kb.knowledge.statements import Known
from kb.lineage import linked
from kb.lineage.citation_list import ORDERS, Asked, edge_page
from kb.lineage.front import Lineages
from kb.lookup import neighbours
from kb.lookup.document_details import document_details
from kb.lookup.look_up import look_up, province_named
from kb.lookup.neighbours import Neighbour
from kb.model import Hints, Reading
from kb.resolution import review
from kb.resolution.derive import finish
from kb.resolution.pasted import resolve_reading
from kb.resolution.reread import RereadReport, reread
from kb.resolution.resolve import Progress, resolve
from kb.resolution.review import CorrectionReport
from kb.store.blocks import unpack
from kb.store.corrections import Correction
from kb.store.schema import citation, document, file, file_text, redirect
from kb.store.source import SourceLike
from kb.store.sql import WITHDRAWN, pairs
from kb.store.store import Store
from messages import Message

MAX_PER_PAGE = 500


class KnowledgeBase(Lineages, Holdings, Registers):
    """A knowledge base. Safe to share between threads that read; one process writes at a time."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._lock = threading.Lock()
        self._build: tuple[int, str] | None = None
        self._stats: tuple[int, dict[str, Any]] | None = None

    @classmethod
    def open(cls, where: str | Path, *, create: bool = False) -> KnowledgeBase:
        """Open the base in folder ``where`` or at an SQLAlchemy URL; ``create`` makes an empty one.

        A base of an older version is upgraded first. Raises ``NotFoundError`` where there is none,
        ``KnowledgeBaseError`` where it cannot be used.
        """
        store = Store.open(where, create=create)
        finish(store)
        return cls(store)

    def close(self) -> None:
        """Give the database connections back."""
        self.store.close()

    @property
    def build_id(self) -> str:
        """Sixteen hex digits that change whenever the content does."""
        generation = self.store.generation()
        with self._lock:
            if self._build is None or self._build[0] != generation:
                self._build = (generation, self.store.content_id())
            return self._build[1]

    # -- putting in --------------------------------------------------------------------------------------------

    def put(self, source: SourceLike, reading: Reading, hints: Hints | None = None, *, again: bool = False) -> str:
        """Store one text with its reading: ``added``, ``changed`` or ``unchanged``. Call ``resolve`` afterwards.
        ``again``: also where the same content was read by the same reader before."""
        return self.store.put(source, reading, hints, force=again)

    def remove(self, name: str) -> bool:
        """Take the file of this name out; False where there is none. Call ``resolve`` afterwards."""
        return self.store.remove(name)

    def resolve(self, progress: Progress | None = None) -> ResolveReport:
        """Bring all links up to date with what was put in and taken out."""
        return resolve(self.store, progress)

    def reread(self, *, every: bool = False, progress: Progress | None = None) -> RereadReport:
        """Read anew every text that another version of the reader read (with ``every`` all), and say what changed."""
        return reread(self.store, every=every, progress=progress)

    # -- reviewed corrections ----------------------------------------------------------------------------------

    def corrections(self) -> tuple[Correction, ...]:
        """The reviewed corrections, in the order in which they were made."""
        return review.listed(self.store)

    def add_correction(self, correction: Correction) -> CorrectionReport:
        """Add a correction and bring the base up to date. Raises ``CorrectionError``."""
        return review.add(self.store, correction)

    def remove_correction(self, number: int) -> CorrectionReport:
        """Take the ``number``-th correction (from 1) out. Raises ``CorrectionError``."""
        return review.remove(self.store, number)

    def apply_corrections(self, path: Path | None = None) -> CorrectionReport:
        """Make the corrections of a TSV (default: ``corrections.tsv`` in the base's folder) those of the base.
        Raises ``CorrectionError`` naming the first line that is wrong."""
        return review.apply(self.store, path)

    def files_of(self, id: str) -> tuple[str, ...]:
        """Names of the held files of a document."""
        with self.store.reading() as connection:
            row = self._row(connection, id)
            if row is None:
                return ()
            names = connection.execute(
                sa.select(file.c.name).where(file.c.document_id == row.id).order_by(file.c.name)
            ).scalars()
            return tuple(names)

    # -- documents ---------------------------------------------------------------------------------------------

    def lookup(
        self,
        query: str,
        *,
        province: str | None = None,
        date: str | None = None,
        issuer: str | None = None,
        status_on: str | None = None,
    ) -> LookupResult:
        """Which document a number in any shape is, or the name of a law; with neither, the documents of a day.

        ``province`` by name or permalink part; ``date`` ISO: the document's, or the day on which a law is asked for.
        The status of those found is that on the day ``status_on`` (ISO, default today).
        """
        with self.store.reading() as connection:
            return look_up(connection, query, province=province, date=date, issuer=issuer, status_on=status_on)

    def document(self, id: str, *, status_on: str | None = None) -> DocumentDetails | None:
        """Everything known of the document with this id (redirects are followed); None where there is none. Its status
        is that on the day ``status_on`` (ISO, default today)."""
        with self.store.reading() as connection:
            row = self._row(connection, id)
            return document_details(connection, row, status_on) if row is not None else None

    def linked_data(self, id: str) -> dict[str, Any]:
        """A document in ELI terms, with its links to others, as JSON-LD. Raises ``NotFoundError`` for an unknown id."""
        with self.store.reading() as connection:
            return export.linked_data(connection, self._known(connection, id))

    def neighbours(self, identity: Identity, years: tuple[str, ...]) -> tuple[Neighbour, ...]:
        """The documents of the same issuer and type as ``identity`` of these years: what a slip may have meant."""
        with self.store.reading() as connection:
            return neighbours.neighbours(connection, identity, years)

    def namesakes(self, identity: Identity, date: str) -> tuple[Neighbour, ...]:
        """The documents of the same type and ordinal that other issuers signed on a day (ISO)."""
        with self.store.reading() as connection:
            return neighbours.namesakes(connection, identity, date)

    def slip(self, identity: Identity, *, number: str, type: str | None, title: str | None) -> Slip | None:
        """The document that a number in a draft likely means, being one slip from it and having its date or title; None
        where there is none. ``identity`` holds the draft's date."""
        with self.store.reading() as connection:
            return slips.of_cited(connection, identity, number=number, type=type, title=title)

    def briefs(self, ids: Iterable[str]) -> dict[str, DocumentBrief]:
        """The documents with these ids, by id; an id that is not here is left out (redirects are not followed)."""
        with self.store.reading() as connection:
            return from_rows.briefs_by_slug(connection, ids)

    def known(self, ids: Iterable[str]) -> dict[str, Known]:
        """What is known of the documents with these ids, by id: field by field the value of the best source, and what
        the others say. An id that is not here is left out (redirects are not followed)."""
        with self.store.reading() as connection:
            rows = pairs(
                connection.execute(sa.select(document.c.id, document.c.slug).where(document.c.slug.in_(set(ids))))
            )
            return {rows[id_]: one for id_, one in known(connection, rows).items()}

    def redirect(self, id: str) -> str | None:
        """The id that ``id`` was merged into, None where it was not."""
        with self.store.reading() as connection:
            return connection.execute(sa.select(redirect.c.new).where(redirect.c.old == id)).scalar() or None

    def withdrawn(self, id: str) -> bool:
        """Whether there was a document with this id that was taken out and has no heir."""
        with self.store.reading() as connection:
            gone = sa.select(redirect.c.old).where(redirect.c.old == id, redirect.c.new == WITHDRAWN)
            return connection.execute(gone).first() is not None

    def documents(self, *, role: str | None = None, page: int = 1, per_page: int = 100) -> tuple[DocumentBrief, ...]:
        """Documents in the order of their ids; ``role`` held or cited_only."""
        query = sa.select(document.c.id).order_by(document.c.slug)
        if role:
            query = query.where(document.c.held == (role == "held"))
        with self.store.reading() as connection:
            ids = connection.execute(query.offset((page - 1) * per_page).limit(per_page)).scalars().all()
            return from_rows.briefs(connection, ids)

    def text_of(self, id: str, file_name: str | None = None) -> HeldText | None:
        """The held text of a document with its citations; None where its text is not held. ``file_name`` chooses
        among several files (default: the first by name)."""
        with self.store.reading() as connection:
            row = self._row(connection, id)
            if row is None:
                return None
            query = sa.select(file, file_text.c.text, file_text.c.blocks).join(
                file_text, file_text.c.file_id == file.c.id
            )
            query = query.where(file.c.document_id == row.id).order_by(file.c.name)
            if file_name is not None:
                query = query.where(file.c.name == file_name)
            held = connection.execute(query.limit(1)).first()
            if held is None:
                return None
            cited = connection.execute(
                sa.select(citation, document.c.slug.label("target"))
                .outerjoin(document, document.c.id == citation.c.target_id)
                .where(citation.c.file_id == held.id, citation.c.status != "rejected")
                .order_by(citation.c.position)
            ).all()
            choices = from_rows.candidate_slugs(connection, [c.id for c in cited if c.status == "ambiguous"])
            blocks = unpack(held.blocks)
            return HeldText(
                id=row.slug,
                file=held.name,
                format=held.format,
                sha256=held.sha256,
                text=held.text,
                citations=tuple(from_rows.text_citation(c, c.target, choices.get(c.id, ())) for c in cited),
                pages=from_rows.held_pages(held.pages),
                notices=tuple(orjson.loads(held.notices)),
                blocks=blocks,
                parts=tuple(Articles(blocks).parts),
            )

    # -- links -------------------------------------------------------------------------------------------------

    def citations(
        self,
        id: str,
        *,
        direction: str,
        relation: str | None = None,
        strong_only: bool = False,
        possible: bool = False,
        province: str | None = None,
        type: str | None = None,
        year: str | None = None,
        order: str = "text",
        page: int = 1,
        per_page: int = 50,
    ) -> EdgePage:
        """Links of a document: ``in`` from those that act on it, ``out`` to those it acts on (with what its own text
        cites but cannot be told). ``possible`` lists instead the ambiguous citations that may mean it; ``province``, by
        name or permalink part, ``type`` (id) and ``year`` keep those whose other end is such a document. ``order``:
        text (of the files, by their names), newest or oldest (by the day of the other end).

        Raises ``NotFoundError`` for an unknown id, ``ValueError`` for an unknown direction or order.
        """
        if direction not in ("in", "out"):
            raise ValueError(f"direction must be in or out, not {direction!r}")
        if order not in ORDERS:
            raise ValueError(f"order must be one of {', '.join(ORDERS)}, not {order!r}")
        asked = Asked(
            direction=direction,
            relation=relation,
            strong_only=strong_only,
            possible=possible,
            ends={"province": province_named(province) if province else None, "type": type, "year": year},
            order=order,
            page=max(1, page),
            per_page=max(1, min(per_page, MAX_PER_PAGE)),
        )
        with self.store.reading() as connection:
            return edge_page(connection, self._known(connection, id), asked)

    def years_linked(self, id: str, direction: str) -> dict[str, int]:
        """How many documents of each year have a certain link to this one (``in``), or it to them (``out``), latest
        first. Raises ``NotFoundError`` for an unknown id."""
        return dict(sorted(self._linked(id, direction, "year").items(), reverse=True))

    def _linked(self, id: str, direction: str, name: str) -> dict[str, int]:
        with self.store.reading() as connection:
            return linked.by_end(connection, self._known(connection, id).id, name, incoming=direction == "in")

    def provinces_citing(self, id: str) -> dict[str, int]:
        """How many documents of each province have a certain link to this one, most first; those of the centre are not
        counted. Raises ``NotFoundError`` for an unknown id."""
        found = self._linked(id, "in", "province")
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    # -- the whole base ----------------------------------------------------------------------------------------

    def stats(self) -> dict[str, Any]:
        """Counts over the whole base; counted once for each state of it."""
        generation = self.store.generation()
        with self._lock:
            known = self._stats
        if known is None or known[0] != generation:
            with self.store.reading() as connection:
                known = (generation, counts(connection) | {"build_id": self.build_id})
            with self._lock:
                self._stats = known
        return dict(known[1])

    def scanned_line(self, id: str, index: int) -> ScannedLine | None:
        """Where the line of a citation stands on its scan; None where its text is no scan, or the place is not known.
        ``index`` is the citation's in the first file of the document, as in ``text_of``."""
        held = self.text_of(id)
        cited = {one.index: one for one in held.citations}.get(index) if held is not None else None
        if held is None or cited is None:
            return None
        with self.store.reading() as connection:
            hints = connection.execute(
                sa.select(file.c.hints).where(file.c.name == held.file, file.c.sha256 == held.sha256)
            ).scalar()
        places = [LinePlace(*place) for place in orjson.loads(hints or "{}").get("places", ())]
        page = next((one for one in held.pages if one.start <= cited.start < one.end), None)
        place = place_over(places, cited.start, min(cited.end + DATE_REACH, page.end)) if page else None
        return ScannedLine(held.file, held.format, held.sha256, page.number, place) if place and page else None

    def plans(self) -> Plans:
        """How many plans are held, by year and by province."""
        with self.store.reading() as connection:
            return plans(connection)

    def findings(self, kind: str | None = None, page: int = 1, per_page: int = 50) -> FindingPage:
        """Doubts to review, gravest first; ``kind`` as in ``kb.findings.doubts.SEVERITY``."""
        size = max(1, min(per_page, MAX_PER_PAGE))
        with self.store.reading() as connection:
            return review_list.page(connection, kind, max(1, page), size)

    def finding(self, kind: str, subject: str) -> Finding | None:
        """The doubt of a kind at a place, as corrections name it; None where there is none, or somebody settled it."""
        with self.store.reading() as connection:
            return review_list.at(connection, kind, subject)

    def resolve_reading(self, reading: Reading, text: str) -> list[Resolved]:
        """What each citation of ``reading``, the reading of ``text``, means: the same as if the text were in the base.
        Nothing is stored."""
        with self.store.reading() as connection:
            return resolve_reading(connection, reading, text)

    # -- helpers -----------------------------------------------------------------------------------------------

    def _row(self, connection: sa.Connection, id: str) -> Any:
        query = sa.select(document)
        row = connection.execute(query.where(document.c.slug == id)).first()
        if row is None:
            new = connection.execute(sa.select(redirect.c.new).where(redirect.c.old == id)).scalar()
            row = connection.execute(query.where(document.c.slug == new)).first() if new else None
        return row

    def _known(self, connection: sa.Connection, id: str) -> Any:
        row = self._row(connection, id)
        if row is None:
            raise NotFoundError(Message("kb.store.no_document", id=id))
        return row
