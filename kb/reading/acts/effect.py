"""From which day an act counts, and until when: told in its own sentence, else where the text says when it takes
effect itself.

"… hết hiệu lực kể từ ngày 01/7/2026"; "… kể từ ngày Thông tư này có hiệu lực" is the day on which the text does. Days
counted from the signing are counted; those counted from the printing of the gazette are not known.
Words are data (``data/words/acts.json``).
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from kb.authority.wording import word_lists
from kb.reading.dates import date_at
from kb.reading.text.text_forms import TextForms

_WORDS = word_lists("acts")
_BLANK = r"\s{1,3}"
_DATE_REACH = 60
_OWN = re.compile(
    rf"(?<![a-z]){_WORDS['this']}{_BLANK}(?:[a-z]{{1,6}}{_BLANK}){{0,2}}?{_WORDS['takes_effect']}(?![a-z])"
)
_OPENS = re.compile(rf"(?<![a-z]){_WORDS['own_text']}{_BLANK}{_WORDS['takes_effect']}(?![a-z])")
_LINE_REACH = 14
_LINE_BEGINS = re.compile(r"\n[\s\d.*_)-]{0,12}\Z")
_OWN_DAY = f"{_WORDS.folded('this')[0]} "
_PART_REACH = 60
_QUOTE_REACH = 2000
_REPRINT_REACH = 3000  # the article on effect with the list of what it ends
_OF_PART = re.compile(rf"(?<![a-z]){_WORDS['of_whole']}{_BLANK}(?:[a-z]{{1,8}}{_BLANK}){{1,4}}$")
_REFERS = re.compile(rf"(?<![a-z]){_WORDS['from_day']}{_BLANK}(?:[a-z]{{1,8}}{_BLANK}){{1,4}}$")
_FROM = re.compile(rf"(?<![a-z])(?:{_WORDS['from_day']}|{_WORDS['days']}){_BLANK}(?=\d)")
_ACTING_FROM = re.compile(rf"(?<![a-z]){_WORDS['acting']}{_BLANK}(?:{_WORDS['from_day']}){_BLANK}(?=\d)")
_OPENING_FROM = re.compile(rf"\W{{0,6}}(?:[a-z0-9][.)]\W{{0,3}})?(?:{_WORDS['from_day']}){_BLANK}(?=\d)")
_UNTIL = re.compile(
    rf"(?<![a-z]){_WORDS['until_day']}{_BLANK}(?:(?=\d)|{_WORDS['year']}{_BLANK}(?P<year>20\d\d)(?!\d))"
)
_SIGNED = re.compile(rf"[\s,]{{1,3}}{_WORDS['from_day']}{_BLANK}{_WORDS['signing']}(?![a-z])")
_COUNTED = re.compile(
    rf"{_BLANK}{_WORDS['after_days']}{_BLANK}"
    rf"(?P<days>\d{{1,3}}|{_WORDS['fifteen']}|{_WORDS['forty_five']}){_BLANK}(?:\([a-z ]{{1,20}}\){_BLANK})?"
    rf"{_WORDS['days']},?{_BLANK}{_WORDS['from']}{_BLANK}{_WORDS['days']}{_BLANK}{_WORDS['signing']}(?![a-z])"
)
_IN_WORDS = {**dict.fromkeys(_WORDS.folded("fifteen"), 15), **dict.fromkeys(_WORDS.folded("forty_five"), 45)}


class _Told(NamedTuple):
    """Where a text says from which day it counts: ``whole``: it is told of the whole, outside of quotations;
    ``of_part``: of a part."""

    at: int
    day: str
    whole: bool
    of_part: bool


class EffectDays:
    """The days of one text; ``signed``: its own date (ISO), None where it is not known; ``reprint``: a consolidated
    text, in which several documents tell from which day they count."""

    def __init__(self, forms: TextForms, signed: str | None, *, reprint: bool = False) -> None:
        self._forms, self._signed, self._reprint = forms, signed, reprint

    @cached_property
    def own(self) -> str | None:
        """The day (ISO) from which the text itself counts; None where it does not say. What stands in a quotation is
        its day where nothing else tells of the whole, and what tells only of a part ("Điều 5 của Nghị định này có hiệu
        lực từ …") last of all."""
        if not self._told:
            return self._without_pointer
        return min(self._told, key=lambda told: (not told.whole, told.of_part)).day

    @cached_property
    def _without_pointer(self) -> str | None:
        """The same of a text that only summaries give: "1. Nghị định có hiệu lực từ 09/02/2026"."""
        for said in _OPENS.finditer(self._forms.folded):
            if _LINE_BEGINS.search(self._forms.source, max(0, said.start() - _LINE_REACH), said.start()):
                return self._behind(said.end())
        return None

    @cached_property
    def _told(self) -> list[_Told]:
        """Where the text says of itself from which day it counts."""
        folded, found = self._forms.folded, []
        at = folded.find(_OWN_DAY)
        while at >= 0:
            said = _OWN.match(folded, at)
            low = max(0, at - _PART_REACH)
            if said and (at == 0 or not folded[at - 1].isalpha()) and not _REFERS.search(folded, low, at):
                day = self._behind(said.end())
                if day is not None:
                    of_part = _OF_PART.search(folded, low, at) is not None
                    found.append(_Told(at, day, not (of_part or self._is_quoted(at)), of_part))
            at = folded.find(_OWN_DAY, at + 1)
        return found

    def _is_quoted(self, at: int) -> bool:
        """Whether an offset stands in a quotation: new wording of another document, or its words in a footnote."""
        text, low = self._forms.source, max(0, at - _QUOTE_REACH)
        return text.rfind("“", low, at) > text.rfind("”", low, at)

    def _own_at(self, start: int) -> str | None:
        """The day from which the text counts in which an offset stands: of a consolidated text the one told shortly
        before."""
        if not self._reprint:
            return self.own
        before = [told for told in self._told if told.whole and told.at < start]
        return before[-1].day if before and start - before[-1].at <= _REPRINT_REACH else None

    def _behind(self, end: int) -> str | None:
        """The day told right behind "có hiệu lực"."""
        folded = self._forms.folded
        if _SIGNED.match(folded, end, end + _DATE_REACH):
            return self._signed
        stated = _FROM.search(folded, end, end + _DATE_REACH)
        if stated:
            found = date_at(folded, stated.end(), stated.end() + _DATE_REACH)
            return found.iso if found else None
        counted = _COUNTED.match(folded, end, end + 2 * _DATE_REACH)
        return self._after(counted["days"]) if counted else None

    def _after(self, days: str) -> str | None:
        if self._signed is None or len(self._signed) != 10:
            return None
        count = int(days) if days.isdigit() else _IN_WORDS[" ".join(days.split())]
        return (date.fromisoformat(self._signed) + timedelta(days=count)).isoformat()

    def of_act(self, start: int, end: int) -> str | None:
        """The day from which an act told in the sentence from ``start`` to ``end`` counts: its own, else the text's."""
        folded = self._forms.folded
        stated = _OPENING_FROM.match(folded, start, end)
        for said in () if stated else _ACTING_FROM.finditer(folded, start, end):
            stated = said  # the last one: those before may stand in titles
        found = date_at(folded, stated.end(), end) if stated else None
        return found.iso if found else self._own_at(start)

    def until(self, start: int, end: int) -> str | None:
        """The day, or the year, until which an act told between two offsets counts."""
        folded = self._forms.folded
        for stated in _UNTIL.finditer(folded, start, end):
            found = date_at(folded, stated.end(), end)
            if stated["year"] or found:
                return stated["year"] or (found.iso if found else None)
        return None
