"""Laws named inside the name of an amending law ("Luật sửa đổi, bổ sung một số điều của Luật Đất đai").

The outer law amends each of them (relations.md, rule on nested titles): they are citations of their own, with the outer
one as ``parent``. They are added after all others are related, so that they never change what the others were found
to be.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from kb.authority import issuers
from kb.model import Citation
from kb.reading.names.laws import NamedHit
from kb.reading.numbers.number_hit import NumberHit
from kb.reading.relations.relation import Relation, tied
from kb.reading.text.position import Positions

_NUMBER_REACH = 40  # code points from the outer law's name to its number


def inner_laws(hits: Sequence[NamedHit], numbers: Sequence[NumberHit]) -> tuple[list[NamedHit], list[NamedHit]]:
    """(laws to be related as any other, laws inside an amending law that is itself cited).

    Args:
        hits: all laws cited by name.
        numbers: all document numbers, in order.
    """
    starts = [hit.start for hit in numbers if issuers.makes_laws(hit.code.body)]
    named = {hit.start for hit in hits}
    ordinary: list[NamedHit] = []
    inner: list[NamedHit] = []
    for hit in hits:
        if hit.outer is None:
            ordinary.append(hit)
            continue
        start, _, end = hit.outer
        at = bisect_left(starts, end)
        numbered = at < len(starts) and starts[at] - end <= _NUMBER_REACH
        (inner if start in named or numbered else ordinary).append(hit)  # a draft that amends is no citation
    return ordinary, inner


def with_inner_laws(
    text: str, citations: list[Citation], inner: Sequence[NamedHit], positions: Positions
) -> list[Citation]:
    """The citations, in order of their start, with the inner laws among them.

    Args:
        text: the text that was read.
        citations: what was found, in order; ``parent`` is an index into the list.
        inner: laws named inside amending laws' names; those whose outer law is no citation are left out.
        positions: sentences, pages and lines of the text.
    """
    if not inner:
        return citations
    starts = [citation.start for citation in citations]
    nested = [(hit, at) for hit in inner if (at := _outer(citations, starts, hit)) is not None]
    order = sorted(range(len(citations) + len(nested)), key=lambda at: _key(citations, nested, at))
    place = {old: new for new, old in enumerate(order)}
    merged: list[Citation] = []
    for old in order:
        if old < len(citations):
            one = citations[old]
            merged.append(one if one.parent is None else one._replace(parent=place[one.parent]))
        else:
            hit, at = nested[old - len(citations)]
            merged.append(_citation(text, hit, place[at], positions))
    return merged


def _key(citations: list[Citation], nested: Sequence[tuple[NamedHit, int]], at: int) -> tuple[int, int]:
    one = citations[at] if at < len(citations) else nested[at - len(citations)][0]
    return one.start, -one.end


def _outer(citations: list[Citation], starts: list[int], hit: NamedHit) -> int | None:
    """The place of the outer law: cited by name, or by the number behind its name."""
    if hit.outer is None:
        return None
    start, _, end = hit.outer
    at = bisect_left(starts, start)
    if at < len(citations) and citations[at].start == start and citations[at].kind == "named":
        return at
    at = bisect_left(starts, end)
    if at < len(citations) and citations[at].start - end <= _NUMBER_REACH and citations[at].kind == "number":
        return at if issuers.makes_laws(citations[at].body or "") else None
    return None


def _citation(text: str, hit: NamedHit, parent: int, positions: Positions) -> Citation:
    found = Citation(
        start=hit.start,
        end=hit.end,
        text=text[hit.start : hit.end],
        kind="named",
        type=hit.type,
        date=hit.date,
        body=hit.body,
        title=hit.name,
        confidence=0.9,
    )
    amends = Relation("amends", False, hit.outer[1] if hit.outer else None, None, parent, 1.0)
    return tied(found, amends, positions, parent=parent)
