"""Evidence within one document: twins of one number confirm or repair each other.

A digit changes only here, and only when another mention in the same document, the stated date or the law that such
numbers carry a year proves it; every change is recorded with its proof. What stays unproven is marked doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from rapidfuzz.distance import Levenshtein

from kb.authority import issuers, parts
from kb.model import Citation, OwnIdentity, Repair
from messages import day, say

UNREAD_DATE = "date_unreadable"
DOUBTFUL_NUMBER = "number_doubtful"
_MAX_DATE_EDITS = 2  # edits between the digits seen and those of the twin's date
_GLUED = re.compile(r"(?P<ordinal>\d{1,4})(?P<year>(?:19|20)\d\d)/(?P<code>[A-ZĐ].*)")
_ORDINAL_REACH = 4  # digits before which a speck may stand in an ordinal
_MAX_CODE_EDITS = 2  # letters by which a damaged code differs from its twin's
_PARTED = re.compile(r"(?P<head>\d{1,6}[a-z]?[/-](?:(?:19|20)\d\d/)?)(?P<code>[A-ZĐ].*)")
_NOT_DIGITS = re.compile(r"\D")
_PART = re.compile(r"[-/.]")
_Issued = dict[str, Any]  # fields of a citation that its number decides: number, type, body, province, unit


def agree(
    text: str,
    citations: Sequence[Citation],
    own: OwnIdentity | None,
    unread_dates: Mapping[int, tuple[int, int] | None],
    damaged: Callable[[int], bool],
) -> list[Citation]:
    """The citations with what their twins in the same document prove.

    ``unread_dates`` maps a citation's start to the span of a date that could not be read; ``damaged`` says whether the
    text around an offset has lost its diacritics.
    """
    known = {citation.number for citation in citations if citation.number}
    if own and own.number:
        known.add(own.number)
    split = [_split_year(_without_speck(citation, known), known) for citation in citations]
    unknown = [
        at
        for at, one in enumerate(split)
        if one.kind == "number" and not is_known(one.number or "") and damaged(one.start)
    ]
    if unknown:
        twins = _by_ordinal(split, own)
        for at in unknown:
            split[at] = _as_its_twin(split[at], twins)
    return [_dated(text, citation, split, unread_dates.get(citation.start)) for citation in split]


def _without_speck(citation: Citation, known: set[str]) -> Citation:
    """ "21.4/2025/NĐ-CP" is 214/2025/NĐ-CP where the text gives that elsewhere."""
    number = citation.number or ""
    if "." not in number[:_ORDINAL_REACH] or citation.kind != "number":
        return citation
    whole = number.replace(".", "", 1)
    if whole not in known:
        return citation
    repair = Repair(citation.text, whole, "twin", say("kb.evidence.same_text", number=whole))
    return citation._replace(number=whole, repairs=(repair,))


def _split_year(citation: Citation, known: set[str]) -> Citation:
    """ "222023/NQ-HĐND" is 22/2023/NQ-HĐND where a twin, the stated year or the kind of number says so."""
    number = citation.number or ""
    glued = _GLUED.fullmatch(number) if citation.kind == "number" and number[:5].isdigit() else None
    if glued is None:
        return citation
    number = f"{glued['ordinal']}/{glued['year']}/{glued['code']}"
    if number in known:
        proof = say("kb.evidence.same_text", number=number)
    elif citation.date and citation.date[:4] == glued["year"]:
        proof = say("kb.evidence.own_date", day=day(citation.date))
    elif issuers.LAW_TERM.match(glued["code"]):
        proof = say("kb.evidence.law_year")
    else:
        return citation._replace(notes=(*citation.notes, DOUBTFUL_NUMBER), confidence=citation.confidence * 0.6)
    repair = Repair(citation.text, number, "year_in_number", proof)
    return citation._replace(number=number, repairs=(*(r for r in citation.repairs if r.rule == "party_order"), repair))


def _by_ordinal(citations: Sequence[Citation], own: OwnIdentity | None) -> dict[str, dict[str, _Issued]]:
    """The numbers whose codes are known through and through, by what stands before the code, with their issuers."""
    table: dict[str, dict[str, _Issued]] = {}
    for one in (*citations, *((own,) if own else ())):
        parted = _PARTED.fullmatch(one.number or "")
        if parted and is_known(parted[0]):
            fields = {name: getattr(one, name) for name in ("number", "type", "body", "province", "unit")}
            table.setdefault(parted["head"], {}).setdefault(parted[0], fields)
    return table


def is_known(number: str) -> bool:
    """Whether all parts of a number's code are codes."""
    return not unknown_parts(number)


@lru_cache(maxsize=8192)
def unknown_parts(number: str) -> tuple[str, ...]:
    """The parts of a number's code that are no codes."""
    parted = _PARTED.fullmatch(number)
    return () if parted is None else tuple(part for part in _PART.split(parted["code"]) if not parts.is_known(part))


def _as_its_twin(citation: Citation, twins: Mapping[str, Mapping[str, _Issued]]) -> Citation:
    """A scan's number with a code that nothing knows ("10988/BNV-CQHP") is the one that the text gives elsewhere with
    the same ordinal and year and a known code of nearly the same letters."""
    parted = _PARTED.fullmatch(citation.number or "")
    if parted is None or parted["head"] not in twins:
        return citation
    near = [
        issued
        for twin, issued in twins[parted["head"]].items()
        if Levenshtein.distance(twin, citation.number or "", score_cutoff=_MAX_CODE_EDITS) <= _MAX_CODE_EDITS
        and _NOT_DIGITS.sub("", twin) == _NOT_DIGITS.sub("", citation.number or "")
    ]
    if len(near) != 1:
        return citation
    repair = Repair(citation.text, near[0]["number"], "twin", say("kb.evidence.same_text", number=near[0]["number"]))
    return citation._replace(**near[0], repairs=(repair,))


def _dated(text: str, citation: Citation, citations: Sequence[Citation], unread: tuple[int, int] | None) -> Citation:
    """An unreadable date replaced by the one a twin states, where both share nearly all their digits."""
    if unread is None or citation.date is not None:
        return citation
    seen = re.sub(r"\D", "", text[unread[0] : unread[1]])
    for twin in citations:
        if twin.number != citation.number or twin.date is None or len(twin.date) != 10:
            continue
        year, month, day = twin.date.split("-")
        forms = (day + month + year, day.lstrip("0") + month.lstrip("0") + year, day + month.lstrip("0") + year)
        if min(Levenshtein.distance(seen, form) for form in forms) <= _MAX_DATE_EDITS:
            repair = Repair(
                text[unread[0] : unread[1]], twin.date, "twin_date", say("kb.evidence.line", line=twin.line)
            )
            return citation._replace(
                date=twin.date,
                repairs=(*citation.repairs, repair),
                notes=tuple(note for note in citation.notes if note != UNREAD_DATE),
            )
    return citation
