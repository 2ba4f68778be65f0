"""Codes put right by the organ that the text names with their number.

"TƯ" is the centre's (Trung ương), as gazettes print it, or a provincial committee's (Tỉnh ủy), as scans read the U of
its TU; "TT-BGĐT … của Bộ Giáo dục và Đào tạo" lost a letter of BGDĐT. Where no organ is named the code stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from kb.authority import issuers
from kb.model import Repair
from kb.reading import dates
from kb.reading.issuers import organ as organs
from kb.reading.numbers import codes
from kb.reading.numbers.number_hit import NumberHit
from kb.reading.text.text_forms import TextForms

_MARK, _CENTRE, _COMMITTEE = "TƯ", "TW", "TU"
_ABOVE = 420  # code points before a header's number in which its organ's line stands
_BEHIND = 120  # code points behind a number that hold its date and its organ
_LONG = 4  # letters from which on a code with one too few or too many can only be the named organ's
_RULE = "organ_named"


def with_named_organs(forms: TextForms, hits: Sequence[NumberHit]) -> list[NumberHit]:
    """The numbers, with the code of the organ named behind them where theirs is that with a slip."""
    return [_with_organ(forms, hit, first=at == 0) for at, hit in enumerate(hits)]


def _with_organ(forms: TextForms, hit: NumberHit, *, first: bool) -> NumberHit:
    part = hit.code.parts[-1]
    if hit.code.body == _CENTRE and forms.source[hit.start : hit.end].endswith(_MARK):
        return _with_code(forms, hit, _CENTRE, _COMMITTEE) if _is_local(forms, hit, first=first) else hit
    if hit.code.known or len(part) < _LONG or issuers.is_known(part):
        return hit
    named = _named(forms, hit)
    slipped = (
        named is not None and named.code is not None and Levenshtein.distance(part, named.code, score_cutoff=1) == 1
    )
    return _with_code(forms, hit, part, named.code) if slipped and named and named.code else hit


def _named(forms: TextForms, hit: NumberHit) -> organs.Organ | None:
    """The organ named behind a number and its date."""
    date = dates.date_after(forms.folded, hit.end, min(len(forms.folded), hit.end + _BEHIND))
    return organs.organ_after(forms, date.end if date else hit.end)


def _is_local(forms: TextForms, hit: NumberHit, *, first: bool) -> bool:
    """Whether a committee of a province is named behind a number with "TƯ", or in the header's line above it."""
    if (named := _named(forms, hit)) is not None:
        return named.code == _COMMITTEE
    above = organs.issuing_line(forms, max(0, hit.start - _ABOVE), hit.start) if first else None
    return above is not None and above.code == _COMMITTEE


def _with_code(forms: TextForms, hit: NumberHit, part: str, meant: str) -> NumberHit:
    """A number whose last part is ``meant`` and not ``part``."""
    code = codes.decode(f"{hit.code.text[: -len(part)]}{meant}", hit.type_word)
    if code is None or not hit.number.endswith(part):
        return hit
    number = f"{hit.number[: -len(part)]}{meant}"
    repairs = tuple(replace(repair, after=number) for repair in hit.repairs)
    repairs = repairs or (Repair(forms.source[hit.start : hit.end], number, _RULE),)
    return hit._replace(number=number, code=code, type=code.type or hit.type, repairs=repairs)
