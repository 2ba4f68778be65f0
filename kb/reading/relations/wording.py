"""The words that rules look for, as pieces of pattern. The words are data: ``kb/authority/data/words/relations.json``,
and how scans read their letters ``kb/authority/data/cues.json``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from kb.authority import load
from kb.authority.fold import fold
from kb.authority.patterns import alternatives, longest_first
from kb.authority.wording import word_lists
from messages import Message

BLANK = "(?: {1,8}|\\.(?! ))"
"""What stands between two words: blanks, since a line break and layout marks may stand there; in scans also a speck
("quy.dinh", "s6.diéu")."""

LISTS = word_lists("relations")


@cache
def words(name: str) -> str:
    """A piece of pattern for any word of a list, damaged readings of its letters included, the longest first.

    Raises ``KeyError`` where there is no such list.
    """
    readings = letter_readings(load.DATA / "cues.json")
    listed = (*LISTS.words(name), *LISTS.damaged(name))
    forms = dict.fromkeys("".join(letter_patterns(word, readings)) for word in longest_first(listed))
    return f"(?:{'|'.join(forms)})"


@cache
def exact(name: str) -> str:
    """A piece of pattern for any word of a list as it is spelled, without case and diacritics; raises ``KeyError``."""
    return alternatives(LISTS.words(name), gap=BLANK)


def spaced(pattern: str) -> re.Pattern[str]:
    """A pattern over folded words, compiled so that each single blank also matches a line break with layout marks."""
    return re.compile(re.sub(r"(?<=[a-z0-9)?},]) (?=[a-z(])", lambda _: BLANK, pattern))


@cache
def letter_readings(path: Path) -> Mapping[str, tuple[str, ...]]:
    """What letters may read in damaged text, by the data file at ``path``; raises ``AuthorityError`` where it is
    wrong."""
    readings = load.read(path).get("readings", {})
    for letter, forms in readings.items():
        if len(letter) != 1 or not isinstance(forms, list) or not all(isinstance(form, str) for form in forms):
            raise load.fault(path, letter, "readings", Message("kb.authority.list_of_texts"))
    return {letter: tuple(forms) for letter, forms in readings.items()}


def letter_patterns(phrase: str, readings: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The phrase as one pattern a letter: the plain folded letter or any measured damaged reading of it."""
    return [_letter_pattern(letter, readings.get(letter, ())) for letter in phrase]


@cache
def _letter_pattern(letter: str, readings: tuple[str, ...]) -> str:
    if letter == " ":
        return BLANK
    forms = dict.fromkeys([fold(letter), *readings])
    single = "".join(form for form in forms if len(form) == 1)
    longer = [re.escape(form) for form in forms if len(form) > 1]
    core = re.escape(single) if len(single) == 1 else f"[{re.escape(single)}]"
    if longer:
        core = f"(?:{'|'.join([*longer, core])})"
    return core + "?" if "" in forms else core
