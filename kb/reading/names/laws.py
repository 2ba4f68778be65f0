"""Laws, codes, ordinances, the Constitution and congress resolutions cited by name, without a number attached.

A name is the longest one of the law table (``kb.authority.laws``) that stands at the type word; a name the table does
not hold is read by grammar: the word after the type word is capitalised and the name runs to a cue word, a
punctuation mark or a digit (lists in ``words/laws.json``). "Luật sửa đổi, bổ sung … của Luật X" gives
the outer law and, inside it, X. Rules: annotation guide, kind ``named``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kb.authority import laws, types
from kb.authority.wording import word_lists
from kb.reading.dates import date_at
from kb.reading.names.congress import find_congress
from kb.reading.names.law_lists import listed_laws
from kb.reading.names.name_end import WINDOW, name_end, skip
from kb.reading.text.text_forms import TextForms, one_line


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
_CONSTITUTIONS = "hien-phap"  # type id
_BODIES = {id_: types.by_id(id_).orgs[0] for id_ in laws.TYPES}  # type id → who passes such acts
_NOT_BEFORE = re.compile(rf"(?<![a-z]){_WORDS['not_before']}\s{{1,3}}$")
_DRAFT_BEFORE = re.compile(rf"(?<![a-z]){_WORDS['draft_before']}\s{{1,3}}$")

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
_AMEND_STOP = re.compile(r"[;:(\"\[\]|]|\.\s|\n\s*\n")
_GAP = r"[\s*_|]{0,4}"
_REVISED = re.compile(
    rf"\s{{0,3}}\(\s?{_WORDS['revised']}\s?\)"
    rf"|\s{{1,3}}{_WORDS['revised']}(?=\s{{1,3}}{_WORDS.undamaged('year')}\s{{1,3}}(?:19|20)\d\d)"
)
_YEAR = re.compile(
    rf",?\s{{1,3}}(?:(?:{_WORDS['issued']}\s{{1,3}})?{_WORDS['year']}\s{{1,3}})?"
    r"((?:19|20)\d\d)(?![\d/]|\s?-\s?(?:\d\d){1,2}(?![0-9a-z])|\.\d)"  # "2021 - 2025" is no year, "2015⏎- 6Luật" is
)
_DAY = re.compile(rf"{_GAP}[,(]?{_GAP}{_WORDS['day']}(?:\s{{1,3}}|(?=\d))")
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
_OWN_TITLE_ENDS = re.compile(rf"[\s,;:.*_]{{0,6}}{word_lists('header')['preamble']}\s")
_AMENDMENT_REACH = 60  # code points from a law, with number and date, to "Luật sửa đổi, bổ sung năm 2012"
_HEADING = re.compile(r"(?:[^\W\d_]{2,5} ?){1,2}[ *]{0,4}\n")  # a type word alone in its line
_FIRST_LETTER = re.compile(r"\S")
_ITEM = re.compile(r"(?:\A|\s)-\s\d{1,2}\Z")  # the number of an item that runs together with it: "- 5Luật Đất đai"
_LIST_AND = re.compile(rf"\s{{0,3}},\s{{0,3}}|\s{{1,3}}{_AND}\s{{1,3}}")


@dataclass(frozen=True, slots=True)
class Named:
    """What is cited by name: ``hits`` in order of their start, ``attached`` the names that stand with a number
    ("Luật Đường sắt số 06/2017/QH14") by that number's start."""

    hits: list[NamedHit]
    attached: dict[int, NamedHit]


def find_named(forms: TextForms, numbers: Sequence[tuple[int, int]]) -> Named:
    """Laws and congress resolutions cited by name.

    ``numbers`` are the spans of the document numbers found, sorted: a name with its number attached is no citation of
    its own.
    """
    starts = [start for start, _ in numbers]
    found = _Names(forms, starts)
    for start, type_end, type_id, body in _anchors(forms, found.damaged):
        found.take(start, type_end, type_id, body)
    hits, folded = found.hits, forms.folded
    for law in listed_laws(forms):
        date, tail = _date_after(folded, law.end)
        if not _numbered(forms, law.end, starts) and not _numbered(forms, tail, starts):
            hits.append(NamedHit(law.start, tail, "luat", law.name, date, _BODIES["luat"]))
    for congress in find_congress(forms):
        name = one_line(forms.source[congress.start : congress.end])
        level = ("unit" if congress.low else "province") if congress.body == "TU" else None
        hits.append(NamedHit(congress.start, congress.end, "d-nghi-quyet", name, None, congress.body, level=level))
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    return Named(hits, found.attached)


