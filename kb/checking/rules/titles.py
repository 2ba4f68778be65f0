"""Rules on the title (trích yếu) of a cited document and the name of a law."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import DamerauLevenshtein

from kb.authority import laws, types
from kb.authority.fold import fold
from kb.authority.wording import word_lists
from kb.checking.draft import Cited, Draft, Raised
from kb.checking.near import likely
from kb.checking.sources import backing, certain, citation_of, law_citation
from kb.identity.numbering import number_parts
from kb.identity.title_likeness import changes_other, in_other_words, title_words, unlike
from kb.knowledge.statements import Statement

_SURE = re.compile(rf"(?:{word_lists('checking')['title_alone_opens']})\b")
_OPENS = re.compile(rf"(?:{word_lists('checking')['title_surely_opens']})\b")
_TABLED_SINCE = "2000"
"""From this year on the law table has every version of the laws that it has by name."""


def of_another(draft: Draft) -> Iterator[Raised]:
    """The title has nothing in common with any that the sources give to the number."""
    for one in draft.others:
        if not one.by_number or one.known is None or one.nested or one.known.law is not None:
            continue
        title = _title_of(draft, one)
        stated = one.known.every("title")
        if not title or not stated or not all(_of_two(title, other.value) for other in stated):
            continue
        if likely(draft, one) is not None:
            continue  # told with the document that is likely meant
        best = stated[0]
        values = {"number": one.named, "title": best.value}
        code = "title_other" if certain(best) and _date_agrees(one, one.known.date) else "title_doubtful"
        yield Raised(code, values, one, evidence=(backing(best, one.known.id),), suggestion=citation_of(one.known))


def _of_two(title: str, other: str) -> bool:
    """Whether two titles cannot be of one document."""
    return unlike(title, other) or changes_other(title, other) or in_other_words(title, other)


def _title_of(draft: Draft, one: Cited) -> str | None:
    """The title of a citation; None where it may be what is said of the document, as behind a bare number."""
    title, tail = one.citation.title, draft.tail(one)
    in_full = one.in_bases or tail.named or tail.date is not None
    opens = _OPENS if in_full else _SURE
    return title if title and opens.match(fold(title)) else None


def law_name(draft: Draft) -> Iterator[Raised]:
    """A law's number stands behind another law's name."""
    for one in draft.others:
        law = laws.by_number(one.citation.number or "") if one.by_number and one.statute and not one.nested else None
        name = one.citation.title
        if law is None or not name or _bears(law, name) or one.citation.number in _amending(name):
            continue
        values = {"number": one.named, "name": law.name, "words": " ".join(name.split())}
        named = [other for other in laws.find(name) if other.number]
        meant = _meant(named, one.named, draft.until) if named else law
        yield Raised("law_name", values, one, suggestion=law_citation(meant))


def law_number(draft: Draft) -> Iterator[Raised]:
    """A law's name stands before a number that no law of that name has, nor one that amended it."""
    for one in draft.others:
        number, name = one.citation.number, one.citation.title
        if not one.by_number or not one.statute or not number or not name or laws.by_number(number) is not None:
            continue
        parts = number_parts(number)
        versions = [law for law in laws.find(name) if law.number]
        tabled = parts is not None and parts.year is not None and parts.year >= _TABLED_SINCE
        if not tabled or not versions or number in _amending(name):
            continue
        right = _meant(versions, number, draft.until)
        values = {"number": number, "name": right.name, "right": right.number or ""}
        yield Raised("law_number", values, one, suggestion=law_citation(right))


def amending_number(draft: Draft) -> Iterator[Raised]:
    """A law is said to be amended by one whose number no law has, or one that amends another, a slip away from that of
    one which did."""
    for one in draft.others:
        number, parent = one.citation.number, one.citation.parent
        if not one.by_number or not number or parent is None or not one.statute or one.citation.relation != "amends":
            continue
        around = draft.reading.citations[parent]
        law = laws.by_number(around.number) if around.number else None
        if law is None or number in law.amended_by or not _amends_another(one, law):
            continue
        alike = [other for other in law.amended_by if DamerauLevenshtein.distance(other, number) <= 1]
        if len(alike) == 1:
            yield Raised("law_amending", {"number": number, "name": law.name, "right": alike[0]}, one,
                         suggestion=alike[0])  # fmt: skip


