"""Rules on the title (trích yếu) of a cited document and the name of a law."""

from __future__ import annotations

from collections.abc import Iterator

from kb.authority import laws
from kb.authority.fold import fold
from kb.checking.draft import Cited, Draft, Raised
from kb.checking.near import likely
from kb.checking.sources import backing, certain, citation_of, law_citation
from kb.identity.title_likeness import title_words
from kb.knowledge.statements import Statement

_ENOUGH, _KNOWN_ENOUGH = 5, 3
"""Words that a title of the draft, and one of the sources, must have to be compared."""
_IN_COMMON = 0.25
"""Share of the shorter title's words up to which two titles are not of one document."""


def of_another(draft: Draft) -> Iterator[Raised]:
    """The title has nothing in common with any that the sources give to the number."""
    for one in draft.others:
        if not one.by_number or one.known is None or one.nested or one.known.law is not None:
            continue
        title = one.citation.title
        stated = one.known.every("title")
        if not title or not stated or not all(_differ(title, other.value) for other in stated):
            continue
        if likely(draft, one) is not None:
            continue  # told with the document that is likely meant
        best = stated[0]
        values = {"number": one.named, "title": best.value}
        code = "title_other" if certain(best) and _date_agrees(one, one.known.date) else "title_doubtful"
        yield Raised(code, values, one, evidence=(backing(best, one.known.id),), suggestion=citation_of(one.known))


def law_name(draft: Draft) -> Iterator[Raised]:
    """A law's number stands behind another law's name."""
    for one in draft.others:
        law = laws.by_number(one.citation.number or "") if one.by_number and one.statute and not one.nested else None
        name = one.citation.title
        if law is None or not name or _bears(law, name):
            continue
        values = {"number": one.named, "name": law.name, "words": " ".join(name.split())}
        yield Raised("law_name", values, one, suggestion=law_citation(law))


def _bears(law: laws.Law, name: str) -> bool:
    """Whether a law bears a name, or the name is no law's."""
    if fold(name).endswith(fold(law.name)):
        return True
    named = laws.find(name)
    return not named or any(other.id == law.id or other.name == law.name for other in named)


def _date_agrees(one: Cited, stated: Statement | None) -> bool:
    date = one.citation.date
    return stated is None or not date or stated.value.startswith(date) or date.startswith(stated.value)


def _differ(one: str, other: str) -> bool:
    a, b = title_words(one), title_words(other)
    shorter = min(len(a), len(b))
    return len(a) >= _ENOUGH and len(b) >= _KNOWN_ENOUGH and len(a & b) <= _IN_COMMON * shorter


RULES = (of_another, law_name)