class _Names:
    """The laws of one text cited by name, taken up from type word to type word."""

    def __init__(self, forms: TextForms, starts: list[int]) -> None:
        self.hits: list[NamedHit] = []
        self.attached: dict[int, NamedHit] = {}
        self.damaged = forms.mostly_bare
        self._forms, self._starts = forms, starts
        self._covered = 0  # end of the last name, in which no further name begins …
        self._last = (0, "")  # where the last law's name and date end, and its name
        self._outer: tuple[int, tuple[int, int], int] | None = None  # … except inside the name of an amending law

    def take(self, start: int, type_end: int, type_id: str, body: str) -> None:
        """The law whose type word stands at ``start``, where a name follows that refers to one law."""
        forms, folded = self._forms, self._forms.folded
        inner = self._outer is not None and start < self._outer[2]
        if start < self._covered and not inner:
            return
        amending = None if type_id == _CONSTITUTIONS else _AMENDING.match(folded, skip(folded, type_end))
        end = type_end if type_id == _CONSTITUTIONS else self._end(start, type_end, amending)
        if end is None:
            if amending:
                self._take_amendment(start, amending.end(), type_id, body)
            return
        date, tail = _revised_date_after(folded, end)
        self._covered = max(self._covered, tail)
        within = self._outer if inner else None
        if amending:
            self._outer = (start, amending.span(), end)
        name = one_line(forms.source[start:end])
        self._last = (tail, name)
        if self._has_number(end, tail, within):
            self._attach(NamedHit(start, end, type_id, name, date, body), tail)
        elif _acceptable(forms, start, end, type_id, dated=date is not None):
            if within and tail >= within[2]:  # the date after the last inner name is the outer law's
                tail, date = end, None
            self.hits.append(NamedHit(start, tail, type_id, name, date, body, within))

    def _take_amendment(self, start: int, end: int, type_id: str, body: str) -> None:
        """ "Luật sửa đổi, bổ sung năm 2012" close behind a law: the amendment of that law in that year."""
        last_end, law = self._last
        date, tail = _date_after(self._forms.folded, end)
        if date and law and start - last_end <= _AMENDMENT_REACH and not _numbered(self._forms, tail, self._starts):
            name = f"{one_line(self._forms.source[start:end])} {law}"
            self.hits.append(NamedHit(start, tail, type_id, name, date, body))
            self._covered = max(self._covered, tail)

    def _end(self, start: int, type_end: int, amending: re.Match[str] | None) -> int | None:
        """Where the name ends that begins at ``start``; ``amending``: the words of an amending law's name."""
        if amending is None:
            return name_end(self._forms, start, type_end, self.damaged)
        known = laws.longest_match(self._forms.folded, start)
        if known is not None and known[0] > amending.end():
            return known[0]
        return _amending_end(self._forms, amending.end(), self._starts, self.damaged)

    def _has_number(self, end: int, tail: int, within: tuple[int, tuple[int, int], int] | None) -> bool:
        """Whether a number stands behind a name, or behind its date; behind the last name within that of an amending
        law it is the outer law's."""
        if within is not None and end == within[2]:
            return False
        return _numbered(self._forms, end, self._starts) or (tail != end and _numbered(self._forms, tail, self._starts))

    def _attach(self, named: NamedHit, tail: int) -> None:
        """Give a name to the number behind it, or behind its date, which ends at ``tail``."""
        number = _attached_number(self._forms, named.end, self._starts)
        number = _attached_number(self._forms, tail, self._starts) if number is None else number
        if number is not None:
            self.attached.setdefault(number, named)


def _anchors(forms: TextForms, damaged: bool) -> list[tuple[int, int, str, str]]:
    """(start, end of the type word, type id, body) of every type word, in order."""
    found = [*_law_anchors(forms.folded, damaged), *_phap_anchors(forms.folded, damaged)]
    found.sort()
    return found


def _law_anchors(folded: str, damaged: bool) -> Iterator[tuple[int, int, str, str]]:
    """Those of laws and codes: "luật", "bộ luật", but not "pháp luật"."""
    for match in (_LAW_DAMAGED if damaged else _LAW).finditer(folded):
        start = match.start()
        before = folded[max(0, start - 5) : start]
        if before == _NO_LAW_OFTEN or folded.startswith(_STUTTER, start):
            continue
        if before[-1:].isalnum() and not _ITEM.search(folded, max(0, start - 6), start):
            continue
        last = before.split()[-1:]
        if last in _NO_LAW:
            continue
        kind = "luat"
        if last == [_CODE_WORD] and before[-1:] == " ":
            at = folded.rfind(_CODE_WORD, max(0, start - 5), start)
            if at == 0 or not folded[at - 1].isalnum():
                start, kind = at, "bo-luat"
        yield start, match.end(), kind, _BODIES[kind]