def _amends_another(one: Cited, law: laws.Law) -> bool:
    """Whether a number is no law's, or that of one which amends another law by its name."""
    other = laws.by_number(str(one.citation.number))
    if other is None:
        return one.known is None
    return fold(law.name) not in fold(other.name) and bool(laws.find(_amended_in(other.name)))


def _amended_in(name: str) -> str:
    """The name of the law that another one amends by its own name, "" where it names none ("… của Luật Cư trú")."""
    found = _OF.search(fold(name))
    return name[found.end() :] if found is not None else ""


_OF = re.compile(rf"(?<![a-z])(?:{word_lists('checking')['of']})\s")


def law_year(draft: Draft) -> Iterator[Raised]:
    """A law is named with a year in which none of that name was passed, amended, or took effect."""
    for one in draft.others:
        year = _year_of(one)
        versions = laws.find(one.citation.title or "") if year is not None else ()
        if year is None or not versions or _REVISED.search(fold(one.citation.text)) or year in _years(versions):
            continue
        if one.known is not None:
            continue  # its date is held against the sources
        told = ", ".join(f"{law.issued[:4]} ({law.number})" if law.number else law.issued[:4] for law in versions)
        right = _meant(versions, year, draft.until)
        values = {"name": right.name, "year": year, "years": told}
        yield Raised("law_year", values, one, suggestion=law_citation(right))


def _years(versions: Sequence[laws.Law]) -> set[str]:
    """The years in which laws were passed, amended, or took effect."""
    years = {day[:4] for law in versions for day in (law.issued, law.begins)}
    return years | {number.split("/")[1] for law in versions for number in law.amended_by if "/" in number}


def _year_of(one: Cited) -> str | None:
    """The year with which a law is named, alone or in its date."""
    stands = one.citation.kind == "named" and one.statute and not one.nested and one.citation.title is not None
    year = (one.citation.date or "")[:4] if stands else ""
    return year if year >= _TABLED_SINCE else None


def _meant(versions: Sequence[laws.Law], written: str, until: str | None) -> laws.Law:
    """The version that is likely meant: the one whose number is written most alike, else the last that began."""
    alike = [law for law in versions if law.number and DamerauLevenshtein.distance(law.number, written) <= _SLIPS]
    begun = [law for law in alike or versions if until is None or law.begins <= until]
    return (begun or list(alike or versions))[-1]


_SLIPS = 2
_REVISED = word_lists("laws").pattern("revised")


def _amending(name: str) -> frozenset[str]:
    """The numbers of the laws that amended the laws of a name: they are cited by it, too."""
    return frozenset(number for law in laws.find(name) for number in law.amended_by)


def _bears(law: laws.Law, name: str) -> bool:
    """Whether a law bears a name, or the name is no law's and not unlike its own."""
    if fold(name).endswith(fold(law.name)):
        return True
    named = laws.find(name)
    if not named:
        spelled_out = [own for own in (law.name, *law.aliases) if len(own.split()) > _NAME_WORDS + 1]
        return not (_LAW_WORD.match(fold(name)) and all(_far(name, own) for own in spelled_out))
    return any(other.id == law.id or other.name == law.name for other in named)


def _far(name: str, other: str) -> bool:
    """Whether a law's name has hardly any word of another."""
    a, b = (title_words(one) - _TYPE_WORDS for one in (name, other))
    return len(a) >= _NAME_WORDS and len(a & b) < _NAME_COMMON * min(len(a), len(b))


_NAME_WORDS, _NAME_COMMON = 3, 0.5
_TYPE_WORDS = frozenset(word for id in laws.TYPES for word in fold(types.by_id(id).name).split())
_LAW_WORD = re.compile("|".join(fold(word) for id in sorted(laws.TYPES) for word in types.by_id(id).words))


def _date_agrees(one: Cited, stated: Statement | None) -> bool:
    date = one.citation.date
    return stated is None or not date or stated.value.startswith(date) or date.startswith(stated.value)


RULES = (of_another, law_name, law_number, amending_number, law_year)
