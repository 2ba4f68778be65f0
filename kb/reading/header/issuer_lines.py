"""What the lines over a header's number tell of an issuer whose code is not listed: its province, or that it is one of
the centre."""

from __future__ import annotations

import re

from kb.authority import issuers, provinces
from kb.authority.wording import word_lists
from kb.reading.text.text_forms import TextForms

_WORDS = word_lists("issuers")
_REACH = 40  # characters before the province in the issuer's line
_OF_PROVINCE = re.compile(rf"{_WORDS['province_kinds']}\s{{1,3}}")
_LINE = re.compile(r"(?:^|[\n|])[\s*_#|>]*")
_OF_THE_CENTRE = re.compile(rf"{_WORDS['central_houses']}(?![a-z])")


def province(forms: TextForms, start: int, number: int) -> str | None:
    """The province at the end of a line over the number ("THUẾ TỈNH TÂY NINH"): it tells that an organ whose code is
    not known is no central one, whatever organ stands over it."""
    for lead in _OF_PROVINCE.finditer(forms.folded, start, number):
        line = max(forms.source.rfind("\n", 0, lead.start()), forms.source.rfind("|", 0, lead.start()))
        match = provinces.PATTERN.match(forms.folded, lead.end(), number)
        if match is None or lead.start() - line > _REACH or forms.source[match.end()] not in "\n*|":
            continue
        if not _is_organs_name(forms, line, match.end()):
            return provinces.plain(match.group())
    return None


def _is_organs_name(forms: TextForms, line: int, end: int) -> bool:
    """Whether a line with a province at its ``end`` is the name of an organ of the centre ("ĐẠI HỌC QUỐC GIA THÀNH PHỐ
    HỒ CHÍ MINH")."""
    start = line + 1
    while start < end and not forms.folded[start].isalpha():
        start += 1
    found = issuers.longest_match(forms.folded, start, end)
    return found is not None and found[0] >= end and issuers.is_central(found[1])


def of_the_centre(forms: TextForms, start: int, number: int) -> bool:
    """Whether a line over the number begins with the name of a university or of a command of several provinces."""
    return any(
        _OF_THE_CENTRE.match(forms.folded, line.end(), number) for line in _LINE.finditer(forms.text, start, number)
    )
