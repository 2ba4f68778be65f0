"""Statements: every fact about a document is a value with its source; the best source's is shown, the others stay.

Sources are ranked: the document's own text, a register, the law table, several citing texts that agree, one citing
text. Among citing texts the value that most of them give wins (``kb.resolution.consensus`` puts them in order).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.authority import issuer_words, issuers
from kb.authority.fold import fold
from kb.identity.title_likeness import same_title
from messages import Message

OWN, REGISTER, LAW_TABLE, AGREEING, ONE = "own", "register", "law_table", "citations", "citation"
SOURCES = (OWN, REGISTER, LAW_TABLE, AGREEING, ONE)
"""Kinds of sources, the best first."""

FIELDS = (
    "number", "type", "date", "body", "issuer", "province", "unit", "title", "effect_from", "effect_to",
    "status",
)  # fmt: skip
"""What statements are about. ``issuer``: in the words of the source ("Bộ Chính trị"), ``body``: the issuer's code;
``effect_from``, ``effect_to``: the first and the last day in force; ``status``: one of
``kb.knowledge.registers.row.STATUS``, as a register says it."""

_DATES = frozenset({"date", "effect_from", "effect_to"})


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so: one of ``SOURCES``; ``name`` and ``as_of`` (ISO) of a register; ``count``: how many texts."""

    kind: str
    count: int = 1
    name: str | None = None
    as_of: str | None = None

    @property
    def message(self) -> Message:
        """The source in words: "theo 31 văn bản", "theo Bộ pháp điển đến 14/11/2025", "theo chính văn bản"."""
        if self.kind == REGISTER and self.as_of:
            return Message("kb.knowledge.source.register_as_of", name=self.name or "", as_of=self.as_of)
        if self.kind == REGISTER:
            return Message("kb.knowledge.source.register", name=self.name or "")
        if self.kind == AGREEING:
            return Message("kb.knowledge.source.citations", count=self.count)
        return Message.of("kb.knowledge.source", self.kind, {})

    def text(self, lang: str = "vi") -> str:
        """The same in ``lang`` (``vi`` or ``en``)."""
        return self.message.text(lang)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a statement stands: a held file with line and sentence, or a row of a register."""

    file: str
    line: int
    sentence: str
    document: str | None = None
    """Id of the document whose text it is; None for a register."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One value of one field, and who says so. ``evidence`` is filled where it was asked for."""

    field: str
    value: str
    source: Source
    evidence: tuple[Evidence, ...] = ()

    @property
    def count(self) -> int:
        """How many texts say so."""
        return self.source.count

    @property
    def rank(self) -> int:
        """0 for the best source."""
        return SOURCES.index(self.source.kind)


@dataclass(frozen=True, slots=True)
class FieldKnown:
    """What is known of one field: the winner, and all other statements, best first."""

    winner: Statement
    others: tuple[Statement, ...] = ()

    @property
    def disagreeing(self) -> tuple[Statement, ...]:
        """The others whose value cannot be that of the winner."""
        return tuple(one for one in self.others if not agree(self.winner.field, self.winner.value, one.value))

    @property
    def certain(self) -> bool:
        """Whether more than a single citing text stands behind the winner, so that it may be held against others."""
        return self.winner.source.kind != ONE


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of one document, field by field (those of ``FIELDS`` of which anything is known)."""

    id: str
    fields: dict[str, FieldKnown]

    def get(self, field: str) -> FieldKnown | None:
        """What is known of a field, None where nothing is."""
        return self.fields.get(field)

    def value(self, field: str) -> str | None:
        """The value shown of a field, None where none is known."""
        known = self.fields.get(field)
        return known.winner.value if known else None

    def source(self, field: str) -> Source | None:
        """Where the value shown comes from."""
        known = self.fields.get(field)
        return known.winner.source if known else None


def agree(field: str, one: str, other: str) -> bool:
    """Whether two values of a field can both be true: a partial date with a full one of that month or year, titles
    with nearly all words in common or one cut short."""
    if one == other:
        return True
    if field in _DATES:
        return one.startswith(other) or other.startswith(one)
    if field == "title":
        return same_title(one, other) or fold(one) == fold(other)
    if field == "issuer" and _same_ministry(one, other):
        return True
    return one.casefold() == other.casefold()


def _same_ministry(one: str, other: str) -> bool:
    """Whether both name one ministry: its minister signs for it."""
    named = issuer_words.at(fold(one), 0), issuer_words.at(fold(other), 0)
    codes = {found[1] for found in named if found is not None}
    return None not in named and len(codes) == 1 and issuers.level(codes.pop()) == "ministry"


def citing_source(texts: int) -> Source:
    """The source that so many citing texts are."""
    return Source(AGREEING if texts > 1 else ONE, texts)


def citing(field: str, votes: Sequence[tuple[str, int]]) -> list[Statement]:
    """The statements of citing texts: ``votes`` are (value, number of texts that give it), the winner first."""
    return [Statement(field, value, citing_source(texts)) for value, texts in votes if texts > 0]


def ranked(statements: Iterable[Statement]) -> FieldKnown | None:
    """The statements of one field by their sources, None where there is none. Those of one kind keep their order:
    citing texts come with the winner of their vote first, whether one or several say so."""
    kinds = {AGREEING: SOURCES.index(AGREEING), ONE: SOURCES.index(AGREEING)}
    in_order = sorted(statements, key=lambda one: kinds.get(one.source.kind, one.rank))
    return FieldKnown(in_order[0], tuple(in_order[1:])) if in_order else None
