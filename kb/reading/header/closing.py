"""What the end of a document says of it: the confirmation of a consolidated text, the day on which a law was adopted.

A consolidated text has no number at its head; it is confirmed at the end of the body, before the annexes, with number,
place and date (Ordinance 01/2012/UBTVQH13, Decree 30/2020/NĐ-CP). Laws and resolutions of assemblies end with the
session and day of their adoption, which is their date. Words are data (``words/header.json``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from kb.authority.wording import word_lists
from kb.reading import dates
from kb.reading.numbers.number_hit import NumberHit
from kb.reading.text.text_forms import TextForms

_WORDS = word_lists("header")
_CONFIRMATION = _WORDS.pattern("consolidation")
_CONFIRMATION_CORE = f"{_WORDS.folded('consolidation')[0].split()[0]} "  # in all forms: found first, cheaply
_REACH = 320  # code points around the confirmation in which its number and date stand
CONSOLIDATED = "van-ban-hop-nhat"  # type id
_ADOPTION = _WORDS.pattern("adoption")
_ADOPTION_CORE = f"{_WORDS.folded('adoption')[0].split()[1]} "  # the second word of all forms
_ADOPTED = re.compile(rf"(?<![a-z]){_WORDS['adopted_by']}\s")  # "Luật này được Quốc hội …"
_ADOPTION_REACH = 260  # code points from "này được" to "thông qua": session and term stand between
_TRIES = 60  # sentences with "thông qua" looked at from the end of the text


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The confirmation of a consolidated text: its number, date (ISO) and where it begins."""

    number: NumberHit | None
    date: str | None
    start: int


def confirmation(forms: TextForms, hits: Sequence[NumberHit]) -> Confirmation | None:
    """The confirmation of a consolidated text, in capitals; None where the text has none.

    Args:
        forms: the text.
        hits: all its document numbers, in order.
    """
    at = forms.folded.find(_CONFIRMATION_CORE)
    while at >= 0:
        match = _CONFIRMATION.match(forms.folded, at)
        if match and forms.source[match.start() : match.end()].isupper():
            near = hits[bisect_left(hits, match.start() - _REACH, key=_start) :]
            number = next((hit for hit in near if hit.type == CONSOLIDATED and hit.start < match.end() + _REACH), None)
            low = min(match.start(), number.end) if number else match.start()
            dated = next(dates.long_dates(forms.folded, low, match.end() + _REACH), None)
            date = dates.iso_date(dated[1], dated[2], dated[3]) if dated else None
            return Confirmation(number, date, min(match.start(), number.start if number else match.start()))
        at = forms.folded.find(_CONFIRMATION_CORE, at + 1)
    return None


def _start(hit: NumberHit) -> int:
    return hit.start


def adoption_date(forms: TextForms, start: int) -> str | None:
    """The day (ISO) on which an assembly adopted this law or resolution; None where the text does not say.

    Args:
        forms: the text.
        start: where the body begins; what stands before it is not read.
    """
    at = len(forms.folded)
    for _ in range(_TRIES):
        at = forms.folded.rfind(_ADOPTION_CORE, start, at)
        if at < 0:
            return None
        match = _ADOPTION.search(forms.folded, max(start, at - 12), at + 24)
        if match and _ADOPTED.search(forms.folded, max(start, match.start() - _ADOPTION_REACH), match.start()):
            day = dates.date_at(forms.folded, match.end() + 1, match.end() + 61)
            if day:
                return day.iso
    return None
