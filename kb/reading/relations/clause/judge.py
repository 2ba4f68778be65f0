"""Which cue of one clause governs the citation that follows it.

A clause is the folded text from the start of the sentence (or the last ";") up to the citation. Its cues are read
from the citation backwards: weak ones ("theo", "tại", "kèm theo") are remembered, the first verb that can govern
across them decides. Rules 3, 5, 6, 7 and 10 of the relation vocabulary's decision rules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from kb.authority.relations import ACTS
from kb.reading.relations.clause.act_cue import act_cue
from kb.reading.relations.clause.acting import ACTING
from kb.reading.relations.clause.carrying_out import CARRYING_OUT
from kb.reading.relations.clause.context import NOTHING, ClauseEnd, Met, Setting, VerbCue, Verdict, WeakCue, verb_cue
from kb.reading.relations.clause.guiding import ANY_VERB, CONFORMING, GUIDING, MAKING_KNOWN, MONITORING
from kb.reading.relations.clause.legal_basis import LEGAL_BASIS
from kb.reading.relations.clause.patterns import DIRECT
from kb.reading.relations.clause.weak_cues import ANNEXES, HEEDING, LINKS, MENTIONS, NO_VERB
from kb.reading.relations.cues import Hit, cue_table
from kb.reading.relations.rules import Table
from kb.reading.relations.wording import exact, spaced, words

_CUES = cue_table("verb", "attach", "link", "mention", "stop", "none")
_REFERENCE = spaced(rf"\( *{words('pinpoint')}\b")

_UNDERGONE = spaced(rf"\( *(?:{exact('done')} )?{words('passive')} {words('act')}")
# "Ngưng hiệu lực thi hành từ ngày … đến hết ngày … đối với X": the time stands before what is acted on.
_TIME = spaced(rf"(?<=[a-z]) {exact('from_day')} [a-z0-9 /.-]{{4,80}}? {exact('regarding')}\b")
_QUOTED = re.compile(r'"[^"]*"')  # words put in or taken out say nothing of the citation

WEAK: Mapping[str, Table[WeakCue, Any]] = {"link": LINKS, "mention": MENTIONS, "stop": HEEDING, "attach": ANNEXES}
"""The rules for a cue of each role but the verbs' own; a cue of the role none says nothing."""

VERBS: Mapping[str, Table[VerbCue, Verdict]] = {
    "based_on": LEGAL_BASIS,
    "implements": CARRYING_OUT,
    "guides": GUIDING,
    "disseminates": MAKING_KNOWN,
    "monitors": MONITORING,
    "conforms_to": CONFORMING,
}
"""The rules for a verb that tells each relation; those of the verbs that act are in ``ACTING``."""


@lru_cache(maxsize=32768)  # three clauses in five have been met before ("theo quy định tại ")
def judge(clause: str, setting: Setting) -> Verdict | None:
    """The verdict on a citation that begins where ``clause`` (folded) ends; None where it holds no cue."""
    clause = _TIME.sub(lambda time: " " * len(time[0]), _QUOTED.sub(_hidden, clause))
    opened = clause.rfind("(")
    if opened >= 0 and clause.find(")", opened) < 0:
        # In brackets the subject is the noun before them: "Nghị quyết về tiêu chuẩn (thay thế Nghị quyết …)".
        inner = _governed(clause[opened:], setting._replace(may_act=True))
        if inner is None and _REFERENCE.match(clause, opened):
            return None  # "Báo cáo giám sát thực hiện … (khoản 1 Điều 43 Nghị định …)"
        if inner is None and _UNDERGONE.match(clause, opened):
            return (
                None  # "Sửa đổi Điều 19 (đã được sửa đổi tại khoản 8 Điều 1 Nghị định …)": it acted on what is acted on
            )
        if inner is None and (outer := _governed(clause, setting)) is not None and outer.relation in ACTS:
            # "Bãi bỏ điều kiện kinh doanh (Luật Thương mại)": brackets name where something stands that is acted on.
            told = outer.cue[1] > opened or DIRECT.fullmatch(clause, outer.cue[1])
            return outer if told else Verdict("cites", outer.cue, 0.6, weak=True)
        if inner is not None:
            cue = (inner.cue[0] + opened, inner.cue[1] + opened)
            return inner._replace(cue=cue)
    return _governed(clause, setting)


def _hidden(quoted: re.Match[str]) -> str:
    return '"' + "~" * (len(quoted[0]) - 2) + '"'


def _governed(clause: str, setting: Setting) -> Verdict | None:
    """The verdict of the nearest cue that governs the citation."""
    hits = _CUES.find(clause)
    if not hits:
        return None
    met = Met()
    for place in range(len(hits) - 1, -1, -1):
        hit = hits[place]
        role = hit.cue.role
        if role == "verb":
            verdict = _of_verb(clause, hits, place, met, setting)
            if verdict is not NOTHING:
                return verdict
        elif role != "none":
            outcome = WEAK[role].decide(WeakCue(clause, hit, met))
            if isinstance(outcome, Verdict):
                return outcome
            met = met if outcome is None else outcome
    return NO_VERB.decide(ClauseEnd(met, setting))


def _of_verb(clause: str, hits: list[Hit], place: int, met: Met, setting: Setting) -> Verdict | None:
    """What a verb says of the citation; ``NOTHING`` where it governs something else."""
    cue = verb_cue(clause, hits, place, met, setting)
    outside = ANY_VERB.decide(cue)
    if outside is not None:
        return outside
    table = VERBS.get(cue.hit.cue.relation)
    return ACTING.decide(act_cue(cue)) if table is None else table.decide(cue)
