"""Numbers that stand alone in cells under a column's head "Số, ký hiệu", which vouches for a code seen nowhere else."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from kb.reading.numbers.candidates import CANDIDATE
from kb.reading.numbers.lead import Lead
from kb.reading.numbers.number_hit import NumberHit, decoded
from kb.reading.text.text_forms import TextForms

_MARKS = " \t\r\n*_|"
_FEWEST_CAPITALS = 2


def with_cells(forms: TextForms, hits: list[NumberHit], cells: Sequence[tuple[int, int]]) -> list[NumberHit]:
    """The numbers found in a text, and those that fill one of ``cells`` (spans of the text, in order) and were taken
    for no numbers."""
    starts = [hit.start for hit in hits]
    found = []
    for start, end in cells:
        at = bisect_left(starts, start)
        if (at == len(hits) or hits[at].start >= end) and (hit := _alone(forms, start, end)) is not None:
            found.append(hit)
    return sorted([*hits, *found], key=lambda hit: hit.start) if found else hits


def _alone(forms: TextForms, start: int, end: int) -> NumberHit | None:
    """The number that a cell holds and nothing else."""
    while start < end and forms.text[start] in _MARKS:
        start += 1
    while end > start and forms.text[end - 1] in _MARKS:
        end -= 1
    match = CANDIDATE.match(forms.text, start, end)
    if match is None or match.end() != end or sum(map(str.isupper, match["code"])) < _FEWEST_CAPITALS:
        return None
    return decoded(forms, match, match["code"], end, Lead(start, None, True), forms.damaged(start))
