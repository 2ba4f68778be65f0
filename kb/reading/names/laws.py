"""Laws, codes, ordinances, the Constitution and congress resolutions cited by name, without a number attached.

A name is the longest one of the law table (``kb.authority.laws``) that stands at the type word; a name the table does
not hold is read by grammar: the word after the type word is capitalised and the name runs to a cue word, a
punctuation mark or a digit (lists in ``words/laws.json``). "Luật sửa đổi, bổ sung … của Luật X" gives
the outer law and, inside it, X. Rules: annotation guide, kind ``named``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kb.authority import laws, types
from kb.authority.fold import fold
from kb.authority.wording import word_lists
from kb.reading.dates import date_at
from kb.reading.names import damaged_laws
from kb.reading.names.congress import find_congress
from kb.reading.names.law_lists import listed_laws
from kb.reading.text.folded_text import FoldedText, one_line

_WINDOW = 240  # the longest printed name of an amending law met has 215 characters
_MAX_WORDS = 18


class NamedHit(NamedTuple):
    """One law cited by name.

    ``text[start:end]`` is the whole name with its year or date; ``name`` the name as printed, on one line; ``date``
    ISO, may be a year; ``outer`` where it stands inside the name of an amending law: (start of that name, span of
    its amending words, end of the name); ``level``: of a local congress, ``province`` or ``unit``.
    """

    start: int
    end: int
    type: str
    name: str
    date: str | None
    body: str
    outer: tuple[int, tuple[int, int], int] | None = None
    level: str | None = None


_WORDS, _NUMBERS = word_lists("laws"), word_lists("numbers")
_ENDS = r"(?![a-z0-9])"
_BODIES = {id_: types.by_id(id_).orgs[0] for id_ in laws.TYPES}  # type id → who passes such acts
_TYPE_WORDS = tuple(fold(types.by_id(id_).words[0]) for id_ in sorted(laws.TYPES))
_NOT_BEFORE = re.compile(rf"(?<![a-z]){_WORDS['not_before']}\s{{1,3}}$")
_DRAFT_BEFORE = re.compile(rf"(?<![a-z]){_WORDS['draft_before']}\s{{1,3}}$")
_NOT_FIRST = re.compile(_WORDS["not_first"] + _ENDS)
_STOPS = re.compile(_WORDS["stops"] + _ENDS)
_STOP_WORDS = frozenset(_WORDS.words("stops"))
_STOPS_AFTER_AND = re.compile(_WORDS["stops_after_and"] + _ENDS)
_COMMA_GOES_ON = re.compile(_WORDS["comma_goes_on"] + _ENDS)

_LAW_WORD, _CODE_WORD = _WORDS.folded("law")[0], _WORDS.folded("code_first")[0]
_AND, _PLURAL = _WORDS.folded("and")[0], _WORDS.folded("plural")[0]
_NO_LAW = tuple([word] for word in _WORDS.folded("no_law_before"))
_NO_LAW_OFTEN = f"{_WORDS.folded('no_law_before')[0]} "  # "pháp luật" is most of them
_STUTTER = " ".join([_LAW_WORD] * 3)  # no name; "Luật Luật sư" is one
_LAW = re.compile(_WORDS["law"] + _ENDS)
_PHAP = re.compile(_WORDS.undamaged("ordinance_first") + _ENDS)  # found once for "pháp lệnh" and "Hiến pháp"
_PHAP_DAMAGED = re.compile(_WORDS["ordinance_first"] + _ENDS)
_LENH = re.compile(rf"\s{{1,3}}{_WORDS.undamaged('ordinance_second')}{_ENDS}")
_LENH_DAMAGED = re.compile(rf"\s{{1,3}}{_WORDS['ordinance_second']}{_ENDS}")
_HIEN = re.compile(rf"{_WORDS['constitution_first']}\s{{1,3}}$")
_LAW_DAMAGED = re.compile(_NUMBERS["law"] + _ENDS)
_ORDINANCE_DAMAGED = rf"{_WORDS['ordinance_first']}\s{{1,3}}{_WORDS['ordinance_second']}{_ENDS}"
_INNER = re.compile(rf"(?<![a-z]){_WORDS['inner_types']}{_ENDS}")
_INNER_DAMAGED = re.compile(
    rf"(?<![a-z])(?:{_CODE_WORD}\s{{1,3}}{_LAW_DAMAGED.pattern}|{_LAW_DAMAGED.pattern}|{_ORDINANCE_DAMAGED})"
)
_CONSTITUTION = re.compile(
    rf"{_WORDS['constitution']}(?!\s{{1,3}}{_WORDS['law_follows']}|[a-z0-9])(?:\s{{1,3}}{_WORDS['republic']})?"
)
_AMENDING = re.compile(
    rf"{_WORDS['amends']}(?:\s{{0,3}},?\s{{0,3}}(?:{_AND}\s{{1,3}})?{_WORDS['supplements']})?{_ENDS}"
)
_HARD_STOP = re.compile(r"[;:.()\"\[\]|*_#>\d`→/]|\n\s*\n|\s-\s|\n\s*[-+•]")
_AMEND_STOP = re.compile(r"[;:(\"\[\]|]|\.\s|\n\s*\n")
_NOTE_MARK = re.compile(r"[1-9](?<=[a-z][1-9])\d?(?![\w/])")  # the number of a footnote: "Luật Nhà ở11"
_WORD = re.compile(r"[^\s,]+|,")
_GAP = r"[\s*_|]{0,4}"
_REVISED = re.compile(
    rf"\s{{0,3}}\(\s?{_WORDS['revised']}\s?\)"
    rf"|\s{{1,3}}{_WORDS['revised']}(?=\s{{1,3}}{_WORDS.undamaged('year')}\s{{1,3}}(?:19|20)\d\d)"
)
_YEAR = re.compile(
    rf",?\s{{1,3}}(?:(?:{_WORDS['issued']}\s{{1,3}})?{_WORDS['year']}\s{{1,3}})?"
    r"((?:19|20)\d\d)(?![\d/]|\s?-\s?\d|\.\d)"
)
_DAY = re.compile(rf"{_GAP}[,(]?{_GAP}{_WORDS['day']}\s{{1,3}}")
_ADOPTED = re.compile(
    rf"[\s,(]{{0,3}}{_WORDS['adopted_passive']}\s[^;.]{{0,110}}?{_WORDS['adopted']}\s{{1,3}}"
    rf"(?:{_WORDS['at']} [^;.]{{0,60}}?)?{_WORDS.undamaged('day')}\s{{1,3}}"
)
_LAW_AGAIN = rf"(?:{_LAW_WORD}\s{{1,3}})?"  # "Luật Đất đai, Luật số 45/2013/QH13"
_NUMBER_LEAD = re.compile(rf"[\s*_|,(]{{0,6}}{_LAW_AGAIN}(?:{_WORDS['label']}\s{{0,3}}:?\s{{0,3}})?{_GAP}")
_NUMBER_LEAD_DAMAGED = re.compile(rf"[\s*_|,(.'-]{{0,6}}{_LAW_AGAIN}{_NUMBERS['label_behind_law']}[\s*_|:.'-]{{0,6}}")
_NUMBER_WORD = re.compile(rf"[\s*_|,(]{{0,6}}{_LAW_AGAIN}{_WORDS.undamaged('label')}\s{{0,3}}:?{_GAP}\d")
_PINPOINT_BEFORE = re.compile(
    rf"{_WORDS['pinpoint_units']}\s{{1,3}}[0-9a-z]{{1,6}}[\s,]{{0,3}}(?:{_WORDS['of']}\s{{1,3}})?$"
)
_BASIS_BEFORE = re.compile(rf"{word_lists('header')['preamble']}\s{{1,3}}(?:{_WORDS['into']}\s{{1,3}})?$")
_LIST_AND = re.compile(rf"\s{{0,3}},\s{{0,3}}|\s{{1,3}}{_AND}\s{{1,3}}")


@dataclass(frozen=True, slots=True)
class Named:
    """What is cited by name: ``hits`` in order of their start, ``attached`` the names that stand with a number
    ("Luật Đường sắt số 06/2017/QH14") by that number's start."""

    hits: list[NamedHit]
    attached: dict[int, NamedHit]


