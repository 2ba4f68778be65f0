"""Rules on the issuer of a cited document, in words: missing, against the number's code, against the sources."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.authority import issuers
from kb.authority.fold import fold
from kb.authority.wording import word_lists
from kb.checking.draft import Cited, Draft, Raised
from kb.checking.report import Evidence
from kb.checking.sources import citation_of
from kb.identity.numbering import NumberParts, is_full, number_parts
from messages import Message

_COMPARED = ("central", "ministry", "provincial", "department", "agency", "general", "court")
"""Levels at which a code and the issuer's words name one organ."""


def against_code(draft: Draft) -> Iterator[Raised]:
    """The words name another organ than the number's code (93/NQ-HĐND "của Ủy ban nhân dân")."""
    for one in draft.others:
        in_code = _organ_of(one)
        named = draft.tail(one).issuer if in_code is not None else None
        if in_code is None or named is None or not _comparable(named[2]) or related(in_code, named[2]):
            continue
        if _was_not_there(draft, one, in_code):
            continue
        if draft.tail(one).date is None and _by_whom(draft, named[0]):
            continue
        words = " ".join(draft.text[named[0] : named[1]].split())
        values = {"number": one.named, "words": words, "issuer": _name(in_code)}
        place = draft.place(named[0], named[1])
        yield Raised("issuer_code", values, one, place=place, suggestion=_standing(one))


def _was_not_there(draft: Draft, one: Cited, code: str) -> bool:
    """Whether the organ that a code stands for did not exist on the date: it stands for another one, which the list of
    organs does not have."""
    issuer, date = issuers.by_code(code), draft.date_of(one)
    return issuer is not None and is_full(date) and not issuer.existed(date)


def _by_whom(draft: Draft, start: int) -> bool:
    """Whether an issuer is tied by "do": without a date between it may be that of what is told about the document
    ("Công văn … về thực hiện Nghị quyết 98/2023/QH15 do Cục Thuế ban hành")."""
    return _BY_WHOM.search(draft.folded, max(0, start - _TIE), start) is not None


_BY_WHOM = re.compile(rf"(?:{word_lists('checking')['by_whom']})\s+$")
_TIE = 12


def against_party_code(draft: Draft) -> Iterator[Raised]:
    """The words name a body of the State, or a committee of another level, behind a number of the Party (05-NQ/TU "của
    UBND tỉnh", 210-KL/TW "của Chính phủ")."""
    for one in draft.others:
        parts = number_parts(one.citation.number or "") if one.by_number else None
        in_code = issuers.by_code(parts.organs[-1]) if parts is not None and parts.party and parts.organs else None
        named = draft.tail(one).issuer if in_code is not None else None
        words_of = issuers.by_code(named[2]) if named is not None else None
        if in_code is None or named is None or words_of is None or not _of_other_level(in_code, words_of):
            continue
        if draft.tail(one).date is None and _by_whom(draft, named[0]):
            continue
        words = " ".join(draft.text[named[0] : named[1]].split())
        values = {"number": one.named, "words": words, "issuer": in_code.name}
        yield Raised("issuer_code", values, one, place=draft.place(named[0], named[1]), suggestion=_standing(one))


def _of_other_level(in_code: issuers.Issuer, named: issuers.Issuer) -> bool:
    if in_code.level not in _PARTY_LEVELS or in_code.code == named.code:
        return False
    return named.level in _COMPARED or (named.level in _PARTY_LEVELS and named.level != in_code.level)


_PARTY_LEVELS = ("party_central", "party_provincial", "party_district")


def against_sources(draft: Draft) -> Iterator[Raised]:
    """Which of the bodies that share a code issued it: citing texts say the Politburo, the draft the Secretariat."""
    for one in draft.others:
        parts = number_parts(one.citation.number or "") if one.by_number else None
        named = draft.tail(one).issuer if parts is not None and parts.party else None
        if one.known is None or named is None or named[2] not in _organs_of(parts):
            continue
        words = " ".join(draft.text[named[0] : named[1]].split())
        said = draft.sources.issuers_said(one.known.id)
        most, count = said.most_common(1)[0] if said else ("", 0)
        alike = fold(words) in fold(most) or fold(most) in fold(words)
        if not count or alike or said[words] * _OUTVOTED > count:
            continue
        proof = Evidence("citations", Message("kb.knowledge.source.citations", count=count), document=one.known.id)
        place = draft.place(named[0], named[1])
        values = {"number": one.named, "words": words, "issuer": most}
        code = "issuer_other" if count >= _AGREEING else "issuer_doubtful"
        yield Raised(code, values, one, place=place, evidence=(proof,), suggestion=most)


def _organs_of(parts: NumberParts | None) -> tuple[str, ...]:
    return parts.organs if parts is not None else ()


_AGREEING = 2
"""Texts that must agree on an issuer before another is held against it."""
_OUTVOTED = 4
"""How many times as many must say so as say what the draft says."""


def province_open(draft: Draft) -> Iterator[Raised]:
    """A provincial number whose province cannot be told."""
    for one in draft.others:
        provincial = (one.citation.body or "") in _PROVINCIAL and one.citation.unit is None
        if one.by_number and not one.citation.province_known and provincial and not _names_a_unit(draft, one):
            yield Raised("province_missing", {"number": one.named}, one)


def _names_a_unit(draft: Draft, one: Cited) -> bool:
    """Whether the words behind the number say of which unit its issuer is, though it could not be placed."""
    issuer = draft.tail(one).issuer
    if issuer is None:
        return False
    behind = draft.text[issuer[1] : issuer[1] + _UNIT_REACH].split()
    return len(behind) > 1 and behind[1][:1].isupper()


_PROVINCIAL = frozenset({"UBND", "HĐND", "TU"})
_UNIT_REACH = 40


def _organ_of(one: Cited) -> str | None:
    """The one organ that a number's code names; None where it is not known, or a local code may mean another."""
    parts = number_parts(one.citation.number or "") if one.by_number and not one.citation.unit else None
    if parts is None or parts.party or not parts.organs:
        return None
    term = issuers.LAW_TERM.match(parts.organs[0])
    if term is not None and parts.year is not None:
        return issuers.canonical(term["organ"])
    if parts.type_code is None:  # a letter's number: the organ, and the unit that drafted it
        return parts.organs[0] if parts.year is None and issuers.level(parts.organs[0]) == "ministry" else None
    return _single_organ(parts) if len(parts.organs) == 1 else None


def _single_organ(parts: NumberParts) -> str | None:
    issuer = issuers.by_code(parts.organs[0])
    unit = parts.organs[0] in issuers.UNIT_CODES and issuers.level(parts.organs[0]) != "central"
    known = issuer is not None and _comparable(issuer.code) and not unit
    return issuer.code if known and issuer is not None else None


def _standing(one: Cited) -> str | None:
    return citation_of(one.known) if one.known is not None else None


def _comparable(code: str) -> bool:
    issuer = issuers.by_code(code)
    return issuer is not None and issuer.level in _COMPARED


def related(one: str, other: str) -> bool:
    """Whether one organ took over from the other, or is a part of it by its name (Ban Pháp chế HĐND)."""
    if one == other or one in issuers.successors(other) or other in issuers.successors(one):
        return True
    if all(issuers.level(code) == "central" for code in (one, other)):
        return False
    names = [fold(_name(code)) for code in (one, other)]
    return names[0] in names[1] or names[1] in names[0]


def _name(code: str) -> str:
    issuer = issuers.by_code(code)
    return issuer.name if issuer is not None else code


RULES = (against_code, against_party_code, against_sources, province_open)
