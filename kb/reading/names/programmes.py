"""Programmes cited by name: "Đề án phát triển … trên địa bàn tỉnh giai đoạn 2021 - 2025".

A name is known by its end, the period of years, which is rarer than the type words: from there it is followed back to
a type word that a citing word stands before ("thực hiện", "theo", …). What lacks one of the three is left out, and so
is a document still to be written ("xây dựng Đề án …"). Words are data: ``programmes.json``, ``words/programmes.json``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kb.authority import load
from kb.authority.patterns import alternatives
from kb.authority.wording import word_lists
from kb.model import Repair
from kb.reading.issuers import places
from kb.reading.relations.cited_span import CitedSpan
from kb.reading.repair.repaired_text import repaired_text
from kb.reading.text.text_forms import TextForms, fold

_FILE = load.DATA / "programmes.json"
LONGEST = 260
"""Code points from the type word to the period; the longest name met has 231."""
_CUE_REACH = 28
_FUTURE_REACH = 60
_NUMBER_REACH = 150
_MIN_WORDS = 4
_WORDS = word_lists("programmes")
_PERIODS = (_WORDS.folded("period")[0], " ".join((*_WORDS.folded("until"), *_WORDS.folded("year"), "20")))
"""How periods begin; each is looked for in the whole text, so that a line break within is not worth its time."""
_UNTIL, _YEAR_WORD = _WORDS["until"], _WORDS["year"]
_YEAR = rf"(?:{_YEAR_WORD}\s{{1,4}})?(20\d\d)"
_PERIOD = re.compile(
    rf"{_WORDS['period']}\s{{1,4}}(?:[iv1]{{1,3}}\s?[:,]?\s{{0,4}}(?:{_WORDS['from']}\s{{1,4}})?)?{_YEAR}"
    rf"\s{{0,4}}(?:-|–|{_UNTIL})\s{{0,4}}{_YEAR}(?!\d|/)|{_UNTIL}\s{{1,4}}{_YEAR_WORD}\s{{1,4}}(20\d\d)(?!\d|/)"
)
_LATER = re.compile(
    rf"[\s,(]{{1,4}}(?:{_WORDS['and']}\s{{1,4}})?(?:{_WORDS['outlook']}\s{{1,4}}"
    rf"(?:(?:{_UNTIL}\s{{1,4}})?(?:{_YEAR_WORD}\s{{1,4}})?20\d\d|20\d\d\s?-\s?20\d\d))(?!\d|/)"
)
_BREAK = re.compile(r"[;:.|(\[\]!?*#]|\n\s{0,8}\n|\n\s{0,8}[-+•]\s|\d\s?/\s?[a-z0-9]")
_WORD = re.compile(r"[^\W\d_]+")
_APPROVING = ("quyet-dinh", "nghi-quyet")  # beginnings of the types that approve programmes
_APART = re.compile(r"[;:|]|\.\s|\n\s*\n")
_IN_BRACKETS = re.compile(rf"[\s”\"]{{0,4}}\(\s?(?:{_WORDS['bracket_opens']}\s)?")
_MARKS = re.compile(r"[*_]")
_PLACE_WORD = re.compile(rf"(?<![a-z]){word_lists('issuers')['province_kinds']}\s{{1,4}}")
_ISSUER_AFTER = re.compile(rf"[\s,”\"]{{0,4}}{_WORDS['issuer_follows']}\s{{1,4}}")


@dataclass(frozen=True, slots=True)
class ProgrammeHit:
    """One programme cited by name.

    ``text[start:end]`` is the name with its period; ``name`` the same on one line with the damage of a
    scan put right as ``repairs`` says; ``body`` the issuer's code or
    ``?``; ``scope``: "central", "local" (of the citing document's province), a province's plain name, or "" where the
    words do not say; ``approved``: index, in the mentions given, of the number that approves it.
    """

    start: int
    end: int
    type: str
    name: str
    repairs: tuple[Repair, ...]
    body: str
    scope: str
    approved: int | None


@dataclass(frozen=True, slots=True)
class TitledName:
    """Where in a title a programme's name stands: words ``title[first:last]``, period ``title[last:end]``."""

    type: str
    first: int
    last: int
    end: int


def entries() -> list[dict[str, Any]]:
    """The types of programmes of the data file, checked: ``forms`` in folded letters, ``examples`` and ``never``.

    Raises ``AuthorityError`` where the file breaks its schema.
    """
    required = {
        "id": load.word,
        "name": load.word,
        "forms": load.examples,
        "needs_issuer": load.flag,
        "examples": load.examples,
        "never": load.examples,
    }
    return load.entries(_FILE, required, {}, key="id")


def issuers() -> list[dict[str, Any]]:
    """The issuers that may stand behind a programme's name, checked: ``words``, the organ's code ``body``, whether
    it is one of a province (``local``).

    Raises ``AuthorityError`` where the file breaks its schema.
    """
    required = {
        "body": load.word,
        "words": load.examples,
        "local": load.flag,
        "match": load.examples,
        "no_match": load.examples,
    }
    return load.entries(_FILE, required, {}, key="body", section="issuers")


_TYPES = {fold(form): (one["id"], one["name"], one["needs_issuer"]) for one in entries() for form in one["forms"]}
"""Form → (type id, its words, whether a name without an issuer is none)."""
_FORM = rf"(?P<form>{alternatives(_TYPES)})"
_START = re.compile(rf"(?<![\w&€]){_FORM}\s{{1,4}}(?=[^\W\d_])")
_TITLED = re.compile(rf"(?:^[\s“\"]{{0,4}}|(?<![a-z]){_WORDS['approved']}[\s“\"]{{1,4}}){_FORM}\s{{1,4}}")
_CUE = re.compile(rf"(?<![a-z]){_WORDS['cues']}[\s“\"*_]{{1,6}}$")
_FUTURE = re.compile(
    rf"(?<![a-z]){_WORDS['future_before']}(?:[\s,]{{1,4}}{_WORDS['future_goes_on']}){{0,6}}[\s,“\"]{{1,4}}$"
)
_NOT_FIRST = re.compile(rf"{_WORDS['not_first']}(?![a-z])")
_NOT_INSIDE = _WORDS.pattern("not_inside")
_GENERIC = _WORDS.pattern("generic")
_APPROVED = _WORDS.pattern("approved")
_APPROVAL = re.compile(
    rf"(?!\s{{0,4}}\(\s?{_WORDS['promulgated']}\s)[\s”\",(]{{0,5}}{_WORDS['approval_begins']}(?![a-z])"
)
_ISSUERS = tuple(
    (re.compile(rf"{alternatives(one['words'])}(?![a-z])"), one["body"], one["local"]) for one in issuers()
)
_CENTRAL, _LOCAL = _WORDS.pattern("central"), _WORDS.pattern("local")


def type_before_period(title: str) -> TitledName | None:
    """The programme that a title names at its beginning or says is approved; None where it does neither.

    ``title`` is NFC, on one line.
    """
    folded = fold(title)
    for period in _periods(folded):
        start = _TITLED.search(folded, 0, period.start())
        if start is None or len(_WORD.findall(folded, start.end(), period.start())) < _MIN_WORDS:
            return None
        return TitledName(_TYPES[" ".join(start["form"].split())][0], start.end(), period.start(), period.end())
    return None


def find_programmes(forms: TextForms, mentions: Sequence[CitedSpan], beyond: int = 0) -> list[ProgrammeHit]:
    """The programmes cited by name, in order.

    Args:
        mentions: what else is cited, in order of their start; a name that overlaps one is left out.
        beyond: where the document's own header ends; no name begins before it.
    """
    hits: list[ProgrammeHit] = []
    floor = beyond
    at_mention = 0
    for period in _periods(forms.folded):
        if period.start() < floor:
            continue
        while at_mention < len(mentions) and mentions[at_mention].start < period.end():
            at_mention += 1
        low = max(floor, period.start() - LONGEST)
        if at_mention:
            low = max(low, mentions[at_mention - 1].end)
        hit = _named(forms, period, low, mentions, at_mention)
        if hit is not None:
            hits.append(hit)
        floor = period.end()
    return hits


def _periods(folded: str) -> Iterator[re.Match[str]]:
    found: dict[int, re.Match[str]] = {}
    for words in _PERIODS:
        at = folded.find(words)
        while at >= 0:
            match = _PERIOD.match(folded, at)
            if match:
                found[at] = match
            at = folded.find(words, at + 1)
    return iter([found[at] for at in sorted(found)])


def _named(
    forms: TextForms, period: re.Match[str], low: int, mentions: Sequence[CitedSpan], after: int
) -> ProgrammeHit | None:
    """The name that ends with ``period`` and begins at or after ``low``; ``after`` is the index of the mention that
    follows."""
    folded = forms.folded
    years = [int(year) for year in period.groups() if year]
    if years != sorted(years):
        return None
    for stop in _BREAK.finditer(folded, low, period.start()):
        low = stop.end()
    for start in _START.finditer(folded, low, period.start()):
        if not _is_name(forms, start, period.start()):
            continue
        if _is_future(forms, start.start()):
            return None
        kind, type_name, needs_issuer = _TYPES[" ".join(start["form"].split())]
        later = _LATER.match(folded, period.end())
        end = later.end() if later else period.end()
        body, local = _issuer(folded, end)
        approved = _approved_by(forms, end, mentions, after)
        if needs_issuer and body == "?" and approved is None:
            continue
        name, repairs = _name(" ".join(_MARKS.sub(" ", forms.source[start.start() : end]).split()), type_name)
        scope = _scope(TextForms(name)) or _issuers_place(forms, end, local)
        return ProgrammeHit(start.start(), end, kind, name, repairs, body, scope, approved)
    return None


def _is_name(forms: TextForms, start: re.Match[str], end: int) -> bool:
    """Whether a programme's name stands between the type word ``start`` and the period at ``end``: cited by the words
    before it, capitalised, with a title of its own, and no heading in capitals."""
    folded, first = forms.folded, start.end()
    if not forms.text[start.start()].isupper() or _NOT_FIRST.match(folded, first):
        return False
    if not _CUE.search(folded, start.start() - _CUE_REACH, start.start()) or _NOT_INSIDE.search(folded, first, end):
        return False
    return not forms.text[first:end].isupper() and len(_WORD.findall(_GENERIC.sub("", folded[first:end]))) >= _MIN_WORDS


def _is_future(forms: TextForms, start: int) -> bool:
    """Whether the sentence speaks of a document still to be written."""
    return _FUTURE.search(forms.folded, start - _FUTURE_REACH, start) is not None


def _issuer(folded: str, end: int) -> tuple[str, bool | None]:
    """(code, whether it is a province's) of the issuer named behind a name, ``?`` and None without one."""
    lead = _ISSUER_AFTER.match(folded, end)
    if lead:
        for pattern, body, local in _ISSUERS:
            if pattern.match(folded, lead.end()):
                return body, local
    return "?", None


def _scope(name: TextForms) -> str:
    """Whose programme the name itself says it is (``ProgrammeHit.scope``)."""
    folded = name.folded
    if _CENTRAL.search(folded):
        return "central"
    for place in _PLACE_WORD.finditer(folded):
        found = places.province_at(name, place.end(), place.end() + 30)
        if found is not None and name.text[place.end()].isupper():
            return found[0]
    return "local" if _LOCAL.search(folded) else ""


def _issuers_place(forms: TextForms, end: int, local: bool | None) -> str:
    """Whose programme it is by the issuer named behind the name, ``local`` telling of which level that is."""
    if local is None:
        return ""
    if not local:
        return "central"
    for place in _PLACE_WORD.finditer(forms.folded, end, end + 40):
        found = places.province_at(forms, place.end(), place.end() + 30)
        if found is not None and forms.text[place.end()].isupper():
            return found[0]
    return "local"


@lru_cache(maxsize=1024)
def _name(printed: str, type_name: str) -> tuple[str, tuple[Repair, ...]]:
    """A name with the damage of a scan put right, and what was changed."""
    if not TextForms(printed).mostly_bare:
        return printed, ()
    repaired = repaired_text(printed)
    repairs = tuple(Repair(edit.before, edit.after, edit.rule) for edit in repaired.edits)
    length = type_name.count(" ") + 1
    seen = repaired.text.split()[:length]
    if seen == type_name.split():
        return repaired.text, repairs
    first = Repair(" ".join(printed.split()[:length]), type_name, "type_word")
    return type_name + repaired.text.removeprefix(" ".join(seen)), (first, *repairs)


def _approved_by(forms: TextForms, end: int, mentions: Sequence[CitedSpan], after: int) -> int | None:
    """Index of the number right behind the name that approved it ("được … phê duyệt tại Quyết định số …")."""
    if after >= len(mentions):
        return None
    mention = mentions[after]
    if mention.kind != "number" or not (mention.type or "").removeprefix("d-").startswith(_APPROVING):
        return None
    if mention.head < end or mention.head - end > _NUMBER_REACH:
        return None
    between = forms.folded[end : mention.head]
    if _APART.search(between):
        return None
    if _IN_BRACKETS.fullmatch(between):
        return after
    approved = _APPROVED.search(between) if _APPROVAL.match(between) else None
    return None if approved is None or "," in between[approved.end() :] else after
