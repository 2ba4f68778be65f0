"""What the knowledge base answers of a document's lineage as a board, and of its history: plain, frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from kb.answers.fields import Id, Relation, RelationLabel
from kb.answers.shapes import Answer, DocumentBrief, Edge
from messages.facts import Fact


@dataclass(frozen=True, slots=True)
class BoardEntry(Answer):
    """A document on the board. ``edge`` is one sentence (of ``sentences`` in all) that joins it to the board's
    document, or an indirect one to ``via``; ``inside``: what it stands on itself (above), or what stands on it
    (below), where it was opened; ``can_open``: there is something."""

    document: DocumentBrief
    edge: Edge
    sentences: int
    can_open: bool
    via: DocumentBrief | None = None
    inside: tuple[BoardGroup, ...] = ()
    opened: bool = False


@dataclass(frozen=True, slots=True)
class BoardGroup(Answer):
    """The documents of one relation: ``total`` of them in all, the latest first. ``relation`` is None where they are
    reached over others; ``outgoing``: the board's document (or the opened one) is the one that acts."""

    relation: Annotated[str | None, Fact("Id of the relation; null where it is not a direct one.", "implements")]
    outgoing: Annotated[bool, Fact("True where the document stands on, or acts on, those of the group.", True)]
    total: Annotated[int, Fact("How many documents there are; may exceed those given.", 245)]
    entries: tuple[BoardEntry, ...]


@dataclass(frozen=True, slots=True)
class BoardRung(Answer):
    """One rung of the board (``kb.authority.rungs``). ``own``: the document stands here itself; ``missing``: a step of
    the ladder on which no document is known; ``total`` counts the documents of all groups, each once."""

    rung: Annotated[str, Fact("Id of the rung.", "government")]
    own: bool
    missing: bool
    total: int
    above: tuple[BoardGroup, ...]
    below: tuple[BoardGroup, ...]


@dataclass(frozen=True, slots=True)
class Board(Answer):
    """The lineage of one document, rung by rung from the Constitution to the commune. ``acts`` are the amendments,
    replacements and consolidations, apart; ``mentions`` what merely names it or is named by it. ``stands_on`` and
    ``stand_on_it`` count documents, each once; ``truncated``: of what is reached over others some were left out."""

    start: DocumentBrief
    rungs: tuple[BoardRung, ...]
    acts: tuple[BoardGroup, ...]
    mentions: tuple[BoardGroup, ...]
    stands_on: int
    stand_on_it: int
    truncated: bool


@dataclass(frozen=True, slots=True)
class HistoryEvent(Answer):
    """One event in the life of a document. ``kind``: issued, effect_from, effect_to, act (upon it), own_act (upon
    others), version (a consolidated text). ``day``: ISO, maybe partial, None where no source tells; ``coming``: the day
    is yet to come. ``sentence`` proves it, at ``line`` of the text of ``stated_in``."""

    day: Annotated[str | None, Fact("The day (ISO, may be partial) from which it counts.", "2025-03-01")]
    kind: Annotated[str, Fact("What kind of event it is.", "act")]
    coming: bool
    relation: Relation | None = None
    relation_label: RelationLabel | None = None
    partial: bool = False
    document: DocumentBrief | None = None
    source: str | None = None
    source_en: str | None = None
    sentence: str | None = None
    stated_in: Id | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class CitedPart(Answer):
    """How often an article ("Điều 5") is spoken of from elsewhere: ``citing`` documents, ``acts`` of them change it."""

    pinpoint: str
    citing: int
    acts: int
