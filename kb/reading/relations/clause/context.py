"""What the rules of a clause look at, and what they answer."""

from __future__ import annotations

from typing import NamedTuple

from kb.reading.relations.cues import Hit


class Verdict(NamedTuple):
    """What a clause says of the citation behind it; ``cue`` is relative to the clause. ``weak``: a mere mention;
    ``own``: it is a part of the citing text itself that the cited document acted on."""

    relation: str
    cue: tuple[int, int]
    confidence: float
    inverse: bool = False
    aspect: str | None = None
    weak: bool = False
    own: bool = False


NOTHING = Verdict("", (0, 0), 0.0)
"""The answer of a rule that knows its cue to govern something else: the cues before it are read."""


class Setting(NamedTuple):
    """What the clause alone cannot tell.

    ``follows``: a citation stands right before it in the same sentence, and with ``title`` the clause is that
    citation's title. ``may_act``: a document of the citing one's type can amend, replace or repeal the cited one.
    ``opening``: the clause begins its paragraph. ``preamble``: the paragraph before was a legal basis.
    """

    follows: bool = False
    title: bool = False
    may_act: bool = True
    opening: bool = False
    preamble: bool = False


class Met(NamedTuple):
    """The weak cues met between the citation and the cue that is being read: the tie ("theo", "tại"), the words of an
    annex ("ban hành kèm theo"), and the word that only mentions ("nhận được")."""

    link: Hit | None = None
    annex: Hit | None = None
    mention: Hit | None = None


class WeakCue(NamedTuple):
    """A cue that governs only where no verb does."""

    clause: str
    hit: Hit
    met: Met

    @property
    def distance(self) -> int:
        """Code points between the cue and the citation."""
        return len(self.clause) - self.hit.end


class ClauseEnd(NamedTuple):
    """The weak cues of a clause in which no verb governs the citation."""

    met: Met
    setting: Setting


class VerbCue(NamedTuple):
    """A verb that may govern the citation.

    ``hits`` are all cues of the clause and ``place`` the verb's among them; ``link`` and ``annex``: see ``Met``;
    ``between``: the words from the verb to the link, or to the citation where there is none.
    """

    clause: str
    hits: list[Hit]
    place: int
    hit: Hit
    link: Hit | None
    annex: Hit | None
    setting: Setting
    between: str

    @property
    def span(self) -> tuple[int, int]:
        return self.hit.start, self.hit.end

    @property
    def rest(self) -> str:
        """The words from the verb to the citation."""
        return self.clause[self.hit.end :]

    @property
    def under_rule(self) -> bool:
        """The tie says that something is done as the document rules: "theo", "đúng quy định"."""
        return self.link is not None and "as_ruled" in self.link.cue.traits


def verb_cue(clause: str, hits: list[Hit], place: int, met: Met, setting: Setting) -> VerbCue:
    """The context of the verb that is cue number ``place`` of the clause."""
    hit, link = hits[place], met.link
    between = clause[hit.end : link.start if link is not None else len(clause)]
    return VerbCue(clause, hits, place, hit, link, met.annex, setting, between)
