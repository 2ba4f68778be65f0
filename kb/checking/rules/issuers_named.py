"""Rules on the issuer of a cited document, in words: missing, against the number's code, against the sources."""

from __future__ import annotations

from collections.abc import Iterator

from kb.authority import issuers
from kb.authority.fold import fold
from kb.checking.draft import Cited, Draft, Raised
from kb.checking.report import Evidence
from kb.checking.sources import citation_of
from kb.identity.numbering import number_parts
from messages import Message

_COMPARED = ("central", "ministry", "provincial", "department", "agency", "general", "court")
"""Levels at which a code and the issuer's words name one organ."""


def against_code(draft: Draft) -> Iterator[Raised]:
    """The words name another organ than the number's code (93/NQ-HĐND "của Ủy ban nhân dân")."""
    for one in draft.others:
        in_code = _organ_of(one)
        named = draft.tail(one).issuer if in_code is not None else None
        if in_code is None or named is None or not _comparable(named[2]) or _related(in_code, named[2]):
            continue
        words = " ".join(draft.text[named[0] : named[1]].split())
        values = {"number": one.named, "words": words, "issuer": _name(in_code)}
        place = draft.place(named[0], named[1])
        suggestion = citation_of(one.known) if one.known is not None else None
        yield Raised("issuer_code", values, one, place=place, suggestion=suggestion)


def against_sources(draft: Draft) -> Iterator[Raised]:
    """Which of the bodies that share a code issued it: citing texts say the Politburo, the draft the Secretariat."""
    for one in draft.others:
        parts = number_parts(one.citation.number or "") if one.by_number and one.known is not None else None
        named = draft.tail(one).issuer if parts is not None and parts.party else None
        if one.known is None or named is None:
            continue
        words = " ".join(draft.text[named[0] : named[1]].split())
        said = draft.sources.issuers_said(one.known.id)
        most, count = said.most_common(1)[0] if said else ("", 0)
        alike = fold(words) in fold(most) or fold(most) in fold(words)
        if count < _AGREEING or alike or said[words] * _OUTVOTED > count:
            continue
        proof = Evidence("citations", Message("kb.knowledge.source.citations", count=count), document=one.known.id)
        place = draft.place(named[0], named[1])
        values = {"number": one.named, "words": words, "issuer": most}
        yield Raised("issuer_other", values, one, place=place, evidence=(proof,), suggestion=most)


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
    if parts is None or parts.type_code is None or parts.party or len(parts.organs) != 1:
        return None
    issuer = issuers.by_code(parts.organs[0])
    unit = parts.organs[0] in issuers.UNIT_CODES and issuers.level(parts.organs[0]) != "central"
    known = issuer is not None and _comparable(issuer.code) and not unit
    return issuer.code if known and issuer is not None else None


def _comparable(code: str) -> bool:
    issuer = issuers.by_code(code)
    return issuer is not None and issuer.level in _COMPARED


def _related(one: str, other: str) -> bool:
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


RULES = (against_code, against_sources, province_open)
