"""Laws that share one type word: "các Luật Đất đai, Nhà ở và Xây dựng", "các luật: Đất đai; Nhà ở".

Only names that the law table holds are taken behind the first one: a list may go on with anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.authority import laws, types
from kb.authority.fold import fold
from kb.authority.wording import word_lists
from kb.reading.text.text_forms import TextForms

_WORDS = word_lists("laws")
_HEAD = _WORDS.folded("list_head")[0]
_TYPE = types.by_id("luat").name
_TYPE_WORD = fold(_TYPE)
_OPENS = re.compile(r"[\s*_]{0,3}(?P<colon>:)?[\s*_]{0,3}")
_JOINT = re.compile(rf"\s{{0,3}}[,;]\s{{0,3}}(?:{_WORDS['and']}\s{{1,3}})?|\s{{1,3}}{_WORDS['and']}\s{{1,3}}")
_REACH = 200  # code points that hold the longest name
_MOST = 20  # laws in one list


@dataclass(frozen=True, slots=True)
class ListedLaw:
    """A law named without its type word: its span, and its name with the type word."""

    start: int
    end: int
    name: str


def listed_laws(forms: TextForms) -> Iterator[ListedLaw]:
    """The laws of all lists with a shared type word, but for those that stand right behind it."""
    folded = forms.folded
    at = folded.find(_HEAD)
    while at >= 0:
        opens = _OPENS.match(folded, at + len(_HEAD))
        if opens and not folded[at + len(_HEAD) : at + len(_HEAD) + 1].isalnum():
            names = list(_names(forms, opens.end()))
            if len(names) > 1:
                yield from names if opens["colon"] else names[1:]
        at = folded.find(_HEAD, at + 1)


def _names(forms: TextForms, start: int) -> Iterator[ListedLaw]:
    """Names of the law table one after another, each with a capital."""
    at = start
    for _ in range(_MOST):
        found = laws.longest_match(f"{_TYPE_WORD} {forms.folded[at : at + _REACH]}")
        end = at + found[0] - len(_TYPE_WORD) - 1 if found else at
        printed = " ".join(forms.source[at:end].split())
        if not found or not printed[:1].isupper() or not _spelled(printed):
            return
        yield ListedLaw(at, end, f"{_TYPE} {printed}")
        joint = _JOINT.match(forms.folded, end)
        if joint is None:
            return
        at = joint.end()


def _spelled(printed: str) -> bool:
    """A name of one syllable must be spelled as in the table: "Được" is no Luật Dược."""
    if " " in printed:
        return True
    wanted = f"{_TYPE} {printed}".lower()
    return any(name.lower() == wanted for law in laws.find(wanted) for name in (law.name, *law.aliases))
