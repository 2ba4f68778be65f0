"""The organ that a sentence names for a cited document ("… của Ủy ban nhân dân tỉnh Nghệ An")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from kb.authority import districts, issuers
from kb.authority.wording import word_lists
from kb.reading.issuers import places
from kb.reading.text.text_forms import TextForms

REACH = 160  # code points after a number's date in which its organ is looked for
_WORDS = word_lists("issuers")
_OF = re.compile(rf"[\s*_|,)\]]{{0,6}}(?:\(?\s?{_WORDS['of']}[\s*_|]{{1,4}})")
_HEADS = re.compile(rf"{_WORDS['heads']}\s+")


class Organ(NamedTuple):
    """An organ named in the text: its code where known, the place named with it, the end of the phrase, and whether
    the phrase says that it is a local one ("Cục Thuế tỉnh")."""

    code: str | None
    province: str | None
    unit: str | None
    level: str | None
    end: int
    local: bool = False


# "Ủy ban nhân dân tỉnh về việc …": a level without a name ends the organ's phrase.
_BARE_LEVEL = re.compile(rf"\s{{1,4}}{_WORDS['levels']}(?=\s{{1,4}}[a-z]|[\s;,.)*]*$|[;,.)*])")


def organ_after(forms: TextForms, position: int) -> Organ | None:
    """The organ named after ``của`` (or ``do``) right at ``position``; None where no known organ follows."""
    limit = min(len(forms.folded), position + REACH)
    of = _OF.match(forms.folded, position, limit)
    return organ_at(forms, of.end(), limit) if of else None


_JOINS = re.compile(rf"\s{{0,3}}(?:[,-]|{_WORDS['joins']}\s)\s{{0,3}}")
_MOST_SIGNERS = 6


def organs_after(forms: TextForms, position: int) -> tuple[Organ, ...]:
    """All organs named after ``của`` right at ``position`` ("của UBND và UB MTTQ thành phố"), in order."""
    found: list[Organ] = []
    one = organ_after(forms, position)
    while one is not None and len(found) < _MOST_SIGNERS:
        found.append(one)
        join = _JOINS.match(forms.folded, one.end)
        one = organ_at(forms, join.end(), min(len(forms.folded), one.end + REACH)) if join else None
    return tuple(found)


_BEFORE_REACH = 130  # code points before a mention in which "… của UBND tỉnh X tại" is looked for
_AT = re.compile(rf"[\s*_,(]{{0,4}}{_WORDS['at']}?[\s*_]{{0,4}}(?:{_WORDS['plural']}\s)?(?:{_WORDS['documents']}\s)?")


def organ_before(forms: TextForms, head: int, low: int) -> Organ | None:
    """The organ named right before a mention ("theo đề nghị của Cục Thuế tỉnh Gia Lai tại Tờ trình số …")."""
    low = max(low, head - _BEFORE_REACH, 0)
    at = _last_of(forms, low, head)
    found = organ_at(forms, at, head) if at >= 0 else None
    if found and _AT.fullmatch(forms.folded, found.end, head):
        return found
    return _issuing(forms, low, head)


_OF_DAMAGED = re.compile(rf"{_WORDS['of_before']}\s{{1,4}}")
_OF_CLEAN = f"{_WORDS.folded('of_before')[0]} "


def _last_of(forms: TextForms, low: int, head: int) -> int:
    """Where the last "của" before ``head`` ends, as the text spells it; -1 where there is none."""
    if not forms.damaged(head):
        at = forms.folded.rfind(_OF_CLEAN, low, head)
        return at + len(_OF_CLEAN) if at >= 0 else -1
    return max((of.end() for of in _OF_DAMAGED.finditer(forms.folded, low, head)), default=-1)


_ISSUES_WHAT = rf"{_WORDS['issuing_verbs']}\s(?:{_WORDS['plural']}\s)?[\s*_]{{0,4}}"
_ISSUES = re.compile(rf"[\s*_,]{{0,4}}(?:{_WORDS['already']}\s)?{_ISSUES_WHAT}")
_CLAUSE = re.compile(r"[.;:,\n|]")


def _issuing(forms: TextForms, low: int, head: int) -> Organ | None:
    """The organ that a clause says issued what follows ("HĐND huyện A đã ban hành Nghị quyết số …")."""
    verb = _ISSUED.search(forms.folded, max(low, head - 24), head)
    if verb is None:
        return None
    start = low
    for mark in _CLAUSE.finditer(forms.text, low, head):
        start = mark.end()
    while start < head and not forms.folded[start].isalpha():
        start += 1
    found = organ_at(forms, start, head)
    return found if found and _ISSUES.fullmatch(forms.folded, found.end, head) else None


_ISSUED = re.compile(rf"(?<![a-z]){_ISSUES_WHAT}$")


def organ_at(forms: TextForms, position: int, limit: int) -> Organ | None:
    """The organ whose name begins right at ``position``, with the province and unit that follow it."""
    title = _HEADS.match(forms.folded, position, limit)
    start = title.end() if title else position
    found = issuers.longest_match(forms.folded, start, limit) or (
        issuers.longest_match(forms.folded, position, limit) if title else None
    )
    if found is None:
        return None
    end, code = found
    end = min(end, limit)
    unit, end = places.unit_at(forms, end, limit) or (None, end)
    level = None if unit else _BARE_LEVEL.match(forms.folded, end, limit)
    province = places.province_at(forms, _skip_comma(forms.folded, end) if unit else end, limit)
    following = province[1] if province else level.end() if level else end
    local = any((province, unit, level, _LEVEL_LAST.search(forms.folded, start, end)))
    place = province[0] if province else _of_district(forms, code, unit, end, limit)
    return Organ(code, place, unit, issuers.level(code), following, local)


def _of_district(forms: TextForms, code: str, unit: str | None, end: int, limit: int) -> str | None:
    """The province of the district that an organ's name gives, with its kind or bare."""
    return districts.province_of(unit) if unit else _seat(forms, code, end, limit)


