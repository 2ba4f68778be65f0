"""The weights of pyvi's word segmentation model, read from the file that the package installs.

The file is a pickle whose only content of interest is a model in CRFsuite's binary format (version 100; layout from
the CRFsuite 0.12 sources: ``crf1d_model.c`` and ``cqdb.c``). It is unpickled without importing scikit-learn (a second
and 100 MB), and with every class replaced by an inert one, so that reading it runs no code of the pickle.
"""

from __future__ import annotations

import codecs
import importlib.util
import io
import pickle
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from messages import CancuError, Message

_HEADER = struct.Struct("<4s I 4s 9I")
_FEATURE = struct.Struct("<3I d")
_STATE, _TRANSITION = 0, 1


class SegmenterUnusable(CancuError):
    """pyvi is not installed, or its model is not the one this reader understands."""

    def __init__(self, found: str) -> None:
        super().__init__(Message("indexer.words.no_segmenter", found=found))
        self.found = found

    def __reduce__(self) -> tuple[type[SegmenterUnusable], tuple[str]]:
        return (SegmenterUnusable, (self.found,))


@dataclass(frozen=True, slots=True)
class Weights:
    """``attributes``: by name, the weight for "inside a word" minus that for "beginning of a word";
    ``transitions``: ``(to_begin, to_inside)``, each ``(from_begin, from_inside)``."""

    attributes: dict[str, float]
    transitions: tuple[tuple[float, float], tuple[float, float]]

    def difference(self, attribute: str) -> float:
        # CRFsuite takes attributes as C strings: whatever follows a NUL does not count.
        return self.attributes.get(attribute.partition("\0")[0], 0.0)


class _Inert:
    """Stands for whatever class the pickle names; keeps the state it is given."""

    def __init__(self, *args: Any) -> None:
        self.state: Any = None

    def __setstate__(self, state: Any) -> None:
        self.state = state


class _InertUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        # Old pickle protocols write bytes as text to be encoded; nothing else in the file needs to be run.
        return codecs.encode if (module, name) == ("_codecs", "encode") else _Inert


def _package_file(name: str) -> Path:
    """A file that pyvi installs. Raises ``SegmenterUnusable`` where it is not there."""
    spec = importlib.util.find_spec("pyvi")
    places = spec.submodule_search_locations if spec is not None else None
    path = Path(places[0]) / "models" / name if places else None
    if path is None or not path.is_file():
        raise SegmenterUnusable(f"{name}: –")
    return path


def load_lexicon() -> tuple[frozenset[str], frozenset[str]]:
    """pyvi's words of two and of three syllables."""
    entries = _package_file("words.txt").read_text(encoding="utf-8").split("\n")
    bigrams = frozenset(entry for entry in entries if entry.count(" ") == 1)
    trigrams = frozenset(entry for entry in entries if entry.count(" ") == 2)
    return bigrams, trigrams


def load_weights() -> Weights:
    """The weights of the model.

    Raises:
        SegmenterUnusable: where the file is missing or has another layout or other labels.
    """
    estimator = _InertUnpickler(io.BytesIO(_package_file("pyvi3.pkl").read_bytes())).load()
    try:
        blob = estimator.state["modelfile"].state["__FILE_RESOURCE_DATA__"]
        return _parse(blob)
    except (AttributeError, KeyError, TypeError, struct.error, IndexError) as error:
        raise SegmenterUnusable(repr(error)) from error


def _parse(blob: bytes) -> Weights:
    magic, _, _, version, _, _, _, features_at, labels_at, attributes_at, _, _ = _HEADER.unpack_from(blob)
    if magic != b"lCRF" or version != 100:
        raise SegmenterUnusable(f"{magic!r} {version}")
    labels = _strings(blob, labels_at)
    inside = next((number for number, name in labels.items() if name == "I_W"), None)
    if len(labels) != 2 or inside is None:
        raise SegmenterUnusable(", ".join(sorted(labels.values())))
    count = struct.unpack_from("<I", blob, features_at + 8)[0]
    features = [_FEATURE.unpack_from(blob, features_at + 12 + index * _FEATURE.size) for index in range(count)]
    names = _strings(blob, attributes_at)
    attributes = dict.fromkeys(names.values(), 0.0)
    transitions = [[0.0, 0.0], [0.0, 0.0]]
    for kind, source, target, weight in features:
        if kind == _STATE:
            attributes[names[source]] += weight if target == inside else -weight
        else:
            transitions[int(target == inside)][int(source == inside)] = weight
    to_begin, to_inside = transitions
    return Weights(attributes, ((to_begin[0], to_begin[1]), (to_inside[0], to_inside[1])))


def _strings(blob: bytes, at: int) -> dict[int, str]:
    """The strings of a constant quark database, by number."""
    magic, _, _, _, count, backward = struct.unpack_from("<4s 5I", blob, at)
    if magic != b"CQDB":
        raise SegmenterUnusable(repr(magic))
    found = {}
    for number in range(count):
        entry = struct.unpack_from("<I", blob, at + backward + 4 * number)[0]
        if entry:
            size = struct.unpack_from("<I", blob, at + entry + 4)[0]
            found[number] = blob[at + entry + 8 : at + entry + 8 + size - 1].decode("utf-8")
    return found