def find_named(view: FoldedText, numbers: Sequence[tuple[int, int]]) -> Named:
    """Laws and congress resolutions cited by name.

    ``numbers`` are the spans of the document numbers found, sorted: a name with its number attached is no citation of
    its own.
    """
    attached: dict[int, NamedHit] = {}
    starts = [start for start, _ in numbers]
    hits: list[NamedHit] = []
    folded = view.folded
    covered = 0  # end of the last name, in which no further name begins …
    outer: tuple[int, tuple[int, int], int] | None = None  # … except inside the name of an amending law
    damaged = view.mostly_bare
    for start, type_end, type_id, body in _anchors(view, damaged):
        inner = outer is not None and start < outer[2]
        if start < covered and not inner:
            continue
        amending = None if type_id == "hien-phap" else _AMENDING.match(folded, _skip(folded, type_end))
        if type_id == "hien-phap":
            end: int | None = type_end
        elif amending:
            known = laws.longest_match(folded, start)
            beyond = known is not None and known[0] > amending.end()
            end = known[0] if known and beyond else _amending_end(view, amending.end(), starts, damaged)
        else:
            end = _name_end(view, start, type_end, damaged)
        if end is None:
            continue
        revised = _REVISED.match(folded, end, end + 30)
        tail = revised.end() if revised else end
        date, tail = _date_after(folded, tail)
        covered = max(covered, tail)
        within, outer = (outer if inner else None), ((start, amending.span(), end) if amending else outer)
        last = within is not None and end == within[2]  # the number behind the last inner name is the outer law's
        if not last and (_numbered(view, end, starts) or (tail != end and _numbered(view, tail, starts))):
            number = _attached_number(view, end, starts)
            number = _attached_number(view, tail, starts) if number is None else number
            if number is not None:
                name = one_line(view.source[start:end])
                attached.setdefault(number, NamedHit(start, end, type_id, name, date, body))
            continue
        if not _acceptable(view, start, end, type_id, dated=date is not None):
            continue
        if within and tail >= within[2]:  # the date after the last inner name is the outer law's
            tail, date = end, None
        name = one_line(view.source[start:end])
        hits.append(NamedHit(start, tail, type_id, name, date, body, within))
    for law in listed_laws(view):
        date, tail = _date_after(folded, law.end)
        if not _numbered(view, law.end, starts) and not _numbered(view, tail, starts):
            hits.append(NamedHit(law.start, tail, "luat", law.name, date, _BODIES["luat"]))
    for congress in find_congress(view):
        name = one_line(view.source[congress.start : congress.end])
        level = ("unit" if congress.low else "province") if congress.body == "TU" else None
        hits.append(NamedHit(congress.start, congress.end, "d-nghi-quyet", name, None, congress.body, level=level))
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    return Named(hits, attached)


