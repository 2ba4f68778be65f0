"""Lists of numbers that give their common code once, behind the last: "các Nghị quyết số 10, 11, 12-NQ/TU".

Each member before the last is a number too: its own digits, its own year where it has one, and the code of the last.
So is the first of a range ("từ số 10 đến số 12-NQ/TU").
Only digits, years and joints may stand between the type word with its label and the last member, and the type word
must be that of the code.
"""

from __future__ import annotations

import re

from kb.authority.wording import word_lists
from kb.model import RANGE_FROM, RANGE_TO, Repair
from kb.reading.numbers.lead import Lead, codes_of, lead_before
from kb.reading.numbers.number_hit import NumberHit
from kb.reading.text.text_forms import TextForms

_WORDS = word_lists("numbers")
_AND, _LABEL = _WORDS["and"], _WORDS.undamaged("label")
_TO = _WORDS["range_to"]
_JOINT = rf"(?:\s?[,;]\s{{0,2}}(?:{_AND}\s)?|\s{{1,2}}(?:{_AND}|{_TO})\s{{1,2}})(?:{_LABEL}\s{{1,2}})?"
_RANGE = re.compile(rf"[\s,]{{1,3}}{_TO}\s{{1,3}}(?:{_LABEL}\s{{1,2}})?")
_MEMBER = r"\d{1,4}[a-zđ]?(?:/(?:19|20)\d\d)?"
_MEMBERS = re.compile(rf"(?<![\w/.,-])(?:{_MEMBER}{_JOINT}){{1,12}}\Z")
_ONE = re.compile(r"(?<![\d/])(?P<ordinal>\d{1,4}[a-zđ]?)(?:/(?P<year>\d{4}))?(?![\d/])")
_RANGE_REACH = 12  # code points of "đến số"
_REACH = 160  # code points of the members before the last


def with_elided(forms: TextForms, hits: list[NumberHit]) -> list[NumberHit]:
    """The numbers found in a text, with the members of lists whose code only the last one bears."""
    out: list[NumberHit] = []
    for hit in hits:
        members, lead = _members(forms, hit, out[-1].end if out else 0)
        out += members
        out.append(hit._replace(type_word=lead.word, vouched=True) if lead else hit)
    return _with_ranges(forms, out)


def _with_ranges(forms: TextForms, hits: list[NumberHit]) -> list[NumberHit]:
    """The numbers with notes on those between which a text names a whole range ("từ số 101/QĐ-UBND đến số 105/…"); the
    numbers within it are not printed and so no citations."""
    for at in range(1, len(hits)):
        first, last = hits[at - 1], hits[at]
        if last.head - first.end <= _RANGE_REACH and _RANGE.fullmatch(forms.folded, first.end, last.start):
            hits[at - 1] = first._replace(range_ends=(*first.range_ends, RANGE_FROM))
            hits[at] = last._replace(range_ends=(RANGE_TO,))
    return hits


def _members(forms: TextForms, last: NumberHit, low: int) -> tuple[list[NumberHit], Lead | None]:
    """The members of a list before its last one, in order, and what stands before them all; none where ``last`` ends no
    such list. ``low`` is where the number before it ends."""
    begun = last.head == last.start or last.head == last.start - 3  # with its label at most
    if not begun or last.code.type_code is None or not last.number.startswith(last.ordinal):
        return [], None
    members = _MEMBERS.search(forms.folded, max(low, last.start - _REACH), last.start)
    lead = lead_before(forms, members.start(), noisy=False) if members else None
    if members is None or lead is None or not lead.label or last.code.type_code not in codes_of(lead.word):
        return [], None
    found = list(_ONE.finditer(forms.folded, members.start(), members.end()))
    if not last.year and any(one["year"] for one in found):
        return [], None
    return [_member(forms, one, last, lead, first=one is found[0]) for one in found], lead


def _member(forms: TextForms, one: re.Match[str], last: NumberHit, lead: Lead, *, first: bool) -> NumberHit:
    year = one["year"] or last.year
    code = last.number.removeprefix(last.ordinal)
    if one["year"]:
        code = code.replace(f"/{last.year}/", f"/{one['year']}/", 1)
    number = one["ordinal"] + code
    return last._replace(
        start=one.start(),
        end=one.end(),
        number=number,
        ordinal=one["ordinal"],
        year=year,
        type_word=lead.word,
        head=lead.head if first else one.start(),
        vouched=True,
        repairs=(Repair(forms.source[one.start() : one.end()], number, "elided_code"),),
    )
