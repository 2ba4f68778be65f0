"""What Whoosh unpickles from disk: the index's own plain classes and nothing else.

Whoosh keeps schema, list of segments and stored fields as pickles, and a pickle can run any code. An index that came
from elsewhere is therefore read through an unpickler that knows the few classes an index of ours is made of; anything
else is refused as damage (``pickle.UnpicklingError``). The functions that Whoosh reads with are replaced once, before
any index is opened.
"""

from __future__ import annotations

import io
import pickle
from types import SimpleNamespace
from typing import Any

from whoosh import columns
from whoosh import index as whoosh_index
from whoosh.codec import whoosh3
from whoosh.filedb.structfile import StructFile

ADMITTED = frozenset(
    {
        ("_codecs", "encode"),
        ("builtins", "int"),
        ("collections", "defaultdict"),
        ("indexer.engines.whoosh_fields", "PlacedTerms"),
        ("indexer.engines.whoosh_fields", "Terms"),
        ("whoosh.codec.whoosh3", "W3Codec"),
        ("whoosh.codec.whoosh3", "W3Segment"),
        ("whoosh.fields", "STORED"),
        ("whoosh.fields", "Schema"),
        ("whoosh.formats", "Existence"),
        ("whoosh.formats", "Format"),
    }
)
"""Module and name of every class in an index that this version writes."""


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in ADMITTED:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in an index")
        return super().find_class(module, name)


def loads(data: bytes) -> Any:
    """The object in a pickle; raises ``pickle.UnpicklingError`` where it holds a class that is none of an index."""
    return _Unpickler(io.BytesIO(data)).load()


def _read_pickle(file: StructFile) -> Any:
    return _Unpickler(file.file).load()


def install() -> None:
    """Have Whoosh read by this unpickler wherever it would by its own."""
    whoosh_index.pickle = SimpleNamespace(loads=loads, dumps=pickle.dumps, PicklingError=pickle.PicklingError)
    columns.loads = whoosh3.loads = loads
    StructFile.read_pickle = _read_pickle