def _anchors(view: FoldedText, damaged: bool) -> list[tuple[int, int, str, str]]:
    """(start, end of the type word, type id, body) of every type word, in order."""
    folded = view.folded
    found = []
    for m in (_LAW_DAMAGED if damaged else _LAW).finditer(folded):
        i = m.start()
        before = folded[max(0, i - 5) : i]
        if before == _NO_LAW_OFTEN or before[-1:].isalnum() or folded.startswith(_STUTTER, i):
            continue
        last = before.split()[-1:]
        if last in _NO_LAW:
            continue
        kind = "luat"
        if last == [_CODE_WORD] and before[-1:] == " ":
            at = folded.rfind(_CODE_WORD, max(0, i - 5), i)
            if at == 0 or not folded[at - 1].isalnum():
                i, kind = at, "bo-luat"
        found.append((i, m.end(), kind, _BODIES[kind]))
    order = _LENH_DAMAGED if damaged else _LENH
    for m in (_PHAP_DAMAGED if damaged else _PHAP).finditer(folded):
        i = m.start()
        if ordinance := order.match(folded, m.end()):
            found.append((i, ordinance.end(), "phap-lenh", _BODIES["phap-lenh"]))
        hien = _HIEN.search(folded, i - 8, i)
        if hien and (constitution := _CONSTITUTION.match(folded, hien.start())):
            found.append((hien.start(), constitution.end(), "hien-phap", _BODIES["hien-phap"]))
    found.sort()
    return found


