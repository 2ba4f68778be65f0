"""A draft to be spoilt, and the kinds of mistakes by name."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kb.checking.catalogue import RULES
from kb.checking.draft import Cited, Draft
from kb.checking.sources import Known
from kb.service import KnowledgeBase

WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Planted:
    """A draft with one mistake in ``text[start:end]``."""

    text: str
    start: int
    end: int
    shown: str


@dataclass
class Case:
    """A draft to be spoilt."""

    name: str
    text: str
    draft: Draft
    rng: random.Random
    base: KnowledgeBase
    ended: list[str] = field(default_factory=list)
    """Ids of documents of the centre that others ended, as the base knows."""
    known: list[Cited] = field(default_factory=list)
    """Citations of documents that the sources know with date and title, each document once."""

    def __post_init__(self) -> None:
        self.known = [
            one for one in self.draft.others
            if one.by_number and one.first and not one.nested and one.known is not None and one.known.date is not None
            and one.known.title is not None and one.known.law is None
        ]  # fmt: skip

    def told_of(self, number: str) -> Known | None:
        """What the base knows of the one document with a number: what it knows nothing of, no check can decide."""
        found = self.base.lookup(number)
        return self.draft.sources.known(found.matches[0].id) if found.status == "ok" else None

    def replaced(self, start: int, end: int, words: str) -> Planted:
        """The draft with other words in place of a stretch."""
        text = self.text[:start] + words + self.text[end:]
        return Planted(text, start, start + len(words), text[max(0, start - 60) : start + len(words) + 60])

    def put_in(self, sentence: str) -> Planted:
        """The draft with a paragraph put in between two of its own, in its second half."""
        end = _END.search(self.text, len(self.text) // 4)  # nobody writes on below the recipients
        last = end.start() if end is not None else len(self.text)
        gaps = [at for at in self._gaps(r"\.\s*\n\s*\n") if len(self.text) // 4 < at <= last]
        gaps = gaps or [at for at in self._gaps(r"[.;]\s*\n") if at <= last][-3:]
        if not gaps:
            at = len(self.text) + 2
            return Planted(f"{self.text}\n\n{sentence}\n", at, at + len(sentence), sentence)
        at = self.rng.choice(gaps)
        text = f"{self.text[:at]}{sentence}\n\n{self.text[at:]}"
        return Planted(text, at, at + len(sentence), sentence)

    def _gaps(self, pattern: str) -> list[int]:
        return [match.end() for match in re.finditer(pattern, self.text)]

    def put_in_bases(self, cite: str, *, first: bool = False) -> Planted | None:
        """The draft with one more basis."""
        if not self.draft.bases_spans:
            return None
        spans = self.draft.bases_spans
        at = spans[0][0] if first else spans[min(1, len(spans) - 1)][0]
        line = WORDS["basis"].format(cite=cite)
        return Planted(f"{self.text[:at]}{line}\n{self.text[at:]}", at, at + len(line), line)

    def carried(self, cite: str) -> Planted:
        """The draft with a sentence that names a document."""
        return self.put_in(self.rng.choice(WORDS["carry"]).format(cite=cite))

    def any_known(self, wanted: Callable[[Cited], bool] = lambda one: True) -> Cited | None:
        fit = [one for one in self.known if wanted(one)]
        return self.rng.choice(fit) if fit else None


_END = re.compile(r"(?m)^[^\w\n]*Nơi nhận")
Kind = Callable[[Case], "Planted | None"]
FIRST: dict[str, str] = {}
"""Of each kind the first of its codes as they are named: its family is the kind's."""
KINDS: dict[str, tuple[Kind, frozenset[str]]] = {}
"""Every kind of mistake: what plants it, and the codes that may tell it."""


def kind(*codes: str) -> Callable[[Kind], Kind]:
    """Register what plants a kind of mistake, with the codes that may tell it."""
    unknown = set(codes) - set(RULES)
    assert not unknown, unknown

    def register(plant: Kind) -> Kind:
        KINDS[plant.__name__] = (plant, frozenset(codes))
        FIRST[plant.__name__] = codes[0]
        return plant

    return register


def span_of(case: Case, one: Cited) -> tuple[int, int]:
    return one.citation.start, one.citation.end
