"""Opening the database, and putting one document in or taking it out as one transaction.

``put`` writes a text, its reading and the list of keys that resolution has to look at again together or not at all:
whatever moment the process is killed at, the base stays readable and the next run goes on from there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa

from kb.errors import KnowledgeBaseError, NotFoundError
from kb.model import Hints, Reading
from kb.store import schema, upgrade
from kb.store.content import content_id, unfinished
from kb.store.faults import fault_of, reason, told
from kb.store.source import SourceLike
from kb.store.sql import touch
from kb.store.to_index import generation
from kb.store.write import corrections_for, forget_file, write_file
from messages import Message, pick

DATABASE = "kb.sqlite"


class Store:
    """The database of one knowledge base."""

    def __init__(self, engine: sa.Engine, folder: Path | None = None) -> None:
        self.engine = engine
        self.folder = folder
        """The folder of the base, None where it lies in a database server."""

    @classmethod
    def open(cls, where: str | Path, *, create: bool = False) -> Store:
        """Open the base in a folder (``kb.sqlite`` in it) or at an SQLAlchemy URL.

        A base of an older version is upgraded first (``kb.store.upgrade``). Raises ``NotFoundError`` where there is
        none and ``create`` is false, ``KnowledgeBaseError`` where the database cannot be used or is of a newer version.
        """
        url = str(where)
        folder: Path | None = None
        if "://" not in url:
            folder = Path(where)
            path = folder / DATABASE
            if not path.exists() and not create:
                raise NotFoundError(Message("kb.store.no_base", folder=folder))
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise KnowledgeBaseError(
                    Message("kb.store.cannot_make_folder", folder=folder, strerror=error.strerror)
                ) from error
            url = _of_file(path)
        store = cls(_engine(url), folder)
        try:
            store._prepare(create)
        except sa.exc.DBAPIError as error:
            if (fault := fault_of(reason(error))) in ("damaged", "disk_full", "no_room"):
                place = folder or _named(url)
                raise KnowledgeBaseError(Message(pick("kb.store.fault", fault), place=place)) from error
            what = Message("kb.store.check_rights", file=DATABASE) if folder else Message("kb.store.check_address")
            place = folder or _named(url)
            raise KnowledgeBaseError(
                Message("kb.store.cannot_open", place=place, error=reason(error), what=what)
            ) from error
        return store

    @property
    def _address(self) -> str:
        """Where the database is, without its password."""
        return self.engine.url.render_as_string(hide_password=True)

    def _prepare(self, create: bool) -> None:
        if not sa.inspect(self.engine).has_table("meta"):
            if not create:
                raise NotFoundError(Message("kb.store.no_base_at_server", url=self._address))
            with self._transaction() as connection:
                if not sa.inspect(connection).has_table("meta"):  # another process may have been faster
                    upgrade.create(connection)
        with self.reading() as connection:
            if upgrade.is_current(connection):
                return
            upgrade.check(connection)
        try:
            with self._transaction() as connection:
                upgrade.upgrade(connection)
        except sa.exc.DBAPIError as error:
            place = self.folder or self._address
            raise KnowledgeBaseError(Message("kb.store.cannot_upgrade", place=place, error=reason(error))) from error

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection for reading, in one snapshot. What the database cannot do is raised as
        ``KnowledgeBaseError``."""
        with told(self.folder or self._address), self.engine.connect() as connection:
            if self.engine.dialect.name == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One write transaction: committed whole at the end, or not at all. Writers wait for each other; readers never
        wait.

        Raises:
            KnowledgeBaseError: where the database takes no writes (a full disk, a hot standby, a server that went
                away).
        """
        place = self.folder or self._address
        with told(place):
            try:
                with self._transaction() as connection:
                    yield connection
            except (sa.exc.OperationalError, sa.exc.InternalError) as error:
                if self.folder is not None:
                    raise
                raise KnowledgeBaseError(Message("kb.store.cannot_write", place=place, error=reason(error))) from error

    @contextmanager
    def _transaction(self) -> Iterator[sa.Connection]:
        with self.engine.connect().execution_options(immediate=True) as connection, connection.begin():
            if self.engine.dialect.name == "postgresql":
                connection.execute(_ONE_WRITER)
            yield connection

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    # -- documents ---------------------------------------------------------------------------------------------

    def is_current(self, name: str, sha256: str, reader_version: str) -> bool:
        """True where this very content was read by this very reader, so that nothing need be done."""
        with self.reading() as connection:
            return _holds(connection, name, sha256, reader_version)

    def put(self, source: SourceLike, reading: Reading, hints: Hints | None = None, *, force: bool = False) -> str:
        """Store a text and its reading; returns ``added``, ``changed`` or ``unchanged``.

        The same file name, content and reader version change nothing unless ``force``. One transaction.
        """
        if not force and self.is_current(source.name, source.sha256, reading.version):
            return "unchanged"
        with self.writing() as connection:
            if not force and _holds(connection, source.name, source.sha256, reading.version):
                return "unchanged"  # another process was faster
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
        """What was put in, as one short name (``kb.store.content``)."""
        with self.reading() as connection:
            return content_id(connection)

    def unfinished(self) -> bool:
        """Whether links have still to be brought up to date, because a run was killed or is under way."""
        with self.reading() as connection:
            return unfinished(connection)

    def generation(self) -> int:
        """A number that grows with every write; cheap to ask."""
        with self.reading() as connection:
            return generation(connection)


_ONE_WRITER = sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext("cancu " + sa.func.current_schema())))
"""What SQLite does by itself: a second writer waits until the first has committed."""


def _holds(connection: sa.Connection, name: str, sha256: str, reader_version: str) -> bool:
    """Whether the file of this name has this content, as this reader read it."""
    of_file = sa.select(schema.file.c.sha256, schema.file.c.reader_version).where(schema.file.c.name == name)
    row = connection.execute(of_file).first()
    return row is not None and (row[0], row[1]) == (sha256, reader_version)


def _engine(url: str) -> sa.Engine:
    """The engine for an SQLAlchemy URL; raises ``KnowledgeBaseError`` for one that means no database, or whose driver
    is not installed."""
    try:
        # a server may have closed a connection that lay idle: ask before using one
        engine = sa.create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    except sa.exc.ArgumentError as error:
        example = "postgresql+psycopg://user@host/cancu"
        raise KnowledgeBaseError(Message("kb.store.no_address", url=url, example=example)) from error
    except ImportError as error:
        raise KnowledgeBaseError(Message("kb.store.no_driver", name=error.name, url=_named(url))) from error
    if engine.dialect.name == "sqlite":
        _tune_sqlite(engine)
    return engine


def _named(url: str) -> str:
    """The address of a database without its password."""
    return sa.engine.make_url(url).render_as_string(hide_password=True)


def _of_file(path: Path) -> str:
    """The URL of a SQLite file. Where it may not be written (a base on a shared drive) it is opened to be read: as it
    stands, with what a writer has put beside it where that can be read too."""
    folder = path.parent
    if not path.exists() or (os.access(path, os.W_OK) and os.access(folder, os.W_OK)):
        return f"sqlite:///{path}"
    beside = path.with_name(path.name + "-wal")
    alone = not beside.exists() or beside.stat().st_size == 0
    return f"sqlite:///file:{quote(str(path.absolute()))}?mode=ro&uri=true" + ("&immutable=1" if alone else "")


def _tune_sqlite(engine: sa.Engine) -> None:
    read_only = engine.url.query.get("mode") == "ro"

    @sa.event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, so that writers can take the lock at once
        cursor = connection.cursor()
        for pragma in ("busy_timeout=60000", "cache_size=-65536"):
            cursor.execute(f"PRAGMA {pragma}")
        for pragma in () if read_only else ("journal_mode=WAL", "synchronous=NORMAL"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        immediate = connection.get_execution_options().get("immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
