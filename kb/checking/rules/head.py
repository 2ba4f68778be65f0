"""Rules on the head of the draft: its own number, its type, its date, and the motto over it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.authority import types
from kb.authority.fold import fold
from kb.authority.wording import word_lists
from kb.checking.draft import Draft, Raised
from kb.checking.report import Place
from kb.checking.rules.numbers import NUMBER_FORM, as_seen, contradicts
from kb.checking.words import dated
from kb.identity.numbering import number_parts

_WORDS = word_lists("checking")


def own_number(draft: Draft) -> Iterator[Raised]:
    """The draft's own number is ill-formed, or a Party paper's stands in the State's order (12/NQ-TU)."""
    own = draft.own
    if own is None or own.number is None:
        return
    repairs = [one for one in own.repairs if one.rule in NUMBER_FORM and one.before in draft.text]
    for one in repairs[:1]:
        start = draft.text.index(one.before)
        if as_seen(one.before) != as_seen(own.number) and not draft.without_marks(start):
            place = draft.place(start, start + len(one.before))
            yield Raised("draft_number", {"raw": one.before, "number": own.number}, place=place, suggestion=own.number)


def type_of_heading(draft: Draft) -> Iterator[Raised]:
    """The code in the draft's own number is another type's than that under which it stands (KẾ HOẠCH, 160/QĐ-UBND)."""
    own, place = draft.own, _number_in_head(draft)
    parts = number_parts(own.number) if own is not None and own.number else None
    if own is None or own.number is None or place is None or parts is None or parts.type_code is None or parts.party:
        return
    word = _heading_below(draft, place.end)
    if word is not None and contradicts(word, own.number):
        kind = types.by_word(word)
        yield Raised("draft_type", {"number": own.number, "type": kind.name if kind else word}, place=place)


def year_of_own_number(draft: Draft) -> Iterator[Raised]:
    """The year in the draft's own number is not that of its date."""
    own, place = draft.own, _number_in_head(draft)
    parts = number_parts(own.number) if own is not None and own.number else None
    if own is None or own.date is None or place is None or parts is None or parts.year is None:
        return
    if own.date[:4] != parts.year:
        yield Raised("draft_year", {"number": own.number, "date": dated(own.date)}, place=place)


def _number_in_head(draft: Draft) -> Place | None:
    """Where the draft's own number stands in its head, behind its label; None where it does not stand there."""
    number = draft.own.number if draft.own is not None else None
    if number is None:
        return None
    found = re.search(rf"(?m){_LABEL}(?P<number>{re.escape(fold(number))})(?![a-z0-9])", draft.lines[:_FAR])
    return draft.place(*found.span("number")) if found is not None else None


def _heading_below(draft: Draft, at: int) -> str | None:
    """The type word, folded, that stands alone on the first line of capitals that has one, below the number."""
    for line in draft.text[at : at + _FAR].splitlines():
        shown = " ".join(line.strip(" \t*_#>|:").split())
        kind = types.by_word(fold(shown)) if shown.isupper() else None
        if kind is not None and kind.codes and kind.system != "letter":
            return fold(shown)
    return None


_LABEL = rf"^[ \t*_#>|]*(?:{_WORDS['label']})\s*[:.]?[\s*_]*"
_FAR = 1500
"""Code points in which the number, the date and the type of a draft stand."""


def motto(draft: Draft) -> Iterator[Raised]:
    """A Party paper under the motto of the State, or a paper of the State under the Party's name."""
    if draft.own is None or draft.own.type is None:
        return
    party = types.by_id(draft.own.type).system == "party"
    head = draft.folded[:_HEAD]
    wrong = (_STATE_MOTTO if party else _PARTY_MOTTO).search(head)
    right = (_PARTY_MOTTO if party else _STATE_MOTTO).search(head)
    if wrong is None or right is not None or draft.draft_class not in ("party", *WITH_MOTTO):
        return
    shown = " ".join(draft.text[wrong.start() : wrong.end()].split())
    code = "draft_motto_party" if party else "draft_motto_state"
    yield Raised(code, {"words": shown}, place=draft.place(wrong.start(), wrong.end()))


_HEAD = 600
"""Code points in which a document's head stands."""
WITH_MOTTO = ("administrative", "normative", "letter")
_STATE_MOTTO = re.compile(rf"(?<![a-z]){_WORDS['state_motto']}(?![a-z])")
_PARTY_MOTTO = re.compile(rf"(?<![a-z]){_WORDS['party_motto']}(?![a-z])")


RULES = (own_number, type_of_heading, year_of_own_number, motto)
