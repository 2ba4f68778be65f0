"""Rules on the bases block: order, rank, what is usual, what stands twice, punctuation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.authority import issuers, types
from kb.authority.wording import word_lists
from kb.checking.draft import Basis, Cited, Draft, Raised, type_word
from kb.checking.rules.form import promulgating
from kb.checking.usual_bases import usual_for
from kb.identity.numbering import number_parts

_ENDS_ITEM, _ENDS_BLOCK = ";", ".,;"
_BEHIND = 2000
"""Code points behind the block in which a usual basis may still be named."""
_ORDERED = ("normative", "administrative", "joint", "unknown")


def order(draft: Draft) -> Iterator[Raised]:
    """Bases stand by their rank: a law after a decree is out of place, or the decree before it. Of those in disorder
    the fewest are told that must move."""
    if draft.draft_class not in _ORDERED:
        return
    ranked = _ranked(draft)
    in_order = _longest_in_order([rank for rank, _ in ranked])
    for at, (rank, one) in enumerate(ranked):
        if at in in_order:
            continue
        kept = [(place, *ranked[place]) for place in sorted(in_order)]
        yield from _out_of_place(at, rank, one, kept)


def _ranked(draft: Draft) -> list[tuple[int, Cited]]:
    """The documents that open the bases, as far as they have a rank."""
    leading = [_leading(basis) for basis in draft.bases]
    return [(rank, one) for one in leading if one is not None and (rank := _rank(one)) is not None]


def _out_of_place(at: int, rank: int, one: Cited, kept: Sequence[tuple[int, int, Cited]]) -> Iterator[Raised]:
    """A basis behind one of lower rank, or before one of higher, of those that stay (place, rank, basis)."""
    before = [other for place, lower, other in kept if place < at and lower > rank]
    behind = [other for place, higher, other in kept if place > at and higher < rank]
    if before:
        yield Raised("bases_order", {"number": one.named, "before": before[0].named}, one)
    elif behind:
        yield Raised("bases_before", {"number": one.named, "behind": behind[-1].named}, one)


def _longest_in_order(ranks: Sequence[int]) -> set[int]:
    """The places of the longest run of ranks, not all next to one another, that never rises (the earliest)."""
    lengths: list[int] = []
    came_from: list[int | None] = []
    for at, rank in enumerate(ranks):
        before = [(lengths[j], -j) for j in range(at) if ranks[j] <= rank]
        best = max(before, default=None)
        lengths.append(best[0] + 1 if best is not None else 1)
        came_from.append(-best[1] if best is not None else None)
    last = lengths.index(max(lengths)) if lengths else None
    kept: set[int] = set()
    while last is not None:
        kept.add(last)
        last = came_from[last]
    return kept


def lower(draft: Draft) -> Iterator[Raised]:
    """A normative act does not stand on one of lower rank than its own, nor on one that is not normative at all."""
    own = types.by_id(draft.own.type).rank if draft.own and draft.own.type else None
    if draft.draft_class != "normative" or own is None:
        return
    for basis in draft.bases:
        first = _leading(basis)
        rank = _rank(first)
        if first is not None and ((rank is not None and rank > own) or _never_normative(first)):
            yield Raised("bases_lower", {"number": first.named}, first)


def _never_normative(one: Cited) -> bool:
    """Whether a document is of a type that is never normative (a plan, a letter): of 220 signed normative acts
    none stands on one."""
    parts = number_parts(one.citation.number or "")
    of_party = parts is not None and parts.party  # in letters the Party's office passes on what the Party concluded
    return one.by_number and not of_party and type_word(one.citation.type) in _NEVER_NORMATIVE


_NEVER_NORMATIVE = frozenset(word_lists("checking").words("never_normative"))


def repeated(draft: Draft) -> Iterator[Raised]:
    """One document opens two items of the block."""
    met: dict[str, Cited] = {}
    for basis in draft.bases:
        first = _leading(basis)
        if first is None or first.citation.pinpoint:
            continue
        if first.key in met:
            yield Raised("bases_repeated", {"number": first.named, "line": met[first.key].citation.line}, first)
        met.setdefault(first.key, first)


def itself(draft: Draft) -> Iterator[Raised]:
    """A draft names itself as its basis."""
    for basis in draft.bases if len(draft.bases) > 1 else ():
        for one in basis.cited:
            if one.itself and not one.nested and one.citation.kind == "number":
                yield Raised("bases_self", {"number": one.named}, one)


def usual(draft: Draft) -> Iterator[Raised]:
    """The basis that every act of this type and issuer has is missing."""
    if not draft.bases or draft.own is None:
        return
    block = draft.folded[: draft.bases[-1].end + _BEHIND]
    for basis in usual_for(draft.own, draft.day):
        if not basis.stands_in(block):
            first = draft.bases[0]
            end = draft.text.find("\n", first.start, first.end)
            yield Raised(
                "bases_usual",
                {"name": basis.name},
                place=draft.place(first.start, end if end > 0 else first.end),
                about=basis.id,
            )


def punctuation(draft: Draft) -> Iterator[Raised]:
    """Each basis ends with a semicolon, the last line of the block with a full stop."""
    if draft.draft_class not in _ORDERED:
        return
    starts = [*(basis.start for basis in draft.bases[1:]), draft.item_beside]
    for basis, behind in zip(draft.bases, starts, strict=False):
        mark = draft.text[basis.end - 1]
        if mark != _ENDS_ITEM and behind is not None and _next_to(draft, basis, behind):
            yield Raised(
                "bases_punctuation",
                {"mark": mark},
                place=draft.place(max(basis.start, basis.end - 20), basis.end),
                about=str(basis.start),
            )


def _next_to(draft: Draft, one: Basis, start: int) -> bool:
    return not draft.text[one.end : start].strip(" \n\t*_|>-")


def _leading(basis: Basis) -> Cited | None:
    return next((one for one in basis.cited if not one.nested and one.citation.kind in ("number", "named")), None)


def _rank(one: Cited | None) -> int | None:
    if one is None or one.citation.type is None or promulgating(one):
        return None
    kind, parts = types.by_id(one.citation.type), number_parts(one.citation.number or "")
    own = parts is None or not kind.orgs or not parts.organs or parts.type_code is None
    fits = own or parts is None or any(organ in kind.orgs for organ in map(issuers.canonical, parts.organs))
    return kind.rank if fits else None


RULES = (order, lower, repeated, itself, usual, punctuation)