def _seat(forms: TextForms, code: str, end: int, limit: int) -> str | None:
    """The province of a district that stands bare behind the name of one of its offices ("Phòng GD&ĐT Xuyên Mộc")."""
    name = _SEAT.match(forms.source, end, limit) if issuers.level(code) == "district" else None
    words = name[1].split() if name else []
    sizes = range(len(words), 1, -1)
    return next(filter(None, (districts.province_of_place(" ".join(words[:size])) for size in sizes)), None)


_LEVEL_LAST = re.compile(rf"\s{_WORDS['province_kinds']}\Z")  # of an organ's name that has its level: "BHXH tỉnh"
_SEAT = re.compile(r"\s{1,3}((?:[^\W\d_]\S{0,7}\s){1,2}[^\W\d_][^\W\d_]{0,7})")
_COMMA = re.compile(r"\s{0,3},?\s{0,3}")


def _skip_comma(folded: str, position: int) -> int:
    match = _COMMA.match(folded, position)
    return match.end() if match else position


_ISSUING = re.compile(r"(?:^|[\n|])[\s*_#|>]*")
_DRAFTING = re.compile(rf"(?<![a-z]){_WORDS['drafting_verbs']}\b.{{0,40}}?(?<![a-z])({_WORDS['drafted']})(?![a-z])")


def issuing_line(forms: TextForms, start: int, end: int) -> Organ | None:
    """The organ of the header's left column: the lowest organ named there, with the province of any line."""
    province = unit = None
    best: Organ | None = None
    position = start
    while position < end:
        found = organ_at(forms, position, end)
        if found:
            province = found.province or province
            unit = found.unit or unit
            best = found
            position = max(found.end, position + 1)
        else:
            line = _ISSUING.search(forms.text, position, end)
            if line is None:
                break
            position = line.end() if line.end() > position else position + 1
    if best is None:
        return None
    return Organ(best.code, province, unit, best.level, best.end, best.local)


@dataclass(frozen=True, slots=True)
class Drafting:
    """The sentence in which an organ issues a document: the organ, the folded type word, the span of the title."""

    organ: Organ
    word: str
    title: tuple[int, int]


