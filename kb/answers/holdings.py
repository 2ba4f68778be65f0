"""What the build and the search ask of the store: which files are held, and what an index takes of each document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from kb.answers.labels import level_of
from kb.store.schema import build, citation, document, file, file_text
from kb.store.store import Store
from kb.store.to_index import changed_since

_AT_ONCE = 500
"""Documents described together."""

IMPLEMENTS = "implements"
"""The relation of a plan to what it carries out."""


@dataclass(frozen=True, slots=True)
class Searchable:
    """What a search index takes of a document from the store, but for its text.

    ``body``, ``issuer`` and ``unit`` are the issuer's code, its words where sources give them, and the unit below the
    province; ``level`` its rung; ``validity`` what bears on its status (``kb.knowledge.validity.load``);
    ``relations`` those to the documents it cites, ``cites`` the ids of these and ``implements`` of those that it
    implements, sorted; ``contents`` the SHA-256 of each file held of it, in the order of file names.
    """

    id: str
    number: str | None
    title: str | None
    type: str | None
    date: str | None
    year: str | None
    body: str | None
    issuer: str | None
    province: str | None
    unit: str | None
    held: bool
    cited_by: int
    level: str
    validity: str | None
    relations: tuple[str, ...]
    implements: tuple[str, ...]
    cites: tuple[str, ...]
    contents: tuple[str, ...]


class Holdings:
    """The questions about what is held; ``kb.service.KnowledgeBase`` answers them."""

    store: Store

    # -- files -------------------------------------------------------------------------------------------------

    def has_read(self, name: str, sha256: str, reader_version: str) -> bool:
        """True where this very content was read by this very reader, so that nothing need be done."""
        return self.store.is_current(name, sha256, reader_version)

    def names_with_unread_pages(self) -> set[str]:
        """The names of the files of which pages could not be read."""
        query = sa.select(file.c.name, file.c.pages).where(file.c.pages.contains('"unread"'))
        with self.store.reading() as connection:
            return {row.name for row in connection.execute(query)}

    def file_names(self) -> list[str]:
        """The names of all held files, sorted."""
        with self.store.reading() as connection:
            return list(connection.execute(sa.select(file.c.name).order_by(file.c.name)).scalars())

    def file_names_under(self, beginnings: Iterable[str], reader_version: str) -> list[str]:
        """The names that begin with one of ``beginnings``, of files read by this version of the reader, sorted."""
        name = file.c.name
        begins = sa.or_(*(name.startswith(beginning, autoescape=True) for beginning in beginnings))
        query = sa.select(name).where(begins, file.c.reader_version == reader_version).order_by(name)
        with self.store.reading() as connection:
            return list(connection.execute(query).scalars())

    def has_names_within(self, name: str) -> bool:
        """Whether there is a file of this name, or one inside the folder of this name."""
        f = file.c
        inside = name.rstrip("/") + "/"
        after = inside[:-1] + "0"  # follows "/"
        query = sa.select(f.id).where(sa.or_(f.name == name, sa.and_(f.name > inside, f.name < after))).limit(1)
        with self.store.reading() as connection:
            return connection.execute(query).first() is not None

    def characters_held(self) -> int:
        """The length of all held texts together, in code points."""
        with self.store.reading() as connection:
            return int(connection.execute(sa.select(sa.func.sum(file.c.characters))).scalar() or 0)

    # -- documents as a search index takes them ----------------------------------------------------------------

    def searchable(self, ids: Sequence[str] | None = None) -> Iterator[Searchable]:
        """The documents with these ids (None: all), in the order of their ids; read as they are taken, a bounded number
        at a time."""
        with self.store.reading() as connection:
            for rows in _portions(connection, None if ids is None else sorted(ids)):
                yield from _described(connection, rows)

    # -- what changed ------------------------------------------------------------------------------------------

    def changed_since(self, state: int) -> Sequence[str]:
        """The ids of documents that changed, came or went since a state of the base (``Store.generation``), sorted."""
        with self.store.reading() as connection:
            return changed_since(connection, state)

    def was_at(self, build_id: str, state: int) -> bool:
        """Whether this base had the content of that name, at that state or later."""
        with self.store.reading() as connection:
            known = connection.execute(sa.select(build.c.generation).where(build.c.id == build_id)).scalar()
        return known is not None and known >= state

    def held_text(self, id: str) -> str:
        """All texts held of the document with this id, in the order of file names; empty where none is."""
        return self.held_texts([id]).get(id, "")

    def held_texts(self, ids: Collection[str]) -> dict[str, str]:
        """For each of ``ids`` that is held: all its texts, in the order of file names."""
        query = (
            sa.select(document.c.slug, file_text.c.text)
            .join(file, file.c.id == file_text.c.file_id)
            .join(document, document.c.id == file.c.document_id)
            .where(document.c.slug.in_(ids))
            .order_by(file.c.name)
        )
        found: dict[str, list[str]] = defaultdict(list)
        with self.store.reading() as connection:
            for slug, text in connection.execute(query):
                found[slug].append(text)
        return {slug: "\n\n".join(texts) for slug, texts in found.items()}

    def citing_sentences(self, ids: Collection[str], most: int) -> dict[str, tuple[str, ...]]:
        """For each of ``ids`` that is cited: sentences that cite it, at most ``most``."""
        found: dict[str, tuple[str, ...]] = {}
        with self.store.reading() as connection:
            for id_ in ids:  # one by one: a law is cited by thousands, of which few are read
                sentences = connection.execute(_CITING, {"slug": id_, "most": most}).scalars()
                found[id_] = tuple(sentence for sentence in sentences if sentence)
        return found

    def names(self, ids: Collection[str]) -> dict[str, str]:
        """What the documents with these ids are called: their number, else their title, else the id."""
        with self.store.reading() as connection:
            rows = connection.execute(_NAMES, {"slugs": list(ids)})
            return {slug: number or title or slug for slug, number, title in rows}

    # -- links as a search asks for them -----------------------------------------------------------------------

    def cited_by(self, ids: Collection[str]) -> frozenset[str]:
        """The ids of the documents to which one of ``ids`` has a certain link."""
        citing = sa.select(document.c.id).where(document.c.slug.in_(ids))
        cited = sa.select(citation.c.dest_id).where(citation.c.source_id.in_(citing), citation.c.dest_id.is_not(None))
        query = sa.select(document.c.slug).where(document.c.id.in_(cited))
        with self.store.reading() as connection:
            return frozenset(connection.execute(query).scalars())


_NAMES = sa.select(document.c.slug, document.c.number, document.c.title).where(
    document.c.slug.in_(sa.bindparam("slugs", expanding=True))
)
_CITING = (
    sa.select(citation.c.sentence)
    .join(document, document.c.id == citation.c.dest_id)
    .where(document.c.slug == sa.bindparam("slug"))
    .limit(sa.bindparam("most", type_=sa.Integer))
)


def _portions(connection: sa.Connection, ids: Sequence[str] | None) -> Iterator[Sequence[Any]]:
    """The rows of these documents (None: of all) in the order of their ids, some hundred at a time."""
    d = document.c
    if ids is not None:
        for at in range(0, len(ids), _AT_ONCE):
            some = sa.select(document).where(d.slug.in_(ids[at : at + _AT_ONCE])).order_by(d.slug)
            yield connection.execute(some).all()
        return
    last = ""
    while rows := connection.execute(sa.select(document).where(d.slug > last).order_by(d.slug).limit(_AT_ONCE)).all():
        yield rows
        last = rows[-1].slug


def _described(connection: sa.Connection, rows: Sequence[Any]) -> Iterator[Searchable]:
    chosen = document.c.id.in_([row.id for row in rows])
    links = _links(connection, chosen)
    contents = _contents(connection, chosen)
    for row in rows:
        found = links.get(row.id, _Linked())
        yield Searchable(
            id=row.slug,
            number=row.number,
            title=row.title,
            type=row.type,
            date=row.date,
            year=row.year,
            body=row.body,
            issuer=row.issuer,
            province=row.province,
            unit=row.unit,
            held=row.held,
            cited_by=row.cited_by,
            level="standard" if row.place == "tc" else level_of(row.body, row.unit, row.province),
            validity=row.validity,
            relations=found.relations,
            implements=found.implements,
            cites=found.cites,
            contents=contents.get(row.id, ()),
        )


@dataclass(slots=True)
class _Linked:
    """What a document cites: the relations, the ids of the documents, and of those that it implements."""

    relations: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    implements: tuple[str, ...] = ()


def _links(connection: sa.Connection, chosen: sa.ColumnElement[bool]) -> dict[int, _Linked]:
    """What each chosen document cites, sorted."""
    c, cited = citation.c, document.alias("cited")
    linked = (
        sa.select(c.source_id, c.relation, cited.c.slug)
        .join(document, document.c.id == c.source_id)
        .join(cited, cited.c.id == c.dest_id)
    )
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for source, relation, slug in connection.execute(linked.where(chosen).distinct()):
        found[source].append((relation, slug))
    return {
        source: _Linked(
            relations=tuple(sorted({relation for relation, _ in links})),
            cites=tuple(sorted({slug for _, slug in links})),
            implements=tuple(sorted({slug for relation, slug in links if relation == IMPLEMENTS})),
        )
        for source, links in found.items()
    }


def _contents(connection: sa.Connection, chosen: sa.ColumnElement[bool]) -> dict[int, tuple[str, ...]]:
    """The digests of the files held of each chosen document, in the order of file names."""
    files = sa.select(file.c.document_id, file.c.sha256).join(document, document.c.id == file.c.document_id)
    found: dict[int, list[str]] = defaultdict(list)
    for key, digest in connection.execute(files.where(chosen).order_by(file.c.name)):
        found[key].append(digest)
    return {key: tuple(digests) for key, digests in found.items()}
