"""Opening a search index by its URL: the engine it names is loaded, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from indexer.engines.opensearch_cluster import SCHEME, Address
from indexer.engines.protocol import ENGINES, IndexUnusable, SearchIndex
from messages import Message


def open_index(url: str, *, create: bool = True) -> SearchIndex:
    """Open the index at ``whoosh:DIR``, ``tantivy:DIR`` or ``opensearch:http://NODE,http://NODE/NAME``; with ``create``
    an empty one is made where there is none.

    Raises:
        IndexUnusable: where it cannot be opened, with what to do.
    """
    if url.startswith(f"{SCHEME}:"):
        # An engine is imported only where it is asked for: each takes a while to load.
        from indexer.engines.opensearch_index import OpenSearchIndex

        return OpenSearchIndex.opened(_address(url), create=create)
    engine, _, folder = url.partition(":")
    if engine not in ENGINES or not folder:
        raise _no_address(url)
    path = Path(folder)
    if not create and not (path.is_dir() and any(path.iterdir())):
        raise IndexUnusable(Message("indexer.engines.no_index", path=path))
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise IndexUnusable(
            Message("indexer.engines.cannot_make_folder", path=path, strerror=error.strerror)
        ) from error
    if engine == "whoosh":
        from indexer.engines.whoosh_index import WhooshIndex

        return WhooshIndex(path)
    from indexer.engines.tantivy_index import TantivyIndex

    return TantivyIndex(path)


@contextmanager
def replacing(url: str) -> Iterator[SearchIndex]:
    """An empty index to be filled in the block, after which it is the one at ``url``.

    On a cluster the one in use answers until then; a local engine empties the folder it was given.
    """
    if url.startswith(f"{SCHEME}:"):
        from indexer.engines.opensearch_index import OpenSearchIndex

        with OpenSearchIndex.replacing(_address(url)) as index:
            yield index
    else:
        with closing(open_index(url)) as local:
            local.clear()
            yield local


def _address(url: str) -> Address:
    address = Address.parsed(url)
    if address is None:
        raise _no_address(url)
    return address


def _no_address(url: str) -> IndexUnusable:
    return IndexUnusable(Message("indexer.engines.no_address", url=url))
