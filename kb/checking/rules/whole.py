"""Rules on the draft as a whole: organs and provinces that are no more, its own number in annex heads, annexes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import DamerauLevenshtein

from kb.authority import issuers, provinces, reforms
from kb.authority.fold import begins, ends
from kb.authority.fold import fold as words_of
from kb.authority.patterns import alternatives
from kb.authority.wording import word_lists
from kb.checking.annex_heads import in_annex_head
from kb.checking.draft import Cited, Draft, Raised
from kb.checking.past import BREAK, SENTENCE_END, as_marked, quoted, told_as_past, told_of_year
from kb.checking.words import dated
from kb.identity.numbering import number_parts
from kb.reading.repair.repaired_text import looks_damaged

_WORDS = word_lists("checking")
_BEFORE_CITATION, _NEAR_CITATION = 60, 350
"""Code points before and behind a citation within which its issuer and its title stand."""
_LEVELS = ("ministry", "department", "general", "agency", "party_central", "party_provincial")


def _ended_organs() -> dict[str, issuers.Issuer]:
    """Folded names of organs that ended in the last reorganisation, of those that no organ of today bears."""
    since = reforms.REFORMS["organs_merged"].start
    alive = {words_of(name) for one in issuers.ISSUERS if one.valid_to is None for name in (one.name, *one.names)}
    return {
        words_of(name): one
        for one in issuers.ISSUERS
        if one.valid_to is not None and ends(one.valid_to) >= since and one.level in _LEVELS
        for name in one.names
        if words_of(name) not in alive and words_of(name).split()[0] == words_of(one.name).split()[0]
    }


_ORGANS = _ended_organs()
_ORGAN = re.compile(rf"(?<![a-z0-9])(?P<name>{alternatives(_ORGANS)})(?![a-z0-9])")
_ORGANS_LISTED = re.compile(rf"(?<![a-z])(?P<words>{_WORDS['organs_listed']})(?:\s*:\s*|\s+)")
_ITEM_OF_ORGANS = re.compile(
    rf"(?:(?<=[,;:] )|(?<=[,;:])|(?<= )|(?<=\n))(?P<name>{alternatives({name.partition(' ')[2] for name in _ORGANS})})"
    rf"(?=\s*(?:[,;.\n]|{_WORDS['joined']}\s|$))"
)
_DISTRICT = re.compile(rf"(?<![a-z0-9])(?P<name>{_WORDS['district_bodies']})(?![a-z0-9])")
_DISTRICT_BODIES = frozenset(as_marked(word) for word in _WORDS.words("district_bodies"))


def abolished_organs(draft: Draft) -> Iterator[Raised]:
    """An organ that is no more on the draft's day is given a task or addressed."""
    if draft.day is None:
        return
    for name, start, end in _organs_named(draft):
        organ = _ORGANS.get(name)
        if organ is None or organ.valid_to is None or begins(draft.day) <= ends(organ.valid_to):
            continue
        if _of_the_past(draft, start, end) or _or_its_heir(draft, organ, end):
            continue
        year = told_of_year(draft, start)
        if year is not None and year < ends(organ.valid_to)[:4]:
            continue
        now = ", ".join(_name(code) for code in issuers.successors(organ.code) if code != organ.code)
        values = {"organ": organ.name, "day": dated(organ.valid_to), "now": now or "-"}
        yield Raised(
            "draft_organ",
            values,
            place=draft.place(start, end),
            about=organ.code,
            suggestion=now or None,
        )


def _or_its_heir(draft: Draft, organ: issuers.Issuer, end: int) -> bool:
    """Whether the organ of today is named right behind as the other choice: in a form for what either may have done."""
    behind = draft.folded[end : end + _HEIR_REACH]
    heirs = [words_of(_name(code)) for code in issuers.successors(organ.code) if code != organ.code]
    return _OR.match(behind) is not None and any(heir in behind for heir in heirs)


_HEIR_REACH = 60
_OR = re.compile(rf"[\s,]*{_WORDS['or']}\s")


