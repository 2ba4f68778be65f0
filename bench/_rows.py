"""A drawn world written into a knowledge base, by bulk inserts.

The rows are those that storing and resolving the same readings gives (``tests/test_generated_base.py`` holds that);
resolving a million citations takes longer than a benchmark may. Findings are not written.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace

import sqlalchemy as sa

from bench._readings import VERSION, Source, reading
from bench._world import Document, World
from kb.answers.labels import issuer_name
from kb.authority import issuer_words
from kb.authority.relations import ACTS
from kb.identity.key import Identity, law_of
from kb.identity.programme_names import name_in, name_key
from kb.knowledge import acts
from kb.knowledge.guards import guard
from kb.model import Citation, Reading
from kb.reading.text.text_forms import fold
from kb.resolution.key_batch import NEXT_DOCUMENT
from kb.resolution.votes import marks, tidy_title
from kb.store import content
from kb.store.citation_columns import to_row
from kb.store.schema import citation as citation_table
from kb.store.schema import document as document_table
from kb.store.schema import file as file_table
from kb.store.sql import dumps, set_meta, touch
from kb.store.store import DATABASE, Store

Ends = tuple[int | None, int | None, int | None]
"""The rows of a citation's target and of the ends of its edge."""


def fill(where: Path, made: World) -> None:
    """Write the base into folder ``where``, resolved."""
    Store.open(where, create=True).close()
    connection = sqlite3.connect(where / DATABASE, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-262144", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    engine = sa.create_engine("sqlite://", creator=lambda: connection, poolclass=sa.pool.StaticPool)
    with engine.connect() as tables:
        for index in (*citation_table.indexes, *document_table.indexes):
            index.drop(tables)
        connection.execute("BEGIN")
        _write_texts(connection, made)
        connection.execute("COMMIT")
        for index in sorted(citation_table.indexes, key=lambda one: one.name or ""):
            index.create(tables)
        connection.execute("BEGIN")
        _write_documents(connection, made)
        set_meta(tables, NEXT_DOCUMENT, str(len(made.documents) + 1))
        content.recount(tables)
        touch(tables)
        connection.execute("COMMIT")
        for index in sorted(document_table.indexes, key=lambda one: one.name or ""):
            index.create(tables)
        connection.execute("BEGIN")
        guard(tables, sa.true())
        _note_acts(tables)
        connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


def _insert(connection: sqlite3.Connection, table: sa.Table, rows: Iterator[dict[str, object]]) -> None:
    columns = [column for column in table.columns if column.name != "id"]
    names = ", ".join(f'"{column.name}"' for column in columns)
    marks = ", ".join(f":{column.key}" for column in columns)
    connection.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", rows)


def _write_texts(connection: sqlite3.Connection, made: World) -> None:
    of_base: dict[str, list[int]] = defaultdict(list)
    for row, one in enumerate(made.documents):
        of_base[one.identity.key].append(row)
    texts: list[tuple[int, str]] = []
    files: list[dict[str, object]] = []
    choices: list[tuple[int, int]] = []

    def citations() -> Iterator[dict[str, object]]:
        n = 0
        for row, mine in enumerate(made.documents):
            if not mine.held:
                continue
            source, read = reading(made, row)
            texts.append((len(texts) + 1, source.text))
            files.append(_file_row(source, read, mine, row + 1))
            linked: list[tuple[Citation, Document, tuple[str, str], Ends]] = []
            for stated, one in zip(made.stated[row], read.citations, strict=True):
                n += 1
                target = stated[0]
                cited = made.documents[target]
                ends: Ends = (None, None, None)
                if stated[2]:
                    outer = row if stated[4] is None else made.stated[row][stated[4]][0]
                    ends = (target + 1, outer + 1, target + 1) if outer != target else (target + 1, None, None)
                    how = ("resolved", "key" if cited.identity.series is not None else "date")
                else:
                    possible = [row_ for row_ in of_base[cited.identity.key] if _known_by(made, row_, mine.date)]
                    choices.extend((n, row_ + 1) for row_ in possible)
                    how = ("ambiguous", "only_one_known" if len(possible) == 1 else "several_known")
                linked.append((one, cited, how, ends))
            for at, ((one, cited, how, ends), votes) in enumerate(zip(linked, _votes(read, row, linked), strict=True)):
                yield _citation_row(len(texts), at, source.text, one, cited, how, ends, votes)

    _insert(connection, citation_table, citations())
    connection.executemany("INSERT INTO file_text (file_id, text) VALUES (?, ?)", texts)
    _insert(connection, file_table, iter(files))
    connection.executemany("INSERT INTO candidate VALUES (?, ?)", choices)


def _votes(read: Reading, row: int, linked: Sequence[tuple[Citation, Document, tuple[str, str], Ends]]) -> list[int]:
    """Which values of each citation of a text count as votes."""
    assert read.own is not None
    citations = [
        SimpleNamespace(
            id=n, kind=one.kind, target=ends[0], method=how[1], number=one.number, type=one.type, date=one.date,
            body=one.body, province=one.province, unit=one.unit, title=one.title, issuer=_issuer(one),
        )
        for n, (one, _, how, ends) in enumerate(linked)
    ]  # fmt: skip
    return list(marks(citations, row + 1, read.own.to_json()).values())


def _issuer(one: Citation | Document) -> str | None:
    """The issuer as the words beside a citation name it."""
    name = issuer_name(one.body, one.province, one.unit)
    said = issuer_words.at(fold(name), 0) if name else None
    return said[2] if said else None


def _known_by(made: World, row: int, date: str) -> bool:
    """Documents of later years bear the same number; none is cited before it exists."""
    return made.documents[row].date <= date


def _name_key(title: str | None, of: Identity) -> str | None:
    named = name_in(title)
    return name_key(named, of.place, of.unit) if named else None


def _file_row(source: Source, read: Reading, mine: Document, document_id: int) -> dict[str, object]:
    assert read.own is not None
    key = mine.identity
    return {
        "name": source.name,
        "sha256": source.sha256,
        "format": "txt",
        "characters": len(source.text),
        "reader_version": VERSION,
        "hints": dumps({"province": None, "attributes": {}}),
        "pages": "[]",
        "notices": "[]",
        "own": dumps(read.own.to_json()),
        "own_original": None,
        "own_corrected": False,
        "key": key.key,
        "key_without_place": key.tail,
        "scope": key.scope,
        "series": key.series,
        "date": mine.date,
        "title": mine.title,
        "name_key": _name_key(mine.title, key),
        "document_id": document_id,
    }


def _citation_row(
    file_id: int, n: int, text: str, one: Citation, cited: Document, how: tuple[str, str],
    ends: Ends, votes: int,
) -> dict[str, object]:  # fmt: skip
    assert one.sentence is not None
    key, named = cited.identity, _name_key(one.title, cited.identity)
    return {
        **dict.fromkeys(citation_table.columns.keys()),
        **to_row(one, text, one.sentence),
        "file_id": file_id,
        "position": n,
        "issuer": _issuer(one),
        "key": key.key,
        "key_without_place": key.tail,
        "series": key.series,
        **dict(zip(("status", "method"), how, strict=True)),
        "name_key": named,
        **dict(zip(("target_id", "source_id", "dest_id"), ends, strict=True)),
        "votes": votes,
    }


def _evidence(one: Document, texts: int, titled: int) -> dict[str, list[list[object]]]:
    """What the texts say of a document, as if they all agreed: value, votes, whether its own header says it."""
    votes: dict[str, list[list[object]]] = {
        name: [[value, texts + one.held, one.held]]
        for name in ("number", "type", "date", "body", "province", "unit")
        if (value := getattr(one, name)) is not None
    }
    if (titled or one.held) and tidy_title(one.title):
        votes["title"] = [[one.title, titled + one.held, one.held]]
    if texts and (issuer := _issuer(one)):
        votes["issuer"] = [[issuer, texts, False]]
    return votes


def _write_documents(connection: sqlite3.Connection, made: World) -> None:
    """The nodes, with their degrees and votes counted from the citations."""
    by = {
        name: dict(connection.execute(f"SELECT {key}, count(DISTINCT {other}) FROM citation WHERE {where} GROUP BY 1"))
        for name, key, other, where in (
            ("cited_by", "dest_id", "source_id", "dest_id IS NOT NULL"),
            ("cites", "source_id", "dest_id", "source_id IS NOT NULL"),
            ("texts", "target_id", "file_id", "target_id IS NOT NULL"),
            ("titled", "target_id", "file_id", "target_id IS NOT NULL AND title IS NOT NULL"),
        )
    }

    def rows() -> Iterator[tuple[object, ...]]:
        for row, one in enumerate(made.documents):
            texts, titled = by["texts"].get(row + 1, 0), by["titled"].get(row + 1, 0)
            if not one.held and not texts:
                continue
            key = one.identity
            votes = _evidence(one, texts, titled)
            ordinal = key.ordinal.partition("-")[0]
            title = one.title if one.held or titled or one.body in ("QH", "UBTVQH") else None
            yield (
                row + 1, key.slug, key.key, key.tail, key.place, key.organ, key.kind, ordinal.lstrip("0") or ordinal,
                key.year, key.series, key.scope, one.date, one.number, one.type, one.date, one.body, one.province,
                one.unit, title, one.held, by["cited_by"].get(row + 1, 0), by["cites"].get(row + 1, 0), None,
                dumps(votes), votes["issuer"][0][0] if "issuer" in votes else None, None,
            )  # fmt: skip

    marks = ", ".join("?" * len(document_table.columns))
    connection.executemany(f"INSERT INTO document VALUES ({marks})", rows())


def _note_acts(tables: sa.Connection) -> None:
    """Write down what bears on the status of the documents on which others act, and of the laws."""
    c, d = citation_table.c, document_table.c
    acted_on = sa.select(c.dest_id).where(c.relation.in_(ACTS), c.dest_id.is_not(None)).distinct()
    laws = (id_ for id_, slug in tables.execute(sa.select(d.id, d.slug)) if law_of(slug) is not None)
    ids = sorted({*tables.execute(acted_on).scalars(), *laws})
    for at in range(0, len(ids), 1000):
        acts.write(tables, ids[at : at + 1000])