def _skip(folded: str, position: int) -> int:
    while folded[position : position + 1] == " ":
        position += 1
    return position


def _name_end(view: FoldedText, start: int, type_end: int, damaged: bool) -> int | None:
    """Where the name that begins at ``start`` ends, or None where no name follows the type word."""
    match = laws.longest_match(view.folded, start)
    note = _NOTE_MARK.search(view.folded, match[0] if match else type_end, start + _WINDOW)
    if note and (match is None or match[0] < note.start()):
        marked = laws.longest_match(view.folded, start, note.start())
        match = marked if marked and marked[0] == note.start() else match
    if match is not None and _spelled_like(view, start, match):
        exact = match[0]
        may_be_longer = damaged and damaged_laws.goes_on(view.folded[start:exact])
        longer = damaged_laws.longest(view.folded, start) if may_be_longer else None
        return max(exact, longer[0]) if longer else exact
    if damaged:
        noisy = damaged_laws.longest(view.folded, start)
        if noisy is not None:
            return noisy[0]
    return _grammar_end(view, start, type_end)


def _spelled_like(view: FoldedText, start: int, match: tuple[int, str]) -> bool:
    """A name of one syllable must be spelled as in the table: "Luật được ban hành" is no Luật Dược."""
    printed = " ".join(view.text[start : match[0]].lower().split())
    if printed.count(" ") > 1:
        return True
    names = {name.lower() for law in laws.find(match[1]) for name in (law.name, *law.aliases)}
    return printed in names or printed.isascii()


def _grammar_end(view: FoldedText, start: int, type_end: int) -> int | None:
    """The end of a name the table does not hold: two words or more, type word and first word capitalised, up to a
    cue, a mark or a digit."""
    text, folded = view.text, view.folded
    first = _skip(folded, type_end)
    if not (text[first : first + 1].isupper() and text[start].isupper()) or _NOT_FIRST.match(folded, first):
        return None
    if _HARD_STOP.search(text, type_end, first):
        return None
    stop = _HARD_STOP.search(text, first, first + _WINDOW)
    limit = stop.start() if stop else min(len(text), first + _WINDOW)
    while stop and text[stop.start()].isdigit() and limit > first and text[limit - 1].isalnum():
        limit -= 1  # a digit inside a word: "s6"
    end, words = first, 0
    for word in _WORD.finditer(text, first, limit):
        at = word.start()
        if words:
            if word[0] == ",":
                after = _skip(folded, word.end())
                if words <= 2 and _COMMA_GOES_ON.match(folded, after):
                    continue
                break
            if folded.startswith(_AND, at) and len(word[0]) == len(_AND):
                after = _skip(folded, word.end())
                if _STOPS_AFTER_AND.match(folded, after) or after >= limit:
                    break
                continue
            if _type_word_at(folded, at) or (_may_stop(text, at, first) and _stops(text, folded, at)):
                break
        words += 1
        if words > _MAX_WORDS:
            return None
        end = word.end()
    return end if words >= 2 else None


def _may_stop(text: str, at: int, first: int) -> bool:
    """A capitalised word ("Việt Nam") goes on with the name, unless the whole name is in capitals."""
    return text[at].islower() or text[first : first + 2].isupper()


def _stops(text: str, folded: str, at: int) -> bool:
    """A cue word stands at ``at``: as the list spells it, or with its diacritics lost ("đầu tư" is no "từ")."""
    match = _STOPS.match(folded, at)
    if match is None:
        return False
    printed = " ".join(text[at : match.end()].lower().split())
    return printed in _STOP_WORDS or printed.isascii()


