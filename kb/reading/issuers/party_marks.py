""" "TƯ" in a number: the centre's (Trung ương), as gazettes print it, or a provincial committee's (Tỉnh ủy), as scans
read the U of its TU. The organ that the text names with the number tells which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.reading import dates
from kb.reading.issuers import organ as organs
from kb.reading.numbers import codes
from kb.reading.numbers.number_hit import NumberHit
from kb.reading.text.text_forms import TextForms

_MARK, _CENTRE, _COMMITTEE = "TƯ", "TW", "TU"
_ABOVE = 420  # code points before a header's number in which its organ's line stands
_BEHIND = 120  # code points behind a number that hold its date and its organ


def with_committees(forms: TextForms, hits: Sequence[NumberHit]) -> list[NumberHit]:
    """The numbers, those with "TƯ" as a provincial committee's where the text names one with them."""
    return [_of_committee(hit) if _is_local(forms, hit, first=at == 0) else hit for at, hit in enumerate(hits)]


def _is_local(forms: TextForms, hit: NumberHit, *, first: bool) -> bool:
    """Whether a number with "TƯ" is followed by a committee of a province, or stands below one's line in a header."""
    if hit.code.body != _CENTRE or not forms.source[hit.start : hit.end].endswith(_MARK):
        return False
    limit = min(len(forms.folded), hit.end + _BEHIND)
    date = dates.date_after(forms.folded, hit.end, limit)
    named = organs.organ_after(forms, date.end if date else hit.end)
    if named is not None:
        return named.code == _COMMITTEE
    above = organs.issuing_line(forms, max(0, hit.start - _ABOVE), hit.start) if first else None
    return above is not None and above.code == _COMMITTEE


def _of_committee(hit: NumberHit) -> NumberHit:
    cut = len(_CENTRE)
    code = codes.decode(f"{hit.code.text[:-cut]}{_COMMITTEE}", hit.type_word)
    if code is None:
        return hit
    number = f"{hit.number[:-cut]}{_COMMITTEE}"
    repairs = tuple(replace(repair, after=number) for repair in hit.repairs)
    return hit._replace(number=number, code=code, type=code.type or hit.type, repairs=repairs)
