"""Effects told above a list or behind a citation: "… sau đây hết hiệu lực: …", "Quyết định số … hết hiệu lực"."""

from __future__ import annotations

from kb.reading.relations.clause.context import Verdict
from kb.reading.relations.cues import cue_table
from kb.reading.relations.relation import Relation
from kb.reading.relations.wording import exact, spaced, words

_EFFECTS = cue_table("after")
# A title may hold semicolons: only one behind which other documents are named ends it.
_CLOSED = spaced(rf"\.(?= )|; *{exact('others_named')}\b|\b{exact('takes_effect')}")
# "… hoặc khi chứng nhận đã nộp trước đó hết hiệu lực": it is not the citation that lapses.
_CONDITION = spaced(rf"(?:,|\b{exact('and_or')}) {words('condition')}\b")
_IN_PART = spaced(rf" *{exact('a_part')}\b")  # "- Hết hiệu lực một phần": what a list of documents remarks of one


def effect_above(line: str) -> Verdict | None:
    """What a folded line says of the documents listed below it: "Các văn bản sau đây hết hiệu lực …:"."""
    hit = next(reversed(_EFFECTS.find(line)), None)
    return Verdict(hit.cue.relation, (hit.start, hit.end), 0.8) if hit else None


def effect_behind(after: str, base: int) -> Relation | None:
    """What the text right behind a citation says of its effect; ``after`` (folded) begins at offset ``base``."""
    ended = _CLOSED.search(after)
    hit = next(iter(_EFFECTS.find(after[: ended.start()] if ended else after)), None)
    if hit is None or _CONDITION.search(after, 0, hit.start) or _IN_PART.match(after, hit.end):
        return None
    return Relation(hit.cue.relation, False, (base + hit.start, base + hit.end), None, None, 0.85)
