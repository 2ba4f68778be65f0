"""Provinces that a text names for several numbers at once: over a list ("của UBND tỉnh Bình Thuận: số …, số …",
"- Tỉnh Đắk Nông: …"), or behind it in turn ("số 10, số 11 và số 12 của UBND các tỉnh Bình Thuận, Đắk Nông, Lâm Đồng").

Plans of merged provinces name the bases of their predecessors so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.authority import issuers, provinces
from kb.authority.wording import word_lists
from kb.reading.issuers import organ, places
from kb.reading.numbers.number_hit import NumberHit
from kb.reading.text.text_forms import TextForms

_WORDS = word_lists("issuers")
_HEAD_REACH = 600  # code points before a number in which the head of its list stands
_NAME_REACH = 60  # code points before a colon in which the province with its title stands
_HEAD = re.compile(
    rf"(?<![a-z]){_WORDS['province_titles']}\s{{1,3}}(?P<name>{provinces.PATTERN.pattern})(?:\s?\([^()\n]{{2,30}}\))?\s{{0,2}}\Z"
)
_LINE_ENDS = re.compile(r"\n[ \t]*(?:\n|[-+•*|]|\d{1,2}[.)]|[a-zđ]\))|\.\s")
_SEVERAL = re.compile(
    rf"[\s,]{{1,3}}{_WORDS['of']}\s{{1,3}}(?P<organ>[a-z ]{{2,30}}?)\s{{1,3}}{_WORDS['plural']}\s{{1,3}}"
    rf"(?:{_WORDS['province_titles']}(?:[,\s]{{1,3}}{_WORDS['province_titles']})*\s{{1,3}})"
)
_NEXT = re.compile(rf"\s{{0,2}}(?:,|(?:,\s{{0,2}})?{_WORDS['and']})\s{{1,3}}")


def heads(forms: TextForms, hits: Sequence[NumberHit]) -> Iterator[tuple[int, str]]:
    """(index, province) of the numbers below or behind the head of a list that names one province."""
    for index, hit in enumerate(hits):
        if _is_local(hit) and (name := _over(forms, hit.head)):
            yield index, name


def _over(forms: TextForms, at: int) -> str | None:
    """The province with a colon that heads the list in which an offset stands."""
    low = max(0, at - _HEAD_REACH)
    colon = forms.text.rfind(":", low, at)
    while colon >= 0:
        if _LINE_ENDS.search(forms.text, colon, at):
            return None
        head = _HEAD.search(forms.folded, max(0, colon - _NAME_REACH), colon)
        if head is not None:
            return provinces.plain(head["name"])
        colon = forms.text.rfind(":", low, colon)
    return None


def several(forms: TextForms, hits: Sequence[NumberHit], joined: Sequence[bool]) -> Iterator[tuple[int, str]]:
    """(index, province) of the numbers of a list behind which as many provinces are named in turn.

    ``joined``: for each number whether nothing but the joints of a list parts it from the one before.
    """
    for last, hit in enumerate(hits):
        if last + 1 < len(hits) and joined[last + 1]:
            continue  # not the last of its list
        first = last
        while first and joined[first]:
            first -= 1
        if first == last or not _is_local(hit):
            continue
        names = _named_behind(forms, hit.end)
        if len(names) == last - first + 1:
            yield from zip(range(first, last + 1), names, strict=True)


def _named_behind(forms: TextForms, end: int) -> list[str]:
    """The provinces that "của UBND các tỉnh A, B và C" names behind a number."""
    opened = _SEVERAL.match(forms.folded, end, end + organ.REACH)
    names: list[str] = []
    at = opened.end() if opened else -1
    while at >= 0:
        found = places.province_at(forms, at, at + _NAME_REACH)
        if found is None:
            break
        names.append(found[0])
        joint = _NEXT.match(forms.folded, found[1])
        at = joint.end() if joint else -1
    return names


def _is_local(hit: NumberHit) -> bool:
    return not any(map(issuers.is_central, hit.code.body.split("+")))
