"""A PostgreSQL server for the tests: the one that ``CANCU_TEST_POSTGRES`` names, or one of its own for the session."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
import sqlalchemy as sa

from tools.cluster import postgresql
from tools.cluster.opensearch import CannotStart

VARIABLE = "CANCU_TEST_POSTGRES"
"""SQLAlchemy URL of a database whose user may create others, as in ``postgresql+psycopg://me@127.0.0.1/postgres``."""
_FORMS = (
    "encoding 'UTF8' locale_provider icu icu_locale 'vi' locale 'C.UTF-8'",  # sorts as Vietnamese does
    "encoding 'UTF8'",
)


def new_database(url: str) -> str:
    """Make an empty database on the server of ``url``; returns its URL."""
    name = f"cancu_test_{uuid.uuid4().hex[:12]}"
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with admin.connect() as connection:
        for form in _FORMS:
            try:
                connection.exec_driver_sql(f"create database {name} template template0 {form}")
                break
            except sa.exc.DBAPIError:
                if form is _FORMS[-1]:
                    raise
    return sa.engine.make_url(url).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[], str]]:
    """Gives the URL of a new empty database each time it is called; all are dropped at the end.

    Skips where there is no driver, no ``CANCU_TEST_POSTGRES`` and no server installed.
    """
    pytest.importorskip("psycopg", reason="needs the driver: pip install psycopg[binary]")
    url = os.environ.get(VARIABLE)
    with ExitStack() as stack:
        if not url:
            if postgresql.programs() is None:
                pytest.skip(f"needs a PostgreSQL server: set {VARIABLE} to its URL, or apt-get install postgresql")
            try:
                url = stack.enter_context(postgresql.server()).url
            except CannotStart as error:
                pytest.fail(str(error))
        made: list[str] = []

        def new() -> str:
            made.append(new_database(url))
            return made[-1]

        yield new
        admin = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with admin.connect() as connection:
            for database in made:
                name = sa.engine.make_url(database).database
                connection.exec_driver_sql(f"drop database if exists {name} with (force)")
