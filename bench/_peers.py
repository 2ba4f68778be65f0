"""Two plain indexes over the same documents, as peers: SQLite's FTS5 and a bare tantivy index, both of folded words."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

import tantivy

from kb.authority.fold import fold

_WORD = re.compile(r"[a-z0-9]+")
TITLE = 3
"""How many times a word of the title counts."""


class Peer(Protocol):
    """An index that is asked for any of the words typed."""

    name: str

    def ask(self, query: str, limit: int = 10) -> list[str]:
        """Ids of the best documents."""


def words(text: str) -> list[str]:
    """The folded words of a text."""
    return _WORD.findall(fold(text))


class Fts5:
    """SQLite FTS5, bm25 with the title weighted."""

    name = "FTS5"

    def __init__(self, documents: Iterable[tuple[str, str, str]], folder: Path) -> None:
        self._db = sqlite3.connect(folder / "fts5.sqlite")
        self._db.execute("create virtual table found using fts5(id unindexed, title, body, tokenize='ascii')")
        rows = ((id, " ".join(words(title)), " ".join(words(body))) for id, title, body in documents)
        self._db.executemany("insert into found values (?, ?, ?)", rows)
        self._db.commit()

    def ask(self, query: str, limit: int = 10) -> list[str]:
        asked = " OR ".join(f'"{word}"' for word in dict.fromkeys(words(query)))
        if not asked:
            return []
        order = f"bm25(found, 0, {TITLE}, 1)"
        rows = self._db.execute(f"select id from found where found match ? order by {order} limit {limit}", (asked,))
        return [row[0] for row in rows]


class Tantivy:
    """tantivy as it comes: one field, the title in it three times."""

    name = "bare tantivy"

    def __init__(self, documents: Iterable[tuple[str, str, str]], folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", tokenizer_name="raw", stored=True)
        builder.add_text_field("body", tokenizer_name="whitespace")
        self._schema = builder.build()
        path = folder / "tantivy"
        path.mkdir()
        self._index = tantivy.Index(self._schema, path=str(path))
        self._index.register_tokenizer(
            "whitespace", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        )
        writer = self._index.writer(64_000_000, 1)
        for id, title, body in documents:
            writer.add_document(tantivy.Document(id=id, body=" ".join(words(title) * TITLE + words(body))))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher: Any = self._index.searcher()

    def ask(self, query: str, limit: int = 10) -> list[str]:
        terms = [tantivy.Query.term_query(self._schema, "body", word) for word in dict.fromkeys(words(query))]
        if not terms:
            return []
        either = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        found = self._searcher.search(either, limit=limit).hits
        return [self._searcher.doc(address).get_first("id") for _, address in found]
