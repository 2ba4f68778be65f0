"""Numbers that stand alone in cells under a column's head "Số, ký hiệu", which vouches for a code seen nowhere else."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from kb.model import Repair
from kb.reading.numbers.candidates import CANDIDATE
from kb.reading.numbers.lead import Lead
from kb.reading.numbers.number_hit import NumberHit, decoded
from kb.reading.text.text_forms import TextForms

_MARKS = " \t\r\n*_|"
_FEWEST_CAPITALS = 2


class NumberCell(NamedTuple):
    """A cell that holds a number; ``code``: that of all numbers of its column, where a cell has but the ordinal."""

    start: int
    end: int
    code: str | None = None


def with_cells(forms: TextForms, hits: list[NumberHit], cells: Sequence[NumberCell]) -> list[NumberHit]:
    """The numbers found in a text, and those that fill one of ``cells`` (in order) and were taken for no numbers, or
    found without their ordinal, which has a cell of its own, or whose code only the head of their column gives."""
    starts = [hit.start for hit in hits]
    found: list[NumberHit] = []
    without: set[int] = set()
    for start, end, code in cells:
        at, behind = bisect_left(starts, start), bisect_left(starts, end)
        hit = _alone(forms, start, end) if code is None else _of_column(forms, start, end, code)
        if (at == behind or starts[at] > start) and hit is not None:
            found.append(hit)
            without.update(range(at, behind))
    if not found:
        return hits
    kept = [hit for at, hit in enumerate(hits) if at not in without]
    return sorted([*kept, *found], key=lambda hit: hit.start)


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


def _of_column(forms: TextForms, start: int, end: int, code: str) -> NumberHit | None:
    """The number of a cell with nothing but an ordinal, whose code the head of the column gives."""
    raw = forms.text[start:end]
    ordinal = raw.strip(_MARKS)
    start += len(raw) - len(raw.lstrip(_MARKS))
    whole = TextForms(f"{ordinal}/{code}")
    match = CANDIDATE.fullmatch(whole.text)
    if match is None:
        return None
    hit = decoded(whole, match, match["code"], match.end(), Lead(0, None, True), False)
    if hit is None:
        return None
    repair = Repair(ordinal, hit.number, "elided_code")
    return hit._replace(start=start, end=start + len(ordinal), head=start, vouched=True, repairs=(repair,))
