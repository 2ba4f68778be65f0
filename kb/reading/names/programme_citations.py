"""Programmes cited by name, added to the citations of a text, none of which they change.

A name right in front of the number that approved it ("Đề án … đã được phê duyệt tại Quyết định số 449/QĐ-UBND") bears
that number, with its date and issuer: the two mean one document, whose title the name then is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from kb.authority.wording import word_lists
from kb.model import Citation, Hints
from kb.reading.header.headerless import Header
from kb.reading.issuers import places
from kb.reading.names.programmes import ProgrammeHit, find_programmes
from kb.reading.relations import relate
from kb.reading.relations.cited_span import CitedSpan
from kb.reading.relations.relation import tied
from kb.reading.text.position import Positions
from kb.reading.text.text_forms import TextForms, fold

_TITLE_REACH = 700
_CLAUSE_END = re.compile(r"[;:]|\.\s|\n\s*\n|\n\s{0,8}[-+•]\s")
_EXECUTES = word_lists("programmes").folded("executes")


def with_programmes(
    forms: TextForms,
    citations: list[Citation],
    mentions: Sequence[CitedSpan],
    head: Header,
    hints: Hints,
    positions: Positions,
) -> list[Citation]:
    """``citations`` with the programmes between them; ``parent`` of the others is moved along.

    ``mentions`` are those of the citations but back references, in order.
    """
    hits = find_programmes(forms, mentions, head.end)
    starts = [mention.start for mention in mentions]
    kept = []
    for hit in hits:
        before = bisect_left(starts, hit.start) - 1 if starts and starts[0] < hit.start else None
        if not (_in_title(forms, mentions, before, hit) or _is_own(head, hit)):
            kept.append(_citation(forms, hit, mentions, before, citations, head, hints, positions))
    if not kept:
        return citations
    taken = [(one.start, one.end) for one in kept]
    merged = sorted([*range(len(citations)), *(~n for n in range(len(kept)))], key=lambda n: _span(n, citations, taken))
    new = {old: place for place, old in enumerate(merged)}
    return [
        kept[~n]
        if n < 0
        else citations[n]
        if (parent := citations[n].parent) is None
        else citations[n]._replace(parent=new[parent])
        for n in merged
    ]


def _span(n: int, citations: Sequence[Citation], taken: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return taken[~n] if n < 0 else (citations[n].start, citations[n].end)


def _in_title(forms: TextForms, mentions: Sequence[CitedSpan], before: int | None, hit: ProgrammeHit) -> bool:
    """Whether the name stands in the clause that a number begins, and so in that document's title."""
    if before is None or mentions[before].kind != "number":
        return False
    tail = max(mentions[before].tail, mentions[before].end)
    return hit.start - tail <= _TITLE_REACH and not _CLAUSE_END.search(forms.folded, tail, hit.start)


def _is_own(head: Header, hit: ProgrammeHit) -> bool:
    """Whether the text is itself the programme, or what approves it."""
    own = " ".join(fold(head.own.title or "").split()) if head.own else ""
    at = own.find(" ".join(fold(hit.name).split()[2:]))
    return at >= 0 and not any(verb in own[:at] for verb in _EXECUTES)


def _citation(
    forms: TextForms,
    hit: ProgrammeHit,
    mentions: Sequence[CitedSpan],
    before: int | None,
    citations: Sequence[Citation],
    head: Header,
    hints: Hints,
    positions: Positions,
) -> Citation:
    mention = CitedSpan(hit.start, hit.end, "named", hit.type, hit.start, hit.end)
    neighbours = [*([mentions[before]] if before is not None else []), mention]
    relation = relate.relate(forms, neighbours, own_type=head.own.type if head.own else None)[-1]
    own_province = (head.own.province if head.own else None) or hints.province
    province: str | None = None
    known = hit.scope != ""
    if hit.scope == "local":
        province, known = own_province, own_province is not None
    elif known and hit.scope != "central":
        province = places.at_date(hit.scope, head.own.day if head.own else None)
    found = Citation(
        start=hit.start,
        end=hit.end,
        text=forms.source[hit.start : hit.end],
        kind="named",
        type=hit.type,
        body=hit.body,
        province=province,
        province_known=known,
        title=hit.name,
        confidence=0.9,
        repairs=hit.repairs,
    )
    found = tied(found, relation, positions)
    if hit.approved is None:
        return found
    at = mentions[hit.approved].start
    number = citations[bisect_left(citations, at, key=lambda one: one.start)]
    return found._replace(
        number=number.number,
        type=number.type,
        date=number.date,
        body=number.body,
        province=number.province,
        province_known=number.province_known,
        unit=number.unit,
        notes=number.notes,
    )
