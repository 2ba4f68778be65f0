"""Opening the database, and putting one document in or taking it out as one transaction.

``put`` writes a text, its reading and the list of keys that resolution has to look at again together or not at all:
whatever moment the process is killed at, the base stays readable and the next run goes on from there.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import orjson
import sqlalchemy as sa

from kb.authority.fold import fold
from kb.corrections import Correction, overlay
from kb.errors import KnowledgeBaseError, NotFoundError
from kb.identity import identify_citation, identify_own
from kb.model import Citation, Hints, OwnIdentity, Reading
from kb.store import schema

SENTENCE = 700
"""Longest sentence kept with a citation, in characters; of a longer one the part around the citation is kept."""

DATABASE = "kb.sqlite"

_ISSUER_REACH = 200
# "của Chủ tịch Ủy ban nhân dân tỉnh", also as scans without diacritics show it ("cua Chi tich Uy ban nhan dan").
_ISSUER_WORDS = re.compile(r"c[a-z]{1,3}a (?P<chairman>ch[a-z]{1,2} t[a-z]ch )?(?:uy ban nh|ubnd)")


class PageLike(Protocol):
    """What the store needs of a page of a text."""

    @property
    def number(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def how(self) -> str: ...
    @property
    def confidence(self) -> float | None: ...


class NoticeLike(Protocol):
    """What the store needs of a notice."""

    @property
    def code(self) -> str: ...
    @property
    def vi(self) -> str: ...
    @property
    def en(self) -> str: ...


class SourceLike(Protocol):
    """What the store needs of a text as a reader hands it on (``corpus.model.SourceText`` is one)."""

    @property
    def name(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def format(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def pages(self) -> Sequence[PageLike]: ...
    @property
    def notices(self) -> Sequence[NoticeLike]: ...
    @property
    def attributes(self) -> dict[str, str]: ...


def dumps(value: Any) -> str:
    """Compact JSON with stable key order as given."""
    return orjson.dumps(value).decode()


def sentence_window(text: str, citation: Citation) -> tuple[int, int]:
    """Span of the words to keep with a citation: its sentence, or the part of it around the citation."""
    start, end = citation.sentence or (0, 0)
    if not (start <= citation.start and citation.end <= end):
        start, end = max(0, citation.start - SENTENCE), min(len(text), citation.end + SENTENCE)
        start = text.rfind("\n", start, citation.start) + 1 or start
        line_end = text.find("\n", citation.end, end)
        end = line_end if line_end >= 0 else end
    if end - start <= SENTENCE:
        return start, end
    room = max(0, SENTENCE - (citation.end - citation.start)) // 2
    left, right = max(start, citation.start - room), min(end, citation.end + room)
    if left > start:
        blank = text.find(" ", left, citation.start)
        left = blank + 1 if blank >= 0 else left
    if right < end:
        blank = text.rfind(" ", citation.end, right)
        right = blank if blank >= 0 else right
    return left, right


class Store:
    """The database of one knowledge base."""

    def __init__(self, engine: sa.Engine, folder: Path | None = None) -> None:
        self.engine = engine
        self.folder = folder
        """The folder of the base, None where it lies in a database server."""

    @classmethod
    def open(cls, where: str | Path, *, create: bool = False) -> Store:
        """Open the base in a folder (``kb.sqlite`` in it) or at an SQLAlchemy URL.

        Raises ``NotFoundError`` where there is none and ``create`` is false, ``KnowledgeBaseError`` where the
        database cannot be used or was written by another version.
        """
        url = str(where)
        folder: Path | None = None
        if "://" not in url:
            folder = Path(where)
            path = folder / DATABASE
            if not path.exists() and not create:
                raise NotFoundError(
                    vi=f"Không có kho tri thức ở {folder}. Hãy chạy: cancu ingest THƯ_MỤC --kb {folder}",
                    en=f"There is no knowledge base at {folder}. Run: cancu ingest FOLDER --kb {folder}",
                )
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise KnowledgeBaseError(
                    vi=f"Không tạo được thư mục {folder}: {error.strerror}. Hãy chọn chỗ khác bằng --kb.",
                    en=f"Cannot make the folder {folder}: {error.strerror}. Choose another place with --kb.",
                ) from error
            url = f"sqlite:///{path}"
        engine = sa.create_engine(url)
        if engine.dialect.name == "sqlite":
            _tune_sqlite(engine)
        store = cls(engine, folder)
        try:
            store._prepare(create)
        except sa.exc.DBAPIError as error:
            raise KnowledgeBaseError(
                vi=f"Không mở được kho tri thức {where}: {error.orig}. Kiểm tra quyền đọc ghi và tệp {DATABASE}.",
                en=f"Cannot open the knowledge base {where}: {error.orig}. Check permissions and the file {DATABASE}.",
            ) from error
        return store

    def _prepare(self, create: bool) -> None:
        if not sa.inspect(self.engine).has_table("meta"):
            if not create:
                raise NotFoundError(
                    vi=f"Không có kho tri thức ở {self.engine.url}. Hãy nạp văn bản trước (cancu ingest).",
                    en=f"There is no knowledge base at {self.engine.url}. Ingest documents first (cancu ingest).",
                )
            with self.writing() as connection:
                schema.metadata.create_all(connection)
                connection.execute(
                    schema.meta.insert(),
                    [{"key": "schema", "value": schema.SCHEMA_VERSION}, {"key": "generation", "value": "0"}],
                )
        with self.reading() as connection:
            version = meta_value(connection, "schema")
        if version != schema.SCHEMA_VERSION:
            raise KnowledgeBaseError(
                vi=f"Kho tri thức theo lược đồ {version}, chương trình cần {schema.SCHEMA_VERSION}. "
                "Hãy nạp lại văn bản vào một kho mới.",
                en=f"The knowledge base has schema {version}, this program needs {schema.SCHEMA_VERSION}. "
                "Ingest the documents into a new one.",
            )

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection for reading, in one snapshot."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One write transaction: committed whole at the end, or not at all."""
        with self.engine.connect().execution_options(immediate=True) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    # -- documents ---------------------------------------------------------------------------------------------

    def known_files(self) -> dict[str, tuple[str, str]]:
        """Name → (sha256, reader version) of every held file."""
        with self.reading() as connection:
            rows = connection.execute(sa.select(schema.file.c.name, schema.file.c.sha256, schema.file.c.reader_version))
            return {name: (sha256, version) for name, sha256, version in rows}

    def is_current(self, name: str, sha256: str, reader_version: str) -> bool:
        """True where this very content was read by this very reader, so that nothing need be done."""
        with self.reading() as connection:
            row = connection.execute(
                sa.select(schema.file.c.sha256, schema.file.c.reader_version).where(schema.file.c.name == name)
            ).first()
        return row is not None and (row[0], row[1]) == (sha256, reader_version)

    def put(self, source: SourceLike, reading: Reading, hints: Hints | None = None, *, force: bool = False) -> str:
        """Store a text and its reading; returns ``added``, ``changed`` or ``unchanged``.

        The same file name, content and reader version change nothing unless ``force``. One transaction.
        """
        if not force and self.is_current(source.name, source.sha256, reading.version):
            return "unchanged"
        with self.writing() as connection:
            old = connection.execute(sa.select(schema.file.c.id).where(schema.file.c.name == source.name)).scalar()
            if old is not None:
                forget_file(connection, old)
            corrections = corrections_for(connection, source.name)
            write_file(connection, source, reading, hints or Hints(), corrections)
            touch(connection)
        return "added" if old is None else "changed"

    def remove(self, name: str) -> bool:
        """Take a file out; False where there is none of that name. Its document stays while others cite it."""
        with self.writing() as connection:
            old = connection.execute(sa.select(schema.file.c.id).where(schema.file.c.name == name)).scalar()
            if old is None:
                return False
            forget_file(connection, old)
            touch(connection)
        return True

    def content_id(self) -> str:
        """Digest of everything that was put in: files by name, content and reader version, and corrections."""
        digest = hashlib.sha256()
        with self.reading() as connection:
            columns = (schema.file.c.name, schema.file.c.sha256, schema.file.c.reader_version)
            for row in connection.execute(sa.select(*columns).order_by(schema.file.c.name)):
                digest.update("\x1f".join(row).encode() + b"\x1e")
            wrong = schema.correction.c
            for row in connection.execute(
                sa.select(wrong.kind, wrong.subject, wrong.value).order_by(wrong.kind, wrong.subject, wrong.value)
            ):
                digest.update("\x1f".join(row).encode() + b"\x1d")
            pending = connection.execute(sa.select(sa.func.count()).select_from(schema.dirty_base)).scalar()
            digest.update(str(bool(pending)).encode())
        return digest.hexdigest()[:16]

    def generation(self) -> int:
        """A number that grows with every write; cheap to ask."""
        with self.reading() as connection:
            return int(meta_value(connection, "generation") or 0)


