"""Opening a search index by its URL: the engine it names is loaded, and no other."""

from __future__ import annotations

from pathlib import Path

from indexer.engines.protocol import ENGINES, IndexUnusable, SearchIndex


def open_index(url: str, *, create: bool = True) -> SearchIndex:
    """Open the index at ``whoosh:DIR`` or ``tantivy:DIR``; with ``create`` an empty one is made where there is none.

    Raises:
        IndexUnusable: where it cannot be opened, with what to do.
    """
    engine, _, folder = url.partition(":")
    if engine not in ENGINES or not folder:
        raise IndexUnusable(
            vi=f"“{url}” không phải là địa chỉ chỉ mục. Dùng whoosh:THƯ_MỤC hoặc tantivy:THƯ_MỤC.",
            en=f"“{url}” is not the address of an index. Use whoosh:FOLDER or tantivy:FOLDER.",
        )
    path = Path(folder)
    if not create and not path.is_dir():
        raise IndexUnusable(
            vi=f"Không có chỉ mục tìm kiếm ở {path}. Hãy chạy: cancu rebuild",
            en=f"There is no search index at {path}. Run: cancu rebuild",
        )
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise IndexUnusable(
            vi=f"Không tạo được thư mục chỉ mục {path}: {error.strerror}.",
            en=f"Cannot make the index folder {path}: {error.strerror}.",
        ) from error
    # An engine is imported only where it is asked for: each takes a while to load.
    if engine == "whoosh":
        from indexer.engines.whoosh_index import WhooshIndex

        return WhooshIndex(path)
    from indexer.engines.tantivy_index import TantivyIndex

    return TantivyIndex(path)
