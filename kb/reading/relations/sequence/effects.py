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
_UNDERGONE_ENDS = spaced(rf"[ *_,]*(?:{exact('undergone_ends')}\b|[.;:\n]|$)")
_NEW_WORDING = spaced(rf"[^.;:\"|]{{0,60}}\b{exact('new_wording')}\b")
_BY_THIS = spaced(
    rf" *(?:{exact('the')} )?(?:{exact('content')} {exact('at_or_of')} )?{words('regulation')} {exact('this')}\b"
)
_LASTING = spaced(rf"[^.;:|]{{0,40}}\b{exact('lasting')}\b")
_ANOTHER_TIME = spaced(rf"\b(?:{exact('done')}|{exact('then')}|{words('future')}|{words('intent')}) *$")
# "Trường hợp X hết hiệu lực", "trước ngày các quy định của X bị bãi bỏ": nothing is said to have come about.
_SUPPOSED = spaced(rf"\b{exact('supposed')}(?: [a-z0-9]{{1,8}}){{0,6}} *$")
# "Khi X hết hiệu lực": it is only supposed; "các quy định trái với X đều bãi bỏ": it is not X
_NOT_OF_IT = spaced(
    rf"\b(?:{exact('supposed')}(?: {exact('the')})?[ ,]*"
    rf"|{exact('against')}(?: (?:{exact('the')}|{exact('content')}|{exact('laid')}|{exact('at_or_of')}))* *)$"
)
_IN_FORCE = spaced(rf"\b{exact('in_force')}\b")
# "Giấy phép cấp theo X bị đình chỉ": it is not X; an annex ("ban hành theo X") stands for its document.
_RULED = spaced(rf"(?P<annex>\b{exact('annexing')} )?\b{exact('ruling')}\b[^.;:,]{{0,60}}$")
_RIGHT_BEHIND = spaced(rf" *{exact('lasting')}\b")
_BROUGHT_ABOUT = frozenset({"undergone", "until"})
_OF_ONE = frozenset({"new_wording", "by_this"})  # told of one document with its new wording, not of a list
_BEHIND = {
    "at_once": _RIGHT_BEHIND,
    "new_wording": _NEW_WORDING,
    "by_this": _BY_THIS,
    "until": _LASTING,
    "undergone": _UNDERGONE_ENDS,
}
"""What must stand behind an effect with each trait; the first that an effect has decides."""

_LASTS = spaced(rf"[^.;:|]{{0,260}}\b{exact('lasting')}\b")
_LISTED = spaced(rf"\b{words('plural')} [a-z ]{{0,30}}(?:{exact('text')}|{words('regulation')})\b")


def effect_above(line: str) -> Verdict | None:
    """What a folded line says of the documents listed below it: "Các văn bản sau đây hết hiệu lực …:"."""
    hit = next(reversed(_EFFECTS.find(line)), None)
    if hit is None or hit.cue.traits & _OF_ONE:
        return None
    if "until" in hit.cue.traits:  # "Tiếp tục áp dụng các văn bản sau đây cho đến khi …:"
        if not (_LISTED.search(line) and _LASTS.match(line, hit.end)):
            return None
    elif hit.cue.traits and "of_documents" not in hit.cue.traits and not _LISTED.search(line, 0, hit.start):
        return None  # "Danh mục thủ tục bị bãi bỏ"
    return Verdict(hit.cue.relation, (hit.start, hit.end), 0.8)


def effect_behind(before: str, after: str, base: int, *, may_act: bool) -> Relation | None:
    """What the text right behind a citation says of its effect.

    Args:
        before: the folded words before the citation.
        after: the folded words behind it; they begin at offset ``base``.
        may_act: whether the citing document can act on the cited one: else what that undergoes is done by others.
    """
    hits = _EFFECTS.find(after)
    ends = (mark.start() for mark in _CLOSED.finditer(after))
    ended = next((end for end in ends if not any(hit.start <= end < hit.end for hit in hits)), len(after))
    hit = next((hit for hit in hits if hit.end <= ended and _is_told(hit, after)), None)
    if hit is None or _CONDITION.search(after, 0, hit.start) or _IN_PART.match(after, hit.end):
        return None
    if _NOT_OF_IT.search(before):
        return None
    if hit.cue.traits & _BROUGHT_ABOUT and not (may_act and _brought_about(before, after[: hit.start])):
        return None
    return Relation(hit.cue.relation, False, (base + hit.start, base + hit.end), None, None, 0.85)


def _is_told(hit: Hit, after: str) -> bool:
    """Whether an effect is told of the document before it, not of another one or as a point of time."""
    if _ELSEWHERE.match(after, hit.end) or _POINT_OF_TIME.search(after, 0, hit.start):
        return False
    for trait, behind in _BEHIND.items():
        if trait in hit.cue.traits:
            return behind.match(after, hit.end) is not None
    if hit.cue.relation in _PERMANENT:
        return True
    return _TOLD.match(after, hit.end) is not None and after[hit.end :].strip(" *_") != ""


def _brought_about(before: str, between: str) -> bool:
    """Whether what a citation undergoes is done by the text that tells it, and to that document itself."""
    supposed = _SUPPOSED.search(before)
    if supposed is not None and not _IN_FORCE.search(before, supposed.start()):
        return False
    ruled = _RULED.search(before)
    return not ((ruled and not ruled["annex"]) or _ANOTHER_TIME.search(between) or "|" in between)


def lasts(after: str) -> bool:
    """Whether the folded words behind a citation tell until when something lasts."""
    return _LASTS.match(after) is not None
