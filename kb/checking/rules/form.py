"""Rules on what the first citation of a document must have by its form: Decree 30/2020/NĐ-CP, for administrative papers
and letters. In normative acts the bases carry no date (Decree 78/2025/NĐ-CP), and Party papers follow the Party's own.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.authority import types
from kb.checking.draft import Cited, Draft, Raised
from kb.checking.sources import citation_of

DATED = ("administrative", "letter")


def first_citations(draft: Draft) -> Iterator[Cited]:
    """The first citation of each document by its number, where the form asks for all of it."""
    if draft.draft_class not in DATED:
        return
    for one in draft.others:
        if one.by_number and one.first and not one.nested and not one.statute and not _standard(one):
            yield one


def date_missing(draft: Draft) -> Iterator[Raised]:
    """The first citation gives no date; a law needs only its name."""
    for one in first_citations(draft):
        if not one.citation.date and draft.tail(one).date is None:
            yield Raised("date_missing", {"number": one.named}, one, suggestion=_standing(one))


def issuer_missing(draft: Draft) -> Iterator[Raised]:
    """A basis names no issuer."""
    for one in first_citations(draft):
        tail = draft.tail(one)
        if one.in_bases and tail.date is not None and not tail.named and _stands_alone(draft, one):
            yield Raised("issuer_missing", {"number": one.named}, one, suggestion=_standing(one))


def title_missing(draft: Draft) -> Iterator[Raised]:
    """A basis gives no abstract."""
    for one in first_citations(draft):
        tail = draft.tail(one)
        if one.in_bases and not one.citation.title and not tail.opens_title and _ends_item(draft, one):
            yield Raised("title_missing", {"number": one.named}, one, suggestion=_standing(one))


def _standing(one: Cited) -> str | None:
    return citation_of(one.known) if one.known is not None else None


def _standard(one: Cited) -> bool:
    return one.citation.type is not None and types.by_id(one.citation.type).system == "standard"


def _stands_alone(draft: Draft, one: Cited) -> bool:
    """Whether the citation is the first of its item: those joined to it share their issuer behind them."""
    return any(
        basis.cited and basis.cited[0].index == one.index and len(_outer(basis.cited)) == 1 for basis in draft.bases
    )


def _ends_item(draft: Draft, one: Cited) -> bool:
    return _stands_alone(draft, one)


def _outer(cited: tuple[Cited, ...]) -> list[Cited]:
    return [one for one in cited if not one.nested]


RULES = (date_missing, issuer_missing, title_missing)
