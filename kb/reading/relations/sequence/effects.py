"""Effects told above a list or behind a citation: "… sau đây hết hiệu lực: …", "Quyết định số … hết hiệu lực"."""

from __future__ import annotations

from kb.reading.relations.clause.context import Verdict
from kb.reading.relations.cues import Hit, cue_table
from kb.reading.relations.relation import Relation
from kb.reading.relations.wording import exact, spaced, words

_EFFECTS = cue_table("after")
# A title may hold semicolons: only one behind which other documents are named ends it.
_CLOSED = spaced(rf"\.(?= )|; *{exact('others_named')}\b|\b{exact('takes_effect')}")
# "… hoặc khi chứng nhận đã nộp trước đó hết hiệu lực": it is not the citation that lapses.
_CONDITION = spaced(rf"(?:,|\b{exact('and_or')}) {words('condition')}\b")
_ELSEWHERE = spaced(rf" *{exact('of')}\b")  # "đến ngày hết hiệu lực của Quyết định công nhận"
_POINT_OF_TIME = spaced(rf"\b{exact('day')} *$")
_TOLD = spaced(rf"[ *_]*(?:{exact('effect_ends')}\b|[.,;:)\n]|$)")
_PERMANENT = frozenset({"repeals"})  # other effects stand in titles too, and then with an object behind them
_IN_PART = spaced(rf" *{exact('a_part')}\b")  # "- Hết hiệu lực một phần": what a list of documents remarks of one


def effect_above(line: str) -> Verdict | None:
    """What a folded line says of the documents listed below it: "Các văn bản sau đây hết hiệu lực …:"."""
    hit = next(reversed(_EFFECTS.find(line)), None)
    return Verdict(hit.cue.relation, (hit.start, hit.end), 0.8) if hit else None


def effect_behind(after: str, base: int) -> Relation | None:
    """What the text right behind a citation says of its effect; ``after`` (folded) begins at offset ``base``."""
    hits = _EFFECTS.find(after)
    ends = (mark.start() for mark in _CLOSED.finditer(after))
    ended = next((end for end in ends if not any(hit.start <= end < hit.end for hit in hits)), len(after))
    hit = next((hit for hit in hits if hit.end <= ended and _is_told(hit, after)), None)
    if hit is None or _CONDITION.search(after, 0, hit.start) or _IN_PART.match(after, hit.end):
        return None
    return Relation(hit.cue.relation, False, (base + hit.start, base + hit.end), None, None, 0.85)


def _is_told(hit: Hit, after: str) -> bool:
    """Whether an effect is told of the document before it, not of another one or as a point of time."""
    if _ELSEWHERE.match(after, hit.end) or _POINT_OF_TIME.search(after, 0, hit.start):
        return False
    if hit.cue.relation in _PERMANENT:
        return True
    return _TOLD.match(after, hit.end) is not None and after[hit.end :].strip(" *_") != ""
