"""What the rules on acts look at: the act with those coordinated with it, its voice, and who acts."""

from __future__ import annotations

import re
from typing import NamedTuple

from kb.authority.relations import ACTS
from kb.reading.relations.clause.context import Setting, VerbCue
from kb.reading.relations.clause.patterns import DIRECT
from kb.reading.relations.cues import Hit
from kb.reading.relations.wording import exact, spaced, words

_AGENT_REACH = 240  # "được bãi bỏ các điều …, cụm từ “…” bởi X": how far behind the act who acts may stand
_VOICE_REACH = 24  # "được Quốc hội | sửa đổi": how far before the act "được", "bị" is looked for

_AGENT = re.compile(rf"\b(?:(?P<by>{words('by')})|{exact('with')}|(?P<place>{exact('at')})|{exact('as')})\b")
_COORDINATED = re.compile(rf"[ ,]*{exact('and_or')}?[ ,]*")
_IN_PART = re.compile(rf" *(?:{words('in_part')}|{words('pinpoint')})\b")
_SOME_PARTS = spaced(rf" *{exact('some_parts')}\b")
# "Thay thế cụm từ …", "thay thế Phụ lục I …": a part is exchanged, the whole goes on.
_PART = spaced(rf" *(?:{exact('some')} )?(?:{exact('wording')}|{exact('exchanged_part')})\b")
_OBJECT = spaced(
    rf"[ ,]*(?:{words('plural')} (?:{exact('content')}|{words('pinpoint')})(?: {exact('of')})?"
    rf"|{exact('whole_or_part')}|{exact('year')} [0-9]{{4}}|{exact('time')} (?:{exact('ordinal')} )?[a-z0-9]+"
    rf"|{exact('into')}(?: {exact('phrase')})? \"[^\"]{{1,160}}\")?[ ,]*{exact('as_laid_down')}? *"
)
_PASSIVE = re.compile(rf"\b{words('passive')}(?: [a-z]{{1,5}})? *$")


class ActCue(NamedTuple):
    """A verb that acts on a document ("sửa đổi", "thay thế").

    ``start``: where it begins with those coordinated with it ("sửa đổi, bổ sung"); ``relation``: what they tell as a
    whole; ``rest``: the words behind it up to the citation; ``passive``: it is undergone; ``agent``: the word that
    names who acts ("bởi", "tại", "theo", "bằng"); other fields: see ``VerbCue``.
    """

    clause: str
    hit: Hit
    start: int
    relation: str
    rest: str
    between: str
    link: Hit | None
    annex: Hit | None
    setting: Setting
    passive: bool
    agent: re.Match[str] | None
    under_rule: bool

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.hit.end

    @property
    def alone(self) -> bool:
        """No other act is coordinated with it."""
        return self.start == self.hit.start


def act_cue(verb: VerbCue) -> ActCue:
    """The act that a verb tells, read as a whole with the acts coordinated with it."""
    clause, hit, rest = verb.clause, verb.hit, verb.rest
    relation, start = _coordinated(verb, rest)
    if relation == "replaces" and _PART.match(rest):
        relation = "amends"
    passive = _PASSIVE.search(clause, start - _VOICE_REACH, start) is not None
    agents = _AGENT.finditer(rest, 0, _AGENT_REACH) if verb.annex is None else ()
    agent = next((found for found in agents if _acts_for(found, rest)), None)
    under_rule = verb.under_rule and verb.annex is None
    return ActCue(
        clause,
        hit,
        start,
        relation,
        rest,
        verb.between,
        verb.link,
        verb.annex,
        verb.setting,
        passive,
        agent,
        under_rule,
    )


def _coordinated(verb: VerbCue, rest: str) -> tuple[str, int]:
    """The relation and the start of the acts that end with this one: "sửa đổi, bãi bỏ một số điều" amends."""
    relation, start = verb.hit.cue.relation, verb.hit.start
    for earlier in reversed(verb.hits[: verb.place]):
        if earlier.cue.relation not in ACTS or not _COORDINATED.fullmatch(verb.clause, earlier.end, start):
            break
        start = earlier.start
        if earlier.cue.relation != relation and _SOME_PARTS.match(rest):
            relation = "amends"
        if earlier.cue.relation == "amends" and (_IN_PART.match(rest) or _AGENT.match(rest.lstrip())):
            relation = "amends"
    return relation, start


def _acts_for(agent: re.Match[str], rest: str) -> bool:
    """Whether "bởi", "tại", "theo" behind a passive names who acted, not where something else is laid down."""
    whole = agent.group("by") is not None or _OBJECT.fullmatch(rest, 0, agent.start()) is not None
    return whole and DIRECT.fullmatch(rest, agent.end()) is not None
