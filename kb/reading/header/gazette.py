"""The province of a gazette, as the head of its pages names it: "CÔNG BÁO HÀ NỘI/Số 20/Ngày 15-8-2023".

What a province's gazette prints under the head often names its organ without the province ("ỦY BAN NHÂN DÂN THÀNH
PHỐ"). Source: Decree 100/2010/NĐ-CP on gazettes.
"""

from __future__ import annotations

import re

from kb.authority import provinces
from kb.authority import running_heads as page_lines
from kb.reading.issuers import organ as organs
from kb.reading.text.text_forms import TextForms

_REACH = 1500  # code points of a text in which the head of its first page stands
_LINE = 120  # code points of the head's line, and of the one above
_ANCHORS = tuple(head.anchor for head in page_lines.of_kind(page_lines.HEAD))


def province(forms: TextForms) -> str | None:
    """The province (plain name) whose gazette prints a text; None where no head says so."""
    found = publisher(forms)
    return found.province if found is not None else None


def head_end(forms: TextForms) -> int:
    """Where the first page's head ends; 0 where there is none."""
    at = max(forms.text.find(anchor, 0, _REACH) for anchor in _ANCHORS)
    stop = forms.text.find("\n", at, at + _LINE) if at >= 0 else -1
    return stop if stop >= 0 else 0


def publisher(forms: TextForms) -> organs.Organ | None:
    """The organ, with its province, that the head of a gazette's first page names; None where there is none."""
    for anchor in _ANCHORS:
        at = forms.text.find(anchor, 0, _REACH)
        while at >= 0:
            found = _named(forms, at, at + len(anchor))
            if found is not None:
                return found
            at = forms.text.find(anchor, at + 1, _REACH)
    return None


def _named(forms: TextForms, start: int, end: int) -> organs.Organ | None:
    """The organ or province in the line of a head and in the one above it, all in capitals."""
    text = forms.text
    line = text.rfind("\n", max(0, start - _LINE), start) + 1
    above = text.rfind("\n", max(0, line - _LINE), max(0, line - 1)) + 1
    stop = text.find("\n", end, end + _LINE)
    stop = stop if stop >= 0 else min(len(text), end + _LINE)
    for low, high in ((line, stop), (above, line)):
        for name in provinces.PATTERN.finditer(forms.folded, low, high):
            if not text[name.start() : name.end()].isupper():
                continue
            organ = _organ(forms, low, name.start())
            plain = provinces.plain(name.group())
            return organs.Organ(organ, plain, None, None, name.end())
    return None


_WORD = re.compile(r"\b(?=[a-z])")


def _organ(forms: TextForms, low: int, high: int) -> str | None:
    """The code of the organ that stands before the province in the head."""
    for word in _WORD.finditer(forms.folded, low, high):
        found = organs.organ_at(forms, word.start(), high)
        if found is not None and found.code:
            return found.code
    return None