def _tune_sqlite(engine: sa.Engine) -> None:
    @sa.event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, so that writers can take the lock at once
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=60000", "cache_size=-65536"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        immediate = connection.get_execution_options().get("immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def meta_value(connection: sa.Connection, key: str) -> str | None:
    """A value of the base as a whole, None where it is not set."""
    return connection.execute(sa.select(schema.meta.c.value).where(schema.meta.c.key == key)).scalar()


def set_meta(connection: sa.Connection, key: str, value: str) -> None:
    """Remember a value of the base as a whole."""
    connection.execute(schema.meta.delete().where(schema.meta.c.key == key))
    connection.execute(schema.meta.insert().values(key=key, value=value))


def touch(connection: sa.Connection) -> None:
    """Note that the content changed."""
    value = sa.cast(sa.cast(schema.meta.c.value, sa.Integer) + 1, sa.Text)
    connection.execute(schema.meta.update().where(schema.meta.c.key == "generation").values(value=value))


def pairs(result: Iterable[Any]) -> dict[Any, Any]:
    """A result of two columns as a dict, in the result's order."""
    return {row[0]: row[1] for row in result}


def insert_missing(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows whose key is not there yet."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as pg_insert

        connection.execute(pg_insert(table).on_conflict_do_nothing(), rows)
    else:
        from sqlalchemy.dialects.sqlite import insert as sqlite_insert

        connection.execute(sqlite_insert(table).on_conflict_do_nothing(), rows)


def corrections_for(connection: sa.Connection, name: str) -> tuple[Correction, ...]:
    """The corrections that speak of citations or the header of one file."""
    table = schema.correction
    rows = connection.execute(
        sa.select(table)
        .where(sa.or_(table.c.subject == name, table.c.subject.startswith(name + "@", autoescape=True)))
        .order_by(table.c.id)
    )
    return tuple(Correction(row.kind, row.subject, row.value, row.author, row.date, row.reason) for row in rows)


def forget_file(connection: sa.Connection, file_id: int) -> None:
    """Delete a file's rows and note the keys it bore on."""
    bases = connection.execute(
        sa.select(schema.citation.c.base)
        .where(schema.citation.c.file_id == file_id, schema.citation.c.base.is_not(None))
        .distinct()
    ).scalars()
    own = connection.execute(sa.select(schema.file.c.base).where(schema.file.c.id == file_id)).scalars()
    insert_missing(connection, schema.dirty_base, [{"base": base} for base in {*bases, *own}])
    ends: set[int] = set()
    for column in (schema.citation.c.source_id, schema.citation.c.dest_id):
        ends.update(
            connection.execute(
                sa.select(column).where(schema.citation.c.file_id == file_id, column.is_not(None)).distinct()
            ).scalars()
        )
    insert_missing(connection, schema.dirty_document, [{"document_id": end} for end in sorted(ends)])
    mine = sa.select(schema.citation.c.id).where(schema.citation.c.file_id == file_id)
    connection.execute(schema.candidate.delete().where(schema.candidate.c.citation_id.in_(mine)))
    for table, column in (
        (schema.finding, schema.finding.c.file_id),
        (schema.citation, schema.citation.c.file_id),
        (schema.file_text, schema.file_text.c.file_id),
        (schema.dirty_file, schema.dirty_file.c.file_id),
        (schema.file, schema.file.c.id),
    ):
        connection.execute(table.delete().where(column == file_id))


def write_file(
    connection: sa.Connection,
    source: SourceLike,
    reading: Reading,
    hints: Hints,
    corrections: Sequence[Correction],
) -> int:
    """Insert a file's rows as read, with its corrections laid over; returns the file's row id."""
    corrected = overlay(source.name, reading, corrections)
    own = corrected.own
    identity = identify_own(own, source.sha256)
    result = connection.execute(
        schema.file.insert().values(
            name=source.name,
            sha256=source.sha256,
            format=source.format,
            characters=len(source.text),
            reader_version=reading.version,
            hints=dumps({"province": hints.province, "attributes": dict(source.attributes)}),
            pages=dumps([[p.number, p.start, p.end, p.how, p.confidence] for p in source.pages]),
            notices=dumps([{"code": n.code, "vi": n.vi, "en": n.en} for n in source.notices]),
            own=dumps(own.to_json()) if own else None,
            own_original=dumps(reading.own.to_json()) if reading.own and reading.own != own else None,
            own_corrected=reading.own != own,
            base=identity.base,
            tail=identity.tail,
            scope=identity.scope,
            series=identity.series,
            date=own.date if own else None,
            title=own.title if own else None,
        )
    )
    file_id: int = result.inserted_primary_key[0]  # type: ignore[index]
    connection.execute(schema.file_text.insert().values(file_id=file_id, text=source.text))
    following = _starts_after(corrected.citations, len(source.text))
    rows = [
        citation_row(
            file_id,
            n,
            source.text,
            citation,
            own,
            following[n],
            corrected.originals.get(n),
            n in corrected.rejected,
        )
        for n, citation in enumerate(corrected.citations)
    ]
    if rows:
        connection.execute(schema.citation.insert(), rows)
    bases = sorted({row["base"] for row in rows if row["base"]} | {identity.base})
    insert_missing(connection, schema.dirty_base, [{"base": base} for base in bases])
    insert_missing(connection, schema.dirty_file, [{"file_id": file_id}])
    return file_id


def _starts_after(citations: Sequence[Citation], length: int) -> list[int]:
    """For each citation where the next one begins."""
    starts = sorted(citation.start for citation in citations)
    out = []
    for citation in citations:
        at = bisect_left(starts, citation.end)
        out.append(starts[at] if at < len(starts) else length)
    return out


def issuer_wording(text: str, end: int, until: int) -> str | None:
    """Whether the words after a citation ascribe it to the Committee or to its Chairman: evidence, never key."""
    match = _ISSUER_WORDS.search(fold(text[end : min(until, end + _ISSUER_REACH)]))
    if match is None:
        return None
    return "Chủ tịch UBND" if match["chairman"] else "UBND"


def citation_row(
    file_id: int,
    n: int,
    text: str,
    citation: Citation,
    own: OwnIdentity | None,
    until: int,
    original: dict[str, Any] | None,
    rejected: bool,
) -> dict[str, Any]:
    """One row of the table ``citation``, not yet resolved."""
    identity = None if rejected else identify_citation(citation, own)
    left, right = sentence_window(text, citation)
    return {
        "file_id": file_id,
        "n": n,
        "start": citation.start,
        "end": citation.end,
        "kind": citation.kind,
        "raw": citation.text,
        "number": citation.number,
        "type": citation.type,
        "date": citation.date,
        "body": citation.body,
        "issuer": issuer_wording(text, citation.end, until) if citation.body == "UBND" else None,
        "province": citation.province,
        "province_known": citation.province_known,
        "unit": citation.unit,
        "relation": citation.relation,
        "inverse": citation.inverse,
        "cue": text[citation.cue[0] : citation.cue[1]][:200] if citation.cue else None,
        "cue_start": citation.cue[0] if citation.cue else None,
        "aspect": citation.aspect,
        "pinpoint": citation.pinpoint,
        "title": citation.title,
        "parent": citation.parent,
        "sentence": text[left:right],
        "highlight": citation.start - left,
        "page": citation.page,
        "line": citation.line,
        "confidence": citation.confidence,
        "repairs": dumps([repair.to_json() for repair in citation.repairs]) if citation.repairs else None,
        "notes": dumps(list(citation.notes)) if citation.notes else None,
        "original": dumps(original) if original else None,
        "base": identity.base if identity else None,
        "tail": identity.tail if identity else None,
        "series": identity.series if identity else None,
        "status": "rejected" if rejected else "unresolved",
        "method": "correction" if rejected else "",
    }
