"""Abbreviations as they stand in texts and queries: what they are short for (``data/abbreviations.json``).

"CCHC" is "cải cách hành chính"; a search for one finds the other. Names that people type for provinces ("hn", "sài
gòn") stand here and not with the provinces, whose names are also read in documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from kb.authority import load, provinces
from kb.authority.fold import fold
from kb.authority.phrases import Phrases

FILE = load.DATA / "abbreviations.json"


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """One abbreviation: ``id`` as printed, ``long`` the words it is short for, the usual form first."""

    id: str
    long: tuple[str, ...]
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """Every form of the same, folded: the abbreviation, then its words."""
        return (fold(self.id), *map(fold, self.long))


@dataclass(frozen=True, slots=True)
class ShortName:
    """What is typed for a province (its plain name)."""

    id: str
    province: str
    short: tuple[str, ...]
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


_CONTENT = load.read(FILE)
_EXAMPLES = {"match": load.examples, "no_match": load.examples}


def _abbreviations() -> tuple[Abbreviation, ...]:
    required = {"id": load.word, "long": load.words, **_EXAMPLES}
    return tuple(
        Abbreviation(**load.frozen(one)) for one in load.entries(FILE, required, {}, key="id", content=_CONTENT)
    )


def _short_names() -> tuple[ShortName, ...]:
    required = {"id": load.word, "province": load.one_of(*provinces.NAMES), "short": load.words, **_EXAMPLES}
    raw = load.entries(FILE, required, {}, key="id", section="provinces", content=_CONTENT)
    return tuple(ShortName(**load.frozen(one)) for one in raw)


ABBREVIATIONS: tuple[Abbreviation, ...] = _abbreviations()
SHORT_NAMES: tuple[ShortName, ...] = _short_names()
_FORMS: Phrases[Abbreviation] = Phrases((form, one) for one in ABBREVIATIONS for form in one.forms)
_PROVINCES: Phrases[ShortName] = Phrases((short, one) for one in SHORT_NAMES for short in one.short)


def longest_match(folded: str, start: int = 0) -> tuple[int, Abbreviation] | None:
    """``(end, abbreviation)`` of the longest form, short or written out, that begins at ``start`` of a folded text."""
    return _FORMS.longest(folded, start)


def province(folded: str, start: int = 0) -> tuple[int, ShortName] | None:
    """``(end, name)`` of the longest short name of a province that begins at ``start`` of a folded text."""
    return _PROVINCES.longest(folded, start)


def written_out(text: str) -> str:
    """``text`` folded, every abbreviation in its words and every short name as the province's name."""
    return " ".join(chain.from_iterable(_written_out(fold(text))))


def _written_out(folded: str) -> Iterator[tuple[str]]:
    at = 0
    while at < len(folded):
        named, short = province(folded, at), longest_match(folded, at)
        if named:
            at = named[0]
            yield (fold(named[1].province),)
        elif short and folded[at : short[0]] == short[1].forms[0]:
            at = short[0]
            yield (short[1].forms[1],)
        else:
            end = folded.find(" ", at)
            end = len(folded) if end < 0 else end
            yield (folded[at:end],)
            at = end
        at += len(folded[at:]) - len(folded[at:].lstrip())
