"""Opening a search index by its URL: the engine it names is loaded, and no other."""

from __future__ import annotations

from pathlib import Path

from indexer.engines.protocol import ENGINES, IndexUnusable, SearchIndex
from messages import Message


def open_index(url: str, *, create: bool = True) -> SearchIndex:
    """Open the index at ``whoosh:DIR`` or ``tantivy:DIR``; with ``create`` an empty one is made where there is none.

    Raises:
        IndexUnusable: where it cannot be opened, with what to do.
    """
    engine, _, folder = url.partition(":")
    if engine not in ENGINES or not folder:
        raise IndexUnusable(Message("indexer.engines.no_address", url=url))
    path = Path(folder)
    if not create and not path.is_dir():
        raise IndexUnusable(Message("indexer.engines.no_index", path=path))
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise IndexUnusable(
            Message("indexer.engines.cannot_make_folder", path=path, strerror=error.strerror)
        ) from error
    # An engine is imported only where it is asked for: each takes a while to load.
    if engine == "whoosh":
        from indexer.engines.whoosh_index import WhooshIndex

        return WhooshIndex(path)
    from indexer.engines.tantivy_index import TantivyIndex

    return TantivyIndex(path)
