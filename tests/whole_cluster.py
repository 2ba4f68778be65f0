"""PostgreSQL with a hot standby, three OpenSearch nodes and two Dask workers, for one module of tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from postgres_server import new_database

from tools.cluster import dask, opensearch, postgresql
from tools.cluster.opensearch import CannotStart, Cluster
from tools.cluster.postgresql import Server


@pytest.fixture(scope="module")
def nodes() -> Iterator[Cluster]:
    """Three OpenSearch nodes; skips where there is no Java, no Maven, no client, or the jars cannot be had."""
    pytest.importorskip("opensearchpy", reason="needs the client: pip install 'cancu[cluster]'")
    try:
        with opensearch.cluster(3) as made:
            yield made
    except CannotStart as error:
        pytest.skip(f"no OpenSearch cluster here: {error}")


@dataclass(frozen=True, slots=True)
class Databases:
    """A primary and its hot standby."""

    primary: Server
    standby: Server

    def new(self) -> str:
        """The URL of a new empty database on the primary."""
        return new_database(self.primary.url)

    def follower_of(self, url: str) -> str:
        """The URL of the same database on the standby, once it has all that the primary has."""
        postgresql.wait_until_replayed(self.primary, self.standby)
        return self.standby.of(url)


@pytest.fixture(scope="module")
def databases() -> Iterator[Databases]:
    """A PostgreSQL server with a standby of its own; skips where none is installed."""
    pytest.importorskip("psycopg", reason="needs the driver: pip install psycopg[binary]")
    try:
        with postgresql.server() as primary, postgresql.standby(primary) as follower:
            yield Databases(primary, follower)
    except CannotStart as error:
        pytest.skip(f"no PostgreSQL here: {error}")


@pytest.fixture(scope="module")
def workers() -> Iterator[dask.Workers]:
    """A Dask scheduler and two workers, of which the last tests kill one, then the other; skips without Dask."""
    pytest.importorskip("distributed", reason="needs Dask: pip install 'cancu[cluster]'")
    with dask.workers(2) as made:
        yield made