def _organs_named(draft: Draft) -> Iterator[tuple[str, int, int]]:
    """The ended organs named in full, or in a list whose head bears their first word ("các Sở: Kế hoạch và Đầu tư, Tài
    nguyên và Môi trường"), with their places: (name, start, end)."""
    for match in _ORGAN.finditer(draft.folded):
        word = _ORGANS[" ".join(match["name"].split())].name.split()[0]
        if as_marked(draft.text[match.start() : match.start() + len(word)]) != as_marked(word):
            continue  # "dữ liệu số tài nguyên và môi trường"
        yield " ".join(match["name"].split()), match.start(), match.end()
    for head in _ORGANS_LISTED.finditer(draft.folded):
        first = head["words"].split()[1].strip(",")
        if not _is_said(draft, *head.span("words")):
            continue
        stop = BREAK.search(draft.text, head.end())
        for item in _ITEM_OF_ORGANS.finditer(draft.folded, head.end(), stop.start() if stop else len(draft.text)):
            yield f"{first} {' '.join(item['name'].split())}", item.start("name"), item.end("name")


def _is_said(draft: Draft, start: int, end: int) -> bool:
    """Whether words that head a list of organs are these with their diacritics: "dữ liệu số" is no "các Sở"."""
    return as_marked(" ".join(draft.text[start:end].split())) in _LIST_HEADS


_LIST_HEADS = frozenset(as_marked(word) for word in _WORDS.words("organs_listed"))


def abolished_districts(draft: Draft) -> Iterator[Raised]:
    """A body of the district level on a day on which there is none."""
    if draft.day is None or not reforms.is_so("no_districts", draft.day):
        return
    for match in _DISTRICT.finditer(draft.folded):
        if _of_the_past(draft, match.start(), match.end()):
            continue
        shown = " ".join(draft.text[match.start() : match.end()].split())
        if as_marked(shown) not in _DISTRICT_BODIES:
            continue
        yield Raised(
            "draft_district", {"organ": shown}, place=draft.place(match.start(), match.end()), about=words_of(shown)
        )


def merged_provinces(draft: Draft) -> Iterator[Raised]:
    """A province, or a body of one, that was merged by the draft's day."""
    if draft.day is None:
        return
    for name, start, end in _provinces_named(draft):
        if start >= draft.annexes_start and not _PROVINCIAL_BODY.match(draft.folded, start):
            continue  # works and places in lists keep their names
        last = provinces.lives(name)[-1]
        if (
            last.valid_to is None
            or begins(draft.day) <= ends(last.valid_to)
            or ends(last.valid_to) < reforms.REFORMS["organs_merged"].start
            or _of_the_past(draft, start, end)
        ):
            continue
        now = provinces.successor(name) or ", ".join(provinces.successors(name))
        values = {"province": name, "day": dated(last.valid_to), "now": now}
        yield Raised("draft_province", values, place=draft.place(start, end), about=name)


def _provinces_named(draft: Draft) -> Iterator[tuple[str, int, int]]:
    """The provinces named behind the word for them, or for a body of theirs, alone or in a list ("các tỉnh Hà Tĩnh,
    Quảng Bình"), with their places: (name, start, end)."""
    for word in _PROVINCE_WORD.finditer(draft.folded):
        if as_marked(" ".join(draft.text[word.start() : word.end()].split())).rstrip(": ") not in _PROVINCE_WORDS:
            continue
        start, at = word.start(), word.end()
        while (found := provinces.PATTERN.match(draft.folded, at)) is not None:
            name = provinces.plain(found.group())
            if name is None or not draft.text[found.start()].isupper():
                break
            yield name, start, found.end()
            further = _FURTHER.match(draft.folded, found.end())
            if further is None:
                break
            start = at = further.end()


_PROVINCIAL_BODY = re.compile(alternatives(_WORDS.words("provincial_bodies")))
_WORDS_OF_PROVINCES = (*_WORDS.words("provincial_bodies"), *_WORDS.words("province_words"))
_PROVINCE_WORDS = frozenset(as_marked(word) for word in _WORDS_OF_PROVINCES)
_PROVINCE_WORD = re.compile(rf"(?<![a-z0-9]){alternatives(_WORDS_OF_PROVINCES)}(?::\s*|\s+)")
_FURTHER = re.compile(rf"\s*(?:[,;]|{_WORDS['joined']})\s*(?:{_WORDS['province_words']}\s+)?")