def _type_word_at(folded: str, position: int) -> bool:
    return folded.startswith(_TYPE_WORDS, position)


def _amending_end(view: FoldedText, after_head: int, starts: list[int], damaged: bool) -> int | None:
    """The end of "Luật sửa đổi, bổ sung … của Luật X[, Luật Y và Luật Z]"; None where no inner law is named."""
    folded = view.folded
    stop = _AMEND_STOP.search(view.text, after_head, after_head + _WINDOW)
    limit = stop.start() if stop else min(len(folded), after_head + _WINDOW)
    first = _inner_at(view, after_head, limit, damaged)
    if first is None:
        return None
    plural = _PLURAL in folded[after_head : first[0]].split()[-1:]
    ends = [first[1]]
    while True:
        joint = _LIST_AND.match(folded, ends[-1])
        following = _inner_at(view, joint.end(), joint.end() + 12, damaged) if joint and joint.end() < limit else None
        if joint is None or following is None or following[0] != joint.end():
            break
        ends.append(following[1])
        if len(ends) > 16:
            break
    dated = _date_after(folded, ends[-1])[0] is not None or _numbered(view, ends[-1], starts)
    return ends[-1] if plural or dated else ends[0]


def _inner_at(view: FoldedText, position: int, limit: int, damaged: bool) -> tuple[int, int] | None:
    """(start, end) of the first law name that begins between ``position`` and ``limit``."""
    folded = view.folded
    for match in (_INNER_DAMAGED if damaged else _INNER).finditer(folded, position, limit):
        start, type_end = match.span()
        if folded[max(0, start - 5) : start].split()[-1:] in _NO_LAW:
            continue
        end = _name_end(view, start, type_end, damaged)
        if end is not None:
            return start, end
    return None


def _date_after(folded: str, end: int) -> tuple[str | None, int]:
    """The date or year attached to a name that ends at ``end``, and where it ends."""
    day = _DAY.match(folded, end, end + 20)
    if day:
        hit = date_at(folded, day.end(), day.end() + 60)
        if hit:
            return hit.iso, hit.end if folded.find("(", end, day.end()) < 0 else end
    year = _YEAR.match(folded, end, end + 30)
    if year:
        return year[1], year.end()
    adopted = _ADOPTED.match(folded, end, end + 200)
    if adopted:
        hit = date_at(folded, adopted.end(), adopted.end() + 60)
        if hit:
            return hit.iso, end
    return None, end


def _attached_number(view: FoldedText, end: int, starts: list[int]) -> int | None:
    """Where the document number begins that is attached to what ends at ``end``."""
    k = bisect_left(starts, end)
    if k == len(starts) or starts[k] - end > 30:
        return None
    lead = _NUMBER_LEAD.fullmatch(view.folded, end, starts[k])
    if lead is None and view.damaged(end):
        lead = _NUMBER_LEAD_DAMAGED.fullmatch(view.folded, end, starts[k])
    return starts[k] if lead else None


def _numbered(view: FoldedText, end: int, starts: list[int]) -> bool:
    """A document number is attached to what ends at ``end``."""
    return _attached_number(view, end, starts) is not None or _NUMBER_WORD.match(view.folded, end, end + 30) is not None


def _acceptable(view: FoldedText, start: int, end: int, type_id: str, *, dated: bool) -> bool:
    """Whether the name refers to one existing law: context before it, capital letters, evidence for bare forms."""
    before = view.folded[max(0, start - 28) : start]
    if _NOT_BEFORE.search(before) or (not dated and _DRAFT_BEFORE.search(before)):
        return False
    if type_id == "hien-phap" and end - start < 12:
        if not view.text[start].isupper():
            return False
        return dated or bool(_PINPOINT_BEFORE.search(before) or _BASIS_BEFORE.search(before))
    if view.text[start].islower() and not any(c.isupper() for c in view.text[start:end]):
        return dated or bool(_PINPOINT_BEFORE.search(before))
    return True
