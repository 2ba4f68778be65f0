"""The fields of the Whoosh index: terms come ready made from :mod:`indexer.words.analysis`, as lists."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from whoosh import fields, formats

from indexer.engines.protocol import FORMAT
from indexer.index_document import KEY_FIELDS, TEXT_FIELDS


class Terms(fields.FieldType):  # type: ignore[misc]
    """A list of terms; how often each occurs is its weight."""

    def __init__(self) -> None:
        self.format = formats.Existence()
        self.scorable = True  # Whoosh asks for the length of every posting's document, and is slow where there is none
        self.stored = self.unique = self.spelling = False
        self.indexed = True
        self.analyzer = self.vector = self.column_type = None
        self.multitoken_query = "default"

    def index(self, value: Sequence[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, count in Counter(value).items():
            yield encoded(term), count, float(count), b""


class PlacedTerms(Terms):
    """The same with positions: the index of each term in the list.

    Positions are kept as 32-bit numbers in a row, so that a whole posting list is read as one array.
    """

    def __init__(self) -> None:
        super().__init__()
        self.format = formats.Format()

    def index(self, value: Sequence[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        places: dict[str, array[int]] = defaultdict(_numbers)
        for place, term in enumerate(value):
            places[term].append(place)
        for term, found in places.items():
            yield encoded(term), len(found), float(len(found)), found.tobytes()


def _numbers() -> array[int]:
    return array("I")


def encoded(term: str) -> bytes:
    """A term as Whoosh orders it; lone surrogates (from broken names) are kept, not refused."""
    return term.encode("utf-8", "surrogatepass")


def schema() -> fields.Schema:
    """``head`` is what every search needs of every document, ``packed`` what is shown of the documents found."""
    found = fields.Schema(head=fields.STORED(), packed=fields.STORED())
    found.add(f"format_{FORMAT}", fields.STORED())
    for name in (*TEXT_FIELDS, *KEY_FIELDS):
        found.add(name, PlacedTerms() if name == "pairs" else Terms())
    return found