def annex_number(draft: Draft) -> Iterator[Raised]:
    """The head of an annex names another number than the header does."""
    own = draft.own
    if own is None or own.number is None:
        return
    mine = number_parts(own.number)
    for one in draft.cited:
        if one.itself or one.citation.kind != "number" or one.citation.number is None:
            continue
        parts = number_parts(one.citation.number)
        if parts is None or mine is None or (parts.type_code, parts.organs) != (mine.type_code, mine.organs):
            continue
        if not in_annex_head(draft.lines, one.citation.start) or _misread(draft, one, own.number):
            continue
        values = {"number": one.citation.number, "own": own.number}
        yield Raised("draft_annex_number", values, one, suggestion=own.number)


def _misread(draft: Draft, one: Cited, number: str) -> bool:
    """Whether a number is one digit from the draft's own where a scan was read badly."""
    near = DamerauLevenshtein.distance(str(one.citation.number), number) == 1
    start, end = max(0, one.citation.start - _AROUND), one.citation.end + _AROUND
    return near and any(looks_damaged(draft.text[start:at]) for at in (one.citation.start, end))


_AROUND = 300


def annex_date(draft: Draft) -> Iterator[Raised]:
    """The head of an annex gives the draft's own number another date than its header."""
    if draft.own is None or draft.own.date is None:
        return
    for one in draft.cited:
        mine = one.itself and one.citation.number == draft.own.number
        if not mine or not in_annex_head(draft.lines, one.citation.start):
            continue
        date = draft.date_of(one)
        if date is not None and not (date.startswith(draft.own.date) or draft.own.date.startswith(date)):
            values = {"number": one.named, "date": dated(date), "own_date": dated(draft.own.date)}
            yield Raised("draft_annex_date", values, one, suggestion=dated(draft.own.date).vi)


def annexes(draft: Draft) -> Iterator[Raised]:
    """An annex that the text names by its number is not among those that are there."""
    heads = {match["label"] for match in _ANNEX_HEAD.finditer(draft.lines)}
    if len(heads) < _NUMBERED:
        return
    for match in _ANNEX_NAMED.finditer(draft.folded):
        label = match["label"]
        if label not in heads and _comparable(label, heads):
            shown = " ".join(draft.text[match.start() : match.end()].split())
            yield Raised(
                "draft_annex",
                {"annex": shown, "present": len(heads)},
                place=draft.place(match.start(), match.end()),
                about=label,
            )


_NUMBERED = 2
"""Numbered annexes that must be there before another number is missed."""
_LABEL = r"(?P<label>[ivx]{1,5}|\d{1,2})"
_ANNEX_HEAD = re.compile(
    rf"(?m)^[ \t*_#>|]*{_WORDS['annex_word']}\s+(?:{_WORDS['label']}\s*)?{_LABEL}(?![a-z0-9])[ \t*_|.:]*(?:$|\n)"
)
_ANNEX_NAMED = re.compile(
    rf"(?<![a-z0-9]){_WORDS['annex_word']}\s+(?:{_WORDS['label']}\s*)?{_LABEL}\s+(?:{_WORDS['attached']})\s+"
    rf"(?:{_WORDS['this_document']})(?![a-z0-9])"
)


def _comparable(label: str, heads: set[str]) -> bool:
    """Whether the annexes that are there are numbered in the same way."""
    return label.isdigit() == next(iter(heads)).isdigit()


def _of_the_past(draft: Draft, start: int, end: int) -> bool:
    """Whether a name is said to be of the past, or is the issuer or in the title of a document cited here."""
    if told_as_past(draft, start, end) or quoted(draft, start):
        return True
    return any(_beside(draft, one, start, end) for one in draft.cited)


def _beside(draft: Draft, one: Cited, start: int, end: int) -> bool:
    """Whether a name stands right before a citation or behind it, in its sentence: with its issuer and its title."""
    at, stop = one.citation.start, one.citation.end
    reach = _NEAR_CITATION + len(one.citation.title or "")
    if not at - _BEFORE_CITATION <= start <= stop + reach:
        return False
    between = draft.text[stop:start] if start >= stop else draft.text[end:at]
    breaks = SENTENCE_END if one.acted_upon and start >= stop else BREAK
    return breaks.search(between) is None


def _name(code: str) -> str:
    issuer = issuers.by_code(code)
    return issuer.name if issuer is not None else code


RULES = (
    abolished_organs, abolished_districts, merged_provinces, annex_number, annex_date, annexes,
)  # fmt: skip