def drafting(forms: TextForms) -> Drafting | None:
    """What the text says after its preamble of who issues it ("Sở … xây dựng Kế hoạch …, cụ thể như sau")."""
    reach = min(len(forms.folded), 2500)
    for verb in _DRAFTING.finditer(forms.folded, 0, reach):
        line = max(forms.text.rfind("\n", 0, verb.start()), forms.text.rfind(";", 0, verb.start()), 0)
        start = re.compile(r"[\s;*_|#>-]*").match(forms.folded, line)
        found = organ_at(forms, start.end() if start else line, verb.start())
        if found and found.end - verb.start() >= -60 and found.end - line > 8:
            stop = _TITLE_STOP.search(forms.folded, verb.end(), min(len(forms.folded), verb.end() + 300))
            span = (verb.start(1), stop.start() if stop else verb.end())
            return Drafting(found, " ".join(verb[1].split()), span)
    return None


_TITLE_STOP = re.compile(rf"[,;:]|\.(?=\s)|(?<![a-z]){_WORDS['drafting_ends']}(?![a-z])")
_OWNER = re.compile(
    rf"{_OF.pattern}(?P<name>[a-z][a-z &,-]{{2,110}}?)\s{{1,3}}{_WORDS['central_owners']}"
    rf"(?=[\s*_]{{0,4}}(?:[,;.:()\n]|\Z|{_WORDS['behind_organ']}(?![a-z])))"
)
_KIND = re.compile(
    rf"{_OF.pattern}{_WORDS['central_kinds']}(?![a-z])(?P<name>[^;.:()\n]{{0,110}}?)"
    rf"(?=[\s*_]{{0,4}}(?:[,;.:()\n]|\Z|{_WORDS['behind_organ']}(?![a-z])))"
)
_NOT_IN_NAME = re.compile(rf"(?<![a-z])(?:{_WORDS['local_owners']}|{_WORDS['about']})(?![a-z])")


def central_owner(forms: TextForms, position: int, limit: int) -> bool:
    """Whether right at ``position`` an organ is named that no file lists and that its name tells to be of the centre
    ("của Tổ công tác … của Thủ tướng Chính phủ", "của Công đoàn Y tế Việt Nam", "của Trường Đại học Thủy lợi")."""
    stop = min(limit, position + REACH)
    owner = _OWNER.match(forms.folded, position, stop) or _KIND.match(forms.folded, position, stop)
    return owner is not None and _NOT_IN_NAME.search(owner["name"]) is None


def is_branch(code: str, organ: Organ | None, date: str | None = None) -> bool:
    """Whether an organ of the State that has branches in the provinces is named as one of these ("BHXH tỉnh"), or at
    the ``date`` had its code for them alone."""
    if issuers.was_local(code, date):
        return True
    return organ is not None and organ.local and has_branches(code)


def has_branches(code: str) -> bool:
    """Whether an organ of the State has branches in the provinces under its own code."""
    return issuers.level(code) in _WITH_BRANCHES


_WITH_BRANCHES = ("general", "agency")  # levels
_CENTRAL_WORDS = re.compile(_WORDS["central"])


def is_central(forms: TextForms, code: str, organ: Organ | None = None) -> bool:
    """Whether an organ belongs to no province: by its code (joint ones joined with "+"), where the sentence names a
    central organ for an unknown code, or (boards) where its name says Nhà nước, Trung ương."""
    if "+" in code:
        return any(is_central(forms, part, organ) for part in code.split("+"))
    if issuers.is_central(code) or (issuers.level(code) in (None, "board") and issuers.has_central_mark(code)):
        return True
    told_by_name = issuers.level(code) in (None, "board") or issuers.stands_at_both(code)
    if not told_by_name or organ is None:
        return False
    if organ.code and organ.code != code and issuers.is_central(organ.code):
        return not (organ.local and issuers.level(organ.code) == "general")  # "823/DLA-CNTK của Thuế tỉnh Đắk Lắk"
    return _CENTRAL_WORDS.search(forms.folded, organ.end, organ.end + 40) is not None
