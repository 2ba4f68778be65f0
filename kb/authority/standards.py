"""Series of standards and technical regulations: the letters with which their designations begin
(``data/standards.json``)."""

from __future__ import annotations

from dataclasses import dataclass

from kb.authority import load, types

FILE = load.DATA / "standards.json"


@dataclass(frozen=True, slots=True)
class Series:
    """One series. ``id``: its letters; ``type``: id of the type table; ``ocr``: what scans make of the letters;
    ``adopted``: international editions that are national standards under the same number and year."""

    id: str
    type: str
    name: str
    ocr: tuple[str, ...] = ()
    adopted: tuple[str, ...] = ()
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


def _read() -> tuple[Series, ...]:
    required = {
        "id": load.word,
        "type": load.one_of(*(kind.id for kind in types.TYPES)),
        "name": load.word,
        "match": load.examples,
        "no_match": load.examples,
    }
    optional = {"ocr": load.words, "adopted": load.words}
    return tuple(Series(**load.frozen(entry)) for entry in load.entries(FILE, required, optional, key="id"))


SERIES: tuple[Series, ...] = _read()
