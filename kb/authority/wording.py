"""Lists of words in which documents say what they are and what they cite, as data: one file for each room.

``data/words/ROOM.json`` holds the lists that the module or room ROOM of ``kb`` reads with: its header, dates, numbers
and so on. The shape of a pattern is code; its words are data, and come like this::

    from kb.authority.wording import word_lists

    WORDS = word_lists("numbers")                       # read and checked once
    _LABEL = re.compile(rf"{WORDS['label']}\\s{{0,8}}$")  # a piece of pattern: any of the words, the longest first
    WORDS.undamaged("label")                            # the same without what scans make of the words
    WORDS.pattern("label")                              # compiled, as whole words of folded text
    WORDS.folded("label")                               # the folded words themselves

An entry of such a file::

    {"id": "label", "note": "stands before a number",
     "words": ["số"],                    in official spelling; compared without case and diacritics
     "damaged": ["s[o06]"],              optional: patterns over folded letters, how scans read the words
     "caps": true,                       optional: the words count only where they are printed in capitals
     "printed": true,                    optional: compared as printed, case and diacritics included
     "match": ["Quyết định số"],         texts in which one of the words must be found …
     "no_match": ["sổ đỏ của xã"]}       … and in which none must
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kb.authority import load
from kb.authority.fold import fold
from kb.authority.patterns import alternatives
from messages import Message

FOLDER = load.DATA / "words"


@dataclass(frozen=True, slots=True)
class WordList:
    """One list of words; its fields are those of an entry in the file."""

    id: str
    note: str
    words: tuple[str, ...]
    damaged: tuple[str, ...] = ()
    caps: bool = False
    printed: bool = False
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()

    @property
    def alternatives(self) -> str:
        """A piece of pattern for any of the words, the longest first, damaged forms last; without word bounds."""
        return alternatives(self.words, damaged=self.damaged, printed=self.printed)

    @property
    def pattern(self) -> re.Pattern[str]:
        """The words as whole words, for folded text (for printed text where ``printed``)."""
        letter = r"[^\W\d_]" if self.printed else "[a-z]"
        return re.compile(rf"(?<!{letter}){self.alternatives}(?!{letter})")


class WordLists:
    """The word lists of one room, by id; an unknown id raises ``KeyError``."""

    def __init__(self, lists: dict[str, WordList]) -> None:
        self._lists = lists

    def __iter__(self) -> Iterator[WordList]:
        return iter(self._lists.values())

    def __getitem__(self, id: str) -> str:
        """The piece of pattern for one list (``WordList.alternatives``)."""
        return self._lists[id].alternatives

    def undamaged(self, id: str) -> str:
        """The piece of pattern for the words of one list without their damaged forms."""
        one = self._lists[id]
        return alternatives(one.words, printed=one.printed)

    def pattern(self, id: str) -> re.Pattern[str]:
        """The compiled pattern of one list, as whole words (``WordList.pattern``)."""
        return self._lists[id].pattern

    def words(self, id: str) -> tuple[str, ...]:
        """The words of one list as the file spells them."""
        return self._lists[id].words

    def damaged(self, id: str) -> tuple[str, ...]:
        """The damaged forms of one list."""
        return self._lists[id].damaged

    def folded(self, id: str) -> tuple[str, ...]:
        """The words of one list without case and diacritics, in the order of the file."""
        return tuple(fold(word) for word in self._lists[id].words)


def read(path: Path) -> WordLists:
    """The word lists of one data file. Raises ``AuthorityError`` where the file breaks its schema."""
    required = {
        "id": load.word,
        "note": load.word,
        "words": load.words,
        "match": load.examples,
        "no_match": load.examples,
    }
    optional = {"damaged": load.patterns, "caps": load.flag, "printed": load.flag}
    found: dict[str, WordList] = {}
    for entry in load.entries(path, required, optional, key="id"):
        found[entry["id"]] = WordList(**load.frozen(entry))
        if not (found[entry["id"]].words or found[entry["id"]].damaged):
            raise load.fault(path, entry["id"], "words", Message("kb.authority.list_empty"))
    return WordLists(found)


@cache
def word_lists(room: str) -> WordLists:
    """The word lists of one room (``data/words/ROOM.json``), read once.

    Raises ``AuthorityError`` where the file is missing or breaks its schema.
    """
    return read(FOLDER / f"{room}.json")


def rooms() -> list[str]:
    """The rooms that have word lists."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))
