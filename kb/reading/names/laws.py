"""Laws, codes, ordinances, the Constitution and congress resolutions cited by name, without a number attached.

A name is the longest one of the law table (``kb.authority.laws``) that stands at the type word; a name the table does
not hold is read by grammar: the word after the type word is capitalised and the name runs to a cue word, a
punctuation mark or a digit (lists in ``kb/authority/data/named.json``). "Luật sửa đổi, bổ sung … của Luật X" gives
the outer law and, inside it, X. Rules: annotation guide, kind ``named``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kb.authority import laws
from kb.authority.load import DATA, read
from kb.authority.patterns import alternatives
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


@dataclass(frozen=True, slots=True)
class _Cues:
    types: dict[str, tuple[str, str]]  # words → (type id, body)
    not_before: re.Pattern[str]
    draft_before: re.Pattern[str]
    not_first: re.Pattern[str]
    stops: re.Pattern[str]
    stop_words: frozenset[str]
    stops_after_and: re.Pattern[str]
    comma_goes_on: re.Pattern[str]


_WORD_ENDS = r"(?![a-z0-9])"


@cache
def _cues() -> _Cues:
    data = read(DATA / "named.json")
    return _Cues(
        types={t["words"]: (t["id"], t["body"]) for t in data["types"]},
        not_before=re.compile(rf"(?<![a-z]){alternatives(data['not_before'])}\s{{1,3}}$"),
        draft_before=re.compile(rf"(?<![a-z]){alternatives(data['draft_before'])}\s{{1,3}}$"),
        not_first=re.compile(alternatives(data["not_first"]) + _WORD_ENDS),
        stops=re.compile(alternatives(data["stops"]) + _WORD_ENDS),
        stop_words=frozenset(data["stops"]),
        stops_after_and=re.compile(alternatives(data["stops_after_va"]) + _WORD_ENDS),
        comma_goes_on=re.compile(alternatives(data["comma_continuations"]) + _WORD_ENDS),
    )


_NUMBERS = word_lists("numbers")
_LAW = re.compile(r"luat(?![a-z0-9])")
_STUTTER = "luat luat luat"  # no name; "Luật Luật sư" is one
_PHAP = re.compile(r"phap(?![a-z0-9])")  # of "pháp lệnh" and "Hiến pháp": found once for both
_PHAP_DAMAGED = re.compile(r"ph[a-z4&@]p(?![a-z0-9])")
_LENH = re.compile(r"\s{1,3}lenh(?![a-z0-9])")
_LENH_DAMAGED = re.compile(r"\s{1,3}[l1][a-z&¢€@]nh(?![a-z0-9])")
_HIEN = re.compile(r"hien\s{1,3}$")
_LAW_DAMAGED = re.compile(rf"{_NUMBERS['law']}(?![a-z0-9])")
_ORDINANCE_DAMAGED = re.compile(r"ph[a-z4&@]p\s{1,3}[l1][a-z&¢€@]nh(?![a-z0-9])")
_INNER = re.compile(r"(?<![a-z])(?:bo\s{1,3}luat|luat|phap\s{1,3}lenh)(?![a-z0-9])")
_INNER_DAMAGED = re.compile(
    rf"(?<![a-z])(?:bo\s{{1,3}}{_LAW_DAMAGED.pattern}|{_LAW_DAMAGED.pattern}|{_ORDINANCE_DAMAGED.pattern})"
)
_CONSTITUTION = re.compile(
    r"hien\s{1,3}phap(?!\s{1,3}l[eu]|[a-z0-9])(?:\s{1,3}nuoc\s{1,3}cong\s{1,3}hoa\s{1,3}xa\s{1,3}hoi\s{1,3}chu\s{1,3}nghia\s{1,3}viet\s{1,3}nam)?"
)
_AMENDING = re.compile(
    r"(?:sua\s{1,3}doi|bo\s{1,3}sung|s[a-z]{1,4}\s{1,3}d[a-z0-9@&]{1,2}i(?=,?\s{0,3}b[a-z0-9@&]{1,2}\s{1,3}sung))(?:\s{0,3},?\s{0,3}(?:va\s{1,3})?(?:b[a-z0-9@&]{1,2}\s{1,3}sung|sua\s{1,3}doi))?(?![a-z0-9])"
)
_HARD_STOP = re.compile(r"[;:.()\"\[\]|*_#>\d`→/]|\n\s*\n|\s-\s|\n\s*[-+•]")
_AMEND_STOP = re.compile(r"[;:(\"\[\]|]|\.\s|\n\s*\n")
_NOTE_MARK = re.compile(r"[1-9](?<=[a-z][1-9])\d?(?![\w/])")  # the number of a footnote: "Luật Nhà ở11"
_WORD = re.compile(r"[^\s,]+|,")
_GAP = r"[\s*_|]{0,4}"
_REVISED = re.compile(
    r"\s{0,3}\(\s?sua doi(?:, bo sung)?\s?\)|\s{1,3}sua doi(?:, bo sung)?(?=\s{1,3}nam\s{1,3}(?:19|20)\d\d)"
)
_YEAR = re.compile(r",?\s{1,3}(?:(?:ban\s{1,3}hanh\s{1,3})?n[ai]m\s{1,3})?((?:19|20)\d\d)(?![\d/]|\s?-\s?\d|\.\d)")
_DAY = re.compile(rf"{_GAP}[,(]?{_GAP}ng[a-z]{{1,2}}y\s{{1,3}}")
_ADOPTED = re.compile(r"[\s,(]{0,3}(?:da )?duoc\s[^;.]{0,110}?thong\s{1,3}qua\s{1,3}(?:tai [^;.]{0,60}?)?ngay\s{1,3}")
_NUMBER_LEAD = re.compile(rf"[\s*_|,(]{{0,6}}(?:luat\s{{1,3}})?(?:(?:s[o06bde&@]?|[58]6)\s{{0,3}}:?\s{{0,3}})?{_GAP}")
_NUMBER_LEAD_DAMAGED = re.compile(
    rf"[\s*_|,(.'-]{{0,6}}(?:luat\s{{1,3}})?{_NUMBERS['label_behind_law']}[\s*_|:.'-]{{0,6}}"
)
_NUMBER_WORD = re.compile(rf"[\s*_|,(]{{0,6}}(?:luat\s{{1,3}})?so\s{{0,3}}:?{_GAP}\d")
_PINPOINT_BEFORE = re.compile(r"(?:dieu|khoan|diem|chuong|muc)\s{1,3}[0-9a-z]{1,6}[\s,]{0,3}(?:cua\s{1,3})?$")
_BASIS_BEFORE = re.compile(rf"{word_lists('header')['preamble']}\s{{1,3}}(?:vao\s{{1,3}})?$")
_LIST_AND = re.compile(r"\s{0,3},\s{0,3}|\s{1,3}va\s{1,3}")


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
            hits.append(NamedHit(law.start, tail, "luat", law.name, date, _cues().types["luat"][1]))
    for congress in find_congress(view):
        name = one_line(view.source[congress.start : congress.end])
        level = ("unit" if congress.low else "province") if congress.body == "TU" else None
        hits.append(NamedHit(congress.start, congress.end, "d-nghi-quyet", name, None, congress.body, level=level))
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    return Named(hits, attached)


def _anchors(view: FoldedText, damaged: bool) -> list[tuple[int, int, str, str]]:
    """(start, end of the type word, type id, body) of every type word, in order."""
    folded = view.folded
    types = _cues().types
    found = []
    for m in (_LAW_DAMAGED if damaged else _LAW).finditer(folded):
        i = m.start()
        before = folded[max(0, i - 5) : i]
        if before == "phap " or before[-1:].isalnum() or folded.startswith(_STUTTER, i):
            continue  # "pháp luật" is most of them
        last = before.split()[-1:]
        if last in (["phap"], ["ky"]):
            continue
        words = "luat"
        if last == ["bo"] and before[-1:] == " ":
            at = folded.rfind("bo", max(0, i - 5), i)
            if at == 0 or not folded[at - 1].isalnum():
                i, words = at, "bo luat"
        found.append((i, m.end(), *types[words]))
    order = _LENH_DAMAGED if damaged else _LENH
    for m in (_PHAP_DAMAGED if damaged else _PHAP).finditer(folded):
        i = m.start()
        if ordinance := order.match(folded, m.end()):
            found.append((i, ordinance.end(), *types["phap lenh"]))
        hien = _HIEN.search(folded, i - 8, i)
        if hien and (constitution := _CONSTITUTION.match(folded, hien.start())):
            found.append((hien.start(), constitution.end(), *types["hien phap"]))
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
    cues = _cues()
    text, folded = view.text, view.folded
    first = _skip(folded, type_end)
    if not (text[first : first + 1].isupper() and text[start].isupper()) or cues.not_first.match(folded, first):
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
                if words <= 2 and cues.comma_goes_on.match(folded, after):
                    continue
                break
            if folded.startswith("va", at) and len(word[0]) == 2:
                after = _skip(folded, word.end())
                if cues.stops_after_and.match(folded, after) or after >= limit:
                    break
                continue
            if _type_word_at(folded, at) or (_may_stop(text, at, first) and _stops(cues, text, folded, at)):
                break
        words += 1
        if words > _MAX_WORDS:
            return None
        end = word.end()
    return end if words >= 2 else None


def _may_stop(text: str, at: int, first: int) -> bool:
    """A capitalised word ("Việt Nam") goes on with the name, unless the whole name is in capitals."""
    return text[at].islower() or text[first : first + 2].isupper()


def _stops(cues: _Cues, text: str, folded: str, at: int) -> bool:
    """A cue word stands at ``at``: as the list spells it, or with its diacritics lost ("đầu tư" is no "từ")."""
    match = cues.stops.match(folded, at)
    if match is None:
        return False
    printed = " ".join(text[at : match.end()].lower().split())
    return printed in cues.stop_words or printed.isascii()


def _type_word_at(folded: str, position: int) -> bool:
    return any(folded.startswith(words, position) for words in _cues().types)


def _amending_end(view: FoldedText, after_head: int, starts: list[int], damaged: bool) -> int | None:
    """The end of "Luật sửa đổi, bổ sung … của Luật X[, Luật Y và Luật Z]"; None where no inner law is named."""
    folded = view.folded
    stop = _AMEND_STOP.search(view.text, after_head, after_head + _WINDOW)
    limit = stop.start() if stop else min(len(folded), after_head + _WINDOW)
    first = _inner_at(view, after_head, limit, damaged)
    if first is None:
        return None
    plural = "cac" in folded[after_head : first[0]].split()[-1:]
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
        if folded[max(0, start - 5) : start].split()[-1:] in (["phap"], ["ky"]):
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
    cues = _cues()
    before = view.folded[max(0, start - 28) : start]
    if cues.not_before.search(before) or (not dated and cues.draft_before.search(before)):
        return False
    if type_id == "hien-phap" and end - start < 12:
        if not view.text[start].isupper():
            return False
        return dated or bool(_PINPOINT_BEFORE.search(before) or _BASIS_BEFORE.search(before))
    if view.text[start].islower() and not any(c.isupper() for c in view.text[start:end]):
        return dated or bool(_PINPOINT_BEFORE.search(before))
    return True
