"""What one clause does, and to which parts: "Sửa đổi khoản 1 và bổ sung khoản 1a vào sau khoản 1 Điều 5".

The document itself may stand far above; this is only about acts and places. Words are data (``data/words/acts.json``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from kb.authority.relations import ACTS
from kb.authority.wording import word_lists
from kb.reading.acts.clauses import Clause
from kb.reading.relations.cues import Hit, cue_table
from kb.reading.relations.pinpoints import PinpointHit, pinpoints_in
from kb.reading.text.text_forms import TextForms

_WORDS = word_lists("acts")
_VERBS = cue_table("verb", "after")
_ACTS = frozenset(ACTS)
_UNITS = "|".join(unit.alternatives for unit in word_lists("units"))
_JOINED = re.compile(rf"[ ,]*{_WORDS['joins']}?[ ,]*")
_LEAD = re.compile(rf"(?:[\s,.:;()*_-]|{_WORDS['lead_in']}(?![a-z0-9])|\"~*\")*+")
_ANCHOR = re.compile(rf"(?:^|[\s,(~\"]){_WORDS['anchor']}(?: {_WORDS['plural']})?\s*$")
_EXCHANGED = re.compile(rf"(?:^|[\s,(~\"]){_WORDS['exchanged_for']}(?: {_WORDS['plural']})?\s*$")
_AT = re.compile(rf"(?:^|[\s,(~\"]){_WORDS['place']}(?: {_WORDS['plural']})?\s*$")
_WORDING = re.compile(rf"\W{{0,4}}{_WORDS['wording']}(?![a-z])")
_SOME_OF = re.compile(rf"(?:^|[\s,]){_WORDS['some_of']}(?:[\s,]|{_UNITS}|{_WORDS['joins']}|{_WORDS['place']})*+$")
_EXCEPT = re.compile(rf"[,(] ?{_WORDS['except']}(?![a-z])")
_EXCEPTING = re.compile(rf"[,(] ?{_WORDS['except']}(?![a-z])[^.;]*:\s*$")
_LOOSE = frozenset({"corrects"})
"""Acts whose list names pages and lines before the place."""

_OF_NAMED = frozenset({"object_next", "any_time"})  # "Hủy", "Kéo dài": told only of a document that is named
_BACK = 24  # code points before a place that tell what it is


class Deed(NamedTuple):
    """One act with the places it is upon. ``verb``: where its words stand; ``within``: a place of which only parts are
    acted on ("một số khoản của Điều 10")."""

    relation: str
    verb: tuple[int, int]
    places: tuple[PinpointHit, ...]
    within: PinpointHit | None


def beside(folded: str, start: int, place: int) -> bool:
    """Whether a place is only that beside which something is put ("vào sau Điều 5"), or what is put in ("bằng Mẫu
    số 2")."""
    before = folded[max(start, place - _BACK) : place]
    return _ANCHOR.search(before) is not None or _EXCHANGED.search(before) is not None


def leads(clause: Clause, upto: int, places: list[PinpointHit]) -> bool:
    """Whether nothing but numbers, places and words for parts stands in a clause before the offset ``upto``."""
    at = clause.start
    for place in places:
        if place.start >= upto:
            break
        if not _LEAD.fullmatch(clause.words, at - clause.start, place.start - clause.start):
            return False
        at = place.end
    return _LEAD.fullmatch(clause.words, at - clause.start, upto - clause.start) is not None


def opens_list(clause: Clause, upon: list[Deed]) -> bool:
    """Whether the parts that a clause acts on are listed below it: "Bãi bỏ các quy định sau đây:", "Bỏ các cụm từ:";
    not where new wording follows ("Sửa đổi khoản 2 Điều 7 như sau:")."""
    new_wording = any(deed.places and deed.relation == "amends" for deed in upon)
    excepts = _EXCEPTING.search(clause.words) is not None  # "…, trừ các trường hợp sau đây:"
    return not new_wording and not excepts and clause.words.rstrip().endswith(":")


def excepted_below(clause: Clause) -> str | None:
    """What is done to the parts listed below a clause that excepts them ("…, trừ các điều sau tiếp tục:")."""
    excepting = _EXCEPTING.search(clause.words)
    if excepting is None:
        return None
    told = [relation for relation, start, _ in _groups(clause) if start > excepting.start()]
    return told[-1] if told else None


def places_of(forms: TextForms, clause: Clause) -> list[PinpointHit]:
    """The places that a clause names outside of quotations."""
    return [
        place
        for place in pinpoints_in(forms, clause.start, clause.end)
        if "~" not in clause.words[place.start - clause.start : place.end - clause.start]
    ]


def deeds(clause: Clause, places: list[PinpointHit], opened: str | None) -> Iterator[Deed]:
    """The acts of a clause; ``opened``: the act that the line above a list tells of its items."""
    groups = list(_groups(clause))
    if opened in _LOOSE and places:  # "Tại trang 5, dòng thứ 3 từ trên xuống, khoản 2 Điều 8 đã in …"
        yield _deed(clause, opened, (places[0].start, places[0].end), places)
        return
    if not groups or not leads(clause, clause.start + groups[0][1], places):
        if opened is not None and places and leads(clause, places[0].start, places):
            yield _deed(clause, opened, (places[0].start, places[0].end), places)
        yield from _exceptions(clause, groups, places)
        return
    last = len(groups) - 1
    for n, (relation, start, end) in enumerate(groups):
        low = 0 if n == 0 else start
        high = groups[n + 1][1] if n < last else len(clause.words)
        own = [place for place in places if low <= place.start - clause.start < high]
        yield _deed(clause, relation, (clause.start + start, clause.start + end), own)


def _exceptions(clause: Clause, groups: list[tuple[str, int, int]], places: list[PinpointHit]) -> Iterator[Deed]:
    """What is excepted from the end of a document and goes on: "…, trừ Điều 159 tiếp tục có hiệu lực đến …"."""
    for (_, _, before), (relation, start, end) in pairwise(groups):
        excepted = _EXCEPT.search(clause.words, before, start) if relation == "extends" else None
        if excepted is not None:
            own = [place for place in places if excepted.end() <= place.start - clause.start < start]
            if own:
                yield Deed(relation, (clause.start + start, clause.start + end), tuple(own), None)


def _groups(clause: Clause) -> Iterator[tuple[str, int, int]]:
    """The acts of a clause, those coordinated with one another ("sửa đổi, bổ sung") as one: relation, start, end."""
    open_: list[Hit] = []
    for hit in _VERBS.find(clause.words):
        if hit.cue.relation not in _ACTS or hit.cue.traits & _OF_NAMED:
            continue
        if open_ and not _JOINED.fullmatch(clause.words, open_[-1].end, hit.start):
            yield _group(clause, open_)
            open_ = []
        open_.append(hit)
    if open_:
        yield _group(clause, open_)


def _group(clause: Clause, hits: list[Hit]) -> tuple[str, int, int]:
    told = [hit.cue.relation for hit in hits]
    relation = "amends" if "amends" in told else told[0]
    return relation, hits[0].start, hits[-1].end


def _is_excepted(clause: Clause, verb: tuple[int, int], place: PinpointHit) -> bool:
    """Whether a place is excepted from the act: "Ngưng hiệu lực …, trừ quy định tại khoản 1 Điều 37"."""
    return (
        verb[1] <= place.start
        and _EXCEPT.search(clause.words, verb[1] - clause.start, place.start - clause.start) is not None
    )


def _deed(clause: Clause, relation: str, verb: tuple[int, int], places: list[PinpointHit]) -> Deed:
    kept: list[PinpointHit] = []
    within = None
    exchanged = False  # "bằng Mẫu số 1, Mẫu số 2 … tại Điều 5"
    for place in places:
        before = clause.words[max(0, place.start - _BACK - clause.start) : place.start - clause.start]
        exchanged = (exchanged and not _AT.search(before)) or _EXCHANGED.search(before) is not None
        if exchanged or _ANCHOR.search(before) or _is_excepted(clause, verb, place):
            continue
        if not kept and place.start > verb[1] and _SOME_OF.search(before):
            within = place
        else:
            kept.append(place)
    wording = _WORDING.match(clause.words, verb[1] - clause.start) is not None
    in_part = relation == "replaces" and (kept or wording)
    return Deed("amends" if in_part or (relation == "repeals" and wording) else relation, verb, tuple(kept), within)
