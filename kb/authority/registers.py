"""How registers name their columns and the states of a document (``data/registers.json``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.authority import load
from kb.authority.fold import fold

FILE = load.DATA / "registers.json"
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")  # "soKyHieu"
_SIGNS = re.compile(r"[^a-z0-9#]+")
_WHOLE = 100
"""What a head counts that is just a column's usual one, against one that only holds its words."""


@dataclass(frozen=True, slots=True)
class Column:
    """How the heads of one column read; see ``about`` in the file."""

    field: str
    whole: tuple[str, ...]
    holds: tuple[str, ...]
    never: tuple[str, ...]
    match: tuple[str, ...]
    no_match: tuple[str, ...]

    def weight(self, plain: str) -> int:
        """How much speaks for a head (``plain_head``) being this column's, 0 where nothing does."""
        if plain in self.whole:
            return _WHOLE
        if any(_holds(plain, words) for words in self.never):
            return 0
        return max((len(words) for words in self.holds if _holds(plain, words)), default=0)


@dataclass(frozen=True, slots=True)
class State:
    """The words that tell one state of a document."""

    id: str
    holds: tuple[str, ...]
    match: tuple[str, ...]
    no_match: tuple[str, ...]


_CONTENT = load.read(FILE)
_EXAMPLES = {"match": load.examples, "no_match": load.examples}


def _columns() -> tuple[Column, ...]:
    required = {"field": load.word, "whole": load.words, "holds": load.words, "never": load.words, **_EXAMPLES}
    found = load.entries(FILE, required, {}, key="field", section="columns", content=_CONTENT)
    return tuple(Column(**load.frozen(entry)) for entry in found)


def _states() -> tuple[State, ...]:
    required = {"id": load.word, "holds": load.examples, **_EXAMPLES}
    found = load.entries(FILE, required, {}, key="id", section="states", content=_CONTENT)
    return tuple(State(**load.frozen(entry)) for entry in found)


COLUMNS: tuple[Column, ...] = _columns()
STATES: tuple[State, ...] = _states()
AS_CITED: str = _CONTENT["as_cited"]
AS_CITED_DATED: str = _CONTENT["as_cited_dated"]
"""How a document of a register would be cited in a sentence, without and with its date."""
_NUMBERING = frozenset(_CONTENT["numbering"])


def plain_head(head: str) -> str:
    """A head as it is compared: words without case, diacritics and signs."""
    return _SIGNS.sub(" ", fold(_CAMEL.sub(" ", head))).strip()


def only_counts(head: str) -> bool:
    """Whether a head is that of a column that only counts the rows ("STT")."""
    return plain_head(head) in _NUMBERING


def field_of(head: str) -> str | None:
    """The field that a head most likely names, None for one that no field is known by."""
    return best(weights(head))


def weights(head: str) -> dict[str, int]:
    """By field how much speaks for a head naming it; fields for which nothing does are left out."""
    plain = plain_head(head)
    if not plain or plain in _NUMBERING:
        return {}
    found = {column.field: column.weight(plain) for column in COLUMNS}
    return {field: weight for field, weight in found.items() if weight}


def best(weighed: dict[str, int]) -> str | None:
    """The field that most speaks for, of several alike the first in the file; None where there is none."""
    return max(weighed, key=lambda field: weighed[field], default=None)


def state_of(words: str) -> str | None:
    """The state that the words of a cell tell, None where they are not known."""
    plain = plain_head(words)
    told = [(len(phrase), state.id) for state in STATES for phrase in state.holds if _holds(plain, phrase)]
    return max(told)[1] if told else None


def _holds(plain: str, words: str) -> bool:
    return f" {words} " in f" {plain} "


def fields() -> Sequence[str]:
    """The fields that a register's columns may be, in the order of the file."""
    return tuple(column.field for column in COLUMNS)
