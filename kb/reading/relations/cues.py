"""Cue phrases as one compiled pattern that also matches their OCR-damaged forms.

The phrases and the readings of damaged letters are data (``kb/authority/data/cues.json``). All phrases are merged
into one trie over letter patterns, so that a window of text is scanned once whatever the number of cues.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from kb.authority import load
from kb.authority.relations import RELATIONS
from kb.reading.relations.wording import letter_patterns, letter_readings

ROLES = ("verb", "attach", "link", "mention", "stop", "after", "opener", "none")
TRAITS = {
    "adds": "puts something in beside what is there, so that “tại X” behind it may be the place, not who acts",
    "any_time": "is done to time of any kind, so that what is laid down must follow",
    "as_laid_down": "a tie that says: as the document lays down",
    "as_ruled": "a tie that says: in the way the document rules",
    "at_once": "an effect that is told only where the day until which it lasts stands right behind",
    "by_this": "an effect that is told of the document before it only where the text itself is named behind",
    "founds": "founds any act, not only a document, on what follows",
    "issues": "brings the document behind it into being",
    "joins": "also said of what is sent along with a letter",
    "laid_down": "a tie that names where something is laid down",
    "leading": "governs only where it opens its article or item",
    "loose": "often has another object than the verb behind it",
    "names_basis": "opens an item of a preamble",
    "new_wording": "an effect that is told of the document before it only where the new wording follows",
    "next": "governs only what stands right behind it",
    "object_next": "acts only on a document that stands right behind it",
    "of_documents": "is done to documents alone",
    "opens_only": "governs only where it opens its clause",
    "proposes": "names what another asks for",
    "theo": "a tie that governs across a weaker one behind it",
    "undergone": "an effect told as something that the document before it undergoes, by the text that tells it",
    "until": "an effect that is told only with the day or event until which it lasts",
    "vague": "is done to other things than documents too",
    "with_deeds": "goes together with carrying out, and then says nothing of its own",
}
"""What sets single cues apart from others of their role, as the rules ask for it."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue phrase: the relation it tells, the role it plays in the sentence, and what sets it apart from others of
    that role (see the data file)."""

    phrase: str
    relation: str
    role: str
    traits: frozenset[str] = frozenset()


class Hit(NamedTuple):  # made by the hundred thousand: a third of a frozen dataclass's time
    """A cue found in a window; ``start``/``end`` are offsets into the window."""

    start: int
    end: int
    cue: Cue


@dataclass(frozen=True)
class CueTable:
    """The cues and the regular expression that finds them."""

    cues: tuple[Cue, ...]
    expression: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled when it is first asked: a tenth of a second, and a draft that amends nothing needs
        only some of the tables. Its ``lastindex`` is the cue's place plus one."""
        return re.compile(self.expression)

    def find(self, window: str) -> list[Hit]:
        """All cues of a folded window in order, the longest where several begin at one place."""
        cues = self.cues
        found = []
        for match in self.pattern.finditer(f" {window}"):
            start, end = match.span()
            found.append(Hit(start, end - 1, cues[(match.lastindex or 1) - 1]))
        return found

    def first(self, window: str) -> tuple[int, int] | None:
        """Where the first cue of a folded window begins and ends."""
        match = self.pattern.search(f" {window}")
        return (match.start(), match.end() - 1) if match else None


def _trie_pattern(node: dict[str, Any]) -> tuple[str, list[int]]:
    """Pattern of a trie node and the cue numbers of its leaves in group order; longer phrases are tried first."""
    branches, leaves = [], []
    for key, child in node.items():
        if key:
            pattern, numbers = _trie_pattern(child)
            branches.append(key + pattern)
            leaves += numbers
    if "" in node:
        branches.append("(?![a-z0-9])()")
        leaves.append(node[""])
    return (branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"), leaves


def compile_cues(cues: list[Cue], letters: list[list[str]]) -> CueTable:
    """One pattern for all cues; ``letters`` holds each cue's letter patterns."""
    root: dict[str, Any] = {}
    for number, patterns in enumerate(letters):
        node = root
        for pattern in patterns:
            node = node.setdefault(pattern, {})
        node[""] = number
    pattern, order = _trie_pattern(root)
    ordered = tuple(cues[number] for number in order)
    # the character before a cue is matched too: so it skips from one word to the next, three times faster
    return CueTable(ordered, rf"[^a-z0-9]{pattern}")


@cache
def cue_table(*roles: str) -> CueTable:
    """The cues that play one of ``roles``; a cue with several roles is given the first one asked for.

    Raises ``kb.authority.load.AuthorityError`` where the data file breaks its schema.
    """
    path = load.DATA / "cues.json"
    readings = letter_readings(path)
    cues, letters = [], []
    for row in _rows(path):
        role = next((role for role in roles if role in row["roles"]), None)
        if role is not None:
            cues.append(Cue(row["phrase"], row["relation"], role, frozenset(row.get("traits", ()))))
            letters.append(letter_patterns(row["phrase"], readings if row.get("noisy", True) else {}))
    return compile_cues(cues, letters)


@cache
def _rows(path: Path) -> tuple[Mapping[str, Any], ...]:
    """The rows of the data file, checked; a hiding phrase stands, and is tried, before a damaged reading of a cue."""
    fields = {"phrase": load.word, "relation": load.word, "roles": load.examples}
    rows = load.entries(
        path,
        fields,
        {"noisy": load.flag, "traits": load.words, "match": load.words, "no_match": load.words},
        key="phrase",
    )
    vocabulary = [relation.id for relation in RELATIONS]
    for row in rows:
        load.known(path, row["phrase"], "roles", row["roles"], ROLES)
        load.known(path, row["phrase"], "relation", [row["relation"]], vocabulary)
        load.known(path, row["phrase"], "traits", row.get("traits", ()), TRAITS)
    return tuple(sorted(rows, key=lambda row: "none" not in row["roles"]))