def _phap_anchors(folded: str, damaged: bool) -> Iterator[tuple[int, int, str, str]]:
    """Those of ordinances and Constitutions, by the syllable that both share."""
    order = _LENH_DAMAGED if damaged else _LENH
    for match in (_PHAP_DAMAGED if damaged else _PHAP).finditer(folded):
        start = match.start()
        if ordinance := order.match(folded, match.end()):
            yield start, ordinance.end(), "phap-lenh", _BODIES["phap-lenh"]
        hien = _HIEN.search(folded, start - 8, start)
        if hien and (constitution := _CONSTITUTION.match(folded, hien.start())):
            yield hien.start(), constitution.end(), _CONSTITUTIONS, _BODIES[_CONSTITUTIONS]


def _amending_end(forms: TextForms, after_head: int, starts: list[int], damaged: bool) -> int | None:
    """The end of "Luật sửa đổi, bổ sung … của Luật X[, Luật Y và Luật Z]"; None where no inner law is named."""
    folded = forms.folded
    stop = _AMEND_STOP.search(forms.text, after_head, after_head + WINDOW)
    limit = stop.start() if stop else min(len(folded), after_head + WINDOW)
    first = _inner_at(forms, after_head, limit, damaged)
    if first is None:
        return None
    plural = _PLURAL in folded[after_head : first[0]].split()[-1:]
    ends = [first[1]]
    while True:
        joint = _LIST_AND.match(folded, ends[-1])
        following = _inner_at(forms, joint.end(), joint.end() + 12, damaged) if joint and joint.end() < limit else None
        if joint is None or following is None or following[0] != joint.end():
            break
        ends.append(following[1])
        if len(ends) > 16:
            break
    dated = _date_after(folded, ends[-1])[0] is not None or _numbered(forms, ends[-1], starts)
    return ends[-1] if plural or dated else ends[0]


def _inner_at(forms: TextForms, position: int, limit: int, damaged: bool) -> tuple[int, int] | None:
    """(start, end) of the first law name that begins between ``position`` and ``limit``."""
    folded = forms.folded
    for match in (_INNER_DAMAGED if damaged else _INNER).finditer(folded, position, limit):
        start, type_end = match.span()
        if folded[max(0, start - 5) : start].split()[-1:] in _NO_LAW:
            continue
        end = name_end(forms, start, type_end, damaged)
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


def _revised_date_after(folded: str, end: int) -> tuple[str | None, int]:
    """The same where "(sửa đổi)" may stand between."""
    revised = _REVISED.match(folded, end, end + 30)
    return _date_after(folded, revised.end() if revised else end)


def _attached_number(forms: TextForms, end: int, starts: list[int]) -> int | None:
    """Where the document number begins that is attached to what ends at ``end``."""
    k = bisect_left(starts, end)
    if k == len(starts) or starts[k] - end > 30:
        return None
    lead = _NUMBER_LEAD.fullmatch(forms.folded, end, starts[k])
    if lead is None and forms.damaged(end):
        lead = _NUMBER_LEAD_DAMAGED.fullmatch(forms.folded, end, starts[k])
    return starts[k] if lead else None


def _numbered(forms: TextForms, end: int, starts: list[int]) -> bool:
    """A document number is attached to what ends at ``end``."""
    return (
        _attached_number(forms, end, starts) is not None or _NUMBER_WORD.match(forms.folded, end, end + 30) is not None
    )


def _acceptable(forms: TextForms, start: int, end: int, type_id: str, *, dated: bool) -> bool:
    """Whether the name refers to one existing law: context before it, capital letters, evidence for bare forms."""
    before = forms.folded[max(0, start - 28) : start]
    if _NOT_BEFORE.search(before) or (not dated and _no_citation_yet(forms, start, end, before)):
        return False
    if type_id == _CONSTITUTIONS and end - start < 12:
        if not forms.text[start].isupper():
            return False
        return dated or bool(_PINPOINT_BEFORE.search(before) or _BASIS_BEFORE.search(before))
    if forms.text[start].islower() and not any(c.isupper() for c in forms.text[start:end]):
        return dated or bool(_PINPOINT_BEFORE.search(before))
    return True


def _no_citation_yet(forms: TextForms, start: int, end: int, before: str) -> bool:
    """Whether an undated name is a draft's, or a title: in capitals, its type word alone in the line above, or at the
    beginning of the text with the bases behind it."""
    if _DRAFT_BEFORE.search(before):
        return True
    heading = _HEADING.match(forms.text, start) and forms.text[start:end].isupper()
    if heading and not _AMENDING.search(forms.folded, start, end):  # that of an amending law names another
        return not forms.text[forms.text.rfind("\n", 0, start) + 1 : start].strip(" *#")
    first = _FIRST_LETTER.search(forms.text) if _OWN_TITLE_ENDS.match(forms.folded, end) else None
    return first is not None and first.start() == start
